//! Groups: queues with their phone numbers.

use std::collections::{BTreeMap, BTreeSet};

use acd::{CalendarId, GroupId};
use serde_json::{Value, json};
use sqlx::SqliteConnection;

use crate::sql::{int, nat};
use crate::write::Write;
use crate::{
    By, Error, Flow, PluginVersionId, RoutingPolicy, Settings, Tenant, Trial, flow_json, limit,
    number, plugin, policy, trial,
};

/// A board shows one tile per group.
const GROUPS_MAX: u64 = 1_000;
/// Under a second no phone rings; after five minutes no caller believes in it.
const RING_MS: (u64, u64) = (1_000, 300_000);
/// An hour of wrap-up is not wrap-up.
const WRAP_UP_MS_MAX: u64 = 3_600_000;
/// One waiting call is one leg of ours with music. Zero closes the group.
const WAITING_MAX: (u64, u64) = (0, 10_000);

/// A group with its numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub id: GroupId,
    pub name: String,
    pub language: String,
    pub numbers: Vec<String>,
    pub ring_ms: u64,
    pub wrap_up_ms: u64,
    pub waiting_max: u32,
    pub policy: RoutingPolicy,
    /// Of the policy; what is not named has the value of its card.
    pub settings: Settings,
    /// Another policy that is tried out beside it.
    pub trial: Option<Trial>,
    pub recorded: bool,
    pub flow: Flow,
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
    pub settings: Settings,
    pub trial: Option<Trial>,
    pub recorded: bool,
    pub flow: Flow,
}

/// Changes a flow that is there.
pub type FlowChange<'a> = Box<dyn FnOnce(&mut Flow) + Send + 'a>;

/// What changes about a group; `None` leaves as it is.
#[derive(Default)]
pub struct GroupPatch<'a> {
    pub name: Option<&'a str>,
    pub language: Option<&'a str>,
    /// Replaces the whole list.
    pub numbers: Option<Vec<&'a str>>,
    pub ring_ms: Option<u64>,
    pub wrap_up_ms: Option<u64>,
    pub waiting_max: Option<u64>,
    pub policy: Option<RoutingPolicy>,
    /// Replaces all of them. Another policy begins with its own values.
    pub settings: Option<Settings>,
    /// `Some(None)` ends the trial. So does the trial's own policy with its own settings.
    pub trial: Option<Option<Trial>>,
    pub recorded: Option<bool>,
    /// Changes what is there: the parts of a flow are changed one by one.
    pub flow: Option<FlowChange<'a>>,
}

/// The last is the trial.
type Row = (
    i64,
    String,
    String,
    i64,
    i64,
    i64,
    Option<String>,
    Option<i64>,
    String,
    bool,
    String,
    Option<String>,
);

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
        let after = change(&mut write, id, patch).await?;
        write.commit_plan().await?;
        Ok(after)
    }

    /// Gives several groups the same policy: one version of the plan, which is taken back as one.
    pub async fn give_policy(
        &self,
        groups: &[GroupId],
        policy: &RoutingPolicy,
        settings: &Settings,
        by: By<'_>,
    ) -> Result<(), Error> {
        let mut write = Write::begin(self, by).await?;
        for group in groups {
            let (policy, settings) = (Some(policy.clone()), Some(settings.clone()));
            let patch = GroupPatch { policy, settings, ..GroupPatch::default() };
            change(&mut write, *group, patch).await?;
        }
        write.commit_plan().await?;
        Ok(())
    }

    /// Removes a group with its numbers and memberships, unless another group sends callers to it.
    /// The journal keeps the id.
    pub async fn remove_group(&self, id: GroupId, by: By<'_>) -> Result<(), Error> {
        let mut write = Write::begin(self, by).await?;
        let before = one(&mut write, id).await?;
        let tenant = write.tenant;
        let groups = all(write.connection(), tenant).await?;
        if let Some(other) = groups.into_iter().find(|it| it.id != id && it.flow.leads_to(id)) {
            return Err(Error::InUse { what: "group", by: other.name });
        }
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
            settings: Settings::new(),
            trial: None,
            recorded: true,
            flow: Flow::default(),
        }
    }
}

impl Group {
    fn read(row: Row) -> Result<Group, Error> {
        let (id, name, language, ring_ms, wrap_up_ms, waiting_max, ..) = row;
        let (.., stock, version, settings, recorded, flow, trial) = row;
        let corrupt = || Error::Corrupt { table: "grp", cause: format!("group {id}") };
        let json = |text: &str| serde_json::from_str::<Value>(text).map_err(|_| corrupt());
        let policy = match (&stock, version) {
            (_, Some(id)) => RoutingPolicy::Uploaded(PluginVersionId(nat("grp", id)?)),
            (Some(name), None) => RoutingPolicy::of_word(name).ok_or_else(corrupt)?,
            (None, None) => RoutingPolicy::BuiltIn,
        };
        Ok(Group {
            id: GroupId(nat("grp", id)?),
            name,
            language,
            numbers: Vec::new(),
            ring_ms: nat("grp", ring_ms)?,
            wrap_up_ms: nat("grp", wrap_up_ms)?,
            waiting_max: u32::try_from(waiting_max).map_err(|_| corrupt())?,
            policy,
            settings: policy::parsed(&json(&settings)?).ok_or_else(corrupt)?,
            trial: match trial {
                Some(trial) => Some(Trial::of_trace(&json(&trial)?).ok_or_else(corrupt)?),
                None => None,
            },
            recorded,
            flow: flow_json::read(&json(&flow)?)?,
        })
    }

    /// The group as the patch wants it, checked.
    fn patched(&self, patch: GroupPatch<'_>) -> Result<Group, Error> {
        let mut flow = self.flow.clone();
        if let Some(change) = patch.flow {
            change(&mut flow);
        }
        let new = NewGroup {
            name: patch.name.unwrap_or(&self.name),
            language: patch.language.unwrap_or(&self.language),
            numbers: match patch.numbers {
                Some(numbers) => numbers,
                None => self.numbers.iter().map(String::as_str).collect(),
            },
            ring_ms: patch.ring_ms.unwrap_or(self.ring_ms),
            wrap_up_ms: patch.wrap_up_ms.unwrap_or(self.wrap_up_ms),
            waiting_max: patch.waiting_max.unwrap_or(u64::from(self.waiting_max)),
            settings: match (patch.settings, &patch.policy) {
                (Some(settings), _) => settings,
                (None, Some(other)) if *other != self.policy => Settings::new(),
                (None, _) => self.settings.clone(),
            },
            policy: patch.policy.unwrap_or_else(|| self.policy.clone()),
            trial: patch.trial.unwrap_or_else(|| self.trial.clone()),
            recorded: patch.recorded.unwrap_or(self.recorded),
            flow,
        };
        Group::checked(self.id, new)
    }

    fn checked(id: GroupId, new: NewGroup<'_>) -> Result<Group, Error> {
        let waiting_max =
            limit::range("waiting_max", new.waiting_max, WAITING_MAX.0, WAITING_MAX.1);
        let settings = policy::checked(new.settings)?;
        Ok(Group {
            id,
            name: limit::name("name", new.name)?,
            language: limit::language("language", new.language)?,
            numbers: number::checked(&new.numbers)?,
            ring_ms: limit::range("ring_ms", new.ring_ms, RING_MS.0, RING_MS.1)?,
            wrap_up_ms: limit::range("wrap_up_ms", new.wrap_up_ms, 0, WRAP_UP_MS_MAX)?,
            waiting_max: u32::try_from(waiting_max?).unwrap_or(u32::MAX),
            trial: trial::checked(new.trial, &new.policy, &settings)?,
            policy: new.policy,
            settings,
            recorded: new.recorded,
            flow: new.flow.checked()?,
        })
    }

    /// The uploaded versions that it needs: its policy's and that of the one on trial.
    pub fn versions(&self) -> impl Iterator<Item = PluginVersionId> {
        let trial = self.trial.as_ref().map(|trial| &trial.policy);
        [Some(&self.policy), trial].into_iter().flatten().filter_map(RoutingPolicy::uploaded)
    }

    /// Everything that its policies, ways and hours name is there.
    async fn leads_somewhere(&self, write: &mut Write<'_>) -> Result<(), Error> {
        for version in self.versions() {
            plugin::is_there(write, version).await?;
        }
        let tenant = write.tenant;
        let groups: Vec<i64> = sqlx::query_scalar("SELECT id FROM grp WHERE tenant = ?1")
            .bind(tenant)
            .fetch_all(write.connection())
            .await?;
        let calendars: Vec<i64> = sqlx::query_scalar("SELECT id FROM calendar WHERE tenant = ?1")
            .bind(tenant)
            .fetch_all(write.connection())
            .await?;
        let groups = groups.into_iter().map(|id| nat("grp", id).map(GroupId));
        let calendars = calendars.into_iter().map(|id| nat("calendar", id).map(CalendarId));
        let groups: BTreeSet<GroupId> = groups.collect::<Result<_, _>>()?;
        let calendars: BTreeSet<CalendarId> = calendars.collect::<Result<_, _>>()?;
        self.flow.leads_somewhere(self.id, &groups, &calendars)
    }

    pub(crate) fn trace(&self) -> Value {
        let mut trace = flow_json::written(&self.flow);
        let own = json!({
            "id": self.id.0,
            "name": self.name,
            "language": self.language,
            "numbers": self.numbers,
            "ring_ms": self.ring_ms,
            "wrap_up_ms": self.wrap_up_ms,
            "waiting_max": self.waiting_max,
            "policy": self.policy.word(),
            "recorded": self.recorded,
        });
        if let Value::Object(own) = own {
            trace.extend(own);
        }
        // Left out where there are none, as every plan from before there were any.
        if !self.settings.is_empty() {
            trace.insert("settings".to_owned(), policy::written(&self.settings).into());
        }
        if let Some(trial) = &self.trial {
            trace.insert("trial".to_owned(), trial.trace());
        }
        Value::Object(trace)
    }

    /// From a trace, as a version keeps it.
    pub(crate) fn of_trace(trace: &Value) -> Option<Group> {
        let numbers = trace["numbers"].as_array()?.iter();
        let number = |key: &str| trace[key].as_u64();
        let new = NewGroup {
            name: trace["name"].as_str()?,
            language: trace["language"].as_str()?,
            numbers: numbers.map(Value::as_str).collect::<Option<_>>()?,
            ring_ms: number("ring_ms")?,
            wrap_up_ms: number("wrap_up_ms")?,
            waiting_max: number("waiting_max")?,
            policy: RoutingPolicy::of_word(trace["policy"].as_str()?)?,
            settings: match trace.get("settings") {
                Some(settings) => policy::parsed(settings)?,
                None => Settings::new(),
            },
            trial: match trace.get("trial") {
                Some(trial) => Some(Trial::of_trace(trial)?),
                None => None,
            },
            recorded: trace["recorded"].as_bool()?,
            flow: flow_json::read(trace).ok()?,
        };
        Group::checked(GroupId(number("id")?), new).ok()
    }
}

pub(crate) async fn all(
    connection: &mut SqliteConnection,
    tenant: i64,
) -> Result<Vec<Group>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, language, ring_ms, wrap_up_ms, waiting_max, stock_policy, \
         plugin_version, policy_settings, recorded, settings, trial FROM grp \
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

pub(crate) async fn one(write: &mut Write<'_>, id: GroupId) -> Result<Group, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, language, ring_ms, wrap_up_ms, waiting_max, stock_policy, \
         plugin_version, policy_settings, recorded, settings, trial FROM grp \
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

pub(crate) async fn change(
    write: &mut Write<'_>,
    id: GroupId,
    patch: GroupPatch<'_>,
) -> Result<Group, Error> {
    let before = one(write, id).await?;
    let after = before.patched(patch)?;
    after.leads_somewhere(write).await?;
    put(write, &after).await?;
    if after.numbers != before.numbers {
        number::replace(write, id, &after.numbers).await?;
    }
    write.note("group_changed", Some(before.trace()), Some(after.trace())).await?;
    Ok(after)
}

pub(crate) async fn insert(write: &mut Write<'_>, new: NewGroup<'_>) -> Result<Group, Error> {
    // The id is the next that no group ever had; everything else is checked before it is asked for.
    let mut group = Group::checked(GroupId(0), new)?;
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM grp WHERE tenant = ?1")
        .bind(write.tenant)
        .fetch_one(write.connection())
        .await?;
    if count >= int(GROUPS_MAX) {
        return Err(Error::Full { what: "groups", max: GROUPS_MAX });
    }
    let id: i64 = sqlx::query_scalar(
        "SELECT 1 + max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'grp'), 0), \
         coalesce((SELECT max(id) FROM grp), 0))",
    )
    .fetch_one(write.connection())
    .await?;
    group.id = GroupId(nat("grp", id)?);
    put(write, &group).await?;
    group.leads_somewhere(write).await?;
    number::replace(write, group.id, &group.numbers).await?;
    write.note("group_added", None, Some(group.trace())).await?;
    Ok(group)
}

/// Writes a group's row, whether it is there already or not.
pub(crate) async fn put(write: &mut Write<'_>, group: &Group) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO grp (tenant, id, name, language, ring_ms, wrap_up_ms, waiting_max, \
         policy, recorded, settings, created_ms, stock_policy, plugin_version, policy_settings, \
         trial) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'built-in', ?8, ?9, ?10, ?11, ?12, ?13, ?14) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, language = excluded.language, \
         ring_ms = excluded.ring_ms, wrap_up_ms = excluded.wrap_up_ms, \
         waiting_max = excluded.waiting_max, stock_policy = excluded.stock_policy, \
         plugin_version = excluded.plugin_version, policy_settings = excluded.policy_settings, \
         recorded = excluded.recorded, settings = excluded.settings, trial = excluded.trial \
         WHERE grp.tenant = excluded.tenant",
    )
    .bind(write.tenant)
    .bind(int(group.id.0))
    .bind(&group.name)
    .bind(&group.language)
    .bind(int(group.ring_ms))
    .bind(int(group.wrap_up_ms))
    .bind(i64::from(group.waiting_max))
    .bind(group.recorded)
    .bind(Value::Object(flow_json::written(&group.flow)).to_string())
    .bind(write.at())
    .bind(group.policy.stock())
    .bind(group.policy.uploaded().map(|version| int(version.0)))
    .bind(Value::Object(policy::written(&group.settings)).to_string())
    .bind(group.trial.as_ref().map(|trial| trial.trace().to_string()))
    .execute(write.connection())
    .await
    .map_err(Error::or_conflict("name"))?;
    Ok(())
}
