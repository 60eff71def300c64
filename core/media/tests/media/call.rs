//! A relay with a phone on each side, in imagined time.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::LazyLock;

use media::{
    Agreed, Codec, Direction, DropReason, Forward, Listener, MUSIC_PACKET, Mode, Relay, RtpView,
    Side, Talker, Tune,
};

pub(crate) const CALLER: SocketAddr =
    SocketAddr::new(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), 4_000);
pub(crate) const AGENT: SocketAddr =
    SocketAddr::new(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 2)), 4_000);
pub(crate) const OTHER_AGENT: SocketAddr =
    SocketAddr::new(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 3)), 1);
pub(crate) const STRANGER: SocketAddr =
    SocketAddr::new(IpAddr::V4(Ipv4Addr::new(203, 0, 113, 6)), 666);
/// Where a phone is that holds by address.
pub(crate) const HELD: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 4_000);

/// Composed once for all stories.
pub(crate) static TUNE: LazyLock<Tune> = LazyLock::new(Tune::new);

pub(crate) fn agreed(remote: SocketAddr, codec: Codec) -> Agreed {
    Agreed { codec, dtmf: Some(101), remote, direction: Direction::SendRecv, ptime_ms: 20 }
}

pub(crate) struct Call {
    pub(crate) relay: Relay,
    pub(crate) now_ms: u64,
    /// Says 700 Hz; the agent says 440 Hz.
    pub(crate) caller_talker: Talker,
    pub(crate) agent_talker: Talker,
    pub(crate) agent_address: SocketAddr,
    pub(crate) caller_ear: Listener,
    pub(crate) agent_ear: Listener,
}

/// What a forwarded packet looks like.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) payload_type: u8,
    pub(crate) marker: bool,
    pub(crate) sequence: u16,
    pub(crate) timestamp: u32,
}

impl Call {
    pub(crate) fn new(caller: Codec, agent: Codec) -> Self {
        let mut relay = Relay::new(7);
        relay.set_leg(0, Side::Caller, Some(agreed(CALLER, caller)));
        relay.set_leg(0, Side::Agent, Some(agreed(AGENT, agent)));
        Self {
            relay,
            now_ms: 0,
            caller_talker: Talker::tone(caller, 700, 0xCA11E2),
            agent_talker: Talker::tone(agent, 440, 0xA6E1),
            agent_address: AGENT,
            caller_ear: Listener::default(),
            agent_ear: Listener::default(),
        }
    }

    /// Both phones send this many packets; what is forwarded is heard.
    pub(crate) fn talk(&mut self, packets: usize) {
        for _ in 0..packets {
            let (said, answered) = (self.caller_talker.packet(), self.agent_talker.packet());
            self.deliver(Side::Caller, CALLER, &said);
            self.deliver(Side::Agent, self.agent_address, &answered);
            self.now_ms += 20;
        }
    }

    pub(crate) fn play_music(&mut self, packets: usize) {
        assert_eq!(self.relay.mode(), Mode::Waiting);
        for _ in 0..packets {
            let mut packet = [0; MUSIC_PACKET];
            let played = self.relay.music(self.now_ms, &TUNE, &mut packet);
            assert_eq!(played, Some((Side::Caller, CALLER)));
            self.caller_ear.hear(&packet);
            self.now_ms += 20;
        }
    }

    /// One datagram comes from somewhere; the other phone hears it if it is forwarded.
    pub(crate) fn deliver(&mut self, side: Side, from: SocketAddr, datagram: &[u8]) -> Forward {
        let mut packet = datagram.to_vec();
        let forward = self.relay.receive(self.now_ms, side, from, &mut packet, None);
        match forward {
            Forward::To { side: Side::Caller, .. } => self.caller_ear.hear(&packet),
            Forward::To { side: Side::Agent, .. } => self.agent_ear.hear(&packet),
            Forward::Drop(_) => (),
        }
        forward
    }

    /// The next packet of a side's phone as it goes out on the other side.
    pub(crate) fn sent(&mut self, side: Side) -> Sent {
        let (mut packet, from) = match side {
            Side::Caller => (self.caller_talker.packet().to_vec(), CALLER),
            Side::Agent => (self.agent_talker.packet().to_vec(), self.agent_address),
        };
        self.forwarded(side, from, &mut packet).expect("it is forwarded")
    }

    pub(crate) fn forwarded(
        &mut self,
        side: Side,
        from: SocketAddr,
        packet: &mut [u8],
    ) -> Result<Sent, DropReason> {
        match self.relay.receive(self.now_ms, side, from, packet, None) {
            Forward::Drop(reason) => return Err(reason),
            Forward::To { .. } => (),
        }
        let view = RtpView::parse(packet).expect("what goes out is RTP");
        Ok(Sent {
            payload_type: view.payload_type(),
            marker: view.marker(),
            sequence: view.sequence(),
            timestamp: view.timestamp(),
        })
    }
}
