//! The centre goes down and comes back with nothing but what the journal keeps.

use std::collections::BTreeMap;

use acd::{Actor, AgentId, CallId, Wish};
use centre::{Centre, Fact, Input, Keeper, KeptCallback, What};

use super::run::flow_from;
use super::workers::Workers;
use super::{CENTRE, World, config};

/// What the last run left behind.
#[derive(Debug, Default)]
pub(super) struct Journal {
    calls: BTreeMap<CallId, Keeper>,
    wishes: BTreeMap<AgentId, Wish>,
    lives: u64,
}

impl Journal {
    pub(super) fn note(&mut self, fact: &Fact) {
        let call = match &fact.what {
            What::Acd(what) => {
                if let acd::Fact::AgentWish { agent, wish, .. } = what {
                    self.wishes.insert(*agent, wish.clone());
                }
                what.call()
            }
            What::CallbackOrigin { call, .. } => Some(*call),
            What::DeviceRegistered { .. }
            | What::DeviceLost { .. }
            | What::RecordingStarted { .. }
            | What::RecordingStored { .. }
            | What::RecordingFailed { .. }
            | What::CallRejected { .. }
            | What::OfficeStarted { .. }
            | What::OfficeAnswered { .. }
            | What::OfficeEnded { .. } => None,
        };
        if let Some(call) = call {
            self.calls.entry(call).or_default().fold(fact);
        }
    }

    fn kept(&self) -> Vec<KeptCallback> {
        self.calls.values().filter_map(Keeper::kept).collect()
    }
}

impl World {
    /// Nobody is told that the old process is gone. Phones register again when they notice; here
    /// that is for the story to say (`mari's phone restarts`).
    pub(super) fn restart(&mut self) {
        self.journal.lives += 1;
        let first_call = self.journal.calls.keys().last().map_or(1, |call| call.0 + 1);
        self.centre = Centre::new(config(self.size, self.journal.lives, first_call));
        self.workers = Workers::new(self.size.relays_max);
        let plan = self.paper.publish();
        self.give(Input::PlanChanged(plan));
        for kept in self.journal.kept() {
            let flow = flow_from(kept.from.unwrap_or(CENTRE));
            self.give(Input::CallbackKept { kept: Box::new(kept), flow });
        }
        for (agent, wish) in self.journal.wishes.clone() {
            self.give(Input::Wished { agent, wish, by: Actor::Rule });
        }
    }
}
