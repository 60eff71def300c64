//! The board as JSON.

use acd::{Activity, Why, Wish};
use control::{AgentRow, Board, CallRow, GroupRow, ModeRow, StageRow};
use serde::Serialize;

use crate::routes::plugins::{FailureOut, PluginAtWork, TrialAtWork};

#[derive(Serialize)]
struct BoardOut<'a> {
    at_ms: u64,
    totals: TotalsOut,
    groups: Vec<GroupOut<'a>>,
    agents: Vec<AgentOut<'a>>,
    calls: Vec<CallOut<'a>>,
    mode: Option<ModeOut<'a>>,
    plugins: Vec<PluginAtWork>,
    trials: Vec<TrialAtWork>,
    failures: Vec<FailureOut>,
}

/// The mode in force.
#[derive(Serialize)]
struct ModeOut<'a> {
    mode: u64,
    name: &'a str,
    since_ms: u64,
    until_ms: Option<u64>,
    who: &'a str,
}

#[derive(Serialize)]
struct TotalsOut {
    offered: u64,
    answered: u64,
    abandoned: u64,
    waiting: u64,
    asa_ms: Option<u64>,
    /// Between 0 and 1.
    service_level: Option<f64>,
}

#[derive(Serialize)]
struct GroupOut<'a> {
    id: u64,
    name: &'a str,
    waiting: u32,
    longest_wait_since_ms: Option<u64>,
    talking: u32,
    offered: u64,
    answered: u64,
    abandoned: u64,
    service_level: Option<f64>,
    asa_ms: Option<u64>,
    agents: Counts,
    open: bool,
    by_hand: bool,
    next_turn_ms: Option<u64>,
}

/// The members of a group, each counted once.
#[derive(Default, Serialize)]
struct Counts {
    idle: u32,
    offered: u32,
    talking: u32,
    wrapup: u32,
    #[serde(rename = "break")]
    on_break: u32,
    off: u32,
    unreachable: u32,
}

#[derive(Serialize)]
struct AgentOut<'a> {
    id: u64,
    name: &'a str,
    wish: &'static str,
    reason: Option<&'a str>,
    activity: &'static str,
    since_ms: u64,
    call: Option<u64>,
    handled_today: u32,
    missed_today: u32,
    until_ms: Option<u64>,
    pending: bool,
}

#[derive(Serialize)]
struct CallOut<'a> {
    id: u64,
    caller: &'a str,
    group: u64,
    entered_ms: u64,
    stage: &'static str,
    agent: Option<u64>,
    since_ms: u64,
    priority: i32,
    place: Option<u32>,
    why: Option<WhyOut>,
    estimate_ms: Option<u64>,
    callback: bool,
}

/// Why a caller waits.
#[derive(Serialize)]
struct WhyOut {
    kind: &'static str,
    until_ms: Option<u64>,
}

/// Writes a board down.
pub(super) fn written(board: &Board) -> String {
    // Plain numbers and texts: writing them cannot fail.
    serde_json::to_string(&out(board)).unwrap_or_default()
}

/// The same for a screen that everybody sees: without callers' numbers and plugins' troubles.
pub(super) fn written_for_tv(board: &Board) -> String {
    let mut out = out(board);
    out.plugins.clear();
    out.trials.clear();
    out.failures.clear();
    for call in &mut out.calls {
        call.caller = "";
    }
    serde_json::to_string(&out).unwrap_or_default()
}

fn out(board: &Board) -> BoardOut<'_> {
    BoardOut {
        at_ms: board.at.0,
        totals: TotalsOut {
            offered: board.totals.offered,
            answered: board.totals.answered,
            abandoned: board.totals.abandoned,
            waiting: board.groups.iter().map(|group| u64::from(group.waiting)).sum(),
            asa_ms: board.totals.asa_ms(),
            service_level: board.totals.service_level(),
        },
        groups: board.groups.iter().map(|row| group(row, &board.agents)).collect(),
        agents: board.agents.iter().map(agent).collect(),
        calls: board.calls.iter().map(call).collect(),
        mode: board.mode.as_ref().map(mode),
        plugins: board.plugins.iter().map(PluginAtWork::of).collect(),
        trials: board.trials.iter().map(TrialAtWork::of).collect(),
        failures: board.failures.iter().map(FailureOut::of).collect(),
    }
}

fn mode(row: &ModeRow) -> ModeOut<'_> {
    ModeOut {
        mode: row.mode,
        name: &row.name,
        since_ms: row.since.0,
        until_ms: row.until.map(|until| until.0),
        who: &row.who,
    }
}

fn group<'a>(row: &'a GroupRow, agents: &[AgentRow]) -> GroupOut<'a> {
    let mut counts = Counts::default();
    for agent in agents.iter().filter(|agent| agent.groups.contains(&row.group)) {
        *counts.of(agent) += 1;
    }
    GroupOut {
        id: row.group.0,
        name: &row.name,
        waiting: row.waiting,
        longest_wait_since_ms: row.longest_since.map(|since| since.0),
        talking: row.talking,
        offered: row.figures.offered,
        answered: row.figures.answered,
        abandoned: row.figures.abandoned,
        service_level: row.figures.service_level(),
        asa_ms: row.figures.asa_ms(),
        agents: counts,
        open: row.open,
        by_hand: row.by_hand,
        next_turn_ms: row.next_turn.map(|turn| turn.0),
    }
}

impl Counts {
    /// Whoever is busy counts as busy whatever he wants next; then the wish, then the phone.
    fn of(&mut self, agent: &AgentRow) -> &mut u32 {
        match (agent.activity, &agent.wish) {
            (Activity::Offered, _) => &mut self.offered,
            (Activity::Talking | Activity::Outbound | Activity::Internal, _) => &mut self.talking,
            (Activity::WrapUp, _) => &mut self.wrapup,
            (Activity::Idle | Activity::Unreachable, Wish::Off) => &mut self.off,
            (Activity::Idle | Activity::Unreachable, Wish::Break { .. }) => &mut self.on_break,
            (Activity::Unreachable, Wish::On) => &mut self.unreachable,
            (Activity::Idle, Wish::On) => &mut self.idle,
        }
    }
}

fn agent(row: &AgentRow) -> AgentOut<'_> {
    let (wish, reason) = match &row.wish {
        Wish::On => ("on", None),
        Wish::Off => ("off", None),
        Wish::Break { reason } => ("break", Some(reason.as_str())),
    };
    AgentOut {
        id: row.agent.0,
        name: &row.name,
        wish,
        reason,
        activity: match row.activity {
            Activity::Idle => "idle",
            Activity::Offered => "offered",
            Activity::Talking => "talking",
            Activity::WrapUp => "wrapup",
            Activity::Outbound => "outbound",
            Activity::Internal => "internal",
            Activity::Unreachable => "unreachable",
        },
        since_ms: row.since.0,
        call: row.call.map(|call| call.0),
        handled_today: row.handled_today,
        missed_today: row.missed_today,
        until_ms: row.until.map(|until| until.0),
        pending: row.pending,
    }
}

fn call(row: &CallRow) -> CallOut<'_> {
    CallOut {
        id: row.call.0,
        caller: &row.caller,
        group: row.group.0,
        entered_ms: row.entered.0,
        stage: match row.stage {
            StageRow::Waiting => "waiting",
            StageRow::Offered => "offered",
            StageRow::Talking => "talking",
        },
        agent: row.agent.map(|agent| agent.0),
        since_ms: row.since.0,
        priority: row.priority,
        place: row.place,
        why: row.why.map(why),
        estimate_ms: row.estimate_ms,
        callback: row.callback,
    }
}

fn why(why: Why) -> WhyOut {
    let (kind, until) = match why {
        Why::AllBusy => ("all_busy", None),
        Why::NobodyOn => ("nobody_on", None),
        Why::OnBreak => ("on_break", None),
        Why::Delayed { until } => ("delayed", Some(until)),
        Why::LastAgent { until } => ("last_agent", Some(until)),
        Why::Policy { until } => ("policy", Some(until)),
        Why::Refused => ("refused", None),
        Why::Resting { until } => ("resting", Some(until)),
        Why::OutOfSeason => ("out_of_season", None),
        Why::CallingBack => ("callback_running", None),
    };
    WhyOut { kind, until_ms: until.map(|until| until.0) }
}
