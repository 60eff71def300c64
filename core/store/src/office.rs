//! What our own phones may do for the office.

use serde_json::json;

use crate::write::Write;
use crate::{By, Error, Tenant};

impl Tenant {
    /// Whether our own phones may call the outside.
    pub async fn outside_calls(&self) -> Result<bool, Error> {
        Ok(sqlx::query_scalar("SELECT outside_calls FROM tenant WHERE id = ?1")
            .bind(self.sql_id())
            .fetch_one(&self.store.readers)
            .await?)
    }

    /// Lets our own phones call the outside, or not any more; calls under way go on. No part of
    /// what an old version of the plan brings back: nobody opens this door by an undo.
    pub async fn set_outside_calls(&self, allowed: bool, by: By<'_>) -> Result<bool, Error> {
        let mut write = Write::begin(self, by).await?;
        let tenant = write.tenant;
        let before: bool = sqlx::query_scalar("SELECT outside_calls FROM tenant WHERE id = ?1")
            .bind(tenant)
            .fetch_one(write.connection())
            .await?;
        sqlx::query("UPDATE tenant SET outside_calls = ?2 WHERE id = ?1")
            .bind(tenant)
            .bind(allowed)
            .execute(write.connection())
            .await?;
        let trace = |allowed: bool| Some(json!({ "outside_calls": allowed }));
        write.note("office_changed", trace(before), trace(allowed)).await?;
        write.commit_access().await?;
        Ok(allowed)
    }
}
