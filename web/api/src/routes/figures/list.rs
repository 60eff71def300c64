//! Every metric over some days, by whatever one wants to compare.

use std::collections::BTreeMap;

use acd::{AgentId, Day, GroupId};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};
use stats::sheet::{self, Entry, Value};
use stats::{Breaks, Cell, Date, Limits, Place, Quarter, Tables, Tally};
use store::zone_of;
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::body::Asked;
use crate::code::Code;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// A year and the day after it: what anybody compares. More would be read for minutes.
const SPAN_MS_MAX: u64 = 367 * 86_400_000;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FiguresAsked {
    /// The first day (`2026-03-02`), in the time zone of the calendars.
    from: String,
    /// The last day, which counts too.
    to: String,
    /// `company`, `group`, `agent`, `agent_group`, `hour` (of the day) or `day`.
    by: By,
    /// Only this group's.
    group: Option<u64>,
    /// Only this agent's work and hours.
    agent: Option<u64>,
}

#[derive(Clone, Copy, Deserialize, Eq, PartialEq, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum By {
    Company,
    Group,
    Agent,
    AgentGroup,
    Hour,
    Day,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Figures)]
pub(crate) struct FiguresOut {
    /// By whose clocks days and hours are.
    zone: String,
    limits: LimitsOut,
    /// In the order of what they are by; whoever had nothing is not there.
    rows: Vec<FigureRow>,
}

/// By which limits was counted.
#[derive(Serialize, ToSchema)]
struct LimitsOut {
    /// T: an answer within this time is in time.
    in_time_ms: u64,
    /// s: whoever hangs up sooner did not mean to wait.
    short_ms: u64,
    /// m: a talk below this is short.
    instant_ms: u64,
}

#[derive(Serialize, ToSchema)]
struct FigureRow {
    #[schema(required)]
    group: Option<u64>,
    #[schema(required)]
    agent: Option<u64>,
    /// From 0 to 23. One that the clocks repeat is counted twice.
    #[schema(required)]
    hour: Option<u8>,
    /// `2026-03-02`.
    #[schema(required)]
    day: Option<String>,
    /// Of lines: the seven formulas side by side.
    #[schema(required)]
    service_level: Option<ServiceLevels>,
    /// Metrics by name: counts, milliseconds (`…_ms`), or shares between 0 and 1; `null` is no
    /// value, which is never 0.
    #[schema(value_type = Object)]
    figures: Map<String, serde_json::Value>,
}

/// A answered, B abandoned, F flowed out; T within the time limit, s within the short one.
#[derive(Serialize, ToSchema)]
struct ServiceLevels {
    /// `A_T / A`
    #[schema(required)]
    a: Option<f64>,
    /// `A_T / (A + B)`: the strict one.
    #[schema(required)]
    b: Option<f64>,
    /// `A_T / (A + B − B_s)`
    #[schema(required)]
    c: Option<f64>,
    /// `A_T / (A + B − B_T)`
    #[schema(required)]
    d: Option<f64>,
    /// `(A_T + B_T) / (A + B)`
    #[schema(required)]
    e: Option<f64>,
    /// `(A_T + B_s) / (A + B)`
    #[schema(required)]
    f: Option<f64>,
    /// `A_T / (A + B + F)`
    #[schema(required)]
    g: Option<f64>,
}

/// What a row is of.
type Key = (Option<GroupId>, Option<AgentId>, Option<u8>, Option<Date>);

/// Figures from the journal's first fact to its last minute.
#[utoipa::path(get, path = "/figures", tag = "figures", operation_id = "list_figures",
    params(FiguresAsked), responses((status = 200, body = FiguresOut), Problem))]
pub(crate) async fn list(
    State(app): State<App>,
    _: Administrator,
    Asked(asked): Asked<FiguresAsked>,
) -> Result<Json<FiguresOut>, Problem> {
    let zone = zone_of(&app.tenant.calendars().await?).to_owned();
    let day = |pointer, name: &str| {
        Day::of(&zone, name).map_err(|_| Problem::unacceptable(pointer, Code::NotADay))
    };
    let (from, to) = (day("/from", &asked.from)?.from, day("/to", &asked.to)?.until);
    if to.0.saturating_sub(from.0) > SPAN_MS_MAX {
        return Err(Problem::unacceptable("/to", Code::TooMany));
    }
    let tables = app.tenant.intervals(Quarter::between(from, to)).await?;
    let sums = summed(&tables, &Place::new(&zone)?, &asked);
    let rows = sums.into_iter().map(|(key, tally)| row(key, tally, &asked)).collect();
    // The switch counts by these.
    let Limits { in_time_ms, short_ms, instant_ms } = Limits::default();
    Ok(Json(FiguresOut { zone, limits: LimitsOut { in_time_ms, short_ms, instant_ms }, rows }))
}

fn summed(tables: &Tables, place: &Place, asked: &FiguresAsked) -> BTreeMap<Key, Tally> {
    let (group, agent) = (asked.group.map(GroupId), asked.agent.map(AgentId));
    tables.sum_by(Quarter(0)..Quarter(u32::MAX), place, |cell: &Cell| {
        let wanted = group.is_none_or(|group| cell.group == Some(group))
            && agent.is_none_or(|agent| cell.agent == Some(agent));
        if !wanted {
            return None;
        }
        match asked.by {
            By::Company => Some((None, None, None, None)),
            By::Group => cell.group.map(|group| (Some(group), None, None, None)),
            By::Agent => cell.agent.map(|agent| (None, Some(agent), None, None)),
            By::AgentGroup => {
                let pair = cell.group.zip(cell.agent);
                pair.map(|(group, agent)| (Some(group), Some(agent), None, None))
            }
            By::Hour => Some((None, None, Some(cell.wall.hour), None)),
            By::Day => Some((None, None, None, Some(cell.wall.date))),
        }
    })
}

fn row((group, agent, hour, day): Key, tally: Tally, asked: &FiguresAsked) -> FigureRow {
    let of_agent = agent.is_some() || asked.agent.is_some();
    let of_group = group.is_some() || asked.group.is_some();
    // Over all groups a caller who went from one to the next is one caller.
    let line = if of_group { tally.line } else { tally.line.of_all_groups() };
    let tally = Tally { line, ..tally };
    let mut entries = if of_agent { sheet::of_work(&tally.work) } else { sheet::of_line(&tally) };
    if !of_group {
        entries.extend(sheet::of_hours(&tally.work, Breaks::default()));
    }
    FigureRow {
        group: group.map(|group| group.0),
        agent: agent.map(|agent| agent.0),
        hour,
        day: day.map(|day| day.to_string()),
        service_level: (!of_agent).then(|| levels(&tally)),
        figures: entries.into_iter().map(figure).collect(),
    }
}

fn levels(tally: &Tally) -> ServiceLevels {
    let [a, b, c, d, e, f, g] = sheet::service_levels(&tally.line).map(|(_, level)| level);
    ServiceLevels { a, b, c, d, e, f, g }
}

fn figure((name, value): Entry) -> (String, serde_json::Value) {
    let value = value.map(|value| match value {
        Value::Count(count) => json!(count),
        Value::Ms(ms) => json!(ms),
        Value::Ratio(ratio) => json!(ratio),
        Value::PerHour(rate) => json!(rate),
    });
    (name.to_owned(), value.unwrap_or_default())
}
