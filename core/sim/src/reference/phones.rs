//! The phones as they ring and talk if every action is done.

use std::collections::BTreeSet;

use acd::{Action, AgentId, CallId, Event, Stage};

use crate::reference::Judged;
use crate::reference::board::Board;

#[derive(Debug, Default)]
pub(super) struct Phones {
    ringing: BTreeSet<(AgentId, CallId)>,
    talking: BTreeSet<(AgentId, CallId)>,
}

impl Phones {
    /// A phone that will not take an offer does not ring any more.
    pub(super) fn hear(&mut self, event: &Event) {
        if let Event::OfferFailed { agent, call, .. } = event {
            self.ringing.remove(&(*agent, *call));
        }
    }

    pub(super) fn act(&mut self, action: &Action, event: &Event) -> Judged {
        let right = match *action {
            Action::Ring { agent, call } => {
                let mut all = self.ringing.iter().chain(&self.talking);
                let clash = all.any(|&(its, other)| its == agent || other == call);
                !clash && self.ringing.insert((agent, call))
            }
            Action::StopRinging { agent, call } => self.ringing.remove(&(agent, call)),
            Action::Connect { agent, call } => {
                self.ringing.remove(&(agent, call)) && self.talking.insert((agent, call))
            }
            Action::HangUpCaller { call } => {
                let pair = self.talking.iter().find(|&&(_, other)| other == call).copied();
                pair.is_some_and(|pair| self.talking.remove(&pair))
            }
            // Either the talk ends, or the agent answered too late.
            Action::HangUpAgent { agent, call } => {
                let late = *event == Event::OfferAnswered { agent, call };
                self.talking.remove(&(agent, call)) || late
            }
            Action::Refuse { call, .. } => {
                let mut all = self.ringing.iter().chain(&self.talking);
                !all.any(|&(_, other)| other == call)
            }
        };
        if right { Ok(()) } else { Err(format!("cannot be done now: {action:?}")) }
    }

    /// Nobody rings or talks but those of whom the journal says so.
    pub(super) fn agree_with(&self, board: &Board) -> Judged {
        let mut ringing = BTreeSet::new();
        let mut talking = BTreeSet::new();
        for (&id, call) in &board.calls {
            match call.stage {
                Stage::Waiting => false,
                Stage::Offered { agent } => ringing.insert((agent, id)),
                Stage::Talking { agent, .. } => talking.insert((agent, id)),
            };
        }
        if (&ringing, &talking) == (&self.ringing, &self.talking) {
            return Ok(());
        }
        Err(format!("the journal says {ringing:?} ring and {talking:?} talk; in truth {self:?}"))
    }
}
