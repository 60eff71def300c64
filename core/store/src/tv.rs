//! Links to the board on a wall: read-only, until they are taken away.

use crate::sql::{int, nat};
use crate::{By, Error, Tenant, secret};

/// A screen in each room.
const LINKS_MAX: u64 = 100;

/// A link that is out in the world. The token itself is kept as its hash only.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TvLink {
    pub id: u64,
    pub created_ms: u64,
    /// Who made it.
    pub who: String,
}

impl Tenant {
    /// Makes a link; its token is told this once.
    pub async fn add_tv_link(&self, by: By<'_>) -> Result<(TvLink, String), Error> {
        let token = secret::token()?;
        let mut write = crate::write::Write::begin(self, by).await?;
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM tv_link WHERE tenant = ?1")
            .bind(write.tenant)
            .fetch_one(write.connection())
            .await?;
        if count >= int(LINKS_MAX) {
            return Err(Error::Full { what: "tv_links", max: LINKS_MAX });
        }
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO tv_link (tenant, sha256, created_ms, who) VALUES (?1, ?2, ?3, ?4) \
             RETURNING id",
        )
        .bind(write.tenant)
        .bind(secret::token_hash(&token))
        .bind(write.at())
        .bind(by.who)
        .fetch_one(write.connection())
        .await?;
        let link = TvLink { id: nat("tv_link", id)?, created_ms: by.at_ms, who: by.who.to_owned() };
        write.note("tv_link_added", None, Some(serde_json::json!({ "id": link.id }))).await?;
        write.commit().await?;
        Ok((link, token))
    }

    /// Every link, newest first.
    pub async fn tv_links(&self) -> Result<Vec<TvLink>, Error> {
        let rows: Vec<(i64, i64, String)> = sqlx::query_as(
            "SELECT id, created_ms, who FROM tv_link WHERE tenant = ?1 ORDER BY id DESC",
        )
        .bind(self.sql_id())
        .fetch_all(&self.store.readers)
        .await?;
        let link = |(id, created_ms, who): (i64, i64, String)| {
            Ok(TvLink { id: nat("tv_link", id)?, created_ms: nat("tv_link", created_ms)?, who })
        };
        rows.into_iter().map(link).collect()
    }

    /// Takes a link away: screens that show it go dark.
    pub async fn remove_tv_link(&self, id: u64, by: By<'_>) -> Result<(), Error> {
        let mut write = crate::write::Write::begin(self, by).await?;
        let done = sqlx::query("DELETE FROM tv_link WHERE tenant = ?1 AND id = ?2")
            .bind(write.tenant)
            .bind(int(id))
            .execute(write.connection())
            .await?;
        if done.rows_affected() == 0 {
            return Err(Error::NotFound { what: "tv_link" });
        }
        write.note("tv_link_removed", Some(serde_json::json!({ "id": id })), None).await?;
        write.commit().await
    }

    /// Whether a token opens the board.
    pub async fn is_tv_token(&self, token: &str) -> Result<bool, Error> {
        let known = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM tv_link WHERE sha256 = ?1 AND tenant = ?2)",
        )
        .bind(secret::token_hash(token))
        .bind(self.sql_id())
        .fetch_one(&self.store.readers)
        .await?;
        Ok(known)
    }
}
