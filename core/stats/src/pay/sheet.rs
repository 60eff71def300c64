//! Everything that a period pays, with everything that it rests on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::achieved::Figure;
use super::document::RuleDoc;
use super::rule::Rule;
use super::statement::Statement;
use super::wrong::Wrong;
use crate::Limits;

/// The period's rules, limits, figures and statements: what two people sign.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    pub rules: Vec<AppliedRule>,
    pub limits: LimitsDoc,
    /// Everybody who has a rule, by id.
    pub figures: Vec<Figure>,
    /// In the same order.
    pub statements: Vec<Statement>,
}

/// A rule as it was then, and whom it pays.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AppliedRule {
    pub id: u64,
    pub version: u64,
    pub name: String,
    /// The day from which it holds: `2026-03-01`.
    pub valid_from: String,
    pub rule: RuleDoc,
    pub people: Vec<u64>,
}

/// The limits by which was counted.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LimitsDoc {
    pub in_time_ms: u64,
    pub short_ms: u64,
    pub instant_ms: u64,
}

/// Where a sheet differs from what is worked out again.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Difference {
    pub agent: u64,
    pub name: String,
    /// `answered`, `worked_ms`, `calls`, `values.talk-ms`, `lines.base.per_hour`, `total` …
    pub place: String,
    pub signed: String,
    pub again: String,
}

impl Sheet {
    /// Works the statements out. A rule pays those of its people who have a figure.
    ///
    /// # Errors
    ///
    /// What is wrong with a rule; those of ours were read before they were kept.
    pub fn of(
        rules: Vec<AppliedRule>,
        limits: Limits,
        figures: Vec<Figure>,
    ) -> Result<Sheet, Vec<Wrong>> {
        let mut by_person: BTreeMap<u64, Rule> = BTreeMap::new();
        for applied in &rules {
            let rule = Rule::read(&applied.rule)?;
            by_person.extend(applied.people.iter().map(|&person| (person, rule.clone())));
        }
        let mut figures: Vec<Figure> =
            figures.into_iter().filter(|it| by_person.contains_key(&it.agent)).collect();
        figures.sort_by_key(|it| it.agent);
        let pay = |it: &Figure| by_person.get(&it.agent).map(|rule| rule.pay(it));
        let statements = figures.iter().filter_map(pay).collect();
        Ok(Sheet { rules, limits: LimitsDoc::of(limits), figures, statements })
    }

    /// As JSON: the same sheet gives the same bytes.
    pub fn written(&self) -> String {
        serde_json::to_string(self).expect("text, whole numbers and lists are always JSON")
    }

    /// One person's statement.
    pub fn statement(&self, agent: u64) -> Option<&Statement> {
        self.statements.iter().find(|it| it.agent == agent)
    }

    /// Works a signed sheet out again from figures that were gathered anew, and says where it
    /// differs. Empty: to the last byte the same.
    ///
    /// # Errors
    ///
    /// What is wrong with a rule in it.
    pub fn against(&self, figures: Vec<Figure>) -> Result<Vec<Difference>, Vec<Wrong>> {
        let again = Sheet::of(self.rules.clone(), self.limits.into(), figures)?;
        let mut found = Vec::new();
        for (figure, statement) in self.figures.iter().zip(&self.statements) {
            let mut tell = |place: String, signed: String, again: String| {
                let (agent, name) = (figure.agent, figure.name.clone());
                found.push(Difference { agent, name, place, signed, again });
            };
            let Some(fresh) = again.figures.iter().find(|it| it.agent == figure.agent) else {
                tell("figures".to_owned(), "there".to_owned(), "missing".to_owned());
                continue;
            };
            compare_figures(figure, fresh, &mut tell);
            if let Some(fresh) = again.statement(figure.agent) {
                compare_statements(statement, fresh, &mut tell);
            }
        }
        // What is not found line by line (an order, a person too many) is still a difference.
        if found.is_empty() && again.written() != self.written() {
            let (signed, again) = (self.figures.len().to_string(), again.figures.len().to_string());
            let place = "sheet".to_owned();
            found.push(Difference { agent: 0, name: String::new(), place, signed, again });
        }
        Ok(found)
    }
}

type Tell<'a> = dyn FnMut(String, String, String) + 'a;

fn compare_figures(signed: &Figure, again: &Figure, tell: &mut Tell<'_>) {
    let word = |value: Option<&String>| value.map_or("none".to_owned(), String::clone);
    let hours = |it: &Figure| word(it.worked_ms.map(|ms| ms.to_string()).as_ref());
    let rows = [
        ("worked_ms", hours(signed), hours(again)),
        ("answered", signed.answered.to_string(), again.answered.to_string()),
        ("calls", format!("{:?}", signed.calls), format!("{:?}", again.calls)),
        ("name", signed.name.clone(), again.name.clone()),
    ];
    for (place, signed, again) in rows {
        if signed != again {
            tell(place.to_owned(), signed, again);
        }
    }
    for (on, value) in &signed.values {
        let fresh = again.values.get(on).and_then(Option::as_ref);
        if value.as_ref() != fresh {
            tell(format!("values.{on}"), word(value.as_ref()), word(fresh));
        }
    }
}

fn compare_statements(signed: &Statement, again: &Statement, tell: &mut Tell<'_>) {
    for line in &signed.lines {
        let fresh = again.lines.iter().find(|it| it.place == line.place);
        if fresh != Some(line) {
            let fresh = fresh.map_or("none".to_owned(), |it| it.amount.clone());
            tell(format!("lines.{}", line.place), line.amount.clone(), fresh);
        }
    }
    if signed.total != again.total {
        tell("total".to_owned(), signed.total.clone(), again.total.clone());
    }
}

impl LimitsDoc {
    fn of(limits: Limits) -> LimitsDoc {
        let Limits { in_time_ms, short_ms, instant_ms } = limits;
        LimitsDoc { in_time_ms, short_ms, instant_ms }
    }
}

impl From<LimitsDoc> for Limits {
    fn from(doc: LimitsDoc) -> Limits {
        let LimitsDoc { in_time_ms, short_ms, instant_ms } = doc;
        Limits { in_time_ms, short_ms, instant_ms }
    }
}
