//! Memberships: who serves which group, in which order, after which delay, and when.

use acd::{AgentId, CalendarId, GroupId};
use serde_json::{Value, json};
use sqlx::SqliteConnection;

use crate::sql::{int, nat, nat_maybe};
use crate::write::Write;
use crate::{By, Error, Fault, Tenant, limit, loan};

/// Nobody tells a thirtieth priority from a hundredth; a bound keeps the field a small number.
const ORDER: (u64, u64) = (1, 1_000);
/// A caller who has waited an hour has gone.
const DELAY_MS_MAX: u64 = 3_600_000;
/// As for groups: an hour of wrap-up is not wrap-up.
const WRAP_UP_MS_MAX: u64 = 3_600_000;
/// One request changes a page full of people, not a company.
const AT_ONCE_MAX: usize = 1_000;

/// One person's place in one group.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Membership {
    pub person: AgentId,
    pub group: GroupId,
    /// Lower comes first.
    pub order: u16,
    /// Counts only for callers who have waited so long.
    pub delay_ms: u64,
    /// Counts only while this calendar is open.
    pub calendar: Option<CalendarId>,
    /// The person's own, in place of the group's.
    pub wrap_up_ms: Option<u64>,
    /// Lent for a time. Stands beside the person's own place in the group, if there is one.
    pub loan: Option<Loan>,
}

/// For how long somebody is lent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Loan {
    pub until_ms: u64,
    /// His other groups rest meanwhile.
    pub wholly: bool,
}

/// A place to be given or changed.
#[derive(Clone, Copy, Debug)]
pub struct NewMembership {
    pub person: AgentId,
    pub group: GroupId,
    pub order: u64,
    pub delay_ms: u64,
    pub calendar: Option<CalendarId>,
    pub wrap_up_ms: Option<u64>,
}

type Row = (i64, i64, i64, i64, Option<i64>, Option<i64>);

impl Tenant {
    /// Every membership that is no loan, by person and then in the person's order.
    pub async fn memberships(&self) -> Result<Vec<Membership>, Error> {
        let mut connection = self.store.readers.acquire().await?;
        all(&mut connection, self.sql_id()).await
    }

    /// The same and, behind them, the loans that last.
    pub async fn places(&self, now_ms: u64) -> Result<Vec<Membership>, Error> {
        let mut read = self.store.readers.begin().await?;
        let mut places = all(&mut read, self.sql_id()).await?;
        let loans = loan::all(&mut read, self.sql_id()).await?.into_iter();
        places.extend(loans.filter(|row| row.lasts(now_ms)));
        Ok(places)
    }

    /// Puts a person into a group, or changes the place there; it always counts.
    pub async fn set_membership(
        &self,
        person: AgentId,
        group: GroupId,
        order: u64,
        delay_ms: u64,
        by: By<'_>,
    ) -> Result<Membership, Error> {
        let new = NewMembership::always(person, group, order, delay_ms);
        let mut write = Write::begin(self, by).await?;
        let membership = put(&mut write, new).await?;
        write.commit_plan().await?;
        Ok(membership)
    }

    /// The same with everything that a place may have.
    pub async fn put_membership(
        &self,
        new: NewMembership,
        by: By<'_>,
    ) -> Result<Membership, Error> {
        let mut write = Write::begin(self, by).await?;
        let membership = put(&mut write, new).await?;
        write.commit_plan().await?;
        Ok(membership)
    }

    /// Changes many at once, as one version of the plan: all of it or nothing.
    pub async fn change_memberships(
        &self,
        set: &[NewMembership],
        remove: &[(AgentId, GroupId)],
        by: By<'_>,
    ) -> Result<Vec<Membership>, Error> {
        for (field, length) in [("set", set.len()), ("remove", remove.len())] {
            if length > AT_ONCE_MAX {
                return Err(Error::invalid(field, Fault::TooMany { max: AT_ONCE_MAX as u64 }));
            }
        }
        if set.is_empty() && remove.is_empty() {
            return Err(Error::invalid("set", Fault::Empty));
        }
        let mut write = Write::begin(self, by).await?;
        let mut done = Vec::with_capacity(set.len());
        for (position, new) in set.iter().enumerate() {
            let put = put(&mut write, *new).await;
            done.push(put.map_err(|error| error.within(&format!("set/{position}")))?);
        }
        for &(person, group) in remove {
            take(&mut write, person, group).await?;
        }
        write.commit_plan().await?;
        Ok(done)
    }

    /// Takes a person out of a group. A loan there goes on.
    pub async fn remove_membership(
        &self,
        person: AgentId,
        group: GroupId,
        by: By<'_>,
    ) -> Result<(), Error> {
        let mut write = Write::begin(self, by).await?;
        take(&mut write, person, group).await?;
        write.commit_plan().await?;
        Ok(())
    }
}

impl NewMembership {
    /// A place that always counts.
    pub fn always(person: AgentId, group: GroupId, order: u64, delay_ms: u64) -> NewMembership {
        NewMembership { person, group, order, delay_ms, calendar: None, wrap_up_ms: None }
    }
}

impl Membership {
    /// Whether it counts at all any more.
    pub fn lasts(&self, now_ms: u64) -> bool {
        self.loan.is_none_or(|loan| loan.until_ms > now_ms)
    }

    fn read((person, group, order, delay_ms, calendar, wrap_up_ms): Row) -> Result<Self, Error> {
        Ok(Membership {
            person: AgentId(nat("membership", person)?),
            group: GroupId(nat("membership", group)?),
            order: small(order)?,
            delay_ms: nat("membership", delay_ms)?,
            calendar: nat_maybe("membership", calendar)?.map(CalendarId),
            wrap_up_ms: nat_maybe("membership", wrap_up_ms)?,
            loan: None,
        })
    }

    pub(crate) fn trace(&self) -> Value {
        let loan = self.loan.map(|it| json!({ "until_ms": it.until_ms, "wholly": it.wholly }));
        json!({
            "person": self.person.0,
            "group": self.group.0,
            "order": self.order,
            "delay_ms": self.delay_ms,
            "calendar": self.calendar.map(|id| id.0),
            "wrap_up_ms": self.wrap_up_ms,
            "loan": loan,
        })
    }

    /// From a trace, as a version keeps it.
    pub(crate) fn of_trace(trace: &Value) -> Option<Membership> {
        let lent = |loan: &Value| {
            let (until_ms, wholly) = (loan["until_ms"].as_u64()?, loan["wholly"].as_bool()?);
            Some(Loan { until_ms, wholly })
        };
        let loan = match trace["loan"].is_null() {
            true => None,
            false => Some(lent(&trace["loan"])?),
        };
        Some(Membership {
            person: AgentId(trace["person"].as_u64()?),
            group: GroupId(trace["group"].as_u64()?),
            order: u16::try_from(trace["order"].as_u64()?).ok()?,
            delay_ms: trace["delay_ms"].as_u64()?,
            calendar: trace["calendar"].as_u64().map(CalendarId),
            wrap_up_ms: trace["wrap_up_ms"].as_u64(),
            loan,
        })
    }
}

/// Checks order and delay, of a membership and of a loan.
pub(crate) fn checked_place(order: u64, delay_ms: u64) -> Result<(u16, u64), Error> {
    let order = limit::range("order", order, ORDER.0, ORDER.1)?;
    let delay_ms = limit::range("delay_ms", delay_ms, 0, DELAY_MS_MAX)?;
    Ok((u16::try_from(order).unwrap_or(u16::MAX), delay_ms))
}

pub(crate) fn small(order: i64) -> Result<u16, Error> {
    let corrupt = |_| Error::Corrupt { table: "membership", cause: format!("order {order}") };
    u16::try_from(order).map_err(corrupt)
}

pub(crate) async fn all(
    connection: &mut SqliteConnection,
    tenant: i64,
) -> Result<Vec<Membership>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT person, grp, ord, delay_ms, calendar, wrap_up_ms FROM membership \
         WHERE tenant = ?1 ORDER BY person, ord, grp",
    )
    .bind(tenant)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Membership::read).collect()
}

pub(crate) async fn put(write: &mut Write<'_>, new: NewMembership) -> Result<Membership, Error> {
    let (order, delay_ms) = checked_place(new.order, new.delay_ms)?;
    if let Some(wrap_up_ms) = new.wrap_up_ms {
        limit::range("wrap_up_ms", wrap_up_ms, 0, WRAP_UP_MS_MAX)?;
    }
    if let Some(calendar) = new.calendar {
        let known: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM calendar WHERE tenant = ?1 AND id = ?2)",
        )
        .bind(write.tenant)
        .bind(int(calendar.0))
        .fetch_one(write.connection())
        .await?;
        if !known {
            return Err(Error::invalid("calendar", Fault::Unknown));
        }
    }
    let before: Option<Row> = sqlx::query_as(
        "SELECT person, grp, ord, delay_ms, calendar, wrap_up_ms FROM membership \
         WHERE tenant = ?1 AND person = ?2 AND grp = ?3",
    )
    .bind(write.tenant)
    .bind(int(new.person.0))
    .bind(int(new.group.0))
    .fetch_optional(write.connection())
    .await?;
    // The join makes sure that both are this tenant's own.
    let row: Option<Row> = sqlx::query_as(
        "INSERT INTO membership (tenant, person, grp, ord, delay_ms, calendar, wrap_up_ms) \
         SELECT ?1, person.id, grp.id, ?4, ?5, ?6, ?7 FROM person JOIN grp \
         WHERE person.tenant = ?1 AND person.id = ?2 AND grp.tenant = ?1 AND grp.id = ?3 \
         ON CONFLICT (tenant, person, grp) \
         DO UPDATE SET ord = excluded.ord, delay_ms = excluded.delay_ms, \
         calendar = excluded.calendar, wrap_up_ms = excluded.wrap_up_ms \
         RETURNING person, grp, ord, delay_ms, calendar, wrap_up_ms",
    )
    .bind(write.tenant)
    .bind(int(new.person.0))
    .bind(int(new.group.0))
    .bind(order)
    .bind(int(delay_ms))
    .bind(new.calendar.map(|id| int(id.0)))
    .bind(new.wrap_up_ms.map(int))
    .fetch_optional(write.connection())
    .await?;
    let before = before.map(Membership::read).transpose()?;
    let after = Membership::read(row.ok_or(Error::NotFound { what: "person or group" })?)?;
    write.note("membership_set", before.map(|row| row.trace()), Some(after.trace())).await?;
    Ok(after)
}

async fn take(write: &mut Write<'_>, person: AgentId, group: GroupId) -> Result<(), Error> {
    let row: Option<Row> = sqlx::query_as(
        "DELETE FROM membership WHERE tenant = ?1 AND person = ?2 AND grp = ?3 \
         RETURNING person, grp, ord, delay_ms, calendar, wrap_up_ms",
    )
    .bind(write.tenant)
    .bind(int(person.0))
    .bind(int(group.0))
    .fetch_optional(write.connection())
    .await?;
    let before = Membership::read(row.ok_or(Error::NotFound { what: "membership" })?)?;
    write.note("membership_removed", Some(before.trace()), None).await
}
