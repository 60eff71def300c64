//! What goes on, laid open: for whoever writes it down and takes it up again.

use acd::{Activity, AgentId, CallId, GroupId, Leave, Side, Time};

use crate::Limits;
use crate::ledger::{Ledger, Person, Stretch};
use crate::presence::Presence;
use crate::talk::{Talk, Talks};

pub use crate::presence::Stance;

/// The state of an [`crate::Intervals`] without its rows. A fold that is taken up from it goes on
/// like the one that it was saved from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Saved {
    pub limits: Limits,
    pub people: Vec<SavedPerson>,
    pub talks: Vec<SavedTalk>,
    /// Who ended a short talk a moment ago, and of which call.
    pub ended_short: Vec<(AgentId, CallId)>,
    /// Who left a line last.
    pub parted: Option<(CallId, Time, Leave)>,
}

/// What somebody wants and does.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedPerson {
    pub agent: AgentId,
    /// `None` until the journal tells a wish.
    pub stance: Option<Stance>,
    pub activity: Activity,
    pub since: Time,
    /// For which group his phone was asked to ring, and since when it does.
    pub offer: Option<(GroupId, Option<Time>)>,
    /// For which group he wraps up, and since when.
    pub wrapping: Option<(GroupId, Time)>,
}

/// A talk that goes on.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedTalk {
    pub call: CallId,
    /// Whose it is and since when, if that is known.
    pub begun: Option<(GroupId, AgentId, Time)>,
    /// Holds that are over, from and to.
    pub holds: Vec<(Time, Time)>,
    /// Who holds now, and since when anybody does.
    pub holders: Vec<Side>,
    pub held_since: Option<Time>,
}

impl Ledger {
    pub(crate) fn saved(&self) -> Saved {
        let people = self.people.iter().map(|(&agent, person)| SavedPerson {
            agent,
            stance: person.presence.stance,
            activity: person.presence.activity,
            since: person.presence.since,
            offer: person.offer,
            wrapping: person.wrapping,
        });
        let talks = self.talks.going_on.iter().map(|(&call, talk)| SavedTalk {
            call,
            begun: talk.begun,
            holds: talk.holds.iter().map(|hold| (hold.from, hold.to)).collect(),
            holders: talk.holders.clone(),
            held_since: talk.since,
        });
        Saved {
            limits: self.limits,
            people: people.collect(),
            talks: talks.collect(),
            ended_short: self.talks.ended_short.iter().map(|(&it, &call)| (it, call)).collect(),
            parted: self.parted,
        }
    }

    pub(crate) fn restored(saved: Saved) -> Ledger {
        let people = saved.people.into_iter().map(|it| {
            let SavedPerson { agent, stance, activity, since, offer, wrapping } = it;
            (agent, Person { presence: Presence { stance, activity, since }, offer, wrapping })
        });
        let talks = saved.talks.into_iter().map(|it| {
            let holds = it.holds.into_iter().map(|(from, to)| Stretch { from, to }).collect();
            let (begun, holders, since) = (it.begun, it.holders, it.held_since);
            (it.call, Talk { begun, holds, holders, since })
        });
        Ledger {
            limits: saved.limits,
            people: people.collect(),
            talks: Talks {
                going_on: talks.collect(),
                ended_short: saved.ended_short.into_iter().collect(),
            },
            parted: saved.parted,
        }
    }
}
