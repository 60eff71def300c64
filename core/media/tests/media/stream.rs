//! A simulated phone's stream as a phone hears it.

use bytes::Bytes;
use media::{Codec, Heard, Listener, RtpView, Talker};
use proptest::prelude::*;
use rtp::header::Header;
use rtp::packet::Packet;
use webrtc_util::marshal::Marshal;

#[test]
fn a_listener_hears_the_tone_that_a_talker_says() {
    for codec in [Codec::Pcmu, Codec::Pcma] {
        let mut talker = Talker::tone(codec, 440, 0xABCD);
        let mut listener = Listener::default();
        (0..60).for_each(|_| listener.hear(&talker.packet()));
        assert_eq!(talker.sent(), 60);
        let expected = Heard { received: 60, sources: 1, markers: 1, ..Heard::default() };
        assert_eq!(listener.heard(), expected);
        assert!(listener.hears(440) && !listener.hears(700) && !listener.hears_silence());
    }
}

#[test]
fn a_silent_talker_is_heard_as_silence() {
    let mut talker = Talker::silent(Codec::Pcma, 1);
    let mut listener = Listener::default();
    (0..60).for_each(|_| listener.hear(&talker.packet()));
    assert!(listener.hears_silence() && !listener.hears(440));
    assert_eq!(listener.heard().received, 60);
}

#[test]
fn loss_lateness_and_strangeness_are_counted_apart() {
    let mut talker = Talker::tone(Codec::Pcmu, 700, 3);
    let packets: Vec<_> = (0..10).map(|_| talker.packet()).collect();
    let mut listener = Listener::default();
    for number in [0, 1, 3, 2, 6, 7] {
        listener.hear(&packets[number]);
    }
    listener.hear(b"not RTP");
    let heard = listener.heard();
    assert_eq!((heard.received, heard.lost, heard.late, heard.others), (6, 2, 1, 1));
    assert_eq!((heard.sources, heard.jumps), (1, 0));
}

#[test]
fn a_talkers_numbers_come_from_its_seed_and_wrap() {
    let mut talker = Talker::silent(Codec::Pcmu, 0xFFFF_FFFF);
    let first = talker.packet();
    let view = RtpView::parse(&first).unwrap();
    assert_eq!((view.ssrc(), view.marker(), view.payload().len()), (0xFFFF_FFFF, true, 160));
    let mut listener = Listener::default();
    (0..70_000).for_each(|_| listener.hear(&talker.packet()));
    let heard = listener.heard();
    assert_eq!((heard.lost, heard.late, heard.jumps, heard.markers), (0, 0, 0, 0));
}

proptest! {
    /// Another implementation writes what our view reads.
    #[test]
    fn a_packet_of_any_shape_is_read_as_it_was_written(
        (padding, marker, payload_type) in (any::<bool>(), any::<bool>(), 0_u8..128),
        (sequence_number, timestamp, ssrc) in (any::<u16>(), any::<u32>(), any::<u32>()),
        csrc in prop::collection::vec(any::<u32>(), 0..16),
        extension in prop::option::of(prop::collection::vec(any::<u8>(), 1..17)),
        payload in prop::collection::vec(any::<u8>(), 1..200),
    ) {
        let mut header = Header {
            version: 2,
            padding,
            marker,
            payload_type,
            sequence_number,
            timestamp,
            ssrc,
            csrc,
            ..Header::default()
        };
        if let Some(extension) = extension {
            header.set_extension(1, Bytes::from(extension)).expect("it is short");
        }
        let packet = Packet { header, payload: Bytes::from(payload.clone()) };
        let written = packet.marshal().expect("it fits");
        let view = RtpView::parse(&written).expect("it is RTP");
        prop_assert_eq!((view.marker(), view.payload_type()), (marker, payload_type));
        prop_assert_eq!((view.sequence(), view.timestamp()), (sequence_number, timestamp));
        prop_assert_eq!(view.ssrc(), ssrc);
        prop_assert_eq!(view.payload(), payload.as_slice());
    }
}
