//! Sessions: who is logged in, from where. The cookie's token is kept as its hash only.

use crate::account::Account;
use crate::sql::int;
use crate::{AccountId, Error, Tenant, secret};

/// A session lives so long after it was last seen: a working week.
pub const SESSION_MS: u64 = 7 * 24 * 3_600_000;

/// A session is marked as seen at most this often: a write per request would be for nothing.
const SEEN_EVERY_MS: u64 = 60_000;

/// What a live token stands for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Session {
    /// `None`: opened by the start link of an empty system; allows the setup only.
    pub account: Option<Account>,
}

impl Tenant {
    /// Opens a session and returns its token, which is known to nobody else.
    pub async fn open_session(
        &self,
        account: Option<AccountId>,
        address: &str,
        now_ms: u64,
    ) -> Result<String, Error> {
        let token = secret::token()?;
        // Whoever comes sweeps: no job needed for a table of a few rows.
        sqlx::query("DELETE FROM session WHERE tenant = ?1 AND expires_ms <= ?2")
            .bind(self.sql_id())
            .bind(int(now_ms))
            .execute(&self.store.writer)
            .await?;
        sqlx::query(
            "INSERT INTO session \
             (token_sha256, tenant, account, created_ms, seen_ms, expires_ms, address) \
             VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6)",
        )
        .bind(secret::token_hash(&token))
        .bind(self.sql_id())
        .bind(account.map(|id| int(id.0)))
        .bind(int(now_ms))
        .bind(int(now_ms + SESSION_MS))
        .bind(address)
        .execute(&self.store.writer)
        .await?;
        Ok(token)
    }

    /// The session of a token, if it is alive.
    pub async fn session(&self, token: &str, now_ms: u64) -> Result<Option<Session>, Error> {
        type Row = (i64, Option<i64>, Option<String>, Option<String>, Option<String>);
        let hash = secret::token_hash(token);
        let row: Option<Row> = sqlx::query_as(
            "SELECT session.seen_ms, account.id, account.name, account.email, account.role \
             FROM session LEFT JOIN account ON account.id = session.account \
             WHERE session.token_sha256 = ?1 AND session.tenant = ?2 AND session.expires_ms > ?3",
        )
        .bind(&hash)
        .bind(self.sql_id())
        .bind(int(now_ms))
        .fetch_optional(&self.store.readers)
        .await?;
        let Some((seen_ms, id, name, email, role)) = row else { return Ok(None) };
        if int(now_ms) >= seen_ms.saturating_add(int(SEEN_EVERY_MS)) {
            sqlx::query("UPDATE session SET seen_ms = ?2, expires_ms = ?3 WHERE token_sha256 = ?1")
                .bind(&hash)
                .bind(int(now_ms))
                .bind(int(now_ms + SESSION_MS))
                .execute(&self.store.writer)
                .await?;
        }
        let account = match (id, name, email, role) {
            (Some(id), Some(name), Some(email), Some(role)) => {
                Some(Account::read((id, name, email, role))?)
            }
            (_, _, _, _) => None,
        };
        Ok(Some(Session { account }))
    }

    /// Ends a session. Ending what is not there is fine.
    pub async fn close_session(&self, token: &str) -> Result<(), Error> {
        sqlx::query("DELETE FROM session WHERE token_sha256 = ?1 AND tenant = ?2")
            .bind(secret::token_hash(token))
            .bind(self.sql_id())
            .execute(&self.store.writer)
            .await?;
        Ok(())
    }
}
