//! Three endpoints on an imagined network in virtual time, driven by a script in plain words.
//!
//! `centre` knows the users mari and jaan and trusts `trunk`; `phone` and `desk` are phones of
//! mari. A line of a script is a moment and a sentence (`3s centre answers`), or a fault of the
//! network (`lose 200 INVITE`, `lose all ACK`, `double INVITE`, `late BYE by 2s`), or `over TCP`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use sip::auth::ha1;
use sip::message::Message;
use sip::{
    Access, Dial, Endpoint, EndpointConfig, Event, Flow, LegId, Login, Output, Register, Target,
    Time, Transport, Trunk, User,
};

const DELAY: Duration = Duration::from_millis(10);
pub(crate) const REALM: &str = "ladus.test";
pub(crate) const NAMES: [&str; 4] = ["centre", "trunk", "phone", "desk"];
pub(crate) const CENTRE: usize = 0;
pub(crate) const TRUNK: usize = 1;
pub(crate) const PHONE: usize = 2;

pub(crate) struct World {
    pub(crate) now: Time,
    pub(crate) transport: Transport,
    pub(crate) sides: Vec<Side>,
    wire: BTreeMap<(Time, u64), Datagram>,
    sent: u64,
    faults: Vec<Fault>,
    /// Decides about every datagram after the script's own faults.
    pub(crate) weather: Box<dyn FnMut(&str) -> Weather>,
    story: String,
    /// What goes over the wire, if somebody listens.
    heard: Option<Vec<Bytes>>,
}

pub(crate) struct Side {
    pub(crate) endpoint: Endpoint,
    pub(crate) address: SocketAddr,
    /// The latest leg that began here.
    pub(crate) leg: Option<LegId>,
    /// All of them.
    pub(crate) legs: BTreeSet<LegId>,
    pub(crate) events: Vec<Event>,
    password: String,
}

struct Datagram {
    from: SocketAddr,
    to: SocketAddr,
    bytes: Bytes,
}

struct Fault {
    /// `INVITE`, `200 INVITE` ….
    label: String,
    weather: Weather,
    always: bool,
}

/// When copies of a datagram arrive; none: it is lost.
pub(crate) type Weather = Vec<Duration>;

impl World {
    pub(crate) fn new() -> World {
        World::with_limits(10_000, 1_000)
    }

    pub(crate) fn with_limits(transactions_max: usize, legs_max: usize) -> World {
        let sides = NAMES.iter().enumerate().map(|(at, name)| {
            let seed = [u8::try_from(at).unwrap() + 1; 32];
            let config =
                EndpointConfig { seed, product: (*name).into(), transactions_max, legs_max };
            let mut endpoint = Endpoint::new(config);
            let access = if at == CENTRE { centre_access() } else { phone_access() };
            endpoint.set_access(Time(0), access, &mut Vec::new());
            Side {
                endpoint,
                address: format!("10.0.0.{}:5060", at + 1).parse().unwrap(),
                leg: None,
                legs: BTreeSet::new(),
                events: Vec::new(),
                password: "secret".into(),
            }
        });
        World {
            now: Time(0),
            transport: Transport::Udp,
            sides: sides.collect(),
            wire: BTreeMap::new(),
            sent: 0,
            faults: Vec::new(),
            weather: Box::new(|_| vec![DELAY]),
            story: String::new(),
            heard: None,
        }
    }

    /// Plays a script to its last line.
    pub(crate) fn play(&mut self, script: &str) {
        for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (word, rest) = line.split_once(' ').unwrap();
            match word {
                "over" => self.transport = Transport::Tcp,
                "lose" => self.fault(rest, |_| Vec::new()),
                "double" => self.fault(rest, |_| vec![DELAY, DELAY + DELAY]),
                "late" => self.fault(rest, |span| vec![span]),
                moment => {
                    self.run_until(Time(0) + span(moment));
                    let (at, out) = self.act(rest.trim());
                    self.take(at, out);
                }
            }
        }
    }

    fn fault(&mut self, rest: &str, weather: impl Fn(Duration) -> Weather) {
        let always = rest.starts_with("all ");
        let rest = rest.trim_start_matches("all ");
        let (label, by) = match rest.rsplit_once(" by ") {
            Some((label, by)) => (label, span(by)),
            None => (rest, Duration::ZERO),
        };
        self.faults.push(Fault { label: label.into(), weather: weather(by), always });
    }

    /// One sentence; what follows from it is not sent.
    pub(crate) fn act_alone(&mut self, sentence: &str) -> Vec<Output> {
        self.act(sentence).1
    }

    fn act(&mut self, sentence: &str) -> (usize, Vec<Output>) {
        let mut words = sentence.split(' ');
        let name = words.next().unwrap();
        let at = NAMES.iter().position(|known| *known == name).unwrap();
        let (verb, object) = (words.next().unwrap(), words.next());
        self.line(&format!("{name} {}", sentence.split_once(' ').unwrap().1));
        let (now, mut out) = (self.now, Vec::new());
        let (leg, flow) = (self.sides[at].leg, self.flow(at, CENTRE));
        let side = &mut self.sides[at];
        let leg = leg.unwrap_or(LegId(0));
        match verb {
            "registers" | "unregisters" => {
                let expires = Duration::from_secs(if verb == "registers" { 600 } else { 0 });
                let login = Login { user: "mari".into(), password: side.password.clone() };
                side.endpoint.register(now, Register { flow, login, expires }, &mut out);
            }
            "forgets" => side.password = "wrong".into(),
            "dials" => {
                let dial = dial(at, flow, object.unwrap());
                let leg = side.endpoint.dial(now, dial, &mut out);
                side.leg = Some(leg);
                side.legs.insert(leg);
            }
            "rings" => side.endpoint.ring(now, leg, &mut out),
            "answers" => side.endpoint.answer(now, leg, sdp(name), &mut out),
            "refuses" => {
                side.endpoint.refuse(now, leg, object.unwrap().parse().unwrap(), &mut out);
            }
            "accepts" => side.endpoint.reanswer(now, leg, Some(sdp(name)), &mut out),
            "declines" => side.endpoint.reanswer(now, leg, None, &mut out),
            "hangs" => side.endpoint.hang_up(now, leg, &mut out),
            "probes" => side.endpoint.probe(now, leg, &mut out),
            "loses" => {
                let to = NAMES.iter().position(|known| Some(*known) == object).unwrap();
                let flow = Flow { remote: self.sides[to].address, ..flow };
                self.sides[at].endpoint.flow_closed(now, flow, &mut out);
            }
            other => panic!("no such verb: {other}"),
        }
        (at, out)
    }

    /// Moves datagrams and time.
    pub(crate) fn run_until(&mut self, end: Time) {
        while let Some(next) = self.next_moment().filter(|next| *next <= end) {
            self.now = self.now.max(next);
            while let Some(entry) = self.wire.first_entry().filter(|e| e.key().0 <= self.now) {
                let datagram = entry.remove();
                self.deliver(datagram);
            }
            for at in 0..self.sides.len() {
                let mut out = Vec::new();
                self.sides[at].endpoint.expire(self.now, &mut out);
                self.take(at, out);
            }
        }
        self.now = self.now.max(end);
    }

    fn next_moment(&self) -> Option<Time> {
        let deadlines = self.sides.iter().filter_map(|side| side.endpoint.deadline());
        deadlines.chain(self.wire.keys().map(|(at, _)| *at)).min()
    }

    fn deliver(&mut self, datagram: Datagram) {
        let Datagram { from, to, bytes } = datagram;
        let Some(at) = self.sides.iter().position(|side| side.address == to) else { return };
        let flow = Flow { id: 1, transport: self.transport, local: to, remote: from };
        let mut out = Vec::new();
        self.sides[at].endpoint.receive(self.now, flow, bytes, &mut out);
        self.take(at, out);
    }

    /// Gives a datagram to one endpoint; what it says to it comes back.
    pub(crate) fn inject(&mut self, from: SocketAddr, to: usize, bytes: Bytes) -> Vec<Output> {
        let local = self.sides[to].address;
        let flow = Flow { id: 1, transport: self.transport, local, remote: from };
        let mut out = Vec::new();
        self.sides[to].endpoint.receive(self.now, flow, bytes, &mut out);
        out
    }

    pub(crate) fn take(&mut self, at: usize, out: Vec<Output>) {
        for output in out {
            match output {
                Output::Send { flow, bytes } => self.send(at, flow, bytes),
                Output::Tell(event) => {
                    let told = tell(&event);
                    self.line(&format!("{:8} : {told}", NAMES[at]));
                    self.note(at, event);
                }
            }
        }
    }

    pub(crate) fn note(&mut self, at: usize, event: Event) {
        if let Event::Invited { leg, .. } = &event {
            self.sides[at].leg = Some(*leg);
            self.sides[at].legs.insert(*leg);
        }
        self.sides[at].events.push(event);
    }

    fn send(&mut self, at: usize, flow: Flow, bytes: Bytes) {
        assert_eq!(flow.local, self.sides[at].address);
        let label = label(&bytes);
        self.heard.iter_mut().for_each(|heard| heard.push(bytes.clone()));
        let fault = self.faults.iter().position(|fault| fault.label == label);
        let weather = match fault {
            Some(found) if self.faults[found].always => self.faults[found].weather.clone(),
            Some(found) => self.faults.remove(found).weather,
            None => (self.weather)(&label),
        };
        let to = self.sides.iter().position(|side| side.address == flow.remote);
        let to = to.map_or("nobody", |to| NAMES[to]);
        let note = if weather.is_empty() { "  (lost)" } else { "" };
        self.line(&format!("{:8} > {to:8} {label}{note}", NAMES[at]));
        for delay in weather {
            self.sent += 1;
            let datagram = Datagram { from: flow.local, to: flow.remote, bytes: bytes.clone() };
            self.wire.insert((self.now + delay, self.sent), datagram);
        }
    }

    fn line(&mut self, what: &str) {
        writeln!(self.story, "{:<7} {what}", self.now.0).unwrap();
    }

    pub(crate) fn flow(&self, from: usize, to: usize) -> Flow {
        let (local, remote) = (self.sides[from].address, self.sides[to].address);
        Flow { id: 1, transport: self.transport, local, remote }
    }

    /// Runs until nothing is left to happen; whoever still holds anything then is a leak.
    pub(crate) fn settle(&mut self) {
        self.run_until(self.now + Duration::from_secs(300));
        for (side, name) in self.sides.iter().zip(NAMES) {
            assert_eq!(side.endpoint.load(), (0, 0), "{name} leaks\n{}", self.story);
        }
    }

    pub(crate) fn listen(&mut self) {
        self.heard = Some(Vec::new());
    }

    pub(crate) fn heard(&mut self) -> Vec<Bytes> {
        self.heard.take().unwrap_or_default()
    }

    /// What happened since the last time somebody asked.
    pub(crate) fn story(&mut self) -> String {
        std::mem::take(&mut self.story)
    }
}

/// Plays a script and compares what happened with `expected`; nothing may be left at the end.
pub(crate) fn check(script: &str, expected: expect_test::Expect) {
    let mut world = World::new();
    world.play(script);
    world.settle();
    expected.assert_eq(&world.story());
}

fn centre_access() -> Access {
    let user = |name: &str| {
        let (ha1_md5, ha1_sha256) = ha1(name, REALM, "secret");
        (name.to_owned(), User { ha1_md5, ha1_sha256 })
    };
    Access {
        realm: REALM.into(),
        users: BTreeMap::from([user("mari"), user("jaan")]),
        trunks: vec![Trunk {
            name: "elisa".into(),
            address: "10.0.0.2".parse().unwrap(),
            port: None,
            told_header: None,
        }],
        is_phone: false,
    }
}

fn phone_access() -> Access {
    Access { realm: REALM.into(), is_phone: true, ..Access::default() }
}

fn dial(at: usize, flow: Flow, object: &str) -> Dial {
    let target = match at {
        CENTRE => Target::User(object.into()),
        _other => Target::Peer { flow, uri: format!("sip:{object}@{}", flow.remote) },
    };
    let user = if at == TRUNK { "5551234" } else { "mari" };
    Dial {
        target,
        from_user: user.into(),
        from_display: String::new(),
        to_user: object.into(),
        sdp: sdp(NAMES[at]),
        headers: Vec::new(),
        login: Some(Login { user: "mari".into(), password: "secret".into() }),
        patience: Duration::from_secs(20),
    }
}

pub(crate) fn sdp(name: &str) -> Bytes {
    Bytes::from(format!("sdp of {name}"))
}

/// `INVITE`, `200 INVITE`; of an answer to something unreadable only the status.
pub(crate) fn label(bytes: &Bytes) -> String {
    let Ok(message) = Message::parse(bytes.clone()) else {
        return String::from_utf8_lossy(&bytes[8..11]).into_owned();
    };
    match message.status() {
        Some(status) => format!("{status} {}", message.method()),
        None => message.method().to_string(),
    }
}

/// An event in short.
pub(crate) fn tell(event: &Event) -> String {
    let text = |sdp: &Option<Bytes>| match sdp {
        Some(sdp) => String::from_utf8_lossy(sdp).into_owned(),
        None => "no sdp".to_owned(),
    };
    match event {
        Event::Invited { dialled, caller, trunk, user, sdp, extra, .. } => {
            let by = trunk.as_ref().or(user.as_ref()).map_or("anybody", |by| by);
            let extra = extra.iter().map(|(name, value)| format!(", {name} {value}"));
            let extra: String = extra.collect();
            format!("invited to {dialled} by {caller} ({by}){extra}, {}", text(sdp))
        }
        Event::Cancelled { .. } => "cancelled".to_owned(),
        Event::Confirmed { sdp, .. } => format!("confirmed, {}", text(sdp)),
        Event::Ringing { .. } => "ringing".to_owned(),
        Event::Answered { sdp, .. } => format!("answered, {}", text(&Some(sdp.clone()))),
        Event::Failed { status, .. } => format!("failed {status}"),
        Event::Reoffered { sdp, .. } => format!("reoffered, {}", text(sdp)),
        Event::Pressed { key, .. } => format!("pressed {key}"),
        Event::Ended { reason, .. } => format!("ended {reason:?}"),
        Event::Registered { user, contact, first, .. } => {
            let first = if *first { ", the first" } else { "" };
            format!("registered {user} at {contact}{first}")
        }
        Event::Unregistered { user } => format!("unregistered {user}"),
        Event::RegisterDone { status, expires, .. } => {
            format!("register done {status} for {}s", expires.as_secs())
        }
    }
}

fn span(word: &str) -> Duration {
    if let Some(ms) = word.strip_suffix("ms") {
        return Duration::from_millis(ms.parse().unwrap());
    }
    Duration::from_secs(word.strip_suffix('s').unwrap().parse().unwrap())
}
