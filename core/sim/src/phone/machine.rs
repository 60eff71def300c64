//! The machine itself. Start at [`Phone::handle`].

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use bytes::Bytes;
use sip::message::{Message, Method};
use sip::{Access, Dial, EndReason, Endpoint, EndpointConfig, Event, LegId, Target, Time};

use super::line::{Line, Session, Stage};
use super::register::Registration;
use super::{Behaviour, Dialling, End, Input, Output, PhoneConfig, PhoneEvent, Ring, Then};

/// Lines of one phone: a caller's phone may stand for a trunk of this many calls.
const LINES_MAX: usize = 20_000;
/// Some transactions for each line, each of which lives on for 32 s.
const TRANSACTIONS_MAX: usize = 200_000;

/// Busy here: the agent's only line is taken.
const BUSY_HERE: u16 = 486;
/// Temporarily unavailable: nobody answers this phone.
const UNAVAILABLE: u16 = 480;
/// Not acceptable here: no codec in common.
const NOT_ACCEPTABLE: u16 = 488;
/// How long past the caller's patience his INVITE may live.
const DIAL_GRACE: Duration = Duration::from_secs(5);
/// An agent without a plan lets it ring.
const IGNORED: Ring = Ring { rings_after: Duration::ZERO, then: Then::Ignore };

/// One simulated phone.
#[derive(Debug)]
pub struct Phone {
    behaviour: Behaviour,
    endpoint: Endpoint,
    registration: Option<Registration>,
    lines: BTreeMap<LegId, Line>,
    /// When which line's stage ends by itself.
    alarms: BTreeSet<(Time, LegId)>,
    /// Calls that came so far: which of the agent's plans is next.
    rung: usize,
    /// No calls are taken any more.
    has_left: bool,
    /// What the endpoint said and nobody has heard yet.
    sip_out: Vec<sip::Output>,
}

/// An INVITE that came.
struct Invite {
    leg: LegId,
    call: Option<u64>,
    caller: String,
    offer: Option<Bytes>,
}

impl Phone {
    pub fn new(config: PhoneConfig) -> Phone {
        let mut endpoint = Endpoint::new(EndpointConfig {
            seed: config.seed,
            product: config.product,
            transactions_max: TRANSACTIONS_MAX,
            legs_max: LINES_MAX,
        });
        let mut sip_out = Vec::new();
        let access = Access { is_phone: true, ..Access::default() };
        endpoint.set_access(Time::default(), access, &mut sip_out);
        let account = match &config.behaviour {
            Behaviour::Agent(agent) => agent.account.clone(),
            Behaviour::Caller => None,
        };
        Phone {
            behaviour: config.behaviour,
            endpoint,
            registration: account.map(Registration::new),
            lines: BTreeMap::new(),
            alarms: BTreeSet::new(),
            rung: 0,
            has_left: false,
            sip_out,
        }
    }

    /// Takes one input and writes everything that follows from it to `out`.
    pub fn handle(&mut self, now: Time, input: Input, out: &mut Vec<Output>) {
        self.endpoint.expire(now, &mut self.sip_out);
        self.settle(now, None, out);
        let call = match input {
            Input::Received { flow, bytes } => {
                let call = call_named(&bytes);
                self.endpoint.receive(now, flow, bytes, &mut self.sip_out);
                call
            }
            Input::FlowClosed { flow } => {
                self.endpoint.flow_closed(now, flow, &mut self.sip_out);
                None
            }
            Input::TimePassed => None,
        };
        self.settle(now, call, out);
        if let Some(registration) = &mut self.registration {
            registration.expire(now, &mut self.endpoint, &mut self.sip_out);
        }
        self.expire(now, out);
        self.settle(now, None, out);
    }

    /// The next moment at which the phone wants [`Input::TimePassed`].
    pub fn deadline(&self) -> Option<Time> {
        let alarm = self.alarms.first().map(|(time, _)| *time);
        let register = self.registration.as_ref().and_then(|it| it.due);
        [alarm, register, self.endpoint.deadline()].into_iter().flatten().min()
    }

    /// Places a call.
    pub fn dial(&mut self, now: Time, dialling: Dialling, out: &mut Vec<Output>) -> LegId {
        // The address of the media tells the calls apart well enough: a session id is no secret.
        let session = Session::offering(u64::from(dialling.media.port()), dialling.media);
        let dial = Dial {
            target: Target::Peer {
                flow: dialling.flow,
                uri: format!("sip:{}@{}", dialling.number, dialling.flow.remote),
            },
            from_user: dialling.caller,
            from_display: String::new(),
            to_user: dialling.number,
            sdp: session.sent.clone(),
            headers: Vec::new(),
            login: None,
            // The caller's own alarm ends it first: then he gave up, and nobody failed.
            patience: dialling.patience + DIAL_GRACE,
        };
        let line = self.endpoint.dial(now, dial, &mut self.sip_out);
        let stage = Stage::Waiting { talk_max: dialling.talk_max };
        self.lines.insert(line, Line { stage, due: None, session });
        self.wake(line, Some(now + dialling.patience));
        self.settle(now, None, out);
        line
    }

    /// An agent has joined this caller's call: he is patient no longer than the talk may last.
    pub fn joined(&mut self, now: Time, line: LegId) {
        let stage = self.lines.get(&line).map(|line| line.stage);
        if let Some(Stage::Waiting { talk_max }) = stage {
            self.enter(line, Stage::Joined, Some(now + talk_max));
        }
    }

    /// Hangs up everything, takes no further calls and removes its registration.
    pub fn leave(&mut self, now: Time, out: &mut Vec<Output>) {
        self.has_left = true;
        for line in self.lines.keys().copied().collect::<Vec<_>>() {
            self.hang_up(now, line, End::Left, out);
        }
        match &mut self.registration {
            Some(registration) => registration.leave(now, &mut self.endpoint, &mut self.sip_out),
            None => out.push(Output::Told(PhoneEvent::Unregistered)),
        }
        self.settle(now, None, out);
    }

    /// Live lines.
    pub fn lines(&self) -> usize {
        self.lines.len()
    }

    /// Ends the stages whose time is over.
    fn expire(&mut self, now: Time, out: &mut Vec<Output>) {
        while let Some(&(due, line)) = self.alarms.first()
            && due <= now
        {
            self.wake(line, None);
            let Some(stage) = self.lines.get(&line).map(|line| line.stage) else { continue };
            match stage {
                Stage::Invited(ring) => {
                    self.endpoint.ring(now, line, &mut self.sip_out);
                    self.enter(line, Stage::Ringing(ring.then), after(now, ring.then));
                }
                Stage::Ringing(Then::Answer { talk, .. }) => self.answer(now, line, talk, out),
                Stage::Ringing(Then::Refuse { status, .. }) => {
                    self.endpoint.refuse(now, line, status, &mut self.sip_out);
                    self.over(line, End::Refused { status }, out);
                }
                Stage::Talking => self.hang_up(now, line, End::TalkedOut, out),
                Stage::Waiting { .. } => self.hang_up(now, line, End::GaveUp, out),
                Stage::Joined => self.hang_up(now, line, End::Overdue, out),
                Stage::Ringing(Then::Ignore) | Stage::Answering { .. } => (),
            }
        }
    }

    /// Hears the endpoint out. `call` is what the datagram just received says it is about.
    fn settle(&mut self, now: Time, call: Option<u64>, out: &mut Vec<Output>) {
        while !self.sip_out.is_empty() {
            for output in std::mem::take(&mut self.sip_out) {
                match output {
                    sip::Output::Send { flow, bytes } => out.push(Output::Send { flow, bytes }),
                    sip::Output::Tell(event) => self.heard(now, event, call, out),
                }
            }
        }
    }

    fn heard(&mut self, now: Time, event: Event, call: Option<u64>, out: &mut Vec<Output>) {
        match event {
            Event::Invited { leg, caller, sdp, .. } => {
                self.invited(now, Invite { leg, call, caller, offer: sdp }, out);
            }
            Event::Cancelled { leg } => self.over(leg, End::Cancelled, out),
            Event::Confirmed { leg, sdp } => self.confirmed(now, leg, sdp.as_ref(), out),
            Event::Answered { leg, sdp } => self.answered(now, leg, &sdp, out),
            Event::Failed { leg, status } => self.over(leg, End::Refused { status }, out),
            Event::Reoffered { leg, sdp } => self.reoffered(now, leg, sdp.as_ref(), out),
            Event::Ended { leg, reason } => {
                let end = match reason {
                    EndReason::Bye => End::HungUp,
                    EndReason::Lost => End::Lost,
                    // Of our own hanging up the line was told already.
                    EndReason::Ours => End::Left,
                };
                self.over(leg, end, out);
            }
            Event::RegisterDone { status, expires, .. } => {
                if let Some(registration) = &mut self.registration {
                    out.push(Output::Told(registration.done(now, status, expires)));
                }
            }
            Event::Ringing { .. }
            | Event::Pressed { .. }
            | Event::Registered { .. }
            | Event::Unregistered { .. } => (),
        }
    }

    fn invited(&mut self, now: Time, invite: Invite, out: &mut Vec<Output>) {
        let Invite { leg, call, caller, offer } = invite;
        let (ring, media) = match &self.behaviour {
            Behaviour::Agent(agent) if !self.has_left => {
                let turn = self.rung % agent.rings.len().max(1);
                (agent.rings.get(turn).copied().unwrap_or(IGNORED), agent.media)
            }
            Behaviour::Agent(_) | Behaviour::Caller => {
                return self.endpoint.refuse(now, leg, UNAVAILABLE, &mut self.sip_out);
            }
        };
        if !self.lines.is_empty() {
            self.endpoint.refuse(now, leg, BUSY_HERE, &mut self.sip_out);
            return out.push(Output::Told(PhoneEvent::RungWhileBusy { call }));
        }
        let Ok(session) = Session::invited(leg.0, media, offer.as_ref()) else {
            return self.endpoint.refuse(now, leg, NOT_ACCEPTABLE, &mut self.sip_out);
        };
        self.rung += 1;
        self.lines.insert(leg, Line { stage: Stage::Invited(ring), due: None, session });
        self.wake(leg, Some(now + ring.rings_after));
        out.push(Output::Told(PhoneEvent::Rung { line: leg, call, caller }));
    }

    fn answer(&mut self, now: Time, leg: LegId, talk: Option<Duration>, out: &mut Vec<Output>) {
        let Some(line) = self.lines.get_mut(&leg) else { return };
        line.stage = Stage::Answering { talk };
        self.endpoint.answer(now, leg, line.session.sent.clone(), &mut self.sip_out);
        out.extend(line.session.media(leg));
    }

    /// The ACK for an agent's 200.
    fn confirmed(&mut self, now: Time, leg: LegId, sdp: Option<&Bytes>, out: &mut Vec<Output>) {
        let Some(line) = self.lines.get_mut(&leg) else { return };
        let Stage::Answering { talk } = line.stage else { return };
        if let Some(answer) = sdp
            && line.session.accept(answer).is_ok()
        {
            out.extend(line.session.media(leg));
        }
        self.enter(leg, Stage::Talking, talk.map(|talk| now + talk));
        out.push(Output::Told(PhoneEvent::Connected { line: leg }));
    }

    /// A caller's call was answered: by music first.
    fn answered(&mut self, now: Time, leg: LegId, answer: &Bytes, out: &mut Vec<Output>) {
        let Some(line) = self.lines.get_mut(&leg) else { return };
        if line.session.accept(answer).is_err() {
            return self.hang_up(now, leg, End::Refused { status: NOT_ACCEPTABLE }, out);
        }
        out.extend(line.session.media(leg));
        out.push(Output::Told(PhoneEvent::Connected { line: leg }));
    }

    fn reoffered(&mut self, now: Time, leg: LegId, sdp: Option<&Bytes>, out: &mut Vec<Output>) {
        let Some(line) = self.lines.get_mut(&leg) else { return };
        let answer = match sdp {
            Some(offer) => line.session.reanswer(offer).ok(),
            None => Some(line.session.sent.clone()),
        };
        out.extend(line.session.media(leg));
        self.endpoint.reanswer(now, leg, answer, &mut self.sip_out);
    }

    fn hang_up(&mut self, now: Time, line: LegId, end: End, out: &mut Vec<Output>) {
        self.endpoint.hang_up(now, line, &mut self.sip_out);
        self.over(line, end, out);
    }

    /// Forgets the line; one that is forgotten already is a no-op.
    fn over(&mut self, line: LegId, end: End, out: &mut Vec<Output>) {
        self.wake(line, None);
        if self.lines.remove(&line).is_some() {
            out.push(Output::StopMedia { line });
            out.push(Output::Told(PhoneEvent::Over { line, end }));
        }
    }

    fn enter(&mut self, leg: LegId, stage: Stage, due: Option<Time>) {
        if let Some(line) = self.lines.get_mut(&leg) {
            line.stage = stage;
        }
        self.wake(leg, due);
    }

    /// Sets or removes the line's alarm.
    fn wake(&mut self, leg: LegId, due: Option<Time>) {
        let Some(line) = self.lines.get_mut(&leg) else { return };
        if let Some(old) = std::mem::replace(&mut line.due, due) {
            self.alarms.remove(&(old, leg));
        }
        self.alarms.extend(due.map(|due| (due, leg)));
    }
}

/// When a ringing that began now ends by itself.
fn after(now: Time, then: Then) -> Option<Time> {
    match then {
        Then::Answer { after, .. } | Then::Refuse { after, .. } => Some(now + after),
        Then::Ignore => None,
    }
}

/// The call that an INVITE of Ladus is about. The endpoint does not tell of foreign headers, and
/// this one is what makes the phones a witness of their own.
fn call_named(bytes: &Bytes) -> Option<u64> {
    if !bytes.starts_with(b"INVITE ") {
        return None;
    }
    let message = Message::parse(bytes.clone()).ok()?;
    let is_invite = *message.method() == Method::Invite;
    let value = message.get_named("X-Ladus-Call").filter(|_| is_invite)?;
    std::str::from_utf8(value).ok()?.trim().parse().ok()
}
