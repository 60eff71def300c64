//! One relayed call: rewrites packets where they lie and says where they go; owns no socket.

use std::net::SocketAddr;

use crate::dtmf::DtmfReader;
use crate::g711;
use crate::leg::{Arrival, Counters, Feed, LegMedia};
use crate::prompt::Words;
use crate::recording::Interleaver;
use crate::rtp::{HEADER, RtpViewMut, write_header};
use crate::sdp::{Agreed, Codec, Direction};
use crate::tune::{FRAME, Tune};
use crate::voice::Voice;

/// Bytes of a packet of music: a header and 20 ms.
pub const MUSIC_PACKET: usize = HEADER + FRAME;

/// The two ends of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    Caller,
    Agent,
}

/// What the call's sides hear.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Nothing: not yet answered.
    #[default]
    Silent,
    /// The caller hears music.
    Waiting,
    /// The agent hears music while the caller is called back.
    CallingBack,
    /// They hear each other; a caller whom the agent holds hears music.
    Joined,
}

/// What is to be done with a packet that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forward {
    Drop(DropReason),
    /// Send the rewritten packet to this side's phone, from this side's socket.
    To {
        side: Side,
        address: SocketAddr,
    },
}

/// Why a packet goes no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DropReason {
    /// Not RTP, or empty.
    Invalid,
    /// A payload type that was not agreed on with the sender.
    PayloadType,
    /// Not from the source that the latch believes.
    Source,
    /// Too far behind, or the first of an impossible leap.
    Late,
    /// The sides do not hear each other now.
    NotJoined,
    /// One direction is held by SDP, or there is nowhere to send.
    Held,
    /// A digit for a phone that takes none.
    NoTelephoneEvents,
    /// The leg is not there.
    NoLeg,
}

/// The state of one relayed call. The switch's worker owns the sockets and asks it.
#[derive(Debug)]
pub struct Relay {
    caller: Option<LegMedia>,
    agent: Option<LegMedia>,
    mode: Mode,
    /// Whether each side may be heard from elsewhere than its SDP says (phones behind NAT).
    symmetric_caller: bool,
    symmetric_agent: bool,
    /// The chance of the next leg's SSRC and first numbers.
    seed: u64,
    /// Music and words, in the order in which they are heard.
    voice: Voice,
    /// Hears the caller's keys while he waits.
    keys: DtmfReader,
    key: Option<char>,
}

impl Relay {
    /// The seed should be unpredictable to others: it is where SSRCs and first numbers come from.
    pub fn new(seed: u64) -> Self {
        Self {
            caller: None,
            agent: None,
            mode: Mode::Silent,
            symmetric_caller: false,
            symmetric_agent: false,
            seed,
            voice: Voice::default(),
            keys: DtmfReader::default(),
            key: None,
        }
    }

    /// Whether a side may be heard from a source other than its SDP's host; counts from the next
    /// `set_leg`.
    pub fn set_symmetric(&mut self, side: Side, symmetric: bool) {
        match side {
            Side::Caller => self.symmetric_caller = symmetric,
            Side::Agent => self.symmetric_agent = symmetric,
        }
    }

    /// A side agreed on something, anew or for the first time; or it is gone. A side that was there
    /// keeps its stream's numbers, so put `None` between two agents.
    pub fn set_leg(&mut self, now_ms: u64, side: Side, agreed: Option<Agreed>) {
        let (slot, symmetric) = match side {
            Side::Caller => (&mut self.caller, self.symmetric_caller),
            Side::Agent => (&mut self.agent, self.symmetric_agent),
        };
        match (slot.as_mut(), agreed) {
            (Some(leg), Some(agreed)) => leg.renegotiate(now_ms, agreed, symmetric),
            (None, Some(agreed)) => {
                self.seed = stirred(self.seed);
                *slot = Some(LegMedia::new(now_ms, agreed, symmetric, self.seed));
            }
            (Some(_) | None, None) => *slot = None,
        }
        if side == Side::Caller {
            self.keys = DtmfReader::default();
        }
        // The other side's stream goes on, but from a new feed.
        self.interrupt();
    }

    /// The call is over; the relay may serve another one. Whether its sides are symmetric stays.
    pub fn release(&mut self) {
        let Self { symmetric_caller, symmetric_agent, seed, .. } = *self;
        *self = Self { symmetric_caller, symmetric_agent, ..Self::new(stirred(seed)) };
    }

    /// What the sides hear from now on.
    pub fn set_mode(&mut self, mode: Mode) {
        if self.mode != mode {
            self.mode = mode;
            if mode == Mode::Joined {
                self.voice.hush();
            }
            self.interrupt();
        }
    }

    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// A packet came. Rewrites it in place for the other side (payload type, law, SSRC, sequence,
    /// timestamp, marker after a switch), says where it goes, and feeds the recorder.
    pub fn receive(
        &mut self,
        now_ms: u64,
        side: Side,
        from: SocketAddr,
        packet: &mut [u8],
        recorder: Option<&mut Interleaver>,
    ) -> Forward {
        match self.relay(now_ms, side, from, packet, recorder) {
            Ok((side, address)) => Forward::To { side, address },
            Err(reason) => Forward::Drop(reason),
        }
    }

    /// Says something to one side, whatever it hears now; music goes on afterwards where it was.
    /// Words that are being said already are broken off.
    pub fn say(&mut self, side: Side, words: &Words) {
        self.voice.say(side, words, self.music_for() == Some(side));
    }

    /// Whether somebody hears our own voice now: then [`Relay::music`] wants to be called.
    pub fn speaks(&self) -> bool {
        self.music_for().is_some() || self.voice.says().is_some()
    }

    /// The key that the waiting caller has pressed since somebody asked last.
    pub fn take_key(&mut self) -> Option<char> {
        self.key.take()
    }

    /// To be called every 20 ms while [`Relay::speaks`]: the next packet of words or music, whose
    /// it is and where it goes. `None` when he is not there or holds.
    pub fn music(
        &mut self,
        now_ms: u64,
        tune: &Tune,
        packet: &mut [u8; MUSIC_PACKET],
    ) -> Option<(Side, SocketAddr)> {
        let side = self.voice.says().or(self.music_for())?;
        let leg = match side {
            Side::Caller => self.caller.as_mut()?,
            Side::Agent => self.agent.as_mut()?,
        };
        let target = leg.latch.target().filter(|_| leg.agreed.direction.may_send())?;
        let codec = leg.agreed.codec;
        let frame = self.voice.sent();
        let (sequence, timestamp) = (frame as u16, frame.wrapping_mul(FRAME) as u32);
        let samples = FRAME as u32;
        let place = leg.outgoing.place(now_ms, Feed::Music, sequence, timestamp, samples)?;
        let (header, payload) = packet.split_first_chunk_mut::<HEADER>()?;
        let marker = if place.switched { 0x80 } else { 0 };
        let payload_type = codec.payload_type();
        write_header(header, payload_type, place.sequence, place.timestamp, leg.outgoing.ssrc);
        header[1] |= marker;
        self.voice.speak(tune, codec, payload);
        Some((side, target))
    }

    /// How long a side that should speak has not been heard, since its last SDP at most; the
    /// caller decides what is too long. `None` for a side that is not there or may be quiet.
    pub fn silent_for_ms(&self, now_ms: u64, side: Side) -> Option<u64> {
        let leg = self.leg(side)?;
        let speaks = leg.agreed.direction == Direction::SendRecv;
        speaks.then(|| now_ms.saturating_sub(leg.heard_ms))
    }

    /// What was heard from a side since it came; zeros when it is not there.
    pub fn counters(&self, side: Side) -> Counters {
        self.leg(side).map(LegMedia::counters).unwrap_or_default()
    }

    /// Where a side's packets go at the moment.
    pub fn target(&self, side: Side) -> Option<SocketAddr> {
        self.leg(side)?.latch.target()
    }

    fn leg(&self, side: Side) -> Option<&LegMedia> {
        match side {
            Side::Caller => self.caller.as_ref(),
            Side::Agent => self.agent.as_ref(),
        }
    }

    /// Who hears music. An agent whose caller holds hears whatever the caller's exchange plays.
    fn music_for(&self) -> Option<Side> {
        match self.mode {
            Mode::Waiting => Some(Side::Caller),
            Mode::CallingBack => Some(Side::Agent),
            Mode::Joined if self.agent_holds() => Some(Side::Caller),
            Mode::Silent | Mode::Joined => None,
        }
    }

    /// The agent will hear nothing: the caller is on hold.
    fn agent_holds(&self) -> bool {
        self.agent.as_ref().is_some_and(|leg| !leg.agreed.direction.may_send())
    }

    fn interrupt(&mut self) {
        for leg in [&mut self.caller, &mut self.agent].into_iter().flatten() {
            leg.outgoing.interrupt();
        }
    }

    fn relay(
        &mut self,
        now_ms: u64,
        side: Side,
        from: SocketAddr,
        packet: &mut [u8],
        recorder: Option<&mut Interleaver>,
    ) -> Result<(Side, SocketAddr), DropReason> {
        // What a phone sends while it holds would be heard through the music.
        let drowned = side == Side::Agent && self.agent_holds();
        let (speaker, hearer, other) = match side {
            Side::Caller => (&mut self.caller, &mut self.agent, Side::Agent),
            Side::Agent => (&mut self.agent, &mut self.caller, Side::Caller),
        };
        let speaker = speaker.as_mut().ok_or(DropReason::NoLeg)?;
        let (mut packet, content) = speaker.check(now_ms, from, packet)?;
        let arrival = speaker.incoming.note(now_ms, packet.view());
        let start = speaker.judge(arrival)?;
        if !speaker.agreed.direction.may_receive() {
            return Err(DropReason::Held);
        }
        if self.mode != Mode::Joined {
            if side == Side::Caller && matches!(content, Content::Event) {
                let view = packet.view();
                self.key = self.keys.read(view.timestamp(), view.payload()).or(self.key);
            }
            return Err(DropReason::NotJoined);
        }
        if drowned {
            return Err(DropReason::Held);
        }
        let hearer = hearer.as_mut().ok_or(DropReason::NoLeg)?;
        let may_send = hearer.agreed.direction.may_send();
        let target = hearer.latch.target().filter(|_| may_send).ok_or(DropReason::Held)?;
        let payload_type = hearer.payload_type(content).ok_or(DropReason::NoTelephoneEvents)?;

        let view = packet.view();
        let samples = content.samples(view.payload());
        let feed = Feed::Leg { start };
        let place = hearer
            .outgoing
            .place(now_ms, feed, view.sequence(), view.timestamp(), samples)
            .ok_or(DropReason::Late)?;
        if let (Some(recorder), Content::Audio(law)) = (recorder, content) {
            recorder.push(now_ms, side, law, view);
        }
        if let Content::Audio(law) = content {
            g711::transcode(law, hearer.agreed.codec, packet.payload_mut());
        }
        packet.set_payload_type(payload_type);
        packet.set_sequence(place.sequence);
        packet.set_timestamp(place.timestamp);
        packet.set_ssrc(hearer.outgoing.ssrc);
        if place.switched {
            packet.set_marker(true);
        }
        Ok((other, target))
    }
}

/// The next of a row of numbers that look like chance (the step of SplitMix64).
fn stirred(seed: u64) -> u64 {
    let seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// What a packet carries.
#[derive(Clone, Copy)]
enum Content {
    /// G.711 of either law: some phones switch between the two that an answer names.
    Audio(Codec),
    /// A digit (RFC 4733).
    Event,
}

impl Content {
    /// How far the packet moves the stream's clock: one sample a byte; events share the clock of
    /// the audio that they replace.
    fn samples(self, payload: &[u8]) -> u32 {
        match self {
            Self::Audio(_) => payload.len() as u32,
            Self::Event => 0,
        }
    }
}

impl LegMedia {
    /// Header, payload type and source; counts what fails and what passes.
    fn check<'a>(
        &mut self,
        now_ms: u64,
        from: SocketAddr,
        bytes: &'a mut [u8],
    ) -> Result<(RtpViewMut<'a>, Content), DropReason> {
        let length = bytes.len() as u64;
        let Some(packet) = RtpViewMut::parse(bytes) else {
            self.counters.dropped_invalid += 1;
            return Err(DropReason::Invalid);
        };
        let payload_type = packet.view().payload_type();
        let content = if self.agreed.dtmf == Some(payload_type) {
            Some(Content::Event)
        } else {
            Codec::from_payload_type(payload_type).map(Content::Audio)
        };
        let Some(content) = content else {
            self.counters.dropped_payload_type += 1;
            // Comfort noise and keep-alives are signs of life, but never open the latch.
            if self.latch.knows(from) {
                self.heard_ms = now_ms;
            }
            return Err(DropReason::PayloadType);
        };
        if packet.view().payload().is_empty() {
            self.counters.dropped_invalid += 1;
            return Err(DropReason::Invalid);
        }
        if !self.latch.admit(from) {
            self.counters.dropped_source += 1;
            return Err(DropReason::Source);
        }
        self.counters.packets += 1;
        self.counters.bytes += length;
        self.heard_ms = now_ms;
        Ok((packet, content))
    }

    /// Counts a late packet; the start of the stream that the packet belongs to.
    fn judge(&mut self, arrival: Arrival) -> Result<u32, DropReason> {
        match arrival {
            Arrival::Fits { start } => Ok(start),
            Arrival::Late { start } => {
                self.counters.late += 1;
                Ok(start)
            }
            Arrival::Stray => {
                self.counters.late += 1;
                Err(DropReason::Late)
            }
        }
    }

    /// The number under which this leg takes the content.
    fn payload_type(&self, content: Content) -> Option<u8> {
        match content {
            Content::Audio(_) => Some(self.agreed.codec.payload_type()),
            Content::Event => self.agreed.dtmf,
        }
    }
}
