//! The agent's side: phones that register, ring, talk and hang up.

use acd::{Action, AgentId, CallId, EndCause, Event, Key, Notice, OfferFailure, Policy, Time};
use bytes::Bytes;
use media::{Codec, Mode, Side, Words};
use sip::{Dial, LegId, Target};

use crate::call::{AgentLeg, Call, LegSession};
use crate::caller::Invite;
use crate::centre::{Centre, OFFER_GRACE, Role, sip_time};
use crate::farewell::clip_of;
use crate::input::{MediaOrder, Output};
use crate::session::DTMF_PAYLOAD_TYPE;
use crate::{Fact, What};

impl Centre {
    /// Carries out what the engine decided.
    pub(crate) fn act(
        &mut self,
        now: Time,
        action: Action,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        match action {
            Action::Ring { agent, call } => self.ring(now, agent, call, policy),
            Action::StopRinging { agent, call } | Action::HangUpAgent { agent, call } => {
                self.end_agent_leg(now, agent, call, out);
            }
            Action::Connect { agent: _, call } => {
                self.connect(now, call, out);
                self.tell_held(now, call, policy);
            }
            Action::HangUpCaller { call } => {
                if let Some(leg) = self.calls.get(&call).and_then(|call| call.caller_leg) {
                    self.endpoint.hang_up(sip_time(now), leg, &mut self.sip_out);
                }
                self.forget(now, call, out);
            }
            Action::Refuse { call, refusal: _, say: Some(say) } | Action::LetGo { call, say } => {
                self.let_go(now, call, say, out);
            }
            Action::Refuse { call, refusal: _, say: None } => self.refuse_caller(now, call, out),
            Action::Divert { call, number } => self.divert(now, call, &number, out),
            Action::WaitAgain { call } => self.wait_again(call, out),
            Action::Announce { call, notice } => self.announce(call, notice, out),
            Action::CallBack { agent, call, number } => {
                self.cut_farewell(now, call, out);
                self.call_back(now, (agent, call), &number, policy, out);
            }
        }
    }

    /// The caller hears music again. The recording waits with him: a call is one file.
    fn wait_again(&mut self, id: CallId, out: &mut Vec<Output>) {
        self.set_leg(id, Side::Agent, out);
        self.set_mode(id, Mode::Waiting, out);
    }

    fn announce(&mut self, id: CallId, notice: Notice, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get(&id) else { return };
        let language = self.language_of(call.group);
        let words = match notice {
            Notice::Prompt(prompt) => Words::new(language, [clip_of(prompt)]),
            Notice::Place { place, wait_ms } => Words::place(language, place, wait_ms),
        };
        let (relay, side) = (call.relay.id, Side::Caller);
        out.push(Output::Media(MediaOrder::Play { relay, side, words }));
    }

    pub(crate) fn stop_recording(&mut self, id: CallId, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        call.recording = false;
        let relay = call.relay.id;
        out.push(Output::Media(MediaOrder::StopRecording { relay, call: id }));
    }

    fn ring(&mut self, now: Time, agent: AgentId, id: CallId, policy: &mut dyn Policy) {
        let unreachable =
            Event::OfferFailed { agent, call: id, failure: OfferFailure::Unreachable };
        let Some(sip_user) = self.newest_device(agent) else {
            return self.engine(now, unreachable, policy);
        };
        let Some(flow) = self.endpoint.flow_of(&sip_user) else {
            return self.engine(now, unreachable, policy);
        };
        self.wake_callback(id);
        let Some(call) = self.calls.get(&id) else {
            // Gone already, or no relay is free to call somebody back.
            return self.engine(now, unreachable, policy);
        };
        let local = self.local(flow, call.relay.agent_port);
        let sent = media::offer(&local, &offered_codecs(call), Some(DTMF_PAYLOAD_TYPE));
        let dial = self.dial_agent(call, sip_user, sent.clone());
        let leg = self.endpoint.dial(sip_time(now), dial, &mut self.sip_out);
        self.legs.insert(leg, Role::Agent(id));
        let unheard_at = Some(self.look_after_offer(now, leg));
        let media = LegSession::new(local, sent, None);
        if let Some(call) = self.calls.get_mut(&id) {
            let agent = Some(agent);
            call.agent = Some(AgentLeg { agent, leg, media, unheard_at, connected: false });
        }
    }

    fn dial_agent(&self, call: &Call, sip_user: String, sdp: Bytes) -> Dial {
        let group = self.plan.group_names.get(&call.group).map_or("", String::as_str);
        let ring = self.plan.acd.groups.get(&call.group).map(|group| group.ring);
        let patience = ring.unwrap_or_default() + OFFER_GRACE;
        let who = if call.caller_display.is_empty() { &call.caller } else { &call.caller_display };
        Dial {
            target: Target::User(sip_user.clone()),
            from_user: call.caller.clone(),
            // The display shows who calls and which group it is for.
            from_display: format!("{who} ({group})"),
            to_user: sip_user,
            sdp,
            headers: vec![
                ("X-Ladus-Call".to_owned(), call.id.0.to_string()),
                // A phone that can no longer be told to stop stops by itself (RFC 3261 §13.3.1).
                ("Expires".to_owned(), patience.as_secs().max(1).to_string()),
            ],
            login: None,
            patience,
        }
    }

    fn connect(&mut self, now: Time, id: CallId, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        let Some(agent) = call.agent.as_mut() else { return };
        agent.connected = true;
        let codec = call.caller_media.agreed.as_ref().map_or(Codec::Pcma, |agreed| agreed.codec);
        let (relay, records) = (call.relay.id, self.plan.recorded.contains(&call.group));
        // Of a talk before this one the file is open still.
        let recorded = std::mem::replace(&mut call.recording, records);
        // The caller's too: from here on he should be heard, however silently he has waited.
        self.set_leg(id, Side::Caller, out);
        self.set_leg(id, Side::Agent, out);
        self.set_mode(id, Mode::Joined, out);
        if recorded && !records {
            out.push(Output::Media(MediaOrder::StopRecording { relay, call: id }));
        }
        if records && !recorded {
            out.push(Output::Media(MediaOrder::StartRecording { relay, call: id, codec }));
            let what = What::RecordingStarted { call: id };
            out.push(Output::Tell(Fact { at: now, what }));
        }
    }

    pub(crate) fn end_agent_leg(
        &mut self,
        now: Time,
        agent: AgentId,
        id: CallId,
        out: &mut Vec<Output>,
    ) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        let Some(leg) = call.agent.take_if(|it| it.agent == Some(agent)) else { return };
        self.legs.remove(&leg.leg);
        self.endpoint.hang_up(sip_time(now), leg.leg, &mut self.sip_out);
        self.rest_callback(now, id, out);
    }

    /// A call without anybody on it is only a place in line.
    fn rest_callback(&mut self, now: Time, id: CallId, out: &mut Vec<Output>) {
        let rests = |call: &Call| call.caller_leg.is_none() && call.agent.is_none();
        if self.calls.get(&id).is_some_and(rests) {
            self.forget(now, id, out);
        }
    }

    /// Everything the endpoint tells.
    pub(crate) fn heard(
        &mut self,
        now: Time,
        event: sip::Event,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        use sip::Event as Sip;
        match event {
            Sip::Invited {
                leg,
                dialled,
                caller,
                caller_display,
                trunk,
                user,
                sdp,
                told: priority,
                extra,
                flow,
            } => {
                let invite = Invite {
                    leg,
                    dialled,
                    caller,
                    caller_display,
                    sdp,
                    trunk,
                    user,
                    priority,
                    extra,
                    flow,
                };
                self.invited(now, invite, policy, out);
            }
            Sip::Cancelled { leg } => {
                self.leg_ended(now, leg, EndCause::HungUp, policy, out);
            }
            Sip::Ended { leg, reason } => {
                let cause = match reason {
                    sip::EndReason::Bye | sip::EndReason::Ours => EndCause::HungUp,
                    sip::EndReason::Lost => EndCause::Lost,
                };
                self.leg_ended(now, leg, cause, policy, out);
            }
            Sip::Confirmed { leg, sdp } => self.confirmed(now, leg, sdp.as_ref(), policy, out),
            Sip::Ringing { leg } => {
                if let Some((agent, call)) = self.offered(leg) {
                    self.offer_heard(call);
                    self.engine(now, Event::OfferRinging { agent, call }, policy);
                } else if let Some(Role::Office(call, Side::Agent)) = self.legs.get(&leg) {
                    self.office_rings(now, *call);
                }
            }
            Sip::Answered { leg, sdp } => self.answered(now, leg, &sdp, policy, out),
            Sip::Failed { leg, status } => self.failed(now, leg, status, policy, out),
            Sip::Pressed { leg, key } => {
                if let Some(Role::Caller(call)) = self.legs.get(&leg).copied() {
                    self.key_pressed(now, call, key, policy);
                }
            }
            Sip::Reoffered { leg, sdp } => self.reoffered(now, leg, sdp.as_ref(), policy, out),
            Sip::Registered { user, contact, agent, flow: _, expires_at: _, first } => {
                self.registered(now, (user, contact, agent), first, policy, out);
            }
            Sip::Unregistered { user } => self.unregistered(now, user, policy, out),
            Sip::RegisterDone { .. } => (),
        }
    }

    fn leg_ended(
        &mut self,
        now: Time,
        leg: LegId,
        cause: EndCause,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        self.outside.remove(&leg);
        if self.farewell_over(leg, out) {
            return;
        }
        match self.legs.remove(&leg) {
            Some(Role::Caller(call)) => self.caller_gone(now, call, cause, policy),
            Some(Role::Agent(call)) => self.agent_gone(now, call, cause, policy, out),
            Some(Role::Office(call, by)) => self.office_left(now, call, by, out),
            None => (),
        }
    }

    pub(crate) fn agent_gone(
        &mut self,
        now: Time,
        id: CallId,
        cause: EndCause,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        let Some(call) = self.calls.get_mut(&id) else { return };
        let Some(leg) = call.agent.take() else { return };
        self.legs.remove(&leg.leg);
        let Some(agent) = leg.agent else { return self.diverted_gone(now, id, leg.connected, out) };
        let event = if leg.connected {
            Event::AgentLeft { agent, call: id, cause }
        } else {
            let failure = OfferFailure::Unreachable;
            Event::OfferFailed { agent, call: id, failure }
        };
        self.rest_callback(now, id, out);
        self.engine(now, event, policy);
    }

    /// The outside number hung up, or was never reached.
    fn diverted_gone(&mut self, now: Time, id: CallId, talked: bool, out: &mut Vec<Output>) {
        if !talked {
            return self.let_go(now, id, acd::Prompt::Busy, out);
        }
        if let Some(leg) = self.calls.get(&id).and_then(|call| call.caller_leg) {
            self.endpoint.hang_up(sip_time(now), leg, &mut self.sip_out);
        }
        self.forget(now, id, out);
    }

    pub(crate) fn key_pressed(
        &mut self,
        now: Time,
        call: CallId,
        key: char,
        policy: &mut dyn Policy,
    ) {
        if let (true, Some(key)) = (self.calls.contains_key(&call), Key::new(key)) {
            self.engine(now, Event::KeyPressed { call, key }, policy);
        }
    }

    /// Somebody whom we have called picked up.
    fn answered(
        &mut self,
        now: Time,
        leg: LegId,
        sdp: &Bytes,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        match self.legs.get(&leg).copied() {
            Some(Role::Caller(call)) => self.caller_reached(now, call, sdp, policy, out),
            Some(Role::Agent(call)) if self.is_diverted(call) => {
                self.diverted_answered(now, call, sdp, out);
            }
            Some(Role::Agent(_)) => self.agent_answered(now, leg, sdp, policy, out),
            Some(Role::Office(call, _)) => self.office_answered(now, call, sdp, out),
            None => (),
        }
    }

    /// Somebody whom we have called did not pick up.
    fn failed(
        &mut self,
        now: Time,
        leg: LegId,
        status: u16,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        self.outside.remove(&leg);
        match self.legs.get(&leg).copied() {
            Some(Role::Caller(call)) => self.caller_not_reached(now, (call, leg), policy),
            Some(Role::Agent(call)) if self.is_diverted(call) => {
                self.agent_gone(now, call, EndCause::HungUp, policy, out);
            }
            Some(Role::Agent(_)) => self.agent_failed(now, leg, status, policy, out),
            Some(Role::Office(call, _)) => self.office_failed(now, call, status, out),
            None => (),
        }
    }

    fn is_diverted(&self, id: CallId) -> bool {
        let other = self.calls.get(&id).and_then(|call| call.agent.as_ref());
        other.is_some_and(|other| other.agent.is_none())
    }

    fn agent_answered(
        &mut self,
        now: Time,
        leg: LegId,
        sdp: &Bytes,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        let Some((agent, id)) = self.offered(leg) else { return };
        self.offer_heard(id);
        let Some(session) = self.session_mut(id, Side::Agent) else { return };
        match media::accept(&session.sent, sdp) {
            Ok(agreed) => {
                session.agreed = Some(agreed);
                self.engine(now, Event::OfferAnswered { agent, call: id }, policy);
            }
            Err(_) => {
                self.end_agent_leg(now, agent, id, out);
                let failure = OfferFailure::Unreachable;
                self.engine(now, Event::OfferFailed { agent, call: id, failure }, policy);
            }
        }
    }

    fn agent_failed(
        &mut self,
        now: Time,
        leg: LegId,
        status: u16,
        policy: &mut dyn Policy,
        out: &mut Vec<Output>,
    ) {
        let Some((agent, id)) = self.offered(leg) else { return };
        self.legs.remove(&leg);
        if let Some(call) = self.calls.get_mut(&id) {
            call.agent = None;
        }
        self.rest_callback(now, id, out);
        let event = Event::OfferFailed { agent, call: id, failure: failure_of(status) };
        self.engine(now, event, policy);
    }

    /// The offer that this leg rings for.
    fn offered(&self, leg: LegId) -> Option<(AgentId, CallId)> {
        let Some(Role::Agent(id)) = self.legs.get(&leg).copied() else { return None };
        let agent = self.calls.get(&id)?.agent.as_ref()?;
        (agent.leg == leg && !agent.connected).then_some((agent.agent?, id))
    }
}

/// The caller's codec first: then nothing needs to be transcoded.
fn offered_codecs(call: &Call) -> [Codec; 2] {
    match call.caller_media.agreed.as_ref().map(|agreed| agreed.codec) {
        Some(Codec::Pcmu) => [Codec::Pcmu, Codec::Pcma],
        Some(Codec::Pcma) | None => [Codec::Pcma, Codec::Pcmu],
    }
}

/// What a final status says about an agent's phone (RFC 3261 §21).
fn failure_of(status: u16) -> OfferFailure {
    match status {
        486 | 600 => OfferFailure::Busy,
        403 | 603 | 607 | 608 => OfferFailure::Rejected,
        _ => OfferFailure::Unreachable,
    }
}
