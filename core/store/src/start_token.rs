//! The one-time token in the link that the program prints at its start.

use crate::sql::int;
use crate::{Error, Tenant, secret};

/// A link in yesterday's log must not open anything.
pub const START_TOKEN_MS: u64 = 24 * 3_600_000;

impl Tenant {
    /// Makes a token for a link. Earlier links stop working: the newest log line is the right one.
    pub async fn issue_start_token(&self, now_ms: u64) -> Result<String, Error> {
        let token = secret::token()?;
        sqlx::query("DELETE FROM start_token WHERE tenant = ?1")
            .bind(self.sql_id())
            .execute(&self.store.writer)
            .await?;
        sqlx::query(
            "INSERT INTO start_token (sha256, tenant, created_ms, expires_ms) \
             VALUES (?1, ?2, ?3, ?4)",
        )
        .bind(secret::token_hash(&token))
        .bind(self.sql_id())
        .bind(int(now_ms))
        .bind(int(now_ms + START_TOKEN_MS))
        .execute(&self.store.writer)
        .await?;
        Ok(token)
    }

    /// Uses a token up. False when it is unknown, too old or used already.
    pub async fn redeem_start_token(&self, token: &str, now_ms: u64) -> Result<bool, Error> {
        let done = sqlx::query(
            "UPDATE start_token SET used = 1 \
             WHERE sha256 = ?1 AND tenant = ?2 AND used = 0 AND expires_ms > ?3",
        )
        .bind(secret::token_hash(token))
        .bind(self.sql_id())
        .bind(int(now_ms))
        .execute(&self.store.writer)
        .await?;
        Ok(done.rows_affected() == 1)
    }
}
