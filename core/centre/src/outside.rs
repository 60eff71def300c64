//! Calls that we place to the outside: callers who are called back, and callers sent on to a
//! number. Only the engine can cause them, and they go to a trunk of the plan and nowhere else.

use std::net::SocketAddr;
use std::time::Duration;

use acd::{Actor, AgentId, CallId, CallbackEnd, Event, GroupId, Policy, Prompt, Time};
use bytes::Bytes;
use media::{Codec, LocalMedia, Mode, Side};
use sip::{Dial, Flow, LegId, Target};

use crate::call::{AgentLeg, Call, LegSession};
use crate::centre::{Centre, Role, sip_time};
use crate::input::Output;
use crate::session::DTMF_PAYLOAD_TYPE;
use crate::{Fact, What};

/// Legs to the outside at a time: whatever goes wrong, the bill has an end.
pub(crate) const OUTSIDE_MAX: usize = 50;

/// Whoever does not pick up for so long is not there.
pub(crate) const PATIENCE: Duration = Duration::from_secs(45);

/// A number is not longer than this (E.164 has 15 digits; a prefix may stand before them).
const NUMBER_MAX: usize = 32;

/// Service unavailable: too many calls to the outside, or no trunk.
const UNAVAILABLE: u16 = 503;

/// How a call came to us: what it takes to call back.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) group: GroupId,
    /// Our own number, which he will see.
    pub(crate) dialled: String,
    pub(crate) caller: String,
    pub(crate) caller_display: String,
    /// `None`: one of our own phones.
    pub(crate) trunk: Option<String>,
    /// The way his INVITE came.
    pub(crate) flow: Flow,
}

impl Centre {
    /// Makes a call again of a caller who keeps his place, so that an agent can be rung for him.
    pub(crate) fn wake_callback(&mut self, id: CallId) {
        if self.calls.contains_key(&id) || !self.callbacks.contains_key(&id) {
            return;
        }
        let Some(relay) = self.take_relay() else { return };
        let Some(origin) = self.callbacks.remove(&id) else { return };
        let local = self.local(origin.flow, relay.caller_port);
        let call = Call {
            id,
            group: origin.group,
            dialled: origin.dialled,
            trunk: origin.trunk,
            person: None,
            flow: origin.flow,
            caller_leg: None,
            caller: origin.caller,
            caller_display: origin.caller_display,
            relay,
            caller_media: LegSession::new(local, Bytes::new(), None),
            agent: None,
            greeted: true,
            recording: false,
            is_callback: true,
        };
        self.calls.insert(id, call);
    }

    /// The agent is on the line: the caller is called back, and the agent hears music meanwhile.
    pub(crate) fn call_back(
        &mut self,
        now: Time,
        (agent, id): (AgentId, CallId),
        number: &str,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        let Some(leg) = call.agent.as_mut().filter(|it| it.agent == Some(agent)) else { return };
        leg.connected = true;
        let codec = leg.media.agreed.map_or(Codec::Pcma, |agreed| agreed.codec);
        let offer = media::offer(&call.caller_media.local, &both(codec), Some(DTMF_PAYLOAD_TYPE));
        self.set_leg(id, Side::Agent, out);
        self.set_mode(id, Mode::CallingBack, out);
        let Some(leg) = self.dial_outside(now, id, number, offer.clone(), out) else {
            return self.cannot_call_back(now, id, policy);
        };
        self.legs.insert(leg, Role::Caller(id));
        if let Some(call) = self.calls.get_mut(&id) {
            call.caller_leg = Some(leg);
            call.caller_media.sent = offer;
        }
    }

    /// Another try may find fewer calls to the outside, but none will find a trunk.
    fn cannot_call_back(&mut self, now: Time, id: CallId, policy: &mut dyn Policy) {
        let has_trunk = self.calls.get(&id).is_some_and(|call| self.trunk_of(call).is_some());
        let event = if has_trunk {
            Event::CallerNotReached { call: id }
        } else {
            let (why, by) = (CallbackEnd::NoTrunk, Actor::Rule);
            Event::CallbackEnded { call: id, why, by }
        };
        self.engine(now, event, policy);
    }

    /// The caller picked up, or says something that we cannot make out.
    pub(crate) fn caller_reached(
        &mut self,
        now: Time,
        id: CallId,
        sdp: &Bytes,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        if let Ok(agreed) = media::accept(&call.caller_media.sent, sdp) {
            call.caller_media.agreed = Some(agreed);
            call.is_callback = false;
            self.set_leg(id, Side::Caller, out);
            return self.engine(now, Event::CallerReached { call: id }, policy);
        }
        if let Some(leg) = call.caller_leg {
            self.endpoint.hang_up(sip_time(now), leg, &mut self.sip_out);
            self.caller_not_reached(now, (id, leg), policy);
        }
    }

    /// The caller did not pick up.
    pub(crate) fn caller_not_reached(
        &mut self,
        now: Time,
        (id, leg): (CallId, LegId),
        policy: &mut dyn Policy,
    ) {
        self.legs.remove(&leg);
        if let Some(call) = self.calls.get_mut(&id) {
            call.caller_leg = None;
        }
        self.engine(now, Event::CallerNotReached { call: id }, policy);
    }

    /// Sends the caller on to an outside number. The call is the engine's no more.
    pub(crate) fn divert(&mut self, now: Time, id: CallId, number: &str, out: &mut Vec<Output>) {
        if let Some(call) = self.calls.get(&id)
            && call.recording
        {
            self.stop_recording(id, out);
        }
        let Some(call) = self.calls.get(&id) else { return };
        let local = self.local(call.flow, call.relay.agent_port);
        let codec = call.caller_media.agreed.map_or(Codec::Pcma, |agreed| agreed.codec);
        let offer = media::offer(&local, &both(codec), Some(DTMF_PAYLOAD_TYPE));
        let Some(leg) = self.dial_outside(now, id, number, offer.clone(), out) else {
            return self.let_go(now, id, Prompt::Busy, out);
        };
        self.legs.insert(leg, Role::Agent(id));
        let media = LegSession::new(local, offer, None);
        if let Some(call) = self.calls.get_mut(&id) {
            let (agent, unheard_at, connected) = (None, None, false);
            call.agent = Some(AgentLeg { agent, leg, media, unheard_at, connected });
        }
    }

    /// Whoever was dialled picked up.
    pub(crate) fn diverted_answered(
        &mut self,
        now: Time,
        id: CallId,
        sdp: &Bytes,
        out: &mut Vec<Output>,
    ) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        let Some(other) = call.agent.as_mut() else { return };
        let Ok(agreed) = media::accept(&other.media.sent, sdp) else {
            return self.let_go(now, id, Prompt::Busy, out);
        };
        other.media.agreed = Some(agreed);
        other.connected = true;
        self.set_leg(id, Side::Caller, out);
        self.set_leg(id, Side::Agent, out);
        self.set_mode(id, Mode::Joined, out);
    }

    /// `None`: no trunk leads there, the number is none, or too many are dialled already.
    fn dial_outside(
        &mut self,
        now: Time,
        id: CallId,
        number: &str,
        sdp: Bytes,
        out: &mut Vec<Output>,
    ) -> Option<LegId> {
        let call = self.calls.get(&id)?;
        let ours = call.dialled.clone();
        let remote = self.trunk_of(call).filter(|_| self.outside.len() < OUTSIDE_MAX);
        let Some(remote) = remote.filter(|_| is_number(number)) else {
            let (number, caller, status) = (number.to_owned(), ours, UNAVAILABLE);
            let what = What::CallRejected { number, caller, status };
            out.push(Output::Tell(Fact { at: now, what }));
            return None;
        };
        let flow = Flow { remote, ..call.flow };
        let identity = format!("<sip:{ours}@{}>", flow.local.ip());
        let mut headers = vec![("Expires".to_owned(), PATIENCE.as_secs().to_string())];
        if is_number(&ours) {
            headers.push(("P-Asserted-Identity".to_owned(), identity));
        }
        let dial = Dial {
            target: Target::Peer { flow, uri: format!("sip:{number}@{remote}") },
            from_user: ours,
            from_display: self.plan.group_names.get(&call.group).cloned().unwrap_or_default(),
            to_user: number.to_owned(),
            sdp,
            headers,
            login: None,
            patience: PATIENCE,
        };
        let leg = self.endpoint.dial(sip_time(now), dial, &mut self.sip_out);
        self.outside.insert(leg);
        Some(leg)
    }

    /// Where the trunk is that brought the call, if it is still in the plan.
    fn trunk_of(&self, call: &Call) -> Option<SocketAddr> {
        let name = call.trunk.as_ref()?;
        let trunk = self.plan.access.trunks.iter().find(|trunk| trunk.name == *name)?;
        // One that may call from any port is called back where it called from.
        let port = trunk.port.unwrap_or(call.flow.remote.port());
        Some(SocketAddr::new(trunk.address, port))
    }

    pub(crate) fn local(&self, flow: Flow, port: u16) -> LocalMedia {
        LocalMedia {
            address: self.config.media_address.unwrap_or(flow.local.ip()),
            port,
            session_id: u64::from(port),
            version: 1,
        }
    }
}

impl Call {
    pub(crate) fn origin(&self) -> Origin {
        Origin {
            group: self.group,
            dialled: self.dialled.clone(),
            caller: self.caller.clone(),
            caller_display: self.caller_display.clone(),
            trunk: self.trunk.clone(),
            flow: self.flow,
        }
    }
}

/// The codec of the other side first: then nothing needs to be transcoded.
pub(crate) fn both(first: Codec) -> [Codec; 2] {
    match first {
        Codec::Pcmu => [Codec::Pcmu, Codec::Pcma],
        Codec::Pcma => [Codec::Pcma, Codec::Pcmu],
    }
}

/// Callers say their own number: nothing of it may mean anything in a URI.
fn is_number(number: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+-._*".contains(&byte);
    !number.is_empty() && number.len() <= NUMBER_MAX && number.bytes().all(is_plain)
}
