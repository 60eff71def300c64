//! Pay rules: named, in versions that hold from a day on, and what a draft would have paid.

use std::collections::{BTreeMap, BTreeSet};

use acd::AgentId;
use serde_json::json;
use sqlx::SqliteConnection;
use stats::Limits;
use stats::pay::{AppliedRule, Figure, Rule, RuleDoc, Scope, Sheet};

use super::PaySpan;
use crate::sql::{int, nat};
use crate::write::Write;
use crate::{By, Error, Fault, Tenant, limit};

/// Rules of a company, the ended ones too.
const RULES_MAX: u64 = 100;
/// Versions of one: a change a week for some years.
const VERSIONS_MAX: u64 = 200;

/// A rule and its history.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PayRule {
    pub id: u64,
    pub name: String,
    /// Periods that begin on this day or later are not paid by it.
    pub ended_from: Option<String>,
    /// Newest first.
    pub versions: Vec<PayRuleVersion>,
}

/// What a rule is from a day on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PayRuleVersion {
    pub version: u64,
    pub valid_from: String,
    pub rule: RuleDoc,
    pub who: String,
    pub at_ms: u64,
}

/// A version to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewPayRule<'a> {
    pub name: &'a str,
    /// A day: `2026-03-01`.
    pub valid_from: &'a str,
    pub rule: &'a RuleDoc,
}

/// The same period by the rules in force, and with a draft among them.
#[derive(Clone, Debug, PartialEq)]
pub struct PayPreview {
    pub old: Sheet,
    pub new: Sheet,
}

impl Tenant {
    /// Every rule, by name.
    pub async fn pay_rules(&self) -> Result<Vec<PayRule>, Error> {
        let mut read = self.store.readers.begin().await?;
        all(&mut read, self.sql_id()).await
    }

    /// Adds a rule with its first version.
    pub async fn add_pay_rule(&self, new: NewPayRule<'_>, by: By<'_>) -> Result<PayRule, Error> {
        let name = limit::name("name", new.name)?;
        let valid_from = self.checked(&new).await?;
        let mut write = Write::begin(self, by).await?;
        let tenant = write.tenant;
        if all(write.connection(), tenant).await?.len() as u64 >= RULES_MAX {
            return Err(Error::Full { what: "pay_rules", max: RULES_MAX });
        }
        let id: i64 =
            sqlx::query_scalar("INSERT INTO pay_rule (tenant, name) VALUES (?1, ?2) RETURNING id")
                .bind(tenant)
                .bind(name)
                .fetch_one(write.connection())
                .await
                .map_err(Error::or_conflict("name"))?;
        put(&mut write, (id, 1), &valid_from, new.rule).await?;
        let rule = one(&mut write, id).await?;
        write.commit().await?;
        Ok(rule)
    }

    /// Adds a version; the rule may get another name with it.
    pub async fn add_pay_rule_version(
        &self,
        id: u64,
        new: NewPayRule<'_>,
        by: By<'_>,
    ) -> Result<PayRule, Error> {
        let name = limit::name("name", new.name)?;
        let valid_from = self.checked(&new).await?;
        let mut write = Write::begin(self, by).await?;
        let before = one(&mut write, int(id)).await?;
        let newest = before.versions.first().map_or(0, |it| it.version);
        if newest >= VERSIONS_MAX {
            return Err(Error::Full { what: "pay_rule_versions", max: VERSIONS_MAX });
        }
        sqlx::query(
            "UPDATE pay_rule SET name = ?3, ended_from = NULL WHERE tenant = ?1 AND id = ?2",
        )
        .bind(write.tenant)
        .bind(int(id))
        .bind(name)
        .execute(write.connection())
        .await
        .map_err(Error::or_conflict("name"))?;
        put(&mut write, (int(id), int(newest + 1)), &valid_from, new.rule).await?;
        let rule = one(&mut write, int(id)).await?;
        write.commit().await?;
        Ok(rule)
    }

    /// Ends a rule: periods that begin on this day or later are not paid by it.
    pub async fn end_pay_rule(&self, id: u64, from: &str, by: By<'_>) -> Result<PayRule, Error> {
        let from = self.day("ended_from", from).await?;
        let mut write = Write::begin(self, by).await?;
        let before = one(&mut write, int(id)).await?;
        sqlx::query("UPDATE pay_rule SET ended_from = ?3 WHERE tenant = ?1 AND id = ?2")
            .bind(write.tenant)
            .bind(int(id))
            .bind(&from)
            .execute(write.connection())
            .await?;
        let trace = json!({ "id": id, "name": before.name, "ended_from": from });
        write.note("pay_rule_ended", None, Some(trace)).await?;
        let rule = one(&mut write, int(id)).await?;
        write.commit().await?;
        Ok(rule)
    }

    /// What the rules in force pay in a span, and what they would with a draft: in the place of a
    /// rule, or beside all of them.
    pub async fn preview_pay(
        &self,
        span: &PaySpan,
        draft: &RuleDoc,
        instead_of: Option<u64>,
    ) -> Result<PayPreview, Error> {
        Rule::read(draft).map_err(Error::PayRule)?;
        let old = self.rules_in_force(span).await?;
        let mut new: Vec<AppliedRule> =
            old.iter().filter(|it| Some(it.id) != instead_of).cloned().collect();
        new.push(AppliedRule {
            id: instead_of.unwrap_or(0),
            version: 0,
            name: String::new(),
            valid_from: span.from_day.clone(),
            rule: draft.clone(),
            people: Vec::new(),
        });
        let new = self.with_people(new).await?;
        let figures = self.figures(span, old.iter().chain(&new)).await?;
        let sheet = |rules: Vec<AppliedRule>| {
            Sheet::of(rules, Limits::default(), figures.clone()).map_err(Error::PayRule)
        };
        Ok(PayPreview { old: sheet(old)?, new: sheet(new)? })
    }

    /// The sheet of a span by the rules in force.
    pub(super) async fn sheet(&self, span: &PaySpan) -> Result<Sheet, Error> {
        let rules = self.rules_in_force(span).await?;
        let figures = self.figures(span, rules.iter()).await?;
        Sheet::of(rules, Limits::default(), figures).map_err(Error::PayRule)
    }

    /// The rules that hold when a span begins, each with whom it pays.
    async fn rules_in_force(&self, span: &PaySpan) -> Result<Vec<AppliedRule>, Error> {
        let applied = self.pay_rules().await?.into_iter().filter_map(|rule| {
            let holds = rule.ended_from.as_ref().is_none_or(|end| *end > span.from_day);
            let begun = rule.versions.into_iter().filter(|it| it.valid_from <= span.from_day);
            let version = begun.max_by_key(|it| (it.valid_from.clone(), it.version));
            let version = version.filter(|_| holds)?;
            Some(AppliedRule {
                id: rule.id,
                version: version.version,
                name: rule.name,
                valid_from: version.valid_from,
                rule: version.rule,
                people: Vec::new(),
            })
        });
        self.with_people(applied.collect()).await
    }

    /// Says whom each rule pays: the one that names a person, else one that names a group of his,
    /// else one for everybody; of several alike the first by its id. A draft comes before all.
    async fn with_people(&self, mut rules: Vec<AppliedRule>) -> Result<Vec<AppliedRule>, Error> {
        rules.sort_by_key(|it| (it.version != 0, it.id));
        let mut groups: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
        for place in self.memberships().await? {
            groups.entry(place.person.0).or_default().insert(place.group.0);
        }
        let none = BTreeSet::new();
        for rule in &mut rules {
            rule.people.clear();
        }
        let mut people: Vec<u64> = self.people().await?.iter().map(|it| it.id.0).collect();
        people.sort_unstable();
        for person in people {
            let his = groups.get(&person).unwrap_or(&none);
            let rank = |rule: &AppliedRule| match &rule.rule.scope {
                Scope::People(ids) => ids.contains(&person).then_some(0),
                Scope::Groups(ids) => ids.iter().any(|id| his.contains(id)).then_some(1),
                Scope::Everybody => Some(2),
            };
            let ranked = rules.iter_mut().filter_map(|it| rank(it).map(|rank| (rank, it)));
            if let Some((_, rule)) = ranked.min_by_key(|(rank, _)| *rank) {
                rule.people.push(person);
            }
        }
        Ok(rules)
    }

    async fn figures<'a>(
        &self,
        span: &PaySpan,
        rules: impl Iterator<Item = &'a AppliedRule>,
    ) -> Result<Vec<Figure>, Error> {
        let people: BTreeSet<AgentId> =
            rules.flat_map(|it| it.people.iter().map(|&id| AgentId(id))).collect();
        let names: BTreeMap<AgentId, String> =
            self.people().await?.into_iter().map(|it| (it.id, it.name)).collect();
        let achieved = self.achieved(span, Limits::default(), &people).await?;
        let name = |agent| names.get(&agent).map_or("", String::as_str);
        Ok(achieved.iter().map(|it| Figure::of(it, name(it.agent))).collect())
    }

    /// A rule that can be; answers its first day as we write days.
    async fn checked(&self, new: &NewPayRule<'_>) -> Result<String, Error> {
        Rule::read(new.rule).map_err(Error::PayRule)?;
        self.day("valid_from", new.valid_from).await
    }

    async fn day(&self, field: &'static str, day: &str) -> Result<String, Error> {
        let span = self.pay_span(day, day).await;
        span.map(|it| it.from_day).map_err(|_| Error::invalid(field, Fault::Malformed))
    }
}

async fn all(connection: &mut SqliteConnection, tenant: i64) -> Result<Vec<PayRule>, Error> {
    type Row = (i64, String, Option<String>);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, ended_from FROM pay_rule WHERE tenant = ?1 ORDER BY name, id",
    )
    .bind(tenant)
    .fetch_all(&mut *connection)
    .await?;
    type VersionRow = (i64, i64, String, String, String, i64);
    let versions: Vec<VersionRow> = sqlx::query_as(
        "SELECT rule, version, valid_from, document, who, at_ms FROM pay_rule_version \
         WHERE tenant = ?1 ORDER BY rule, version DESC",
    )
    .bind(tenant)
    .fetch_all(connection)
    .await?;
    let table = "pay_rule_version";
    let mut by_rule: BTreeMap<i64, Vec<PayRuleVersion>> = BTreeMap::new();
    for (rule, version, valid_from, document, who, at_ms) in versions {
        let corrupt = |error| Error::Corrupt { table, cause: format!("rule {rule}: {error}") };
        let document = serde_json::from_str(&document).map_err(corrupt)?;
        let (version, at_ms) = (nat(table, version)?, nat(table, at_ms)?);
        let version = PayRuleVersion { version, valid_from, rule: document, who, at_ms };
        by_rule.entry(rule).or_default().push(version);
    }
    let rule = |(id, name, ended_from): Row| {
        let versions = by_rule.remove(&id).unwrap_or_default();
        Ok(PayRule { id: nat("pay_rule", id)?, name, ended_from, versions })
    };
    rows.into_iter().map(rule).collect()
}

async fn one(write: &mut Write<'_>, id: i64) -> Result<PayRule, Error> {
    let tenant = write.tenant;
    let rules = all(write.connection(), tenant).await?;
    let found = rules.into_iter().find(|it| int(it.id) == id);
    found.ok_or(Error::NotFound { what: "pay_rule" })
}

async fn put(
    write: &mut Write<'_>,
    (rule, version): (i64, i64),
    valid_from: &str,
    doc: &RuleDoc,
) -> Result<(), Error> {
    let document = json!(doc);
    sqlx::query(
        "INSERT INTO pay_rule_version (rule, version, tenant, valid_from, document, who, at_ms) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )
    .bind(rule)
    .bind(version)
    .bind(write.tenant)
    .bind(valid_from)
    .bind(document.to_string())
    .bind(write.by.who)
    .bind(write.at())
    .execute(write.connection())
    .await?;
    let trace =
        json!({ "id": rule, "version": version, "valid_from": valid_from, "rule": document });
    write.note("pay_rule_written", None, Some(trace)).await
}
