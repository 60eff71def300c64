//! The plan as one document: what a version keeps, compares and brings back.

use std::collections::BTreeMap;

use acd::Misses;
use serde_json::{Value, json};
use sqlx::SqliteConnection;

use crate::indicator::PlannedIndicator;
use crate::mode::Pressed;
use crate::sql::int;
use crate::write::Write;
use crate::{
    Calendar, Error, Group, Indicator, Membership, Mode, PersonSkills, Selection, calendar, group,
    indicator, loan, membership, mode, number, rules, selection, skill,
};

/// Everything that a version of the plan is about. People and phones are not: they are never
/// brought back, only what those who are still there can.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) groups: Vec<Group>,
    /// Loans too.
    pub(crate) memberships: Vec<Membership>,
    pub(crate) calendars: Vec<Calendar>,
    pub(crate) modes: Vec<Mode>,
    pub(crate) pressed: Option<Pressed>,
    pub(crate) misses: Misses,
    pub(crate) selection: Selection,
    pub(crate) skills: Vec<PersonSkills>,
    pub(crate) indicators: Vec<PlannedIndicator>,
}

/// One difference between two documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// In the words of changes: `group_changed`, `loan_made`.
    pub what: &'static str,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

impl Document {
    /// The plan as it stands.
    pub(crate) async fn read(
        connection: &mut SqliteConnection,
        tenant: i64,
    ) -> Result<Document, Error> {
        let mut memberships = membership::all(connection, tenant).await?;
        memberships.extend(loan::all(connection, tenant).await?);
        let indicators = indicator::all(connection, tenant).await?;
        Ok(Document {
            groups: group::all(connection, tenant).await?,
            memberships,
            calendars: calendar::all(connection, tenant).await?,
            modes: mode::all(connection, tenant).await?,
            pressed: mode::pressed(connection, tenant).await?,
            misses: rules::read(connection, tenant).await?,
            selection: selection::read(connection, tenant).await?,
            skills: skill::all(connection, tenant).await?,
            indicators: indicators.iter().map(Indicator::planned).collect(),
        })
    }

    pub(crate) fn written(&self) -> String {
        let mut document = json!({
            "groups": self.groups.iter().map(Group::trace).collect::<Vec<_>>(),
            "memberships": self.memberships.iter().map(Membership::trace).collect::<Vec<_>>(),
            "calendars": self.calendars.iter().map(Calendar::trace).collect::<Vec<_>>(),
            "modes": self.modes.iter().map(Mode::trace).collect::<Vec<_>>(),
            "pressed": self.pressed.as_ref().map(Pressed::trace),
            "misses": rules::trace(&self.misses),
        });
        if !self.selection.is_usual() {
            document["selection"] = self.selection.trace();
        }
        // Left out when nobody has any: a plan from before there were skills is the same text.
        if !self.skills.is_empty() {
            document["skills"] = self.skills.iter().map(PersonSkills::trace).collect();
        }
        if !self.indicators.is_empty() {
            document["indicators"] = self.indicators.iter().map(PlannedIndicator::trace).collect();
        }
        document.to_string()
    }

    pub(crate) fn parsed(text: &str) -> Result<Document, Error> {
        let corrupt = |cause: &str| Error::Corrupt {
            table: "plan_version",
            cause: format!("no fitting {cause}"),
        };
        let value: Value = serde_json::from_str(text).map_err(|_| corrupt("document"))?;
        Ok(Document {
            groups: list(&value["groups"], Group::of_trace).ok_or_else(|| corrupt("group"))?,
            memberships: list(&value["memberships"], Membership::of_trace)
                .ok_or_else(|| corrupt("membership"))?,
            calendars: list(&value["calendars"], Calendar::of_trace)
                .ok_or_else(|| corrupt("calendar"))?,
            modes: list(&value["modes"], Mode::of_trace).ok_or_else(|| corrupt("mode"))?,
            pressed: Some(&value["pressed"])
                .filter(|pressed| !pressed.is_null())
                .map(|pressed| Pressed::of_trace(pressed).ok_or_else(|| corrupt("mode")))
                .transpose()?,
            misses: rules::of_trace(&value["misses"]).ok_or_else(|| corrupt("rules"))?,
            selection: match value.get("selection") {
                Some(trace) => Selection::of_trace(trace).ok_or_else(|| corrupt("selection"))?,
                None => Selection::default(),
            },
            skills: match value.get("skills") {
                Some(trace) => {
                    list(trace, PersonSkills::of_trace).ok_or_else(|| corrupt("skills"))?
                }
                None => Vec::new(),
            },
            indicators: match value.get("indicators") {
                Some(trace) => {
                    list(trace, PlannedIndicator::of_trace).ok_or_else(|| corrupt("indicator"))?
                }
                None => Vec::new(),
            },
        })
    }

    /// What would be different if this became that.
    pub(crate) fn against(&self, that: &Document) -> Vec<Difference> {
        let mut out = Vec::new();
        let calendars = |it: &Document| keyed(&it.calendars, |row| row.id.0, Calendar::trace);
        let words = ["calendar_added", "calendar_changed", "calendar_removed"];
        compare(words, calendars(self), calendars(that), &mut out);
        let groups = |it: &Document| keyed(&it.groups, |row| row.id.0, Group::trace);
        let words = ["group_added", "group_changed", "group_removed"];
        compare(words, groups(self), groups(that), &mut out);
        let places = |it: &Document, lent: bool| {
            let rows = it.memberships.iter().filter(|row| row.loan.is_some() == lent);
            let rows: Vec<Membership> = rows.copied().collect();
            keyed(&rows, |row| (row.person, row.group), Membership::trace)
        };
        let words = ["membership_set", "membership_set", "membership_removed"];
        compare(words, places(self, false), places(that, false), &mut out);
        let words = ["loan_made", "loan_made", "loan_ended"];
        compare(words, places(self, true), places(that, true), &mut out);
        let modes = |it: &Document| keyed(&it.modes, |row| row.id, Mode::trace);
        let words = ["mode_added", "mode_changed", "mode_removed"];
        compare(words, modes(self), modes(that), &mut out);
        let pressed = |it: &Document| keyed(it.pressed.as_slice(), |_| (), Pressed::trace);
        let words = ["mode_pressed", "mode_pressed", "mode_returned"];
        compare(words, pressed(self), pressed(that), &mut out);
        let misses = |it: &Document| BTreeMap::from([((), rules::trace(&it.misses))]);
        compare(["rules_changed"; 3], misses(self), misses(that), &mut out);
        let selection = |it: &Document| BTreeMap::from([((), it.selection.trace())]);
        compare(["selection_changed"; 3], selection(self), selection(that), &mut out);
        let skills = |it: &Document| keyed(&it.skills, |row| row.person, PersonSkills::trace);
        compare(["skills_changed"; 3], skills(self), skills(that), &mut out);
        let indicators =
            |it: &Document| keyed(&it.indicators, |row| row.id, PlannedIndicator::trace);
        let words = ["indicator_added", "indicator_changed", "indicator_removed"];
        compare(words, indicators(self), indicators(that), &mut out);
        out
    }

    /// Puts this document in the place of what is there. People who are gone stay gone; loans and
    /// a mode whose time is over stay over.
    pub(crate) async fn bring_back(&self, write: &mut Write<'_>) -> Result<(), Error> {
        self.has_its_plugins(write).await?;
        let tables = ["number", "membership", "loan", "mode_pressed", "mode", "calendar", "skill"];
        for table in tables {
            let sql = format!("DELETE FROM {table} WHERE tenant = ?1");
            let cleared = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(write.tenant);
            cleared.execute(write.connection()).await?;
        }
        self.bring_groups_back(write).await?;
        for row in &self.calendars {
            sqlx::query(
                "INSERT INTO calendar (tenant, id, name, zone, body) VALUES (?1, ?2, ?3, ?4, ?5)",
            )
            .bind(write.tenant)
            .bind(int(row.id.0))
            .bind(&row.name)
            .bind(&row.zone)
            .bind(row.body())
            .execute(write.connection())
            .await?;
        }
        for row in &self.memberships {
            self.bring_place_back(write, row).await?;
        }
        for row in &self.skills {
            skill::put(write, row).await?;
        }
        for row in &self.modes {
            sqlx::query(
                "INSERT INTO mode (tenant, id, name, code, changes) VALUES (?1, ?2, ?3, ?4, ?5)",
            )
            .bind(write.tenant)
            .bind(int(row.id))
            .bind(&row.name)
            .bind(&row.code)
            .bind(row.trace()["changes"].to_string())
            .execute(write.connection())
            .await?;
        }
        let now_ms = write.by.at_ms;
        let there = |it: &&Pressed| self.modes.iter().any(|mode| mode.id == it.mode);
        let pressed = self.pressed.as_ref().filter(|it| it.lasts(now_ms)).filter(there);
        mode::put_pressed(write, pressed).await?;
        rules::put(write, &self.misses).await?;
        selection::put(write, &self.selection).await?;
        indicator::bring_back(write, &self.indicators).await
    }

    /// Groups keep their rows, so that nothing that hangs on them is lost on the way.
    async fn bring_groups_back(&self, write: &mut Write<'_>) -> Result<(), Error> {
        let tenant = write.tenant;
        let kept: Vec<u64> = self.groups.iter().map(|group| group.id.0).collect();
        for group in group::all(write.connection(), tenant).await? {
            let sql = match kept.contains(&group.id.0) {
                // Names may have been swapped: for a moment nobody has one.
                true => "UPDATE grp SET name = '#' || id WHERE tenant = ?1 AND id = ?2",
                false => "DELETE FROM grp WHERE tenant = ?1 AND id = ?2",
            };
            sqlx::query(sql).bind(tenant).bind(int(group.id.0)).execute(write.connection()).await?;
        }
        for group in &self.groups {
            group::put(write, group).await?;
            number::replace(write, group.id, &group.numbers).await?;
        }
        Ok(())
    }

    async fn bring_place_back(&self, write: &mut Write<'_>, row: &Membership) -> Result<(), Error> {
        if row.loan.is_some() {
            if row.lasts(write.by.at_ms) {
                loan::put(write, row).await?;
            }
            return Ok(());
        }
        sqlx::query(
            "INSERT INTO membership (tenant, person, grp, ord, delay_ms, calendar, wrap_up_ms) \
             SELECT ?1, id, ?3, ?4, ?5, ?6, ?7 FROM person WHERE tenant = ?1 AND id = ?2",
        )
        .bind(write.tenant)
        .bind(int(row.person.0))
        .bind(int(row.group.0))
        .bind(row.order)
        .bind(int(row.delay_ms))
        .bind(row.calendar.map(|id| int(id.0)))
        .bind(row.wrap_up_ms.map(int))
        .execute(write.connection())
        .await?;
        Ok(())
    }
}

fn list<T>(value: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    value.as_array()?.iter().map(read).collect()
}

fn keyed<T, K: Ord>(
    rows: &[T],
    key: impl Fn(&T) -> K,
    trace: impl Fn(&T) -> Value,
) -> BTreeMap<K, Value> {
    rows.iter().map(|row| (key(row), trace(row))).collect()
}

fn compare<K: Ord>(
    [added, changed, removed]: [&'static str; 3],
    before: BTreeMap<K, Value>,
    mut after: BTreeMap<K, Value>,
    out: &mut Vec<Difference>,
) {
    for (key, before) in before {
        match after.remove(&key) {
            Some(after) if after == before => {}
            Some(after) => {
                let (before, after) = (Some(before), Some(after));
                out.push(Difference { what: changed, before, after });
            }
            None => out.push(Difference { what: removed, before: Some(before), after: None }),
        }
    }
    let new = after.into_values();
    out.extend(new.map(|after| Difference { what: added, before: None, after: Some(after) }));
}
