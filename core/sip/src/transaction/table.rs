//! All live transactions: matching, timers, and who is to be told.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;

use super::client::Client;
use super::client_invite::{Accepted, ClientInvite, Sent};
use super::server::Server;
use super::server_invite::{Ack, ServerInvite};
use super::{Fired, Told};
use crate::message::{Message, Method};
use crate::{Flow, LegId, Output, Time};

/// One transaction; never used twice.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct TxId(u64);

/// Whom a transaction serves.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Owner {
    /// The INVITE of a leg, in either direction.
    Invite(LegId),
    /// Our BYE of a leg.
    Bye(LegId),
    /// Our question whether the peer of a leg is still there.
    Probe(LegId),
    /// Our registration of this number.
    Register(u64),
    /// Nobody waits for the outcome.
    Nobody,
}

/// News for an owner.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heard {
    pub(crate) owner: Owner,
    pub(crate) tx: TxId,
    pub(crate) what: What,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum What {
    Provisional,
    /// A 2xx to an INVITE by a fork that is new: the owner owes it an ACK.
    Accepted,
    /// A refusal of an INVITE, acknowledged already.
    Refused,
    /// The final response to another request.
    Final,
    TimedOut,
}

#[derive(Debug, Default)]
pub(crate) struct Transactions {
    live: BTreeMap<TxId, Entry>,
    /// Server transactions by [`super::server_key`], client transactions by branch and method.
    by_key: BTreeMap<Box<str>, TxId>,
    /// INVITE server transactions by [`super::merge_key`].
    by_merge: BTreeMap<Box<str>, TxId>,
    /// Exactly one entry for each transaction with a timer, at its next timer.
    timers: BTreeSet<(Time, TxId)>,
    next: u64,
}

#[derive(Debug)]
struct Entry {
    key: Box<str>,
    merge: Option<Box<str>>,
    flow: Flow,
    owner: Owner,
    machine: Machine,
    /// Where this transaction stands in `timers`.
    due: Option<Time>,
}

#[derive(Debug)]
enum Machine {
    Client(Client),
    ClientInvite(ClientInvite),
    Server(Server),
    ServerInvite(ServerInvite),
}

impl Transactions {
    pub(crate) fn len(&self) -> usize {
        self.live.len()
    }

    pub(crate) fn deadline(&self) -> Option<Time> {
        self.timers.first().map(|(at, _)| *at)
    }

    /// Sends a request of ours whose top Via carries `branch`.
    pub(crate) fn send(
        &mut self,
        now: Time,
        (flow, owner): (Flow, Owner),
        (branch, message): (&str, Message),
        out: &mut Vec<Output>,
    ) -> TxId {
        let bytes = message.to_bytes();
        out.push(Output::Send { flow, bytes: bytes.clone() });
        let reliable = flow.transport.is_reliable();
        let key = client_key(branch, message.method());
        let machine = if *message.method() == Method::Invite {
            Machine::ClientInvite(ClientInvite::start(now, message, bytes, reliable))
        } else {
            Machine::Client(Client::start(now, bytes, reliable))
        };
        self.insert(Entry { key, merge: None, flow, owner, machine, due: None })
    }

    /// A request that is not an INVITE came; answer it with [`Transactions::respond`].
    pub(crate) fn serve(&mut self, now: Time, flow: Flow, key: Box<str>) -> TxId {
        let machine = Machine::Server(Server::start(now));
        self.insert(Entry { key, merge: None, flow, owner: Owner::Nobody, machine, due: None })
    }

    /// An INVITE came; `trying` is sent at once.
    pub(crate) fn serve_invite(
        &mut self,
        (flow, leg): (Flow, LegId),
        (key, merge): (Box<str>, Option<Box<str>>),
        trying: Bytes,
        out: &mut Vec<Output>,
    ) -> TxId {
        out.push(Output::Send { flow, bytes: trying.clone() });
        let reliable = flow.transport.is_reliable();
        let machine = Machine::ServerInvite(ServerInvite::start(trying, reliable));
        self.insert(Entry { key, merge, flow, owner: Owner::Invite(leg), machine, due: None })
    }

    /// An INVITE came that is refused at once: the refusal is repeated until its ACK.
    pub(crate) fn refuse_invite(
        &mut self,
        now: Time,
        (flow, key): (Flow, Box<str>),
        (status, bytes): (u16, Bytes),
        out: &mut Vec<Output>,
    ) {
        let reliable = flow.transport.is_reliable();
        let machine = Machine::ServerInvite(ServerInvite::start(bytes.clone(), reliable));
        let owner = Owner::Nobody;
        let tx = self.insert(Entry { key, merge: None, flow, owner, machine, due: None });
        self.respond(now, tx, status, bytes, out);
    }

    /// Sends our response, if the transaction still waits for one.
    pub(crate) fn respond(
        &mut self,
        now: Time,
        tx: TxId,
        status: u16,
        bytes: Bytes,
        out: &mut Vec<Output>,
    ) {
        let Some(entry) = self.live.get_mut(&tx) else { return };
        let fits = match &mut entry.machine {
            Machine::Server(server) => {
                server.respond(now, bytes.clone(), entry.flow.transport.is_reliable())
            }
            Machine::ServerInvite(server) => server.respond(now, status, bytes.clone()),
            Machine::Client(_) | Machine::ClientInvite(_) => {
                unreachable!("a response of ours belongs to a server transaction")
            }
        };
        if fits {
            out.push(Output::Send { flow: entry.flow, bytes });
        }
        self.reschedule(tx);
    }

    pub(crate) fn find(&self, key: &str) -> Option<TxId> {
        self.by_key.get(key).copied()
    }

    pub(crate) fn find_merged(&self, merge: &str) -> bool {
        self.by_merge.contains_key(merge)
    }

    pub(crate) fn owner(&self, tx: TxId) -> Owner {
        self.live.get(&tx).map_or(Owner::Nobody, |entry| entry.owner)
    }

    /// A request came again: the last response once more.
    pub(crate) fn again(&self, tx: TxId, out: &mut Vec<Output>) {
        let Some(entry) = self.live.get(&tx) else { return };
        let bytes = match &entry.machine {
            Machine::Server(server) => server.again(),
            Machine::ServerInvite(server) => server.again(),
            Machine::Client(_) | Machine::ClientInvite(_) => None,
        };
        if let Some(bytes) = bytes {
            out.push(Output::Send { flow: entry.flow, bytes });
        }
    }

    /// An ACK with the branch of an INVITE.
    pub(crate) fn ack(&mut self, now: Time, tx: TxId) -> Ack {
        let ack = match self.live.get_mut(&tx).map(|entry| &mut entry.machine) {
            Some(Machine::ServerInvite(server)) => server.ack(now),
            Some(Machine::Server(_) | Machine::Client(_) | Machine::ClientInvite(_)) | None => {
                Ack::Ours
            }
        };
        self.reschedule(tx);
        ack
    }

    /// A response to a request of ours. `branch` is that of its only Via.
    pub(crate) fn response(
        &mut self,
        now: Time,
        branch: &str,
        response: &Message,
        out: &mut Vec<Output>,
    ) -> Option<Heard> {
        let status = response.status()?;
        let tx = self.find(&client_key(branch, response.method()))?;
        let entry = self.live.get_mut(&tx)?;
        let what = match &mut entry.machine {
            Machine::Client(client) => match client.response(now, status) {
                Told::Provisional => Some(What::Provisional),
                Told::Final => Some(What::Final),
                Told::Nothing => None,
            },
            Machine::ClientInvite(client) => {
                invite_response(now, client, (status, response), entry.flow, out)
            }
            Machine::Server(_) | Machine::ServerInvite(_) => None,
        };
        let owner = entry.owner;
        self.reschedule(tx);
        what.map(|what| Heard { owner, tx, what })
    }

    /// The flow of a client transaction, and its INVITE while it has no final answer.
    pub(crate) fn sent(&self, tx: TxId) -> Option<(Flow, &Sent)> {
        let entry = self.live.get(&tx)?;
        match &entry.machine {
            Machine::ClientInvite(client) => client.sent().map(|sent| (entry.flow, sent)),
            Machine::Client(_) | Machine::Server(_) | Machine::ServerInvite(_) => None,
        }
    }

    pub(crate) fn flow(&self, tx: TxId) -> Option<Flow> {
        self.live.get(&tx).map(|entry| entry.flow)
    }

    /// The ACK that the owner of an accepted INVITE made for one fork.
    pub(crate) fn keep_ack(&mut self, tx: TxId, to_tag: &str, flow: Flow, ack: Bytes) {
        if let Some(Entry { machine: Machine::ClientInvite(client), .. }) = self.live.get_mut(&tx) {
            client.keep_ack(to_tag, flow, ack);
        }
    }

    /// Nobody wants this INVITE any more: it is not repeated, but an answer is still heard.
    pub(crate) fn fall_silent(&mut self, tx: TxId) {
        if let Some(Entry { machine: Machine::ClientInvite(client), .. }) = self.live.get_mut(&tx) {
            client.fall_silent();
        }
        self.reschedule(tx);
    }

    /// Ends a transaction without a word.
    pub(crate) fn forget(&mut self, tx: TxId) {
        let Some(entry) = self.live.remove(&tx) else { return };
        if let Some(due) = entry.due {
            self.timers.remove(&(due, tx));
        }
        self.by_key.remove(&entry.key);
        if let Some(merge) = entry.merge {
            self.by_merge.remove(&merge);
        }
    }

    /// Ends all transactions of a flow that is no more; their owners are told by the endpoint.
    pub(crate) fn forget_flow(&mut self, flow: Flow) -> Vec<Owner> {
        let of_flow = |(tx, entry): (&TxId, &Entry)| (entry.flow == flow).then_some(*tx);
        let gone: Vec<TxId> = self.live.iter().filter_map(of_flow).collect();
        let owners = gone.iter().map(|tx| self.owner(*tx)).collect();
        for tx in gone {
            self.forget(tx);
        }
        owners
    }

    /// Fires one due timer. `None`: nothing more is due. `Some(None)`: it concerned nobody.
    pub(crate) fn expire(&mut self, now: Time, out: &mut Vec<Output>) -> Option<Option<Heard>> {
        let (_, tx) = *self.timers.first().filter(|(at, _)| *at <= now)?;
        let Some(entry) = self.live.get_mut(&tx) else {
            unreachable!("a timer goes with its transaction")
        };
        let fired = match &mut entry.machine {
            Machine::Client(client) => client.expire(now),
            Machine::ClientInvite(client) => client.expire(now),
            Machine::Server(server) => server.expire(now),
            Machine::ServerInvite(server) => server.expire(now),
        };
        let owner = entry.owner;
        match fired {
            Fired::Early => {}
            Fired::Resend(bytes) => out.push(Output::Send { flow: entry.flow, bytes }),
            Fired::Gone => {
                self.forget(tx);
                return Some(None);
            }
            Fired::TimedOut => {
                self.forget(tx);
                return Some(Some(Heard { owner, tx, what: What::TimedOut }));
            }
        }
        self.reschedule(tx);
        Some(None)
    }

    fn insert(&mut self, entry: Entry) -> TxId {
        let tx = TxId(self.next);
        self.next += 1;
        self.by_key.insert(entry.key.clone(), tx);
        if let Some(merge) = &entry.merge {
            self.by_merge.insert(merge.clone(), tx);
        }
        self.live.insert(tx, entry);
        self.reschedule(tx);
        tx
    }

    fn reschedule(&mut self, tx: TxId) {
        let Some(entry) = self.live.get_mut(&tx) else { return };
        let due = match &entry.machine {
            Machine::Client(client) => Some(client.deadline()),
            Machine::ClientInvite(client) => client.deadline(),
            Machine::Server(server) => Some(server.deadline()),
            Machine::ServerInvite(server) => server.deadline(),
        };
        if due == entry.due {
            return;
        }
        if let Some(old) = entry.due {
            self.timers.remove(&(old, tx));
        }
        entry.due = due;
        if let Some(new) = due {
            self.timers.insert((new, tx));
        }
    }
}

fn client_key(branch: &str, method: &Method) -> Box<str> {
    format!("> {branch} {}", method.as_str()).into_boxed_str()
}

fn invite_response(
    now: Time,
    client: &mut ClientInvite,
    (status, response): (u16, &Message),
    flow: Flow,
    out: &mut Vec<Output>,
) -> Option<What> {
    if status < 200 {
        return match client.provisional() {
            Told::Provisional => Some(What::Provisional),
            Told::Final | Told::Nothing => None,
        };
    }
    if status < 300 {
        let to = response.to().ok()?;
        return match client.accepted(now, to.tag().unwrap_or_default()) {
            Accepted::News => Some(What::Accepted),
            Accepted::Again(flow, bytes) => {
                out.push(Output::Send { flow, bytes });
                None
            }
            Accepted::Nothing => None,
        };
    }
    let (bytes, told) = client.refused(now, response)?;
    out.push(Output::Send { flow, bytes });
    match told {
        Told::Final => Some(What::Refused),
        Told::Provisional | Told::Nothing => None,
    }
}
