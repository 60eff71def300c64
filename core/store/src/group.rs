//! Groups: queues with their phone numbers.

use std::collections::BTreeMap;

use acd::GroupId;
use serde_json::{Value, json};
use sqlx::SqliteConnection;

use crate::sql::{int, nat};
use crate::write::Write;
use crate::{By, Error, Tenant, limit, number};

/// A board shows one tile per group.
const GROUPS_MAX: u64 = 1_000;
/// Under a second no phone rings; after five minutes no caller believes in it.
const RING_MS: (u64, u64) = (1_000, 300_000);
/// An hour of wrap-up is not wrap-up.
const WRAP_UP_MS_MAX: u64 = 3_600_000;
/// One waiting call is one leg of ours with music. Zero closes the group.
const WAITING_MAX: (u64, u64) = (0, 10_000);

/// Which policy chooses among the free agents of a group.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub enum RoutingPolicy {
    /// The engine's own order.
    #[default]
    BuiltIn,
    /// The stock plugin.
    LongestIdle,
}

/// A group with its numbers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Group {
    pub id: GroupId,
    pub name: String,
    pub language: String,
    pub numbers: Vec<String>,
    pub ring_ms: u64,
    pub wrap_up_ms: u64,
    pub waiting_max: u32,
    pub policy: RoutingPolicy,
    pub recorded: bool,
}

/// A group to be added. [`NewGroup::named`] has the usual settings.
#[derive(Clone, Debug)]
pub struct NewGroup<'a> {
    pub name: &'a str,
    pub language: &'a str,
    pub numbers: Vec<&'a str>,
    pub ring_ms: u64,
    pub wrap_up_ms: u64,
    pub waiting_max: u64,
    pub policy: RoutingPolicy,
    pub recorded: bool,
}

/// What changes about a group; `None` leaves as it is.
#[derive(Clone, Debug, Default)]
pub struct GroupPatch<'a> {
    pub name: Option<&'a str>,
    pub language: Option<&'a str>,
    /// Replaces the whole list.
    pub numbers: Option<Vec<&'a str>>,
    pub ring_ms: Option<u64>,
    pub wrap_up_ms: Option<u64>,
    pub waiting_max: Option<u64>,
    pub policy: Option<RoutingPolicy>,
    pub recorded: Option<bool>,
}

type Row = (i64, String, String, i64, i64, i64, String, bool);

impl Tenant {
    /// Every group, by name.
    pub async fn groups(&self) -> Result<Vec<Group>, Error> {
        // One transaction: groups and numbers of the same moment.
        let mut read = self.store.readers.begin().await?;
        all(&mut read, self.sql_id()).await
    }

    /// Adds a group.
    pub async fn add_group(&self, new: NewGroup<'_>, by: By<'_>) -> Result<Group, Error> {
        let mut write = Write::begin(self, by).await?;
        let group = insert(&mut write, new).await?;
        write.commit_plan().await?;
        Ok(group)
    }

    /// Changes a group. Calls under way keep what they began with.
    pub async fn change_group(
        &self,
        id: GroupId,
        patch: GroupPatch<'_>,
        by: By<'_>,
    ) -> Result<Group, Error> {
        let mut write = Write::begin(self, by).await?;
        let before = one(&mut write, id).await?;
        let after = before.patched(&patch)?;
        sqlx::query(
            "UPDATE grp SET name = ?3, language = ?4, ring_ms = ?5, wrap_up_ms = ?6, \
             waiting_max = ?7, policy = ?8, recorded = ?9 WHERE tenant = ?1 AND id = ?2",
        )
        .bind(write.tenant)
        .bind(int(id.0))
        .bind(&after.name)
        .bind(&after.language)
        .bind(int(after.ring_ms))
        .bind(int(after.wrap_up_ms))
        .bind(i64::from(after.waiting_max))
        .bind(after.policy.word())
        .bind(after.recorded)
        .execute(write.connection())
        .await
        .map_err(Error::or_conflict("name"))?;
        if after.numbers != before.numbers {
            number::replace(&mut write, id, &after.numbers).await?;
        }
        write.note("group_changed", Some(before.trace()), Some(after.trace())).await?;
        write.commit_plan().await?;
        Ok(after)
    }

    /// Removes a group with its numbers and memberships. The journal keeps the id.
    pub async fn remove_group(&self, id: GroupId, by: By<'_>) -> Result<(), Error> {
        let mut write = Write::begin(self, by).await?;
        let before = one(&mut write, id).await?;
        sqlx::query("DELETE FROM grp WHERE tenant = ?1 AND id = ?2")
            .bind(write.tenant)
            .bind(int(id.0))
            .execute(write.connection())
            .await?;
        write.note("group_removed", Some(before.trace()), None).await?;
        write.commit_plan().await?;
        Ok(())
    }
}

impl<'a> NewGroup<'a> {
    /// A group of this name with the usual settings and no number yet.
    pub fn named(name: &'a str) -> NewGroup<'a> {
        NewGroup {
            name,
            language: "en",
            numbers: Vec::new(),
            ring_ms: 20_000,
            wrap_up_ms: 0,
            waiting_max: 100,
            policy: RoutingPolicy::BuiltIn,
            recorded: true,
        }
    }
}

impl RoutingPolicy {
    /// Every one there is.
    pub const ALL: [RoutingPolicy; 2] = [RoutingPolicy::BuiltIn, RoutingPolicy::LongestIdle];

    /// The policy's name, as in the file of its plugin.
    pub fn word(self) -> &'static str {
        match self {
            RoutingPolicy::BuiltIn => "built-in",
            RoutingPolicy::LongestIdle => "longest-idle",
        }
    }

    /// The policy of this name.
    pub fn of_word(word: &str) -> Option<RoutingPolicy> {
        RoutingPolicy::ALL.into_iter().find(|policy| policy.word() == word)
    }
}

impl Group {
    fn read(row: Row) -> Result<Group, Error> {
        let (id, name, language, ring_ms, wrap_up_ms, waiting_max, policy, recorded) = row;
        let corrupt = || Error::Corrupt { table: "grp", cause: format!("group {id}") };
        Ok(Group {
            id: GroupId(nat("grp", id)?),
            name,
            language,
            numbers: Vec::new(),
            ring_ms: nat("grp", ring_ms)?,
            wrap_up_ms: nat("grp", wrap_up_ms)?,
            waiting_max: u32::try_from(waiting_max).map_err(|_| corrupt())?,
            policy: RoutingPolicy::of_word(&policy).ok_or_else(corrupt)?,
            recorded,
        })
    }

    /// The group as the patch wants it, checked.
    fn patched(&self, patch: &GroupPatch<'_>) -> Result<Group, Error> {
        let new = NewGroup {
            name: patch.name.unwrap_or(&self.name),
            language: patch.language.unwrap_or(&self.language),
            numbers: match &patch.numbers {
                Some(numbers) => numbers.clone(),
                None => self.numbers.iter().map(String::as_str).collect(),
            },
            ring_ms: patch.ring_ms.unwrap_or(self.ring_ms),
            wrap_up_ms: patch.wrap_up_ms.unwrap_or(self.wrap_up_ms),
            waiting_max: patch.waiting_max.unwrap_or(u64::from(self.waiting_max)),
            policy: patch.policy.unwrap_or(self.policy),
            recorded: patch.recorded.unwrap_or(self.recorded),
        };
        Group::checked(self.id, new)
    }

    fn checked(id: GroupId, new: NewGroup<'_>) -> Result<Group, Error> {
        let waiting_max =
            limit::range("waiting_max", new.waiting_max, WAITING_MAX.0, WAITING_MAX.1);
        Ok(Group {
            id,
            name: limit::name("name", new.name)?,
            language: limit::language("language", new.language)?,
            numbers: number::checked(&new.numbers)?,
            ring_ms: limit::range("ring_ms", new.ring_ms, RING_MS.0, RING_MS.1)?,
            wrap_up_ms: limit::range("wrap_up_ms", new.wrap_up_ms, 0, WRAP_UP_MS_MAX)?,
            waiting_max: u32::try_from(waiting_max?).unwrap_or(u32::MAX),
            policy: new.policy,
            recorded: new.recorded,
        })
    }

    fn trace(&self) -> Value {
        json!({
            "id": self.id.0,
            "name": self.name,
            "language": self.language,
            "numbers": self.numbers,
            "ring_ms": self.ring_ms,
            "wrap_up_ms": self.wrap_up_ms,
            "waiting_max": self.waiting_max,
            "policy": self.policy.word(),
            "recorded": self.recorded,
        })
    }
}

pub(crate) async fn all(
    connection: &mut SqliteConnection,
    tenant: i64,
) -> Result<Vec<Group>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, language, ring_ms, wrap_up_ms, waiting_max, policy, recorded FROM grp \
         WHERE tenant = ?1 ORDER BY name, id",
    )
    .bind(tenant)
    .fetch_all(&mut *connection)
    .await?;
    let mut groups: Vec<Group> = rows.into_iter().map(Group::read).collect::<Result<_, _>>()?;
    let mut numbers: BTreeMap<GroupId, Vec<String>> = BTreeMap::new();
    for (group, number) in number::all(connection, tenant).await? {
        numbers.entry(group).or_default().push(number);
    }
    for group in &mut groups {
        group.numbers = numbers.remove(&group.id).unwrap_or_default();
    }
    Ok(groups)
}

async fn one(write: &mut Write<'_>, id: GroupId) -> Result<Group, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, language, ring_ms, wrap_up_ms, waiting_max, policy, recorded FROM grp \
         WHERE tenant = ?1 AND id = ?2",
    )
    .bind(write.tenant)
    .bind(int(id.0))
    .fetch_optional(write.connection())
    .await?;
    let mut group = Group::read(row.ok_or(Error::NotFound { what: "group" })?)?;
    group.numbers = number::of_group(write, id).await?;
    Ok(group)
}

pub(crate) async fn insert(write: &mut Write<'_>, new: NewGroup<'_>) -> Result<Group, Error> {
    // The database gives the id; everything else is checked before it is asked.
    let mut group = Group::checked(GroupId(0), new)?;
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM grp WHERE tenant = ?1")
        .bind(write.tenant)
        .fetch_one(write.connection())
        .await?;
    if count >= int(GROUPS_MAX) {
        return Err(Error::Full { what: "groups", max: GROUPS_MAX });
    }
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO grp (tenant, name, language, ring_ms, wrap_up_ms, waiting_max, policy, \
         recorded, created_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING id",
    )
    .bind(write.tenant)
    .bind(&group.name)
    .bind(&group.language)
    .bind(int(group.ring_ms))
    .bind(int(group.wrap_up_ms))
    .bind(i64::from(group.waiting_max))
    .bind(group.policy.word())
    .bind(group.recorded)
    .bind(write.at())
    .fetch_one(write.connection())
    .await
    .map_err(Error::or_conflict("name"))?;
    group.id = GroupId(nat("grp", id)?);
    number::replace(write, group.id, &group.numbers).await?;
    write.note("group_added", None, Some(group.trace())).await?;
    Ok(group)
}
