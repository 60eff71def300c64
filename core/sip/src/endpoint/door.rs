//! The door: what is turned away here has cost no state (RFC 3261 §8.2).

use std::hash::{DefaultHasher, Hasher};

use super::receive::Arrival;
use super::wire::{ALLOW, ALLOW_REGISTRAR, RETRY_AFTER_FULL, stamp, way_back};
use super::{Endpoint, Output};
use crate::message::{Message, Method, Name, Uri};
use crate::transaction::merge_key;
use crate::{Flow, Time};

/// A refusal, with the headers that its status asks for.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) status: u16,
    pub(super) headers: Vec<(Name, String)>,
}

impl Refused {
    pub(super) fn plain(status: u16) -> Refused {
        Refused { status, headers: Vec::new() }
    }

    pub(super) fn with(status: u16, name: Name, value: impl Into<String>) -> Refused {
        Refused { status, headers: vec![(name, value.into())] }
    }

    /// 503: come again later.
    pub(super) fn full() -> Refused {
        Refused::with(503, Name::RetryAfter, RETRY_AFTER_FULL)
    }
}

impl Endpoint {
    /// A request that is neither a repetition nor an ACK.
    pub(super) fn admit(&mut self, now: Time, arrival: Arrival, out: &mut Vec<Output>) {
        // CANCEL goes hop by hop and asks for nothing but its INVITE (§9.2).
        if *arrival.request.method() == Method::Cancel {
            return self.cancelled(now, &arrival, out);
        }
        if let Err(refused) = self.inspect(&arrival) {
            return self.turn_away(&arrival, refused, out);
        }
        if arrival.to_tag.is_some() {
            return self.within(now, arrival, out);
        }
        match arrival.request.method() {
            Method::Invite => self.invited(now, arrival, out),
            Method::Register => self.registers(now, &arrival, out),
            Method::Options => self.tell_abilities(&arrival, out),
            // Without a To tag these belong to no dialog.
            Method::Bye | Method::Update | Method::Info => {
                self.turn_away(&arrival, Refused::plain(481), out);
            }
            Method::Ack
            | Method::Cancel
            | Method::Prack
            | Method::Refer
            | Method::Notify
            | Method::Subscribe
            | Method::Message
            | Method::Publish
            | Method::Other(_) => unreachable!("inspected"),
        }
    }

    /// §8.2.1 and §8.2.2, for every request.
    fn inspect(&self, arrival: &Arrival) -> Result<(), Refused> {
        let request = &arrival.request;
        let is_served = match request.method() {
            Method::Invite
            | Method::Ack
            | Method::Bye
            | Method::Cancel
            | Method::Options
            | Method::Update
            | Method::Info => true,
            Method::Register => !self.access.is_phone,
            Method::Prack
            | Method::Refer
            | Method::Notify
            | Method::Subscribe
            | Method::Message
            | Method::Publish
            | Method::Other(_) => false,
        };
        if !is_served {
            return Err(Refused::with(405, Name::Allow, self.allow()));
        }
        let uri = Uri::parse(request.uri().unwrap_or_default());
        if !uri.is_ok_and(|uri| uri.is_sip() || uri.has_scheme("tel")) {
            return Err(Refused::plain(416));
        }
        // We are where the request ends, but beyond us there is another call leg: a loop of calls
        // through us and another exchange has to end somewhere.
        if request.max_forwards().is_ok_and(|left| left == Some(0)) {
            return Err(Refused::plain(483));
        }
        let required: Vec<&str> = request.words(Name::Require).collect();
        if !required.is_empty() {
            return Err(Refused::with(420, Name::Unsupported, required.join(", ")));
        }
        if arrival.to_tag.is_none() && self.is_merged(arrival) {
            return Err(Refused::plain(482));
        }
        Ok(())
    }

    fn is_merged(&self, arrival: &Arrival) -> bool {
        *arrival.request.method() == Method::Invite
            && merge_key_of(arrival).is_some_and(|key| self.transactions.find_merged(&key))
    }

    pub(super) fn is_full(&self) -> bool {
        self.transactions.len() >= self.config.transactions_max
    }

    pub(super) fn allow(&self) -> &'static str {
        if self.access.is_phone { ALLOW } else { ALLOW_REGISTRAR }
    }

    /// Answers a request without keeping anything.
    pub(super) fn turn_away(&self, arrival: &Arrival, refused: Refused, out: &mut Vec<Output>) {
        let mut response = self.stateless(&arrival.request, refused.status);
        for (name, value) in refused.headers {
            response.push(name, value);
        }
        out.push(Output::Send { flow: arrival.back, bytes: response.to_bytes() });
    }

    /// Answers a request that breaks the grammar.
    pub(super) fn refuse_unread(
        &self,
        flow: Flow,
        mut request: Message,
        status: u16,
        out: &mut Vec<Output>,
    ) {
        let Ok(via) = request.top_via() else { return };
        let back = way_back(flow, &via);
        if stamp(&mut request, via, flow).is_ok() {
            let bytes = self.stateless(&request, status).to_bytes();
            out.push(Output::Send { flow: back, bytes });
        }
    }

    /// OPTIONS outside of a dialog (§11.2).
    fn tell_abilities(&self, arrival: &Arrival, out: &mut Vec<Output>) {
        let mut response = self.stateless(&arrival.request, 200);
        self.push_abilities(&mut response);
        out.push(Output::Send { flow: arrival.back, bytes: response.to_bytes() });
    }

    pub(super) fn push_abilities(&self, message: &mut Message) {
        message.push(Name::Allow, self.allow());
        message.push(Name::Accept, "application/sdp");
        message.push(Name::Supported, "");
    }

    /// A response whose To tag is always the same for the same request, though we forget it.
    pub(super) fn stateless(&self, request: &Message, status: u16) -> Message {
        let mut hasher = DefaultHasher::new();
        hasher.write(&self.stateless_secret);
        hasher.write(request.call_id().unwrap_or_default().as_bytes());
        hasher.write(request.get_bytes(Name::CSeq).unwrap_or_default());
        let tag = format!("{:016x}", hasher.finish());
        let mut response = Message::response_to(request, status, Some(&tag));
        response.push(Name::Server, self.config.product.clone());
        response
    }
}

/// What an INVITE has in common with its twin that took another way.
pub(super) fn merge_key_of(arrival: &Arrival) -> Option<Box<str>> {
    let request = &arrival.request;
    let from = request.from().ok()?;
    Some(merge_key(request.call_id().ok()?, from.tag().unwrap_or_default(), arrival.cseq))
}
