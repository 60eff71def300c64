//! The day that was worked out by hand: every cell of every table on the page.

use std::collections::BTreeMap;

use acd::BuiltIn;
use sim::timeline::{Timeline, span_words};
use stats::sheet::{self, Value};
use stats::{AgentFigures, Breaks, Intervals, Limits, Quarter, Tally};

const PAGE: &str = include_str!("../../stats/REFERENCE-DAY.md");
const ALL: std::ops::Range<Quarter> = Quarter(0)..Quarter(u32::MAX);

/// What the page says of whom, by the heads of its columns: metric and value.
type Sheet = BTreeMap<String, String>;

/// Columns whose first cell is `metric`; the last is for the reader.
fn written() -> Vec<(String, String, String)> {
    let mut heads: Vec<&str> = Vec::new();
    let mut cells = Vec::new();
    for line in PAGE.lines() {
        let Some(row) = line.strip_prefix('|').and_then(|row| row.strip_suffix('|')) else {
            heads.clear();
            continue;
        };
        let row: Vec<&str> = row.split('|').map(str::trim).collect();
        if row[0] == "metric" {
            heads = row;
        } else if !heads.is_empty() && !row[0].starts_with("---") {
            assert_eq!(row.len(), heads.len(), "{line}");
            for (head, cell) in heads.iter().zip(&row).skip(1).take(heads.len() - 2) {
                cells.push(((*head).to_owned(), row[0].to_owned(), (*cell).to_owned()));
            }
        }
    }
    cells
}

fn words(value: Option<Value>) -> String {
    match value {
        None => "—".to_owned(),
        Some(Value::Count(count)) => count.to_string(),
        Some(Value::Ms(ms)) => span_words(ms),
        Some(Value::Ratio(ratio)) => format!("{:.2} %", 100.0 * ratio),
        Some(Value::PerHour(rate)) => format!("{rate:.2}"),
    }
}

fn of_line(tally: &Tally) -> Sheet {
    let levels = sheet::service_levels(&tally.line).into_iter();
    let levels = levels
        .map(|(letter, level)| (format!("service level {letter}"), words(level.map(Value::Ratio))));
    let entries =
        sheet::of_line(tally).into_iter().chain(sheet::of_hours(&tally.work, Breaks::Unpaid));
    entries.map(|(name, value)| (name.to_owned(), words(value))).chain(levels).collect()
}

fn of_work(work: &AgentFigures) -> Sheet {
    let entries = sheet::of_work(work).into_iter().chain(sheet::of_hours(work, Breaks::Unpaid));
    entries.map(|(name, value)| (name.to_owned(), words(value))).collect()
}

/// The sheets of everybody, by the heads of the page.
fn counted() -> BTreeMap<String, Sheet> {
    let story = PAGE.split("```timeline\n").nth(1).and_then(|rest| rest.split("```").next());
    let timeline =
        Timeline::parse(story.expect("a story")).unwrap_or_else(|wrong| panic!("{wrong}"));
    let names = &timeline.scene().names;
    let mut intervals = Intervals::new(Limits::default());
    for (at, fact) in timeline.facts(&mut BuiltIn).expect("a day") {
        intervals.fold(at, &fact);
    }
    let tables = intervals.tables_until(timeline.ends_at());
    let mut sheets = BTreeMap::from([
        ("company".to_owned(), of_line(&tables.company(ALL))),
        ("first quarter".to_owned(), of_line(&tables.company(Quarter(0)..Quarter(1)))),
        ("second quarter".to_owned(), of_line(&tables.company(Quarter(1)..Quarter(2)))),
    ]);
    let groups = tables.groups(ALL).into_iter();
    sheets.extend(groups.map(|(group, tally)| (names.group(group), of_line(&tally))));
    let agents = tables.agents(ALL).into_iter();
    sheets.extend(agents.map(|(agent, work)| (names.agent(agent), of_work(&work))));
    let pairs = tables.agent_groups(ALL).into_iter();
    sheets.extend(pairs.map(|((agent, group), work)| {
        (format!("{} in {}", names.agent(agent), names.group(group)), of_work(&work))
    }));
    sheets
}

#[test]
fn every_number_of_the_page_is_what_the_facts_come_to() {
    let (written, counted) = (written(), counted());
    assert!(written.len() > 200, "{} cells: the tables are not found", written.len());
    let wrong: Vec<String> = written
        .iter()
        .filter_map(|(whose, metric, cell)| {
            let sheet = counted.get(whose).unwrap_or_else(|| panic!("nobody is called `{whose}`"));
            let came_to = sheet.get(metric).unwrap_or_else(|| panic!("no metric `{metric}`"));
            (came_to != cell).then(|| format!("{metric} of {whose}: {cell}, came to {came_to}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_metric_of_everybody_stands_on_the_page() {
    let written = written();
    for (whose, sheet) in counted() {
        // Quarters are there for what is cut; hours belong to no group.
        let is_group = ["sales", "support"].contains(&whose.as_str()) || whose.contains(" in ");
        if whose.ends_with("quarter") {
            continue;
        }
        for metric in sheet.keys() {
            let there = written.iter().any(|(of, name, _)| (of, name) == (&whose, metric));
            let hours = sheet::of_hours(&AgentFigures::default(), Breaks::Unpaid);
            let is_hours = hours.iter().any(|(name, _)| name == metric);
            assert!(there || (is_group && is_hours), "{metric} of {whose} is not on the page");
        }
    }
}
