//! Every metric by name: what reports print, and what a figure is asked for by.

use crate::{AgentFigures, Breaks, Formula, GroupFigures, Hours, Tally};

/// One metric of a sheet. `None` is no value and never 0: nothing was there to count or divide by.
pub type Entry = (&'static str, Option<Value>);

/// A figure in its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    Count(u64),
    Ms(u64),
    /// Between 0 and 1.
    Ratio(f64),
    /// So many in an hour.
    PerHour(f64),
}

/// A group, or the company ([`crate::Tables::company`]): its line, and the work for its callers.
/// The seven service levels stand apart ([`service_levels`]).
pub fn of_line(tally: &Tally) -> Vec<Entry> {
    let GroupFigures {
        offered,
        answered,
        answered_in_time,
        abandoned,
        abandoned_in_time,
        abandoned_short,
        flowed_out,
        called_back,
        callbacks_failed,
        refused,
        ..
    } = tally.line;
    let mut sheet = vec![
        count("offered", offered),
        count("answered", answered),
        count("answered_in_time", answered_in_time),
        count("abandoned", abandoned),
        count("abandoned_in_time", abandoned_in_time),
        count("abandoned_short", abandoned_short),
        count("flowed_out", flowed_out),
        count("called_back", called_back),
        count("callbacks_failed", callbacks_failed),
        count("refused", refused),
        ("asa_ms", tally.line.asa_ms().map(Value::Ms)),
        ("abandonment", tally.line.abandonment().map(Value::Ratio)),
        ("unattended", tally.line.unattended().map(Value::Ratio)),
    ];
    sheet.extend(of_handling(&tally.work));
    sheet
}

/// The seven service levels side by side, by their letters.
pub fn service_levels(line: &GroupFigures) -> [(char, Option<f64>); 7] {
    Formula::ALL.map(|(letter, formula)| (letter, line.service_level_by(formula)))
}

/// An agent's work, for one group or for all.
pub fn of_work(work: &AgentFigures) -> Vec<Entry> {
    let mut sheet = vec![
        count("offers", work.offers()),
        count("answered", work.handled),
        count("no_answer", work.missed),
        count("rejected", work.rejected),
        count("busy", work.busy),
        count("unreachable", work.unreachable),
        count("caller_left", work.caller_left),
        count("withdrawn", work.withdrawn),
        ("asa_ms", work.asa_ms().map(Value::Ms)),
        ("asa_with_missed_ms", work.asa_with_missed_ms().map(Value::Ms)),
        ("answer_rate", work.answer_rate().map(Value::Ratio)),
        ("rona", work.rona().map(Value::Ratio)),
    ];
    sheet.extend(of_handling(work));
    sheet.extend([
        count("short_talks", work.short_talks),
        count("instant_hang_ups", work.instant_hang_ups),
        count("quick_transfers", work.quick_transfers),
        count("transfers", work.transfers),
    ]);
    sheet
}

/// Where agents' time went that belongs to no group; for one agent, or the company's all together.
pub fn of_hours(work: &AgentFigures, breaks: Breaks) -> Vec<Entry> {
    let hours = |of: fn(&Hours) -> u64| work.hours.as_ref().map(of).map(Value::Ms);
    vec![
        ("logged_on_ms", hours(|it| it.logged_on_ms)),
        ("break_ms", hours(|it| it.break_ms)),
        ("idle_ms", hours(|it| it.idle_ms)),
        ("unreachable_ms", hours(|it| it.unreachable_ms)),
        ("occupancy", work.occupancy().map(Value::Ratio)),
        ("answered_per_hour", work.answered_per_hour(breaks).map(Value::PerHour)),
    ]
}

fn of_handling(work: &AgentFigures) -> [Entry; 7] {
    [
        count("talks", work.talks),
        ("talk_ms", Some(Value::Ms(work.talking_ms))),
        ("hold_ms", Some(Value::Ms(work.holding_ms))),
        ("wrap_up_ms", Some(Value::Ms(work.wrap_up_ms))),
        ("ring_ms", Some(Value::Ms(work.ringing_ms))),
        ("aht_ms", work.aht_ms().map(Value::Ms)),
        ("average_duration_ms", work.average_duration_ms().map(Value::Ms)),
    ]
}

fn count(name: &'static str, count: u64) -> Entry {
    (name, Some(Value::Count(count)))
}
