//! Talks that go on, so that hold can be told from talk and a transfer from a farewell.

use std::collections::BTreeMap;

use acd::{AgentId, CallId, Side, Time};

/// What is known of the talks until they are booked.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Talks {
    going_on: BTreeMap<CallId, Talk>,
    /// The short talk that the agent ended last, until it is known whether he handed it on.
    ended_short: BTreeMap<AgentId, CallId>,
}

/// One talk.
#[derive(Clone, Debug, Default, PartialEq)]
struct Talk {
    held_ms: u64,
    /// Who holds now, at most both sides, and when the first of them began: two who hold at once
    /// hold once.
    holders: Vec<Side>,
    since: Option<Time>,
}

impl Talks {
    pub(crate) fn held(&mut self, at: Time, call: CallId, by: Side) {
        let talk = self.going_on.entry(call).or_default();
        talk.holders.push(by);
        talk.since.get_or_insert(at);
    }

    pub(crate) fn resumed(&mut self, at: Time, call: CallId, by: Side) {
        let Some(talk) = self.going_on.get_mut(&call) else { return };
        talk.holders.retain(|&side| side != by);
        if talk.holders.is_empty()
            && let Some(since) = talk.since.take()
        {
            talk.held_ms += at.0.saturating_sub(since.0);
        }
    }

    /// The talk is over; answers how long it was on hold.
    pub(crate) fn ended(&mut self, call: CallId) -> u64 {
        self.going_on.remove(&call).map_or(0, |talk| talk.held_ms)
    }

    /// Keeps or forgets which short talk the agent ended last.
    pub(crate) fn note(&mut self, agent: AgentId, ended_short: Option<CallId>) {
        match ended_short {
            Some(call) => self.ended_short.insert(agent, call),
            None => self.ended_short.remove(&agent),
        };
    }

    /// Whether the talk that he handed on was a short one.
    pub(crate) fn handed_on_short(&mut self, agent: AgentId, call: CallId) -> bool {
        self.ended_short.remove(&agent) == Some(call)
    }
}
