//! Corrections of closed periods: proposed by one, signed by another, then a part of the chain.

use serde_json::json;
use sqlx::SqliteConnection;
use stats::pay::{Correction, Entry, Signed};

use super::{chain, period, words};
use crate::sql::{int, nat, nat_maybe};
use crate::write::Write;
use crate::{By, Error, Fault, Tenant};

/// The largest correction, in cents: ten million.
const CENTS_MAX: u64 = 1_000_000_000;

/// A correction on its way into the chain.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PayCorrection {
    pub id: u64,
    pub period: u64,
    pub agent: u64,
    /// The statement's line; empty: the statement as a whole.
    pub line: String,
    /// In cents as text; below zero when too much was paid.
    pub amount: String,
    pub reason: String,
    /// The dispute that it settles.
    pub dispute: Option<u64>,
    pub author: Signed,
    /// `proposed`, `withdrawn`, `signed`.
    pub state: String,
    /// Who else has signed it.
    pub signer: Option<String>,
    /// Its place in the chain.
    pub entry: Option<u64>,
}

/// A correction to be proposed.
#[derive(Clone, Copy, Debug)]
pub struct NewPayCorrection<'a> {
    pub agent: u64,
    pub line: &'a str,
    /// `-12.50`.
    pub amount: &'a str,
    pub reason: &'a str,
    pub dispute: Option<u64>,
}

type Row = (
    i64,
    i64,
    i64,
    String,
    String,
    String,
    Option<i64>,
    i64,
    String,
    i64,
    String,
    Option<String>,
    Option<i64>,
);

impl Tenant {
    /// The corrections of a period, oldest first.
    pub async fn pay_corrections(&self, period: u64) -> Result<Vec<PayCorrection>, Error> {
        let mut connection = self.store.readers.acquire().await?;
        let all = all(&mut connection, self.sql_id()).await?;
        Ok(all.into_iter().filter(|it| it.period == period).collect())
    }

    /// Proposes a correction of a closed statement.
    pub async fn propose_pay_correction(
        &self,
        period: u64,
        new: NewPayCorrection<'_>,
        by: &Signed,
    ) -> Result<PayCorrection, Error> {
        let (amount, reason) = (amount(new.amount)?, words("reason", new.reason)?);
        self.has_line(period, new.agent, new.line).await?;
        let mut write = Write::begin(self, By { who: &by.name, at_ms: by.at_ms }).await?;
        let new = NewPayCorrection { amount: &amount, reason: &reason, ..new };
        let id = propose(&mut write, period, new, by).await?;
        let correction = one(&mut write, id).await?;
        write.commit().await?;
        Ok(correction)
    }

    /// Takes a proposal back; it stays in the list.
    pub async fn withdraw_pay_correction(
        &self,
        id: u64,
        by: By<'_>,
    ) -> Result<PayCorrection, Error> {
        let mut write = Write::begin(self, by).await?;
        one(&mut write, id).await?.must_be_proposed()?;
        sqlx::query("UPDATE pay_correction SET state = 'withdrawn' WHERE tenant = ?1 AND id = ?2")
            .bind(write.tenant)
            .bind(int(id))
            .execute(write.connection())
            .await?;
        write.note("pay_correction_withdrawn", None, Some(json!({ "id": id }))).await?;
        let correction = one(&mut write, id).await?;
        write.commit().await?;
        Ok(correction)
    }

    /// A second person signs a correction: it becomes an entry of the chain.
    pub async fn sign_pay_correction(&self, id: u64, by: &Signed) -> Result<PayCorrection, Error> {
        let mut write = Write::begin(self, By { who: &by.name, at_ms: by.at_ms }).await?;
        let proposed = one(&mut write, id).await?;
        proposed.must_be_proposed()?;
        if proposed.author.account == by.account {
            return Err(Error::PaySameSigner { name: proposed.author.name });
        }
        let (closed, _) = self.closed_period(proposed.period).await?;
        let statement = closed.sheet.statement(proposed.agent);
        let currency = statement.map(|it| it.currency.clone()).unwrap_or_default();
        let figure = closed.sheet.figures.iter().find(|it| it.agent == proposed.agent);
        let name = figure.map(|it| it.name.clone()).unwrap_or_default();
        let number = chain::append(&mut write, proposed.period, |number| {
            Entry::Correction(Correction {
                number,
                of: closed.number,
                agent: proposed.agent,
                name,
                line: proposed.line,
                amount: proposed.amount,
                currency,
                reason: proposed.reason,
                dispute: proposed.dispute,
                author: proposed.author,
                signed: by.clone(),
            })
        })
        .await?;
        sqlx::query(
            "UPDATE pay_correction SET state = 'signed', signer_name = ?3, entry = ?4 \
             WHERE tenant = ?1 AND id = ?2",
        )
        .bind(write.tenant)
        .bind(int(id))
        .bind(&by.name)
        .bind(int(number))
        .execute(write.connection())
        .await?;
        let trace = json!({ "id": id, "entry": number });
        write.note("pay_correction_signed", None, Some(trace)).await?;
        let correction = one(&mut write, id).await?;
        write.commit().await?;
        Ok(correction)
    }
}

impl PayCorrection {
    fn must_be_proposed(&self) -> Result<(), Error> {
        match self.state.as_str() {
            "proposed" => Ok(()),
            "signed" => Err(Error::PayState { state: "signed" }),
            _ => Err(Error::PayState { state: "withdrawn" }),
        }
    }

    fn read(row: Row) -> Result<PayCorrection, Error> {
        let (id, period, agent, line, amount, reason, dispute, author, name, at_ms, ..) = row;
        let (.., state, signer, entry) = row;
        let table = "pay_correction";
        let author = Signed { account: nat(table, author)?, name, at_ms: nat(table, at_ms)? };
        Ok(PayCorrection {
            id: nat(table, id)?,
            period: nat(table, period)?,
            agent: nat(table, agent)?,
            line,
            amount,
            reason,
            dispute: nat_maybe(table, dispute)?,
            author,
            state,
            signer,
            entry: nat_maybe(table, entry)?,
        })
    }
}

/// An amount in cents as it is kept: `-12.5` is `-12.50`. Nothing is corrected by nothing.
pub(super) fn amount(text: &str) -> Result<String, Error> {
    let text = text.trim();
    let (sign, plain) = text.strip_prefix('-').map_or(("", text), |plain| ("-", plain));
    let (whole, cents) = plain.split_once('.').unwrap_or((plain, "0"));
    let digits = |part: &str, max: usize| {
        (1..=max).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_digit())
    };
    if !digits(whole, 8) || !digits(cents, 2) {
        return Err(Error::invalid("amount", Fault::NotANumber));
    }
    let number = |part: &str| part.parse::<u64>().unwrap_or_default();
    let all = number(whole) * 100 + number(&format!("{cents:0<2}"));
    if all == 0 {
        return Err(Error::invalid("amount", Fault::Empty));
    }
    if all > CENTS_MAX {
        return Err(Error::invalid("amount", Fault::TooLarge { max: CENTS_MAX / 100 }));
    }
    Ok(format!("{sign}{}.{:02}", all / 100, all % 100))
}

/// Keeps a proposal that has been looked at; answers its id.
pub(super) async fn propose(
    write: &mut Write<'_>,
    period: u64,
    new: NewPayCorrection<'_>,
    by: &Signed,
) -> Result<u64, Error> {
    period::one(write, period).await?.must_be(super::PayState::Closed)?;
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO pay_correction (tenant, period, agent, line, amount, reason, dispute, author, \
         author_name, at_ms, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'proposed') \
         RETURNING id",
    )
    .bind(write.tenant)
    .bind(int(period))
    .bind(int(new.agent))
    .bind(new.line)
    .bind(new.amount)
    .bind(new.reason)
    .bind(new.dispute.map(int))
    .bind(int(by.account))
    .bind(&by.name)
    .bind(int(by.at_ms))
    .fetch_one(write.connection())
    .await?;
    let trace = json!({ "id": id, "agent": new.agent, "amount": new.amount });
    write.note("pay_correction_proposed", None, Some(trace)).await?;
    nat("pay_correction", id)
}

async fn all(connection: &mut SqliteConnection, tenant: i64) -> Result<Vec<PayCorrection>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, period, agent, line, amount, reason, dispute, author, author_name, at_ms, \
         state, signer_name, entry FROM pay_correction WHERE tenant = ?1 ORDER BY id",
    )
    .bind(tenant)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(PayCorrection::read).collect()
}

async fn one(write: &mut Write<'_>, id: u64) -> Result<PayCorrection, Error> {
    let tenant = write.tenant;
    let all = all(write.connection(), tenant).await?;
    all.into_iter().find(|it| it.id == id).ok_or(Error::NotFound { what: "pay_correction" })
}
