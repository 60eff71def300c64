//! How facts become a call's row. The same fold writes the cache and rebuilds it.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};

use acd::{AgentId, CallId, Fact, GroupId, Leave, Office};
use centre::{OfficeOutcome, What};

use crate::call::{Call, CallKind, CallOutcome};

/// What one fact does to the row of its call.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Arrived { group: GroupId, number: String, caller: String },
    Entered { group: GroupId },
    Refused,
    Diverted,
    Left { leave: Leave, waited_ms: u64 },
    TalkStarted { agent: AgentId },
    TalkEnded { talked_ms: u64 },
    CallbackAsked,
    CallbackEnded,
    OfficeStarted { kind: CallKind, agent: AgentId, number: String, caller: String },
    OfficeAnswered,
    OfficeEnded { outcome: CallOutcome, talked_ms: u64 },
}

impl Step {
    /// Most facts do nothing to the row.
    pub(crate) fn of(what: &What) -> Option<Step> {
        let fact = match what {
            What::Acd(fact) => fact,
            What::OfficeStarted { agent, with, to, number, caller, .. } => {
                let kind = match with {
                    Office::Internal => CallKind::Internal,
                    Office::Outbound => CallKind::Outbound,
                };
                let (agent, number, caller) =
                    (to.unwrap_or(*agent), number.clone(), caller.clone());
                return Some(Step::OfficeStarted { kind, agent, number, caller });
            }
            What::OfficeAnswered { .. } => return Some(Step::OfficeAnswered),
            What::OfficeEnded { outcome, talked_ms, .. } => {
                let (outcome, talked_ms) = (outcome_of(*outcome), *talked_ms);
                return Some(Step::OfficeEnded { outcome, talked_ms });
            }
            What::DeviceRegistered { .. }
            | What::DeviceLost { .. }
            | What::RecordingStarted { .. }
            | What::RecordingStored { .. }
            | What::RecordingFailed { .. }
            | What::CallbackOrigin { .. }
            | What::CallRejected { .. } => return None,
        };
        match fact {
            Fact::CallArrived { group, number, caller, .. } => {
                let (number, caller) = (number.clone(), caller.clone());
                Some(Step::Arrived { group: *group, number, caller })
            }
            Fact::QueueRefused { .. } => Some(Step::Refused),
            Fact::QueueLeft { leave, waited_ms, .. } => {
                Some(Step::Left { leave: *leave, waited_ms: *waited_ms })
            }
            Fact::TalkStarted { agent, .. } => Some(Step::TalkStarted { agent: *agent }),
            Fact::TalkEnded { talked_ms, .. } => Some(Step::TalkEnded { talked_ms: *talked_ms }),
            Fact::QueueEntered { group, .. } => Some(Step::Entered { group: *group }),
            Fact::CallDiverted { .. } => Some(Step::Diverted),
            Fact::CallbackAsked { .. } => Some(Step::CallbackAsked),
            Fact::CallbackEnded { .. } => Some(Step::CallbackEnded),
            Fact::RouteDecided { .. }
            | Fact::OfferSent { .. }
            | Fact::OfferRinging { .. }
            | Fact::OfferEnded { .. }
            | Fact::HoldStarted { .. }
            | Fact::HoldEnded { .. }
            | Fact::WrapUpStarted { .. }
            | Fact::WrapUpEnded { .. }
            | Fact::AgentWish { .. }
            | Fact::AgentActivity { .. }
            | Fact::QueueMoved { .. }
            | Fact::WaitAnnounced { .. }
            | Fact::CallbackTried { .. }
            | Fact::TransferDone { .. }
            | Fact::GroupTurned { .. }
            | Fact::LoanEnded { .. }
            | Fact::PlanChanged { .. } => None,
        }
    }
}

/// The rows of calls that have not ended, as the journal has them so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct OpenCalls {
    rows: BTreeMap<CallId, Call>,
    /// Calls that have just ended, by when: a talk that is handed on ends and waits again in the
    /// same moment, but the two facts may stand in two batches.
    ended: VecDeque<(u64, CallId)>,
}

/// For so long an ended call may still go on.
const GOES_ON_MS: u64 = 5_000;

/// The rows that a batch has changed; part of the truth only once the batch is committed.
#[derive(Debug, Default)]
pub(crate) struct Touched(BTreeMap<CallId, Call>);

impl OpenCalls {
    pub(crate) fn of(calls: Vec<Call>) -> OpenCalls {
        let rows = calls.into_iter().map(|call| (call.id, call)).collect();
        OpenCalls { rows, ended: VecDeque::new() }
    }

    /// Calls that have not ended, in the order of their ids.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Call> {
        self.rows.values().filter(|call| call.ended_ms.is_none())
    }

    /// Takes the rows of a committed batch over.
    pub(crate) fn accept(&mut self, touched: Touched) {
        for (id, call) in touched.0 {
            if let Some(ended_ms) = call.ended_ms {
                self.ended.push_back((ended_ms, id));
            }
            self.rows.insert(id, call);
        }
        let newest_ms = self.ended.back().map_or(0, |(ended_ms, _)| *ended_ms);
        while let Some((ended_ms, id)) = self.ended.front().copied() {
            if ended_ms + GOES_ON_MS > newest_ms {
                break;
            }
            self.ended.pop_front();
            if self.rows.get(&id).is_some_and(|call| call.ended_ms == Some(ended_ms)) {
                self.rows.remove(&id);
            }
        }
    }
}

impl Touched {
    /// Applies one step. A step of a call that never arrived has no row to change.
    pub(crate) fn apply(&mut self, open: &OpenCalls, at_ms: u64, call: u64, step: &Step) {
        let id = CallId(call);
        if let Step::Arrived { group, number, caller } = step {
            self.0.insert(id, arrived(id, at_ms, Some(*group), (number, caller)));
            return;
        }
        if let Step::OfficeStarted { kind, agent, number, caller } = step {
            let (kind, agent) = (*kind, Some(*agent));
            let row = arrived(id, at_ms, None, (number, caller));
            self.0.insert(id, Call { kind, agent, ..row });
            return;
        }
        let row = match self.0.entry(id) {
            Entry::Occupied(row) => row.into_mut(),
            Entry::Vacant(place) => match open.rows.get(&id) {
                Some(row) => place.insert(row.clone()),
                None => return,
            },
        };
        change(row, at_ms, step);
    }

    pub(crate) fn rows(&self) -> Vec<&Call> {
        self.0.values().collect()
    }
}

fn arrived(id: CallId, at_ms: u64, group: Option<GroupId>, (number, caller): (&str, &str)) -> Call {
    Call {
        id,
        kind: CallKind::Group,
        arrived_ms: at_ms,
        caller: caller.to_owned(),
        number: number.to_owned(),
        group,
        agent: None,
        outcome: CallOutcome::Waiting,
        waited_ms: 0,
        talked_ms: 0,
        ended_ms: None,
        recording: false,
    }
}

fn change(row: &mut Call, at_ms: u64, step: &Step) {
    match step {
        // Make the row; never change one.
        Step::Arrived { .. } | Step::OfficeStarted { .. } => {}
        Step::Entered { group } => {
            let outcome = match is_callback(row) {
                true => CallOutcome::Callback,
                false => CallOutcome::Waiting,
            };
            (row.group, row.outcome, row.ended_ms) = (Some(*group), outcome, None);
        }
        Step::Refused => (row.outcome, row.ended_ms) = (CallOutcome::Refused, Some(at_ms)),
        Step::Diverted => (row.outcome, row.ended_ms) = (CallOutcome::Diverted, Some(at_ms)),
        Step::Left { leave, waited_ms } => {
            let kept_place = is_callback(row);
            row.waited_ms = *waited_ms;
            let (outcome, ended_ms) = match leave {
                Leave::Answered => (CallOutcome::Answered, None),
                Leave::Abandoned => (CallOutcome::Abandoned, Some(at_ms)),
                Leave::Refused => (CallOutcome::Refused, Some(at_ms)),
                Leave::TimedOut => (CallOutcome::TimedOut, Some(at_ms)),
                Leave::CalledBack => (CallOutcome::CalledBack, None),
                Leave::CallbackFailed => (CallOutcome::CallbackEnded, Some(at_ms)),
                // Moved, which `Entered` says, or given up for a new call of his.
                Leave::Overflow | Leave::Key | Leave::Moved if kept_place => {
                    (CallOutcome::CallbackEnded, Some(at_ms))
                }
                // Into another line, or out to another number: `Entered` or `Diverted` says which.
                Leave::Overflow | Leave::Key | Leave::Moved => (CallOutcome::Waiting, None),
            };
            (row.outcome, row.ended_ms) = (outcome, ended_ms);
        }
        Step::TalkStarted { agent } => row.agent = Some(*agent),
        Step::TalkEnded { talked_ms } => {
            row.talked_ms += talked_ms;
            row.ended_ms = Some(at_ms);
        }
        Step::CallbackAsked => (row.outcome, row.ended_ms) = (CallOutcome::Callback, None),
        Step::CallbackEnded => {
            (row.outcome, row.ended_ms) = (CallOutcome::CallbackEnded, Some(at_ms));
        }
        Step::OfficeAnswered => {
            row.waited_ms = at_ms.saturating_sub(row.arrived_ms);
            row.outcome = CallOutcome::Answered;
        }
        Step::OfficeEnded { outcome, talked_ms } => {
            if *outcome != CallOutcome::Answered {
                row.waited_ms = at_ms.saturating_sub(row.arrived_ms);
            }
            (row.outcome, row.talked_ms, row.ended_ms) = (*outcome, *talked_ms, Some(at_ms));
        }
    }
}

/// In the words of all calls; the journal says it in those of the office.
fn outcome_of(outcome: OfficeOutcome) -> CallOutcome {
    match outcome {
        OfficeOutcome::Answered => CallOutcome::Answered,
        OfficeOutcome::Cancelled => CallOutcome::Abandoned,
        OfficeOutcome::NoAnswer => CallOutcome::TimedOut,
        OfficeOutcome::Busy | OfficeOutcome::Rejected | OfficeOutcome::Unreachable => {
            CallOutcome::Refused
        }
    }
}

/// Keeps his place, or did until this moment: moved from group to group he still does.
fn is_callback(row: &Call) -> bool {
    matches!(row.outcome, CallOutcome::Callback | CallOutcome::CallbackEnded)
}
