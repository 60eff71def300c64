//! Whatever comes in as SDP, nothing panics, and every answer stands beside its offer.

use std::net::{IpAddr, Ipv4Addr};

use media::{Codec, LocalMedia, accept, answer, offer};
use proptest::prelude::*;
use sdp_types::Session;

const LOCAL: LocalMedia = LocalMedia {
    address: IpAddr::V4(Ipv4Addr::LOCALHOST),
    port: 40_000,
    session_id: 1,
    version: 1,
};

/// One line of an SDP body that is right, nearly right, or not right at all.
fn line() -> impl Strategy<Value = String> {
    let media = prop_oneof![
        Just("audio".to_owned()),
        Just("video".to_owned()),
        Just("application".to_owned()),
        "[a-zö]{0,6}"
    ];
    let proto = prop::sample::select(vec!["RTP/AVP", "RTP/AVPF", "RTP/SAVP", "udptl", "TCP/X", ""]);
    let formats = prop_oneof![Just("0 8 101".to_owned()), "[0-9 ]{0,12}", Just("t38".to_owned())];
    let host = prop::sample::select(vec![
        "IP4 192.0.2.1",
        "IP4 0.0.0.0",
        "IP6 ::1",
        "IP4 224.0.0.1/3",
        "IP4 x",
        "",
    ]);
    prop_oneof![
        6 => (media, 0_u32..70_000, proto, formats)
            .prop_map(|(media, port, proto, formats)| format!("m={media} {port} {proto} {formats}")),
        3 => host.prop_map(|host| format!("c=IN {host}")),
        2 => (0_u8..=255, "[a-z-]{0,9}/(8000|48000|)")
            .prop_map(|(number, name)| format!("a=rtpmap:{number} {name}")),
        2 => Just("a=rtpmap:101 telephone-event/8000".to_owned()),
        1 => prop::sample::select(vec!["a=sendonly", "a=inactive", "a=recvonly", "a=ptime:-1"])
            .prop_map(str::to_owned),
        1 => "[a-z]=.{0,20}",
    ]
}

fn body() -> impl Strategy<Value = String> {
    let lines = prop::collection::vec(line(), 0..14);
    (lines, prop::sample::select(vec!["\n", "\r\n"]))
        .prop_map(|(lines, end)| format!("v=0{end}c=IN IP4 192.0.2.1{end}{}", lines.join(end)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn an_answer_reads_well_and_has_a_line_for_every_line(body in body()) {
        if let Ok((answer, agreed)) = answer(body.as_bytes(), &LOCAL, None) {
            let offered = Session::parse(body.as_bytes()).expect("it was answered");
            let answered = Session::parse(&answer).expect("ours can be read");
            prop_assert_eq!(offered.medias.len(), answered.medias.len());
            let active = answered.medias.iter().filter(|media| media.port != 0);
            prop_assert_eq!(active.count(), 1);
            for (offered, answered) in offered.medias.iter().zip(&answered.medias) {
                prop_assert_eq!(&offered.media, &answered.media);
                prop_assert!(answered.port == 0 || offered.port != 0);
            }
            prop_assert!(agreed.remote.port() != 0);
        }
    }

    #[test]
    fn any_bytes_are_answered_or_refused(body in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = answer(&body, &LOCAL, Some(Codec::Pcma));
        let _ = accept(&offer(&LOCAL, &[Codec::Pcma], Some(101)), &body);
    }

    #[test]
    fn a_flipped_byte_never_hurts(body in body(), at: prop::sample::Index, byte: u8) {
        let mut body = body.into_bytes();
        let at = at.index(body.len());
        body[at] = byte;
        let _ = answer(&body, &LOCAL, None);
        let _ = accept(&body, &body);
    }

    #[test]
    fn our_offer_and_our_answer_agree(
        laws in prop::sample::select(vec![
            vec![Codec::Pcmu],
            vec![Codec::Pcma],
            vec![Codec::Pcma, Codec::Pcmu],
        ]),
        dtmf in prop::option::of(96_u8..128),
        port in 1_u16..,
    ) {
        let caller = LocalMedia { port, ..LOCAL };
        let offered = offer(&caller, &laws, dtmf);
        let (answered, theirs) = answer(&offered, &LOCAL, None).expect("our own offer");
        let ours = accept(&offered, &answered).expect("our own answer");
        prop_assert_eq!((ours.codec, ours.dtmf), (laws[0], dtmf));
        prop_assert_eq!((theirs.codec, theirs.dtmf), (laws[0], dtmf));
        prop_assert_eq!((ours.remote.port(), theirs.remote.port()), (LOCAL.port, port));
    }
}
