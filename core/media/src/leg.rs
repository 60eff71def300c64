//! One side of a relayed call: what it agreed on, how it is heard, the stream that it receives.

use crate::latch::Latch;
use crate::rtp::RtpView;
use crate::sdp::Agreed;

/// Packets that arrive this much behind the newest are reordered, not a new start (RFC 3550).
const REORDERED_MAX: u16 = 100;
/// A leap over this many packets, one minute, means that the sender started anew (RFC 3550).
const LEAP_MAX: u16 = 3_000;
/// Samples in a millisecond of G.711.
const SAMPLES_PER_MS: u64 = 8;

/// What was heard from one side; a snapshot for the board and the call's facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Valid packets from the right source.
    pub packets: u64,
    /// Their bytes, headers included.
    pub bytes: u64,
    /// Packets that the sequence numbers promise and that never came.
    pub lost: u64,
    /// Packets that came after a younger one, or twice.
    pub late: u64,
    /// Interarrival jitter of RFC 3550 in timestamp units, 1/8 ms each.
    pub jitter: u32,
    /// Packets from somebody else.
    pub dropped_source: u64,
    /// What was no RTP or had nothing in it.
    pub dropped_invalid: u64,
    /// Payload types that nobody agreed on.
    pub dropped_payload_type: u64,
}

/// One side of the call, from its first SDP to its end.
#[derive(Debug)]
pub struct LegMedia {
    pub(crate) agreed: Agreed,
    pub(crate) latch: Latch,
    pub(crate) incoming: Incoming,
    pub(crate) outgoing: Outgoing,
    pub(crate) counters: Counters,
    /// When it was last heard, or when silence began to count.
    pub(crate) heard_ms: u64,
}

impl LegMedia {
    pub(crate) fn new(now_ms: u64, agreed: Agreed, symmetric: bool, seed: u64) -> Self {
        Self {
            agreed,
            latch: Latch::new(agreed.remote, symmetric),
            incoming: Incoming::default(),
            outgoing: Outgoing::new(seed),
            counters: Counters::default(),
            heard_ms: now_ms,
        }
    }

    /// A new SDP on the same leg: the outgoing stream goes on, so the phone hears no break.
    pub(crate) fn renegotiate(&mut self, now_ms: u64, agreed: Agreed, symmetric: bool) {
        self.latch.renegotiate(agreed.remote, symmetric);
        self.agreed = agreed;
        self.heard_ms = now_ms;
    }

    pub(crate) fn counters(&self) -> Counters {
        let mut counters = self.counters;
        counters.lost = self.incoming.lost();
        counters.jitter = self.incoming.jitter_16 >> 4;
        counters
    }
}

/// The source stream: numbered starts, loss and jitter.
#[derive(Debug, Default)]
pub(crate) struct Incoming {
    source: Option<Source>,
    /// Grows when the sender changes its SSRC or starts anew; names the source for the mapping.
    start: u32,
    /// What earlier starts had lost.
    lost_before: u64,
    /// Sixteen times the jitter, as in RFC 3550, A.8.
    jitter_16: u32,
}

#[derive(Debug)]
struct Source {
    ssrc: u32,
    /// The newest sequence number.
    newest: u16,
    /// Packets expected since the start, from the sequence numbers.
    expected: u64,
    received: u64,
    /// Arrival minus timestamp of the newest packet, and that timestamp, for the jitter.
    transit: u32,
    timestamp: u32,
    /// After an impossible leap: the number that would prove a new start.
    suspect: Option<u16>,
}

/// What a packet's sequence number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// It belongs to this start of the stream.
    Fits { start: u32 },
    /// After a younger one, or twice; still worth sending on.
    Late { start: u32 },
    /// So far off that only a second one like it would be believed.
    Stray,
}

impl Incoming {
    pub(crate) fn note(&mut self, now_ms: u64, packet: RtpView<'_>) -> Arrival {
        let sequence = packet.sequence();
        let transit = (now_ms.wrapping_mul(SAMPLES_PER_MS) as u32).wrapping_sub(packet.timestamp());
        let Some(source) = self.source.as_mut().filter(|source| source.ssrc == packet.ssrc())
        else {
            return self.begin(packet, transit);
        };
        let ahead = sequence.wrapping_sub(source.newest);
        let behind = source.newest.wrapping_sub(sequence);
        let younger = ahead != 0 && ahead <= LEAP_MAX;
        if !younger && behind > REORDERED_MAX {
            if source.suspect == Some(sequence) {
                return self.begin(packet, transit);
            }
            source.suspect = Some(sequence.wrapping_add(1));
            return Arrival::Stray;
        }
        source.suspect = None;
        source.received += 1;
        let start = self.start;
        if !younger {
            return Arrival::Late { start };
        }
        source.newest = sequence;
        source.expected += u64::from(ahead);
        // The packets of one digit share a timestamp and say nothing about jitter.
        if source.timestamp != packet.timestamp() {
            let change = (transit.wrapping_sub(source.transit) as i32).unsigned_abs();
            self.jitter_16 = smoothed(self.jitter_16, change);
            (source.transit, source.timestamp) = (transit, packet.timestamp());
        }
        Arrival::Fits { start }
    }

    pub(crate) fn lost(&self) -> u64 {
        let now = self.source.as_ref().map_or(0, |source| {
            // A packet that came twice counts as received twice.
            source.expected.saturating_sub(source.received)
        });
        self.lost_before + now
    }

    fn begin(&mut self, packet: RtpView<'_>, transit: u32) -> Arrival {
        self.lost_before = self.lost();
        self.start = self.start.wrapping_add(1);
        self.source = Some(Source {
            ssrc: packet.ssrc(),
            newest: packet.sequence(),
            expected: 1,
            received: 1,
            transit,
            timestamp: packet.timestamp(),
            suspect: None,
        });
        Arrival::Fits { start: self.start }
    }
}

/// The running mean of RFC 3550, A.8, kept sixteen times too large for the integer's sake.
fn smoothed(jitter_16: u32, change: u32) -> u32 {
    let jitter_16 = u64::from(jitter_16);
    let next = jitter_16 + u64::from(change) - ((jitter_16 + 8) >> 4);
    u32::try_from(next).unwrap_or(u32::MAX)
}

/// Who feeds an outgoing stream at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Feed {
    Music,
    /// The other side, by the start of its stream.
    Leg {
        start: u32,
    },
}

/// Our stream to one phone. It has one SSRC and unbroken numbers for the life of the leg, whoever
/// feeds it; loss and reordering of the feed show through, changes of the feed do not.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub(crate) ssrc: u32,
    feed: Option<Feed>,
    /// Added to the feed's sequence numbers and timestamps.
    sequence_offset: u16,
    timestamp_offset: u32,
    /// The first number that the present feed may use: what lies before was another's.
    sequence_min: u16,
    next_sequence: u16,
    /// The first timestamp after all that was sent, and when that was sent.
    next_timestamp: u32,
    sent_ms: Option<u64>,
}

/// A packet's place in the outgoing stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) sequence: u16,
    pub(crate) timestamp: u32,
    /// The first packet of a feed: the phone may adjust its jitter buffer.
    pub(crate) switched: bool,
}

impl Outgoing {
    /// RFC 3550 wants starts that others cannot guess.
    fn new(seed: u64) -> Self {
        let other = seed.wrapping_mul(0xD134_2543_DE82_EF95);
        Self {
            ssrc: (seed >> 32) as u32,
            feed: None,
            sequence_offset: 0,
            timestamp_offset: 0,
            sequence_min: 0,
            next_sequence: (other >> 48) as u16,
            next_timestamp: (other >> 8) as u32,
            sent_ms: None,
        }
    }

    /// Whoever comes next is a new feed, even if it is the old one after a pause.
    pub(crate) fn interrupt(&mut self) {
        self.feed = None;
    }

    /// The place of a feed's packet; `None` if it would fall into an earlier feed's numbers.
    pub(crate) fn place(
        &mut self,
        now_ms: u64,
        feed: Feed,
        sequence: u16,
        timestamp: u32,
        samples: u32,
    ) -> Option<Place> {
        let switched = self.feed != Some(feed);
        if switched {
            self.splice(now_ms, feed, sequence, timestamp);
        }
        let sequence = sequence.wrapping_add(self.sequence_offset);
        let timestamp = timestamp.wrapping_add(self.timestamp_offset);
        if sequence.wrapping_sub(self.sequence_min) > LEAP_MAX + REORDERED_MAX {
            return None;
        }
        if (sequence.wrapping_sub(self.next_sequence) as i16) >= 0 {
            self.next_sequence = sequence.wrapping_add(1);
            let seen = self.next_sequence.wrapping_sub(self.sequence_min);
            if seen > REORDERED_MAX {
                self.sequence_min = self.next_sequence.wrapping_sub(REORDERED_MAX);
            }
        }
        let end = timestamp.wrapping_add(samples);
        if (end.wrapping_sub(self.next_timestamp) as i32) > 0 {
            self.next_timestamp = end;
            self.sent_ms = Some(now_ms);
        }
        Some(Place { sequence, timestamp, switched })
    }

    /// Joins a new feed to what was sent: the next number, and as much time as really passed.
    fn splice(&mut self, now_ms: u64, feed: Feed, sequence: u16, timestamp: u32) {
        let paused_ms = self.sent_ms.map_or(0, |sent| now_ms.saturating_sub(sent));
        // The last packet's own length is already counted in `next_timestamp`.
        let pause = paused_ms.saturating_sub(20).wrapping_mul(SAMPLES_PER_MS) as u32;
        self.next_timestamp = self.next_timestamp.wrapping_add(pause);
        self.sent_ms = Some(now_ms);
        self.feed = Some(feed);
        self.sequence_min = self.next_sequence;
        self.sequence_offset = self.next_sequence.wrapping_sub(sequence);
        self.timestamp_offset = self.next_timestamp.wrapping_sub(timestamp);
    }
}
