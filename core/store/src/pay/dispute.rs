//! "This is wrong": somebody's objection to a line of his closed statement, and the answer.

use serde_json::json;
use stats::pay::Signed;

use super::{NewPayCorrection, PayState, correction, words};
use crate::sql::{int, nat, nat_maybe};
use crate::write::Write;
use crate::{By, Error, Fault, Tenant};

/// Open objections of one period: everybody's, several times.
const DISPUTES_MAX: u64 = 10_000;

/// An objection.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PayDispute {
    pub id: u64,
    pub period: u64,
    pub agent: u64,
    /// The line's place; empty: the statement as a whole.
    pub line: String,
    pub words: String,
    pub who: String,
    pub at_ms: u64,
    /// `open`, `accepted`, `declined`.
    pub state: String,
    /// What was answered, by whom and when.
    pub answer: Option<(String, String, u64)>,
}

/// An objection to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewPayDispute<'a> {
    pub agent: u64,
    pub line: &'a str,
    pub words: &'a str,
}

type Row = (
    i64,
    i64,
    i64,
    String,
    String,
    String,
    i64,
    String,
    Option<String>,
    Option<String>,
    Option<i64>,
);

impl Tenant {
    /// The objections of a period, oldest first.
    pub async fn pay_disputes(&self, period: u64) -> Result<Vec<PayDispute>, Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, period, agent, line, words, who, at_ms, state, answer, answered_by, \
             answered_ms FROM pay_dispute WHERE tenant = ?1 AND period = ?2 ORDER BY id",
        )
        .bind(self.sql_id())
        .bind(int(period))
        .fetch_all(&self.store.readers)
        .await?;
        rows.into_iter().map(PayDispute::read).collect()
    }

    /// Objects to a line of a closed statement.
    pub async fn open_pay_dispute(
        &self,
        period: u64,
        new: NewPayDispute<'_>,
        by: By<'_>,
    ) -> Result<PayDispute, Error> {
        let told = words("words", new.words)?;
        self.has_line(period, new.agent, new.line).await?;
        let mut write = Write::begin(self, by).await?;
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM pay_dispute WHERE period = ?1")
            .bind(int(period))
            .fetch_one(write.connection())
            .await?;
        if count >= int(DISPUTES_MAX) {
            return Err(Error::Full { what: "pay_disputes", max: DISPUTES_MAX });
        }
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO pay_dispute (tenant, period, agent, line, words, who, at_ms, state) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'open') RETURNING id",
        )
        .bind(write.tenant)
        .bind(int(period))
        .bind(int(new.agent))
        .bind(new.line)
        .bind(told)
        .bind(write.by.who)
        .bind(write.at())
        .fetch_one(write.connection())
        .await?;
        write
            .note("pay_dispute_opened", None, Some(json!({ "id": id, "agent": new.agent })))
            .await?;
        let dispute = one(&mut write, id).await?;
        write.commit().await?;
        Ok(dispute)
    }

    /// Answers an objection, once. `amount`: accepted, and a correction of so much is proposed;
    /// without one it is declined.
    pub async fn answer_pay_dispute(
        &self,
        id: u64,
        answer: &str,
        amount: Option<&str>,
        by: &Signed,
    ) -> Result<PayDispute, Error> {
        let answer = words("words", answer)?;
        let amount = amount.map(correction::amount).transpose()?;
        let mut write = Write::begin(self, By { who: &by.name, at_ms: by.at_ms }).await?;
        let dispute = one(&mut write, int(id)).await?;
        if dispute.state != "open" {
            return Err(Error::PayState { state: "answered" });
        }
        let state = if amount.is_some() { "accepted" } else { "declined" };
        sqlx::query(
            "UPDATE pay_dispute SET state = ?3, answer = ?4, answered_by = ?5, answered_ms = ?6 \
             WHERE tenant = ?1 AND id = ?2",
        )
        .bind(write.tenant)
        .bind(int(id))
        .bind(state)
        .bind(&answer)
        .bind(&by.name)
        .bind(int(by.at_ms))
        .execute(write.connection())
        .await?;
        write.note("pay_dispute_answered", None, Some(json!({ "id": id, "state": state }))).await?;
        if let Some(amount) = &amount {
            let (agent, line, reason) = (dispute.agent, &dispute.line, &answer);
            let new = NewPayCorrection { agent, line, amount, reason, dispute: Some(id) };
            correction::propose(&mut write, dispute.period, new, by).await?;
        }
        let dispute = one(&mut write, int(id)).await?;
        write.commit().await?;
        Ok(dispute)
    }

    /// The period is closed, and somebody's statement in it has this line; an empty one is the
    /// whole.
    pub(super) async fn has_line(&self, period: u64, agent: u64, line: &str) -> Result<(), Error> {
        let sheet = self.pay_sheet(period).await?;
        sheet.period.must_be(PayState::Closed)?;
        let statement = sheet.sheet.statement(agent);
        let statement = statement.ok_or(Error::NotFound { what: "pay_statement" })?;
        match line.is_empty() || statement.lines.iter().any(|it| it.place == line) {
            true => Ok(()),
            false => Err(Error::invalid("line", Fault::Unknown)),
        }
    }
}

impl PayDispute {
    fn read(row: Row) -> Result<PayDispute, Error> {
        let (id, period, agent, line, words, who, at_ms, state, answer, by, answered_ms) = row;
        let table = "pay_dispute";
        let answered_ms = nat_maybe(table, answered_ms)?;
        let answer = answer.zip(by).zip(answered_ms);
        Ok(PayDispute {
            id: nat(table, id)?,
            period: nat(table, period)?,
            agent: nat(table, agent)?,
            line,
            words,
            who,
            at_ms: nat(table, at_ms)?,
            state,
            answer: answer.map(|((answer, by), at_ms)| (answer, by, at_ms)),
        })
    }
}

async fn one(write: &mut Write<'_>, id: i64) -> Result<PayDispute, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, period, agent, line, words, who, at_ms, state, answer, answered_by, \
         answered_ms FROM pay_dispute WHERE tenant = ?1 AND id = ?2",
    )
    .bind(write.tenant)
    .bind(id)
    .fetch_optional(write.connection())
    .await?;
    PayDispute::read(row.ok_or(Error::NotFound { what: "pay_dispute" })?)
}
