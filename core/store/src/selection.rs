//! Which call a freed agent gets: the order of his groups, or a plugin for the whole company.

use serde_json::{Value, json};
use sqlx::SqliteConnection;

use crate::write::Write;
use crate::{By, Error, PluginVersionId, RoutingPolicy, Settings, Tenant, plugin, policy};

/// Who chooses among the calls that a freed agent may take, and with which settings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// `BuiltIn`: the order of his groups.
    pub policy: RoutingPolicy,
    pub settings: Settings,
}

impl Tenant {
    /// The choice in force.
    pub async fn selection(&self) -> Result<Selection, Error> {
        let mut connection = self.store.readers.acquire().await?;
        read(&mut connection, self.sql_id()).await
    }

    /// Replaces it.
    pub async fn set_selection(
        &self,
        selection: Selection,
        by: By<'_>,
    ) -> Result<Selection, Error> {
        let settings = policy::checked(selection.settings)?;
        let after = Selection { policy: selection.policy, settings };
        let mut write = Write::begin(self, by).await?;
        if let Some(version) = after.policy.uploaded() {
            plugin::is_there(&mut write, version).await?;
        }
        let tenant = write.tenant;
        let before = read(write.connection(), tenant).await?;
        put(&mut write, &after).await?;
        write.note("selection_changed", Some(before.trace()), Some(after.trace())).await?;
        write.commit_plan().await?;
        Ok(after)
    }
}

impl Selection {
    /// The usual one is not written down: documents from before it could be chosen are equal.
    pub(crate) fn is_usual(&self) -> bool {
        *self == Selection::default()
    }

    pub(crate) fn trace(&self) -> Value {
        json!({ "policy": self.policy.word(), "settings": policy::written(&self.settings) })
    }

    /// From a trace. `None` when it cannot be.
    pub(crate) fn of_trace(trace: &Value) -> Option<Selection> {
        let policy = RoutingPolicy::of_word(trace["policy"].as_str()?)?;
        Some(Selection { policy, settings: policy::parsed(&trace["settings"])? })
    }
}

pub(crate) async fn read(
    connection: &mut SqliteConnection,
    tenant: i64,
) -> Result<Selection, Error> {
    let text: String = sqlx::query_scalar("SELECT selection FROM tenant WHERE id = ?1")
        .bind(tenant)
        .fetch_one(connection)
        .await?;
    let corrupt = || Error::Corrupt { table: "tenant", cause: format!("selection {text}") };
    let value: Value = serde_json::from_str(&text).map_err(|_| corrupt())?;
    Selection::of_trace(&value).ok_or_else(corrupt)
}

pub(crate) async fn put(write: &mut Write<'_>, selection: &Selection) -> Result<(), Error> {
    sqlx::query("UPDATE tenant SET selection = ?2 WHERE id = ?1")
        .bind(write.tenant)
        .bind(selection.trace().to_string())
        .execute(write.connection())
        .await?;
    Ok(())
}

/// Whether freed agents are given calls by this version.
pub(crate) async fn has(write: &mut Write<'_>, version: PluginVersionId) -> Result<bool, Error> {
    let tenant = write.tenant;
    let selection = read(write.connection(), tenant).await?;
    Ok(selection.policy.uploaded() == Some(version))
}
