//! Opens the database file: one writer, a few readers, migrations.

use std::path::Path;
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqlSafeStr, SqlitePool};

use crate::{Error, Tenant, TenantId, version};

/// Lists and searches of a few people at once; a query takes milliseconds.
const READERS_MAX: u32 = 4;

/// How long a write may wait for another process (a backup) to let go.
const BUSY_MAX: Duration = Duration::from_secs(5);

/// One database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) writer: SqlitePool,
    pub(crate) readers: SqlitePool,
    /// For the journal's own connection.
    pub(crate) options: SqliteConnectOptions,
}

impl Store {
    /// Opens the file, makes it (and its folder) when missing, and brings it up to date.
    pub async fn open(path: &Path) -> Result<Store, Error> {
        if let Some(folder) = path.parent() {
            tokio::fs::create_dir_all(folder).await?;
        }
        // SQLite has one writer anyway: one connection makes the others wait in our queue, in
        // order, instead of in SQLite's, by polling. Only the journal stands beside that queue,
        // with a part of a millisecond at a time. NORMAL loses at most the last commits in a power
        // cut, never consistency.
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(BUSY_MAX)
            // Few hot pages are written over and over: the longer the log, the fewer copies of them
            // go back into the file. Four thousand pages are 16 MB.
            .pragma("wal_autocheckpoint", "4000")
            .disable_statement_logging();
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await?;
        migrate(&writer, &migrator()).await?;
        version::keep_first(&mut *writer.acquire().await?).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS_MAX)
            .test_before_acquire(false)
            .connect_with(options.clone().read_only(true).create_if_missing(false))
            .await?;
        Ok(Store { writer, readers, options })
    }

    /// One company's data.
    pub fn tenant(&self, id: TenantId) -> Tenant {
        Tenant::new(self.clone(), id)
    }

    /// Answers when the database does.
    pub async fn check(&self) -> Result<(), Error> {
        sqlx::query("SELECT 1").execute(&self.readers).await?;
        Ok(())
    }

    /// Waits for what is under way and writes the log back into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// All steps or none: a step that fails leaves the file as the program before can use it.
async fn migrate(writer: &SqlitePool, migrator: &Migrator) -> Result<(), Error> {
    let mut upgrade = writer.begin_with("BEGIN IMMEDIATE").await?;
    migrator.run(&mut *upgrade).await.map_err(|error| {
        let known = migrator.iter().map(|step| step.version).max().unwrap_or_default();
        if let MigrateError::VersionMissing(version) = error {
            return Error::Newer { version, known };
        }
        Error::Migrate(error)
    })?;
    Ok(upgrade.commit().await?)
}

fn migrator() -> Migrator {
    let step = |version, name: &'static str, sql: &'static str| {
        let kind = MigrationType::Simple;
        Migration::new(version, name.into(), kind, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(vec![
        step(1, "start", include_str!("../migrations/sqlite/0001_start.sql")),
        step(
            2,
            "groups and agents",
            include_str!("../migrations/sqlite/0002_groups_and_agents.sql"),
        ),
        step(
            3,
            "what outlives a restart",
            include_str!("../migrations/sqlite/0003_what_outlives_a_restart.sql"),
        ),
        step(4, "office calls", include_str!("../migrations/sqlite/0004_office_calls.sql")),
        step(5, "plugins", include_str!("../migrations/sqlite/0005_plugins.sql")),
        step(6, "skills", include_str!("../migrations/sqlite/0006_skills.sql")),
        step(7, "trials", include_str!("../migrations/sqlite/0007_trials.sql")),
        step(9, "call selection", include_str!("../migrations/sqlite/0009_call_selection.sql")),
        step(10, "indicators", include_str!("../migrations/sqlite/0010_indicators.sql")),
        step(11, "intervals", include_str!("../migrations/sqlite/0011_intervals.sql")),
        step(12, "pay", include_str!("../migrations/sqlite/0012_pay.sql")),
    ])
}
