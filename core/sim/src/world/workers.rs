//! The imagined media workers: they obey every order, note whether it made sense, and hear who
//! speaks. Their watch over silence is that of the switch's relays.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::time::Duration;

use acd::{CallId, Time};
use centre::{Input, MediaOrder, Relay, RelayId};
use media::{Agreed, Codec, Direction, Mode, Side};

/// How often silence is looked for.
const WATCH_TIME: Duration = Duration::from_secs(1);
/// A side that should speak and is not heard for so long is told.
const MEDIA_TIMEOUT: Duration = Duration::from_secs(30);
/// How long it takes to bind sockets.
const BIND_TIME: Duration = Duration::from_millis(5);
/// How long it takes to complete a file and its index row.
const STORE_TIME: Duration = Duration::from_millis(200);

#[derive(Debug)]
pub(super) struct Workers {
    /// So many relays can be bound and no more.
    relays_max: u32,
    bound: u32,
    busy: BTreeMap<RelayId, Busy>,
    /// What will be told to the centre, and when.
    told: BTreeMap<(Time, u64), Input>,
    tellings: u64,
    watch_at: Option<Time>,
    /// Recordings that were ordered, and those that were completed.
    pub(super) tapes: (u64, u64),
    /// Orders that made no sense.
    pub(super) breaches: Vec<String>,
}

/// A relay that serves a call.
#[derive(Debug)]
struct Busy {
    call: CallId,
    mode: Mode,
    caller: Option<Ear>,
    agent: Option<Ear>,
    /// Each side is told as silent once, until a session changes.
    told_silent: BTreeSet<Side>,
    tape: Option<(CallId, Time)>,
}

/// One side as the relay hears it.
#[derive(Debug)]
struct Ear {
    agreed: Agreed,
    heard_at: Time,
}

impl Workers {
    pub(super) fn new(relays_max: u32) -> Workers {
        Workers {
            relays_max,
            bound: 0,
            busy: BTreeMap::new(),
            told: BTreeMap::new(),
            tellings: 0,
            watch_at: None,
            tapes: (0, 0),
            breaches: Vec::new(),
        }
    }

    /// Relays that serve a call.
    pub(super) fn busy(&self) -> usize {
        self.busy.len()
    }

    /// The call in which a caller hears music there.
    pub(super) fn waiting(&self, media: SocketAddr) -> Option<CallId> {
        let mut busy = self.busy.values().filter(|busy| busy.mode == Mode::Waiting);
        let is_there = |ear: &Ear| ear.agreed.remote == media;
        Some(busy.find(|busy| busy.caller.as_ref().is_some_and(is_there))?.call)
    }

    pub(super) fn deadline(&self) -> Option<Time> {
        let told = self.told.first_key_value().map(|((at, _), _)| *at);
        [told, self.watch_at].into_iter().flatten().min()
    }

    /// The next thing to be told to the centre.
    pub(super) fn news(&mut self, now: Time) -> Option<Input> {
        let next = self.told.first_entry().filter(|next| next.key().0 <= now)?;
        Some(next.remove())
    }

    pub(super) fn obey(&mut self, now: Time, order: &MediaOrder) {
        match order {
            MediaOrder::Bind { more } => self.bind(now, *more),
            MediaOrder::SetLeg { relay, call, side, agreed, roams: _ } => {
                self.set_leg(now, (*relay, *call), *side, *agreed);
            }
            MediaOrder::SetMode { relay, mode } => self.set_mode(*relay, *mode),
            MediaOrder::Play { relay, side, words } => {
                let busy = self.busy.get(relay);
                let ear = busy.and_then(|busy| match side {
                    Side::Caller => busy.caller.as_ref(),
                    Side::Agent => busy.agent.as_ref(),
                });
                if ear.is_none() || words.clips.is_empty() {
                    self.breach(order, "to nobody, or of nothing");
                }
            }
            MediaOrder::StartRecording { relay, call, codec } => {
                self.start_recording(now, (*relay, *call), *codec);
            }
            MediaOrder::StopRecording { relay, call } => self.stop_recording(now, *relay, *call),
            MediaOrder::Release { relay } => {
                if let Some(busy) = self.busy.remove(relay)
                    && busy.tape.is_some()
                {
                    self.breach(order, "while it records");
                }
            }
        }
        self.watch_at = match self.watch_at {
            Some(at) if !self.busy.is_empty() => Some(at),
            Some(_) | None => (!self.busy.is_empty()).then(|| now + WATCH_TIME),
        };
    }

    fn bind(&mut self, now: Time, more: u32) {
        let more = more.min(self.relays_max - self.bound);
        let relays = (self.bound..self.bound + more).map(|id| {
            // Ports are names here; only that no two relays share one matters.
            let port = u16::try_from(20_000 + id * 2).unwrap_or(u16::MAX - 1);
            Relay { id: RelayId(id), caller_port: port, agent_port: port + 1 }
        });
        let relays = Input::RelaysBound(relays.collect());
        self.bound += more;
        self.tell(now + BIND_TIME, relays);
    }

    fn set_leg(
        &mut self,
        now: Time,
        (relay, call): (RelayId, CallId),
        side: Side,
        agreed: Option<Agreed>,
    ) {
        let busy = self.busy.entry(relay).or_insert_with(|| Busy {
            call,
            mode: Mode::Silent,
            caller: None,
            agent: None,
            told_silent: BTreeSet::new(),
            tape: None,
        });
        let is_others = busy.call != call;
        busy.told_silent.clear();
        let ear = match side {
            Side::Caller => &mut busy.caller,
            Side::Agent => &mut busy.agent,
        };
        *ear = agreed.map(|agreed| Ear { agreed, heard_at: now });
        if is_others {
            self.breaches.push(format!("{relay:?} serves another call than {call:?}"));
        }
    }

    fn set_mode(&mut self, relay: RelayId, mode: Mode) {
        let order = MediaOrder::SetMode { relay, mode };
        let Some(busy) = self.busy.get_mut(&relay) else {
            return self.breach(&order, "of a relay that serves nobody");
        };
        busy.mode = mode;
        if mode == Mode::Joined && busy.agent.is_none() {
            self.breach(&order, "with nobody");
        }
    }

    fn start_recording(&mut self, now: Time, (relay, call): (RelayId, CallId), codec: Codec) {
        let order = MediaOrder::StartRecording { relay, call, codec };
        let Some(busy) = self.busy.get_mut(&relay) else {
            return self.breach(&order, "of a relay that serves nobody");
        };
        let is_second = busy.tape.replace((call, now)).is_some();
        self.tapes.0 += 1;
        if is_second || busy.mode != Mode::Joined {
            self.breach(&order, "twice, or of nobody");
        }
    }

    fn stop_recording(&mut self, now: Time, relay: RelayId, call: CallId) {
        let tape = self.busy.get_mut(&relay).and_then(|busy| busy.tape.take());
        let Some((_, since)) = tape.filter(|(recorded, _)| *recorded == call) else {
            let order = MediaOrder::StopRecording { relay, call };
            return self.breach(&order, "that did not run");
        };
        self.tapes.1 += 1;
        let duration_ms = now.0.saturating_sub(since.0);
        // Two channels of 8,000 bytes a second.
        let stored = Input::RecordingStored {
            call,
            bytes: duration_ms * 16,
            duration_ms,
            sha256: format!("sha256 of {}", call.0),
        };
        self.tell(now + STORE_TIME, stored);
    }

    /// Looks for silence, when it is time to.
    pub(super) fn watch(&mut self, now: Time, speaks: impl Fn(SocketAddr) -> bool) {
        if self.watch_at.is_none_or(|at| at > now) {
            return;
        }
        self.watch_at = (!self.busy.is_empty()).then(|| now + WATCH_TIME);
        let mut silent = Vec::new();
        for busy in self.busy.values_mut() {
            let sides = [(Side::Caller, &mut busy.caller), (Side::Agent, &mut busy.agent)];
            for (side, ear) in sides {
                let Some(ear) = ear else { continue };
                if speaks(ear.agreed.remote) {
                    ear.heard_at = now;
                }
                let should_speak = ear.agreed.direction == Direction::SendRecv;
                let for_long = now >= ear.heard_at + MEDIA_TIMEOUT;
                if should_speak && for_long && busy.told_silent.insert(side) {
                    silent.push(Input::MediaSilent { call: busy.call, side });
                }
            }
        }
        for input in silent {
            self.tell(now, input);
        }
    }

    fn tell(&mut self, at: Time, input: Input) {
        self.tellings += 1;
        self.told.insert((at, self.tellings), input);
    }

    fn breach(&mut self, order: &MediaOrder, why: &str) {
        self.breaches.push(format!("{order:?} {why}"));
    }
}
