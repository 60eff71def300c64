//! Whatever happens to a call, its phones hear one stream, and no packet can hurt the relay.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use media::{Codec, Forward, Interleaver, MUSIC_PACKET, Mode, RtpView, Side, Talker};
use proptest::prelude::*;

use crate::call::{AGENT, CALLER, Call, STRANGER, TUNE, agreed};

/// Something that happens to a call.
#[derive(Clone, Debug)]
enum Event {
    /// The agent's phone sends two packets; the network may lose the first or swap them.
    Speak(Network),
    Music,
    SetMode(Mode),
    /// Another agent's phone, or the same one with another stream.
    NewAgent,
    NewStream,
    Renegotiate(Side),
    Pause(u64),
    Hostile,
}

#[derive(Clone, Copy, Debug)]
enum Network {
    Fine,
    Lossy,
    Swapping,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        8 => prop::sample::select(vec![Network::Fine, Network::Lossy, Network::Swapping])
            .prop_map(Event::Speak),
        4 => Just(Event::Music),
        2 => prop::sample::select(vec![Mode::Silent, Mode::Waiting, Mode::Joined])
            .prop_map(Event::SetMode),
        1 => Just(Event::NewAgent),
        1 => Just(Event::NewStream),
        1 => prop::sample::select(vec![Side::Caller, Side::Agent]).prop_map(Event::Renegotiate),
        1 => (0_u64..100_000).prop_map(Event::Pause),
        1 => Just(Event::Hostile),
    ]
}

/// All that the caller's phone is sent.
#[derive(Default)]
struct Sent {
    sources: BTreeSet<u32>,
    sequences: Vec<u16>,
}

impl Sent {
    fn note(&mut self, packet: &[u8]) {
        let view = RtpView::parse(packet).expect("what goes out is RTP");
        self.sources.insert(view.ssrc());
        self.sequences.push(view.sequence());
    }
}

fn speak(call: &mut Call, sent: &mut Sent, from: SocketAddr, datagram: &[u8]) {
    let mut packet = datagram.to_vec();
    match call.relay.receive(call.now_ms, Side::Agent, from, &mut packet, None) {
        Forward::To { side, address } => {
            assert_eq!((side, address), (Side::Caller, CALLER));
            sent.note(&packet);
        }
        Forward::Drop(_) => (),
    }
}

fn happen(call: &mut Call, sent: &mut Sent, event: Event, number: u32) {
    match event {
        Event::Speak(network) => {
            let (first, second) = (call.agent_talker.packet(), call.agent_talker.packet());
            let order: &[_] = match network {
                Network::Fine => &[first, second],
                Network::Lossy => &[second],
                Network::Swapping => &[second, first],
            };
            order.iter().for_each(|packet| speak(call, sent, AGENT, packet));
            call.now_ms += 40;
        }
        Event::Music => {
            let mut packet = [0; MUSIC_PACKET];
            if call.relay.music(call.now_ms, &TUNE, &mut packet).is_some() {
                sent.note(&packet);
            }
            call.now_ms += 20;
        }
        Event::SetMode(mode) => call.relay.set_mode(mode),
        Event::NewAgent => {
            call.relay.set_leg(call.now_ms, Side::Agent, None);
            call.relay.set_leg(call.now_ms, Side::Agent, Some(agreed(AGENT, Codec::Pcmu)));
            call.agent_talker = Talker::silent(Codec::Pcmu, number);
        }
        Event::NewStream => call.agent_talker = Talker::silent(Codec::Pcmu, !number),
        Event::Renegotiate(side) => {
            let remote = match side {
                Side::Caller => CALLER,
                Side::Agent => AGENT,
            };
            call.relay.set_leg(call.now_ms, side, Some(agreed(remote, Codec::Pcmu)));
        }
        Event::Pause(ms) => call.now_ms += ms,
        Event::Hostile => {
            let packet = Talker::silent(Codec::Pcmu, 666).packet();
            speak(call, sent, STRANGER, &packet);
        }
    }
}

proptest! {
    #[test]
    fn a_caller_hears_one_stream_in_which_no_number_comes_twice(
        events in prop::collection::vec(event(), 0..120),
    ) {
        let mut call = Call::new(Codec::Pcmu, Codec::Pcmu);
        let mut sent = Sent::default();
        for (number, event) in (0..).zip(events) {
            happen(&mut call, &mut sent, event, number);
        }
        prop_assert!(sent.sources.len() <= 1);
        let distinct: BTreeSet<_> = sent.sequences.iter().collect();
        prop_assert_eq!(distinct.len(), sent.sequences.len());
        // No leap is larger than what the network lost or swapped.
        for pair in sent.sequences.windows(2) {
            let step = pair[1].wrapping_sub(pair[0]) as i16;
            prop_assert!((-1..=3).contains(&step) && step != 0, "{}", step);
        }
    }

    #[test]
    fn any_bytes_from_anywhere_are_taken_or_dropped(
        datagrams in prop::collection::vec(
            (any::<bool>(), prop::collection::vec(any::<u8>(), 0..40), any::<u64>()), 0..40),
    ) {
        let mut call = Call::new(Codec::Pcmu, Codec::Pcma);
        call.relay.set_mode(Mode::Joined);
        let mut tape = Interleaver::new(Codec::Pcma, 0);
        for (rtp, mut bytes, now_ms) in datagrams {
            if rtp && bytes.len() > 1 {
                // Half of them look like G.711 so far.
                bytes[0] = 0x80;
                bytes[1] &= 0x88;
            }
            call.relay.receive(now_ms, Side::Agent, AGENT, &mut bytes, Some(&mut tape));
            tape.block(now_ms);
            call.relay.silent_for_ms(now_ms, Side::Agent);
        }
        prop_assert!(tape.finish(u64::MAX).duration_ms() <= 25 * 3_600_000);
    }
}
