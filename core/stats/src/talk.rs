//! Talks that go on, so that hold can be told from talk and a transfer from a farewell.

use std::collections::BTreeMap;

use acd::{AgentId, CallId, GroupId, Side, Time};

use crate::ledger::Stretch;

/// What is known of the talks until they are booked.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Talks {
    pub(crate) going_on: BTreeMap<CallId, Talk>,
    /// The short talk that the agent ended last, until it is known whether he handed it on.
    pub(crate) ended_short: BTreeMap<AgentId, CallId>,
}

/// One talk.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Talk {
    /// Whose it is and since when; `None` when the fold began in the middle of it.
    pub(crate) begun: Option<(GroupId, AgentId, Time)>,
    /// The holds that are over, in order: a talk has no more of them than its journal has facts.
    pub(crate) holds: Vec<Stretch>,
    /// Who holds now, at most both sides, and when the first of them began: two who hold at once
    /// hold once.
    pub(crate) holders: Vec<Side>,
    pub(crate) since: Option<Time>,
}

impl Talk {
    /// How long it was on hold, the hold that goes on at `to` included.
    pub(crate) fn held_ms(&self, to: Time) -> u64 {
        self.holds(to).map(Stretch::ms).sum()
    }

    /// What of `whole` was talk (`false`) and what was hold (`true`), in order.
    pub(crate) fn pieces(&self, whole: Stretch) -> Vec<(Stretch, bool)> {
        let mut pieces = Vec::new();
        let mut from = whole.from;
        for hold in self.holds(whole.to) {
            let hold = Stretch { from: hold.from.max(from), to: hold.to.min(whole.to) };
            if hold.ms() > 0 {
                pieces.push((Stretch { from, to: hold.from }, false));
                pieces.push((hold, true));
                from = hold.to;
            }
        }
        pieces.push((Stretch { from, to: whole.to }, false));
        pieces
    }

    fn holds(&self, to: Time) -> impl Iterator<Item = Stretch> {
        let open = self.since.map(|from| Stretch { from, to });
        self.holds.iter().copied().chain(open)
    }
}

impl Talks {
    pub(crate) fn started(&mut self, at: Time, call: CallId, group: GroupId, agent: AgentId) {
        let talk = Talk { begun: Some((group, agent, at)), ..Talk::default() };
        self.going_on.insert(call, talk);
    }

    pub(crate) fn held(&mut self, at: Time, call: CallId, by: Side) {
        let talk = self.going_on.entry(call).or_default();
        talk.holders.push(by);
        talk.since.get_or_insert(at);
    }

    pub(crate) fn resumed(&mut self, at: Time, call: CallId, by: Side) {
        let Some(talk) = self.going_on.get_mut(&call) else { return };
        talk.holders.retain(|&side| side != by);
        if talk.holders.is_empty()
            && let Some(from) = talk.since.take()
        {
            talk.holds.push(Stretch { from, to: at });
        }
    }

    /// The talk is over; answers what is known of it.
    pub(crate) fn ended(&mut self, call: CallId) -> Talk {
        self.going_on.remove(&call).unwrap_or_default()
    }

    /// Those whose beginning is known.
    pub(crate) fn going_on(&self) -> impl Iterator<Item = (GroupId, AgentId, Time, &Talk)> {
        self.going_on.values().filter_map(|talk| {
            let (group, agent, since) = talk.begun?;
            Some((group, agent, since, talk))
        })
    }

    /// Nobody knows how his talk ended.
    pub(crate) fn forget(&mut self, agent: AgentId) {
        self.going_on.retain(|_, talk| talk.begun.is_none_or(|(_, whose, _)| whose != agent));
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
