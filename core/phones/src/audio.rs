//! Ears and mouths of all phones: a few sockets, one loop, a tone for each speaker.
//!
//! A socket is shared by many calls: the system under test gives each leg a port of its own, so a
//! packet's source says which call it belongs to.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr, UdpSocket};

use media::{Codec, Listener, Talker};

use crate::book::LineName;
use crate::socket;

/// A packet lasts 20 ms; so many rounds make one packet of every stream, so that 600 streams are
/// not sent in one burst.
const SLOTS: usize = 10;
/// The length of a round.
pub(crate) const ROUND_MS: u64 = 2;
const _: () = assert!(SLOTS as u64 * ROUND_MS == 20);

/// The kernel's buffer of one socket takes 40 calls' packets of some 50 ms in the worst case.
pub(crate) const CALLS_PER_SOCKET: usize = 40;
/// More sockets than this win nothing.
const SOCKETS_MAX: usize = 32;
/// No G.711 packet of 20 ms is longer; what is longer is cut and no RTP of ours.
const PACKET_MAX: usize = 512;
/// Datagrams taken from a socket before others have their turn.
const DRAIN_MAX: usize = 512;

/// Tones that no other has as a harmonic, far enough apart for a quarter of a second to tell.
const CALLERS_HZ: [u32; 8] = [410, 450, 490, 530, 570, 610, 650, 690];
const AGENTS_HZ: [u32; 8] = [1_010, 1_070, 1_130, 1_190, 1_250, 1_310, 1_370, 1_430];

/// The tone of the caller who made this call.
pub(crate) fn caller_hz(call: u64) -> u32 {
    CALLERS_HZ[(call % 8) as usize]
}

/// The tone of the agent whose phone has this place.
pub(crate) fn agent_hz(phone: usize) -> u32 {
    AGENTS_HZ[phone % 8]
}

/// Where a stream's packets come from: our socket and their port.
type Way = (usize, SocketAddr);

/// All sound.
#[derive(Debug)]
pub(crate) struct Audio {
    pub(crate) sockets: Vec<UdpSocket>,
    addresses: Vec<SocketAddr>,
    streams: HashMap<Way, Stream>,
    ways: HashMap<LineName, Way>,
    /// Which streams speak in which round.
    slots: [Vec<Way>; SLOTS],
    round: usize,
    /// Sums of streams that are over.
    past: Sums,
}

/// Packets of all streams.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sums {
    pub(crate) sent: u64,
    pub(crate) received: u64,
    pub(crate) lost: u64,
}

#[derive(Debug)]
struct Stream {
    talker: Talker,
    listener: Listener,
    slot: usize,
    /// Packets heard before the peer joined: music.
    heard_before: u64,
    /// What the kernel refused to send.
    unsent: u64,
}

/// What a mouth needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Voice {
    pub(crate) local: SocketAddr,
    pub(crate) remote: SocketAddr,
    pub(crate) codec: Codec,
    pub(crate) hz: u32,
    pub(crate) seed: u32,
}

/// What a side heard since its peer joined.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Verdict {
    Nothing,
    Peer,
    SomethingElse,
}

impl Audio {
    /// Sockets on this address for so many calls; returns their addresses.
    pub(crate) fn bind(&mut self, at: IpAddr, calls: usize) -> io::Result<Vec<SocketAddr>> {
        let many = calls.div_ceil(CALLS_PER_SOCKET).clamp(1, SOCKETS_MAX);
        let first = self.addresses.len();
        for _ in 0..many {
            let socket = socket::bind(at)?;
            self.addresses.push(socket.local_addr()?);
            self.sockets.push(socket);
        }
        Ok(self.addresses[first..].to_vec())
    }

    pub(crate) fn new() -> Audio {
        Audio {
            sockets: Vec::new(),
            addresses: Vec::new(),
            streams: HashMap::new(),
            ways: HashMap::new(),
            slots: Default::default(),
            round: 0,
            past: Sums::default(),
        }
    }

    /// A line begins to talk and to listen; one that does so already moves.
    pub(crate) fn start(&mut self, line: LineName, voice: Voice) {
        let Some(socket) = self.addresses.iter().position(|it| *it == voice.local) else { return };
        let way = (socket, voice.remote);
        if self.ways.get(&line) == Some(&way) {
            return;
        }
        self.stop(line);
        let slot = (0..SLOTS).min_by_key(|slot| self.slots[*slot].len()).unwrap_or(0);
        self.slots[slot].push(way);
        self.ways.insert(line, way);
        let stream = Stream {
            talker: Talker::tone(voice.codec, voice.hz, voice.seed),
            listener: Listener::default(),
            slot,
            heard_before: 0,
            unsent: 0,
        };
        self.streams.insert(way, stream);
    }

    pub(crate) fn stop(&mut self, line: LineName) {
        let Some(way) = self.ways.remove(&line) else { return };
        let Some(stream) = self.streams.remove(&way) else { return };
        self.slots[stream.slot].retain(|other| *other != way);
        self.past.add(&stream);
    }

    /// From now on the line should hear its peer.
    pub(crate) fn joined(&mut self, line: LineName) {
        if let Some(stream) = self.ways.get(&line).and_then(|way| self.streams.get_mut(way)) {
            stream.heard_before = stream.listener.heard().received;
        }
    }

    pub(crate) fn verdict(&self, line: LineName, hz: u32) -> Verdict {
        let Some(stream) = self.ways.get(&line).and_then(|way| self.streams.get(way)) else {
            return Verdict::Nothing;
        };
        if stream.listener.heard().received <= stream.heard_before {
            return Verdict::Nothing;
        }
        if stream.listener.hears(hz) { Verdict::Peer } else { Verdict::SomethingElse }
    }

    /// Sends the packets of one round.
    pub(crate) fn speak(&mut self) {
        self.round = (self.round + 1) % SLOTS;
        for way in &self.slots[self.round] {
            let Some(stream) = self.streams.get_mut(way) else { continue };
            let packet = stream.talker.packet();
            // A full buffer is our loss, not that of the system under test.
            if self.sockets[way.0].send_to(&packet, way.1).is_err() {
                stream.unsent += 1;
            }
        }
    }

    /// Hears what has come to a socket. False: there may be more.
    pub(crate) fn listen(&mut self, socket: usize) -> bool {
        let mut packet = [0; PACKET_MAX];
        for _ in 0..DRAIN_MAX {
            match self.sockets[socket].recv_from(&mut packet) {
                Ok((length, from)) => {
                    // Nobody's: a straggler of a call that is over.
                    if let Some(stream) = self.streams.get_mut(&(socket, from)) {
                        stream.listener.hear(&packet[..length]);
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return true,
                Err(_refused) => (),
            }
        }
        false
    }

    pub(crate) fn sums(&self) -> Sums {
        let mut sums = self.past;
        self.streams.values().for_each(|stream| sums.add(stream));
        sums
    }
}

impl Sums {
    fn add(&mut self, stream: &Stream) {
        let heard = stream.listener.heard();
        self.sent += stream.talker.sent().saturating_sub(stream.unsent);
        self.received += heard.received;
        self.lost += heard.lost;
    }
}
