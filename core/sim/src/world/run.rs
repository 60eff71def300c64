//! Time passes: datagrams arrive, timers fire, the centre hears and speaks.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use acd::Time;
use bytes::Bytes;
use centre::{Input, Output};
use sip::{Flow, Transport};

use super::handset::Effect;
use super::network::{Datagram, Way};
use super::party::{Body, Party};
use super::{CENTRE, TRUNK, World};

/// After the last deed of a story everybody must be at rest within this. The slowest way out: a
/// phone falls silent (30 s), its BYE is never answered (32 s), and the answer to somebody else's
/// request lingers (32 s); or an offer rings its time, and its CANCEL is never answered.
pub const REST: Duration = Duration::from_secs(300);

/// More moments at one time than any burst has: something is due for ever.
const MOMENTS_MAX: u32 = 100_000;

impl World {
    /// Lets time pass up to and including `end`.
    pub fn run_until(&mut self, end: Time) {
        while let Some(next) = self.deadline().filter(|next| *next <= end) {
            self.now = self.now.max(next);
            self.count_moment();
            self.moment();
            self.pull_trigger();
        }
        self.now = self.now.max(end);
    }

    /// Lets time pass.
    pub fn run_for(&mut self, span: Duration) {
        self.run_until(self.now + span);
    }

    /// Gives the centre an input and carries out what follows.
    pub fn give(&mut self, input: Input) {
        let mut out = Vec::new();
        self.centre.handle(self.now, input, self.policy.as_mut(), &mut out);
        for output in out {
            match output {
                Output::Send { flow, bytes } => self.send(Way::FromCentre, flow, bytes),
                Output::Media(order) => {
                    self.log.media(self.now, &order);
                    self.workers.obey(self.now, &order);
                }
                Output::ModePressed { code, .. } => {
                    self.log.party(self.now, &code, "is pressed");
                }
                Output::Tell(fact) => {
                    self.judge.note(&fact);
                    self.journal.note(&fact);
                    self.log.fact(&fact, &self.paper);
                    self.introduce(&fact.what);
                }
            }
        }
    }

    /// A datagram from nowhere reaches the centre; what it says to it is lost.
    pub fn inject(&mut self, from: SocketAddr, bytes: Bytes) {
        self.give(Input::Received { flow: flow_from(from), bytes });
    }

    /// The name of every party that is not on the hook, with what it does.
    pub fn busy_parties(&self) -> Vec<(String, &'static str)> {
        let living = self.parties.iter().filter(|party| party.lives);
        living.filter_map(|party| Some((party.name.clone(), party.busy_with()?))).collect()
    }

    fn deadline(&self) -> Option<Time> {
        let phones = self.parties.iter().filter_map(Party::deadline).map(|time| Time(time.0));
        let others = [self.network.deadline(), self.workers.deadline(), self.centre.deadline()];
        phones.chain(others.into_iter().flatten()).min()
    }

    /// The one next thing that happens, in an order that is always the same.
    fn moment(&mut self) {
        if let Some(datagram) = self.network.arrived(self.now) {
            return self.deliver(datagram);
        }
        let parties = &self.parties;
        let network = &self.network;
        self.workers.watch(self.now, |media| {
            let party = parties.iter().find(|party| party.media == media);
            party.is_some_and(|it| it.speaks() && !network.is_cut(&it.name, Way::ToCentre))
        });
        if let Some(input) = self.workers.news(self.now) {
            return self.give(input);
        }
        if self.centre.deadline().is_some_and(|deadline| deadline <= self.now) {
            self.give(Input::TimePassed);
        }
        let now = sip::Time(self.now.0);
        for at in 0..self.parties.len() {
            if self.parties[at].deadline().is_some_and(|deadline| deadline <= now) {
                let effects = self.parties[at].expire(now);
                self.follow(at, effects);
            }
        }
    }

    fn deliver(&mut self, datagram: Datagram) {
        let Datagram { from, to, bytes } = datagram;
        if to == CENTRE {
            self.judge.message(self.now, (Way::ToCentre, from), &bytes);
            return self.give(Input::Received { flow: flow_from(from), bytes });
        }
        let Some(at) = self.parties.iter().position(|it| it.lives && it.address == to) else {
            return;
        };
        let flow = self.parties[at].flow(from);
        let effects = self.parties[at].receive(sip::Time(self.now.0), flow, bytes);
        self.follow(at, effects);
    }

    /// Does what a party wants done.
    pub(super) fn follow(&mut self, at: usize, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                // What it sends comes from where it is now, wherever its dialogs began.
                Effect::Send { flow, bytes } => {
                    let local = self.parties[at].address;
                    self.send(Way::ToCentre, Flow { local, ..flow }, bytes);
                }
                Effect::Says(words) => {
                    self.log.party(self.now, &self.parties[at].name, &words);
                }
            }
        }
    }

    fn send(&mut self, way: Way, flow: Flow, bytes: Bytes) {
        let (from, to) = (flow.local, self.beyond_trunk(way, flow.remote, &bytes));
        let other = if way == Way::FromCentre { to } else { from };
        let party = self.parties.iter().find(|party| party.address == other);
        let name = party.map_or_else(|| other.to_string(), |party| party.name.clone());
        if way == Way::FromCentre {
            self.judge.message(self.now, (way, to), &bytes);
        }
        let datagram = Datagram { from, to, bytes: bytes.clone() };
        let arrives = self.network.send(self.now, (&name, way), datagram);
        self.log.message(self.now, (&name, way), &bytes, arrives);
    }

    /// The trunk takes what is for a number that has a phone to that phone.
    fn beyond_trunk(&self, way: Way, to: SocketAddr, bytes: &Bytes) -> SocketAddr {
        if way != Way::FromCentre || to.ip() != IpAddr::from(TRUNK) {
            return to;
        }
        let line = bytes.split(|byte| *byte == b'\r').next().unwrap_or_default();
        let line = std::str::from_utf8(line).unwrap_or_default();
        let number = line.split_once(" sip:").and_then(|(_, rest)| rest.split_once('@'));
        let party = number.and_then(|(number, _)| self.party(number));
        party.map_or(to, |at| self.parties[at].address)
    }

    /// Tells a caller's phone with habits that an agent has joined him: only the world sees both.
    fn introduce(&mut self, what: &centre::What) {
        let centre::What::Acd(acd::Fact::TalkStarted { call, .. }) = what else { return };
        let caller = self.centre.caller_of(*call).and_then(|name| self.party(name));
        let now = sip::Time(self.now.0);
        if let Some(at) = caller
            && let Body::Habits(habits) = &mut self.parties[at].body
            && let Some(line) = habits.line
        {
            habits.phone.joined(now, line);
        }
    }

    fn pull_trigger(&mut self) {
        let is_due = |(nth, _): &mut (u64, Vec<String>)| {
            self.begun && *nth <= self.network.sent - self.sent_before
        };
        let Some((_, deeds)) = self.trigger.take_if(is_due) else { return };
        for deed in deeds {
            let words: Vec<&str> = deed.split(' ').collect();
            if let Err((word, problem)) = self.deed(&words, &deed) {
                self.log.party(self.now, word, problem);
            }
        }
    }

    fn count_moment(&mut self) {
        let (at, count) = self.moments;
        self.moments = if at == self.now { (at, count + 1) } else { (self.now, 0) };
        assert!(
            self.moments.1 < MOMENTS_MAX,
            "time stands still at {:?}: {:?}, network {:?}, workers {:?}\n{}",
            self.now,
            self.centre.deadline(),
            self.network.deadline(),
            self.workers.deadline(),
            self.log.take()
        );
    }
}

/// The centre's own flow to somebody.
pub(super) fn flow_from(remote: SocketAddr) -> Flow {
    Flow { id: 1, transport: Transport::Udp, local: CENTRE, remote }
}
