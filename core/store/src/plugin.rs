//! Uploaded plugins: the files, and what each told about itself.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;

use crate::document::Document;
use crate::sql::{int, nat};
use crate::write::Write;
use crate::{By, Error, Fault, Tenant, group, indicator, selection};

/// Bytes of one file; the host that runs it allows no more either.
pub const PLUGIN_FILE_MAX: usize = 4 << 20;
/// Versions with their files: months of trying, at most 400 MB.
const VERSIONS_MAX: u64 = 100;

/// In the place of groups' names, when it is not a group that has a version.
const FREED_AGENTS: &str = "freed agents";

/// One uploaded version of a plugin. An id is never used twice.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct PluginVersionId(pub u64);

/// A file that the host has accepted, with what it told.
#[derive(Clone, Copy, Debug)]
pub struct NewPluginVersion<'a> {
    pub file: &'a [u8],
    /// On its card.
    pub name: &'a str,
    /// On its card.
    pub version: &'a str,
    /// The card as JSON. The store keeps it and does not look into it.
    pub card: &'a Value,
    /// The facts it may read.
    pub reads: &'a [String],
}

/// A version of a plugin.
#[derive(Clone, Debug, PartialEq)]
pub struct PluginVersion {
    pub id: PluginVersionId,
    pub name: String,
    pub version: String,
    pub sha256: String,
    pub bytes: u64,
    pub card: Value,
    pub reads: Vec<String>,
    pub who: String,
    pub at_ms: u64,
    /// Its file is gone: no group can have it until the file is uploaded again.
    pub removed: bool,
}

type Row = (i64, String, String, String, i64, String, String, String, i64, bool);

/// Every [`Row`] for which something holds.
macro_rules! versions_where {
    ($condition:literal) => {
        concat!(
            "SELECT plugin_version.id, plugin.name, plugin_version.version, sha256, bytes, card, \
             reads, who, at_ms, NOT EXISTS (SELECT 1 FROM plugin_file \
             WHERE plugin_file.version = plugin_version.id) \
             FROM plugin_version JOIN plugin ON plugin.id = plugin WHERE ",
            $condition
        )
    };
}

impl Tenant {
    /// Every version there ever was, by name, newest first.
    pub async fn plugin_versions(&self) -> Result<Vec<PluginVersion>, Error> {
        let rows: Vec<Row> = sqlx::query_as(versions_where!(
            "plugin_version.tenant = ?1 ORDER BY plugin.name, plugin_version.id DESC"
        ))
        .bind(self.sql_id())
        .fetch_all(&self.store.readers)
        .await?;
        rows.into_iter().map(PluginVersion::read).collect()
    }

    /// One version.
    pub async fn plugin_version(&self, id: PluginVersionId) -> Result<PluginVersion, Error> {
        let mut connection = self.store.readers.acquire().await?;
        one(&mut connection, self.sql_id(), id).await
    }

    /// The file of a version that is not removed.
    pub async fn plugin_file(&self, id: PluginVersionId) -> Result<Vec<u8>, Error> {
        let body: Option<Vec<u8>> =
            sqlx::query_scalar("SELECT body FROM plugin_file WHERE tenant = ?1 AND version = ?2")
                .bind(self.sql_id())
                .bind(int(id.0))
                .fetch_optional(&self.store.readers)
                .await?;
        body.ok_or(Error::NotFound { what: "plugin_version" })
    }

    /// Keeps a file as a version. The same file is the same version, however often it comes; one
    /// that was removed is there again. True when the file was not there.
    pub async fn add_plugin_version(
        &self,
        new: NewPluginVersion<'_>,
        by: By<'_>,
    ) -> Result<(PluginVersion, bool), Error> {
        if new.file.len() > PLUGIN_FILE_MAX {
            return Err(Error::invalid("file", Fault::TooLarge { max: PLUGIN_FILE_MAX as u64 }));
        }
        let sha256 = hex::encode(Sha256::digest(new.file));
        let mut write = Write::begin(self, by).await?;
        let tenant = write.tenant;
        let known: Option<i64> =
            sqlx::query_scalar("SELECT id FROM plugin_version WHERE tenant = ?1 AND sha256 = ?2")
                .bind(tenant)
                .bind(&sha256)
                .fetch_optional(write.connection())
                .await?;
        if let Some(id) = known {
            let id = PluginVersionId(nat("plugin_version", id)?);
            let version = one(write.connection(), tenant, id).await?;
            if !version.removed {
                return Ok((version, false));
            }
        }
        has_room(&mut write).await?;
        let id = put(&mut write, &new, &sha256).await?;
        let version = one(write.connection(), tenant, id).await?;
        write.note("plugin_added", None, Some(version.trace())).await?;
        write.commit().await?;
        Ok((version, true))
    }

    /// Removes a version's file and card, unless a group has it or tries it out, freed agents have
    /// it, or an indicator is worked out by it. Its name stays, for plans that have it.
    pub async fn remove_plugin_version(
        &self,
        id: PluginVersionId,
        by: By<'_>,
    ) -> Result<(), Error> {
        let mut write = Write::begin(self, by).await?;
        let tenant = write.tenant;
        let version = one(write.connection(), tenant, id).await?;
        if version.removed {
            return Err(Error::NotFound { what: "plugin_version" });
        }
        let mut groups = group::all(write.connection(), tenant).await?;
        groups.retain(|group| group.versions().any(|version| version == id));
        let groups: Vec<String> = groups.into_iter().map(|group| group.name).collect();
        if !groups.is_empty() {
            return Err(Error::InUse { what: "plugin_version", by: groups.join(", ") });
        }
        if selection::has(&mut write, id).await? {
            return Err(Error::ChoosesCalls);
        }
        let mut indicators = indicator::all(write.connection(), tenant).await?.into_iter();
        if let Some(user) = indicators.find(|it| it.plugins().any(|version| version == id)) {
            return Err(Error::InUse { what: "plugin_version", by: user.name });
        }
        let sql = [
            "DELETE FROM plugin_file WHERE tenant = ?1 AND version = ?2",
            "UPDATE plugin_version SET card = '{}', reads = '[]' WHERE tenant = ?1 AND id = ?2",
        ];
        for sql in sql {
            sqlx::query(sql).bind(tenant).bind(int(id.0)).execute(write.connection()).await?;
        }
        write.note("plugin_removed", Some(version.trace()), None).await?;
        write.commit().await
    }
}

impl PluginVersion {
    /// How the journal names it: `fair-share@1.0.0`.
    pub fn label(&self) -> String {
        format!("{}@{}", self.name, self.version)
    }

    fn read(row: Row) -> Result<PluginVersion, Error> {
        let (id, name, version, sha256, bytes, card, reads, who, at_ms, removed) = row;
        let table = "plugin_version";
        let corrupt = |_| Error::Corrupt { table, cause: format!("version {id}") };
        Ok(PluginVersion {
            id: PluginVersionId(nat(table, id)?),
            name,
            version,
            sha256,
            bytes: nat(table, bytes)?,
            card: serde_json::from_str(&card).map_err(corrupt)?,
            reads: serde_json::from_str(&reads).map_err(corrupt)?,
            who,
            at_ms: nat(table, at_ms)?,
            removed,
        })
    }

    fn trace(&self) -> Value {
        json!({
            "id": self.id.0,
            "label": self.label(),
            "sha256": self.sha256,
            "bytes": self.bytes,
            "reads": self.reads,
        })
    }
}

impl Document {
    /// Every version that a group has or tries out, or that freed agents have, has its file.
    pub(crate) async fn has_its_plugins(&self, write: &mut Write<'_>) -> Result<(), Error> {
        let of_groups =
            self.groups.iter().flat_map(|it| it.versions().map(|id| (id, it.name.as_str())));
        let of_freed = self.selection.policy.uploaded().map(|id| (id, FREED_AGENTS));
        let of_indicators = indicator::plugins_of(write, &self.indicators).await?;
        let of_indicators = of_indicators.iter().map(|(id, title)| (*id, title.as_str()));
        for (id, user) in of_groups.chain(of_freed).chain(of_indicators) {
            let tenant = write.tenant;
            let version = one(write.connection(), tenant, id).await?;
            if version.removed {
                let (label, group) = (version.label(), user.to_owned());
                return Err(Error::PluginRemoved { label, group });
            }
        }
        Ok(())
    }
}

/// A group may have this version.
pub(crate) async fn is_there(write: &mut Write<'_>, id: PluginVersionId) -> Result<(), Error> {
    let tenant = write.tenant;
    match one(write.connection(), tenant, id).await {
        Ok(version) if !version.removed => Ok(()),
        Ok(_) | Err(Error::NotFound { .. }) => Err(Error::invalid("policy", Fault::Unknown)),
        Err(error) => Err(error),
    }
}

async fn one(
    connection: &mut SqliteConnection,
    tenant: i64,
    id: PluginVersionId,
) -> Result<PluginVersion, Error> {
    let row: Option<Row> =
        sqlx::query_as(versions_where!("plugin_version.tenant = ?1 AND plugin_version.id = ?2"))
            .bind(tenant)
            .bind(int(id.0))
            .fetch_optional(connection)
            .await?;
    PluginVersion::read(row.ok_or(Error::NotFound { what: "plugin_version" })?)
}

async fn has_room(write: &mut Write<'_>) -> Result<(), Error> {
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM plugin_file WHERE tenant = ?1")
        .bind(write.tenant)
        .fetch_one(write.connection())
        .await?;
    match count >= int(VERSIONS_MAX) {
        true => Err(Error::Full { what: "plugin_versions", max: VERSIONS_MAX }),
        false => Ok(()),
    }
}

/// Writes the three rows, whichever of them is there already.
async fn put(
    write: &mut Write<'_>,
    new: &NewPluginVersion<'_>,
    sha256: &str,
) -> Result<PluginVersionId, Error> {
    let plugin: i64 = sqlx::query_scalar(
        "INSERT INTO plugin (tenant, name) VALUES (?1, ?2) \
         ON CONFLICT (tenant, name) DO UPDATE SET name = excluded.name RETURNING id",
    )
    .bind(write.tenant)
    .bind(new.name)
    .fetch_one(write.connection())
    .await?;
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO plugin_version (tenant, plugin, sha256, version, bytes, card, reads, who, \
         at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) \
         ON CONFLICT (tenant, sha256) DO UPDATE SET card = excluded.card, \
         reads = excluded.reads, who = excluded.who, at_ms = excluded.at_ms \
         RETURNING id",
    )
    .bind(write.tenant)
    .bind(plugin)
    .bind(sha256)
    .bind(new.version)
    .bind(int(new.file.len() as u64))
    .bind(new.card.to_string())
    .bind(json!(new.reads).to_string())
    .bind(write.by.who)
    .bind(write.at())
    .fetch_one(write.connection())
    .await?;
    sqlx::query("INSERT INTO plugin_file (version, tenant, body) VALUES (?1, ?2, ?3)")
        .bind(id)
        .bind(write.tenant)
        .bind(new.file)
        .execute(write.connection())
        .await?;
    Ok(PluginVersionId(nat("plugin_version", id)?))
}
