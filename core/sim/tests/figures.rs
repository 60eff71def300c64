//! Tables and summaries count the same: on made-up days, cut anywhere, put together in any order.

use std::collections::BTreeSet;

use acd::{AgentId, BuiltIn, Fact, GroupId, Output, Time};
use sim::day;
use stats::explain::{Explanation, Figure, Question};
use stats::indicator::Period;
use stats::{
    AgentFigures, Formula, GroupFigures, Hours, Intervals, Limits, Quarter, Summary, Tables, Tally,
    sheet,
};

type Line = (Time, Fact);

const DAYS: u64 = 150;
const ALL: std::ops::Range<Quarter> = Quarter(0)..Quarter(u32::MAX);

/// The journal of a made-up day.
fn journal(seed: u64) -> Vec<Line> {
    let mut facts = Vec::new();
    let mut keep = |moment: &sim::timeline::Moment<'_>| {
        facts.extend(moment.out.iter().filter_map(|output| match output {
            Output::Tell(at, fact) => Some((*at, fact.clone())),
            Output::Do(_) => None,
        }));
    };
    day::live(seed, &mut BuiltIn, &mut String::new(), &mut keep).expect("a day");
    facts
}

fn folded(facts: &[Line]) -> Intervals {
    let mut intervals = Intervals::new(Limits::default());
    facts.iter().for_each(|(at, fact)| intervals.fold(*at, fact));
    intervals
}

fn end(facts: &[Line]) -> Time {
    facts.last().map_or(Time(0), |(at, _)| *at)
}

/// Everybody of whom the journal tells.
fn people(facts: &[Line]) -> BTreeSet<AgentId> {
    let told = facts.iter().filter_map(|(_, fact)| {
        if let Fact::AgentActivity { agent, .. } = fact { Some(*agent) } else { None }
    });
    told.collect()
}

/// Every group that anybody entered.
fn groups(facts: &[Line]) -> BTreeSet<GroupId> {
    let told = facts.iter().filter_map(|(_, fact)| {
        if let Fact::QueueEntered { group, .. } = fact { Some(*group) } else { None }
    });
    told.collect()
}

/// What a table has not: who waits, and that somebody has been off and nothing else.
fn bare(figures: GroupFigures) -> GroupFigures {
    GroupFigures { waiting: 0, ..figures }
}

fn known(figures: AgentFigures) -> AgentFigures {
    let hours = Some(figures.hours.unwrap_or_default());
    AgentFigures { hours, ..figures }
}

/// The summary of a period and the sum of its quarters, which were booked up to its end.
fn agree(summary: &Summary, tables: &Tables, quarters: std::ops::Range<Quarter>, facts: &[Line]) {
    let company = tables.company(quarters.clone());
    assert_eq!(company.line, bare(summary.total().clone()));
    let mut rows = tables.groups(quarters.clone());
    for group in groups(facts) {
        let row = rows.remove(&group).unwrap_or_default();
        assert_eq!(row.line, bare(summary.group(group)), "{group:?}");
    }
    let mut rows = tables.agents(quarters.clone());
    for agent in people(facts) {
        let row = known(rows.remove(&agent).unwrap_or_default());
        let until = if quarters == ALL { end(facts) } else { quarters.end.begins() };
        assert_eq!(row, known(summary.agent_until(agent, until)), "{agent:?}");
    }
    assert!(rows.is_empty(), "{rows:?}");
}

#[test]
fn a_summary_is_the_sum_of_its_quarters() {
    for seed in 0..DAYS {
        let facts = journal(seed);
        let mut summary = Summary::new(Limits::default());
        facts.iter().for_each(|(at, fact)| summary.fold(*at, fact));
        agree(&summary, &folded(&facts).tables_until(end(&facts)), ALL, &facts);
    }
}

#[test]
fn every_quarter_is_a_period_of_its_own() {
    let mut compared = 0;
    for seed in 0..DAYS {
        let facts = journal(seed);
        let whole = folded(&facts).tables_until(Time(end(&facts).0 + 3 * 900_000));
        let (first, last) = (Quarter::of(facts[0].0), Quarter::of(end(&facts)));
        let mut summary = Summary::new(Limits::default());
        let mut rest = facts.as_slice();
        for quarter in (first.0..=last.0).map(Quarter) {
            summary.start_period(quarter.begins());
            while let Some(((at, fact), others)) =
                rest.split_first().filter(|it| it.0.0 < quarter.ends())
            {
                summary.fold(*at, fact);
                rest = others;
            }
            // A wrap-up in which the process died is in no table, and nobody knows it yet.
            if !facts.iter().any(died) {
                agree(&summary, &whole, quarter..quarter.next(), &facts);
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "{compared} quarters are too few to say anything");
}

fn died((_, fact): &Line) -> bool {
    matches!(fact, Fact::AgentWish { by: acd::Actor::Rule, .. })
}

#[test]
fn a_fold_in_pieces_put_together_in_any_order_is_the_whole() {
    for seed in 0..DAYS {
        let facts = journal(seed);
        let whole = folded(&facts);
        let mut running = Intervals::new(Limits::default());
        let mut parts = Vec::new();
        for (nth, (at, fact)) in facts.iter().enumerate() {
            running.fold(*at, fact);
            if nth % 37 == 0 {
                parts.push(running.take_before(Quarter::of(*at)));
            } else if nth % 101 == 0 {
                parts.push(running.take_before(Quarter(u32::MAX)));
                // A saved state goes on like the fold that it was saved from.
                running = Intervals::restored(running.saved());
            }
        }
        parts.push(running.tables().clone());
        assert_eq!(Intervals::restored(running.saved()).saved(), whole.saved(), "seed {seed}");
        // Forwards, backwards, and in two heaps.
        let merged = |order: Vec<&Tables>| {
            let mut sum = Tables::default();
            order.into_iter().for_each(|part| sum.merge(part));
            sum
        };
        assert_eq!(&merged(parts.iter().collect()), whole.tables(), "seed {seed}");
        assert_eq!(&merged(parts.iter().rev().collect()), whole.tables(), "seed {seed}");
        let (even, odd): (Vec<_>, Vec<_>) =
            parts.iter().enumerate().partition(|(nth, _)| nth % 2 == 0);
        let heap = |heap: Vec<(usize, _)>| merged(heap.into_iter().map(|(_, part)| part).collect());
        let (even, odd) = (heap(even), heap(odd));
        assert_eq!(&merged(vec![&odd, &even]), whole.tables(), "seed {seed}");
        // Written down as plain numbers and read again.
        let mut read = Tables::default();
        parts.iter().flat_map(Tables::numbers).for_each(|row| read.add(row).expect("a row"));
        assert_eq!(&read, whole.tables(), "seed {seed}");
    }
}

#[test]
fn no_metric_leaves_its_range_in_any_quarter() {
    for seed in 0..DAYS {
        let facts = journal(seed);
        let tables = folded(&facts).tables_until(end(&facts));
        for quarter in tables.quarters() {
            let one = quarter..quarter.next();
            let company = tables.company(one.clone());
            in_range(&company, &format!("seed {seed}, {quarter:?}"));
            tables.groups(one.clone()).values().for_each(|tally| in_range(tally, "a group"));
            for (agent, work) in tables.agents(one.clone()) {
                fits_into_a_quarter(&work, &format!("seed {seed}, {quarter:?}, {agent:?}"));
                in_range(&Tally { work, ..Tally::default() }, "an agent");
            }
        }
    }
}

/// What stands in the sheet under a name; times are cut to whole milliseconds there.
fn in_sheet(entries: &[sheet::Entry], name: &str) -> Option<f64> {
    let found = entries.iter().find(|(it, _)| *it == name).expect("a metric");
    found.1.map(|value| match value {
        sheet::Value::Count(count) | sheet::Value::Ms(count) => count as f64,
        sheet::Value::Ratio(ratio) | sheet::Value::PerHour(ratio) => ratio,
    })
}

fn explained(
    facts: &[Line],
    figure: Figure,
    whose: (Option<GroupId>, Option<AgentId>),
) -> Option<f64> {
    let period = Period { from: Time(0), to: Time(end(facts).0 + 1) };
    let (group, agent) = whose;
    let limits = Limits::default();
    let mut explanation = Explanation::new(Question { figure, group, agent, period, limits });
    facts.iter().for_each(|(at, fact)| explanation.fold(*at, fact));
    let listed = explanation.counted.iter().map(|case| case.whole).sum::<u64>();
    assert_eq!((listed, explanation.unlisted), (explanation.whole, 0));
    let value = explanation.value()?;
    Some(if figure.id().ends_with("_ms") { value.floor() } else { value })
}

#[test]
fn every_figure_is_the_sum_of_the_calls_that_explain_it() {
    let of_line = [Figure::TimeToAnswer, Figure::Abandonment, Figure::Unattended];
    let of_agent = [
        Figure::RingToAnswer,
        Figure::RingToAnswerWithMissed,
        Figure::AnswerRate,
        Figure::Rona,
        Figure::AverageDuration,
    ];
    for seed in 0..DAYS / 3 {
        let facts = journal(seed);
        let tables = folded(&facts).tables().clone();
        let groups = tables.groups(ALL).into_iter().map(|(group, tally)| (Some(group), tally));
        for (group, tally) in groups.chain([(None, tables.company(ALL))]) {
            let entries = sheet::of_line(&tally);
            for figure in of_line {
                let told = explained(&facts, figure, (group, None));
                assert_eq!(
                    told,
                    in_sheet(&entries, &figure.id()),
                    "seed {seed}, {figure:?}, {group:?}"
                );
            }
            for (letter, formula) in Formula::ALL {
                let told = explained(&facts, Figure::ServiceLevel(formula), (group, None));
                let level = tally.line.service_level_by(formula);
                assert_eq!(told, level, "seed {seed}, {letter}, {group:?}");
            }
        }
        for ((agent, group), work) in tables.agent_groups(ALL) {
            for figure in of_agent {
                let told = explained(&facts, figure, (Some(group), Some(agent)));
                let entries = sheet::of_work(&work);
                assert_eq!(told, in_sheet(&entries, &figure.id()), "seed {seed}, {figure:?}");
            }
        }
    }
}

fn in_range(tally: &Tally, whose: &str) {
    let levels = sheet::service_levels(&tally.line).into_iter();
    assert!(levels.flat_map(|(_, level)| level).all(|it| (0.0..=1.0).contains(&it)), "{whose}");
    let hours = sheet::of_hours(&tally.work, stats::Breaks::Unpaid);
    let entries = [sheet::of_line(tally), sheet::of_work(&tally.work), hours].concat();
    for (name, value) in entries {
        if let Some(sheet::Value::Ratio(ratio)) = value {
            assert!((0.0..=1.0).contains(&ratio), "{whose}: {name} {ratio}");
        }
    }
}

/// Nobody spends more than a quarter of an hour in a quarter of an hour.
fn fits_into_a_quarter(work: &AgentFigures, whose: &str) {
    let Hours { logged_on_ms, break_ms, idle_ms, unreachable_ms } = work.hours.unwrap_or_default();
    let busy_ms = work.ringing_ms + work.talking_ms + work.holding_ms + work.wrap_up_ms;
    assert!(busy_ms + break_ms + idle_ms + unreachable_ms <= logged_on_ms, "{whose}: {work:?}");
    assert!(logged_on_ms <= stats::QUARTER_MS, "{whose}: {work:?}");
}
