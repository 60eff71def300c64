//! Loans: people who help out in a group for a time. They end by themselves.

use acd::{AgentId, GroupId};
use sqlx::SqliteConnection;

use crate::membership::{Loan, Membership, checked_place, small};
use crate::sql::{int, nat};
use crate::write::Write;
use crate::{By, Error, Fault, Tenant};

/// Who is lent for longer than a month has moved.
const LOAN_MS_MAX: u64 = 31 * 86_400_000;
/// A team, not a company.
const PEOPLE_MAX: usize = 200;

/// People to be lent.
#[derive(Clone, Debug)]
pub struct NewLoan {
    pub people: Vec<AgentId>,
    pub group: GroupId,
    pub order: u64,
    pub delay_ms: u64,
    pub until_ms: u64,
    /// Their other groups rest meanwhile.
    pub wholly: bool,
}

type Row = (i64, i64, i64, i64, i64, bool);

impl Tenant {
    /// Lends people to a group, all of them in one version of the plan. A loan of the same person
    /// to the same group is replaced.
    pub async fn lend(&self, new: NewLoan, by: By<'_>) -> Result<Vec<Membership>, Error> {
        let (order, delay_ms) = checked_place(new.order, new.delay_ms)?;
        if new.until_ms <= by.at_ms {
            return Err(Error::invalid("until_ms", Fault::Past));
        }
        if new.until_ms > by.at_ms + LOAN_MS_MAX {
            let max = by.at_ms + LOAN_MS_MAX;
            return Err(Error::invalid("until_ms", Fault::TooLarge { max }));
        }
        if new.people.is_empty() {
            return Err(Error::invalid("people", Fault::Empty));
        }
        if new.people.len() > PEOPLE_MAX {
            return Err(Error::invalid("people", Fault::TooMany { max: PEOPLE_MAX as u64 }));
        }
        let mut write = Write::begin(self, by).await?;
        sweep(&mut write).await?;
        let loan = Loan { until_ms: new.until_ms, wholly: new.wholly };
        let mut lent = Vec::with_capacity(new.people.len());
        for (position, &person) in new.people.iter().enumerate() {
            let (calendar, wrap_up_ms, loan) = (None, None, Some(loan));
            let group = new.group;
            let row = Membership { person, group, order, delay_ms, calendar, wrap_up_ms, loan };
            let before = find(&mut write, person, group).await?;
            if !put(&mut write, &row).await? {
                let place = format!("people/{position}");
                let fault = Fault::Unknown;
                return Err(match known_group(&mut write, group).await? {
                    true => Error::Placed { place, fault },
                    false => Error::invalid("group", fault),
                });
            }
            let before = before.map(|row| row.trace());
            write.note("loan_made", before, Some(row.trace())).await?;
            lent.push(row);
        }
        write.commit_plan().await?;
        Ok(lent)
    }

    /// Ends a loan before its time.
    pub async fn end_loan(&self, person: AgentId, group: GroupId, by: By<'_>) -> Result<(), Error> {
        let mut write = Write::begin(self, by).await?;
        sweep(&mut write).await?;
        let before = find(&mut write, person, group).await?;
        let before = before.ok_or(Error::NotFound { what: "loan" })?;
        sqlx::query("DELETE FROM loan WHERE tenant = ?1 AND person = ?2 AND grp = ?3")
            .bind(write.tenant)
            .bind(int(person.0))
            .bind(int(group.0))
            .execute(write.connection())
            .await?;
        write.note("loan_ended", Some(before.trace()), None).await?;
        write.commit_plan().await?;
        Ok(())
    }
}

/// Every loan that is kept, those that have just ended too.
pub(crate) async fn all(
    connection: &mut SqliteConnection,
    tenant: i64,
) -> Result<Vec<Membership>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT person, grp, ord, delay_ms, until_ms, wholly FROM loan WHERE tenant = ?1 \
         ORDER BY person, ord, grp",
    )
    .bind(tenant)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(read).collect()
}

/// Writes a loan; false when person or group is not this tenant's own.
pub(crate) async fn put(write: &mut Write<'_>, row: &Membership) -> Result<bool, Error> {
    let Some(loan) = row.loan else { return Ok(false) };
    let done = sqlx::query(
        "INSERT INTO loan (tenant, person, grp, ord, delay_ms, until_ms, wholly) \
         SELECT ?1, person.id, grp.id, ?4, ?5, ?6, ?7 FROM person JOIN grp \
         WHERE person.tenant = ?1 AND person.id = ?2 AND grp.tenant = ?1 AND grp.id = ?3 \
         ON CONFLICT (tenant, person, grp) DO UPDATE SET ord = excluded.ord, \
         delay_ms = excluded.delay_ms, until_ms = excluded.until_ms, wholly = excluded.wholly",
    )
    .bind(write.tenant)
    .bind(int(row.person.0))
    .bind(int(row.group.0))
    .bind(row.order)
    .bind(int(row.delay_ms))
    .bind(int(loan.until_ms))
    .bind(loan.wholly)
    .execute(write.connection())
    .await?;
    Ok(done.rows_affected() == 1)
}

async fn find(
    write: &mut Write<'_>,
    person: AgentId,
    group: GroupId,
) -> Result<Option<Membership>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT person, grp, ord, delay_ms, until_ms, wholly FROM loan \
         WHERE tenant = ?1 AND person = ?2 AND grp = ?3",
    )
    .bind(write.tenant)
    .bind(int(person.0))
    .bind(int(group.0))
    .fetch_optional(write.connection())
    .await?;
    row.map(read).transpose()
}

async fn known_group(write: &mut Write<'_>, group: GroupId) -> Result<bool, Error> {
    let known =
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM grp WHERE tenant = ?1 AND id = ?2)")
            .bind(write.tenant)
            .bind(int(group.0))
            .fetch_one(write.connection())
            .await?;
    Ok(known)
}

/// Whoever lends sweeps: ended loans count for nothing already.
async fn sweep(write: &mut Write<'_>) -> Result<(), Error> {
    sqlx::query("DELETE FROM loan WHERE tenant = ?1 AND until_ms <= ?2")
        .bind(write.tenant)
        .bind(write.at())
        .execute(write.connection())
        .await?;
    Ok(())
}

fn read((person, group, order, delay_ms, until_ms, wholly): Row) -> Result<Membership, Error> {
    Ok(Membership {
        person: AgentId(nat("loan", person)?),
        group: GroupId(nat("loan", group)?),
        order: small(order)?,
        delay_ms: nat("loan", delay_ms)?,
        calendar: None,
        wrap_up_ms: None,
        loan: Some(Loan { until_ms: nat("loan", until_ms)?, wholly }),
    })
}
