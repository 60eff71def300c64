//! Phones over real loopback sockets: they hear one another, and they see what goes wrong.

use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::time::Duration;

use bytes::Bytes;
use media::{Codec, LocalMedia};
use sip::{Dial, Endpoint, EndpointConfig, Flow, LegId, Target, Time, Transport};

use crate::open::{Registrar, open};
use crate::running::run;
use crate::scenario::{AgentPhone, Callers, Habits, Scenario, Span};
use crate::world::World;
use crate::{Phase, Report};

const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
/// Much longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(30);

fn scenario(agents: usize, habits: &Habits) -> Scenario {
    let agent = |number| AgentPhone {
        user: format!("agent{number}"),
        password: "secret".to_owned(),
        habits: habits.clone(),
    };
    Scenario {
        // Nobody listens there; the tests point the callers elsewhere.
        server: SocketAddr::new(HERE, 9),
        seed: 1,
        agents_from: HERE,
        agents: (0..agents).map(agent).collect(),
        callers: None,
        media: false,
        finish_max: PATIENCE,
    }
}

/// Callers who dial the only agent's phone itself.
fn play_directly(scenario: &Scenario) -> Report {
    let mut world = open(scenario, Registrar::Nobody).unwrap();
    let agent = world.stations[0].flow.local;
    for trunk in &mut world.stations[1..] {
        trunk.flow.remote = agent;
    }
    let mut running = run(world).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let report = tokio::time::timeout(PATIENCE, running.ended()).await;
        assert_eq!(running.phase(), Phase::Ended);
        report.unwrap()
    })
}

fn one_caller(patience: Duration) -> Callers {
    Callers {
        from: IpAddr::from([127, 0, 0, 2]),
        numbers: vec![("6001000".to_owned(), 1)],
        per_second: 1_000.0,
        patience: Span::Exactly(patience),
        talk_max: PATIENCE,
        calls_max: Some(1),
        duration: None,
    }
}

#[test]
fn two_phones_hear_each_others_tone() {
    let talks = Some(Span::Exactly(Duration::from_millis(1_500)));
    let mut scenario = scenario(1, &Habits { talks, ..Habits::default() });
    scenario.callers = Some(one_caller(PATIENCE));
    scenario.media = true;
    let report = play_directly(&scenario);
    assert_eq!((report.offered, report.answered, report.live), (1, 1, 0), "{report:?}");
    assert_eq!((report.judged, report.one_way, report.wrong_tone), (1, 0, 0), "{report:?}");
    assert!(report.rtp_received >= 100, "{report:?}");
    assert_eq!(report.rtp_lost, 0, "{report:?}");
    assert!(report.setup_ms_p50 > 0.0, "{report:?}");
}

#[test]
fn caller_without_an_agent_is_counted_as_abandoned() {
    let mut scenario = scenario(1, &Habits { ignores_percent: 100, ..Habits::default() });
    scenario.callers = Some(one_caller(Duration::from_millis(50)));
    let report = play_directly(&scenario);
    assert_eq!((report.offered, report.abandoned), (1, 1), "{report:?}");
}

#[test]
fn busy_phone_refuses_its_caller() {
    let mut scenario = scenario(1, &Habits { busy_percent: 100, ..Habits::default() });
    scenario.callers = Some(one_caller(PATIENCE));
    let report = play_directly(&scenario);
    assert_eq!((report.offered, report.refused), (1, 1), "{report:?}");
}

/// A server of our own that rings phones with X-Ladus-Call.
struct Server {
    endpoint: Endpoint,
    socket: UdpSocket,
}

impl Server {
    fn new() -> Server {
        let socket = UdpSocket::bind((HERE, 0)).unwrap();
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        let config = EndpointConfig {
            seed: [3; 32],
            product: "server".to_owned(),
            transactions_max: 100,
            legs_max: 10,
        };
        Server { endpoint: Endpoint::new(config), socket }
    }

    fn flow(&self, remote: SocketAddr) -> Flow {
        let local = self.socket.local_addr().unwrap();
        Flow { id: 0, transport: Transport::Udp, local, remote }
    }

    fn ring(&mut self, phone: SocketAddr, call: u64) -> LegId {
        let local = LocalMedia { address: HERE, port: 9, session_id: 1, version: 1 };
        let dial = Dial {
            target: Target::Peer { flow: self.flow(phone), uri: format!("sip:agent@{phone}") },
            from_user: "5551".to_owned(),
            from_display: String::new(),
            to_user: "agent".to_owned(),
            sdp: media::offer(&local, &[Codec::Pcma], None),
            headers: vec![("X-Ladus-Call".to_owned(), call.to_string())],
            login: None,
            patience: PATIENCE,
        };
        let mut out = Vec::new();
        let leg = self.endpoint.dial(Time(0), dial, &mut out);
        self.send(out);
        leg
    }

    fn stop_ringing(&mut self, leg: LegId) {
        let mut out = Vec::new();
        self.endpoint.hang_up(Time(0), leg, &mut out);
        self.send(out);
    }

    /// Waits for a phone's next message.
    fn hear(&mut self) {
        let mut buffer = [0; 4_096];
        let (length, from) = self.socket.recv_from(&mut buffer).unwrap();
        let bytes = Bytes::copy_from_slice(&buffer[..length]);
        let mut out = Vec::new();
        let flow = self.flow(from);
        self.endpoint.receive(Time(0), flow, bytes, &mut out);
        self.send(out);
    }

    fn send(&self, out: Vec<sip::Output>) {
        for output in out {
            match output {
                sip::Output::Send { flow, bytes } => {
                    self.socket.send_to(&bytes, flow.remote).unwrap();
                }
                sip::Output::Tell(_) => (),
            }
        }
    }
}

fn two_patient_phones() -> (World, [SocketAddr; 2]) {
    let habits = Habits { ignores_percent: 100, ..Habits::default() };
    let world = open(&scenario(2, &habits), Registrar::Nobody).unwrap();
    let addresses = [world.stations[0].flow.local, world.stations[1].flow.local];
    (world, addresses)
}

#[test]
fn two_phones_that_ring_for_one_call_are_counted() {
    let (mut world, [mari, juri]) = two_patient_phones();
    let mut server = Server::new();
    server.ring(mari, 7);
    world.drain(0);
    server.ring(juri, 7);
    world.drain(1);
    assert_eq!(world.report().rung_twice, 1);
}

#[test]
fn phone_that_rings_after_anothers_cancel_is_in_order_whichever_is_read_first() {
    let (mut world, [mari, juri]) = two_patient_phones();
    let mut server = Server::new();
    let leg = server.ring(mari, 7);
    world.drain(0);
    server.hear();
    server.stop_ringing(leg);
    server.ring(juri, 7);
    world.drain(1);
    assert_eq!(world.report().rung_twice, 0);
    assert_eq!(world.stations[0].phone.lines(), 0);
}

#[test]
fn request_that_comes_twice_is_counted_as_a_retransmission() {
    let (mut world, [mari, _]) = two_patient_phones();
    let mut server = Server::new();
    server.ring(mari, 7);
    world.drain(0);
    let mut out = Vec::new();
    // Timer A repeats an INVITE of which nothing was heard after half a second.
    server.endpoint.expire(Time(600), &mut out);
    server.send(out);
    world.drain(0);
    assert_eq!(world.report().retransmissions, 1);
    assert_eq!(world.report().rung_while_busy, 0);
}

#[test]
fn play_without_anybody_to_call_does_not_start() {
    let mut scenario = scenario(1, &Habits::default());
    scenario.callers = Some(Callers { numbers: Vec::new(), ..one_caller(PATIENCE) });
    assert!(crate::start(scenario).is_err());
}

#[test]
fn owner_may_stop_at_any_time() {
    let mut scenario = scenario(1, &Habits::default());
    let callers = one_caller(PATIENCE);
    scenario.callers = Some(Callers { calls_max: None, per_second: 0.001, ..callers });
    let mut running = run(open(&scenario, Registrar::Nobody).unwrap()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let stopped = async { tokio::time::timeout(PATIENCE, running.stop()).await };
    let report = runtime.block_on(stopped).unwrap();
    assert_eq!(report.live, 0);
    assert_eq!(running.phase(), Phase::Ended);
}
