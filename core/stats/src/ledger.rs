//! What goes on, fact by fact, and what is booked of it: once, wherever it is then added up.
//!
//! A count is booked at the moment of its fact: an entry when the caller enters, what became of it
//! when he leaves, an offer when it ends, a talk when it ends. The lengths that averages divide by
//! those counts (the wait of an answered caller, the ring of an offer, a whole talk) are booked in
//! one piece with them. What agents spend their time on is booked where it is spent, in stretches
//! that may be cut anywhere.

use std::collections::BTreeMap;

use acd::{AgentId, CallId, EndCause, Fact, GroupId, Leave, Side, Time};

use crate::presence::{Presence, Standing};
use crate::talk::{Talk, Talks};
use crate::{AgentFigures, GroupFigures, Limits};

/// From a moment up to, and without, another.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Stretch {
    pub(crate) from: Time,
    pub(crate) to: Time,
}

impl Stretch {
    pub(crate) fn ms(self) -> u64 {
        self.to.0.saturating_sub(self.from.0)
    }

    /// The last `ms` before a moment.
    pub(crate) fn before(to: Time, ms: u64) -> Stretch {
        Stretch { from: Time(to.0.saturating_sub(ms)), to }
    }
}

/// What time is spent on for a group's callers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Spent {
    Ringing,
    Talking,
    Holding,
    WrapUp,
}

/// Where bookings are added up.
pub(crate) trait Book {
    /// Somebody enters a line. `from`: he has left another one at this very moment, and how.
    fn entered(&mut self, at: Time, group: GroupId, from: Option<Leave>);
    /// Something else about a line.
    fn line(&mut self, at: Time, group: GroupId, count: impl Fn(&mut GroupFigures));
    /// What somebody did for a group.
    fn work(&mut self, at: Time, of: (GroupId, AgentId), count: impl Fn(&mut AgentFigures));
    /// What he spent his time on for it.
    fn spent(&mut self, stretch: Stretch, of: (GroupId, AgentId), on: Spent);
    /// What his time was apart from that.
    fn present(&mut self, stretch: Stretch, agent: AgentId, standing: Standing);
}

/// The state of the fold: what goes on, and nothing of what is over.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Ledger {
    pub(crate) limits: Limits,
    /// Who is at work, or was: one entry for each person of the journal.
    pub(crate) people: BTreeMap<AgentId, Person>,
    pub(crate) talks: Talks,
    /// Who left a line last, when and how: if he enters another one next, it is the same visit.
    pub(crate) parted: Option<(CallId, Time, Leave)>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Person {
    /// What he wants and does, and since when.
    pub(crate) presence: Presence,
    /// For which group his phone was asked to ring, and since when it does.
    pub(crate) offer: Option<(GroupId, Option<Time>)>,
    /// For which group he wraps up, and since when.
    pub(crate) wrapping: Option<(GroupId, Time)>,
}

impl Ledger {
    pub(crate) fn new(limits: Limits) -> Ledger {
        Ledger { limits, ..Ledger::default() }
    }

    pub(crate) fn limits(&self) -> Limits {
        self.limits
    }

    /// Takes one fact into account. Facts come in the order of the journal.
    pub(crate) fn fold(&mut self, at: Time, fact: &Fact, book: &mut impl Book) {
        match fact {
            Fact::QueueEntered { call, group, .. } => {
                let parted = self.parted.take().filter(|it| (it.0, it.1) == (*call, at));
                book.entered(at, *group, parted.map(|(_, _, leave)| leave));
            }
            Fact::QueueRefused { group, .. } => book.line(at, *group, |it| it.refused += 1),
            Fact::QueueLeft { call, group, leave, waited_ms } => {
                self.parted = Some((*call, at, *leave));
                let limits = self.limits;
                book.line(at, *group, |it| it.left_line(limits, *leave, *waited_ms));
            }
            Fact::OfferSent { group, agent, .. } => {
                self.person(at, *agent).offer = Some((*group, None));
            }
            Fact::OfferRinging { agent, .. } => {
                if let Some((_, since)) = &mut self.person(at, *agent).offer {
                    *since = Some(at);
                }
            }
            Fact::OfferEnded { group, agent, outcome, rang_ms, .. } => {
                let person = self.present(at, *agent, book);
                person.presence.freed();
                person.offer = None;
                let of = (*group, *agent);
                book.spent(Stretch::before(at, *rang_ms), of, Spent::Ringing);
                book.work(at, of, |it| it.offer_ended(*outcome, *rang_ms));
            }
            Fact::TalkStarted { call, group, agent } => {
                self.talks.started(at, *call, *group, *agent);
            }
            Fact::HoldStarted { call, by } => self.talks.held(at, *call, *by),
            Fact::HoldEnded { call, by } => self.talks.resumed(at, *call, *by),
            Fact::TalkEnded { call, group, agent, by, cause, talked_ms } => {
                self.present(at, *agent, book).presence.freed();
                let hung_up = (*by, *cause) == (Side::Agent, EndCause::HungUp);
                let whole = Stretch::before(at, *talked_ms);
                self.talk_ended((whole, *talked_ms), *call, (*group, *agent), hung_up, book);
            }
            Fact::TransferDone { call, agent, from, .. } => {
                let short = self.talks.handed_on_short(*agent, *call);
                book.work(at, (*from, *agent), |it| it.handed_on(short));
            }
            Fact::AgentWish { agent, wish, by } => {
                if self.present(at, *agent, book).presence.wished(wish, by) {
                    self.began_anew(*agent);
                }
            }
            Fact::AgentActivity { agent, activity } => {
                self.present(at, *agent, book).presence.does(*activity);
            }
            Fact::WrapUpStarted { group, agent, .. } => {
                self.person(at, *agent).wrapping = Some((*group, at));
            }
            Fact::WrapUpEnded { agent, .. } => {
                if let Some((group, from)) = self.person(at, *agent).wrapping.take() {
                    book.spent(Stretch { from, to: at }, (group, *agent), Spent::WrapUp);
                }
            }
            Fact::CallArrived { .. }
            | Fact::RouteDecided { .. }
            | Fact::QueueMoved { .. }
            | Fact::WaitAnnounced { .. }
            | Fact::CallDiverted { .. }
            | Fact::CallbackAsked { .. }
            | Fact::CallbackTried { .. }
            | Fact::CallbackEnded { .. }
            | Fact::GroupTurned { .. }
            | Fact::LoanEnded { .. }
            | Fact::PlanChanged { .. } => {}
        }
    }

    /// Books what goes on at `now` as if it ended there, without forgetting it.
    pub(crate) fn book_open(&self, now: Time, book: &mut impl Book) {
        for (&agent, person) in &self.people {
            person.book_open(now, agent, book);
        }
        for (group, agent, from, talk) in self.talks.going_on() {
            book_talk(talk, Stretch { from, to: now }, (group, agent), book);
        }
    }

    /// The same of one agent.
    pub(crate) fn book_open_of(&self, agent: AgentId, now: Time, book: &mut impl Book) {
        if let Some(person) = self.people.get(&agent) {
            person.book_open(now, agent, book);
        }
        for (group, whose, from, talk) in self.talks.going_on() {
            if whose == agent {
                book_talk(talk, Stretch { from, to: now }, (group, agent), book);
            }
        }
    }

    /// The process died while he was at it: how long he went on is not known.
    fn began_anew(&mut self, agent: AgentId) {
        if let Some(person) = self.people.get_mut(&agent) {
            (person.offer, person.wrapping) = (None, None);
        }
        self.talks.forget(agent);
    }

    fn talk_ended(
        &mut self,
        (whole, talked_ms): (Stretch, u64),
        call: CallId,
        of: (GroupId, AgentId),
        hung_up: bool,
        book: &mut impl Book,
    ) {
        let talk = self.talks.ended(call);
        book_talk(&talk, whole, of, book);
        let held_ms = talk.held_ms(whole.to);
        let short = talked_ms < self.limits.instant_ms;
        self.talks.note(of.1, (short && hung_up).then_some(call));
        book.line(whole.to, of.0, |it| {
            it.talks += 1;
            it.talked_ms += talked_ms;
        });
        book.work(whole.to, of, |it| it.talk_ended(talked_ms, held_ms, short, hung_up));
    }

    fn person(&mut self, now: Time, agent: AgentId) -> &mut Person {
        self.people.entry(agent).or_insert_with(|| Person {
            presence: Presence::new(now),
            offer: None,
            wrapping: None,
        })
    }

    /// Books what somebody's time was until now; what comes next is for the caller to say.
    fn present(&mut self, now: Time, agent: AgentId, book: &mut impl Book) -> &mut Person {
        let person = self.person(now, agent);
        if let Some((stretch, standing)) = person.presence.take(now) {
            book.present(stretch, agent, standing);
        }
        person
    }
}

impl Person {
    fn book_open(&self, now: Time, agent: AgentId, book: &mut impl Book) {
        if let Some((stretch, standing)) = self.presence.until(now) {
            book.present(stretch, agent, standing);
        }
        if let Some((group, Some(from))) = self.offer {
            book.spent(Stretch { from, to: now }, (group, agent), Spent::Ringing);
        }
        if let Some((group, from)) = self.wrapping {
            book.spent(Stretch { from, to: now }, (group, agent), Spent::WrapUp);
        }
    }
}

fn book_talk(talk: &Talk, whole: Stretch, of: (GroupId, AgentId), book: &mut impl Book) {
    for (piece, held) in talk.pieces(whole) {
        book.spent(piece, of, if held { Spent::Holding } else { Spent::Talking });
    }
}
