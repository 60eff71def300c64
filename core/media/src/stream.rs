//! A phone's ends of a stream: a talker that sends a tone, a listener that knows what it heard.

use std::collections::VecDeque;

use bytes::Bytes;
use rtp::header::Header;
use rtp::packet::Packet;
use webrtc_util::marshal::Marshal;

use crate::g711;
use crate::rtp::RtpView;
use crate::sdp::Codec;
use crate::tune::{FRAME, is_tone, tone, tone_level};

/// One second of sound, repeated: a tone of whole hertz has no seam there.
const SECOND: usize = 8_000;
/// What a listener remembers: a quarter of a second is enough to tell a tone.
const MEMORY: usize = 2_000;

/// Makes a stream of 20 ms packets; its owner sends one every 20 ms.
#[derive(Clone, Debug)]
pub struct Talker {
    header: Header,
    /// A second of what it says.
    sound: Bytes,
    at: usize,
    sent: u64,
}

impl Talker {
    /// Says a tone at -12 dBFS. The seed gives the stream its SSRC and its first numbers.
    pub fn tone(codec: Codec, hz: u32, seed: u32) -> Self {
        let samples = tone(hz, 0.25, SECOND);
        Self::saying(
            codec,
            samples.iter().map(|sample| g711::encode(codec, *sample)).collect(),
            seed,
        )
    }

    /// Says nothing, as a phone in a quiet room does.
    pub fn silent(codec: Codec, seed: u32) -> Self {
        Self::saying(codec, Bytes::from(vec![g711::silence(codec); SECOND]), seed)
    }

    /// The next packet, ready to send.
    pub fn packet(&mut self) -> Bytes {
        let payload = self.sound.slice(self.at..self.at + FRAME);
        self.at = (self.at + FRAME) % SECOND;
        self.sent += 1;
        let packet = Packet { header: self.header.clone(), payload };
        self.header.marker = false;
        self.header.sequence_number = self.header.sequence_number.wrapping_add(1);
        self.header.timestamp = self.header.timestamp.wrapping_add(FRAME as u32);
        packet.marshal().expect("a plain header fits its buffer")
    }

    /// Packets made so far.
    pub fn sent(&self) -> u64 {
        self.sent
    }

    fn saying(codec: Codec, sound: Bytes, seed: u32) -> Self {
        let header = Header {
            version: 2,
            marker: true,
            payload_type: codec.payload_type(),
            sequence_number: (seed.wrapping_mul(40_503) >> 16) as u16,
            timestamp: seed.wrapping_mul(2_654_435_761),
            ssrc: seed,
            ..Header::default()
        };
        Self { header, sound, at: 0, sent: 0 }
    }
}

/// Hears a stream: what came, what is missing, and how it sounds.
#[derive(Clone, Debug, Default)]
pub struct Listener {
    heard: Heard,
    /// The source and the newest numbers heard from it.
    last: Option<Last>,
    /// The youngest quarter of a second.
    samples: VecDeque<i16>,
}

/// A listener's counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// Packets of G.711.
    pub received: u64,
    /// Sequence numbers skipped and not seen later.
    pub lost: u64,
    /// Packets behind the newest, or twice.
    pub late: u64,
    /// Sources (SSRC) heard, one after the other; a good relay shows one.
    pub sources: u64,
    /// Packets whose timestamp is not where the sequence number puts it.
    pub jumps: u64,
    /// Packets with the marker set: starts and switches.
    pub markers: u64,
    /// What came and was no G.711: other payload types, no RTP.
    pub others: u64,
}

#[derive(Clone, Copy, Debug)]
struct Last {
    ssrc: u32,
    sequence: u16,
    /// Where the next packet's timestamp should be.
    timestamp: u32,
}

impl Listener {
    /// A datagram came to the phone.
    pub fn hear(&mut self, datagram: &[u8]) {
        let packet = RtpView::parse(datagram);
        let codec = packet.and_then(|packet| Codec::from_payload_type(packet.payload_type()));
        let (Some(packet), Some(codec)) = (packet, codec) else {
            self.heard.others += 1;
            return;
        };
        self.heard.received += 1;
        self.heard.markers += u64::from(packet.marker());
        self.follow(packet);
        self.samples.extend(packet.payload().iter().map(|byte| g711::decode(codec, *byte)));
        let excess = self.samples.len().saturating_sub(MEMORY);
        self.samples.drain(..excess);
    }

    pub fn heard(&self) -> Heard {
        self.heard
    }

    /// Whether the last quarter of a second was mostly this tone.
    pub fn hears(&self, hz: u32) -> bool {
        self.samples.len() == MEMORY && is_tone(&self.recent(), hz)
    }

    /// How loud a frequency is lately, 1.0 being full scale.
    pub fn level(&self, hz: u32) -> f64 {
        tone_level(&self.recent(), hz)
    }

    /// Whether nothing above a hiss was heard lately.
    pub fn hears_silence(&self) -> bool {
        self.samples.iter().all(|sample| sample.unsigned_abs() < 64)
    }

    fn recent(&self) -> Vec<i16> {
        self.samples.iter().copied().collect()
    }

    fn follow(&mut self, packet: RtpView<'_>) {
        let next = Last {
            ssrc: packet.ssrc(),
            sequence: packet.sequence(),
            timestamp: packet.timestamp().wrapping_add(packet.payload().len() as u32),
        };
        let Some(last) = self.last.filter(|last| last.ssrc == next.ssrc) else {
            self.heard.sources += 1;
            self.last = Some(next);
            return;
        };
        let step = next.sequence.wrapping_sub(last.sequence);
        if step == 0 || step > u16::MAX / 2 {
            self.heard.late += 1;
            // It was counted as lost when a younger one came first; a second copy was not, so
            // the count may end one too low, never too high.
            self.heard.lost = self.heard.lost.saturating_sub(u64::from(step != 0));
            return;
        }
        let skipped = u32::from(step) - 1;
        self.heard.lost += u64::from(skipped);
        let expected = last.timestamp.wrapping_add(skipped * FRAME as u32);
        self.heard.jumps += u64::from(packet.timestamp() != expected);
        self.last = Some(next);
    }
}
