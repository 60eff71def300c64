//! Versions of the plan: every change is one, and none is ever taken out of the row.

use std::collections::BTreeMap;

use serde_json::json;
use sqlx::SqliteConnection;

use crate::document::{Difference, Document};
use crate::sql::{int, nat};
use crate::write::Write;
use crate::{By, Change, Error, Plan, Tenant};

/// Versions whose plan is kept: some weeks of busy rearranging. What they changed is kept for ever.
const DOCUMENTS_MAX: i64 = 500;

/// And so many bytes of plans: a plan with ten groups of 10,000 listed callers has two million.
/// The newest few are kept however large they are, or nothing could be taken back.
const DOCUMENT_BYTES_MAX: i64 = 64 * 1024 * 1024;
const DOCUMENTS_MIN: usize = 10;

/// Versions of one page.
pub const VERSIONS_LISTED: usize = 50;

/// One version and what it changed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Version {
    pub version: u64,
    pub at_ms: u64,
    pub who: String,
    /// The plan of it is still kept: one can go back to it.
    pub kept: bool,
    /// Oldest first.
    pub changes: Vec<Change>,
}

impl Tenant {
    /// A page of versions, newest first.
    pub async fn versions(&self, before: Option<u64>) -> Result<Vec<Version>, Error> {
        let mut read = self.store.readers.begin().await?;
        let rows: Vec<(i64, i64, String, bool)> = sqlx::query_as(
            "SELECT version, at_ms, who, document IS NOT NULL FROM plan_version \
             WHERE tenant = ?1 AND who <> '' AND (?2 IS NULL OR version < ?2) \
             ORDER BY version DESC LIMIT ?3",
        )
        .bind(self.sql_id())
        .bind(before.map(int))
        .bind(int(VERSIONS_LISTED as u64))
        .fetch_all(&mut *read)
        .await?;
        let (Some(newest), Some(oldest)) = (rows.first(), rows.last()) else {
            return Ok(Vec::new());
        };
        type Row = (i64, i64, i64, String, String, Option<String>, Option<String>);
        let changes: Vec<Row> = sqlx::query_as(
            "SELECT version, id, at_ms, who, what, before, after FROM change \
             WHERE tenant = ?1 AND version BETWEEN ?2 AND ?3 ORDER BY id",
        )
        .bind(self.sql_id())
        .bind(oldest.0)
        .bind(newest.0)
        .fetch_all(&mut *read)
        .await?;
        let mut by_version: BTreeMap<i64, Vec<Change>> = BTreeMap::new();
        for (version, id, at_ms, who, what, before, after) in changes {
            let (id, at_ms) = (nat("change", id)?, nat("change", at_ms)?);
            let change = Change { id, at_ms, who, what, before, after };
            by_version.entry(version).or_default().push(change);
        }
        let version = |(version, at_ms, who, kept): (i64, i64, String, bool)| {
            let changes = by_version.remove(&version).unwrap_or_default();
            let (version, at_ms) = (nat("plan_version", version)?, nat("plan_version", at_ms)?);
            Ok(Version { version, at_ms, who, kept, changes })
        };
        rows.into_iter().map(version).collect()
    }

    /// What going back to a version would change about today's plan.
    pub async fn diff_to(&self, version: u64) -> Result<Vec<Difference>, Error> {
        let mut read = self.store.readers.begin().await?;
        let today = Document::read(&mut read, self.sql_id()).await?;
        let mut then = kept(&mut read, self.sql_id(), version).await?;
        then.pressed = today.pressed.clone();
        Ok(today.against(&then))
    }

    /// An old version's plan with the people and phones of today.
    pub async fn plan_of(&self, version: u64) -> Result<Plan, Error> {
        let today = self.plan().await?;
        let mut read = self.store.readers.begin().await?;
        let then = kept(&mut read, self.sql_id(), version).await?;
        let Document {
            groups,
            memberships,
            calendars,
            modes,
            pressed,
            misses,
            selection,
            skills,
            indicators: _,
        } = then;
        Ok(Plan {
            version,
            groups,
            memberships,
            calendars,
            modes,
            pressed,
            misses,
            selection,
            skills,
            ..today
        })
    }

    /// Writes a new version that equals an old one. The mode that is pressed stays pressed.
    pub async fn restore(&self, version: u64, by: By<'_>) -> Result<u64, Error> {
        let mut write = Write::begin(self, by).await?;
        let tenant = write.tenant;
        let today = Document::read(write.connection(), tenant).await?;
        let mut then = kept(write.connection(), tenant, version).await?;
        then.pressed = today.pressed.clone();
        self.become_document(write, &today, &then, ("plan_restored", version)).await
    }

    /// Takes the newest change of the plan back, by a new version. Twice is none.
    pub async fn undo(&self, by: By<'_>) -> Result<u64, Error> {
        let mut write = Write::begin(self, by).await?;
        let tenant = write.tenant;
        let today = Document::read(write.connection(), tenant).await?;
        let found: Option<(i64, String)> = sqlx::query_as(
            "SELECT plan_version.version, body FROM plan_version \
             JOIN plan_document ON plan_document.tenant = plan_version.tenant \
             AND plan_document.version = document \
             WHERE plan_version.tenant = ?1 AND body <> ?2 \
             ORDER BY plan_version.version DESC LIMIT 1",
        )
        .bind(tenant)
        .bind(today.written())
        .fetch_optional(write.connection())
        .await?;
        let (version, document) = found.ok_or(Error::NothingToUndo)?;
        let then = Document::parsed(&document)?;
        let version = nat("plan_version", version)?;
        self.become_document(write, &today, &then, ("plan_undone", version)).await
    }

    async fn become_document(
        &self,
        mut write: Write<'_>,
        today: &Document,
        then: &Document,
        (what, version): (&'static str, u64),
    ) -> Result<u64, Error> {
        then.bring_back(&mut write).await?;
        write.note(what, None, Some(json!({ "version": version }))).await?;
        let tenant = write.tenant;
        let really = Document::read(write.connection(), tenant).await?;
        for Difference { what, before, after } in today.against(&really) {
            write.note(what, before, after).await?;
        }
        write.commit_plan().await
    }
}

/// The plan of a version that is still kept.
async fn kept(
    connection: &mut SqliteConnection,
    tenant: i64,
    version: u64,
) -> Result<Document, Error> {
    let document: Option<String> = sqlx::query_scalar(
        "SELECT body FROM plan_version \
         JOIN plan_document ON plan_document.tenant = plan_version.tenant \
         AND plan_document.version = document \
         WHERE plan_version.tenant = ?1 AND plan_version.version = ?2",
    )
    .bind(tenant)
    .bind(int(version))
    .fetch_optional(connection)
    .await?;
    Document::parsed(&document.ok_or(Error::NotFound { what: "version" })?)
}

/// Writes a version down. A document that equals the one before is not written again; `None` is
/// one that cannot differ. Then documents are let go until the rest is within bounds.
pub(crate) async fn keep(
    connection: &mut SqliteConnection,
    (tenant, version): (i64, i64),
    (at_ms, who): (i64, &str),
    document: Option<String>,
) -> Result<(), Error> {
    let before: Option<(i64, bool)> = sqlx::query_as(
        "SELECT document, coalesce(body = ?3, TRUE) FROM plan_version \
         JOIN plan_document ON plan_document.tenant = plan_version.tenant \
         AND plan_document.version = document \
         WHERE plan_version.tenant = ?1 AND plan_version.version = ?2 - 1",
    )
    .bind(tenant)
    .bind(version)
    .bind(&document)
    .fetch_optional(&mut *connection)
    .await?;
    let as_before = before.filter(|(_, equal)| *equal).map(|(document, _)| document);
    if let (None, Some(document)) = (as_before, &document) {
        sqlx::query(
            "INSERT INTO plan_document (tenant, version, bytes, body) VALUES (?1, ?2, ?3, ?4)",
        )
        .bind(tenant)
        .bind(version)
        .bind(int(document.len() as u64))
        .bind(document)
        .execute(&mut *connection)
        .await?;
    }
    let own = document.as_ref().map(|_| version);
    sqlx::query(
        "INSERT INTO plan_version (tenant, version, at_ms, who, document) \
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )
    .bind(tenant)
    .bind(version)
    .bind(at_ms)
    .bind(who)
    .bind(as_before.or(own))
    .execute(&mut *connection)
    .await?;
    let_go(connection, tenant, version).await
}

/// Lets the oldest documents go: what is kept is the plan of the newest versions, within bounds.
async fn let_go(connection: &mut SqliteConnection, tenant: i64, newest: i64) -> Result<(), Error> {
    let documents: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT version, bytes FROM plan_document WHERE tenant = ?1 ORDER BY version DESC",
    )
    .bind(tenant)
    .fetch_all(&mut *connection)
    .await?;
    let mut bytes = 0_i64;
    let within = documents.iter().enumerate().take_while(|(nth, (_, its))| {
        bytes = bytes.saturating_add(*its);
        *nth < DOCUMENTS_MIN || bytes <= DOCUMENT_BYTES_MAX
    });
    let oldest = within.last().map_or(newest, |(_, (version, _))| *version);
    let oldest = oldest.max(newest - DOCUMENTS_MAX + 1);
    // The document of the oldest kept version may be older than that version itself.
    let sql = [
        "UPDATE plan_version SET document = NULL \
         WHERE tenant = ?1 AND version < ?2 AND document < ?2",
        "DELETE FROM plan_document WHERE tenant = ?1 AND version < ?2 AND version NOT IN \
         (SELECT document FROM plan_version WHERE tenant = ?1 AND document IS NOT NULL)",
    ];
    for sql in sql {
        sqlx::query(sql).bind(tenant).bind(oldest).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Today's plan is kept before the first change of it: there is always something to go back to.
pub(crate) async fn keep_first(connection: &mut SqliteConnection) -> Result<(), Error> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT id, plan_version FROM tenant WHERE NOT EXISTS (SELECT 1 FROM plan_version \
         WHERE plan_version.tenant = tenant.id AND version = tenant.plan_version)",
    )
    .fetch_all(&mut *connection)
    .await?;
    for (tenant, version) in rows {
        let document = Document::read(connection, tenant).await?.written();
        keep(connection, (tenant, version), (0, ""), Some(document)).await?;
    }
    Ok(())
}
