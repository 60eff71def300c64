//! The chain in the database: appended to, read, verified against the journal.

use std::collections::BTreeSet;

use acd::{AgentId, Time};
use stats::pay::{
    Broken, Closed, Correction, Difference, Entry, FIRST_HASH, Figure, Link, hash, verify,
};

use super::PaySpan;
use crate::sql::{int, nat};
use crate::write::Write;
use crate::{Error, Tenant};

/// What the verification of a company's chain has found.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PayReport {
    /// Every closed period whose content can be read, in the order of the chain.
    pub periods: Vec<PeriodReport>,
    /// Corrections in the chain.
    pub corrections: u64,
    /// The first entry that was not written so by us.
    pub broken: Option<Broken>,
    /// Periods that are closed and have no entry.
    pub without_entry: Vec<String>,
    /// The hash of the newest entry.
    pub newest: Option<String>,
}

/// A closed period against the journal.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PeriodReport {
    /// Its place in the chain.
    pub number: u64,
    pub from: String,
    pub to: String,
    pub people: usize,
    /// Where what was signed differs from what the journal gives today; empty: nowhere.
    pub differences: Vec<Difference>,
}

/// Number, what people call the period, body, hash.
type Row = (i64, String, String, String);

impl PayReport {
    /// Nothing differs and nothing is broken.
    pub fn is_well(&self) -> bool {
        let same = self.periods.iter().all(|it| it.differences.is_empty());
        same && self.broken.is_none() && self.without_entry.is_empty()
    }
}

impl Tenant {
    /// Reads the chain from its beginning and works every closed period out again.
    pub async fn verify_pay(&self) -> Result<PayReport, Error> {
        let rows = self.pay_chain().await?;
        let mut report = PayReport::default();
        let links = rows.iter().map(|(_, period, body, hash)| Link { period, body, hash });
        report.broken = verify(links).err();
        report.newest = rows.last().map(|(_, _, _, hash)| hash.clone());
        for (_, _, body, _) in &rows {
            // What cannot be read is broken, which has been told.
            match serde_json::from_str::<Entry>(body) {
                Ok(Entry::Closed(closed)) => report.periods.push(self.again(&closed).await?),
                Ok(Entry::Correction(_)) => report.corrections += 1,
                Err(_) => (),
            }
        }
        report.without_entry = sqlx::query_scalar(
            "SELECT from_day || ' – ' || to_day FROM pay_period WHERE tenant = ?1 \
             AND state = 'closed' AND NOT EXISTS (SELECT 1 FROM pay_entry \
             WHERE pay_entry.tenant = pay_period.tenant AND pay_entry.period = pay_period.id \
             AND json_valid(body) AND json_type(body, '$.closed') = 'object') ORDER BY from_day",
        )
        .bind(self.sql_id())
        .fetch_all(&self.store.readers)
        .await?;
        if let Some(broken) = &report.broken {
            // A body that is no JSON any more is one finding and not two.
            report.without_entry.retain(|period| *period != broken.period);
        }
        Ok(report)
    }

    async fn again(&self, closed: &Closed) -> Result<PeriodReport, Error> {
        let sheet = &closed.sheet;
        let mut report = PeriodReport {
            number: closed.number,
            from: closed.from.clone(),
            to: closed.to.clone(),
            people: sheet.figures.len(),
            differences: Vec::new(),
        };
        // The milliseconds were signed: a newer database of time zones changes nothing about them.
        let span = PaySpan {
            from_day: closed.from.clone(),
            to_day: closed.to.clone(),
            zone: closed.zone.clone(),
            from: Time(closed.from_ms),
            to: Time(closed.to_ms),
        };
        // Names are as they were signed: people may be called something else by now, or be gone.
        let people: BTreeSet<AgentId> = sheet.figures.iter().map(|it| AgentId(it.agent)).collect();
        let achieved = self.achieved(&span, sheet.limits.into(), &people).await?;
        let name = |agent: AgentId| {
            let signed = sheet.figures.iter().find(|it| it.agent == agent.0);
            signed.map_or("", |it| it.name.as_str())
        };
        let mut figures: Vec<Figure> =
            achieved.iter().map(|it| Figure::of(it, name(it.agent))).collect();
        for figure in &mut figures {
            // A value that was not known to pay then is none that differs now.
            if let Some(signed) = sheet.figures.iter().find(|it| it.agent == figure.agent) {
                figure.values.retain(|on, _| signed.values.contains_key(on));
            }
        }
        report.differences = match sheet.against(figures) {
            Ok(differences) => differences,
            Err(wrong) => {
                let words: Vec<String> = wrong.iter().map(ToString::to_string).collect();
                let (place, name, signed) = ("rules".to_owned(), String::new(), String::new());
                vec![Difference { agent: 0, name, place, signed, again: words.join("; ") }]
            }
        };
        Ok(report)
    }

    /// The entry that closed a period, and its hash.
    pub(super) async fn closed_period(&self, period: u64) -> Result<(Closed, String), Error> {
        let found = self.entries_of(period).await?.into_iter().find_map(|(entry, hash)| {
            if let Entry::Closed(closed) = entry { Some((closed, hash)) } else { None }
        });
        let table = "pay_entry";
        found.ok_or_else(|| Error::Corrupt { table, cause: format!("none of period {period}") })
    }

    /// The corrections of a period that are signed, in their order.
    pub async fn signed_corrections(&self, period: u64) -> Result<Vec<Correction>, Error> {
        let entries = self.entries_of(period).await?.into_iter();
        let corrections = entries.filter_map(|(entry, _)| match entry {
            Entry::Correction(correction) => Some(correction),
            Entry::Closed(_) => None,
        });
        Ok(corrections.collect())
    }

    async fn entries_of(&self, period: u64) -> Result<Vec<(Entry, String)>, Error> {
        let rows: Vec<(i64, String, String)> = sqlx::query_as(
            "SELECT number, body, hash FROM pay_entry WHERE tenant = ?1 AND period = ?2 \
             ORDER BY number",
        )
        .bind(self.sql_id())
        .bind(int(period))
        .fetch_all(&self.store.readers)
        .await?;
        let table = "pay_entry";
        let read = |(number, body, hash): (i64, String, String)| {
            let corrupt = |error| Error::Corrupt { table, cause: format!("{number}: {error}") };
            serde_json::from_str(&body).map(|entry| (entry, hash)).map_err(corrupt)
        };
        rows.into_iter().map(read).collect()
    }

    async fn pay_chain(&self) -> Result<Vec<Row>, Error> {
        let rows = sqlx::query_as(
            "SELECT number, coalesce(from_day || ' – ' || to_day, '?'), body, hash \
             FROM pay_entry LEFT JOIN pay_period ON pay_period.id = period \
             WHERE pay_entry.tenant = ?1 ORDER BY number",
        )
        .bind(self.sql_id())
        .fetch_all(&self.store.readers)
        .await?;
        Ok(rows)
    }
}

/// Writes the next entry of the chain about a period; answers its number.
pub(super) async fn append(
    write: &mut Write<'_>,
    period: u64,
    entry: impl FnOnce(u64) -> Entry,
) -> Result<u64, Error> {
    let last: Option<(i64, String)> = sqlx::query_as(
        "SELECT number, hash FROM pay_entry WHERE tenant = ?1 ORDER BY number DESC LIMIT 1",
    )
    .bind(write.tenant)
    .fetch_optional(write.connection())
    .await?;
    let (number, before) = match last {
        Some((number, hash)) => (nat("pay_entry", number)? + 1, hash),
        None => (1, FIRST_HASH.to_owned()),
    };
    let body = entry(number).written();
    sqlx::query(
        "INSERT INTO pay_entry (tenant, number, period, body, hash) VALUES (?1, ?2, ?3, ?4, ?5)",
    )
    .bind(write.tenant)
    .bind(int(number))
    .bind(int(period))
    .bind(&body)
    .bind(hash(&before, &body))
    .execute(write.connection())
    .await?;
    Ok(number)
}
