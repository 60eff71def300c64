//! What one relayed packet costs, with and without a recording; the kernel's part comes on top.

use std::hint::black_box;
use std::net::SocketAddr;

use criterion::{Criterion, criterion_group, criterion_main};
use media::{
    Agreed, Clip, Codec, Direction, Forward, Interleaver, Language, MUSIC_PACKET, Mode, Relay,
    RtpView, RtpViewMut, Side, Tune, Words,
};

/// A joined call and a packet of its agent, whose numbers move on by themselves.
struct Bench {
    relay: Relay,
    remote: SocketAddr,
    now_ms: u64,
    packet: [u8; 172],
    sequence: u16,
    timestamp: u32,
}

impl Bench {
    fn new(caller: Codec, agent: Codec) -> Self {
        let remote: SocketAddr = "192.0.2.1:4000".parse().expect("an address");
        let agreed = |codec| {
            let direction = Direction::SendRecv;
            Some(Agreed { codec, dtmf: Some(101), remote, direction, ptime_ms: 20 })
        };
        let mut relay = Relay::new(1);
        relay.set_leg(0, Side::Caller, agreed(caller));
        relay.set_leg(0, Side::Agent, agreed(agent));
        relay.set_mode(Mode::Joined);
        let mut packet = [0x55; 172];
        packet[..2].copy_from_slice(&[0x80, agent.payload_type()]);
        Self { relay, remote, now_ms: 0, packet, sequence: 0, timestamp: 0 }
    }

    fn relay(&mut self, tape: Option<&mut Interleaver>) -> Forward {
        self.now_ms += 20;
        self.sequence = self.sequence.wrapping_add(1);
        self.timestamp = self.timestamp.wrapping_add(160);
        let mut view = RtpViewMut::parse(&mut self.packet).expect("it is RTP");
        view.set_sequence(self.sequence);
        view.set_timestamp(self.timestamp);
        view.set_ssrc(1);
        let packet = black_box(&mut self.packet);
        self.relay.receive(self.now_ms, Side::Agent, self.remote, packet, tape)
    }
}

fn packets(criterion: &mut Criterion) {
    criterion.bench_function("view", |bencher| {
        let packet = [0x80; 172];
        bencher.iter(|| RtpView::parse(black_box(&packet)).map(|view| view.ssrc()));
    });
    criterion.bench_function("relay", |bencher| {
        let mut bench = Bench::new(Codec::Pcma, Codec::Pcma);
        bencher.iter(|| bench.relay(None));
    });
    criterion.bench_function("relay and transcode", |bencher| {
        let mut bench = Bench::new(Codec::Pcmu, Codec::Pcma);
        bencher.iter(|| bench.relay(None));
    });
    criterion.bench_function("relay and record", |bencher| {
        let mut bench = Bench::new(Codec::Pcma, Codec::Pcma);
        let mut tape = Interleaver::new(Codec::Pcma, 0);
        bencher.iter(|| {
            // A day on end is more than a tape takes.
            if tape.duration_ms() > 3_600_000 {
                tape = Interleaver::new(Codec::Pcma, bench.now_ms);
            }
            let forward = bench.relay(Some(&mut tape));
            while let Some(block) = tape.block(bench.now_ms) {
                black_box(block);
            }
            forward
        });
    });
    criterion.bench_function("music", |bencher| {
        let (mut bench, tune) = (Bench::new(Codec::Pcma, Codec::Pcma), Tune::new());
        bench.relay.set_mode(Mode::Waiting);
        let mut packet = [0; MUSIC_PACKET];
        bencher.iter(|| {
            bench.now_ms += 20;
            bench.relay.music(bench.now_ms, &tune, black_box(&mut packet))
        });
    });
    criterion.bench_function("words", |bencher| {
        let (mut bench, tune) = (Bench::new(Codec::Pcma, Codec::Pcma), Tune::new());
        bench.relay.set_mode(Mode::Waiting);
        let words = Words::new(Language::English, [Clip::Welcome; 100]);
        let mut packet = [0; MUSIC_PACKET];
        let frames = usize::try_from(words.duration_ms() / 20).expect("some thousands");
        let mut said = frames;
        bencher.iter(|| {
            if said == frames {
                bench.relay.say(Side::Caller, &words);
                said = 0;
            }
            said += 1;
            bench.now_ms += 20;
            bench.relay.music(bench.now_ms, &tune, black_box(&mut packet))
        });
    });
}

criterion_group!(benches, packets);
criterion_main!(benches);
