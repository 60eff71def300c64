//! The company's own success indicators: what each is worked out by, and from which day on.

use acd::{Day, Time};
use serde_json::{Value, json};
use sqlx::SqliteConnection;

use crate::indicator_rule::{IndicatorBetter, IndicatorRule, IndicatorUnit};
use crate::sql::{int, nat};
use crate::word::Word;
use crate::write::Write;
use crate::{
    By, Error, Fault, PluginVersionId, Tenant, calendar, indicator_rule, limit, plugin, zone_of,
};

/// Indicators that are worked out at once: more figures nobody is led by. The whole company is
/// worked out in a part of a second.
pub const INDICATORS_MAX: u64 = 50;
/// Versions of one indicator in the plan: years of monthly changes.
const VERSIONS_MAX: usize = 200;
/// Characters of a name; it is typed in formulas.
const NAME_MAX: u64 = 40;
/// How far back a new indicator may begin: the days that are worked out again at a start.
pub const INDICATOR_BACK_DAYS: u64 = 31;

const DAY_MS: u64 = 86_400_000;

/// An indicator, for ever.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct IndicatorId(pub u64);

/// One way in which an indicator was ever to be worked out. An id is never used twice.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct IndicatorVersionId(pub u64);

/// An indicator of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    pub id: IndicatorId,
    /// What formulas call it, for example `good_talks`.
    pub name: String,
    /// It is not worked out from this day on, as `2026-03-02`.
    pub until_day: Option<String>,
    /// In the order of their days; never empty.
    pub versions: Vec<IndicatorVersion>,
}

/// What an indicator is worked out by from a day on.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorVersion {
    pub id: IndicatorVersionId,
    /// As `2026-03-02`, in the company's time zone.
    pub from_day: String,
    pub rule: IndicatorRule,
    pub who: String,
    pub at_ms: u64,
}

/// An indicator to be added.
#[derive(Clone, Debug)]
pub struct NewIndicator<'a> {
    pub name: &'a str,
    pub from_day: &'a str,
    pub rule: IndicatorRule,
}

type Row =
    (i64, String, Option<String>, i64, String, String, String, String, String, i64, String, i64);

/// Every [`Row`] for which something holds.
macro_rules! versions_where {
    ($condition:literal) => {
        concat!(
            "SELECT indicator.id, name, until_day, indicator_version.id, from_day, title, source, \
             unit, better, sample_min, who, at_ms FROM indicator_version \
             JOIN indicator ON indicator.id = indicator_version.indicator WHERE ",
            $condition,
            " ORDER BY name, indicator.id, from_day, indicator_version.id"
        )
    };
}

impl Tenant {
    /// The indicators of the plan, by name; ended ones too.
    pub async fn indicators(&self) -> Result<Vec<Indicator>, Error> {
        let mut connection = self.store.readers.acquire().await?;
        all(&mut connection, self.sql_id()).await
    }

    /// An indicator with every version that it ever had, those that the plan no longer has too.
    pub async fn indicator_history(&self, id: IndicatorId) -> Result<Indicator, Error> {
        let rows: Vec<Row> =
            sqlx::query_as(versions_where!("indicator.tenant = ?1 AND indicator.id = ?2"))
                .bind(self.sql_id())
                .bind(int(id.0))
                .fetch_all(&self.store.readers)
                .await?;
        grouped(rows)?.pop().ok_or(Error::NotFound { what: "indicator" })
    }

    /// Adds an indicator, valid from a day that is at most a month ago.
    pub async fn add_indicator(
        &self,
        new: NewIndicator<'_>,
        by: By<'_>,
    ) -> Result<Indicator, Error> {
        let name = name(new.name)?;
        let mut write = Write::begin(self, by).await?;
        let back_ms = by.at_ms.saturating_sub(INDICATOR_BACK_DAYS * DAY_MS);
        let today = day_of(&mut write, by.at_ms).await?;
        not_before(&mut write, "from_day", new.from_day, back_ms).await?;
        let tenant = write.tenant;
        let there = all(write.connection(), tenant).await?;
        if there.iter().any(|it| it.name == name) {
            return Err(Error::Conflict { field: "name" });
        }
        let live = there.iter().filter(|it| it.until_day.as_ref().is_none_or(|it| *it > today));
        if live.count() as u64 >= INDICATORS_MAX {
            return Err(Error::Full { what: "indicators", max: INDICATORS_MAX });
        }
        let id: i64 =
            sqlx::query_scalar("INSERT INTO indicator (tenant, name) VALUES (?1, ?2) RETURNING id")
                .bind(tenant)
                .bind(&name)
                .fetch_one(write.connection())
                .await?;
        let id = IndicatorId(nat("indicator", id)?);
        put_version(&mut write, id, new.from_day, &new.rule).await?;
        let added = one(&mut write, id).await?;
        write.note("indicator_added", None, Some(added.planned().trace())).await?;
        write.commit_plan().await?;
        Ok(added)
    }

    /// Another way to work it out, valid from a day that is not over. It takes the place of one
    /// that begins on the same day.
    pub async fn change_indicator(
        &self,
        id: IndicatorId,
        (from_day, rule): (&str, IndicatorRule),
        by: By<'_>,
    ) -> Result<Indicator, Error> {
        let mut write = Write::begin(self, by).await?;
        let before = one(&mut write, id).await?;
        not_before(&mut write, "from_day", from_day, by.at_ms).await?;
        if before.versions.len() >= VERSIONS_MAX {
            let max = VERSIONS_MAX as u64;
            return Err(Error::Full { what: "indicator_versions", max });
        }
        for same in before.versions.iter().filter(|it| it.from_day == from_day) {
            sqlx::query("DELETE FROM indicator_in_plan WHERE tenant = ?1 AND version = ?2")
                .bind(write.tenant)
                .bind(int(same.id.0))
                .execute(write.connection())
                .await?;
        }
        put_version(&mut write, id, from_day, &rule).await?;
        let after = one(&mut write, id).await?;
        let traces = (before.planned().trace(), after.planned().trace());
        write.note("indicator_changed", Some(traces.0), Some(traces.1)).await?;
        write.commit_plan().await?;
        Ok(after)
    }

    /// It is not worked out any more from a day on that is not over; `None`: it goes on.
    pub async fn end_indicator(
        &self,
        id: IndicatorId,
        until_day: Option<&str>,
        by: By<'_>,
    ) -> Result<Indicator, Error> {
        let mut write = Write::begin(self, by).await?;
        let before = one(&mut write, id).await?;
        if let Some(day) = until_day {
            not_before(&mut write, "until_day", day, by.at_ms).await?;
        }
        put_until(&mut write, id, until_day).await?;
        let after = one(&mut write, id).await?;
        let traces = (before.planned().trace(), after.planned().trace());
        write.note("indicator_ended", Some(traces.0), Some(traces.1)).await?;
        write.commit_plan().await?;
        Ok(after)
    }

    /// What the company calls the day of a moment.
    pub async fn day_of(&self, at_ms: u64) -> Result<String, Error> {
        Day::name(zone_of(&self.calendars().await?), Time(at_ms)).map_err(Error::Calendar)
    }
}

impl Indicator {
    /// The version that counts on a day (`2026-03-02`); `None` before the first and after its end.
    pub fn version_on(&self, day: &str) -> Option<&IndicatorVersion> {
        if self.until_day.as_deref().is_some_and(|until| until <= day) {
            return None;
        }
        self.versions.iter().rev().find(|version| version.from_day.as_str() <= day)
    }

    /// The last one.
    pub fn newest(&self) -> Option<&IndicatorVersion> {
        self.versions.last()
    }

    pub(crate) fn planned(&self) -> PlannedIndicator {
        PlannedIndicator {
            id: self.id,
            name: self.name.clone(),
            title: self.newest().map(|it| it.rule.title.clone()).unwrap_or_default(),
            until_day: self.until_day.clone(),
            versions: self.versions.iter().map(|it| it.id).collect(),
        }
    }

    /// The uploaded versions of plugins that it needs.
    pub(crate) fn plugins(&self) -> impl Iterator<Item = PluginVersionId> {
        self.versions.iter().filter_map(|version| version.rule.source.uploaded())
    }
}

/// An indicator as a version of the plan has it. What its versions say is never changed, so their
/// ids are enough.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlannedIndicator {
    pub(crate) id: IndicatorId,
    pub(crate) name: String,
    /// Of the newest version, for people.
    pub(crate) title: String,
    pub(crate) until_day: Option<String>,
    pub(crate) versions: Vec<IndicatorVersionId>,
}

impl PlannedIndicator {
    pub(crate) fn trace(&self) -> Value {
        json!({
            "id": self.id.0,
            "name": self.name,
            "title": self.title,
            "until_day": self.until_day,
            "versions": self.versions.iter().map(|it| it.0).collect::<Vec<_>>(),
        })
    }

    /// From a trace; `None` when it cannot be.
    pub(crate) fn of_trace(trace: &Value) -> Option<PlannedIndicator> {
        let text = |field: &str| Some(trace[field].as_str()?.to_owned());
        let versions = trace["versions"].as_array()?.iter();
        let versions = versions.map(|id| Some(IndicatorVersionId(id.as_u64()?)));
        Some(PlannedIndicator {
            id: IndicatorId(trace["id"].as_u64()?),
            name: text("name")?,
            title: text("title")?,
            until_day: text("until_day"),
            versions: versions.collect::<Option<_>>()?,
        })
    }
}

pub(crate) async fn all(
    connection: &mut SqliteConnection,
    tenant: i64,
) -> Result<Vec<Indicator>, Error> {
    let rows: Vec<Row> = sqlx::query_as(versions_where!(
        "indicator.tenant = ?1 AND indicator_version.id IN \
         (SELECT version FROM indicator_in_plan WHERE tenant = ?1)"
    ))
    .bind(tenant)
    .fetch_all(connection)
    .await?;
    grouped(rows)
}

/// Puts the indicators of an old plan in the place of those that are there. Nothing is lost: their
/// versions are kept in any case, and so is what came out on days that are over.
pub(crate) async fn bring_back(
    write: &mut Write<'_>,
    planned: &[PlannedIndicator],
) -> Result<(), Error> {
    sqlx::query("DELETE FROM indicator_in_plan WHERE tenant = ?1")
        .bind(write.tenant)
        .execute(write.connection())
        .await?;
    for row in planned {
        put_until(write, row.id, row.until_day.as_deref()).await?;
        for version in &row.versions {
            put_in_plan(write, *version).await?;
        }
    }
    Ok(())
}

/// The uploaded versions of plugins that old indicators need, each with who needs it.
pub(crate) async fn plugins_of(
    write: &mut Write<'_>,
    planned: &[PlannedIndicator],
) -> Result<Vec<(PluginVersionId, String)>, Error> {
    let mut needed = Vec::new();
    for row in planned {
        for version in &row.versions {
            let source: Option<String> = sqlx::query_scalar(
                "SELECT source FROM indicator_version WHERE tenant = ?1 AND id = ?2",
            )
            .bind(write.tenant)
            .bind(int(version.0))
            .fetch_optional(write.connection())
            .await?;
            let source = source.as_deref().and_then(indicator_rule::source_of);
            needed.extend(source.and_then(|it| it.uploaded()).map(|id| (id, row.title.clone())));
        }
    }
    Ok(needed)
}

async fn one(write: &mut Write<'_>, id: IndicatorId) -> Result<Indicator, Error> {
    let tenant = write.tenant;
    let mut all = all(write.connection(), tenant).await?.into_iter();
    all.find(|it| it.id == id).ok_or(Error::NotFound { what: "indicator" })
}

async fn put_version(
    write: &mut Write<'_>,
    indicator: IndicatorId,
    from_day: &str,
    rule: &IndicatorRule,
) -> Result<(), Error> {
    let rule = rule.clone().checked()?;
    if let Some(version) = rule.source.uploaded() {
        plugin::is_there(write, version).await?;
    }
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO indicator_version (tenant, indicator, from_day, title, source, unit, better, \
         sample_min, who, at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING id",
    )
    .bind(write.tenant)
    .bind(int(indicator.0))
    .bind(from_day)
    .bind(&rule.title)
    .bind(rule.source.trace().to_string())
    .bind(rule.unit.word())
    .bind(rule.better.word())
    .bind(rule.sample_min)
    .bind(write.by.who)
    .bind(write.at())
    .fetch_one(write.connection())
    .await?;
    put_in_plan(write, IndicatorVersionId(nat("indicator_version", id)?)).await
}

async fn put_in_plan(write: &mut Write<'_>, version: IndicatorVersionId) -> Result<(), Error> {
    sqlx::query("INSERT INTO indicator_in_plan (version, tenant) VALUES (?1, ?2)")
        .bind(int(version.0))
        .bind(write.tenant)
        .execute(write.connection())
        .await?;
    Ok(())
}

async fn put_until(
    write: &mut Write<'_>,
    id: IndicatorId,
    until_day: Option<&str>,
) -> Result<(), Error> {
    sqlx::query("UPDATE indicator SET until_day = ?3 WHERE tenant = ?1 AND id = ?2")
        .bind(write.tenant)
        .bind(int(id.0))
        .bind(until_day)
        .execute(write.connection())
        .await?;
    Ok(())
}

async fn day_of(write: &mut Write<'_>, at_ms: u64) -> Result<String, Error> {
    let tenant = write.tenant;
    let calendars = calendar::all(write.connection(), tenant).await?;
    Day::name(zone_of(&calendars), Time(at_ms)).map_err(Error::Calendar)
}

/// A day (`2026-03-02`) that is that of a moment or a later one.
async fn not_before(
    write: &mut Write<'_>,
    field: &'static str,
    day: &str,
    at_ms: u64,
) -> Result<(), Error> {
    // Days of one form only, because they are compared as texts.
    let known = Day::of("UTC", day).and_then(|found| Day::name("UTC", found.from));
    if known.as_deref() != Ok(day) {
        return Err(Error::invalid(field, Fault::Malformed));
    }
    let first = day_of(write, at_ms).await?;
    if day < first.as_str() { Err(Error::invalid(field, Fault::Past)) } else { Ok(()) }
}

/// A word in small letters, digits and `_` that begins with a letter.
fn name(text: &str) -> Result<String, Error> {
    let text = limit::line("name", text, NAME_MAX)?;
    let begins = text.chars().next().is_some_and(char::is_alphabetic);
    let word = text.chars().all(|it| it.is_alphanumeric() || it == '_');
    match begins && word && text == text.to_lowercase() {
        true => Ok(text),
        false => Err(Error::invalid("name", Fault::BadCharacter)),
    }
}

/// Rows of one indicator stand together.
fn grouped(rows: Vec<Row>) -> Result<Vec<Indicator>, Error> {
    let mut all: Vec<Indicator> = Vec::new();
    for row in rows {
        let (id, name, until_day, version, from_day, title, source, unit, better, least, who, at) =
            row;
        let corrupt =
            || Error::Corrupt { table: "indicator_version", cause: format!("version {version}") };
        let version = IndicatorVersion {
            id: IndicatorVersionId(nat("indicator_version", version)?),
            from_day,
            rule: IndicatorRule {
                title,
                source: indicator_rule::source_of(&source).ok_or_else(corrupt)?,
                unit: IndicatorUnit::of_word(&unit).ok_or_else(corrupt)?,
                better: IndicatorBetter::of_word(&better).ok_or_else(corrupt)?,
                sample_min: u32::try_from(least).map_err(|_| corrupt())?,
            },
            who,
            at_ms: nat("indicator_version", at)?,
        };
        let id = IndicatorId(nat("indicator", id)?);
        match all.last_mut().filter(|last| last.id == id) {
            Some(last) => last.versions.push(version),
            None => all.push(Indicator { id, name, until_day, versions: vec![version] }),
        }
    }
    Ok(all)
}
