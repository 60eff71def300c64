//! A change and its trace, in one transaction.

use serde_json::Value;
use sqlx::{Sqlite, SqliteConnection, Transaction};

use crate::sql::{int, nat};
use crate::{Error, Tenant};

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
}

impl<'a> Write<'a> {
    /// Begins. Waits for the only writing connection, first come, first served.
    pub(crate) async fn begin(tenant: &Tenant, by: By<'a>) -> Result<Write<'a>, Error> {
        let transaction = tenant.store.writer.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Write { transaction, tenant: tenant.sql_id(), by })
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
        sqlx::query(
            "INSERT INTO change (tenant, at_ms, who, what, before, after) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .bind(self.tenant)
        .bind(self.at())
        .bind(self.by.who)
        .bind(what)
        .bind(before.map(|value| value.to_string()))
        .bind(after.map(|value| value.to_string()))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Commits a change of the plan and returns the plan's new version.
    pub(crate) async fn commit_plan(mut self) -> Result<u64, Error> {
        let version: i64 = sqlx::query_scalar(
            "UPDATE tenant SET plan_version = plan_version + 1 WHERE id = ?1 \
             RETURNING plan_version",
        )
        .bind(self.tenant)
        .fetch_one(self.connection())
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
