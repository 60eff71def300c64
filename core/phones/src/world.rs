//! All phones of a play in one place: what comes to one of them, and what follows from it.

use std::collections::BTreeSet;
use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use sim::phone::{Input, Output, PhoneEvent};
use sip::{Flow, LegId, Time};
use tokio::sync::Notify;

use crate::audio::{Audio, Verdict, Voice, agent_hz, caller_hz};
use crate::book::{Book, LineName, Talk};
use crate::dice::Dice;
use crate::play::Play;
use crate::report::Report;
use crate::station::Station;
use crate::witness::Witness;

/// What a UDP datagram can hold.
const DATAGRAM_MAX: usize = 65_535;
/// Datagrams taken from a socket before others have their turn.
const DRAIN_MAX: usize = 256;
/// An ear needs a quarter of a second of tone; the rest is for a busy machine to settle.
const JUDGED_MIN: Duration = Duration::from_secs(1);

/// Everything that the thread of the phones owns.
#[derive(Debug)]
pub(crate) struct World {
    clock: Clock,
    pub(crate) stations: Vec<Station>,
    /// Callers' stations come after all agents'.
    pub(crate) agents: usize,
    /// When which station wants to be woken.
    due: BTreeSet<(Time, usize)>,
    pub(crate) book: Book,
    /// `None` in a play without sound.
    pub(crate) audio: Option<Audio>,
    witness: Witness,
    pub(crate) dice: Dice,
    pub(crate) play: Play,
    buffer: Vec<u8>,
    /// Named in SDP by plays without sound, and never read.
    _sinks: Vec<UdpSocket>,
    /// Rings when the earliest moment has come nearer.
    pub(crate) woken: Arc<Notify>,
}

/// Everybody and everything that a play needs, at its sockets.
#[derive(Debug)]
pub(crate) struct Cast {
    pub(crate) stations: Vec<Station>,
    pub(crate) agents: usize,
    pub(crate) audio: Option<Audio>,
    pub(crate) sinks: Vec<UdpSocket>,
}

/// The real time: steady, but told as UTC.
#[derive(Clone, Copy, Debug)]
struct Clock {
    start: Instant,
    start_utc_ms: u64,
}

impl World {
    pub(crate) fn new(cast: Cast, dice: Dice, play: Play) -> World {
        let Cast { stations, agents, audio, sinks } = cast;
        World {
            clock: Clock::new(),
            stations,
            agents,
            due: BTreeSet::new(),
            book: Book::default(),
            audio,
            witness: Witness::default(),
            dice,
            play,
            buffer: vec![0; DATAGRAM_MAX],
            _sinks: sinks,
            woken: Arc::new(Notify::new()),
        }
    }

    pub(crate) fn now(&self) -> Time {
        self.clock.now()
    }

    /// When [`World::tick`] should be called next.
    pub(crate) fn next_due(&self) -> Instant {
        let stations = self.due.first().map(|(time, _)| *time);
        let next = [stations, self.play.due()].into_iter().flatten().min();
        self.clock.instant(next.unwrap_or(Time(u64::MAX)))
    }

    /// Does what is due.
    pub(crate) fn tick(&mut self) {
        let now = self.now();
        // Each once: a station that is due again at once must not keep the others waiting.
        let due = self.due.range(..=(now, usize::MAX)).map(|(_, place)| *place);
        for place in due.collect::<Vec<_>>() {
            let mut out = Vec::new();
            self.stations[place].phone.handle(now, Input::TimePassed, &mut out);
            self.apply(place, out);
        }
        self.play_on(now);
    }

    /// Takes what has come to a station's socket. False: there may be more.
    pub(crate) fn drain(&mut self, place: usize) -> bool {
        for _ in 0..DRAIN_MAX {
            match self.stations[place].socket.recv_from(&mut self.buffer) {
                Ok((length, from)) => {
                    let bytes = Bytes::copy_from_slice(&self.buffer[..length]);
                    self.receive(place, from, bytes);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return true,
                // The peer's port is closed: its timers will say so.
                Err(_refused) => (),
            }
        }
        false
    }

    /// Wakes the station at this moment at the latest.
    pub(crate) fn wake(&mut self, place: usize, at: Time) {
        let station = &mut self.stations[place];
        if let Some(old) = station.due.replace(at) {
            self.due.remove(&(old, place));
        }
        let is_first = self.due.first().is_none_or(|(first, _)| at < *first);
        self.due.insert((at, place));
        if is_first {
            self.woken.notify_one();
        }
    }

    /// Carries out what a phone wants.
    pub(crate) fn apply(&mut self, place: usize, out: Vec<Output>) {
        for output in out {
            match output {
                Output::Send { flow, bytes } => self.send(place, flow, &bytes),
                Output::StartMedia { line, local, remote, codec } => {
                    let hz = self.voice_of((place, line));
                    let seed = self.dice.number() as u32;
                    if let Some(audio) = &mut self.audio {
                        audio.start((place, line), Voice { local, remote, codec, hz, seed });
                    }
                }
                Output::StopMedia { line } => {
                    self.judge((place, line));
                    if let Some(audio) = &mut self.audio {
                        audio.stop((place, line));
                    }
                }
                Output::Told(event) => self.told(place, event),
            }
        }
        self.reschedule(place);
    }

    /// Places a call from a trunk.
    pub(crate) fn dial(
        &mut self,
        place: usize,
        now: Time,
        call: u64,
        dialling: sim::phone::Dialling,
    ) {
        let caller = dialling.caller.clone();
        let mut out = Vec::new();
        let line: LegId = self.stations[place].phone.dial(now, dialling, &mut out);
        self.book.dialled(call, caller, (place, line), Instant::now());
        self.apply(place, out);
    }

    /// The counts of this moment.
    pub(crate) fn report(&self) -> Report {
        let sums = self.audio.as_ref().map(Audio::sums).unwrap_or_default();
        Report {
            registered: self.stations.iter().filter(|station| station.registered).count() as u64,
            live: self.book.live() as u64,
            retransmissions: self.witness.repeated(),
            setup_ms_p50: self.book.setup.quantile_ms(0.50),
            setup_ms_p99: self.book.setup.quantile_ms(0.99),
            rtp_sent: sums.sent,
            rtp_received: sums.received,
            rtp_lost: sums.lost,
            ..self.book.report.clone()
        }
    }

    fn receive(&mut self, place: usize, from: SocketAddr, bytes: Bytes) {
        let now = self.now();
        self.witness.note(now, &bytes);
        let station = &mut self.stations[place];
        let flow = Flow { remote: from, ..station.flow };
        let mut out = Vec::new();
        station.phone.handle(now, Input::Received { flow, bytes }, &mut out);
        self.apply(place, out);
    }

    fn send(&mut self, place: usize, flow: Flow, bytes: &Bytes) {
        self.witness.note(self.now(), bytes);
        // What the kernel refuses is lost on the way like anything else; SIP repeats it.
        let _lost = self.stations[place].socket.send_to(bytes, flow.remote);
    }

    fn reschedule(&mut self, place: usize) {
        let station = &mut self.stations[place];
        let due = station.phone.deadline();
        if due == station.due {
            return;
        }
        if let Some(due) = due {
            self.wake(place, due);
        } else if let Some(old) = station.due.take() {
            self.due.remove(&(old, place));
        }
    }

    fn told(&mut self, place: usize, event: PhoneEvent) {
        match event {
            PhoneEvent::Registered => self.stations[place].registered = true,
            PhoneEvent::RegisterFailed { status } => {
                self.stations[place].registered = false;
                tracing::warn!(phone = place, status, "a phone was not registered");
            }
            PhoneEvent::Unregistered => self.stations[place].registered = false,
            PhoneEvent::Rung { line, call, caller } => {
                self.book.rung((place, line), call, &caller, Instant::now());
                if let Some(call) = call {
                    self.look_for_others((place, line), call);
                }
            }
            PhoneEvent::RungWhileBusy { call } => {
                self.book.report.rung_while_busy += 1;
                tracing::warn!(phone = place, ?call, "a busy phone was rung");
            }
            PhoneEvent::Connected { line } => self.connected((place, line)),
            PhoneEvent::Over { line, end } => self.book.over((place, line), end),
        }
    }

    /// A phone rings: no other may ring or talk for the same call. What the system under test
    /// sent to the others before it sent this INVITE lies in their sockets by now.
    fn look_for_others(&mut self, line: LineName, call: u64) {
        for (other, _) in self.book.others(line, call) {
            while !self.drain(other) {}
        }
        if !self.book.others(line, call).is_empty() {
            self.book.report.rung_twice += 1;
            tracing::warn!(call, "two phones have the same call");
        }
    }

    fn connected(&mut self, line: LineName) {
        let Some(talk) = self.book.connected(line, Instant::now()) else { return };
        if let Some(audio) = &mut self.audio {
            audio.joined(talk.caller);
            audio.joined(talk.agent);
        }
        let (place, line) = talk.caller;
        let now = self.now();
        self.stations[place].phone.joined(now, line);
        self.reschedule(place);
    }

    /// The tone that this line speaks with.
    fn voice_of(&self, line: LineName) -> u32 {
        match self.book.call_of(line) {
            Some(call) => caller_hz(call),
            None => agent_hz(line.0),
        }
    }

    /// One side's line ends: what did both hear?
    fn judge(&mut self, line: LineName) {
        let Some(audio) = &self.audio else { return };
        let Some(talk) = self.book.talk_of(line) else { return };
        if talk.since.elapsed() < JUDGED_MIN || !self.book.judge(talk.call) {
            return;
        }
        let Talk { call, caller, agent, .. } = talk;
        let heard =
            [audio.verdict(caller, agent_hz(agent.0)), audio.verdict(agent, caller_hz(call))];
        let report = &mut self.book.report;
        report.judged += 1;
        report.one_way += u64::from(heard.contains(&Verdict::Nothing));
        report.wrong_tone += u64::from(heard.contains(&Verdict::SomethingElse));
    }
}

impl Clock {
    fn new() -> Clock {
        let utc = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let start_utc_ms = u64::try_from(utc.as_millis()).unwrap_or(u64::MAX);
        Clock { start: Instant::now(), start_utc_ms }
    }

    fn now(&self) -> Time {
        Time(self.start_utc_ms) + self.start.elapsed()
    }

    /// At most a minute away: a timer needs no end of the world.
    fn instant(&self, time: Time) -> Instant {
        let now = self.now();
        let ahead = time.since(now).min(Duration::from_secs(60));
        Instant::now() + ahead
    }
}
