//! One relay: two sockets, one task, and the pure relay state of `media` between them.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use acd::CallId;
use centre::MediaOrder;
use media::{Forward, Interleaver, MUSIC_PACKET, Mode, Side, Tune};
use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;
use tokio::time::{Interval, MissedTickBehavior, interval};

use crate::clock::Clock;
use crate::recorder::Tape;

/// Orders that wait for one relay: a call has about ten in its life.
const ORDERS_MAX: usize = 64;

/// G.711 in 20 ms packets is 172 bytes; anything near the MTU is not ours.
const PACKET_MAX: usize = 1_500;

/// How often waiting callers get a packet of music (RFC 3551 §4.2: 20 ms of audio).
const PACKET_TIME: Duration = Duration::from_millis(20);

/// How often the media timeout is looked at.
const WATCH_TIME: Duration = Duration::from_secs(1);

/// What a relay tells the centre.
#[derive(Debug)]
pub(crate) enum RelayEvent {
    Silent { call: CallId, side: Side },
    Key { call: CallId, key: char },
    RecordingFailed { call: CallId, cause: String },
}

/// What all relays share.
#[derive(Clone, Debug)]
pub(crate) struct Shared {
    pub(crate) clock: Clock,
    pub(crate) tune: Arc<Tune>,
    pub(crate) recorder: mpsc::Sender<Tape>,
    pub(crate) events: mpsc::UnboundedSender<RelayEvent>,
    /// A side that sends nothing for so long is told as silent, once.
    pub(crate) media_timeout: Duration,
}

/// The two sockets of a relay, bound but not yet running.
#[derive(Debug)]
pub(crate) struct Sockets {
    caller: UdpSocket,
    agent: UdpSocket,
}

impl Sockets {
    /// Binds two free ports of `address`; must be called within a tokio runtime.
    pub(crate) async fn bind(address: IpAddr) -> io::Result<Sockets> {
        let any_port = SocketAddr::new(address, 0);
        let (caller, agent) = (UdpSocket::bind(any_port).await?, UdpSocket::bind(any_port).await?);
        Ok(Sockets { caller, agent })
    }

    pub(crate) fn ports(&self) -> io::Result<(u16, u16)> {
        Ok((self.caller.local_addr()?.port(), self.agent.local_addr()?.port()))
    }
}

struct Task {
    sockets: Sockets,
    shared: Shared,
    state: media::Relay,
    /// The call served, from the first `SetLeg` to `Release`.
    call: Option<CallId>,
    tape: Option<Interleaver>,
    /// Sides told as silent, so that each is told once.
    told_silent: [bool; 2],
}

/// Where one relay is told what to do.
#[derive(Debug)]
pub(crate) struct Orders {
    queue: mpsc::Sender<Vec<MediaOrder>>,
    /// Wakes the relay; closed with the queue, it ends it.
    bell: mpsc::Sender<()>,
}

/// The relay's end of [`Orders`].
#[derive(Debug)]
pub(crate) struct OrdersTaken {
    queue: mpsc::Receiver<Vec<MediaOrder>>,
    bell: mpsc::Receiver<()>,
}

pub(crate) fn orders() -> (Orders, OrdersTaken) {
    let (queue, taken) = mpsc::channel(ORDERS_MAX);
    let (bell, rung) = mpsc::channel(1);
    (Orders { queue, bell }, OrdersTaken { queue: taken, bell: rung })
}

impl Orders {
    /// Orders that belong together, carried out in this order. A relay reads them before it handles
    /// a packet and at least every second, so one that only says what becomes of packets does not
    /// wake it: for a short call that would be most of what the relay costs.
    pub(crate) fn give(
        &self,
        together: Vec<MediaOrder>,
    ) -> Result<(), TrySendError<Vec<MediaOrder>>> {
        let cannot_wait = cannot_wait(&together);
        self.queue.try_send(together)?;
        if cannot_wait || self.queue.capacity() < ORDERS_MAX / 2 {
            // A full bell rings already.
            let _ = self.bell.try_send(());
        }
        Ok(())
    }
}

/// Whether there is something to do although no packet comes.
fn cannot_wait(together: &[MediaOrder]) -> bool {
    let (mut waits_for_music, mut speaks, mut records) = (false, false, false);
    for order in together {
        match order {
            MediaOrder::SetMode { mode, .. } => {
                waits_for_music = matches!(mode, Mode::Waiting | Mode::CallingBack);
            }
            MediaOrder::Release { .. } => (waits_for_music, speaks) = (false, false),
            MediaOrder::Play { .. } => speaks = true,
            MediaOrder::StartRecording { .. } | MediaOrder::StopRecording { .. } => records = true,
            MediaOrder::SetLeg { .. } | MediaOrder::Bind { .. } => (),
        }
    }
    waits_for_music || speaks || records
}

/// Serves one relay until its orders end.
pub(crate) async fn run(seed: u64, sockets: Sockets, shared: Shared, mut orders: OrdersTaken) {
    let state = media::Relay::new(seed);
    let (mut caller_packet, mut agent_packet) = ([0; PACKET_MAX], [0; PACKET_MAX]);
    let (mut music, mut watch) = (ticks(PACKET_TIME), ticks(WATCH_TIME));
    let told_silent = [false; 2];
    let mut task = Task { sockets, shared, state, call: None, tape: None, told_silent };
    loop {
        let happened = tokio::select! {
            biased;
            rung = orders.bell.recv() => match rung {
                Some(()) => Happened::Rung,
                None => break,
            },
            _ = music.tick(), if task.state.speaks() => Happened::MusicTime,
            received = task.sockets.caller.recv_from(&mut caller_packet) => {
                Happened::Received(Side::Caller, received)
            }
            received = task.sockets.agent.recv_from(&mut agent_packet) => {
                Happened::Received(Side::Agent, received)
            }
            _ = watch.tick(), if task.call.is_some() => Happened::WatchTime,
        };
        let was_speaking = task.state.speaks();
        while let Ok(together) = orders.queue.try_recv() {
            for order in together {
                task.obey(order).await;
            }
        }
        if task.state.speaks() && !was_speaking {
            // Not at once: the SDP with our port is only just on its way, and whoever is put
            // through within 20 ms needs no music.
            music.reset();
        }
        match happened {
            Happened::Rung | Happened::Received(_, Err(_)) => (),
            Happened::MusicTime => task.play(),
            Happened::Received(Side::Caller, Ok((length, from))) => {
                task.relay(Side::Caller, from, &mut caller_packet[..length]);
            }
            Happened::Received(Side::Agent, Ok((length, from))) => {
                task.relay(Side::Agent, from, &mut agent_packet[..length]);
            }
            Happened::WatchTime => task.watch(),
        }
    }
    task.stop_recording().await;
}

/// What a relay's task is woken for.
enum Happened {
    Rung,
    MusicTime,
    Received(Side, io::Result<(usize, SocketAddr)>),
    WatchTime,
}

fn ticks(every: Duration) -> Interval {
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    ticks
}

impl Task {
    async fn obey(&mut self, order: MediaOrder) {
        match order {
            MediaOrder::SetLeg { relay: _, call, side, agreed, roams } => {
                self.call = Some(call);
                self.state.set_symmetric(side, roams);
                self.told_silent = [false; 2];
                self.state.set_leg(self.now_ms(), side, agreed);
            }
            MediaOrder::SetMode { relay: _, mode } => {
                self.state.set_mode(mode);
            }
            MediaOrder::StartRecording { relay: _, call, codec } => {
                let at = self.shared.clock.now();
                self.tape = Some(Interleaver::new(codec, at.0));
                let _ = self.shared.recorder.send(Tape::Begin { call, codec, at }).await;
            }
            MediaOrder::Play { relay: _, side, words } => self.state.say(side, &words),
            MediaOrder::StopRecording { .. } => self.stop_recording().await,
            MediaOrder::Release { relay: _ } => {
                self.stop_recording().await;
                self.state.release();
                self.call = None;
            }
            // For the pool, never for one relay.
            MediaOrder::Bind { more: _ } => (),
        }
    }

    fn relay(&mut self, side: Side, from: SocketAddr, packet: &mut [u8]) {
        let now_ms = self.now_ms();
        let forward = self.state.receive(now_ms, side, from, packet, self.tape.as_mut());
        match forward {
            Forward::To { side, address } => self.send(side, address, packet),
            Forward::Drop(_) => (),
        }
        if let (Some(key), Some(call)) = (self.state.take_key(), self.call) {
            let _ = self.shared.events.send(RelayEvent::Key { call, key });
        }
        self.spool(now_ms);
    }

    fn play(&mut self) {
        let mut packet = [0; MUSIC_PACKET];
        let now_ms = self.now_ms();
        if let Some((side, address)) = self.state.music(now_ms, &self.shared.tune, &mut packet) {
            self.send(side, address, &packet);
        }
    }

    /// Media never waits for the kernel: what it does not take is lost, as RTP may be.
    fn send(&self, side: Side, address: SocketAddr, packet: &[u8]) {
        let socket = match side {
            Side::Caller => &self.sockets.caller,
            Side::Agent => &self.sockets.agent,
        };
        let _ = socket.try_send_to(packet, address);
    }

    /// Hands full blocks to the recorder.
    fn spool(&mut self, now_ms: u64) {
        let (Some(tape), Some(call)) = (self.tape.as_mut(), self.call) else { return };
        while let Some(bytes) = tape.block(now_ms) {
            if self.shared.recorder.try_send(Tape::Block { call, bytes }).is_err() {
                let cause = "the disk does not keep up".to_owned();
                let _ = self.shared.events.send(RelayEvent::RecordingFailed { call, cause });
                self.tape = None;
                return;
            }
        }
    }

    async fn stop_recording(&mut self) {
        let (Some(tape), Some(call)) = (self.tape.take(), self.call) else { return };
        for bytes in tape.finish(self.now_ms()) {
            let _ = self.shared.recorder.send(Tape::Block { call, bytes }).await;
        }
        let _ = self.shared.recorder.send(Tape::End { call }).await;
    }

    fn watch(&mut self) {
        let Some(call) = self.call else { return };
        let now_ms = self.now_ms();
        self.spool(now_ms);
        let limit_ms = u64::try_from(self.shared.media_timeout.as_millis()).unwrap_or(u64::MAX);
        for (index, side) in [Side::Caller, Side::Agent].into_iter().enumerate() {
            let silent = self.state.silent_for_ms(now_ms, side).is_some_and(|ms| ms >= limit_ms);
            if silent && !self.told_silent[index] {
                self.told_silent[index] = true;
                let _ = self.shared.events.send(RelayEvent::Silent { call, side });
            }
        }
    }

    fn now_ms(&self) -> u64 {
        self.shared.clock.now().0
    }
}
