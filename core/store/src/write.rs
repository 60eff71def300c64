//! A change and its trace, in one transaction.

use serde_json::Value;
use sqlx::{Sqlite, SqliteConnection, Transaction};

use crate::document::Document;
use crate::sql::{int, nat};
use crate::{Error, Tenant, version};

/// Who changes something, and when. Time and name come from the caller: the store has no clock.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    pub who: &'a str,
    pub at_ms: u64,
}

/// A transaction under way. Dropped without a commit it leaves nothing behind.
pub(crate) struct Write<'a> {
    transaction: Transaction<'static, Sqlite>,
    pub(crate) tenant: i64,
    pub(crate) by: By<'a>,
    /// The first trace of this transaction.
    first_note: Option<i64>,
}

impl<'a> Write<'a> {
    /// Begins. Waits for the only writing connection, first come, first served.
    pub(crate) async fn begin(tenant: &Tenant, by: By<'a>) -> Result<Write<'a>, Error> {
        let transaction = tenant.store.writer.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Write { transaction, tenant: tenant.sql_id(), by, first_note: None })
    }

    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.transaction
    }

    pub(crate) fn at(&self) -> i64 {
        int(self.by.at_ms)
    }

    /// Leaves a trace of the change.
    pub(crate) async fn note(
        &mut self,
        what: &'static str,
        before: Option<Value>,
        after: Option<Value>,
    ) -> Result<(), Error> {
        let id = sqlx::query_scalar(
            "INSERT INTO change (tenant, at_ms, who, what, before, after) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id",
        )
        .bind(self.tenant)
        .bind(self.at())
        .bind(self.by.who)
        .bind(what)
        .bind(before.map(|value| value.to_string()))
        .bind(after.map(|value| value.to_string()))
        .fetch_one(self.connection())
        .await?;
        self.first_note.get_or_insert(id);
        Ok(())
    }

    /// Commits a change of the plan as a new version of it, which is returned.
    pub(crate) async fn commit_plan(mut self) -> Result<u64, Error> {
        let tenant = self.tenant;
        let document = Document::read(self.connection(), tenant).await?.written();
        self.commit_version(Some(document)).await
    }

    /// Commits a change of people, phones or trunks: a new version with the same plan.
    pub(crate) async fn commit_access(self) -> Result<u64, Error> {
        self.commit_version(None).await
    }

    /// `None`: the document of the version before.
    async fn commit_version(mut self, document: Option<String>) -> Result<u64, Error> {
        let version: i64 = sqlx::query_scalar(
            "UPDATE tenant SET plan_version = plan_version + 1 WHERE id = ?1 \
             RETURNING plan_version",
        )
        .bind(self.tenant)
        .fetch_one(self.connection())
        .await?;
        let (tenant, at_ms, who) = (self.tenant, self.at(), self.by.who);
        version::keep(self.connection(), (tenant, version), (at_ms, who), document).await?;
        // There is one writer: what came after our first trace is ours.
        sqlx::query("UPDATE change SET version = ?2 WHERE tenant = ?1 AND id >= ?3")
            .bind(self.tenant)
            .bind(version)
            .bind(self.first_note.unwrap_or(i64::MAX))
            .execute(self.connection())
            .await?;
        self.transaction.commit().await?;
        nat("tenant", version)
    }

    /// Commits a change that the switch need not know.
    pub(crate) async fn commit(self) -> Result<(), Error> {
        self.transaction.commit().await?;
        Ok(())
    }
}
