//! Memberships: who serves which group, in which order, after which delay.

use acd::{AgentId, GroupId};
use serde_json::{Value, json};
use sqlx::SqliteConnection;

use crate::sql::{int, nat};
use crate::write::Write;
use crate::{By, Error, Tenant, limit};

/// Nobody tells a thirtieth priority from a hundredth; a bound keeps the field a small number.
const ORDER: (u64, u64) = (1, 1_000);
/// A caller who has waited an hour has gone.
const DELAY_MS_MAX: u64 = 3_600_000;

/// One person's place in one group.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Membership {
    pub person: AgentId,
    pub group: GroupId,
    /// Lower comes first.
    pub order: u16,
    /// Counts only for callers who have waited so long.
    pub delay_ms: u64,
}

type Row = (i64, i64, i64, i64);

impl Tenant {
    /// Every membership, by person and then in the person's order.
    pub async fn memberships(&self) -> Result<Vec<Membership>, Error> {
        let mut connection = self.store.readers.acquire().await?;
        all(&mut connection, self.sql_id()).await
    }

    /// Puts a person into a group, or changes the place there.
    pub async fn set_membership(
        &self,
        person: AgentId,
        group: GroupId,
        order: u64,
        delay_ms: u64,
        by: By<'_>,
    ) -> Result<Membership, Error> {
        let mut write = Write::begin(self, by).await?;
        let membership = put(&mut write, person, group, order, delay_ms).await?;
        write.commit_plan().await?;
        Ok(membership)
    }

    /// Takes a person out of a group.
    pub async fn remove_membership(
        &self,
        person: AgentId,
        group: GroupId,
        by: By<'_>,
    ) -> Result<(), Error> {
        let mut write = Write::begin(self, by).await?;
        let row: Option<Row> = sqlx::query_as(
            "DELETE FROM membership WHERE tenant = ?1 AND person = ?2 AND grp = ?3 \
             RETURNING person, grp, ord, delay_ms",
        )
        .bind(write.tenant)
        .bind(int(person.0))
        .bind(int(group.0))
        .fetch_optional(write.connection())
        .await?;
        let before = Membership::read(row.ok_or(Error::NotFound { what: "membership" })?)?;
        write.note("membership_removed", Some(before.trace()), None).await?;
        write.commit_plan().await?;
        Ok(())
    }
}

impl Membership {
    fn read((person, group, order, delay_ms): Row) -> Result<Membership, Error> {
        let corrupt = |_| Error::Corrupt { table: "membership", cause: format!("order {order}") };
        Ok(Membership {
            person: AgentId(nat("membership", person)?),
            group: GroupId(nat("membership", group)?),
            order: u16::try_from(order).map_err(corrupt)?,
            delay_ms: nat("membership", delay_ms)?,
        })
    }

    fn trace(&self) -> Value {
        json!({
            "person": self.person.0,
            "group": self.group.0,
            "order": self.order,
            "delay_ms": self.delay_ms,
        })
    }
}

pub(crate) async fn all(
    connection: &mut SqliteConnection,
    tenant: i64,
) -> Result<Vec<Membership>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT person, grp, ord, delay_ms FROM membership WHERE tenant = ?1 \
         ORDER BY person, ord, grp",
    )
    .bind(tenant)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Membership::read).collect()
}

pub(crate) async fn put(
    write: &mut Write<'_>,
    person: AgentId,
    group: GroupId,
    order: u64,
    delay_ms: u64,
) -> Result<Membership, Error> {
    let order = limit::range("order", order, ORDER.0, ORDER.1)?;
    let delay_ms = limit::range("delay_ms", delay_ms, 0, DELAY_MS_MAX)?;
    let before: Option<Row> = sqlx::query_as(
        "SELECT person, grp, ord, delay_ms FROM membership \
         WHERE tenant = ?1 AND person = ?2 AND grp = ?3",
    )
    .bind(write.tenant)
    .bind(int(person.0))
    .bind(int(group.0))
    .fetch_optional(write.connection())
    .await?;
    // The join makes sure that both are this tenant's own.
    let row: Option<Row> = sqlx::query_as(
        "INSERT INTO membership (tenant, person, grp, ord, delay_ms) \
         SELECT ?1, person.id, grp.id, ?4, ?5 FROM person JOIN grp \
         WHERE person.tenant = ?1 AND person.id = ?2 AND grp.tenant = ?1 AND grp.id = ?3 \
         ON CONFLICT (tenant, person, grp) \
         DO UPDATE SET ord = excluded.ord, delay_ms = excluded.delay_ms \
         RETURNING person, grp, ord, delay_ms",
    )
    .bind(write.tenant)
    .bind(int(person.0))
    .bind(int(group.0))
    .bind(int(order))
    .bind(int(delay_ms))
    .fetch_optional(write.connection())
    .await?;
    let before = before.map(Membership::read).transpose()?;
    let after = Membership::read(row.ok_or(Error::NotFound { what: "person or group" })?)?;
    write.note("membership_set", before.map(|row| row.trace()), Some(after.trace())).await?;
    Ok(after)
}
