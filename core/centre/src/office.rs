//! Office calls: one of our own phones calls a colleague or the outside. No group's, so they are
//! not queued, not recorded and in no group's figures; the engine hears only who is occupied.

use std::net::SocketAddr;

use acd::{Activity, AgentId, CallId, Event, GroupId, Office, Policy, Time};
use bytes::Bytes;
use media::{Codec, LocalMedia, Mode, Side};
use sip::{Dial, Flow, LegId, Target};

use crate::call::LegSession;
use crate::caller::{BUSY_HERE, Invite, NOT_ACCEPTABLE, NOT_FOUND, UNAVAILABLE};
use crate::centre::{Centre, Role, sip_time};
use crate::input::{Output, Relay};
use crate::outside::{OUTSIDE_MAX, PATIENCE, both};
use crate::session::DTMF_PAYLOAD_TYPE;
use crate::{Fact, OfficeOutcome, What};

/// Calls of one person at a time: one that he talks in, one on hold, and two more. Whatever dials
/// beyond that is no person.
const OWN_CALLS_MAX: usize = 4;

/// Where a trunk is called that may call from any port: SIP's own (RFC 3261 §19.1.2).
const SIP_PORT: u16 = 5060;

/// Longer than any number of the world (E.164: 15 digits) with a prefix before it.
const NUMBER_MAX: usize = 32;

/// Temporarily unavailable: the colleague has no phone, or does not pick up.
const NOT_THERE: u16 = 480;

/// Decline: the colleague pressed the red button.
const DECLINE: u16 = 603;

/// A live office call. The phone that dialled is on the caller's side of the relay.
#[derive(Debug)]
pub(crate) struct OfficeCall {
    /// Who dialled.
    caller: AgentId,
    /// The colleague who is called; `None`: the outside.
    callee: Option<AgentId>,
    pub(crate) relay: Relay,
    /// The dialog with the phone that dialled.
    pub(crate) near: LegId,
    pub(crate) near_media: LegSession,
    /// What that phone offered, kept until somebody picks up; `None`: the offer is left to us.
    offer: Option<Bytes>,
    /// The dialog with whoever is called.
    pub(crate) far: LegId,
    pub(crate) far_media: LegSession,
    /// When a phone that has said nothing is given up; where that stands in `Centre::probes`.
    unheard_at: Option<Time>,
    /// Whoever is called has said that it rings.
    rang: bool,
    /// Since when both hear each other.
    pub(crate) answered_at: Option<Time>,
}

/// Who is called, and the way there.
enum Callee {
    Colleague { agent: AgentId, sip_user: String, flow: Flow },
    Outside { trunk: SocketAddr },
}

impl Centre {
    /// Who calls, when one of our own phones dials what belongs to no group. The endpoint has
    /// checked the phone's password; what a trunk brings is never an office call.
    pub(crate) fn office_caller(&self, invite: &Invite) -> Option<AgentId> {
        let user = invite.user.as_ref().filter(|_| invite.trunk.is_none())?;
        let is_groups = self.plan.numbers.contains_key(&invite.dialled);
        self.plan.devices.get(user).copied().filter(|_| !is_groups)
    }

    /// Calls whom one of our own phones has dialled, or says with which status it is refused.
    pub(crate) fn place(
        &mut self,
        now: Time,
        invite: &Invite,
        caller: AgentId,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) -> Result<(), u16> {
        if self.draining || self.overloaded || self.is_full() {
            return Err(UNAVAILABLE);
        }
        let callee = self.callee_of(caller, &invite.dialled)?;
        if self.own_calls.get(&caller).is_some_and(|calls| calls.len() >= OWN_CALLS_MAX) {
            return Err(BUSY_HERE);
        }
        let relay = self.take_relay().ok_or(UNAVAILABLE)?;
        let near_local = self.local(invite.flow, relay.caller_port);
        let Ok(codec) = offered_codec(invite.sdp.as_ref(), &near_local) else {
            self.give_back(relay, out);
            return Err(NOT_ACCEPTABLE);
        };
        let id = self.new_call_id();
        let (far, far_media, unheard_at) =
            self.dial_callee(now, (id, caller), (invite, &callee), (relay, codec));
        self.legs.insert(invite.leg, Role::Office(id, Side::Caller));
        self.legs.insert(far, Role::Office(id, Side::Agent));
        let (colleague, office) = match callee {
            Callee::Colleague { agent, .. } => (Some(agent), Office::Internal),
            Callee::Outside { .. } => (None, Office::Outbound),
        };
        let call = OfficeCall {
            caller,
            callee: colleague,
            relay,
            near: invite.leg,
            near_media: LegSession::new(near_local, Bytes::new(), None),
            offer: invite.sdp.clone(),
            far,
            far_media,
            unheard_at,
            rang: false,
            answered_at: None,
        };
        self.offices.insert(id, call);
        let what = What::OfficeStarted {
            call: id,
            agent: caller,
            with: office,
            to: colleague,
            number: invite.dialled.clone(),
            caller: self.shown(caller),
        };
        out.push(Output::Tell(Fact { at: now, what }));
        self.occupy(now, caller, (id, office), policy);
        if let Some(colleague) = colleague {
            self.occupy(now, colleague, (id, office), policy);
        }
        Ok(())
    }

    /// Extensions come before the outside, where only what is a number leads.
    fn callee_of(&self, caller: AgentId, dialled: &str) -> Result<Callee, u16> {
        if let Some(&agent) = self.plan.extensions.get(dialled) {
            if agent == caller || self.is_on_a_call(agent) {
                return Err(BUSY_HERE);
            }
            let sip_user = self.newest_device(agent).ok_or(NOT_THERE)?;
            let flow = self.endpoint.flow_of(&sip_user).ok_or(NOT_THERE)?;
            return Ok(Callee::Colleague { agent, sip_user, flow });
        }
        if !self.plan.outside_calls || !is_outside_number(dialled) {
            return Err(NOT_FOUND);
        }
        let trunk = self.plan.access.trunks.first().ok_or(UNAVAILABLE)?;
        if self.outside.len() >= OUTSIDE_MAX {
            return Err(UNAVAILABLE);
        }
        let trunk = SocketAddr::new(trunk.address, trunk.port.unwrap_or(SIP_PORT));
        Ok(Callee::Outside { trunk })
    }

    /// His phone rings, or he talks, with whomever: nobody waits behind a call here.
    fn is_on_a_call(&self, agent: AgentId) -> bool {
        let by_engine = match self.engine.activity_of(agent) {
            Some(
                Activity::Offered | Activity::Talking | Activity::Outbound | Activity::Internal,
            ) => true,
            Some(Activity::Idle | Activity::WrapUp | Activity::Unreachable) | None => false,
        };
        by_engine || self.own_calls.contains_key(&agent)
    }

    fn dial_callee(
        &mut self,
        now: Time,
        (id, caller): (CallId, AgentId),
        (invite, callee): (&Invite, &Callee),
        (relay, codec): (Relay, Codec),
    ) -> (LegId, LegSession, Option<Time>) {
        let flow = match callee {
            Callee::Colleague { flow, .. } => *flow,
            Callee::Outside { trunk } => Flow { remote: *trunk, ..invite.flow },
        };
        let local = self.local(flow, relay.agent_port);
        let sdp = media::offer(&local, &both(codec), Some(DTMF_PAYLOAD_TYPE));
        let dial = match callee {
            Callee::Colleague { sip_user, .. } => {
                self.dial_colleague((id, caller), sip_user.clone(), sdp.clone())
            }
            Callee::Outside { .. } => self.dial_number(caller, flow, &invite.dialled, sdp.clone()),
        };
        let leg = self.endpoint.dial(sip_time(now), dial, &mut self.sip_out);
        let unheard_at = match callee {
            Callee::Colleague { .. } => Some(self.look_after_offer(now, leg)),
            Callee::Outside { .. } => {
                self.outside.insert(leg);
                None
            }
        };
        (leg, LegSession::new(local, sdp, None), unheard_at)
    }

    fn dial_colleague(&self, (id, caller): (CallId, AgentId), to: String, sdp: Bytes) -> Dial {
        let name = self.plan.colleagues.get(&caller).map(|it| it.name.clone());
        Dial {
            target: Target::User(to.clone()),
            from_user: self.shown(caller),
            from_display: name.unwrap_or_default(),
            to_user: to,
            sdp,
            headers: vec![
                ("X-Ladus-Call".to_owned(), id.0.to_string()),
                // A phone that can no longer be told to stop stops by itself.
                ("Expires".to_owned(), PATIENCE.as_secs().to_string()),
            ],
            login: None,
            patience: PATIENCE,
        }
    }

    fn dial_number(&self, caller: AgentId, flow: Flow, number: &str, sdp: Bytes) -> Dial {
        let mut headers = vec![("Expires".to_owned(), PATIENCE.as_secs().to_string())];
        let ours = self.identity_of(caller);
        if let Some((_, ours)) = &ours {
            let identity = format!("<sip:{ours}@{}>", flow.local.ip());
            headers.push(("P-Asserted-Identity".to_owned(), identity));
        }
        let name = |group: &GroupId| self.plan.group_names.get(group).cloned();
        Dial {
            target: Target::Peer { flow, uri: format!("sip:{number}@{}", flow.remote) },
            from_display: ours.as_ref().and_then(|(group, _)| name(group)).unwrap_or_default(),
            // RFC 3323 §4.1: who has no number to show is anonymous.
            from_user: ours.map_or_else(|| "anonymous".to_owned(), |(_, number)| number),
            to_user: number.to_owned(),
            sdp,
            headers,
            login: None,
            patience: PATIENCE,
        }
    }

    /// What a colleague's phone shows: the extension, or the phone's own name if there is none.
    fn shown(&self, agent: AgentId) -> String {
        let colleague = self.plan.colleagues.get(&agent);
        let extension = colleague.and_then(|it| it.extension.clone());
        extension.or_else(|| self.newest_device(agent)).unwrap_or_default()
    }

    /// What the outside sees: the number of the group that comes first for this person.
    fn identity_of(&self, agent: AgentId) -> Option<(GroupId, String)> {
        let memberships = &self.plan.acd.agents.get(&agent)?.memberships;
        let own = memberships.iter().filter(|it| it.loan.is_none());
        let with_number = own.filter_map(|it| {
            let number = self.plan.numbers.iter().find(|(_, group)| **group == it.group)?;
            Some((it.order, it.group, number.0.clone()))
        });
        let first = with_number.min_by_key(|(order, group, _)| (*order, *group));
        first.map(|(_, group, number)| (group, number))
    }

    /// Whoever is called says that it rings: the caller hears it.
    pub(crate) fn office_rings(&mut self, now: Time, id: CallId) {
        let Some(call) = self.offices.get_mut(&id) else { return };
        call.rang = true;
        let (near, far, unheard_at) = (call.near, call.far, call.unheard_at.take());
        if let Some(at) = unheard_at {
            self.probes.remove(&(at, far));
        }
        self.endpoint.ring(sip_time(now), near, &mut self.sip_out);
    }

    /// Whoever is called has picked up.
    pub(crate) fn office_answered(
        &mut self,
        now: Time,
        id: CallId,
        sdp: &Bytes,
        out: &mut Vec<Output>,
    ) {
        let Some(call) = self.offices.get_mut(&id) else { return };
        let accepted = media::accept(&call.far_media.sent, sdp);
        let answered = accepted.and_then(|agreed| {
            let (local, codec) = (call.near_media.local, agreed.codec);
            let (sent, near) = match &call.offer {
                Some(offer) => {
                    let (sent, near) = media::answer(offer, &local, Some(codec))?;
                    (sent, Some(near))
                }
                None => (media::offer(&local, &both(codec), Some(DTMF_PAYLOAD_TYPE)), None),
            };
            Ok((agreed, sent, near))
        });
        let Ok((agreed, sent, near_agreed)) = answered else {
            return self.office_over(now, id, (OfficeOutcome::Unreachable, NOT_ACCEPTABLE), out);
        };
        call.far_media.agreed = Some(agreed);
        (call.near_media.sent, call.near_media.agreed) = (sent.clone(), near_agreed);
        (call.offer, call.answered_at) = (None, Some(now));
        let near = call.near;
        self.set_leg(id, Side::Caller, out);
        self.set_leg(id, Side::Agent, out);
        self.set_mode(id, Mode::Joined, out);
        self.look_after(now, (id, Side::Caller));
        self.look_after(now, (id, Side::Agent));
        self.endpoint.answer(sip_time(now), near, sent, &mut self.sip_out);
        out.push(Output::Tell(Fact { at: now, what: What::OfficeAnswered { call: id } }));
    }

    /// Whoever is called does not pick up.
    pub(crate) fn office_failed(
        &mut self,
        now: Time,
        id: CallId,
        status: u16,
        out: &mut Vec<Output>,
    ) {
        let Some(call) = self.offices.get(&id) else { return };
        let (is_outside, rang) = (call.callee.is_none(), call.rang);
        let (outcome, told) = match status {
            486 | 600 => (OfficeOutcome::Busy, BUSY_HERE),
            403 | 603 | 607 | 608 => (OfficeOutcome::Rejected, DECLINE),
            408 if rang => (OfficeOutcome::NoAnswer, NOT_THERE),
            // The caller should hear that the number is wrong; of our own phones it only means that
            // they have forgotten us.
            404 | 410 | 484 | 604 if is_outside => (OfficeOutcome::Unreachable, NOT_FOUND),
            500.. if is_outside => (OfficeOutcome::Unreachable, UNAVAILABLE),
            _ => (OfficeOutcome::Unreachable, NOT_THERE),
        };
        self.office_over(now, id, (outcome, told), out);
    }

    /// One side's phone hung up, gave up or is lost.
    pub(crate) fn office_left(&mut self, now: Time, id: CallId, by: Side, out: &mut Vec<Output>) {
        let outcome = match by {
            Side::Caller => OfficeOutcome::Cancelled,
            Side::Agent => OfficeOutcome::Unreachable,
        };
        self.office_over(now, id, (outcome, NOT_THERE), out);
    }

    /// The colleague's phone is not there, whatever its registration says.
    pub(crate) fn office_unheard(&mut self, now: Time, id: CallId, out: &mut Vec<Output>) {
        self.office_over(now, id, (OfficeOutcome::Unreachable, NOT_THERE), out);
    }

    /// Ends both sides, whichever is still there. A call that was answered has ended as that.
    fn office_over(
        &mut self,
        now: Time,
        id: CallId,
        (outcome, status): (OfficeOutcome, u16),
        out: &mut Vec<Output>,
    ) {
        let Some(call) = self.offices.remove(&id) else { return };
        self.legs.remove(&call.near);
        self.legs.remove(&call.far);
        let (outcome, talked_ms) = match call.answered_at {
            Some(since) => {
                self.endpoint.hang_up(sip_time(now), call.near, &mut self.sip_out);
                (OfficeOutcome::Answered, now.0.saturating_sub(since.0))
            }
            None => {
                self.endpoint.refuse(sip_time(now), call.near, status, &mut self.sip_out);
                (outcome, 0)
            }
        };
        self.endpoint.hang_up(sip_time(now), call.far, &mut self.sip_out);
        let what = What::OfficeEnded { call: id, outcome, talked_ms };
        out.push(Output::Tell(Fact { at: now, what }));
        self.freed.push((call.caller, id));
        self.freed.extend(call.callee.map(|callee| (callee, id)));
        self.give_back(call.relay, out);
    }

    /// Ends every office call.
    pub(crate) fn end_offices(&mut self, now: Time, out: &mut Vec<Output>) {
        for id in self.offices.keys().copied().collect::<Vec<_>>() {
            self.office_over(now, id, (OfficeOutcome::Cancelled, UNAVAILABLE), out);
        }
    }

    /// This person has begun a call that no group offered: no group's call rings meanwhile.
    pub(crate) fn occupy(
        &mut self,
        now: Time,
        person: AgentId,
        call: (CallId, Office),
        policy: &mut dyn Policy,
    ) {
        self.own_calls.entry(person).or_default().push(call);
        self.tell_occupied(now, person, policy);
    }

    /// Those whose own calls are over can be rung again, unless they have others.
    pub(crate) fn free(&mut self, now: Time, policy: &mut dyn Policy) {
        for (person, call) in std::mem::take(&mut self.freed) {
            if let Some(calls) = self.own_calls.get_mut(&person) {
                calls.retain(|(own, _)| *own != call);
                if calls.is_empty() {
                    self.own_calls.remove(&person);
                }
            }
            self.tell_occupied(now, person, policy);
        }
    }

    fn tell_occupied(&mut self, now: Time, agent: AgentId, policy: &mut dyn Policy) {
        let first = self.own_calls.get(&agent).and_then(|calls| calls.first());
        let with = first.map(|(_, office)| *office);
        self.engine(now, Event::AgentOccupied { agent, with }, policy);
    }
}

/// What the phone would like to speak, when it says so.
fn offered_codec(sdp: Option<&Bytes>, local: &LocalMedia) -> Result<Codec, media::SdpError> {
    match sdp {
        Some(offer) => media::answer(offer, local, None).map(|(_, agreed)| agreed.codec),
        None => Ok(Codec::Pcma),
    }
}

/// Digits, after a plus or not: nothing else that a phone sends may reach a trunk.
fn is_outside_number(dialled: &str) -> bool {
    let digits = dialled.strip_prefix('+').unwrap_or(dialled);
    (1..=NUMBER_MAX).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}
