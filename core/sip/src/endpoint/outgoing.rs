//! Calls of ours: from the INVITE to the peer's final answer (RFC 3261 §13.2, §9.1).

use bytes::Bytes;

use super::wire::{contact, escaped, sdp_of, via};
use super::{Dial, Endpoint, Event, LegId, Output, Target};
use crate::auth;
use crate::dialog::{Calling, Dialog, Ends, Leg, OurSide, State, Up};
use crate::message::{Header, Message, Method, Name, NameAddr, Uri};
use crate::transaction::{GIVE_UP, Owner, Transactions, TxId, What};
use crate::{Flow, Time};

impl Endpoint {
    pub(super) fn place(&mut self, now: Time, dial: Dial, out: &mut Vec<Output>) -> LegId {
        let id = self.legs.number();
        match self.route(&dial) {
            Ok((flow, uri, follows_contact)) => {
                let leg = self.calling(now, dial, (flow, uri, follows_contact));
                self.legs.insert(id, leg);
                self.send_invite(now, id, None, out);
            }
            Err(status) => out.push(Output::Tell(Event::Failed { leg: id, status })),
        }
        id
    }

    /// Flow, request URI, and whether the dialog's Contact decides the way; or the status to tell.
    fn route(&self, dial: &Dial) -> Result<(Flow, String, bool), u16> {
        if !dial.headers.iter().all(|(name, value)| Header::is_writable(name, value)) {
            return Err(400);
        }
        match &dial.target {
            Target::User(user) => {
                let binding = self.registrar.newest(user).ok_or(480u16)?;
                Ok((binding.flow, binding.contact.clone(), false))
            }
            Target::Peer { flow, uri } => {
                let is_sip = Uri::parse(uri).is_ok_and(|parsed| parsed.is_sip());
                if is_sip { Ok((*flow, uri.clone(), true)) } else { Err(400) }
            }
        }
    }

    fn calling(
        &mut self,
        now: Time,
        dial: Dial,
        (flow, uri, follows_contact): (Flow, String, bool),
    ) -> Leg {
        let domain = self.domain(flow);
        let from = match dial.from_user.as_str() {
            "" => "sip:anonymous@anonymous.invalid".to_owned(),
            user => format!("sip:{}@{domain}", escaped(user)),
        };
        let to = match dial.to_user.as_str() {
            "" => uri.clone(),
            user => format!("sip:{}@{domain}", escaped(user)),
        };
        let ours = OurSide {
            tag: self.chance.tag(),
            contact: contact(&dial.from_user, flow),
            flow,
            follows_contact,
        };
        let ends = Ends {
            call_id: self.chance.call_id(),
            from: NameAddr::new(&dial.from_display, &from).to_string(),
            to: NameAddr::new("", &to).to_string(),
            target: uri,
        };
        let calling = Calling {
            invite: None,
            sdp: dial.sdp,
            headers: dial.headers,
            is_proved: false,
            started_at: now,
            gives_up_at: now + dial.patience,
            is_heard: false,
            is_ringing: false,
            cancel: None,
        };
        let dialog = Dialog::calling(ours, ends);
        Leg { dialog, login: dial.login, state: State::Calling(Box::new(calling)) }
    }

    /// What stands behind the @ in From and To: the realm if it can stand there.
    fn domain(&self, flow: Flow) -> String {
        let realm = &self.access.realm;
        let is_host = Uri::parse(&format!("sip:{realm}")).is_ok_and(|uri| uri.user.is_none());
        if is_host { realm.clone() } else { flow.local.to_string() }
    }

    fn send_invite(
        &mut self,
        now: Time,
        id: LegId,
        proof: Option<(Name, String)>,
        out: &mut Vec<Output>,
    ) {
        let allow = self.allow();
        let Some(leg) = self.legs.get_mut(id) else { return };
        let State::Calling(calling) = &mut leg.state else { return };
        let branch = self.chance.branch();
        let flow = leg.dialog.flow;
        let mut invite = leg.dialog.request(Method::Invite, &via(flow, &branch));
        invite.push(Name::Contact, leg.dialog.contact.clone());
        invite.push(Name::Allow, allow);
        invite.push(Name::Supported, "");
        invite.push(Name::UserAgent, self.config.product.clone());
        for (name, value) in &calling.headers {
            invite.push_named(name, value.clone());
        }
        if let Some((name, value)) = proof {
            invite.push(name, value);
        }
        if !calling.sdp.is_empty() {
            invite.push(Name::ContentType, "application/sdp");
            invite.body = calling.sdp.clone();
        }
        let owner = Owner::Invite(id);
        calling.is_heard = false;
        calling.invite = Some(self.transactions.send(now, (flow, owner), (&branch, invite), out));
    }

    /// News about the INVITE of an outgoing leg, which may be gone already.
    pub(super) fn invite_heard(
        &mut self,
        now: Time,
        (id, tx): (LegId, TxId),
        what: What,
        response: Option<&Message>,
        out: &mut Vec<Output>,
    ) {
        match (what, response) {
            (What::Provisional, Some(response)) => self.progressed(now, id, response, out),
            (What::Accepted, Some(response)) => self.answered(now, (id, tx), response, out),
            (What::Refused, Some(response)) => self.refused(now, id, response, out),
            (What::TimedOut, _) => self.fail(id, 408, out),
            (What::Final | What::Provisional | What::Accepted | What::Refused, _) => {}
        }
    }

    fn progressed(&mut self, now: Time, id: LegId, response: &Message, out: &mut Vec<Output>) {
        let Some(Leg { state: State::Calling(calling), .. }) = self.legs.get_mut(id) else {
            return;
        };
        calling.is_heard = true;
        if calling.cancel.is_some() {
            return self.send_cancel(now, id, out);
        }
        let rings = response.status().is_some_and(|status| status > 100);
        if rings && !calling.is_ringing {
            calling.is_ringing = true;
            out.push(Output::Tell(Event::Ringing { leg: id }));
        }
    }

    fn answered(
        &mut self,
        now: Time,
        (id, tx): (LegId, TxId),
        response: &Message,
        out: &mut Vec<Output>,
    ) {
        let is_wanted = match self.legs.get(id).map(|leg| &leg.state) {
            Some(State::Calling(calling)) => calling.cancel.is_none(),
            Some(State::Invited(_) | State::Up(_) | State::Over(_)) | None => false,
        };
        if !is_wanted {
            // It crossed our CANCEL, or another fork was quicker (§13.2.2.4).
            self.reject_answer(now, tx, response, out);
            return self.fail(id, 487, out);
        }
        let Some(leg) = self.legs.get_mut(id) else { return };
        leg.dialog.confirm(response);
        leg.state = State::Up(Up::default());
        self.legs.reschedule(id);
        let Some(leg) = self.legs.get(id) else { return };
        let branch = self.chance.branch();
        acknowledge(&leg.dialog, &mut self.transactions, tx, response, &branch, out);
        let sdp = sdp_of(response).ok().flatten().unwrap_or_default();
        out.push(Output::Tell(Event::Answered { leg: id, sdp }));
    }

    /// A phone that was rung on one flow may answer on another: it moved while it rang. The branch
    /// of our INVITE, which nobody else can know, says that it is the same one.
    pub(super) fn answer_came(&mut self, id: LegId, flow: Flow) {
        let Some(leg) = self.legs.get_mut(id) else { return };
        match leg.state {
            State::Calling(_) => leg.dialog.move_to(flow),
            State::Invited(_) | State::Up(_) | State::Over(_) => {}
        }
    }

    /// ACK and BYE for an answer that nobody wants: its phone must not stay off the hook.
    fn reject_answer(&mut self, now: Time, tx: TxId, response: &Message, out: &mut Vec<Output>) {
        let Some(flow) = self.transactions.flow(tx) else { return };
        let ours =
            OurSide { tag: String::new(), contact: String::new(), flow, follows_contact: true };
        let Ok(mut dialog) = Dialog::answered_by(response, ours) else { return };
        let branch = self.chance.branch();
        acknowledge(&dialog, &mut self.transactions, tx, response, &branch, out);
        let branch = self.chance.branch();
        let flow = dialog.flow;
        let mut bye = dialog.request(Method::Bye, &via(flow, &branch));
        bye.push(Name::UserAgent, self.config.product.clone());
        self.transactions.send(now, (flow, Owner::Nobody), (&branch, bye), out);
    }

    fn refused(&mut self, now: Time, id: LegId, response: &Message, out: &mut Vec<Output>) {
        let status = response.status().unwrap_or(500);
        let Some(leg) = self.legs.get_mut(id) else { return };
        let State::Calling(calling) = &mut leg.state else { return };
        if calling.cancel.is_none() && !std::mem::replace(&mut calling.is_proved, true) {
            let proof = prove(leg, &Method::Invite, response, &self.chance.cnonce());
            if proof.is_some() {
                return self.send_invite(now, id, proof, out);
            }
        }
        self.fail(id, status, out);
    }

    /// Ends an outgoing leg that was not answered. After our own wish to end it, that wish's
    /// status is told.
    pub(super) fn fail(&mut self, id: LegId, status: u16, out: &mut Vec<Output>) {
        let Some(Leg { state: State::Calling(calling), .. }) = self.legs.get(id) else { return };
        let told = match calling.cancel {
            None => Some(status),
            Some(cancel) => cancel.tell_at.map(|_| cancel.status),
        };
        self.legs.remove(id);
        if let Some(status) = told {
            out.push(Output::Tell(Event::Failed { leg: id, status }));
        }
    }

    /// Wants an unanswered outgoing leg to end; the CANCEL waits for a sign of life (§9.1).
    pub(super) fn give_up(&mut self, now: Time, id: LegId, status: u16, out: &mut Vec<Output>) {
        let Some(Leg { state: State::Calling(calling), .. }) = self.legs.get_mut(id) else {
            return;
        };
        if calling.cancel.is_none() {
            calling.give_up(now, status);
            if calling.is_heard {
                self.send_cancel(now, id, out);
            }
            self.legs.reschedule(id);
        }
    }

    fn send_cancel(&mut self, now: Time, id: LegId, out: &mut Vec<Output>) {
        let Some(Leg { state: State::Calling(calling), .. }) = self.legs.get_mut(id) else {
            return;
        };
        let (Some(cancel), Some(tx)) = (&mut calling.cancel, calling.invite) else { return };
        let Some((flow, sent)) = self.transactions.sent(tx) else { return };
        if cancel.sent_until.is_some() {
            return;
        }
        cancel.sent_until = Some(now + GIVE_UP);
        let message = sent.cancel();
        let Some(branch) = sent.message.top_via().ok().and_then(|via| via.branch().map(Box::from))
        else {
            return;
        };
        self.transactions.send(now, (flow, Owner::Nobody), (&branch, message), out);
        self.legs.reschedule(id);
    }
}

/// The credentials that a 401 or 407 asks for, if this leg has some.
pub(super) fn prove(
    leg: &Leg,
    method: &Method,
    response: &Message,
    cnonce: &str,
) -> Option<(Name, String)> {
    auth::answer(response, leg.login.as_ref()?, method, leg.dialog.request_uri(), cnonce, 1)
}

/// Sends the ACK of a 2xx, and leaves it with the transaction for repeated ones.
fn acknowledge(
    dialog: &Dialog,
    transactions: &mut Transactions,
    tx: TxId,
    response: &Message,
    branch: &str,
    out: &mut Vec<Output>,
) {
    let cseq = response.cseq().map_or(0, |(cseq, _)| cseq);
    let bytes: Bytes = dialog.ack(cseq, &via(dialog.flow, branch)).to_bytes();
    let to_tag = dialog.remote_tag.as_deref().unwrap_or_default();
    transactions.keep_ack(tx, to_tag, dialog.flow, bytes.clone());
    out.push(Output::Send { flow: dialog.flow, bytes });
}
