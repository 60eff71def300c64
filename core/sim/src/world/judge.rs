//! The judge: sees the journal, the wire and what is left at the end, and believes nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

use acd::{Activity, AgentId, CallId, Fact as Engines, Leave, Time};
use bytes::Bytes;
use centre::{Centre, Fact, What};
use sip::message::{Message, Method};
use stats::Audit;

use super::network::Way;
use super::{REST, World};

#[derive(Debug, Default)]
pub(super) struct Judge {
    audit: Audit,
    ledger: BTreeMap<CallId, Entry>,
    /// The centre's INVITEs to phones, by Call-ID.
    rings: BTreeMap<String, Ring>,
    /// Recordings begun, and those whose end was told: one for each talk.
    recordings: (Vec<CallId>, Vec<CallId>),
    /// Office calls that go on, and who is in them.
    offices: BTreeMap<CallId, Vec<AgentId>>,
    office_calls: BTreeSet<CallId>,
    /// When the last fact became true.
    last: Time,
    problems: Vec<String>,
}

/// What the journal says of one call.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
struct Entry {
    entered: u32,
    refused: u32,
    diverted: u32,
    left: u32,
    answered: u32,
    talks: u32,
    talks_ended: u32,
}

/// One phone that was asked to ring.
#[derive(Debug)]
struct Ring {
    call: Bytes,
    at: SocketAddr,
    /// It said something: it can be told to stop.
    heard: bool,
    /// It was told to stop, or has refused.
    over: bool,
}

/// What a journal amounted to.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    pub offered: u64,
    pub answered: u64,
    pub abandoned: u64,
    pub refused: u64,
    pub recorded: u64,
}

impl Judge {
    pub(super) fn note(&mut self, fact: &Fact) {
        if fact.at < self.last {
            self.problems.push(format!("{fact:?} was told after {:?}", self.last));
        }
        self.last = fact.at;
        match &fact.what {
            What::Acd(fact) => {
                self.audit.fold(fact);
                self.book(fact);
            }
            What::RecordingStarted { call } => {
                self.recordings.0.push(*call);
            }
            What::RecordingStored { call, .. } | What::RecordingFailed { call, .. } => {
                self.recordings.1.push(*call);
            }
            What::OfficeStarted { call, agent, to, .. } => {
                let people = [Some(*agent), *to].into_iter().flatten().collect();
                if !self.office_calls.insert(*call) {
                    self.problems.push(format!("{call:?} started twice"));
                }
                self.offices.insert(*call, people);
            }
            What::OfficeAnswered { call } => {
                if !self.offices.contains_key(call) {
                    self.problems.push(format!("{call:?} is answered and does not go on"));
                }
            }
            What::OfficeEnded { call, .. } => {
                if self.offices.remove(call).is_none() {
                    self.problems.push(format!("{call:?} ended and did not go on"));
                }
            }
            What::DeviceRegistered { .. }
            | What::DeviceLost { .. }
            | What::CallbackOrigin { .. }
            | What::CallRejected { .. } => {}
        }
    }

    fn book(&mut self, fact: &Engines) {
        if let Engines::OfferSent { call, agent, .. } = fact
            && self.offices.values().any(|people| people.contains(agent))
        {
            self.problems.push(format!("{agent:?} is on an office call and rung for {call:?}"));
        }
        match fact {
            Engines::QueueEntered { call, .. } => self.entry(*call).entered += 1,
            Engines::QueueRefused { call, .. } => self.entry(*call).refused += 1,
            Engines::QueueLeft { call, leave, .. } => {
                let entry = self.entry(*call);
                entry.left += 1;
                let talks = matches!(leave, Leave::Answered | Leave::CalledBack);
                entry.answered += u32::from(talks);
            }
            Engines::CallDiverted { call, .. } => self.entry(*call).diverted += 1,
            Engines::TalkStarted { call, .. } => self.entry(*call).talks += 1,
            Engines::TalkEnded { call, .. } => self.entry(*call).talks_ended += 1,
            Engines::CallArrived { .. }
            | Engines::RouteDecided { .. }
            | Engines::OfferSent { .. }
            | Engines::OfferRinging { .. }
            | Engines::OfferEnded { .. }
            | Engines::HoldStarted { .. }
            | Engines::HoldEnded { .. }
            | Engines::WrapUpStarted { .. }
            | Engines::WrapUpEnded { .. }
            | Engines::AgentWish { .. }
            | Engines::AgentActivity { .. }
            | Engines::QueueMoved { .. }
            | Engines::WaitAnnounced { .. }
            | Engines::CallbackAsked { .. }
            | Engines::CallbackTried { .. }
            | Engines::CallbackEnded { .. }
            | Engines::TransferDone { .. }
            | Engines::GroupTurned { .. }
            | Engines::LoanEnded { .. }
            | Engines::PlanChanged { .. } => {}
        }
    }

    fn entry(&mut self, call: CallId) -> &mut Entry {
        self.ledger.entry(call).or_default()
    }

    /// A message passes, as the wire sees it: never do two phones ring for one call.
    pub(super) fn message(&mut self, now: Time, (way, peer): (Way, SocketAddr), bytes: &Bytes) {
        let matters: &[&[u8]] = match way {
            Way::FromCentre => &[b"INVITE ", b"CANCEL ", b"BYE "],
            Way::ToCentre => &[b"SIP/2.0 ", b"BYE "],
        };
        if !matters.iter().any(|start| bytes.starts_with(start)) {
            return;
        }
        let Ok(message) = Message::parse(bytes.clone()) else { return };
        let Ok(dialog) = message.call_id() else { return };
        match (way, message.status()) {
            (Way::FromCentre, None) if *message.method() == Method::Invite => {
                let Some(call) = message.get_named("X-Ladus-Call") else { return };
                if !self.rings.contains_key(dialog) {
                    let (call, at) = (Bytes::copy_from_slice(call), peer);
                    self.rung(now, dialog, Ring { call, at, heard: false, over: false });
                }
            }
            (Way::FromCentre | Way::ToCentre, None)
                if matches!(*message.method(), Method::Cancel | Method::Bye) =>
            {
                if let Some(ring) = self.rings.get_mut(dialog) {
                    ring.over = true;
                }
            }
            (Way::ToCentre, Some(status)) if *message.method() == Method::Invite => {
                if let Some(ring) = self.rings.get_mut(dialog) {
                    (ring.heard, ring.over) = (true, ring.over || status >= 300);
                }
            }
            (Way::FromCentre | Way::ToCentre, _) => {}
        }
    }

    fn rung(&mut self, now: Time, dialog: &str, new: Ring) {
        let mut others = self.rings.values().filter(|ring| ring.call == new.call);
        if others.any(|ring| ring.heard && !ring.over) {
            self.problems.push(format!("{now:?}: two phones ring for call {:?}", new.call));
        }
        self.rings.insert(dialog.to_owned(), new);
    }

    /// The network says that nobody is at an address: no phone rings there.
    pub(super) fn refused(&mut self, at: SocketAddr) {
        self.rings.values_mut().filter(|ring| ring.at == at).for_each(|ring| ring.over = true);
    }

    /// What the journal says when nobody is in line and nobody talks.
    fn of_journal(&mut self) -> Vec<String> {
        let mut problems = std::mem::take(&mut self.problems);
        let audit = &self.audit;
        if (audit.rung_twice, audit.doubly_offered, audit.unmatched, audit.open()) != (0, 0, 0, 0) {
            problems.push(format!("the journal does not add up: {audit:?}"));
        }
        let is_closed = |entry: &Entry| {
            let Entry { entered, refused, diverted, left, answered, talks, talks_ended } = *entry;
            let has_one_fate = refused <= 1 && diverted <= 1 && refused + diverted <= 1;
            let came = if refused == 1 { entered == 0 } else { entered + diverted >= 1 };
            let adds_up = left == entered && answered == talks && talks == talks_ended;
            has_one_fate && came && adds_up
        };
        let open = self.ledger.iter().filter(|(_, entry)| !is_closed(entry));
        problems.extend(open.map(|(call, entry)| format!("{call:?} is not closed: {entry:?}")));
        if !self.offices.is_empty() {
            problems.push(format!("office calls go on: {:?}", self.offices));
        }
        let (begun, ended) = &mut self.recordings;
        begun.sort_unstable();
        ended.sort_unstable();
        if begun != ended {
            problems.push(format!("recordings {begun:?} began and {ended:?} ended"));
        }
        problems
    }

    fn tally(&self) -> Tally {
        let sum = |count: fn(&Entry) -> u32| -> u64 {
            self.ledger.values().map(|entry| u64::from(count(entry))).sum()
        };
        // A call that was handed on has entered several lines and is one call.
        let offered = sum(|entry| entry.entered.min(1));
        let answered = sum(|entry| entry.answered.min(1));
        Tally {
            offered,
            answered,
            abandoned: offered - answered,
            refused: sum(|entry| entry.refused),
            recorded: self.recordings.1.len() as u64,
        }
    }
}

impl World {
    /// Lets everything come to rest, and says what is not at rest then.
    pub fn rest(&mut self) -> Result<Tally, String> {
        self.run_for(REST);
        let mut problems = self.judge.of_journal();
        problems.append(&mut self.workers.breaches);
        if self.centre.load() != (0, 0, 0) {
            problems.push(format!("calls, legs, transactions: {:?}", self.centre.load()));
        }
        let (free, bound) = self.centre.relays();
        if free != bound || self.workers.busy() > 0 {
            problems.push(format!("{free} of {bound} relays are free"));
        }
        if self.workers.tapes.0 != self.workers.tapes.1 {
            problems.push(format!("recordings begun and ended: {:?}", self.workers.tapes));
        }
        problems.extend(busy_agents(&self.centre));
        // Somebody whose link is cut may believe in his talk for as long as he likes.
        let lines = self.parties.iter().filter(|party| party.lives);
        let lines = lines.filter_map(|party| Some((party, party.busy_with()?)));
        let is_believer =
            |name: &str, what: &str| what == "talks" && self.network.is_cut(name, Way::FromCentre);
        let stuck = lines.filter(|(party, what)| !is_believer(&party.name, what));
        problems.extend(stuck.map(|(party, what)| format!("{} still {what}", party.name)));
        if problems.is_empty() { Ok(self.judge.tally()) } else { Err(problems.join("\n")) }
    }
}

fn busy_agents(centre: &Centre) -> Vec<String> {
    let agents = centre.distribution().agents();
    let busy = agents.filter(|agent| match agent.activity {
        Activity::Offered | Activity::Talking | Activity::Outbound | Activity::Internal => true,
        Activity::Idle | Activity::WrapUp | Activity::Unreachable => false,
    });
    busy.map(|agent| format!("{:?} is {:?}", agent.agent, agent.activity)).collect()
}
