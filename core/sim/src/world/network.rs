//! The imagined network: every party has one link to the centre, and links are as bad as asked.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::time::Duration;

use acd::Time;
use bytes::Bytes;
use sip::message::Message;

use crate::random::Random;

/// How bad all links are. The best weather by default.
#[derive(Clone, Copy, Debug)]
pub struct Weather {
    /// Of a hundred datagrams so many never arrive.
    pub lost_percent: u64,
    /// Of a hundred datagrams so many arrive twice.
    pub doubled_percent: u64,
    /// How long a datagram takes at least and at most; a wide range also changes their order.
    pub delay_ms: (u64, u64),
}

impl Default for Weather {
    fn default() -> Self {
        Weather { lost_percent: 0, doubled_percent: 0, delay_ms: (10, 10) }
    }
}

/// The direction of a datagram.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Way {
    ToCentre,
    FromCentre,
}

/// A fault of a story: the next datagrams of this kind are lost.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    /// `INVITE`, `200 INVITE` ….
    pub(super) label: String,
    pub(super) way: Way,
    pub(super) party: String,
    /// Every one of them, not only the next.
    pub(super) always: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Datagram {
    pub(super) from: SocketAddr,
    pub(super) to: SocketAddr,
    pub(super) bytes: Bytes,
}

#[derive(Debug)]
pub(super) struct Network {
    random: Random,
    pub(super) weather: Weather,
    pub(super) faults: Vec<Fault>,
    cut: BTreeSet<(String, Way)>,
    /// By arrival and, within one moment, in the order of sending.
    flying: BTreeMap<(Time, u64), Datagram>,
    /// Datagrams sent so far: also the names of their moments.
    pub(super) sent: u64,
}

impl Network {
    pub(super) fn new(seed: u64) -> Network {
        Network {
            random: Random::new(seed),
            weather: Weather::default(),
            faults: Vec::new(),
            cut: BTreeSet::new(),
            flying: BTreeMap::new(),
            sent: 0,
        }
    }

    pub(super) fn cut(&mut self, party: &str, way: Way) {
        self.cut.insert((party.to_owned(), way));
    }

    pub(super) fn mend(&mut self, party: &str) {
        self.cut.retain(|(name, _)| name != party);
    }

    pub(super) fn is_cut(&self, party: &str, way: Way) -> bool {
        self.cut.contains(&(party.to_owned(), way))
    }

    /// Sends a datagram on a party's link. False: it will not arrive.
    pub(super) fn send(&mut self, now: Time, (party, way): (&str, Way), sent: Datagram) -> bool {
        self.sent += 1;
        let is_faulty = self.meets_fault(party, way, &sent.bytes);
        let Weather { lost_percent, doubled_percent, delay_ms: (least, most) } = self.weather;
        if is_faulty || self.is_cut(party, way) || self.random.chance(lost_percent) {
            return false;
        }
        let copies = if self.random.chance(doubled_percent) { 2 } else { 1 };
        for copy in 0..copies {
            let delay = Duration::from_millis(self.random.between(least, most));
            self.flying.insert((now + delay, self.sent * 2 + copy), sent.clone());
        }
        true
    }

    pub(super) fn deadline(&self) -> Option<Time> {
        self.flying.first_key_value().map(|((at, _), _)| *at)
    }

    /// The next datagram that has arrived.
    pub(super) fn arrived(&mut self, now: Time) -> Option<Datagram> {
        let next = self.flying.first_entry().filter(|next| next.key().0 <= now)?;
        Some(next.remove())
    }

    fn meets_fault(&mut self, party: &str, way: Way, bytes: &Bytes) -> bool {
        if self.faults.is_empty() {
            return false;
        }
        let label = label(bytes);
        let is_it =
            |fault: &Fault| fault.label == label && fault.way == way && fault.party == party;
        let Some(at) = self.faults.iter().position(is_it) else { return false };
        if !self.faults[at].always {
            self.faults.remove(at);
        }
        true
    }
}

/// A message in short: `INVITE`, `200 INVITE`.
pub(super) fn label(bytes: &Bytes) -> String {
    match Message::parse(bytes.clone()) {
        Ok(message) => match message.status() {
            Some(status) => format!("{status} {}", message.method()),
            None => message.method().to_string(),
        },
        Err(_) => "junk".to_owned(),
    }
}
