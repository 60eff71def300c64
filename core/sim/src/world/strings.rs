//! What an endpoint of ours never says, said by hand: re-INVITEs, and answers within an ACK.
//!
//! The strings watch the messages of one call go by. They number the requests of the endpoint
//! behind their own, and keep the answers to their own from it.

use bytes::Bytes;
use sip::Flow;
use sip::message::{Contacts, Message, Method, Name};

use super::handset::Effect;

/// What every branch of ours begins with.
const BRANCH: &str = "z9hG4bK-by-hand";

#[derive(Debug, Default)]
pub(super) struct Strings {
    /// From, To and Contact as our own requests within the dialog need them.
    ends: Option<Ends>,
    flow: Option<Flow>,
    /// The CSeq of the endpoint's next request is this much higher than it thinks.
    ahead: u32,
    /// The last CSeq seen from our side.
    cseq: u32,
    /// The INVITE had no offer: this answers the one that comes with the 200.
    late_answer: Option<Bytes>,
    /// The re-INVITE had no offer: this answers the one that comes with its 200.
    late_reanswer: Option<Bytes>,
}

#[derive(Clone, Debug)]
struct Ends {
    from: Bytes,
    to: Bytes,
    call_id: String,
    target: String,
}

impl Strings {
    /// Of a call that this phone places.
    pub(super) fn calling(late_answer: Option<Bytes>) -> Strings {
        Strings { cseq: 1, late_answer, ..Strings::default() }
    }

    /// Of a call that comes with this message, if it is one. Our tag is not known yet.
    pub(super) fn of_invite(bytes: &Bytes) -> Option<Strings> {
        let invite = Message::parse(bytes.clone()).ok()?;
        let is_new = invite.is_request() && *invite.method() == Method::Invite;
        let ends = Ends::of(&invite, (Name::To, Name::From))?;
        is_new.then(|| Strings { ends: Some(ends), ..Strings::default() })
    }

    pub(super) fn is_known(&self) -> bool {
        self.ends.is_some()
    }

    /// A message of the endpoint goes out: noted, and changed where the strings were pulled.
    pub(super) fn sent(&mut self, bytes: Bytes) -> Bytes {
        let Ok(mut message) = Message::parse(bytes.clone()) else { return bytes };
        if message.status() == Some(200) && *message.method() == Method::Invite {
            // Our answer to their INVITE: now our tag is known.
            if let (Some(ends), Some(to)) = (&mut self.ends, message.get_bytes(Name::To)) {
                ends.from = Bytes::copy_from_slice(to);
            }
            return bytes;
        }
        if !message.is_request() {
            return bytes;
        }
        if *message.method() == Method::Invite
            && let Ok((cseq, _)) = message.cseq()
        {
            // Once more, when the first was challenged.
            self.cseq = cseq;
        }
        let is_ack = *message.method() == Method::Ack && self.ends.is_some();
        if is_ack && let Some(answer) = self.late_answer.clone() {
            message.push(Name::ContentType, "application/sdp");
            message.body = answer;
            return message.to_bytes();
        }
        if *message.method() == Method::Bye && self.ahead > 0 {
            let Ok((cseq, method)) = message.cseq() else { return bytes };
            message.set(Name::CSeq, format!("{} {method}", cseq + self.ahead));
            return message.to_bytes();
        }
        bytes
    }

    /// A message comes: `Some` when it is for the strings, with what follows from it.
    pub(super) fn heard(&mut self, flow: Flow, bytes: &Bytes) -> Option<Vec<Effect>> {
        let message = Message::parse(bytes.clone()).ok()?;
        self.flow = Some(flow);
        let is_accepted = message.status() == Some(200) && *message.method() == Method::Invite;
        if is_accepted && self.ends.is_none() {
            self.ends = Ends::of(&message, (Name::From, Name::To));
        }
        let is_ours = message.top_via().ok()?.branch()?.starts_with(BRANCH);
        if message.is_request() || !is_ours {
            return None;
        }
        let (cseq, _) = message.cseq().ok()?;
        let status = message.status()?;
        let mut effects = Vec::new();
        if status >= 200 && *message.method() == Method::Invite {
            // The ACK of a refusal belongs to the INVITE's transaction (RFC 3261 §17.1.1.3).
            let within = if status < 300 { Method::Ack } else { Method::Invite };
            let mut ack = self.request(Method::Ack, cseq, &within)?;
            if let Some(answer) = self.late_reanswer.clone().filter(|_| status < 300) {
                ack.push(Name::ContentType, "application/sdp");
                ack.body = answer;
            }
            effects.push(Effect::Send { flow, bytes: ack.to_bytes() });
        }
        if status >= 300 {
            effects.push(Effect::Says(format!("its re-INVITE is refused with {status}")));
        }
        Some(effects)
    }

    /// The re-INVITE of this session.
    pub(super) fn reinvite(&mut self, sdp: Bytes, offers: bool) -> Option<Effect> {
        self.ahead += 1;
        let mut invite = self.request(Method::Invite, self.cseq + self.ahead, &Method::Invite)?;
        self.late_reanswer = (!offers).then(|| sdp.clone());
        if offers {
            invite.push(Name::ContentType, "application/sdp");
            invite.body = sdp;
        }
        Some(Effect::Send { flow: self.flow?, bytes: invite.to_bytes() })
    }

    /// An INFO with a key.
    pub(super) fn inform(&mut self, key: &str) -> Option<Effect> {
        self.ahead += 1;
        let mut info = self.request(Method::Info, self.cseq + self.ahead, &Method::Info)?;
        info.push(Name::ContentType, "application/dtmf-relay");
        info.body = Bytes::from(format!("Signal={key}\r\nDuration=160\r\n"));
        Some(Effect::Send { flow: self.flow?, bytes: info.to_bytes() })
    }

    /// A request in the transaction that `within` began.
    fn request(&self, method: Method, cseq: u32, within: &Method) -> Option<Message> {
        let (ends, flow) = (self.ends.as_ref()?, self.flow?);
        let label = format!("{cseq} {method}");
        let branch = format!("{BRANCH}-{cseq}-{within}");
        let mut request = Message::request(method, &ends.target);
        request.push(Name::Via, format!("SIP/2.0/UDP {};rport;branch={branch}", flow.local));
        request.push(Name::MaxForwards, "70");
        request.push(Name::From, ends.from.clone());
        request.push(Name::To, ends.to.clone());
        request.push(Name::CallId, ends.call_id.clone());
        request.push(Name::CSeq, label);
        request.push(Name::Contact, format!("<sip:hand@{}>", flow.local));
        Some(request)
    }
}

impl Ends {
    fn of(message: &Message, (ours, theirs): (Name, Name)) -> Option<Ends> {
        let target = match message.contacts().ok()? {
            Contacts::List(list) => list.into_iter().next()?.uri,
            Contacts::Star => return None,
        };
        let value = |name| message.get_bytes(name).map(Bytes::copy_from_slice);
        Some(Ends {
            from: value(ours)?,
            to: value(theirs)?,
            call_id: message.call_id().ok()?.to_owned(),
            target,
        })
    }
}
