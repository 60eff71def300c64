//! What the peer asks for within a dialog (RFC 3261 §12.2.2, §14.2, RFC 3311, RFC 6086).

use bytes::Bytes;

use super::door::Refused;
use super::receive::Arrival;
use super::wire::sdp_of;
use super::{Endpoint, Event, LegId, Output};
use crate::Time;
use crate::dialog::{Leg, Reoffer, Reply, State, Unacked};
use crate::message::{Message, Method, Name};
use crate::transaction::TxId;

/// Seconds until a request that came in the wrong order may be tried again (§14.2 says 0 to 10).
const RETRY_AFTER_ORDER: &str = "1";

impl Endpoint {
    /// The leg whose dialog a message of the peer belongs to.
    pub(super) fn leg_of(&self, arrival: &Arrival) -> Option<LegId> {
        let request = &arrival.request;
        let id = self.legs.find(request.call_id().ok()?, arrival.to_tag.as_deref()?)?;
        let from = request.from().ok()?;
        let dialog = &self.legs.get(id)?.dialog;
        // An outgoing call that is not answered yet has no remote tag: any fork may speak.
        let is_peer =
            dialog.remote_tag.as_deref().is_none_or(|tag| tag == from.tag().unwrap_or_default());
        is_peer.then_some(id)
    }

    pub(super) fn within(&mut self, now: Time, arrival: Arrival, out: &mut Vec<Output>) {
        let Some(id) = self.leg_of(&arrival) else {
            return self.turn_away(&arrival, Refused::plain(481), out);
        };
        let is_bye = *arrival.request.method() == Method::Bye;
        // A BYE makes room; it is never too much.
        if self.is_full() && !is_bye {
            return self.turn_away(&arrival, Refused::full(), out);
        }
        let Some(leg) = self.legs.get_mut(id) else { return };
        let is_unanswered = match &leg.state {
            State::Calling(_) => true,
            State::Invited(_) | State::Up(_) | State::Over(_) => false,
        };
        if is_unanswered && (is_bye || *arrival.request.method() == Method::Invite) {
            // It has overtaken its own 200, which we need first. It will be repeated.
            return;
        }
        if !leg.dialog.is_in_order(arrival.cseq) {
            let refused = Refused::with(500, Name::RetryAfter, RETRY_AFTER_ORDER);
            return self.turn_away(&arrival, refused, out);
        }
        match arrival.request.method() {
            Method::Bye => self.bye(now, id, arrival, out),
            Method::Invite => self.reinvite(now, id, &arrival, out),
            Method::Update => self.update(now, id, arrival, out),
            Method::Info => self.info(now, id, arrival, out),
            Method::Options => self.serve_options(now, id, arrival, out),
            // A dialog cannot register (§10.2); the door has kept out the rest.
            Method::Register
            | Method::Ack
            | Method::Cancel
            | Method::Prack
            | Method::Refer
            | Method::Notify
            | Method::Subscribe
            | Method::Message
            | Method::Publish
            | Method::Other(_) => self.turn_away(&arrival, Refused::plain(400), out),
        }
    }

    fn bye(&mut self, now: Time, id: LegId, arrival: Arrival, out: &mut Vec<Output>) {
        self.serve(now, id, arrival, Refused::plain(200), out);
        // The caller may end an early dialog so too (§15).
        if self.turn_down(now, id, 487, out) {
            return out.push(Output::Tell(Event::Cancelled { leg: id }));
        }
        self.drop_reoffer(now, id, None, out);
        let Some(leg) = self.legs.get_mut(id) else { return };
        match &mut leg.state {
            State::Up(_) => {
                self.legs.remove(id);
                let reason = super::EndReason::Bye;
                out.push(Output::Tell(Event::Ended { leg: id, reason }));
            }
            // It crosses ours. If ours still waits for an ACK, it is not needed any more.
            State::Over(over) => {
                if over.unacked.is_some() {
                    self.legs.remove(id);
                }
            }
            State::Invited(_) | State::Calling(_) => {}
        }
    }

    fn reinvite(&mut self, now: Time, id: LegId, arrival: &Arrival, out: &mut Vec<Output>) {
        let Some(leg) = self.legs.get(id) else { return };
        let refused = match &leg.state {
            State::Up(up) if up.unacked.is_some() || up.reoffer.is_some() => {
                Some(Refused::plain(491))
            }
            State::Up(_) => None,
            // The first INVITE is not answered yet (§14.2).
            State::Invited(_) => Some(Refused::with(500, Name::RetryAfter, RETRY_AFTER_ORDER)),
            State::Calling(_) | State::Over(_) => Some(Refused::plain(481)),
        };
        let reply = Reply::to(&arrival.request, &leg.dialog.local_tag);
        let unread = || Refused::with(415, Name::Accept, "application/sdp");
        let sdp = match (refused, sdp_of(&arrival.request)) {
            (None, Ok(sdp)) => sdp,
            (None, Err(_)) => return self.refuse_reinvite(now, arrival, (reply, unread()), out),
            (Some(refused), _) => {
                return self.refuse_reinvite(now, arrival, (reply, refused), out);
            }
        };
        let trying = Message::response_to(&arrival.request, 100, None).to_bytes();
        let (key, back) = (arrival.key.clone(), arrival.back);
        let tx = self.transactions.serve_invite((back, id), (key, None), trying, out);
        self.reoffered(id, arrival, (tx, reply, sdp), out);
    }

    /// Unlike at the door something is kept here: a doubled re-INVITE that came again after the
    /// cause of the refusal is gone would change the session behind the peer's back.
    fn refuse_reinvite(
        &mut self,
        now: Time,
        arrival: &Arrival,
        (reply, refused): (Reply, Refused),
        out: &mut Vec<Output>,
    ) {
        let mut response = reply.with(refused.status);
        for (name, value) in refused.headers {
            response.push(name, value);
        }
        let bytes = response.to_bytes();
        let (back, key) = (arrival.back, arrival.key.clone());
        self.transactions.refuse_invite(now, (back, key), (refused.status, bytes), out);
    }

    fn update(&mut self, now: Time, id: LegId, arrival: Arrival, out: &mut Vec<Output>) {
        let Some(leg) = self.legs.get_mut(id) else { return };
        let Ok(sdp) = sdp_of(&arrival.request) else {
            let refused = Refused::with(415, Name::Accept, "application/sdp");
            return self.serve(now, id, arrival, refused, out);
        };
        let refused = match &leg.state {
            State::Over(_) => Some(Refused::plain(481)),
            // Only the session timer or a new address: nothing to negotiate.
            State::Invited(_) | State::Calling(_) | State::Up(_) if sdp.is_none() => {
                leg.dialog.refresh(&arrival.request, arrival.back);
                Some(Refused::with(200, Name::Contact, leg.dialog.contact.clone()))
            }
            // Offers of ours or theirs are unanswered (RFC 3311 §5.2).
            State::Invited(_) => Some(Refused::with(500, Name::RetryAfter, RETRY_AFTER_ORDER)),
            State::Calling(_) => Some(Refused::plain(491)),
            State::Up(up) if up.unacked.is_some() || up.reoffer.is_some() => {
                Some(Refused::plain(491))
            }
            State::Up(_) => None,
        };
        if let Some(refused) = refused {
            return self.serve(now, id, arrival, refused, out);
        }
        let reply = Reply::to(&arrival.request, &leg.dialog.local_tag);
        let tx = self.transactions.serve(now, arrival.back, arrival.key.clone());
        self.reoffered(id, &arrival, (tx, reply, sdp), out);
    }

    fn reoffered(
        &mut self,
        id: LegId,
        arrival: &Arrival,
        (tx, reply, sdp): (TxId, Reply, Option<Bytes>),
        out: &mut Vec<Output>,
    ) {
        let Some(leg) = self.legs.get_mut(id) else { return };
        let State::Up(up) = &mut leg.state else { return };
        up.reoffer = Some(Reoffer {
            tx,
            reply,
            cseq: arrival.cseq,
            is_invite: *arrival.request.method() == Method::Invite,
            late_offer: sdp.is_none(),
        });
        leg.dialog.refresh(&arrival.request, arrival.back);
        out.push(Output::Tell(Event::Reoffered { leg: id, sdp }));
    }

    pub(super) fn answer_reoffer(
        &mut self,
        now: Time,
        id: LegId,
        sdp: Option<Bytes>,
        out: &mut Vec<Output>,
    ) {
        let allow = self.allow();
        let Some(leg) = self.legs.get_mut(id) else { return };
        let State::Up(up) = &mut leg.state else { return };
        let Some(reoffer) = up.reoffer.take() else { return };
        let Some(sdp) = sdp else {
            let refusal = reoffer.reply.with(488).to_bytes();
            return self.transactions.respond(now, reoffer.tx, 488, refusal, out);
        };
        let mut ok = reoffer.reply.with_sdp(sdp);
        ok.push(Name::Contact, leg.dialog.contact.clone());
        ok.push(Name::Allow, allow);
        ok.push(Name::Server, self.config.product.clone());
        let ok = ok.to_bytes();
        self.transactions.respond(now, reoffer.tx, 200, ok.clone(), out);
        if reoffer.is_invite {
            let mut unacked = Unacked::new(now, ok, reoffer.cseq);
            unacked.late_offer = reoffer.late_offer;
            up.unacked = Some(unacked);
            self.legs.reschedule(id);
        }
    }

    /// Answers a pending re-INVITE or UPDATE with 487: it was cancelled (then `only` names it) or
    /// its dialog ends.
    pub(super) fn drop_reoffer(
        &mut self,
        now: Time,
        id: LegId,
        only: Option<TxId>,
        out: &mut Vec<Output>,
    ) {
        let Some(Leg { state: State::Up(up), .. }) = self.legs.get_mut(id) else { return };
        let is_meant = |reoffer: &mut Reoffer| only.is_none_or(|tx| tx == reoffer.tx);
        if let Some(reoffer) = up.reoffer.take_if(is_meant) {
            let bytes = reoffer.reply.with(487).to_bytes();
            self.transactions.respond(now, reoffer.tx, 487, bytes, out);
        }
    }

    /// Whatever it says, it has arrived; keys are told.
    fn info(&mut self, now: Time, id: LegId, arrival: Arrival, out: &mut Vec<Output>) {
        let is_up = self.legs.get(id).is_some_and(|leg| matches!(leg.state, State::Up(_)));
        let key = key_of(&arrival.request).filter(|_| is_up);
        self.serve(now, id, arrival, Refused::plain(200), out);
        out.extend(key.map(|key| Output::Tell(Event::Pressed { leg: id, key })));
    }

    fn serve_options(&mut self, now: Time, id: LegId, arrival: Arrival, out: &mut Vec<Output>) {
        let mut ok = Refused::plain(200);
        ok.headers.push((Name::Allow, self.allow().to_owned()));
        ok.headers.push((Name::Accept, "application/sdp".to_owned()));
        self.serve(now, id, arrival, ok, out);
    }

    /// Answers at once, and again to repetitions.
    fn serve(
        &mut self,
        now: Time,
        id: LegId,
        arrival: Arrival,
        answer: Refused,
        out: &mut Vec<Output>,
    ) {
        let Some(leg) = self.legs.get(id) else { return };
        let mut response = Reply::to(&arrival.request, &leg.dialog.local_tag).with(answer.status);
        for (name, value) in answer.headers {
            response.push(name, value);
        }
        response.push(Name::Server, self.config.product.clone());
        let tx = self.transactions.serve(now, arrival.back, arrival.key);
        self.transactions.respond(now, tx, answer.status, response.to_bytes(), out);
    }
}

/// The key of an INFO, as Cisco's phones write it (`Signal=5`), or alone.
fn key_of(request: &Message) -> Option<char> {
    let kind = request.get(Name::ContentType)?.split(';').next()?.trim().to_ascii_lowercase();
    let body = std::str::from_utf8(&request.body).ok()?;
    let signal = match kind.as_str() {
        "application/dtmf-relay" => body.lines().find_map(|line| {
            let (name, value) = line.split_once('=')?;
            name.trim().eq_ignore_ascii_case("signal").then_some(value)
        })?,
        "application/dtmf" => body,
        _ => return None,
    };
    let key = match signal.trim() {
        // Some number the keys as RFC 4733 does.
        "10" => '*',
        "11" => '#',
        key => key.chars().next().filter(|_| key.chars().count() == 1)?,
    };
    matches!(key, '0'..='9' | '*' | '#').then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_in_either_dialect_of_info_and_other_infos_say_nothing() {
        let key = |kind: &str, body: &'static str| {
            let mut info = Message::request(Method::Info, "sip:600@10.0.0.1");
            info.push(Name::ContentType, kind.to_owned());
            info.body = Bytes::from_static(body.as_bytes());
            key_of(&info)
        };
        assert_eq!(key("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n"), Some('5'));
        assert_eq!(key("Application/DTMF-Relay;x=1", "Duration=160\nsignal = 11"), Some('#'));
        assert_eq!(key("application/dtmf", " * \r\n"), Some('*'));
        assert_eq!(key("application/dtmf", "12"), None);
        assert_eq!(key("application/dtmf-relay", "Duration=160"), None);
        assert_eq!(key("application/media_control+xml", "5"), None);
    }
}
