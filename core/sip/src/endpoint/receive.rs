//! Sorts what comes: responses to their transaction, requests to their transaction, dialog or door.

use bytes::Bytes;

use super::wire::{stamp, way_back};
use super::{Endpoint, Output};
use crate::message::{Message, Method};
use crate::transaction::{Ack, Heard, Owner, What, server_key};
use crate::{Flow, Time};

/// A request that is new to us.
#[derive(Debug)]
pub(super) struct Arrival {
    /// With `received` and `rport` in its Via.
    pub(super) request: Message,
    /// Where it came from.
    pub(super) flow: Flow,
    /// Where its responses go.
    pub(super) back: Flow,
    /// The name of its transaction, should it get one.
    pub(super) key: Box<str>,
    pub(super) cseq: u32,
    pub(super) to_tag: Option<String>,
}

impl Endpoint {
    pub(super) fn take(&mut self, now: Time, flow: Flow, bytes: Bytes, out: &mut Vec<Output>) {
        match Message::parse(bytes) {
            Ok(message) if message.is_request() => self.take_request(now, flow, message, out),
            Ok(response) => self.take_response(now, flow, &response, out),
            Err(fault) => {
                if let Some(request) = fault.recoverable {
                    self.refuse_unread(flow, *request, fault.status, out);
                }
            }
        }
    }

    fn take_request(&mut self, now: Time, flow: Flow, request: Message, out: &mut Vec<Output>) {
        let Some(arrival) = arrival(request, flow) else { return };
        let is_ack = *arrival.request.method() == Method::Ack;
        match self.transactions.find(&arrival.key) {
            Some(tx) if is_ack => {
                if self.transactions.ack(now, tx) == Ack::TheDialogs {
                    self.acked(now, &arrival, out);
                }
            }
            Some(tx) => self.transactions.again(tx, out),
            None if is_ack => self.acked(now, &arrival, out),
            None => self.admit(now, arrival, out),
        }
    }

    fn take_response(&mut self, now: Time, flow: Flow, response: &Message, out: &mut Vec<Output>) {
        // A second Via means that we were only a hop: not ours (RFC 3261 §8.1.3.3).
        let vias = response.vias().unwrap_or_default();
        let [via] = vias.as_slice() else { return };
        let Some(branch) = via.branch() else { return };
        if let Some(heard) = self.transactions.response(now, branch, response, out) {
            if let (Owner::Invite(leg), What::Accepted) = (heard.owner, heard.what) {
                self.answer_came(leg, flow);
            }
            self.heard(now, heard, Some(response), out);
        }
    }

    /// News of a transaction of ours; `response` is `None` for silence.
    pub(super) fn heard(
        &mut self,
        now: Time,
        heard: Heard,
        response: Option<&Message>,
        out: &mut Vec<Output>,
    ) {
        match heard.owner {
            Owner::Invite(leg) => {
                self.invite_heard(now, (leg, heard.tx), heard.what, response, out)
            }
            Owner::Bye(leg) => {
                if heard.what != What::Provisional {
                    self.bye_done(now, leg, response, out);
                }
            }
            Owner::Probe(leg) => {
                if heard.what != What::Provisional {
                    self.probed(now, leg, response, out);
                }
            }
            Owner::Register(number) => {
                if heard.what != What::Provisional {
                    self.registrar_answered(now, number, response, out);
                }
            }
            Owner::Nobody => {}
        }
    }
}

/// The parser has checked all that is read here, so nothing is ever lost.
fn arrival(mut request: Message, flow: Flow) -> Option<Arrival> {
    let via = request.top_via().ok()?;
    let key = server_key(&request, &via, request.method()).ok()?;
    let back = way_back(flow, &via);
    let (cseq, _) = request.cseq().ok()?;
    let to_tag = request.to().ok()?.tag().map(str::to_owned);
    stamp(&mut request, via, flow).ok()?;
    Some(Arrival { request, flow, back, key, cseq, to_tag })
}
