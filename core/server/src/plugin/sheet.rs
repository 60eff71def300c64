//! What `ladus plugin day` prints: three columns side by side, or one JSON object.

use control::{Lived, Replayed};
use serde_json::{Value, json};
use stats::Spread;

const COLUMNS: [&str; 3] = ["as it was", "as it is now", "with the plugin"];

/// What stands above the columns.
pub(super) struct Sheet<'a> {
    pub(super) day: &'a str,
    pub(super) zone: &'a str,
    pub(super) plugin: &'a str,
    pub(super) groups: Vec<String>,
    /// Decisions in which the plugin failed; once it is suspended it is not asked any more.
    pub(super) failures: u64,
}

pub(super) fn object(sheet: &Sheet, Replayed { was, now, tried }: &Replayed) -> Value {
    json!({
        "day": sheet.day,
        "zone": sheet.zone,
        "plugin": sheet.plugin,
        "groups": sheet.groups,
        "failures": sheet.failures,
        "was": column(was),
        "now": column(now),
        "tried": column(tried),
    })
}

fn column(lived: &Lived) -> Value {
    let (figures, decisions) = (&lived.figures, &lived.decisions);
    let agents = lived.agents.iter().map(|it| {
        json!({
            "agent": it.agent.0,
            "name": it.name,
            "handled": it.figures.handled,
            "talked_ms": it.figures.talked_ms,
        })
    });
    json!({
        "offered": figures.offered,
        "answered": figures.answered,
        "abandoned": figures.abandoned,
        "refused": figures.refused,
        "waiting": figures.waiting,
        "asa_ms": figures.asa_ms(),
        "service_level": figures.service_level(),
        "unattended": figures.unattended(),
        "agents": agents.collect::<Vec<_>>(),
        "calls": spread(lived.calls()),
        "talk_ms": spread(lived.talk()),
        "decisions": {
            "taken": decisions.taken,
            "stepped_in": decisions.stepped_in,
            "why": decisions.why,
            "us_p50": decisions.us_p50,
            "us_p99": decisions.us_p99,
        },
    })
}

fn spread(spread: Spread) -> Value {
    json!({
        "least": spread.least,
        "most": spread.most,
        "most_to_least": spread.most_to_least(),
        "variation": spread.variation,
    })
}

pub(super) fn sheet(sheet: &Sheet, replayed: &Replayed) -> String {
    let Sheet { day, zone, plugin, groups, .. } = sheet;
    let columns = [&replayed.was, &replayed.now, &replayed.tried];
    let mut lines = vec![format!("{plugin} on {day} ({zone}) for {}", groups.join(", "))];
    lines.push(row("", COLUMNS.map(str::to_owned)));
    for (name, of) in rows() {
        lines.push(row(name, columns.map(of)));
    }
    lines.push(format!("\nThe plugin failed {} times.", sheet.failures));
    if let Some(why) = &replayed.tried.decisions.why {
        lines.push(format!("Why the built-in order stepped in last: {why}."));
    }
    lines.push(String::from("\ncalls, minutes of talk"));
    for (name, loads) in loads(columns) {
        lines.push(row(&name, loads));
    }
    lines.push(ASSUMED.to_owned());
    lines.join("\n")
}

const ASSUMED: &str = "
Lived again: a caller who hung up has the patience he had then; a talk lasts as long, whoever has
it; agents answer and wrap up as long as they did on average, and miss nothing; nobody presses keys
or is transferred; what was sent along with a call is not known. The plan is that of today.
Variation: standard deviation over mean of the agents who were there; 0 is even.";

type Of = fn(&Lived) -> String;

fn rows() -> [(&'static str, Of); 14] {
    [
        ("offered", |it| it.figures.offered.to_string()),
        ("answered", |it| it.figures.answered.to_string()),
        ("gave up", |it| it.figures.abandoned.to_string()),
        ("turned away", |it| it.figures.refused.to_string()),
        ("time to answer", |it| {
            none_or(it.figures.asa_ms(), |ms| format!("{:.1} s", ms as f64 / 1e3))
        }),
        ("answered in 20 s", |it| percent(it.figures.service_level())),
        ("unattended", |it| percent(it.figures.unattended())),
        ("decisions", |it| it.decisions.taken.to_string()),
        ("  built-in order instead", |it| it.decisions.stepped_in.to_string()),
        ("  µs, p50 and p99", |it| {
            let times = it.decisions.us_p50.zip(it.decisions.us_p99);
            none_or(times, |(p50, p99)| format!("{p50} {p99}"))
        }),
        ("calls, least to most", |it| format!("{} to {}", it.calls().least, it.calls().most)),
        ("  variation", |it| variation(it.calls())),
        ("talk min, least to most", |it| {
            format!("{:.1} to {:.1}", minutes(it.talk().least), minutes(it.talk().most))
        }),
        ("  variation", |it| variation(it.talk())),
    ]
}

/// Everybody who is in one of the columns, with what he has in each.
fn loads(columns: [&Lived; 3]) -> Vec<(String, [String; 3])> {
    let all = columns.iter().flat_map(|it| it.agents.iter().map(|it| (it.agent, it.name.clone())));
    let all: std::collections::BTreeMap<_, _> = all.collect();
    let load = |agent| {
        columns.map(|it| {
            let load = it.agents.iter().find(|it| it.agent == agent).map(|it| &it.figures);
            none_or(load, |it| format!("{} {:.1}", it.handled, minutes(it.talked_ms)))
        })
    };
    all.into_iter().map(|(agent, name)| (name, load(agent))).collect()
}

fn row(name: &str, [was, now, tried]: [String; 3]) -> String {
    format!("{name:<26}{was:>16}{now:>16}{tried:>16}").trim_end().to_owned()
}

fn none_or<T>(value: Option<T>, words: impl Fn(T) -> String) -> String {
    value.map_or("none".to_owned(), words)
}

fn percent(share: Option<f64>) -> String {
    none_or(share, |share| format!("{:.1} %", 100.0 * share))
}

fn variation(spread: Spread) -> String {
    none_or(spread.variation, |it| format!("{it:.2}"))
}

fn minutes(ms: u64) -> f64 {
    ms as f64 / 60_000.0
}
