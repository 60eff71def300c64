//! The phones as they ring and talk if every action is done.

use std::collections::BTreeSet;

use acd::{Action, AgentId, CallId, Event, Stage};

use crate::reference::Judged;
use crate::reference::board::Board;

#[derive(Debug, Default)]
pub(super) struct Phones {
    ringing: BTreeSet<(AgentId, CallId)>,
    talking: BTreeSet<(AgentId, CallId)>,
    /// Agents on the line while a caller is called back.
    calling: BTreeSet<(AgentId, CallId)>,
    /// The caller of this callback has just picked up.
    reached: Option<CallId>,
    /// An agent has picked up: he must be connected or hung up before the moment is over.
    picked_up: Option<(AgentId, CallId)>,
    /// The phone that has just refused its offer. It is silent already, but may be told to stop:
    /// when its ring time passed in this very moment.
    refused: Option<(AgentId, CallId)>,
    /// Agents whose phone is not registered: nothing rings there.
    lost: BTreeSet<AgentId>,
}

impl Phones {
    /// A phone that will not take an offer does not ring any more; one that is picked up waits for
    /// somebody to speak.
    pub(super) fn hear(&mut self, event: &Event) {
        (self.refused, self.reached) = (None, None);
        if let Event::CallerReached { call } = event {
            self.reached = Some(*call);
        }
        if let Event::AgentLeft { agent, call, .. } = event {
            self.calling.remove(&(*agent, *call));
        }
        if let Event::OfferFailed { agent, call, .. } = event {
            self.refused = Some((*agent, *call)).filter(|pair| self.ringing.remove(pair));
        }
        if let Event::AgentReachable { agent, reachable } = event {
            let _ = if *reachable { self.lost.remove(agent) } else { self.lost.insert(*agent) };
        }
        if let Event::OfferAnswered { agent, call } = event {
            let pair = (*agent, *call);
            let known = self.talking.contains(&pair) || self.calling.contains(&pair);
            self.picked_up = (!known).then_some(pair);
        }
    }

    pub(super) fn act(&mut self, action: &Action) -> Judged {
        let right = match *action {
            Action::Ring { agent, call } => {
                let mut all = self.ringing.iter().chain(&self.talking).chain(&self.calling);
                let clash = all.any(|&(its, other)| its == agent || other == call);
                !clash && self.ringing.insert((agent, call))
            }
            Action::StopRinging { agent, call } => {
                let pair = (agent, call);
                self.ringing.remove(&pair) || self.refused == Some(pair)
            }
            Action::Connect { agent, call } => {
                let pair = (agent, call);
                let called_back = self.reached == Some(call) && self.calling.remove(&pair);
                let answered = called_back
                    || (self.picked_up.take() == Some(pair) && self.ringing.remove(&pair));
                answered && self.talking.insert(pair)
            }
            Action::HangUpCaller { call } => {
                // The talk is over, or he waited, or is not called back any more.
                let pair = self.talking.iter().find(|&&(_, other)| other == call).copied();
                let talked = pair.is_some_and(|pair| self.talking.remove(&pair));
                talked || !self.ringing.iter().any(|&(_, other)| other == call)
            }
            Action::WaitAgain { call } => {
                self.talking.retain(|&(_, other)| other != call);
                true
            }
            Action::CallBack { agent, call, .. } => {
                let pair = (agent, call);
                let answered = self.picked_up.take() == Some(pair);
                answered && self.ringing.remove(&pair) && self.calling.insert(pair)
            }
            // Either the talk ends, or the agent answered too late.
            Action::HangUpAgent { agent, call } => {
                let pair = (agent, call);
                let ended = self.talking.remove(&pair) || self.calling.remove(&pair);
                ended || self.picked_up.take() == Some(pair)
            }
            Action::Refuse { call, .. }
            | Action::LetGo { call, .. }
            | Action::Divert { call, .. }
            | Action::Announce { call, .. } => {
                let mut all = self.ringing.iter().chain(&self.talking).chain(&self.calling);
                !all.any(|&(_, other)| other == call)
            }
        };
        if right { Ok(()) } else { Err(format!("cannot be done now: {action:?}")) }
    }

    /// Nobody rings or talks but those of whom the journal says so.
    pub(super) fn agree_with(&self, board: &Board) -> Judged {
        if let Some(pair) = self.ringing.iter().find(|(agent, _)| self.lost.contains(agent)) {
            return Err(format!("rings at a lost phone: {pair:?}"));
        }
        let mut ringing = BTreeSet::new();
        let mut talking = BTreeSet::new();
        let mut calling = BTreeSet::new();
        let calls_back = |agent: AgentId| board.agents.get(&agent).is_some_and(|it| it.calls_back);
        for (&id, call) in &board.calls {
            match call.stage {
                Stage::Waiting => false,
                Stage::Offered { agent } if calls_back(agent) => calling.insert((agent, id)),
                Stage::Offered { agent } => ringing.insert((agent, id)),
                Stage::Talking { agent, .. } => talking.insert((agent, id)),
            };
        }
        let agreed =
            (&ringing, &talking, &calling) == (&self.ringing, &self.talking, &self.calling);
        if agreed && self.picked_up.is_none() {
            return Ok(());
        }
        Err(format!("the journal says {ringing:?} ring and {talking:?} talk; in truth {self:?}"))
    }
}
