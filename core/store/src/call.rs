//! Calls as lists show them: a cache of the journal, written by the journal only.

use acd::{AgentId, CallId, GroupId};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::sql::{int, nat, nat_maybe};
use crate::word::Word;
use crate::{Error, Tenant};

/// Rows of one page.
pub const PAGE_MAX: u64 = 200;

/// How a call went, or that it has not yet.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum CallOutcome {
    /// Still in line.
    Waiting,
    /// An agent answered; the talk may go on.
    Answered,
    /// The caller gave up.
    Abandoned,
    /// Turned away.
    Refused,
    /// Sent on to an outside number.
    Diverted,
    /// He kept his place, was called back and talked with an agent.
    CalledBack,
    /// The longest wait was over.
    TimedOut,
    /// He has hung up, keeps his place and waits for a callback.
    Callback,
    /// He kept his place and was never spoken with; the facts say why.
    CallbackEnded,
}

/// Whose call it is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum CallKind {
    /// A group's: distributed, counted and, if the group records, recorded.
    Group,
    /// From one of our own phones to a colleague's.
    Internal,
    /// From one of our own phones to the outside.
    Outbound,
}

/// One call's row.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Call {
    pub id: CallId,
    pub kind: CallKind,
    pub arrived_ms: u64,
    pub caller: String,
    /// What was dialled.
    pub number: String,
    /// `None`: an office call.
    pub group: Option<GroupId>,
    /// Who talked, or talks. Of an office call: the colleague who is called, or who calls the
    /// outside.
    pub agent: Option<AgentId>,
    pub outcome: CallOutcome,
    pub waited_ms: u64,
    pub talked_ms: u64,
    /// `None` while it goes on.
    pub ended_ms: Option<u64>,
    /// There is a recording.
    pub recording: bool,
}

/// A quarter of an hour.
const QUARTER_MS: i64 = 15 * 60 * 1_000;

/// Which calls are asked for; `None` does not narrow.
#[derive(Clone, Debug, Default)]
pub struct CallFilter {
    /// Only calls older than this one: the next page.
    pub before: Option<CallId>,
    pub group: Option<GroupId>,
    pub agent: Option<AgentId>,
    pub outcome: Option<CallOutcome>,
    /// Only office calls (true), or only groups' calls (false).
    pub office: Option<bool>,
    /// A part of the caller's number or of the number dialled.
    pub number_part: Option<String>,
    /// At most [`PAGE_MAX`].
    pub limit: u64,
}

impl CallOutcome {
    pub fn word(self) -> &'static str {
        Word::word(self)
    }

    pub fn of_word(word: &str) -> Option<CallOutcome> {
        Word::of_word(word)
    }
}

impl CallKind {
    pub fn word(self) -> &'static str {
        Word::word(self)
    }
}

impl Tenant {
    /// A page of calls, newest first.
    pub async fn calls(&self, filter: &CallFilter) -> Result<Vec<Call>, Error> {
        let rows = sqlx::query(
            "SELECT call.*, recording.call IS NOT NULL AS recording FROM call \
             LEFT JOIN recording ON recording.tenant = call.tenant AND recording.call = call.id \
             WHERE call.tenant = ?1 AND (?2 IS NULL OR call.id < ?2) \
             AND (?3 IS NULL OR grp = ?3) AND (?4 IS NULL OR agent = ?4) \
             AND (?5 IS NULL OR outcome = ?5) \
             AND (?6 IS NULL OR instr(caller, ?6) > 0 OR instr(number, ?6) > 0) \
             AND (?8 IS NULL OR (kind <> 'group') = ?8) ORDER BY call.id DESC LIMIT ?7",
        )
        .bind(self.sql_id())
        .bind(filter.before.map(|id| int(id.0)))
        .bind(filter.group.map(|id| int(id.0)))
        .bind(filter.agent.map(|id| int(id.0)))
        .bind(filter.outcome.map(CallOutcome::word))
        .bind(filter.number_part.as_deref())
        .bind(int(filter.limit.min(PAGE_MAX)))
        .bind(filter.office)
        .fetch_all(&self.store.readers)
        .await?;
        rows.iter().map(Call::read).collect()
    }

    /// One call.
    pub async fn call(&self, id: CallId) -> Result<Call, Error> {
        let row = sqlx::query(
            "SELECT call.*, EXISTS (SELECT 1 FROM recording \
             WHERE recording.tenant = call.tenant AND recording.call = call.id) AS recording \
             FROM call WHERE tenant = ?1 AND id = ?2",
        )
        .bind(self.sql_id())
        .bind(int(id.0))
        .fetch_optional(&self.store.readers)
        .await?;
        Call::read(&row.ok_or(Error::NotFound { what: "call" })?)
    }

    /// How many calls of groups arrived in each quarter of an hour since a moment: when it began,
    /// and their number. Quarters without one are not there. Days of every time zone begin with a
    /// quarter.
    pub async fn calls_by_quarter(&self, since_ms: u64) -> Result<Vec<(u64, u64)>, Error> {
        let rows: Vec<(i64, i64)> = sqlx::query_as(
            "SELECT arrived_ms / ?3 * ?3 AS quarter, COUNT(*) FROM call WHERE tenant = ?1 \
             AND arrived_ms >= ?2 AND kind = 'group' GROUP BY quarter ORDER BY quarter",
        )
        .bind(self.sql_id())
        .bind(int(since_ms))
        .bind(QUARTER_MS)
        .fetch_all(&self.store.readers)
        .await?;
        let row = |(at_ms, calls)| Ok((nat("call", at_ms)?, nat("call", calls)?));
        rows.into_iter().map(row).collect()
    }

    /// The highest call id so far; zero before the first call. The next call takes one more.
    pub async fn last_call(&self) -> Result<CallId, Error> {
        let last: Option<i64> = sqlx::query_scalar("SELECT MAX(id) FROM call WHERE tenant = ?1")
            .bind(self.sql_id())
            .fetch_one(&self.store.readers)
            .await?;
        Ok(CallId(nat("call", last.unwrap_or(0))?))
    }
}

impl Call {
    fn read(row: &SqliteRow) -> Result<Call, Error> {
        let outcome: String = row.try_get("outcome")?;
        let kind: String = row.try_get("kind")?;
        let corrupt =
            || Error::Corrupt { table: "call", cause: format!("outcome {outcome} of {kind}") };
        let group = nat("call", row.try_get("grp")?)?;
        Ok(Call {
            id: CallId(nat("call", row.try_get("id")?)?),
            kind: CallKind::of_word(&kind).ok_or_else(corrupt)?,
            arrived_ms: nat("call", row.try_get("arrived_ms")?)?,
            caller: row.try_get("caller")?,
            number: row.try_get("number")?,
            group: Some(GroupId(group)).filter(|_| group > 0),
            agent: nat_maybe("call", row.try_get("agent")?)?.map(AgentId),
            outcome: CallOutcome::of_word(&outcome).ok_or_else(corrupt)?,
            waited_ms: nat("call", row.try_get("waited_ms")?)?,
            talked_ms: nat("call", row.try_get("talked_ms")?)?,
            ended_ms: nat_maybe("call", row.try_get("ended_ms")?)?,
            recording: row.try_get("recording")?,
        })
    }
}

/// Calls that have not ended.
pub(crate) async fn open(
    connection: &mut SqliteConnection,
    tenant: i64,
) -> Result<Vec<Call>, Error> {
    let rows = sqlx::query(
        "SELECT *, 0 AS recording FROM call WHERE tenant = ?1 AND ended_ms IS NULL ORDER BY id",
    )
    .bind(tenant)
    .fetch_all(connection)
    .await?;
    rows.iter().map(Call::read).collect()
}
