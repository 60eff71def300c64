//! Every metric of a day, as JSON and as tables to read.

use std::ops::Range;

use serde_json::{Map, Value as Json, json};
use sim::timeline::Names;
use stats::sheet::{self, Entry, Value};
use stats::{AgentFigures, Breaks, Limits, Quarter, Tables, Tally};

/// Everything is counted, however late.
const ALL: Range<Quarter> = Quarter(0)..Quarter(u32::MAX);

/// What is told of a story.
pub(super) struct Report<'a> {
    pub(super) tables: Tables,
    pub(super) names: &'a Names,
    pub(super) limits: Limits,
    pub(super) breaks: Breaks,
}

impl Report<'_> {
    /// Of everybody whom the story names, whether or not anything befell him.
    pub(super) fn json(&self) -> Json {
        let groups = self.groups();
        let groups = groups.iter().map(|(name, tally)| (name.clone(), line_object(tally, None)));
        let agents = self.agents();
        let agents = agents.iter().map(|(name, work)| {
            let entries = [sheet::of_work(work), sheet::of_hours(work, self.breaks)].concat();
            (name.clone(), Json::Object(object(&entries)))
        });
        let pairs = self.tables.agent_groups(ALL).into_iter().map(|((agent, group), work)| {
            let mut pair = object(&sheet::of_work(&work));
            pair.insert("agent".to_owned(), json!(self.names.agent(agent)));
            pair.insert("group".to_owned(), json!(self.names.group(group)));
            Json::Object(pair)
        });
        let Limits { in_time_ms, short_ms, instant_ms } = self.limits;
        json!({
            "limits": { "in_time_ms": in_time_ms, "short_ms": short_ms, "instant_ms": instant_ms },
            "tenant": line_object(&self.tables.company(ALL), Some(self.breaks)),
            "groups": groups.collect::<Map<_, _>>(),
            "agents": agents.collect::<Map<_, _>>(),
            "agent_groups": pairs.collect::<Vec<_>>(),
        })
    }

    /// Metrics down, groups and people across.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut columns = vec![("all".to_owned(), self.tables.company(ALL))];
        columns.extend(self.groups());
        let heads: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        let sheets = columns.iter().map(|(_, tally)| {
            let levels = sheet::service_levels(&tally.line).into_iter().zip(LEVELS);
            let levels = levels.map(|((_, level), name)| (name, level.map(Value::Ratio)));
            sheet::of_line(tally).into_iter().chain(levels).collect()
        });
        let mut lines = table(&heads, &sheets.collect::<Vec<_>>());
        let people = self.agents();
        let heads: Vec<&str> = people.iter().map(|(name, _)| name.as_str()).collect();
        let sheets = people
            .iter()
            .map(|(_, work)| [sheet::of_work(work), sheet::of_hours(work, self.breaks)].concat());
        lines.push(String::new());
        lines.extend(table(&heads, &sheets.collect::<Vec<_>>()));
        lines
    }

    fn groups(&self) -> Vec<(String, Tally)> {
        let mut tallies = self.tables.groups(ALL);
        let named = self.names.groups().map(|group| {
            let tally = tallies.remove(&group).unwrap_or_default();
            (self.names.group(group), tally)
        });
        named.collect()
    }

    fn agents(&self) -> Vec<(String, AgentFigures)> {
        let mut figures = self.tables.agents(ALL);
        let named = self.names.agents().map(|agent| {
            let figures = figures.remove(&agent).unwrap_or_default();
            (self.names.agent(agent), figures)
        });
        named.collect()
    }
}

/// The service levels as rows of a table, by their letters.
const LEVELS: [&str; 7] = [
    "service_level a",
    "service_level b",
    "service_level c",
    "service_level d",
    "service_level e",
    "service_level f",
    "service_level g",
];

/// `hours`: those of all agents belong to it too.
fn line_object(tally: &Tally, hours: Option<Breaks>) -> Json {
    let mut entries = sheet::of_line(tally);
    entries.extend(hours.into_iter().flat_map(|breaks| sheet::of_hours(&tally.work, breaks)));
    let mut line = object(&entries);
    let levels = sheet::service_levels(&tally.line);
    let levels = levels.map(|(letter, level)| (letter.to_string(), json!(level)));
    line.insert("service_level".to_owned(), Json::Object(levels.into_iter().collect()));
    Json::Object(line)
}

fn object(entries: &[Entry]) -> Map<String, Json> {
    let pair = |(name, value): &Entry| ((*name).to_owned(), value.map_or(Json::Null, number));
    entries.iter().map(pair).collect()
}

fn number(value: Value) -> Json {
    match value {
        Value::Count(count) => json!(count),
        Value::Ms(ms) => json!(ms),
        Value::Ratio(ratio) => json!(ratio),
        Value::PerHour(rate) => json!(rate),
    }
}

/// One line for each metric, one column for each sheet.
fn table(heads: &[&str], sheets: &[Vec<Entry>]) -> Vec<String> {
    let width = heads.iter().map(|head| head.chars().count()).max().unwrap_or(0).max(10);
    let mut lines = vec![heads.iter().fold(format!("{:<22}", ""), |mut line, head| {
        line.push_str(&format!(" {head:>width$}"));
        line
    })];
    for (nth, (name, _)) in sheets.first().into_iter().flatten().enumerate() {
        let mut line = format!("{:<22}", name.trim_end_matches("_ms"));
        for sheet in sheets {
            let shown = sheet[nth].1.map_or("—".to_owned(), words);
            line.push_str(&format!(" {shown:>width$}"));
        }
        lines.push(line);
    }
    lines
}

fn words(value: Value) -> String {
    match value {
        Value::Count(count) => count.to_string(),
        Value::Ms(ms) => format!("{:.1} s", ms as f64 / 1e3),
        Value::Ratio(ratio) => format!("{:.1} %", 100.0 * ratio),
        Value::PerHour(rate) => format!("{rate:.1} /h"),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use acd::BuiltIn;
    use sim::timeline::Timeline;
    use stats::Intervals;

    use super::*;

    /// The report of the day that was worked out by hand; `core/sim` compares every number of it.
    fn with_report<T>(read: impl FnOnce(&Report<'_>) -> T) -> T {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../stats/REFERENCE-DAY.md");
        let page = std::fs::read_to_string(page).unwrap();
        let story = page.split("```timeline\n").nth(1).unwrap().split("```").next().unwrap();
        let timeline = Timeline::parse(story).unwrap();
        let mut intervals = Intervals::new(Limits::default());
        let facts = timeline.facts(&mut BuiltIn).unwrap();
        facts.iter().for_each(|(at, fact)| intervals.fold(*at, fact));
        read(&Report {
            tables: intervals.tables_until(timeline.ends_at()),
            names: &timeline.scene().names,
            limits: Limits::default(),
            breaks: Breaks::Unpaid,
        })
    }

    #[test]
    fn the_object_tells_everybody_and_what_has_no_value_is_null() {
        let told = with_report(|report| report.json());
        assert_eq!(told["tenant"]["asa_ms"], json!(23_750));
        assert_eq!(told["groups"]["sales"]["service_level"]["e"], json!(4.0 / 6.0));
        assert_eq!(told["agents"]["jaan"]["answered_per_hour"], json!(7_200.0 / 840.0));
        let pairs = told["agent_groups"].as_array().unwrap();
        let names: Vec<_> = pairs.iter().map(|pair| [&pair["agent"], &pair["group"]]).collect();
        assert_eq!(names, [["mari", "support"], ["mari", "sales"], ["jaan", "support"]]);
        assert_eq!((&pairs[0]["busy"], &pairs[0]["asa_ms"]), (&json!(1), &Json::Null));
    }

    #[test]
    fn the_tables_have_a_column_for_everybody() {
        let lines = with_report(|report| report.lines());
        let words = |line: &String| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words(&lines[0]), ["all", "support", "sales"]);
        assert!(
            lines.iter().any(|line| words(line) == ["asa", "23.8", "s", "27.0", "s", "20.5", "s"])
        );
        assert!(lines.iter().any(|line| words(line) == ["mari", "jaan"]));
    }
}
