//! An imagined world around one contact centre: virtual time, a network that loses what it is told
//! to lose, phones, media workers, and a judge who must find nothing left at the end.
//!
//! [`World::play`] tells a story in plain words. Groups, agents and their wishes are those of
//! [`crate::timeline`]; every agent's phone is registered and every agent logged on when the story
//! begins, group number n answers to `600000n`, and all talks are recorded. What else can happen:
//!
//! - a caller or an agent `dials <group, agent or number>`, agent n at the extension 100 + n, also
//!   `… without sdp`, `… speaking opus` and `… with priority <number>`, and `presses <key>`, also
//!   `… by INFO`; an agent may dial `*41`, the code of a mode, and when `phones may call outside` a
//!   number; `<number> has a phone` to which the trunk leads;
//! - an agent `answers`, `rejects`, `is busy`, `fails <status>`;
//! - both `hangs up`, `holds`, `resumes`, also `… without sdp`, `dies`, `falls silent`,
//!   `speaks again`;
//! - `<agent>'s phone` `is mute`, `is new`, `restarts`, `moves`, `registers for <span>`,
//!   `unregisters`, `is given to <agent>`;
//! - the plan: `<agent>'s credential is removed`, `<number> belongs to <group>`,
//!   `<group> is not recorded`;
//! - the network: `cut <name>`, `cut to <name>`, `cut from <name>`, `mend <name>`,
//!   `lose [all] <message> to|from <name>`, `the network refuses <name>`;
//! - the centre: `the centre drains`, `… ends all`, `… is overloaded`, `… recovers`, and
//!   `… restarts [without the trunk]` with what the journal keeps; `the trunk is removed`;
//!   `c1 is not called back by <who>`.
//!
//! `tell sip`, `tell media` and `tell activity` say more. Everything follows from a seed.

mod day;
mod handset;
mod judge;
mod log;
mod network;
mod party;
mod plan;
mod restart;
mod run;
mod script;
mod strings;
mod workers;

use std::net::SocketAddr;

use acd::{BuiltIn, Policy, Time};
use centre::{Centre, Config};

use self::judge::Judge;
use self::log::Log;
use self::network::Network;
use self::party::Party;
use self::plan::Paper;
use self::restart::Journal;
use self::workers::Workers;
use crate::timeline::Reader;

pub use self::day::{Day, Report};
pub use self::judge::Tally;
pub use self::network::Weather;
pub use self::run::REST;

/// Where the centre is.
pub const CENTRE: SocketAddr = address([10, 0, 0, 1], 5060);
/// All callers come through one trunk, each from a port of its own.
const TRUNK: [u8; 4] = [10, 0, 0, 2];

const fn address([a, b, c, d]: [u8; 4], port: u16) -> SocketAddr {
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::new(a, b, c, d)), port)
}

/// How large a world is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub seed: u64,
    /// See [`centre::Config::calls_max`].
    pub calls_max: usize,
    /// So many relays can be bound at all.
    pub relays_max: u32,
}

impl Default for Size {
    fn default() -> Self {
        Size { seed: 1, calls_max: 1_000, relays_max: 1_000 }
    }
}

/// One centre and everybody around it.
pub struct World {
    now: Time,
    seed: u64,
    size: Size,
    centre: Centre,
    policy: Box<dyn Policy>,
    network: Network,
    workers: Workers,
    parties: Vec<Party>,
    /// Addresses of agents' phones that have been used.
    addresses: u16,
    /// Reads the part of a story that is the timeline's.
    reader: Reader,
    /// The scene is set.
    begun: bool,
    /// What the administrator has written down.
    paper: Paper,
    judge: Judge,
    /// What a restart reads.
    journal: Journal,
    log: Log,
    /// Moments so far at the same time: time must not stand still.
    moments: (Time, u32),
    /// Datagrams that had been sent when the story began.
    sent_before: u64,
    /// What happens at a datagram of the story instead of a time.
    trigger: Option<(u64, Vec<String>)>,
}

impl World {
    pub fn new(size: Size) -> World {
        World::with_policy(size, Box::new(BuiltIn))
    }

    pub fn with_policy(size: Size, policy: Box<dyn Policy>) -> World {
        World {
            now: Time(0),
            seed: size.seed,
            size,
            centre: Centre::new(config(size, 0, 1)),
            policy,
            network: Network::new(size.seed),
            workers: Workers::new(size.relays_max),
            parties: Vec::new(),
            addresses: 0,
            reader: Reader::begun(),
            begun: false,
            paper: Paper::default(),
            judge: Judge::default(),
            journal: Journal::default(),
            log: Log::default(),
            moments: (Time(0), 0),
            sent_before: 0,
            trigger: None,
        }
    }

    pub fn now(&self) -> Time {
        self.now
    }

    pub fn centre(&self) -> &Centre {
        &self.centre
    }

    /// Datagrams sent since the story began, in both directions.
    pub fn sent(&self) -> u64 {
        self.network.sent - self.sent_before
    }

    /// These deeds happen when so many datagrams have been sent, whatever the time is then.
    pub fn at_datagram(&mut self, nth: u64, deeds: &[&str]) {
        self.trigger = Some((nth, deeds.iter().map(|deed| (*deed).to_owned()).collect()));
    }

    pub fn set_weather(&mut self, weather: Weather) {
        self.network.weather = weather;
    }

    /// What happened since the last time somebody asked.
    pub fn story(&mut self) -> String {
        self.log.take()
    }
}

/// Of the centre in its `life`, the first being 0.
fn config(size: Size, life: u64, first_call: u64) -> Config {
    Config {
        seed: seed_of(size.seed, u64::MAX.wrapping_mul(life)),
        first_call,
        media_address: None,
        calls_max: size.calls_max,
    }
}

/// Seeds of different parties must differ.
fn seed_of(world: u64, party: u64) -> [u8; 32] {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&world.to_le_bytes());
    seed[8..16].copy_from_slice(&party.to_le_bytes());
    seed
}
