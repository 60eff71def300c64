//! A party on the network: an agent's phone or a caller's, in the hands of a story or with habits.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use sip::{Flow, LegId, Login, Time, Transport};

use super::handset::{Effect, Handset};
use super::plan::PASSWORD;
use super::{CENTRE, TRUNK, World, address, seed_of};
use crate::phone::{Input, Output, Phone, PhoneEvent};

#[derive(Debug)]
pub(super) struct Party {
    /// Whose it is; one name may have several phones, one after another.
    pub(super) name: String,
    /// Where its SIP comes from.
    pub(super) address: SocketAddr,
    /// Where it wants to hear RTP.
    pub(super) media: SocketAddr,
    /// False: the power is off.
    pub(super) lives: bool,
    pub(super) body: Body,
}

#[derive(Debug)]
pub(super) enum Body {
    Handset(Box<Handset>),
    Habits(Box<Habits>),
}

/// A phone that acts by itself.
#[derive(Debug)]
pub(super) struct Habits {
    pub(super) phone: Phone,
    /// Lines on which it speaks.
    speaking: BTreeSet<LegId>,
    /// The call that a caller's phone has placed.
    pub(super) line: Option<LegId>,
    /// What it has told since it was last asked.
    pub(super) told: Vec<PhoneEvent>,
}

impl Habits {
    pub(super) fn new(phone: Phone) -> Habits {
        Habits { phone, speaking: BTreeSet::new(), line: None, told: Vec::new() }
    }

    pub(super) fn effects(&mut self, out: Vec<Output>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for output in out {
            match output {
                Output::Send { flow, bytes } => effects.push(Effect::Send { flow, bytes }),
                Output::StartMedia { line, .. } => {
                    self.speaking.insert(line);
                }
                Output::StopMedia { line } => {
                    self.speaking.remove(&line);
                }
                Output::Told(event) => {
                    effects.push(Effect::Says(format!("{event:?}")));
                    self.told.push(event);
                }
            }
        }
        effects
    }

    fn handle(&mut self, now: Time, input: Input) -> Vec<Effect> {
        let mut out = Vec::new();
        self.phone.handle(now, input, &mut out);
        self.effects(out)
    }
}

impl Party {
    /// The way from the party to the centre.
    pub(super) fn flow(&self, centre: SocketAddr) -> Flow {
        Flow { id: 1, transport: Transport::Udp, local: self.address, remote: centre }
    }

    /// Whether RTP of its own comes from it now.
    pub(super) fn speaks(&self) -> bool {
        self.lives
            && match &self.body {
                Body::Handset(handset) => handset.speaks(),
                Body::Habits(habits) => !habits.speaking.is_empty(),
            }
    }

    /// In a word; `None`: it is on the hook.
    pub(super) fn busy_with(&self) -> Option<&'static str> {
        match &self.body {
            Body::Handset(handset) => handset.busy_with(),
            Body::Habits(habits) => (habits.phone.lines() > 0).then_some("has a line"),
        }
    }

    pub(super) fn deadline(&self) -> Option<Time> {
        let deadline = match &self.body {
            Body::Handset(handset) => handset.deadline(),
            Body::Habits(habits) => habits.phone.deadline(),
        };
        deadline.filter(|_| self.lives)
    }

    pub(super) fn expire(&mut self, now: Time) -> Vec<Effect> {
        match &mut self.body {
            Body::Handset(handset) => handset.expire(now),
            Body::Habits(habits) => habits.handle(now, Input::TimePassed),
        }
    }

    pub(super) fn receive(&mut self, now: Time, flow: Flow, bytes: Bytes) -> Vec<Effect> {
        match &mut self.body {
            Body::Handset(handset) => handset.receive(now, flow, bytes),
            Body::Habits(habits) => habits.handle(now, Input::Received { flow, bytes }),
        }
    }
}

impl World {
    /// The phone that somebody uses now.
    pub(super) fn party(&self, name: &str) -> Option<usize> {
        self.parties.iter().rposition(|party| party.name == name)
    }

    /// A new phone of an agent, not yet registered.
    pub(super) fn add_agent_phone(&mut self, name: &str) -> usize {
        let login = Login { user: name.to_owned(), password: PASSWORD.to_owned() };
        let from = self.free_agent_address();
        self.add_handset(name, from, Some(login))
    }

    pub(super) fn add_caller(&mut self, name: &str) -> usize {
        let port = 5_001 + self.count_of_parties();
        self.add_handset(name, address(TRUNK, port), None)
    }

    fn add_handset(&mut self, name: &str, from: SocketAddr, login: Option<Login>) -> usize {
        let media = self.free_media_address();
        let seed = seed_of(self.seed, 1 + self.parties.len() as u64);
        let handset = Handset::new(seed, media, login);
        self.add_party(name, (from, media), Body::Handset(Box::new(handset)))
    }

    pub(super) fn add_party(
        &mut self,
        name: &str,
        (address, media): (SocketAddr, SocketAddr),
        body: Body,
    ) -> usize {
        let name = name.to_owned();
        self.parties.push(Party { name, address, media, lives: true, body });
        self.parties.len() - 1
    }

    /// Where nobody else is or has been.
    pub(super) fn free_agent_address(&mut self) -> SocketAddr {
        self.addresses += 1;
        address([10, 0, 1, 1], 5_000 + self.addresses)
    }

    pub(super) fn free_media_address(&self) -> SocketAddr {
        address([10, 0, 3, 1], 4_000 + 2 * self.count_of_parties())
    }

    fn count_of_parties(&self) -> u16 {
        u16::try_from(self.parties.len()).unwrap_or(u16::MAX / 4)
    }

    pub(super) fn register(&mut self, at: usize, expires: Duration) {
        let flow = self.parties[at].flow(CENTRE);
        self.on_handset(at, |handset, now| handset.registers(now, flow, expires));
    }

    /// Does something with a phone of a story.
    pub(super) fn on_handset(
        &mut self,
        at: usize,
        deed: impl FnOnce(&mut Handset, Time) -> Vec<Effect>,
    ) {
        let now = Time(self.now.0);
        if let Body::Handset(handset) = &mut self.parties[at].body {
            let effects = deed(handset, now);
            self.follow(at, effects);
        }
    }
}
