//! One call of two legs through a centre: INVITE, 100, 180, 200, ACK, BYE on each, at 100 calls/s.
//!
//! Both peers are endpoints too, so the figure is that of the centre and two phones together.

use std::collections::VecDeque;
use std::hint::black_box;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use criterion::{Criterion, criterion_group, criterion_main};
use sip::{
    Access, Dial, Endpoint, EndpointConfig, Event, Flow, LegId, Output, Target, Time, Transport,
    Trunk,
};

const SDP: &[u8] = b"v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\n\
                     m=audio 40000 RTP/AVP 8 0 101\r\na=rtpmap:8 PCMA/8000\r\n\
                     a=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n";

/// The caller, the centre and the phone.
const ENDS: usize = 3;

struct World {
    now: Time,
    ends: Vec<Endpoint>,
    wire: VecDeque<(SocketAddr, SocketAddr, Bytes)>,
    incoming: [Option<LegId>; ENDS],
    ended: usize,
}

fn address(at: usize) -> SocketAddr {
    SocketAddr::from(([10, 0, 0, u8::try_from(at).unwrap_or(0) + 1], 5060))
}

fn flow(from: usize, to: usize) -> Flow {
    Flow { id: 1, transport: Transport::Udp, local: address(from), remote: address(to) }
}

fn endpoint(at: usize) -> Endpoint {
    let seed = [u8::try_from(at).unwrap_or(0); 32];
    let (transactions_max, legs_max) = (100_000, 10_000);
    let config = EndpointConfig { seed, product: "bench".into(), transactions_max, legs_max };
    let mut endpoint = Endpoint::new(config);
    let trunk = Trunk { name: "t".into(), address: address(0).ip(), port: None, told_header: None };
    let access = Access { is_phone: at != 1, trunks: vec![trunk], ..Access::default() };
    endpoint.set_access(Time(0), access, &mut Vec::new());
    endpoint
}

impl World {
    fn new() -> World {
        let ends = (0..ENDS).map(endpoint).collect();
        World { now: Time(0), ends, wire: VecDeque::new(), incoming: [None; ENDS], ended: 0 }
    }

    fn dial(&mut self, from: usize, to: usize) -> LegId {
        let dial = Dial {
            target: Target::Peer { flow: flow(from, to), uri: format!("sip:600@{}", address(to)) },
            from_user: "5551234".into(),
            from_display: String::new(),
            to_user: "600".into(),
            sdp: Bytes::from_static(SDP),
            headers: Vec::new(),
            login: None,
            patience: Duration::from_secs(20),
        };
        let mut leg = None;
        self.act(from, |end, now, out| leg = Some(end.dial(now, dial, out)));
        leg.unwrap_or(LegId(0))
    }

    fn act(&mut self, at: usize, deed: impl FnOnce(&mut Endpoint, Time, &mut Vec<Output>)) {
        let mut out = Vec::new();
        deed(&mut self.ends[at], self.now, &mut out);
        self.take(at, out);
        while let Some((from, to, bytes)) = self.wire.pop_front() {
            let Some(at) = (0..ENDS).find(|at| address(*at) == to) else { continue };
            let flow = Flow { id: 1, transport: Transport::Udp, local: to, remote: from };
            let mut out = Vec::new();
            self.ends[at].receive(self.now, flow, bytes, &mut out);
            self.take(at, out);
        }
    }

    fn take(&mut self, at: usize, out: Vec<Output>) {
        for output in out {
            match output {
                Output::Send { flow, bytes } => {
                    self.wire.push_back((flow.local, flow.remote, bytes));
                }
                Output::Tell(Event::Invited { leg, .. }) => self.incoming[at] = Some(leg),
                Output::Tell(Event::Ended { .. }) => self.ended += 1,
                Output::Tell(event) => {
                    black_box(event);
                }
            }
        }
    }

    fn call(&mut self) {
        self.now = self.now + Duration::from_millis(10);
        for at in 0..ENDS {
            self.act(at, |end, now, out| {
                if end.deadline().is_some_and(|at| at <= now) {
                    end.expire(now, out);
                }
            });
        }
        let caller = self.dial(0, 1);
        let to_phone = self.dial(1, 2);
        let sdp = Bytes::from_static(SDP);
        let phone = self.incoming[2].unwrap_or(LegId(0));
        let centre = self.incoming[1].unwrap_or(LegId(0));
        self.act(2, |end, now, out| end.ring(now, phone, out));
        self.act(1, |end, now, out| end.ring(now, centre, out));
        self.act(2, |end, now, out| end.answer(now, phone, sdp.clone(), out));
        self.act(1, |end, now, out| end.answer(now, centre, sdp, out));
        self.act(0, |end, now, out| end.hang_up(now, caller, out));
        self.act(1, |end, now, out| end.hang_up(now, to_phone, out));
    }
}

fn calls(criterion: &mut Criterion) {
    let mut world = World::new();
    // Half a minute of calls: as many finished transactions are kept as in a busy hour.
    for _ in 0..4_000 {
        world.call();
    }
    assert_eq!(world.ended, 16_000);
    criterion.bench_function("call of two legs, centre and both peers", |bencher| {
        bencher.iter(|| world.call());
    });
}

criterion_group!(benches, calls);
criterion_main!(benches);
