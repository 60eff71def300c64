//! Stories of two phones, and of a phone and its registrar, in virtual time.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use media::Codec;
use sip::{
    Access, Dial, Endpoint, EndpointConfig, Flow, LegId, Login, Target, Time, Transport, User,
};

use super::*;

/// Further than any timer that these stories wait for.
const DAY_MS: u64 = 86_400_000;

/// A network without delay, in which everybody has one address.
struct Air {
    now: Time,
    phones: BTreeMap<SocketAddr, Phone>,
    server: Option<(SocketAddr, Endpoint)>,
    flying: VecDeque<(SocketAddr, SocketAddr, Bytes)>,
    told: Vec<(u64, u16, PhoneEvent)>,
    /// Orders to ears and mouths, by the port of the phone.
    media: Vec<(u64, u16, Output)>,
    server_told: Vec<sip::Event>,
}

fn address(port: u16) -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], port))
}

fn flow(local: u16, remote: u16) -> Flow {
    let (local, remote) = (address(local), address(remote));
    Flow { id: u64::from(local.port()), transport: Transport::Udp, local, remote }
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn phone(port: u16, behaviour: Behaviour) -> Phone {
    Phone::new(PhoneConfig { seed: [port as u8; 32], product: "phone".to_owned(), behaviour })
}

const CALLER: u16 = 1;
const AGENT: u16 = 2;
const SERVER: u16 = 9;

impl Air {
    /// A caller, and an agent who does these things in turn.
    fn with_agent(rings: &[Then]) -> Air {
        let ring = |then: &Then| Ring { rings_after: Duration::from_millis(100), then: *then };
        let rings = rings.iter().map(ring).collect();
        let agent = Agent { account: None, media: address(20_000 + AGENT), rings };
        let mut air = Air::empty();
        air.phones.insert(address(AGENT), phone(AGENT, Behaviour::Agent(agent)));
        air
    }

    fn empty() -> Air {
        Air {
            now: Time(0),
            phones: BTreeMap::from([(address(CALLER), phone(CALLER, Behaviour::Caller))]),
            server: None,
            flying: VecDeque::new(),
            told: Vec::new(),
            media: Vec::new(),
            server_told: Vec::new(),
        }
    }

    fn dial(&mut self) -> LegId {
        let dialling = Dialling {
            flow: flow(CALLER, AGENT),
            number: "6001000".to_owned(),
            caller: "5551".to_owned(),
            media: address(20_000 + CALLER),
            patience: seconds(30),
            talk_max: seconds(600),
        };
        let mut out = Vec::new();
        let phone = self.phones.get_mut(&address(CALLER)).unwrap();
        let line = phone.dial(self.now, dialling, &mut out);
        self.note(CALLER, out);
        line
    }

    fn note(&mut self, port: u16, out: Vec<Output>) {
        for output in out {
            match output {
                Output::Send { flow, bytes } => {
                    self.flying.push_back((flow.local, flow.remote, bytes));
                }
                Output::Told(event) => self.told.push((self.now.0, port, event)),
                start @ Output::StartMedia { .. } | start @ Output::StopMedia { .. } => {
                    self.media.push((self.now.0, port, start));
                }
            }
        }
    }

    fn note_server(&mut self, out: Vec<sip::Output>) {
        for output in out {
            match output {
                sip::Output::Send { flow, bytes } => {
                    self.flying.push_back((flow.local, flow.remote, bytes));
                }
                sip::Output::Tell(event) => self.server_told.push(event),
            }
        }
    }

    /// Lets time pass until this moment.
    fn until(&mut self, end_ms: u64) {
        loop {
            self.land();
            let phones = self.phones.values().filter_map(Phone::deadline);
            let server = self.server.as_ref().and_then(|(_, server)| server.deadline());
            let next = phones.chain(server).min().filter(|next| next.0 <= end_ms);
            let Some(next) = next else { break };
            self.now = self.now.max(next);
            for port in self.phones.keys().map(SocketAddr::port).collect::<Vec<_>>() {
                let mut out = Vec::new();
                let phone = self.phones.get_mut(&address(port)).unwrap();
                phone.handle(self.now, Input::TimePassed, &mut out);
                self.note(port, out);
            }
            if let Some((_, server)) = &mut self.server {
                let mut out = Vec::new();
                server.expire(self.now, &mut out);
                self.note_server(out);
            }
        }
        self.now = Time(end_ms);
    }

    fn land(&mut self) {
        while let Some((from, to, bytes)) = self.flying.pop_front() {
            let flow = flow(to.port(), from.port());
            if let Some(phone) = self.phones.get_mut(&to) {
                let mut out = Vec::new();
                phone.handle(self.now, Input::Received { flow, bytes }, &mut out);
                self.note(to.port(), out);
            } else if let Some((_, server)) = self.server.as_mut().filter(|(it, _)| *it == to) {
                let mut out = Vec::new();
                server.receive(self.now, flow, bytes, &mut out);
                self.note_server(out);
            }
        }
    }

    fn ends(&self) -> Vec<(u64, u16, End)> {
        let end = |(at, port, event): &(u64, u16, PhoneEvent)| match event {
            PhoneEvent::Over { end, .. } => Some((*at, *port, *end)),
            PhoneEvent::Registered
            | PhoneEvent::RegisterFailed { .. }
            | PhoneEvent::Unregistered
            | PhoneEvent::Rung { .. }
            | PhoneEvent::RungWhileBusy { .. }
            | PhoneEvent::Connected { .. } => None,
        };
        self.told.iter().filter_map(end).collect()
    }

    fn told_at(&self, wanted: &PhoneEvent) -> Vec<u64> {
        let same = self.told.iter().filter(|(_, _, event)| event == wanted);
        same.map(|(at, ..)| *at).collect()
    }
}

fn answers(after: u64, talk: Option<u64>) -> Then {
    Then::Answer { after: seconds(after), talk: talk.map(seconds) }
}

#[test]
fn agent_answers_after_her_time_and_hangs_up_when_the_talk_is_over() {
    let mut air = Air::with_agent(&[answers(3, Some(60))]);
    let line = air.dial();
    air.until(10_000);
    air.phones.get_mut(&address(CALLER)).unwrap().joined(Time(10_000), line);
    air.until(DAY_MS);
    let ends = [(63_100, AGENT, End::TalkedOut), (63_100, CALLER, End::HungUp)];
    assert_eq!(air.ends(), ends);
    assert!(air.phones.values().all(|phone| phone.lines() == 0 && phone.deadline().is_none()));
}

#[test]
fn both_are_told_where_to_talk_to_and_when_to_be_silent() {
    let mut air = Air::with_agent(&[answers(0, Some(5))]);
    air.dial();
    air.until(DAY_MS);
    let wanted = [(AGENT, Some(CALLER)), (CALLER, Some(AGENT)), (AGENT, None), (CALLER, None)];
    let seen = air.media.iter().map(|(_, port, order)| match order {
        Output::StartMedia { local, remote, codec, .. } => {
            assert_eq!((*local, *codec), (address(20_000 + port), Codec::Pcma));
            (*port, Some(remote.port() - 20_000))
        }
        Output::StopMedia { .. } => (*port, None),
        Output::Send { .. } | Output::Told(_) => unreachable!("not kept"),
    });
    assert_eq!(seen.collect::<Vec<_>>(), wanted);
}

#[test]
fn caller_gives_up_on_a_phone_that_nobody_answers() {
    let mut air = Air::with_agent(&[Then::Ignore]);
    air.dial();
    air.until(DAY_MS);
    assert_eq!(air.ends(), [(30_000, CALLER, End::GaveUp), (30_000, AGENT, End::Cancelled)]);
}

#[test]
fn caller_who_was_answered_but_not_joined_gives_up_too() {
    let mut air = Air::with_agent(&[answers(1, None)]);
    air.dial();
    air.until(DAY_MS);
    assert_eq!(air.ends(), [(30_000, CALLER, End::GaveUp), (30_000, AGENT, End::HungUp)]);
}

#[test]
fn talk_that_nobody_ends_is_ended_by_the_caller_at_last() {
    let mut air = Air::with_agent(&[answers(0, None)]);
    let line = air.dial();
    air.until(1_000);
    air.phones.get_mut(&address(CALLER)).unwrap().joined(Time(1_000), line);
    air.until(DAY_MS);
    assert_eq!(air.ends(), [(601_000, CALLER, End::Overdue), (601_000, AGENT, End::HungUp)]);
}

#[test]
fn agent_treats_calls_by_her_plan_in_turn() {
    let busy = Then::Refuse { after: seconds(2), status: 603 };
    let mut air = Air::with_agent(&[busy, answers(0, Some(1))]);
    air.dial();
    air.until(10_000);
    assert_eq!(
        air.ends(),
        [
            (2_100, AGENT, End::Refused { status: 603 }),
            (2_100, CALLER, End::Refused { status: 603 }),
        ]
    );
    air.dial();
    air.until(20_000);
    assert!(air.ends().contains(&(11_100, CALLER, End::HungUp)));
}

#[test]
fn second_call_hears_busy_and_the_first_goes_on() {
    let mut air = Air::with_agent(&[answers(0, Some(5))]);
    air.dial();
    air.until(1_000);
    air.dial();
    air.until(DAY_MS);
    assert_eq!(air.told_at(&PhoneEvent::RungWhileBusy { call: None }), [1_000]);
    let ends = air.ends();
    assert_eq!(ends.first(), Some(&(1_000, CALLER, End::Refused { status: 486 })));
    assert!(ends.contains(&(5_100, AGENT, End::TalkedOut)));
}

#[test]
fn phone_that_leaves_hangs_up_and_takes_no_more_calls() {
    let mut air = Air::with_agent(&[answers(0, None)]);
    air.dial();
    air.until(1_000);
    let mut out = Vec::new();
    air.phones.get_mut(&address(AGENT)).unwrap().leave(Time(1_000), &mut out);
    air.note(AGENT, out);
    air.dial();
    air.until(DAY_MS);
    let refused = (1_000, CALLER, End::Refused { status: 480 });
    let ends = air.ends();
    assert!(ends.contains(&(1_000, AGENT, End::Left)), "{ends:?}");
    assert!(ends.contains(&(1_000, CALLER, End::HungUp)), "{ends:?}");
    assert!(ends.contains(&refused), "{ends:?}");
}

/// A registrar that knows one user.
fn air_with_registrar(password: &str) -> Air {
    let mut air = Air::empty();
    let config = EndpointConfig {
        seed: [9; 32],
        product: "registrar".to_owned(),
        transactions_max: 100,
        legs_max: 10,
    };
    let mut server = Endpoint::new(config);
    let (ha1_md5, ha1_sha256) = sip::auth::ha1("mari", "ladus", "secret");
    let users = BTreeMap::from([("mari".to_owned(), User { ha1_md5, ha1_sha256 })]);
    let access = Access { realm: "ladus".to_owned(), users, ..Access::default() };
    server.set_access(Time(0), access, &mut Vec::new());
    air.server = Some((address(SERVER), server));
    let login = Login { user: "mari".to_owned(), password: password.to_owned() };
    let account = Account { flow: flow(AGENT, SERVER), login, expires: seconds(300) };
    let agent = Agent { account: Some(account), media: address(20_002), rings: Vec::new() };
    air.phones.insert(address(AGENT), phone(AGENT, Behaviour::Agent(agent)));
    air
}

#[test]
fn phone_registers_refreshes_at_half_time_and_unregisters() {
    let mut air = air_with_registrar("secret");
    air.until(400_000);
    assert_eq!(air.told_at(&PhoneEvent::Registered), [0, 150_000, 300_000]);
    let mut out = Vec::new();
    air.phones.get_mut(&address(AGENT)).unwrap().leave(air.now, &mut out);
    air.note(AGENT, out);
    air.until(DAY_MS);
    assert_eq!(air.told_at(&PhoneEvent::Unregistered), [400_000]);
    let gone = sip::Event::Unregistered { user: "mari".to_owned() };
    assert!(air.server_told.contains(&gone));
}

#[test]
fn wrong_password_is_told_and_tried_again() {
    let mut air = air_with_registrar("guess");
    air.until(6_000);
    let tries = air.told.iter().filter(|(_, _, event)| {
        matches!(event, PhoneEvent::RegisterFailed { status } if (400..500).contains(status))
    });
    assert_eq!(tries.count(), 2);
}

#[test]
fn header_says_which_call_a_phone_rings_for() {
    let mut air = air_with_registrar("secret");
    air.until(1_000);
    let local =
        media::LocalMedia { address: address(0).ip(), port: 30_000, session_id: 1, version: 1 };
    let dial = Dial {
        target: Target::User("mari".to_owned()),
        from_user: "5551".to_owned(),
        from_display: "5551 (sales)".to_owned(),
        to_user: "mari".to_owned(),
        sdp: media::offer(&local, &[Codec::Pcma], None),
        headers: vec![("X-Ladus-Call".to_owned(), "7".to_owned())],
        login: None,
        patience: seconds(20),
    };
    let mut out = Vec::new();
    let (_, server) = air.server.as_mut().unwrap();
    server.dial(Time(1_000), dial, &mut out);
    air.note_server(out);
    air.until(60_000);
    let rung = air.told.iter().find_map(|(at, _, event)| match event {
        PhoneEvent::Rung { call, caller, .. } => Some((*at, *call, caller.clone())),
        PhoneEvent::Registered
        | PhoneEvent::RegisterFailed { .. }
        | PhoneEvent::Unregistered
        | PhoneEvent::RungWhileBusy { .. }
        | PhoneEvent::Connected { .. }
        | PhoneEvent::Over { .. } => None,
    });
    assert_eq!(rung, Some((1_000, Some(7), "5551".to_owned())));
    assert_eq!(air.ends(), [(21_000, AGENT, End::Cancelled)]);
}
