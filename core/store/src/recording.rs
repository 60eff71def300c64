//! The index of recordings. The sound itself is a file.

use acd::CallId;

use crate::sql::{int, nat};
use crate::{Error, Tenant};

/// One recording's row.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Recording {
    pub call: CallId,
    /// Relative to the folder of recordings.
    pub path: String,
    /// Of the whole file, in hex.
    pub sha256: String,
    pub bytes: u64,
    pub duration_ms: u64,
    pub started_ms: u64,
    /// For example `pcma`.
    pub codec: String,
}

type Row = (i64, String, String, i64, i64, i64, String);

impl Tenant {
    /// Notes a complete file. A second file of the same call replaces the first.
    pub async fn add_recording(&self, recording: &Recording) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO recording \
             (tenant, call, path, sha256, bytes, duration_ms, started_ms, codec) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) \
             ON CONFLICT (tenant, call) DO UPDATE SET path = excluded.path, \
             sha256 = excluded.sha256, bytes = excluded.bytes, \
             duration_ms = excluded.duration_ms, started_ms = excluded.started_ms, \
             codec = excluded.codec",
        )
        .bind(self.sql_id())
        .bind(int(recording.call.0))
        .bind(&recording.path)
        .bind(&recording.sha256)
        .bind(int(recording.bytes))
        .bind(int(recording.duration_ms))
        .bind(int(recording.started_ms))
        .bind(&recording.codec)
        .execute(&self.store.writer)
        .await?;
        Ok(())
    }

    /// The recording of a call, if there is one.
    pub async fn recording(&self, call: CallId) -> Result<Option<Recording>, Error> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT call, path, sha256, bytes, duration_ms, started_ms, codec FROM recording \
             WHERE tenant = ?1 AND call = ?2",
        )
        .bind(self.sql_id())
        .bind(int(call.0))
        .fetch_optional(&self.store.readers)
        .await?;
        row.map(Recording::read).transpose()
    }

    /// How many recordings there are.
    pub async fn recordings_count(&self) -> Result<u64, Error> {
        let count = sqlx::query_scalar("SELECT COUNT(*) FROM recording WHERE tenant = ?1")
            .bind(self.sql_id())
            .fetch_one(&self.store.readers)
            .await?;
        nat("recording", count)
    }
}

impl Recording {
    fn read(row: Row) -> Result<Recording, Error> {
        let (call, path, sha256, bytes, duration_ms, started_ms, codec) = row;
        Ok(Recording {
            call: CallId(nat("recording", call)?),
            path,
            sha256,
            bytes: nat("recording", bytes)?,
            duration_ms: nat("recording", duration_ms)?,
            started_ms: nat("recording", started_ms)?,
            codec,
        })
    }
}
