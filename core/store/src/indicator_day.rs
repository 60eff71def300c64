//! What indicators came to on days that are over: written once, kept for ever.

use std::collections::BTreeSet;

use acd::{AgentId, CallId, Time};
use serde_json::Value;
use sqlx::SqliteConnection;

use crate::sql::{int, nat};
use crate::write::Write;
use crate::{By, Error, IndicatorId, IndicatorVersionId, Tenant};

/// Values of one answer: a quarter of a year of a thousand people.
const VALUES_MAX: i64 = 100_000;
/// Lines of one answer: nobody looks through more by eye.
pub const CASES_MAX: usize = 500;

/// A day of one indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorDay {
    pub indicator: IndicatorId,
    /// By which it was worked out.
    pub version: IndicatorVersionId,
    /// As `2026-03-02`.
    pub day: String,
    /// By person.
    pub values: Vec<DayValue>,
}

/// What came out for one person.
#[derive(Clone, Debug, PartialEq)]
pub struct DayValue {
    pub agent: AgentId,
    pub outcome: DayOutcome,
}

/// A value, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub enum DayOutcome {
    /// The value is finite; `sample` is how many cases it rests on.
    Value {
        value: f64,
        sample: u32,
        note: Option<String>,
    },
    TooFew {
        sample: u32,
        least: u32,
    },
    NoNumber,
    Said(String),
}

/// Something that befell somebody within a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub at: Time,
    pub call: CallId,
    pub what: CaseKind,
}

/// What befell him.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CaseKind {
    /// An offer ended; `outcome` is the journal's word.
    Offer { outcome: String, rang_ms: u64 },
    /// A talk ended; `by` is the journal's word for who ended it.
    Talk { talked_ms: u64, by: String },
}

impl Tenant {
    /// Writes down what a day came to. False when it was written down before: what is written
    /// stays.
    pub async fn close_indicator_day(
        &self,
        day: &IndicatorDay,
        closed_ms: u64,
    ) -> Result<bool, Error> {
        let mut write = Write::begin(self, By { who: "", at_ms: closed_ms }).await?;
        let closed = sqlx::query(
            "INSERT INTO indicator_day (tenant, indicator, day, version, closed_ms) \
             VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
        )
        .bind(write.tenant)
        .bind(int(day.indicator.0))
        .bind(&day.day)
        .bind(int(day.version.0))
        .bind(write.at())
        .execute(write.connection())
        .await?;
        if closed.rows_affected() == 0 {
            return Ok(false);
        }
        for value in &day.values {
            put(&mut write, day, value).await?;
        }
        write.commit().await?;
        Ok(true)
    }

    /// Which days of which indicators are written down, from a day on.
    pub async fn closed_indicator_days(
        &self,
        from_day: &str,
    ) -> Result<BTreeSet<(IndicatorId, String)>, Error> {
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "SELECT indicator, day FROM indicator_day WHERE tenant = ?1 AND day >= ?2",
        )
        .bind(self.sql_id())
        .bind(from_day)
        .fetch_all(&self.store.readers)
        .await?;
        let row = |(id, day)| Ok((IndicatorId(nat("indicator_day", id)?), day));
        rows.into_iter().map(row).collect()
    }

    /// What an indicator came to from a day to another, both included; the days in order.
    pub async fn indicator_days(
        &self,
        id: IndicatorId,
        (from_day, to_day): (&str, &str),
    ) -> Result<Vec<IndicatorDay>, Error> {
        let mut read = self.store.readers.begin().await?;
        let days: Vec<(String, i64)> = sqlx::query_as(
            "SELECT day, version FROM indicator_day WHERE tenant = ?1 AND indicator = ?2 \
             AND day BETWEEN ?3 AND ?4 ORDER BY day",
        )
        .bind(self.sql_id())
        .bind(int(id.0))
        .bind(from_day)
        .bind(to_day)
        .fetch_all(&mut *read)
        .await?;
        let mut values = values(&mut read, self.sql_id(), id, (from_day, to_day)).await?;
        let day = |(day, version): (String, i64)| {
            let rest = values.split_off(values.partition_point(|(of, _)| *of <= day));
            let of_day = std::mem::replace(&mut values, rest).into_iter();
            Ok(IndicatorDay {
                indicator: id,
                version: IndicatorVersionId(nat("indicator_day", version)?),
                values: of_day.map(|(_, value)| value).collect(),
                day,
            })
        };
        days.into_iter().map(day).collect()
    }

    /// The last day that is written down of any indicator.
    pub async fn last_indicator_day(&self) -> Result<Option<String>, Error> {
        let day = sqlx::query_scalar("SELECT MAX(day) FROM indicator_day WHERE tenant = ?1")
            .bind(self.sql_id())
            .fetch_one(&self.store.readers)
            .await?;
        Ok(day)
    }

    /// What befell somebody in a period, newest first: at most [`CASES_MAX`] lines.
    pub async fn cases(
        &self,
        agent: AgentId,
        (from_ms, until_ms): (u64, u64),
    ) -> Result<Vec<Case>, Error> {
        let (after, last) = (self.seq_before(from_ms).await?, self.seq_before(until_ms).await?);
        type Row = (i64, i64, String, String);
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT at_ms, call, kind, body FROM fact WHERE tenant = ?1 AND seq > ?2 \
             AND seq <= ?3 AND kind IN ('offer_ended', 'talk_ended') \
             AND json_extract(body, '$.agent') = ?4 ORDER BY seq DESC LIMIT ?5",
        )
        .bind(self.sql_id())
        .bind(int(after))
        .bind(int(last))
        .bind(int(agent.0))
        .bind(int(CASES_MAX as u64))
        .fetch_all(&self.store.readers)
        .await?;
        rows.into_iter().map(case).collect()
    }
}

fn case((at_ms, call, kind, body): (i64, i64, String, String)) -> Result<Case, Error> {
    let corrupt = || Error::Corrupt { table: "fact", cause: format!("{kind} of call {call}") };
    let body: Value = serde_json::from_str(&body).map_err(|_| corrupt())?;
    let number = |field: &str| body[field].as_u64().ok_or_else(corrupt);
    let word = |field: &str| Ok::<_, Error>(body[field].as_str().ok_or_else(corrupt)?.to_owned());
    let what = match kind.as_str() {
        "offer_ended" => CaseKind::Offer { outcome: word("outcome")?, rang_ms: number("rang_ms")? },
        _ => CaseKind::Talk { talked_ms: number("talked_ms")?, by: word("by")? },
    };
    Ok(Case { at: Time(nat("fact", at_ms)?), call: CallId(nat("fact", call)?), what })
}

async fn put(write: &mut Write<'_>, day: &IndicatorDay, row: &DayValue) -> Result<(), Error> {
    let (value, sample, why, least, words) = match &row.outcome {
        DayOutcome::Value { value, sample, note } => {
            (Some(*value), Some(*sample), None, None, note.as_deref())
        }
        DayOutcome::TooFew { sample, least } => {
            (None, Some(*sample), Some("too_few"), Some(*least), None)
        }
        DayOutcome::NoNumber => (None, None, Some("no_number"), None, None),
        DayOutcome::Said(words) => (None, None, Some("said"), None, Some(words.as_str())),
    };
    sqlx::query(
        "INSERT INTO indicator_value (tenant, indicator, day, person, value, sample, why, least, \
         words) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )
    .bind(write.tenant)
    .bind(int(day.indicator.0))
    .bind(&day.day)
    .bind(int(row.agent.0))
    .bind(value)
    .bind(sample)
    .bind(why)
    .bind(least)
    .bind(words)
    .execute(write.connection())
    .await?;
    Ok(())
}

type ValueRow =
    (String, i64, Option<f64>, Option<i64>, Option<String>, Option<i64>, Option<String>);

/// In the order of days and people.
async fn values(
    connection: &mut SqliteConnection,
    tenant: i64,
    id: IndicatorId,
    (from_day, to_day): (&str, &str),
) -> Result<Vec<(String, DayValue)>, Error> {
    let rows: Vec<ValueRow> = sqlx::query_as(
        "SELECT day, person, value, sample, why, least, words FROM indicator_value \
         WHERE tenant = ?1 AND indicator = ?2 AND day BETWEEN ?3 AND ?4 \
         ORDER BY day, person LIMIT ?5",
    )
    .bind(tenant)
    .bind(int(id.0))
    .bind(from_day)
    .bind(to_day)
    .bind(VALUES_MAX)
    .fetch_all(connection)
    .await?;
    let table = "indicator_value";
    let row = |(day, person, value, sample, why, least, words): ValueRow| {
        let corrupt = || Error::Corrupt { table, cause: format!("person {person} on {day}") };
        let small = |it: Option<i64>| it.and_then(|it| u32::try_from(it).ok()).ok_or_else(corrupt);
        let outcome = match (value, why.as_deref()) {
            (Some(value), None) => DayOutcome::Value { value, sample: small(sample)?, note: words },
            (None, Some("too_few")) => {
                DayOutcome::TooFew { sample: small(sample)?, least: small(least)? }
            }
            (None, Some("no_number")) => DayOutcome::NoNumber,
            (None, Some("said")) => DayOutcome::Said(words.unwrap_or_default()),
            _ => return Err(corrupt()),
        };
        let agent = AgentId(nat(table, person)?);
        Ok((day, DayValue { agent, outcome }))
    };
    rows.into_iter().map(row).collect()
}
