//! What a leg has agreed on, whether it is held or silent, and whether anybody is still there.

use std::time::Duration;

use acd::{CallId, EndCause, Event, OfferFailure, Policy, Time};
use bytes::Bytes;
use media::{Agreed, Codec, LocalMedia, Mode, Side};
use sip::LegId;

use crate::call::LegSession;
use crate::centre::{Centre, Role, sip_time};
use crate::input::{MediaOrder, Output, RelayId};

/// A leg that is silent for a good reason (it holds, or only listens to music) is asked this often
/// whether it is still there: media cannot say so.
const PROBE_TIME: Duration = Duration::from_secs(60);

/// A phone that has not said a word to its INVITE for so long, not even 100, is not there: on a
/// network that loses one datagram of five, one phone of 170 is wronged by five attempts.
const UNHEARD_MAX: Duration = Duration::from_secs(8);

impl Centre {
    /// An ACK came. It brings the answer when the offer was ours.
    pub(crate) fn confirmed(
        &mut self,
        now: Time,
        leg: LegId,
        sdp: Option<&Bytes>,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        if self.farewell_confirmed(now, leg, sdp, out) {
            return;
        }
        let Some(role) = self.legs.get(&leg).copied() else { return };
        let (id, side) = role.call_and_side();
        let Some(session) = self.session_mut(id, side) else { return };
        let agreed = sdp.and_then(|sdp| media::accept(&session.sent, sdp).ok());
        match (agreed, session.agreed) {
            (Some(agreed), _) => self.agree(now, (id, side), agreed, policy, out),
            // A late offer that was never answered: nobody would ever hear anything.
            (None, None) => self.drop_leg(now, (id, side), EndCause::System, policy, out),
            (None, Some(_)) => (),
        }
    }

    /// A peer changes the session: usually hold and resume.
    pub(crate) fn reoffered(
        &mut self,
        now: Time,
        leg: LegId,
        sdp: Option<&Bytes>,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        let Some(role) = self.legs.get(&leg).copied() else { return };
        let (id, side) = role.call_and_side();
        let Some(session) = self.session_mut(id, side) else { return };
        let local = LocalMedia { version: session.local.version + 1, ..session.local };
        let Some(offer) = sdp else {
            // We are asked for an offer: everything we can, whatever was held before (RFC 3261
            // §14.2). What is agreed stays until the answer comes with the ACK.
            let sent = session.offer(&local);
            (session.local, session.sent) = (local, sent.clone());
            self.endpoint.reanswer(sip_time(now), leg, Some(sent), &mut self.sip_out);
            return;
        };
        let codec = session.agreed.map(|agreed| agreed.codec);
        let Ok((answer, agreed)) = media::answer(offer, &local, codec) else {
            self.endpoint.reanswer(sip_time(now), leg, None, &mut self.sip_out);
            return;
        };
        (session.local, session.sent) = (local, answer.clone());
        self.endpoint.reanswer(sip_time(now), leg, Some(answer), &mut self.sip_out);
        self.agree(now, (id, side), agreed, policy, out);
    }

    /// One side's session changed.
    fn agree(
        &mut self,
        now: Time,
        (id, side): (CallId, Side),
        agreed: Agreed,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        let Some(session) = self.session_mut(id, side) else { return };
        let was_held = session.is_held();
        session.agreed = Some(agreed);
        let on = session.is_held();
        self.set_leg(id, side, out);
        self.look_after(now, (id, side));
        // Of an office call the engine knows nothing but that it is.
        if on != was_held && self.calls.contains_key(&id) {
            self.engine(now, Event::Held { call: id, by: side_of(side), on }, policy);
        }
    }

    /// Tells the engine of a side that was on hold already when the talk began.
    pub(crate) fn tell_held(&mut self, now: Time, id: CallId, policy: &mut dyn Policy) {
        for side in [Side::Caller, Side::Agent] {
            if self.session_mut(id, side).is_some_and(|session| session.is_held()) {
                self.engine(now, Event::Held { call: id, by: side_of(side), on: true }, policy);
            }
        }
    }

    /// Nothing came from this side for the media timeout. In a talk that is the second net under
    /// session ends: the side is taken for lost. A waiting caller may have nothing to say.
    pub(crate) fn media_silent(
        &mut self,
        now: Time,
        id: CallId,
        side: Side,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        let Some(talks) = self.is_joined(id) else { return };
        let held = self.session_mut(id, side).is_none_or(|session| session.is_held());
        match side {
            Side::Caller | Side::Agent if held => (),
            Side::Caller | Side::Agent if talks => {
                self.drop_leg(now, (id, side), EndCause::Lost, policy, out);
            }
            Side::Caller => self.probe(now, id, side),
            Side::Agent => (),
        }
    }

    fn drop_leg(
        &mut self,
        now: Time,
        (id, side): (CallId, Side),
        cause: EndCause,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        let Some(leg) = self.leg_of(id, side) else { return };
        self.endpoint.hang_up(sip_time(now), leg, &mut self.sip_out);
        if self.offices.contains_key(&id) {
            return self.office_left(now, id, side, out);
        }
        match side {
            Side::Caller => self.caller_gone(now, id, cause, policy),
            Side::Agent => self.agent_gone(now, id, cause, policy, out),
        }
    }

    /// Asks a leg whether anybody is there, now and from now on; no answer ends it as lost.
    fn probe(&mut self, now: Time, id: CallId, side: Side) {
        let Some(leg) = self.leg_of(id, side) else { return };
        self.endpoint.probe(sip_time(now), leg, &mut self.sip_out);
        self.probe_later(now, id, side);
    }

    fn probe_later(&mut self, now: Time, id: CallId, side: Side) {
        let Some(leg) = self.leg_of(id, side) else { return };
        let Some(session) = self.session_mut(id, side) else { return };
        if session.probe_at.is_none() {
            let at = now + PROBE_TIME;
            session.probe_at = Some(at);
            self.probes.insert((at, leg));
        }
    }

    /// A side that holds will send nothing: it is asked from now on.
    pub(crate) fn look_after(&mut self, now: Time, (id, side): (CallId, Side)) {
        if self.session_mut(id, side).is_some_and(|session| session.is_held()) {
            self.probe_later(now, id, side);
        }
    }

    /// A phone was asked to ring: when it is given up if it says nothing.
    pub(crate) fn look_after_offer(&mut self, now: Time, leg: LegId) -> Time {
        let at = now + UNHEARD_MAX;
        self.probes.insert((at, leg));
        at
    }

    /// A phone that was asked to ring has said something.
    pub(crate) fn offer_heard(&mut self, id: CallId) {
        let Some(agent) = self.calls.get_mut(&id).and_then(|call| call.agent.as_mut()) else {
            return;
        };
        if let Some(at) = agent.unheard_at.take() {
            self.probes.remove(&(at, agent.leg));
        }
    }

    /// Looks after whoever is to be looked after now.
    pub(crate) fn probe_due(&mut self, now: Time, policy: &mut dyn Policy, out: &mut Vec<Output>) {
        while let Some((at, leg)) = self.probes.first().copied().filter(|(at, _)| *at <= now) {
            self.probes.pop_first();
            let Some(role) = self.legs.get(&leg).copied() else { continue };
            let (id, side) = role.call_and_side();
            let talks = self.is_joined(id) == Some(true);
            let Some(session) = self.session_mut(id, side) else { continue };
            if session.probe_at.take_if(|due| *due == at).is_some() {
                // One who can be heard again is left alone.
                if session.is_held() || !talks {
                    self.probe(now, id, side);
                }
            } else if side == Side::Agent && !talks && !self.endpoint.is_heard(leg) {
                match role {
                    Role::Caller(_) | Role::Agent(_) => self.offer_unheard(now, id, policy, out),
                    Role::Office(..) => self.office_unheard(now, id, out),
                }
            }
        }
    }

    /// An agent's phone is not there, whatever its registration says.
    fn offer_unheard(
        &mut self,
        now: Time,
        id: CallId,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        let agent = self.calls.get(&id).and_then(|call| call.agent.as_ref());
        let Some(agent) = agent.and_then(|leg| leg.agent) else { return };
        self.end_agent_leg(now, agent, id, out);
        let failure = OfferFailure::Unreachable;
        self.engine(now, Event::OfferFailed { agent, call: id, failure }, policy);
    }

    /// Whether both sides hear each other; `None`: there is no such call.
    fn is_joined(&self, id: CallId) -> Option<bool> {
        if let Some(office) = self.offices.get(&id) {
            return Some(office.answered_at.is_some());
        }
        let call = self.calls.get(&id)?;
        Some(call.agent.as_ref().is_some_and(|agent| agent.connected))
    }

    pub(crate) fn session_mut(&mut self, id: CallId, side: Side) -> Option<&mut LegSession> {
        if let Some(office) = self.offices.get_mut(&id) {
            return Some(match side {
                Side::Caller => &mut office.near_media,
                Side::Agent => &mut office.far_media,
            });
        }
        let call = self.calls.get_mut(&id)?;
        match side {
            Side::Caller => Some(&mut call.caller_media),
            Side::Agent => call.agent.as_mut().map(|agent| &mut agent.media),
        }
    }

    fn leg_of(&self, id: CallId, side: Side) -> Option<LegId> {
        if let Some(office) = self.offices.get(&id) {
            return Some(match side {
                Side::Caller => office.near,
                Side::Agent => office.far,
            });
        }
        let call = self.calls.get(&id)?;
        match side {
            Side::Caller => call.caller_leg,
            Side::Agent => call.agent.as_ref().map(|agent| agent.leg),
        }
    }

    /// Tells the relay what one side agreed on.
    pub(crate) fn set_leg(&mut self, id: CallId, side: Side, out: &mut Vec<Output>) {
        let Some(relay) = self.relay_of(id) else { return };
        let agreed = self.session_mut(id, side).and_then(|session| session.agreed);
        // A trunk is known by its address and is heard from there only.
        let is_ours = self.calls.get(&id).is_none_or(|call| call.person.is_some());
        let roams = side == Side::Agent || is_ours;
        out.push(Output::Media(MediaOrder::SetLeg { relay, call: id, side, agreed, roams }));
    }

    pub(crate) fn set_mode(&mut self, id: CallId, mode: Mode, out: &mut Vec<Output>) {
        let Some(relay) = self.relay_of(id) else { return };
        out.push(Output::Media(MediaOrder::SetMode { relay, mode }));
    }

    fn relay_of(&self, id: CallId) -> Option<RelayId> {
        let office = self.offices.get(&id).map(|office| office.relay.id);
        office.or_else(|| Some(self.calls.get(&id)?.relay.id))
    }
}

/// Payload type of telephone-event in our own offers: what most phones use.
pub(crate) const DTMF_PAYLOAD_TYPE: u8 = 101;

impl LegSession {
    /// A new offer within a session: in the codec of the talk, so that nothing has to change.
    fn offer(&self, local: &LocalMedia) -> Bytes {
        let dtmf = self.agreed.and_then(|agreed| agreed.dtmf).unwrap_or(DTMF_PAYLOAD_TYPE);
        match self.agreed {
            Some(agreed) => media::offer(local, &[agreed.codec], Some(dtmf)),
            None => media::offer(local, &[Codec::Pcma, Codec::Pcmu], Some(dtmf)),
        }
    }
}

impl Role {
    pub(crate) fn call_and_side(self) -> (CallId, Side) {
        match self {
            Role::Caller(call) => (call, Side::Caller),
            Role::Agent(call) => (call, Side::Agent),
            Role::Office(call, side) => (call, side),
        }
    }
}

fn side_of(side: Side) -> acd::Side {
    match side {
        Side::Caller => acd::Side::Caller,
        Side::Agent => acd::Side::Agent,
    }
}
