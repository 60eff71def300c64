//! The caller's side: from the INVITE to the end of the leg.

use acd::{CallId, EndCause, Event, GroupId, Office, Policy, Sent, Time};
use bytes::Bytes;
use media::{Codec, Mode, Side};
use sip::{Flow, LegId};

use crate::call::{Call, LegSession};
use crate::centre::{Centre, Role, sip_time};
use crate::input::{Output, Relay};
use crate::{Fact, What};

/// An INVITE that wants to become a call.
pub(crate) struct Invite {
    pub(crate) leg: LegId,
    pub(crate) dialled: String,
    pub(crate) caller: String,
    pub(crate) caller_display: String,
    pub(crate) sdp: Option<Bytes>,
    /// Which trunk or which of our own users calls.
    pub(crate) trunk: Option<String>,
    pub(crate) user: Option<String>,
    /// What the trunk says of the call's priority.
    pub(crate) priority: Option<String>,
    /// What else it sends along.
    pub(crate) extra: Vec<(String, String)>,
    pub(crate) flow: Flow,
}

/// How far a trunk may raise or lower a call.
const PRIORITY_MAX: i32 = 100;

/// Not found: the number belongs to nobody.
pub(crate) const NOT_FOUND: u16 = 404;
/// Busy here: the group does not take the call now.
pub(crate) const BUSY_HERE: u16 = 486;
/// Not acceptable here: no codec in common.
pub(crate) const NOT_ACCEPTABLE: u16 = 488;
/// Service unavailable: no relay is free, or we are going down.
pub(crate) const UNAVAILABLE: u16 = 503;

impl Centre {
    pub(crate) fn invited(
        &mut self,
        now: Time,
        invite: Invite,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        let admitted = if let Some(pressed) = self.code_of(&invite) {
            self.press_mode(now, &invite, pressed, out)
        } else if let Some(person) = self.office_caller(&invite) {
            self.place(now, &invite, person, policy, out)
        } else {
            self.admit(now, &invite, policy, out)
        };
        if let Err(status) = admitted {
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
        if self.draining || self.overloaded || self.is_full() {
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
        // One of our own people who calls a group is not rung for himself.
        let person = invite.user.as_ref().and_then(|user| self.plan.devices.get(user).copied());
        if let Some(person) = person {
            self.occupy(now, person, (id, Office::Internal), policy);
        }
        self.legs.insert(invite.leg, Role::Caller(id));
        self.calls.insert(
            id,
            Call {
                id,
                group,
                dialled: invite.dialled.clone(),
                trunk: invite.trunk.clone(),
                person,
                flow: invite.flow,
                caller_leg: Some(invite.leg),
                caller: invite.caller.clone(),
                caller_display: invite.caller_display.clone(),
                relay,
                caller_media: session,
                agent: None,
                greeted: false,
                recording: false,
                is_callback: false,
            },
        );
        let event = Event::CallArrived {
            call: id,
            group,
            priority: invite.priority(),
            number: invite.dialled.clone(),
            caller: invite.caller.clone(),
            sent: self.sent(group, invite).map(Box::new),
        };
        self.engine(now, event, policy);
        self.greet(now, id, out);
        Ok(())
    }

    /// What policies may know of the call besides who calls.
    fn sent(&self, group: GroupId, invite: &Invite) -> Option<Sent> {
        let language = self.plan.group_languages.get(&group).cloned();
        let mut sent = Sent::in_language(language);
        for (name, value) in &invite.extra {
            sent.add(name, value);
        }
        (sent != Sent::default()).then_some(sent)
    }

    /// Answers the caller, so that there is music, unless the engine turns him away.
    fn greet(&mut self, now: Time, id: CallId, out: &mut Vec<Output>) {
        let refused = self.acd_out.iter().any(|output| {
            matches!(
                output,
                acd::Output::Do(acd::Action::Refuse { call, say: None, .. }) if *call == id
            )
        });
        let Some(call) = self.calls.get_mut(&id).filter(|_| !refused) else { return };
        call.greeted = true;
        let (leg, sdp) = (call.caller_leg, call.caller_media.sent.clone());
        let Some(leg) = leg else { return };
        self.set_leg(id, Side::Caller, out);
        self.set_mode(id, Mode::Waiting, out);
        self.look_after(now, (id, Side::Caller));
        self.endpoint.answer(sip_time(now), leg, sdp, &mut self.sip_out);
    }

    fn caller_session(&self, invite: &Invite, relay: Relay) -> Result<LegSession, u16> {
        let local = self.local(invite.flow, relay.caller_port);
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
        let Some(leg) = call.caller_leg else { return self.forget(now, id, out) };
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
        if let Some(leg) = call.caller_leg {
            self.legs.remove(&leg);
        }
        self.left.push(id);
        self.engine(now, Event::CallerLeft { call: id, cause }, policy);
    }

    /// Forgets calls whose caller has left, once the engine's orders for them are carried out.
    pub(crate) fn forget_left(&mut self, now: Time, out: &mut Vec<Output>) {
        while let Some(id) = self.left.pop() {
            self.forget(now, id, out);
        }
    }

    /// Gives back everything the call holds; the caller's leg is over or on its way out. One who
    /// keeps his place without a leg keeps it.
    pub(crate) fn forget(&mut self, now: Time, id: CallId, out: &mut Vec<Output>) {
        let Some(call) = self.part(now, id, out) else { return };
        if call.is_callback {
            self.callbacks.insert(id, call.origin());
        }
        self.give_back(call.relay, out);
    }

    /// Takes the call away from everything but its relay and the caller's dialog.
    pub(crate) fn part(&mut self, now: Time, id: CallId, out: &mut Vec<Output>) -> Option<Call> {
        if self.calls.get(&id)?.recording {
            self.stop_recording(id, out);
        }
        let call = self.calls.remove(&id)?;
        self.freed.extend(call.person.map(|person| (person, id)));
        if let Some(leg) = call.caller_leg {
            self.legs.remove(&leg);
        }
        // No leg outlives its call, whatever the engine ordered.
        if let Some(agent) = &call.agent {
            self.legs.remove(&agent.leg);
            self.endpoint.hang_up(sip_time(now), agent.leg, &mut self.sip_out);
        }
        Some(call)
    }
}

impl Invite {
    fn priority(&self) -> i32 {
        let said = self.priority.as_ref().and_then(|said| said.parse::<i32>().ok());
        said.unwrap_or_default().clamp(-PRIORITY_MAX, PRIORITY_MAX)
    }
}
