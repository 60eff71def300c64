//! Dialogs (RFC 3261 §12): who talks to whom about what, by which way and in which order.

mod leg;
mod legs;
mod reply;

use std::net::SocketAddr;

use crate::message::{Contacts, Message, Method, Name, NameAddr, ParseError, Uri};
use crate::{Flow, Transport};

pub(crate) use leg::{Calling, Invited, Leg, Over, Reoffer, State, Unacked, Up};
pub(crate) use legs::Legs;
pub(crate) use reply::Reply;

/// The state of one dialog. Until the peer has given its tag it is only ours.
#[derive(Debug)]
pub(crate) struct Dialog {
    pub(crate) call_id: String,
    pub(crate) local_tag: String,
    /// `None` until an outgoing call is answered.
    pub(crate) remote_tag: Option<String>,
    /// Our From in requests, with our tag.
    local: String,
    /// Our To in requests, with the peer's tag once it is known.
    remote: String,
    /// Where requests are addressed: the peer's Contact.
    target: String,
    /// Route values in the order of sending.
    routes: Vec<String>,
    local_cseq: u32,
    /// `None` until the peer's first request.
    remote_cseq: Option<u32>,
    /// The way to the peer.
    pub(crate) flow: Flow,
    /// Requests follow Route or Contact, if these are addresses we can reach, and not the flow on
    /// which the dialog began: a fixed peer was called, and it may hand the call to a neighbour.
    follows_contact: bool,
    /// Our own Contact.
    pub(crate) contact: String,
}

/// Our side of a dialog to be made.
#[derive(Debug)]
pub(crate) struct OurSide {
    pub(crate) tag: String,
    pub(crate) contact: String,
    pub(crate) flow: Flow,
    /// See [`Dialog::follows_contact`].
    pub(crate) follows_contact: bool,
}

impl Dialog {
    /// The dialog that the answer to an INVITE would make (§12.1.1).
    pub(crate) fn called(invite: &Message, ours: OurSide) -> Result<Dialog, ParseError> {
        let from = invite.from()?;
        let (cseq, _) = invite.cseq()?;
        let target = only_contact(invite)?.ok_or(ParseError::bad("an INVITE has no Contact"))?;
        let to = String::from_utf8_lossy(invite.get_bytes(Name::To).unwrap_or_default());
        let remote = String::from_utf8_lossy(invite.get_bytes(Name::From).unwrap_or_default());
        Ok(Dialog {
            call_id: invite.call_id()?.to_owned(),
            local: format!("{to};tag={}", ours.tag),
            remote: remote.into_owned(),
            local_tag: ours.tag,
            remote_tag: Some(from.tag().unwrap_or_default().to_owned()),
            target,
            routes: invite.record_routes()?.iter().map(NameAddr::to_string).collect(),
            local_cseq: 0,
            remote_cseq: Some(cseq),
            flow: ours.flow,
            follows_contact: ours.follows_contact,
            contact: ours.contact,
        })
    }

    /// The dialog that our INVITE asks for.
    pub(crate) fn calling(ours: OurSide, call: Ends) -> Dialog {
        Dialog {
            call_id: call.call_id,
            local: format!("{};tag={}", call.from, ours.tag),
            remote: call.to,
            local_tag: ours.tag,
            remote_tag: None,
            target: call.target,
            routes: Vec::new(),
            local_cseq: 0,
            remote_cseq: None,
            flow: ours.flow,
            follows_contact: ours.follows_contact,
            contact: ours.contact,
        }
    }

    /// The dialog of one fork that answered our INVITE with a 2xx (§12.1.2), known by nothing but
    /// that answer and the flow of the INVITE.
    pub(crate) fn answered_by(answer: &Message, ours: OurSide) -> Result<Dialog, ParseError> {
        let text = |name| answer.get_bytes(name).map(String::from_utf8_lossy).unwrap_or_default();
        let (cseq, _) = answer.cseq()?;
        let mut dialog = Dialog {
            call_id: answer.call_id()?.to_owned(),
            local: text(Name::From).into_owned(),
            remote: String::new(),
            local_tag: ours.tag,
            remote_tag: None,
            target: answer.to()?.uri,
            routes: Vec::new(),
            local_cseq: cseq,
            remote_cseq: None,
            flow: ours.flow,
            follows_contact: ours.follows_contact,
            contact: ours.contact,
        };
        dialog.confirm(answer);
        Ok(dialog)
    }

    /// Takes tag, target and route set from a 2xx to our INVITE. One with a broken Contact or
    /// Record-Route is taken all the same: its phone is off the hook and must hear our BYE.
    pub(crate) fn confirm(&mut self, answer: &Message) {
        let to = answer.to().unwrap_or_default();
        // What was seen before may have come from another fork.
        self.remote_cseq = None;
        self.remote_tag = Some(to.tag().unwrap_or_default().to_owned());
        let remote = String::from_utf8_lossy(answer.get_bytes(Name::To).unwrap_or_default());
        self.remote = remote.into_owned();
        if let Ok(Some(target)) = only_contact(answer) {
            self.target = target;
        }
        let routes = answer.record_routes().unwrap_or_default();
        self.routes = routes.iter().rev().map(NameAddr::to_string).collect();
        self.flow = self.next_hop();
    }

    /// The next request within the dialog; ACK and CANCEL are made elsewhere.
    pub(crate) fn request(&mut self, method: Method, via: &str) -> Message {
        self.local_cseq += 1;
        self.write(method, self.local_cseq, via)
    }

    /// The ACK for a 2xx to our INVITE with this CSeq: a transaction of its own (§13.2.2.4).
    pub(crate) fn ack(&self, cseq: u32, via: &str) -> Message {
        self.write(Method::Ack, cseq, via)
    }

    /// Notes the CSeq of a request of the peer. False: it is older than one we have seen
    /// (§12.2.2).
    pub(crate) fn is_in_order(&mut self, cseq: u32) -> bool {
        let is_newer = self.remote_cseq.is_none_or(|last| cseq > last);
        if is_newer {
            self.remote_cseq = Some(cseq);
        }
        is_newer
    }

    /// A target refresh request moved the peer (§12.2.2), or came by another way.
    pub(crate) fn refresh(&mut self, request: &Message, way_back: Flow) {
        if let Ok(Some(target)) = only_contact(request) {
            self.target = target;
        }
        self.flow = if self.follows_contact { self.next_hop() } else { way_back };
    }

    /// The peer is heard on this flow now; one whose Contact decides the way stays where it was.
    pub(crate) fn move_to(&mut self, flow: Flow) {
        if !self.follows_contact {
            self.flow = flow;
        }
    }

    /// The request line's address of the next request.
    pub(crate) fn request_uri(&self) -> &str {
        self.addressing().0
    }

    /// Request line, Route values, and one more Route: a strict router wants to be the address, and
    /// the target as the last Route (§12.2.1.1).
    fn addressing(&self) -> (&str, &[String], Option<String>) {
        match self.routes.split_first() {
            Some((first, rest)) if !is_loose_router(first) => {
                (inside_brackets(first), rest, Some(format!("<{}>", self.target)))
            }
            Some(_) | None => (self.target.as_str(), self.routes.as_slice(), None),
        }
    }

    fn write(&self, method: Method, cseq: u32, via: &str) -> Message {
        let (uri, routes, last) = self.addressing();
        let cseq = format!("{cseq} {}", method.as_str());
        let mut message = Message::request(method, uri);
        message.push(Name::Via, via.to_owned());
        message.push(Name::MaxForwards, "70");
        for route in routes.iter().chain(&last) {
            message.push(Name::Route, route.clone());
        }
        message.push(Name::From, self.local.clone());
        message.push(Name::To, self.remote.clone());
        message.push(Name::CallId, self.call_id.clone());
        message.push(Name::CSeq, cseq);
        message
    }

    /// The address of the first Route or of the target, when we can reach it from our socket.
    fn next_hop(&self) -> Flow {
        if !self.follows_contact {
            return self.flow;
        }
        let next = self.routes.first().map_or(self.target.as_str(), |route| inside_brackets(route));
        let Ok(uri) = Uri::parse(next) else { return self.flow };
        match (uri.ip(), self.flow.transport) {
            (Some(ip), Transport::Udp) if ip.is_ipv4() == self.flow.remote.is_ipv4() => {
                let remote = SocketAddr::new(ip, uri.port.unwrap_or(5060));
                Flow { remote, ..self.flow }
            }
            (Some(_) | None, _) => self.flow,
        }
    }
}

/// The ends of an outgoing call.
#[derive(Debug)]
pub(crate) struct Ends {
    pub(crate) call_id: String,
    /// From and To without tags.
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) target: String,
}

/// The URI of Contact, which may be only one in requests and answers that make dialogs (§8.1.1.8).
fn only_contact(message: &Message) -> Result<Option<String>, ParseError> {
    match message.contacts()? {
        Contacts::Star => Err(ParseError::bad("a star where one contact must be")),
        Contacts::List(list) => Ok(list.into_iter().next().map(|contact| contact.uri)),
    }
}

fn is_loose_router(route: &str) -> bool {
    Uri::parse(inside_brackets(route)).is_ok_and(|uri| uri.params.has("lr"))
}

/// The URI of a route that we printed ourselves.
fn inside_brackets(route: &str) -> &str {
    let start = route.rfind('<').map_or(0, |at| at + 1);
    let end = route.rfind('>').unwrap_or(route.len());
    route.get(start..end).unwrap_or(route)
}
