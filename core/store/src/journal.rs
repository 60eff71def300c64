//! The journal: facts in, in batches; the cache of calls follows in the same transaction.

use std::fmt::Write as _;

use serde_json::{Value, json};
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use crate::call::{self, Call};
use crate::fold::{OpenCalls, Touched};
use crate::sql::{int, nat, nat_maybe};
use crate::{Error, JournalLine, Kept, Tenant};

/// Facts of one read: enough to be quick, little enough to hold.
const READ_MAX: i64 = 4_096;

/// The journal of one company, open for writing. There is one writer: its owner.
#[derive(Debug)]
pub struct Journal {
    tenant: Tenant,
    /// Its own: a pool asks SQLite after each use whether the connection still lives, which costs
    /// as much as the batch itself.
    connection: SqliteConnection,
    next_seq: i64,
    open: OpenCalls,
}

type Row = (i64, i64, Option<i64>, String, String);

impl Journal {
    /// Opens the journal where it ended.
    pub async fn open(tenant: &Tenant) -> Result<Journal, Error> {
        let mut connection = connect(tenant).await?;
        let last: Option<i64> = sqlx::query_scalar("SELECT MAX(seq) FROM fact WHERE tenant = ?1")
            .bind(tenant.sql_id())
            .fetch_one(&mut connection)
            .await?;
        let open = OpenCalls::of(call::open(&mut connection, tenant.sql_id()).await?);
        let next_seq = last.unwrap_or(0) + 1;
        let mut journal = Journal { tenant: tenant.clone(), connection, next_seq, open };
        if journal.has_lost_its_calls().await? {
            journal.rebuild_calls().await?;
        }
        Ok(journal)
    }

    /// A new shape of the cache begins empty, however long the journal is.
    async fn has_lost_its_calls(&mut self) -> Result<bool, Error> {
        let lost = sqlx::query_scalar(
            "SELECT NOT EXISTS (SELECT 1 FROM call WHERE tenant = ?1) AND EXISTS \
             (SELECT 1 FROM fact WHERE tenant = ?1 AND call IS NOT NULL)",
        )
        .bind(self.tenant.sql_id())
        .fetch_one(&mut self.connection)
        .await?;
        Ok(lost)
    }

    /// Writes a batch: all of it, or after an error nothing of it.
    pub async fn append(&mut self, lines: &[JournalLine]) -> Result<(), Error> {
        if lines.is_empty() {
            return Ok(());
        }
        let mut touched = Touched::default();
        for line in lines {
            if let (Some(call), Some(step)) = (line.call, &line.step) {
                touched.apply(&self.open, line.at_ms, call, step);
            }
        }
        let (facts, bodies) = facts_json(lines);
        let written = sqlx::query(APPEND)
            .bind(self.tenant.sql_id())
            .bind(self.next_seq)
            .bind(facts)
            .bind(bodies)
            .bind(calls_json(&touched.rows()))
            .execute(&mut self.connection)
            .await;
        if let Err(error) = written {
            // Whatever broke: the next try has a connection that nothing has happened to.
            self.connection = connect(&self.tenant).await?;
            return Err(error.into());
        }
        self.next_seq += i64::try_from(lines.len()).unwrap_or(i64::MAX);
        self.open.accept(touched);
        Ok(())
    }

    /// Closes the journal's connection; what was appended is written in any case.
    pub async fn close(self) -> Result<(), Error> {
        Ok(self.connection.close().await?)
    }

    pub(crate) fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// Calls that the journal has not closed. After a crash these are the ones that were alive.
    pub fn open_calls(&self) -> impl Iterator<Item = &Call> {
        self.open.iter()
    }

    /// Throws the cache of calls away and folds it from the journal again.
    pub async fn rebuild_calls(&mut self) -> Result<(), Error> {
        let tenant = self.tenant.sql_id();
        let mut write = self.connection.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("DELETE FROM call WHERE tenant = ?1").bind(tenant).execute(&mut *write).await?;
        let mut open = OpenCalls::default();
        let mut after = 0;
        loop {
            let page = read(&mut write, tenant, after).await?;
            let Some(last) = page.last() else { break };
            after = int(last.seq);
            let mut touched = Touched::default();
            for kept in &page {
                let line = JournalLine::of(&kept.fact()?);
                if let (Some(call), Some(step)) = (line.call, &line.step) {
                    touched.apply(&open, line.at_ms, call, step);
                }
            }
            upsert_calls(&mut write, tenant, &touched.rows()).await?;
            open.accept(touched);
        }
        write.commit().await?;
        self.open = open;
        Ok(())
    }
}

async fn connect(tenant: &Tenant) -> Result<SqliteConnection, Error> {
    let mut connection = tenant.store.options.connect().await?;
    sqlx::raw_sql(BATCH).execute(&mut connection).await?;
    Ok(connection)
}

impl Tenant {
    /// The facts of one call, in order, at most a page.
    pub async fn facts_of(&self, call: acd::CallId) -> Result<Vec<Kept>, Error> {
        self.facts_of_after(call, 0).await
    }

    /// A page of the facts of one call after a sequence number; empty at their end.
    pub(crate) async fn facts_of_after(
        &self,
        call: acd::CallId,
        seq: u64,
    ) -> Result<Vec<Kept>, Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT seq, at_ms, call, kind, body FROM fact WHERE tenant = ?1 AND call = ?2 \
             AND seq > ?3 ORDER BY seq LIMIT ?4",
        )
        .bind(self.sql_id())
        .bind(int(call.0))
        .bind(int(seq))
        .bind(READ_MAX)
        .fetch_all(&self.store.readers)
        .await?;
        rows.into_iter().map(Kept::read).collect()
    }

    /// A page of facts after a sequence number; empty at the journal's end.
    pub async fn facts_after(&self, seq: u64) -> Result<Vec<Kept>, Error> {
        let mut connection = self.store.readers.acquire().await?;
        read(&mut connection, self.sql_id(), int(seq)).await
    }

    /// The sequence number of the last fact before a moment: where today begins.
    pub async fn seq_before(&self, at_ms: u64) -> Result<u64, Error> {
        // From the end backwards: a day is short against a journal.
        let seq: Option<i64> = sqlx::query_scalar(
            "SELECT seq FROM fact WHERE tenant = ?1 AND at_ms < ?2 ORDER BY seq DESC LIMIT 1",
        )
        .bind(self.sql_id())
        .bind(int(at_ms))
        .fetch_optional(&self.store.readers)
        .await?;
        nat("fact", seq.unwrap_or(0))
    }
}

impl Kept {
    pub(crate) fn read((seq, at_ms, call, kind, body): Row) -> Result<Kept, Error> {
        let (seq, at_ms) = (nat("fact", seq)?, nat("fact", at_ms)?);
        Ok(Kept { seq, at_ms, call: nat_maybe("fact", call)?, kind, body })
    }
}

async fn read(
    connection: &mut SqliteConnection,
    tenant: i64,
    after: i64,
) -> Result<Vec<Kept>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT seq, at_ms, call, kind, body FROM fact WHERE tenant = ?1 AND seq > ?2 \
         ORDER BY seq LIMIT ?3",
    )
    .bind(tenant)
    .bind(after)
    .bind(READ_MAX)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Kept::read).collect()
}

/// The cache of calls follows; the rows are the JSON array in the second parameter.
macro_rules! upsert_calls {
    ($tenant:literal, $rows:literal) => {
        concat!(
            "INSERT INTO call (tenant, id, arrived_ms, caller, number, grp, agent, ",
            "outcome, waited_ms, talked_ms, ended_ms, kind) ",
            "SELECT ",
            $tenant,
            ", value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, ",
            "value->>6, value->>7, value->>8, value->>9, value->>10 FROM json_each(",
            $rows,
            ") WHERE true ",
            "ON CONFLICT (tenant, id) DO UPDATE SET arrived_ms = excluded.arrived_ms, ",
            "caller = excluded.caller, number = excluded.number, grp = excluded.grp, ",
            "agent = excluded.agent, outcome = excluded.outcome, waited_ms = excluded.waited_ms, ",
            "talked_ms = excluded.talked_ms, ended_ms = excluded.ended_ms, ",
            "kind = excluded.kind",
        )
    };
}

const UPSERT_CALLS: &str = upsert_calls!("?1", "?2");

/// Makes a batch one statement and so, by itself, one transaction: SQLite runs on a thread of its
/// own, and its answer to each statement wakes ours, which is dearer than what a statement does.
/// For the same reason the rows of a batch are one JSON parameter. The bodies stand beside them,
/// each found by where it begins and its length: SQLite would take them apart and write them anew.
const BATCH: &str = concat!(
    "CREATE TEMP VIEW batch AS ",
    "SELECT 0 AS tenant, 0 AS first_seq, '' AS facts, x'' AS bodies, '' AS calls; ",
    "CREATE TEMP TRIGGER append INSTEAD OF INSERT ON batch BEGIN ",
    "INSERT INTO fact (tenant, seq, at_ms, call, kind, body) ",
    "SELECT NEW.tenant, NEW.first_seq + key, value->>0, value->>1, value->>2, ",
    "CAST(substr(NEW.bodies, value->>3, value->>4) AS TEXT) ",
    "FROM json_each(NEW.facts); ",
    upsert_calls!("NEW.tenant", "NEW.calls"),
    "; END",
);

const APPEND: &str =
    "INSERT INTO batch (tenant, first_seq, facts, bodies, calls) VALUES (?1, ?2, ?3, ?4, ?5)";

/// Rows and bodies of facts, by hand, because it is the hot path. The bodies are bytes: within
/// text SQLite would have to count characters to find one.
fn facts_json(lines: &[JournalLine]) -> (String, Vec<u8>) {
    let mut rows = String::with_capacity(64 * lines.len());
    let mut bodies = Vec::with_capacity(lines.iter().map(|line| line.body.len()).sum());
    for line in lines {
        rows.push_str(if rows.is_empty() { "[[" } else { ",[" });
        // Writing into a String cannot fail. A kind is a word of ours: it has nothing to escape.
        let _ = match line.call {
            Some(call) => write!(rows, "{},{}", int(line.at_ms), int(call)),
            None => write!(rows, "{},null", int(line.at_ms)),
        };
        let (begin, length) = (bodies.len() + 1, line.body.len());
        let _ = write!(rows, ",\"{}\",{begin},{length}]", line.kind);
        bodies.extend_from_slice(line.body.as_bytes());
    }
    rows.push(']');
    (rows, bodies)
}

fn calls_json(calls: &[&Call]) -> String {
    let row = |call: &&Call| {
        json!([
            int(call.id.0),
            int(call.arrived_ms),
            call.caller,
            call.number,
            call.group.map_or(0, |group| int(group.0)),
            call.agent.map(|agent| int(agent.0)),
            call.outcome.word(),
            int(call.waited_ms),
            int(call.talked_ms),
            call.ended_ms.map(int),
            call.kind.word(),
        ])
    };
    Value::Array(calls.iter().map(row).collect()).to_string()
}

async fn upsert_calls(
    connection: &mut SqliteConnection,
    tenant: i64,
    calls: &[&Call],
) -> Result<(), Error> {
    sqlx::query(UPSERT_CALLS).bind(tenant).bind(calls_json(calls)).execute(connection).await?;
    Ok(())
}
