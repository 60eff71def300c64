//! The caller's side: from the INVITE to the end of the leg.

use acd::{CallId, EndCause, Event, Policy, Time};
use bytes::Bytes;
use media::{Codec, LocalMedia, Mode, Side};
use sip::{Flow, LegId};

use crate::call::{Call, LegSession};
use crate::centre::{Centre, Role, sip_time};
use crate::input::{MediaOrder, Output, Relay};
use crate::{Fact, What};

/// An INVITE that wants to become a call.
pub(crate) struct Invite {
    pub(crate) leg: LegId,
    pub(crate) dialled: String,
    pub(crate) caller: String,
    pub(crate) caller_display: String,
    pub(crate) sdp: Option<Bytes>,
    pub(crate) flow: Flow,
}

/// Not found: the number belongs to no group.
const NOT_FOUND: u16 = 404;
/// Busy here: the group does not take the call now.
const BUSY_HERE: u16 = 486;
/// Not acceptable here: no codec in common.
const NOT_ACCEPTABLE: u16 = 488;
/// Service unavailable: no relay is free, or we are going down.
const UNAVAILABLE: u16 = 503;

impl Centre {
    pub(crate) fn invited(
        &mut self,
        now: Time,
        invite: Invite,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        if let Err(status) = self.admit(now, &invite, policy, out) {
            self.endpoint.refuse(sip_time(now), invite.leg, status, &mut self.sip_out);
            let what = What::CallRejected { number: invite.dialled, caller: invite.caller, status };
            out.push(Output::Tell(Fact { at: now, what }));
        }
    }

    /// Makes a call of the INVITE, or says with which status it is refused.
    fn admit(
        &mut self,
        now: Time,
        invite: &Invite,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) -> Result<(), u16> {
        let group = *self.plan.numbers.get(&invite.dialled).ok_or(NOT_FOUND)?;
        if self.draining || self.overloaded || self.calls.len() >= self.config.calls_max {
            return Err(UNAVAILABLE);
        }
        let relay = self.take_relay().ok_or(UNAVAILABLE)?;
        let session = match self.caller_session(invite, relay) {
            Ok(session) => session,
            Err(status) => {
                self.give_back(relay, out);
                return Err(status);
            }
        };
        let id = self.new_call_id();
        self.legs.insert(invite.leg, Role::Caller(id));
        self.calls.insert(
            id,
            Call {
                id,
                group,
                caller_leg: invite.leg,
                caller: invite.caller.clone(),
                caller_display: invite.caller_display.clone(),
                relay,
                caller_media: session,
                agent: None,
                greeted: false,
                recording: false,
            },
        );
        let event = Event::CallArrived {
            call: id,
            group,
            priority: 0,
            number: invite.dialled.clone(),
            caller: invite.caller.clone(),
        };
        self.engine(now, event, policy);
        self.greet(now, id, out);
        Ok(())
    }

    /// Answers the caller, so that there is music, unless the engine turns him away.
    fn greet(&mut self, now: Time, id: CallId, out: &mut Vec<Output>) {
        let refused = self.acd_out.iter().any(|output| {
            matches!(output, acd::Output::Do(acd::Action::Refuse { call, .. }) if *call == id)
        });
        let Some(call) = self.calls.get_mut(&id).filter(|_| !refused) else { return };
        call.greeted = true;
        let (leg, sdp) = (call.caller_leg, call.caller_media.sent.clone());
        self.set_leg(id, Side::Caller, out);
        self.set_mode(id, Mode::Waiting, out);
        self.look_after(now, (id, Side::Caller));
        self.endpoint.answer(sip_time(now), leg, sdp, &mut self.sip_out);
    }

    fn caller_session(&self, invite: &Invite, relay: Relay) -> Result<LegSession, u16> {
        let local = LocalMedia {
            address: self.config.media_address.unwrap_or(invite.flow.local.ip()),
            port: relay.caller_port,
            session_id: u64::from(relay.caller_port),
            version: 1,
        };
        match &invite.sdp {
            Some(offer) => {
                let (sent, agreed) = media::answer(offer, &local, None)
                    .map_err(|error| if error.status() == 400 { 400 } else { NOT_ACCEPTABLE })?;
                Ok(LegSession::new(local, sent, Some(agreed)))
            }
            None => {
                let sent = media::offer(&local, &[Codec::Pcma, Codec::Pcmu], Some(101));
                Ok(LegSession::new(local, sent, None))
            }
        }
    }

    /// The engine turned the caller away.
    pub(crate) fn refuse_caller(&mut self, now: Time, id: CallId, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get(&id) else { return };
        let leg = call.caller_leg;
        if call.greeted {
            self.endpoint.hang_up(sip_time(now), leg, &mut self.sip_out);
        } else {
            self.endpoint.refuse(sip_time(now), leg, BUSY_HERE, &mut self.sip_out);
        }
        self.forget(now, id, out);
    }

    /// The caller's leg is over or on its way out: tell the engine, which ends the rest.
    pub(crate) fn caller_gone(
        &mut self,
        now: Time,
        id: CallId,
        cause: EndCause,
        policy: &mut dyn Policy,
    ) {
        let Some(call) = self.calls.get(&id) else { return };
        self.legs.remove(&call.caller_leg);
        self.left.push(id);
        self.engine(now, Event::CallerLeft { call: id, cause }, policy);
    }

    /// Forgets calls whose caller has left, once the engine's orders for them are carried out.
    pub(crate) fn forget_left(&mut self, now: Time, out: &mut Vec<Output>) {
        while let Some(id) = self.left.pop() {
            self.forget(now, id, out);
        }
    }

    /// Gives back everything the call holds; the caller's leg is over or on its way out.
    pub(crate) fn forget(&mut self, now: Time, id: CallId, out: &mut Vec<Output>) {
        let Some(call) = self.calls.remove(&id) else { return };
        self.legs.remove(&call.caller_leg);
        // No leg outlives its call, whatever the engine ordered.
        if let Some(agent) = &call.agent {
            self.legs.remove(&agent.leg);
            self.endpoint.hang_up(sip_time(now), agent.leg, &mut self.sip_out);
        }
        if call.recording {
            out.push(Output::Media(MediaOrder::StopRecording { relay: call.relay.id, call: id }));
        }
        self.give_back(call.relay, out);
    }
}
