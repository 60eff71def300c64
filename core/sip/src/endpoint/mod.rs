//! The front door: one user agent (or a whole contact centre) on any number of flows.
//!
//! `receive` sorts what comes, `door` turns away what must not cost us anything, `incoming` and
//! `outgoing` are the two ways a leg begins, `within` what happens on it, `probe` whether anybody
//! is still there, `ending` how it ends, `registration` both sides of REGISTER, `timers` what time
//! does.

mod config;
mod door;
mod ending;
mod event;
mod incoming;
mod outgoing;
mod probe;
mod receive;
mod registration;
mod timers;
mod wire;
mod within;

use bytes::Bytes;

use crate::auth::Guard;
use crate::chance::Chance;
use crate::dialog::Legs;
use crate::registrar::Registrar;
use crate::transaction::Transactions;
use crate::{Flow, Time};

pub use config::{Access, Dial, EndpointConfig, Login, Register, Target, Trunk, User};
pub use event::{EndReason, Event, LegId, Output};
use registration::Registrations;

/// The endpoint. Every method writes what follows to `out`.
#[derive(Debug)]
pub struct Endpoint {
    config: EndpointConfig,
    access: Access,
    chance: Chance,
    /// Mixed into the To tags of answers for which nothing is kept.
    stateless_secret: [u8; 32],
    /// Challenges users and checks their answers.
    guard: Guard,
    transactions: Transactions,
    legs: Legs,
    registrar: Registrar,
    /// Our own registrations elsewhere.
    registrations: Registrations,
}

impl Endpoint {
    pub fn new(config: EndpointConfig) -> Endpoint {
        let chance = Chance::new(config.seed);
        Endpoint {
            config,
            access: Access::default(),
            stateless_secret: chance.key("tags of forgotten answers"),
            guard: Guard::new(chance.key("nonces")),
            chance,
            transactions: Transactions::default(),
            legs: Legs::default(),
            registrar: Registrar::default(),
            registrations: Registrations::default(),
        }
    }

    /// Replaces users and trunks. Bindings of users who are gone are removed and told.
    pub fn set_access(&mut self, _now: Time, access: Access, out: &mut Vec<Output>) {
        self.access = access;
        let mut told = Vec::new();
        let users = &self.access.users;
        self.registrar.retain_users(|user| users.contains_key(user), &mut told);
        out.extend(told.into_iter().map(Output::Tell));
    }

    /// Takes one datagram (or one framed message of a connection).
    pub fn receive(&mut self, now: Time, flow: Flow, bytes: Bytes, out: &mut Vec<Output>) {
        self.take(now, flow, bytes, out);
    }

    /// A connection closed, or the network refused a datagram on this flow (ICMP). What began on
    /// it is over: unanswered calls are `Cancelled` or `Failed` with 503, answered ones `Lost`.
    pub fn flow_closed(&mut self, now: Time, flow: Flow, out: &mut Vec<Output>) {
        self.lose_flow(now, flow, out);
    }

    /// Fires every timer that is due.
    pub fn expire(&mut self, now: Time, out: &mut Vec<Output>) {
        self.fire(now, out);
    }

    /// When [`Endpoint::expire`] wants to be called next.
    pub fn deadline(&self) -> Option<Time> {
        let deadlines =
            [self.transactions.deadline(), self.legs.deadline(), self.registrar.deadline()];
        deadlines.into_iter().flatten().min()
    }

    /// Places a call. Everything that follows is told by events; an unregistered user (480) or an
    /// unwritable header (400) gives `Failed` at once. Outgoing legs count for `legs_max` but are
    /// not refused by it: whoever dials answers for a caller who was let in already.
    pub fn dial(&mut self, now: Time, dial: Dial, out: &mut Vec<Output>) -> LegId {
        self.place(now, dial, out)
    }

    /// 180 to an incoming leg.
    pub fn ring(&mut self, now: Time, leg: LegId, out: &mut Vec<Output>) {
        self.send_ringing(now, leg, out);
    }

    /// 200 with this SDP to an incoming leg, repeated until the ACK comes (RFC 3261 §13.3.1.4).
    pub fn answer(&mut self, now: Time, leg: LegId, sdp: Bytes, out: &mut Vec<Output>) {
        self.accept(now, leg, sdp, out);
    }

    /// A final refusal to an incoming leg (300 to 699, else 500). No further event follows.
    pub fn refuse(&mut self, now: Time, leg: LegId, status: u16, out: &mut Vec<Output>) {
        self.turn_down(now, leg, status, out);
    }

    /// 200 with this SDP to a `Reoffered`; `None` answers 488 and the session stays as it was.
    pub fn reanswer(&mut self, now: Time, leg: LegId, sdp: Option<Bytes>, out: &mut Vec<Output>) {
        self.answer_reoffer(now, leg, sdp, out);
    }

    /// Ends a leg whatever its state: CANCEL (then `Failed` 487, or ACK and BYE if a 200 crosses
    /// it), 487 (no event follows), or BYE (then `Ended` with `Ours`, at once). A leg that is gone
    /// already is a no-op.
    pub fn hang_up(&mut self, now: Time, leg: LegId, out: &mut Vec<Output>) {
        self.end(now, leg, out);
    }

    /// Asks whether the peer of an answered leg is still there. Silence, 408 and 481 end the leg as
    /// `Lost`; any other answer is a sign of life and is not told. Other legs: a no-op.
    pub fn probe(&mut self, now: Time, leg: LegId, out: &mut Vec<Output>) {
        self.ask(now, leg, out);
    }

    /// Whether the peer of a leg has said anything at all, a 100 included.
    pub fn is_heard(&self, leg: LegId) -> bool {
        self.has_heard(leg)
    }

    /// Registers this phone. Answered by `RegisterDone`.
    pub fn register(&mut self, now: Time, register: Register, out: &mut Vec<Output>) {
        self.ask_registrar(now, register, out);
    }

    /// The current flow of a registered user.
    pub fn flow_of(&self, user: &str) -> Option<Flow> {
        self.registrar.newest(user).map(|binding| binding.flow)
    }

    /// Live legs and transactions, for boards and limits.
    pub fn load(&self) -> (usize, usize) {
        (self.legs.len(), self.transactions.len())
    }
}
