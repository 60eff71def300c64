//! Periods: opened, reviewed by one, closed by another.

use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use stats::pay::{Closed, Entry, Sheet, Signed};

use super::{PaySpan, chain};
use crate::sql::{int, nat};
use crate::write::Write;
use crate::{By, Error, Tenant};

/// Facts are written within milliseconds; after a crash the calls that were alive are closed at the
/// next start. A period is not reviewed before its last call can be in the journal.
const SETTLED_MS: u64 = 60_000;

/// How far a period is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PayState {
    Open,
    Reviewed,
    Closed,
}

/// A period.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PayPeriod {
    pub id: u64,
    pub span: PaySpan,
    pub state: PayState,
    /// Who has reviewed it, unless it is open.
    pub reviewed: Option<Signed>,
    pub(super) sheet_sha256: Option<String>,
}

/// A period's sheet: as it would be now, or as it was signed.
#[derive(Clone, Debug, PartialEq)]
pub struct PaySheet {
    pub period: PayPeriod,
    pub sheet: Sheet,
    /// The chain's entry of a closed period, with its hash.
    pub closed: Option<(Closed, String)>,
}

type Row =
    (i64, String, String, String, String, Option<i64>, Option<String>, Option<i64>, Option<String>);

impl Tenant {
    /// Every period, newest first.
    pub async fn pay_periods(&self) -> Result<Vec<PayPeriod>, Error> {
        let mut connection = self.store.readers.acquire().await?;
        all(&mut connection, self.sql_id()).await
    }

    /// One period.
    pub async fn pay_period(&self, id: u64) -> Result<PayPeriod, Error> {
        let periods = self.pay_periods().await?;
        periods.into_iter().find(|it| it.id == id).ok_or(Error::NotFound { what: "pay_period" })
    }

    /// Opens a period that shares no day with another one.
    pub async fn open_pay_period(
        &self,
        from_day: &str,
        to_day: &str,
        by: By<'_>,
    ) -> Result<PayPeriod, Error> {
        let span = self.pay_span(from_day, to_day).await?;
        let mut write = Write::begin(self, by).await?;
        let tenant = write.tenant;
        let others = all(write.connection(), tenant).await?;
        let shares = |it: &&PayPeriod| it.span.from < span.to && span.from < it.span.to;
        if let Some(other) = others.iter().find(shares) {
            return Err(Error::PayOverlaps { with: other.span.name() });
        }
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO pay_period (tenant, from_day, to_day, zone, state) \
             VALUES (?1, ?2, ?3, ?4, 'open') RETURNING id",
        )
        .bind(tenant)
        .bind(&span.from_day)
        .bind(&span.to_day)
        .bind(&span.zone)
        .fetch_one(write.connection())
        .await?;
        write.note("pay_period_opened", None, Some(json!({ "period": span.name() }))).await?;
        let period = one(&mut write, nat("pay_period", id)?).await?;
        write.commit().await?;
        Ok(period)
    }

    /// Takes an open period away.
    pub async fn remove_pay_period(&self, id: u64, by: By<'_>) -> Result<(), Error> {
        let mut write = Write::begin(self, by).await?;
        let period = one(&mut write, id).await?;
        period.must_be(PayState::Open)?;
        sqlx::query("DELETE FROM pay_period WHERE tenant = ?1 AND id = ?2")
            .bind(write.tenant)
            .bind(int(id))
            .execute(write.connection())
            .await?;
        let trace = json!({ "period": period.span.name() });
        write.note("pay_period_removed", Some(trace), None).await?;
        write.commit().await
    }

    /// What a period pays: signed figures once it is closed, today's rules until then.
    pub async fn pay_sheet(&self, id: u64) -> Result<PaySheet, Error> {
        let period = self.pay_period(id).await?;
        if period.state == PayState::Closed {
            let (closed, hash) = self.closed_period(id).await?;
            let sheet = closed.sheet.clone();
            return Ok(PaySheet { period, sheet, closed: Some((closed, hash)) });
        }
        let sheet = self.sheet(&period.span).await?;
        Ok(PaySheet { period, sheet, closed: None })
    }

    /// Somebody has looked at everything and finds it right. What he saw is kept as a hash: nobody
    /// can sign anything else on the strength of it.
    pub async fn review_pay_period(&self, id: u64, by: &Signed) -> Result<PayPeriod, Error> {
        let PaySheet { period, sheet, .. } = self.pay_sheet(id).await?;
        period.must_be(PayState::Open)?;
        if by.at_ms < period.span.to.0 + SETTLED_MS {
            return Err(Error::PayNotOver);
        }
        if sheet.statements.is_empty() {
            return Err(Error::PayNobody);
        }
        let mut write = Write::begin(self, By { who: &by.name, at_ms: by.at_ms }).await?;
        one(&mut write, id).await?.must_be(PayState::Open)?;
        sqlx::query(
            "UPDATE pay_period SET state = 'reviewed', reviewer = ?3, reviewer_name = ?4, \
             reviewed_ms = ?5, sheet_sha256 = ?6 WHERE tenant = ?1 AND id = ?2",
        )
        .bind(write.tenant)
        .bind(int(id))
        .bind(int(by.account))
        .bind(&by.name)
        .bind(int(by.at_ms))
        .bind(sha256(&sheet))
        .execute(write.connection())
        .await?;
        let trace = json!({ "period": period.span.name(), "sheet_sha256": sha256(&sheet) });
        write.note("pay_period_reviewed", None, Some(trace)).await?;
        let period = one(&mut write, id).await?;
        write.commit().await?;
        Ok(period)
    }

    /// Takes a review back.
    pub async fn reopen_pay_period(&self, id: u64, by: By<'_>) -> Result<PayPeriod, Error> {
        let mut write = Write::begin(self, by).await?;
        one(&mut write, id).await?.must_be(PayState::Reviewed)?;
        reopen(&mut write, id).await?;
        let period = one(&mut write, id).await?;
        write.commit().await?;
        Ok(period)
    }

    /// A second person signs what was reviewed, for good. When it would be something else by now
    /// the period is open again.
    pub async fn close_pay_period(&self, id: u64, by: &Signed) -> Result<PaySheet, Error> {
        let PaySheet { period, sheet, .. } = self.pay_sheet(id).await?;
        period.must_be(PayState::Reviewed)?;
        let mut write = Write::begin(self, By { who: &by.name, at_ms: by.at_ms }).await?;
        let period = one(&mut write, id).await?;
        period.must_be(PayState::Reviewed)?;
        let Some(reviewed) = period.reviewed.clone() else { return Err(period.wrong_state()) };
        if reviewed.account == by.account {
            return Err(Error::PaySameSigner { name: reviewed.name });
        }
        if period.sheet_sha256.as_deref() != Some(&sha256(&sheet)) {
            reopen(&mut write, id).await?;
            write.commit().await?;
            return Err(Error::PayChanged);
        }
        let span = period.span.clone();
        let number = chain::append(&mut write, id, |number| {
            Entry::Closed(Closed {
                number,
                from: span.from_day,
                to: span.to_day,
                zone: span.zone,
                from_ms: span.from.0,
                to_ms: span.to.0,
                sheet,
                reviewed,
                signed: by.clone(),
            })
        })
        .await?;
        sqlx::query("UPDATE pay_period SET state = 'closed' WHERE tenant = ?1 AND id = ?2")
            .bind(write.tenant)
            .bind(int(id))
            .execute(write.connection())
            .await?;
        let trace = json!({ "period": period.span.name(), "entry": number });
        write.note("pay_period_closed", None, Some(trace)).await?;
        write.commit().await?;
        self.pay_sheet(id).await
    }
}

impl PayState {
    pub fn word(self) -> &'static str {
        match self {
            PayState::Open => "open",
            PayState::Reviewed => "reviewed",
            PayState::Closed => "closed",
        }
    }

    fn of_word(word: &str) -> Option<PayState> {
        [PayState::Open, PayState::Reviewed, PayState::Closed]
            .into_iter()
            .find(|it| it.word() == word)
    }
}

impl PayPeriod {
    pub(super) fn must_be(&self, state: PayState) -> Result<(), Error> {
        if self.state == state { Ok(()) } else { Err(self.wrong_state()) }
    }

    fn wrong_state(&self) -> Error {
        Error::PayState { state: self.state.word() }
    }

    fn read(row: Row) -> Result<PayPeriod, Error> {
        let (id, from_day, to_day, zone, state, reviewer, name, reviewed_ms, sheet_sha256) = row;
        let table = "pay_period";
        let corrupt = |cause: &str| Error::Corrupt { table, cause: format!("{id}: {cause}") };
        let state = PayState::of_word(&state).ok_or_else(|| corrupt(&state))?;
        let span = PaySpan::of(&zone, &from_day, &to_day).map_err(|_| corrupt(&from_day))?;
        let reviewed = match (reviewer, name, reviewed_ms) {
            (Some(account), Some(name), Some(at_ms)) => {
                Some(Signed { account: nat(table, account)?, name, at_ms: nat(table, at_ms)? })
            }
            (_, _, _) => None,
        };
        Ok(PayPeriod { id: nat(table, id)?, span, state, reviewed, sheet_sha256 })
    }
}

fn sha256(sheet: &Sheet) -> String {
    hex::encode(Sha256::digest(sheet.written()))
}

async fn reopen(write: &mut Write<'_>, id: u64) -> Result<(), Error> {
    sqlx::query(
        "UPDATE pay_period SET state = 'open', reviewer = NULL, reviewer_name = NULL, \
         reviewed_ms = NULL, sheet_sha256 = NULL WHERE tenant = ?1 AND id = ?2",
    )
    .bind(write.tenant)
    .bind(int(id))
    .execute(write.connection())
    .await?;
    write.note("pay_period_reopened", None, Some(json!({ "id": id }))).await
}

async fn all(connection: &mut SqliteConnection, tenant: i64) -> Result<Vec<PayPeriod>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, from_day, to_day, zone, state, reviewer, reviewer_name, reviewed_ms, \
         sheet_sha256 FROM pay_period WHERE tenant = ?1 ORDER BY from_day DESC",
    )
    .bind(tenant)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(PayPeriod::read).collect()
}

pub(super) async fn one(write: &mut Write<'_>, id: u64) -> Result<PayPeriod, Error> {
    let tenant = write.tenant;
    let periods = all(write.connection(), tenant).await?;
    periods.into_iter().find(|it| it.id == id).ok_or(Error::NotFound { what: "pay_period" })
}
