//! Places both legs' payloads on one time line and gives it away in blocks of half a second.

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::g711;
use crate::relay::Side;
use crate::rtp::RtpView;
use crate::sdp::Codec;

/// Half a second of two channels: one write of the file.
pub const BLOCK_BYTES: usize = 2 * BLOCK_SAMPLES;
const BLOCK_SAMPLES: usize = 4_000;
/// A block stays open this long after its time, for packets that the network held up: 250 ms.
const WINDOW: u64 = 2_000;
/// Audio may run this far ahead of the clock, 1 s: a burst after a stall, a phone's fast clock.
const AHEAD_MAX: u64 = 8_000;
/// A timestamp this far behind the newest, 3 s, is no late packet but a clock that was set anew.
const LATE_MAX: u64 = 24_000;
/// Blocks that wait for their owner, 32 s and 512 KiB; beyond, audio is dropped and counted.
const BLOCKS_MAX: usize = 64;
/// A call that nobody hangs up must not fill the disk: 24 hours are 1.4 GB.
const LENGTH_MS_MAX: u64 = 24 * 60 * 60 * 1_000;
const SAMPLES_PER_MS: u64 = 8;

static SILENCE_PCMU: [u8; BLOCK_BYTES] = [g711::SILENCE_PCMU; BLOCK_BYTES];
static SILENCE_PCMA: [u8; BLOCK_BYTES] = [g711::SILENCE_PCMA; BLOCK_BYTES];

/// Two mono streams in, one stereo stream out: caller left, agent right.
///
/// Within a stream, RTP timestamps say where a packet belongs; where a stream begins, and where it
/// begins anew, is said by its arrival. What never comes is silence. Blocks are to be taken after
/// every packet and about once a second besides. Long silence costs no memory: blocks that nobody
/// spoke in are made when they are taken, from one shared static.
#[derive(Debug)]
pub struct Interleaver {
    /// The file's law; the other one is transcoded.
    law: Codec,
    started_ms: u64,
    /// The latest moment heard of, in samples since the start.
    now: u64,
    caller: Track,
    agent: Track,
    /// The blocks in which somebody spoke, by their number.
    open: BTreeMap<u64, Vec<u8>>,
    /// The number of the next block to give away.
    next: u64,
    dropped: u64,
}

/// What a recording still holds when it ends, block by block; the last one as short as it is.
#[derive(Debug)]
pub struct Rest {
    tape: Interleaver,
    /// The length of the whole recording in samples.
    total: u64,
}

/// One side's stream on the time line.
#[derive(Debug, Default)]
struct Track {
    anchor: Option<Anchor>,
    /// The first sample after all that was written.
    end: u64,
}

/// The newest packet of a source and its place: all others are measured from here, so a 32-bit
/// timestamp may wrap as often as it likes.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    ssrc: u32,
    timestamp: u32,
    position: u64,
}

impl Interleaver {
    pub fn new(law: Codec, started_ms: u64) -> Self {
        Self {
            law,
            started_ms,
            now: 0,
            caller: Track::default(),
            agent: Track::default(),
            open: BTreeMap::new(),
            next: 0,
            dropped: 0,
        }
    }

    /// The law of the file.
    pub fn codec(&self) -> Codec {
        self.law
    }

    /// A packet of audio was heard from a side, in its own law.
    pub fn push(&mut self, now_ms: u64, side: Side, law: Codec, packet: RtpView<'_>) {
        self.advance(now_ms);
        let payload = packet.payload();
        let flushed = self.due() * BLOCK_SAMPLES as u64;
        let track = match side {
            Side::Caller => &mut self.caller,
            Side::Agent => &mut self.agent,
        };
        let Some(position) = track.place(self.now, flushed, packet) else {
            self.dropped += 1;
            return;
        };
        track.end = track.end.max(position + payload.len() as u64);
        // The part that falls into a block whose time has passed is lost.
        let lost = flushed.saturating_sub(position).min(payload.len() as u64);
        self.write(side, law, position + lost, &payload[lost as usize..]);
    }

    /// The next block whose time has passed. To be called until it gives `None`.
    pub fn block(&mut self, now_ms: u64) -> Option<Bytes> {
        self.advance(now_ms);
        (self.next < self.due()).then(|| self.take())
    }

    /// The recording ends here: what remains is due at once.
    pub fn finish(mut self, now_ms: u64) -> Rest {
        self.advance(now_ms);
        let total = self.now.max(self.caller.end).max(self.agent.end);
        Rest { tape: self, total }
    }

    /// The length so far.
    pub fn duration_ms(&self) -> u64 {
        self.now / SAMPLES_PER_MS
    }

    /// Packets that came too late, too early or while the owner took no blocks.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// The number of the first block that is still open, taken or not.
    fn due(&self) -> u64 {
        self.now.saturating_sub(WINDOW) / BLOCK_SAMPLES as u64
    }

    /// Time never goes back, and stands still after 24 hours.
    fn advance(&mut self, now_ms: u64) {
        let elapsed_ms = now_ms.saturating_sub(self.started_ms).min(LENGTH_MS_MAX);
        self.now = self.now.max(elapsed_ms * SAMPLES_PER_MS);
    }

    fn take(&mut self) -> Bytes {
        let spoken = self.open.remove(&self.next).map(Bytes::from);
        self.next += 1;
        spoken.unwrap_or_else(|| Bytes::from_static(silence_block(self.law)))
    }

    fn write(&mut self, side: Side, law: Codec, mut position: u64, mut payload: &[u8]) {
        let channel = match side {
            Side::Caller => 0,
            Side::Agent => 1,
        };
        let across = g711::across(law, self.law);
        while !payload.is_empty() {
            let number = position / BLOCK_SAMPLES as u64;
            let offset = (position % BLOCK_SAMPLES as u64) as usize;
            let (now, rest) = payload.split_at(payload.len().min(BLOCK_SAMPLES - offset));
            if self.open.len() >= BLOCKS_MAX && !self.open.contains_key(&number) {
                self.dropped += 1;
                return;
            }
            let law = self.law;
            let block = self.open.entry(number).or_insert_with(|| silence_block(law).to_vec());
            let cells = block[2 * offset..].chunks_exact_mut(2).zip(now);
            match across {
                None => cells.for_each(|(cell, byte)| cell[channel] = *byte),
                Some(table) => {
                    cells.for_each(|(cell, byte)| cell[channel] = table[usize::from(*byte)]);
                }
            }
            position += now.len() as u64;
            payload = rest;
        }
    }
}

impl Rest {
    /// The length of the whole recording.
    pub fn duration_ms(&self) -> u64 {
        self.total / SAMPLES_PER_MS
    }

    /// The bytes of the whole recording without its header, those already taken included.
    pub fn data_bytes(&self) -> u64 {
        2 * self.total
    }
}

impl Iterator for Rest {
    type Item = Bytes;

    fn next(&mut self) -> Option<Bytes> {
        let start = self.tape.next * BLOCK_SAMPLES as u64;
        let samples = self.total.checked_sub(start).filter(|left| *left > 0)?;
        let mut block = self.tape.take();
        block.truncate(2 * samples.min(BLOCK_SAMPLES as u64) as usize);
        Some(block)
    }
}

impl Track {
    /// Where a packet belongs; `None` if its time is over or it is absurdly early.
    fn place(&mut self, now: u64, flushed: u64, packet: RtpView<'_>) -> Option<u64> {
        let (ssrc, timestamp) = (packet.ssrc(), packet.timestamp());
        let length = packet.payload().len() as u64;
        if let Some(anchor) = self.anchor.filter(|anchor| anchor.ssrc == ssrc) {
            let step = i64::from(timestamp.wrapping_sub(anchor.timestamp) as i32);
            let position = anchor.position.checked_add_signed(step);
            let open = position.filter(|position| position + length > flushed);
            if step < 0 && step.unsigned_abs() <= LATE_MAX {
                // A reordered packet: in its place or nowhere.
                return open;
            }
            // Steps that lead into the past or far ahead of the clock are a new start: the
            // timestamps stood still, or leapt.
            if let Some(position) = open.filter(|found| step >= 0 && *found <= now + AHEAD_MAX) {
                self.anchor = Some(Anchor { ssrc, timestamp, position });
                return Some(position);
            }
        }
        self.anchor_at_arrival(now, ssrc, timestamp, length)
    }

    /// A stream begins now, but not on top of what this side has said.
    fn anchor_at_arrival(
        &mut self,
        now: u64,
        ssrc: u32,
        timestamp: u32,
        length: u64,
    ) -> Option<u64> {
        let position = now.max(self.end);
        if position > now + AHEAD_MAX {
            // Too much audio for the time that passed. One packet is left out and the next one
            // takes its place, so a fast clock costs a packet now and then and a flood costs
            // the flood.
            let timestamp = timestamp.wrapping_add(length as u32);
            self.anchor = Some(Anchor { ssrc, timestamp, position });
            return None;
        }
        self.anchor = Some(Anchor { ssrc, timestamp, position });
        Some(position)
    }
}

fn silence_block(law: Codec) -> &'static [u8] {
    match law {
        Codec::Pcmu => &SILENCE_PCMU,
        Codec::Pcma => &SILENCE_PCMA,
    }
}
