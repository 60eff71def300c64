//! A phone in the hands of a story: it does what a sentence says, and says what it hears.

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use media::{Codec, LocalMedia};
use sip::{
    Access, Dial, EndReason, Endpoint, EndpointConfig, Event, Flow, LegId, Login, Output, Register,
    Target, Time,
};

use super::strings::Strings;

/// A phone has few of each; these only have to be more.
const LIMIT: usize = 1_000;
/// Payload type of telephone-event in our offers.
const DTMF_PAYLOAD_TYPE: u8 = 101;
/// Busy here.
const BUSY_HERE: u16 = 486;
/// A caller waits this long for any answer to his INVITE.
const PATIENCE: Duration = Duration::from_secs(120);

#[derive(Debug)]
pub(super) struct Handset {
    endpoint: Endpoint,
    /// Where it hears RTP.
    media: SocketAddr,
    login: Option<Login>,
    line: Option<Line>,
    /// It says 180 to a call at once.
    pub(super) says_ringing: bool,
    /// What it says in its own voice; off when it stopped sending RTP without a word.
    pub(super) has_voice: bool,
    /// What its trunk says of the priority of its next call.
    pub(super) priority: Option<String>,
    out: Vec<Output>,
}

/// The call that a handset has; it has one at most.
#[derive(Debug)]
struct Line {
    leg: LegId,
    stage: Stage,
    /// Our last session description.
    sdp: Bytes,
    /// For what an endpoint of ours never says.
    strings: Strings,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Stage {
    Calling,
    Ringing,
    Answering,
    Up,
}

/// What a handset wants done or known.
#[derive(Debug)]
pub(super) enum Effect {
    Send { flow: Flow, bytes: Bytes },
    Says(String),
}

/// How a caller dials.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Speaking {
    G711,
    /// A codec that we do not have.
    Opus,
    /// The offer is left to the other side.
    WithoutSdp,
}

impl Handset {
    pub(super) fn new(seed: [u8; 32], media: SocketAddr, login: Option<Login>) -> Handset {
        let mut endpoint = Endpoint::new(EndpointConfig {
            seed,
            product: "handset".to_owned(),
            transactions_max: LIMIT,
            legs_max: LIMIT,
        });
        let access = Access { is_phone: true, ..Access::default() };
        endpoint.set_access(Time::default(), access, &mut Vec::new());
        Handset {
            endpoint,
            media,
            login,
            line: None,
            says_ringing: true,
            has_voice: true,
            priority: None,
            out: Vec::new(),
        }
    }

    /// Whether somebody may hear it now.
    pub(super) fn speaks(&self) -> bool {
        let is_up = self.line.as_ref().is_some_and(|line| line.stage == Stage::Up);
        is_up && self.has_voice
    }

    /// In a word; `None`: it is on the hook.
    pub(super) fn busy_with(&self) -> Option<&'static str> {
        self.line.as_ref().map(|line| match line.stage {
            Stage::Calling => "calls",
            Stage::Ringing => "rings",
            Stage::Answering => "waits for an ACK",
            Stage::Up => "talks",
        })
    }

    pub(super) fn deadline(&self) -> Option<Time> {
        self.endpoint.deadline()
    }

    pub(super) fn expire(&mut self, now: Time) -> Vec<Effect> {
        self.endpoint.expire(now, &mut self.out);
        self.effects(now)
    }

    pub(super) fn receive(&mut self, now: Time, flow: Flow, bytes: Bytes) -> Vec<Effect> {
        self.endpoint.expire(now, &mut self.out);
        let mut effects = self.effects(now);
        if let Some(line) = &mut self.line
            && let Some(answer) = line.strings.heard(flow, &bytes)
        {
            effects.extend(answer);
            return effects;
        }
        // A call that is new may be pulled by strings later.
        let strings = Strings::of_invite(&bytes);
        self.endpoint.receive(now, flow, bytes, &mut self.out);
        effects.extend(self.effects(now));
        if let (Some(line), Some(strings)) = (&mut self.line, strings)
            && line.stage == Stage::Ringing
            && !line.strings.is_known()
        {
            line.strings = strings;
        }
        effects
    }

    pub(super) fn registers(&mut self, now: Time, flow: Flow, expires: Duration) -> Vec<Effect> {
        if let Some(login) = self.login.clone() {
            self.endpoint.register(now, Register { flow, login, expires }, &mut self.out);
        }
        self.effects(now)
    }

    pub(super) fn dials(
        &mut self,
        now: Time,
        (flow, number, name): (Flow, &str, &str),
        speaking: Speaking,
    ) -> Vec<Effect> {
        let offer = self.offer();
        let sdp = match speaking {
            Speaking::G711 => offer.clone(),
            Speaking::Opus => opus(&offer),
            Speaking::WithoutSdp => Bytes::new(),
        };
        let dial = Dial {
            target: Target::Peer { flow, uri: format!("sip:{number}@{}", flow.remote) },
            from_user: name.to_owned(),
            from_display: name.to_owned(),
            to_user: number.to_owned(),
            sdp: sdp.clone(),
            headers: self
                .priority
                .take()
                .map(|it| ("X-Priority".to_owned(), it))
                .into_iter()
                .collect(),
            login: self.login.clone(),
            patience: PATIENCE,
        };
        let leg = self.endpoint.dial(now, dial, &mut self.out);
        let strings = Strings::calling(sdp.is_empty().then_some(offer));
        self.line = Some(Line { leg, stage: Stage::Calling, sdp, strings });
        self.effects(now)
    }

    /// Picks up. Nothing happens when nothing rings.
    pub(super) fn answers(&mut self, now: Time) -> Vec<Effect> {
        if let Some(line) = self.line.as_mut().filter(|line| line.stage == Stage::Ringing) {
            line.stage = Stage::Answering;
            self.endpoint.answer(now, line.leg, line.sdp.clone(), &mut self.out);
        }
        self.effects(now)
    }

    pub(super) fn refuses(&mut self, now: Time, status: u16) -> Vec<Effect> {
        if let Some(line) = self.line.take_if(|line| line.stage == Stage::Ringing) {
            self.endpoint.refuse(now, line.leg, status, &mut self.out);
        }
        self.effects(now)
    }

    pub(super) fn hangs_up(&mut self, now: Time) -> Vec<Effect> {
        if let Some(line) = &self.line {
            self.endpoint.hang_up(now, line.leg, &mut self.out);
        }
        // The line goes with the event that follows, because the strings see the BYE off.
        let effects = self.effects(now);
        self.line = None;
        effects
    }

    /// Hold or resume, by a re-INVITE. `offers` is false when the offer is left to the other side.
    pub(super) fn reinvites(&mut self, direction: &str, offers: bool) -> Vec<Effect> {
        let Some(line) = self.line.as_mut().filter(|line| line.stage == Stage::Up) else {
            return Vec::new();
        };
        line.sdp = directed(&line.sdp, direction);
        let sdp = line.sdp.clone();
        line.strings.reinvite(sdp, offers).into_iter().collect()
    }

    /// Tells a key by INFO, as phones do that have no telephone events.
    pub(super) fn informs(&mut self, key: &str) -> Vec<Effect> {
        let line = self.line.as_mut().filter(|line| line.stage == Stage::Up);
        line.and_then(|line| line.strings.inform(key)).into_iter().collect()
    }

    fn offer(&self) -> Bytes {
        let codecs = [Codec::Pcma, Codec::Pcmu];
        media::offer(&local(self.media), &codecs, Some(DTMF_PAYLOAD_TYPE))
    }

    /// Hears the endpoint out.
    fn effects(&mut self, now: Time) -> Vec<Effect> {
        let mut effects = Vec::new();
        while !self.out.is_empty() {
            for output in std::mem::take(&mut self.out) {
                match output {
                    Output::Send { flow, bytes } => {
                        let bytes = match &mut self.line {
                            Some(line) => line.strings.sent(bytes),
                            None => bytes,
                        };
                        effects.push(Effect::Send { flow, bytes });
                    }
                    Output::Tell(event) => {
                        effects.extend(self.heard(now, event).map(Effect::Says));
                    }
                }
            }
        }
        effects
    }

    fn heard(&mut self, now: Time, event: Event) -> Option<String> {
        match event {
            Event::Invited { leg, caller_display, sdp, .. } => {
                self.invited(now, leg, caller_display, sdp.as_ref())
            }
            Event::Cancelled { leg } => self.over(leg, "it stops ringing"),
            Event::Confirmed { leg, .. } => self.up(leg, "connected"),
            Event::Answered { leg, .. } => self.up(leg, "answered"),
            Event::Failed { leg, status } => self.over(leg, &format!("refused with {status}")),
            Event::Ended { leg, reason } => match reason {
                EndReason::Bye => self.over(leg, "hung up on"),
                EndReason::Ours => None,
                EndReason::Lost => self.over(leg, "nobody is there"),
            },
            Event::Reoffered { leg, .. } => {
                let sdp = self.line.as_ref().map(|line| line.sdp.clone());
                self.endpoint.reanswer(now, leg, sdp, &mut self.out);
                None
            }
            Event::RegisterDone { status, .. } => {
                (status != 200).then(|| format!("is not registered: {status}"))
            }
            Event::Ringing { .. }
            | Event::Pressed { .. }
            | Event::Registered { .. }
            | Event::Unregistered { .. } => None,
        }
    }

    fn invited(
        &mut self,
        now: Time,
        leg: LegId,
        display: String,
        offer: Option<&Bytes>,
    ) -> Option<String> {
        if self.line.is_some() {
            self.endpoint.refuse(now, leg, BUSY_HERE, &mut self.out);
            return Some("is busy".to_owned());
        }
        let answer = offer.and_then(|offer| media::answer(offer, &local(self.media), None).ok());
        let sdp = answer.map_or_else(|| self.offer(), |(sdp, _)| sdp);
        if self.says_ringing {
            self.endpoint.ring(now, leg, &mut self.out);
        }
        let line = Line { leg, stage: Stage::Ringing, sdp, strings: Strings::default() };
        self.line = Some(line);
        Some(format!("it rings, \"{display}\""))
    }

    fn up(&mut self, leg: LegId, words: &str) -> Option<String> {
        let line = self.line.as_mut().filter(|line| line.leg == leg)?;
        line.stage = Stage::Up;
        Some(words.to_owned())
    }

    fn over(&mut self, leg: LegId, words: &str) -> Option<String> {
        self.line.take_if(|line| line.leg == leg).map(|_| words.to_owned())
    }
}

fn local(media: SocketAddr) -> LocalMedia {
    LocalMedia { address: media.ip(), port: media.port(), session_id: 1, version: 1 }
}

/// The same offer in a codec that nobody here speaks.
fn opus(offer: &Bytes) -> Bytes {
    let text = String::from_utf8_lossy(offer);
    let lines = text.lines().filter(|line| !line.starts_with("a=rtpmap"));
    let lines = lines.filter(|line| !line.starts_with("a=fmtp"));
    let lines = lines.map(|line| match line.starts_with("m=audio") {
        true => "m=audio 4000 RTP/AVP 111\r\na=rtpmap:111 opus/48000/2".to_owned(),
        false => line.to_owned(),
    });
    Bytes::from(lines.map(|line| line + "\r\n").collect::<String>())
}

/// The same session in another direction.
fn directed(sdp: &Bytes, direction: &str) -> Bytes {
    let text = String::from_utf8_lossy(sdp);
    let is_direction =
        |line: &str| ["a=sendrecv", "a=sendonly", "a=recvonly", "a=inactive"].contains(&line);
    let mut lines: Vec<&str> = text.lines().filter(|line| !is_direction(line)).collect();
    let last = format!("a={direction}");
    lines.push(&last);
    Bytes::from(lines.iter().flat_map(|line| [*line, "\r\n"]).collect::<String>())
}
