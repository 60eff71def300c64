//! Offers as phones, trunks and browsers send them, and what we answer.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use expect_test::{Expect, expect};
use media::{
    Agreed, Codec, Direction, LocalMedia, MEDIA_LINES_MAX, SDP_BYTES_MAX, SdpError, accept, answer,
    offer,
};

const LOCAL: LocalMedia = LocalMedia {
    address: IpAddr::V4(Ipv4Addr::new(198, 51, 100, 7)),
    port: 40_000,
    session_id: 77,
    version: 3,
};

/// Answers an offer written with bare line feeds; shows the answer's media and the agreement.
fn check(offer: &str, expected: Expect) {
    let shown = match answer(offer.as_bytes(), &LOCAL, None) {
        Ok((body, agreed)) => {
            let body = String::from_utf8(body.to_vec()).expect("SDP is text");
            let media = body.find("m=").map_or("", |start| &body[start..]);
            format!("{}{}", media.replace("\r\n", "\n"), words(&agreed))
        }
        Err(error) => format!("{} {error}", error.status()),
    };
    expected.assert_eq(&shown);
}

fn words(agreed: &Agreed) -> String {
    let Agreed { codec, dtmf, remote, direction, ptime_ms } = agreed;
    let digits = dtmf.map_or("no digits".to_owned(), |number| format!("digits {number}"));
    format!("-> {} {digits} {remote} {} {ptime_ms} ms", codec.name(), direction.name())
}

fn agreed(offer: &str) -> Agreed {
    answer(offer.as_bytes(), &LOCAL, None).expect("the offer is served").1
}

/// One audio line with both laws and digits, and whatever lines are added to it.
fn audio(connection: &str, lines: &str) -> String {
    format!(
        "v=0\no=- 1 1 IN IP4 192.0.2.4\ns=-\nc={connection}\nt=0 0\nm=audio 5004 RTP/AVP 0 8 101\n\
         a=rtpmap:101 telephone-event/8000\n{lines}"
    )
}

#[test]
fn the_whole_answer_is_short_and_says_who_we_are() {
    let (body, _) = answer(audio("IN IP4 192.0.2.4", "").as_bytes(), &LOCAL, None).unwrap();
    expect![[r#"
        v=0
        o=- 77 3 IN IP4 198.51.100.7
        s=ladus
        c=IN IP4 198.51.100.7
        t=0 0
        m=audio 40000 RTP/AVP 0 101
        a=rtpmap:0 PCMU/8000
        a=rtpmap:101 telephone-event/8000
        a=fmtp:101 0-15
        a=ptime:20
        a=sendrecv
    "#]]
    .assert_eq(&String::from_utf8(body.to_vec()).unwrap().replace("\r\n", "\n"));
}

#[test]
fn baresip_is_answered_with_the_first_law_it_names() {
    let offer = "v=0\no=- 3723872637 1041216 IN IP4 192.0.2.20\ns=-\nc=IN IP4 192.0.2.20\nt=0 0\n\
        a=tool:baresip 1.0.0\nm=audio 32012 RTP/AVP 96 9 8 0 101\nb=AS:125\n\
        a=rtpmap:96 opus/48000/2\na=fmtp:96 stereo=1;sprop-stereo=1\na=rtpmap:9 G722/8000\n\
        a=rtpmap:8 PCMA/8000\na=rtpmap:0 PCMU/8000\na=rtpmap:101 telephone-event/8000\n\
        a=fmtp:101 0-15\na=rtcp:32013\na=sendrecv\na=label:1\na=rtcp-rsize\na=ssrc:1 cname:x\n\
        a=ptime:20\n";
    check(
        offer,
        expect![[r#"
            m=audio 40000 RTP/AVP 8 101
            a=rtpmap:8 PCMA/8000
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-15
            a=ptime:20
            a=sendrecv
            -> PCMA digits 101 192.0.2.20:32012 sendrecv 20 ms"#]],
    );
}

#[test]
fn linphone_with_video_gets_its_video_refused_in_its_place() {
    let offer = "v=0\no=mari 2387 1510 IN IP4 192.0.2.30\ns=Talk\nc=IN IP4 192.0.2.30\nt=0 0\n\
        a=rtcp-xr:rcvr-rtt=all:10000 stat-summary=loss,dup,jitt,TTL voip-metrics\n\
        a=record:off\nm=audio 33000 RTP/AVPF 96 97 98 0 8 18 99\na=rtpmap:96 opus/48000/2\n\
        a=fmtp:96 useinbandfec=1\na=rtpmap:97 speex/16000\na=fmtp:97 vbr=on\n\
        a=rtpmap:98 speex/8000\na=fmtp:18 annexb=yes\na=rtpmap:99 telephone-event/8000\n\
        a=rtcp-fb:* trr-int 1000\nm=video 33002 RTP/AVPF 100\na=rtpmap:100 VP8/90000\n";
    check(
        offer,
        expect![[r#"
            m=audio 40000 RTP/AVPF 0 99
            a=rtpmap:0 PCMU/8000
            a=rtpmap:99 telephone-event/8000
            a=fmtp:99 0-15
            a=ptime:20
            a=sendrecv
            m=video 0 RTP/AVPF 100
            -> PCMU digits 99 192.0.2.30:33000 sendrecv 20 ms"#]],
    );
}

#[test]
fn a_load_generator_that_names_one_static_type_is_served() {
    let offer = "v=0\no=user1 53655765 2353687637 IN IP4 192.0.2.40\ns=-\nc=IN IP4 192.0.2.40\n\
        t=0 0\nm=audio 34000 RTP/AVP 8\n";
    check(
        offer,
        expect![[r#"
            m=audio 40000 RTP/AVP 8
            a=rtpmap:8 PCMA/8000
            a=ptime:20
            a=sendrecv
            -> PCMA no digits 192.0.2.40:34000 sendrecv 20 ms"#]],
    );
}

#[test]
fn of_two_digit_formats_the_one_with_our_clock_is_taken() {
    // As a browser's line looks once a gateway has taken the encryption off.
    let offer = "v=0\no=- 46117 2 IN IP4 127.0.0.1\ns=-\nt=0 0\na=group:BUNDLE 0\n\
        m=audio 9002 RTP/AVP 111 63 9 0 8 13 110 126\nc=IN IP4 192.0.2.50\n\
        a=rtcp:9 IN IP4 0.0.0.0\na=mid:0\na=sendrecv\na=rtcp-mux\n\
        a=rtpmap:111 opus/48000/2\na=rtpmap:63 red/48000/2\na=rtpmap:9 G722/8000\n\
        a=rtpmap:0 PCMU/8000\na=rtpmap:8 PCMA/8000\na=rtpmap:13 CN/8000\n\
        a=rtpmap:110 telephone-event/48000\na=rtpmap:126 telephone-event/8000\n";
    assert_eq!(agreed(offer).dtmf, Some(126));
    assert_eq!(agreed(offer).remote, "192.0.2.50:9002".parse().unwrap());
}

#[test]
fn a_browser_that_insists_on_encryption_is_told_so() {
    let offer = audio("IN IP4 192.0.2.4", "").replace("RTP/AVP", "UDP/TLS/RTP/SAVPF");
    check(&offer, expect!["488 the audio is offered encrypted only"]);
}

#[test]
fn of_an_encrypted_and_a_plain_audio_line_the_plain_one_is_taken() {
    let offer = "v=0\no=- 1 1 IN IP4 192.0.2.4\ns=-\nc=IN IP4 192.0.2.4\nt=0 0\n\
        m=audio 5004 RTP/SAVP 8\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x\n\
        m=audio 5006 RTP/AVP 0\nm=image 5008 udptl t38\nm=audio 5010 RTP/AVP 8\n";
    check(
        offer,
        expect![[r#"
            m=audio 0 RTP/SAVP 8
            m=audio 40000 RTP/AVP 0
            a=rtpmap:0 PCMU/8000
            a=ptime:20
            a=sendrecv
            m=image 0 udptl t38
            m=audio 0 RTP/AVP 8
            -> PCMU no digits 192.0.2.4:5006 sendrecv 20 ms"#]],
    );
}

#[test]
fn the_lines_own_address_wins_over_the_sessions() {
    let offer = audio("IN IP4 192.0.2.4", "c=IN IP4 203.0.113.9\n");
    assert_eq!(agreed(&offer).remote, "203.0.113.9:5004".parse().unwrap());
}

#[test]
fn a_phone_with_an_ipv6_address_is_answered_from_one() {
    let local = LocalMedia { address: IpAddr::V6(Ipv6Addr::LOCALHOST), ..LOCAL };
    let offer = audio("IN IP6 2001:db8::5", "");
    let (body, agreed) = answer(offer.as_bytes(), &local, None).unwrap();
    assert_eq!(agreed.remote, "[2001:db8::5]:5004".parse().unwrap());
    assert!(body.windows(13).any(|line| line == b"c=IN IP6 ::1\r"));
    check(&offer, expect!["488 2001:db8::5 cannot be reached from our address family"]);
}

#[test]
fn every_way_to_hold_is_mirrored() {
    let plain = "IN IP4 192.0.2.4";
    for (connection, lines, expected) in [
        (plain, "a=sendonly\n", Direction::RecvOnly),
        (plain, "a=recvonly\n", Direction::SendOnly),
        (plain, "a=inactive\n", Direction::Inactive),
        (plain, "a=sendrecv\n", Direction::SendRecv),
        (plain, "", Direction::SendRecv),
        ("IN IP4 0.0.0.0", "", Direction::RecvOnly),
        ("IN IP4 0.0.0.0", "a=sendonly\n", Direction::RecvOnly),
        ("IN IP4 0.0.0.0", "a=recvonly\n", Direction::Inactive),
        ("IN IP4 0.0.0.0", "a=inactive\n", Direction::Inactive),
    ] {
        let (body, agreed) = answer(audio(connection, lines).as_bytes(), &LOCAL, None).unwrap();
        assert_eq!(agreed.direction, expected, "{connection} {lines}");
        let line = format!("a={}\r\n", expected.name());
        assert!(body.ends_with(line.as_bytes()), "{connection} {lines}");
    }
}

#[test]
fn a_hold_said_for_the_whole_session_counts_unless_the_line_disagrees() {
    let held = "v=0\no=- 1 1 IN IP4 192.0.2.4\ns=-\nc=IN IP4 192.0.2.4\nt=0 0\na=sendonly\n\
        m=audio 5004 RTP/AVP 0\n";
    assert_eq!(agreed(held).direction, Direction::RecvOnly);
    assert_eq!(agreed(&format!("{held}a=inactive\n")).direction, Direction::Inactive);
}

#[test]
fn small_sins_are_forgiven() {
    let bare = "v=0\nm=audio 5004 RTP/AVP 0\nc=IN IP4 192.0.2.4\n";
    assert_eq!(agreed(bare).codec, Codec::Pcmu, "no o=, s= or t=, line feeds only");
    let mut latin = b"v=0\r\no=- 1 1 IN IP4 192.0.2.4\r\ns=T\xe4nan\r\n".to_vec();
    latin.extend(b"c=IN IP4 192.0.2.4\r\nt=0 0\r\nm=audio 5004 RTP/AVP 8\r\n");
    assert!(answer(&latin, &LOCAL, None).is_ok());
    let shouted = audio("IN IP4 192.0.2.4", "a=rtpmap:0 pcmu/8000/1\n");
    assert_eq!(agreed(&shouted).codec, Codec::Pcmu);
    let unknown = format!("{}y=what\n", audio("IN IP4 192.0.2.4", ""));
    assert_eq!(agreed(&unknown).codec, Codec::Pcmu);
}

#[test]
fn packet_lengths_are_read_and_kept_within_reason() {
    for (line, expected) in
        [("", 20), ("a=ptime:30\n", 30), ("a=ptime:1\n", 10), ("a=ptime:9999\n", 120)]
    {
        assert_eq!(agreed(&audio("IN IP4 192.0.2.4", line)).ptime_ms, expected);
    }
    assert_eq!(agreed(&audio("IN IP4 192.0.2.4", "a=ptime:soon\n")).ptime_ms, 20);
}

#[test]
fn a_preferred_law_is_taken_when_it_is_offered() {
    let both = audio("IN IP4 192.0.2.4", "");
    let (_, agreed) = answer(both.as_bytes(), &LOCAL, Some(Codec::Pcma)).unwrap();
    assert_eq!(agreed.codec, Codec::Pcma);
    let one = both.replace("0 8 101", "0 101");
    let (_, agreed) = answer(one.as_bytes(), &LOCAL, Some(Codec::Pcma)).unwrap();
    assert_eq!(agreed.codec, Codec::Pcmu);
}

#[test]
fn a_static_number_with_another_meaning_is_not_g711() {
    let offer = "v=0\nc=IN IP4 192.0.2.4\nm=audio 5004 RTP/AVP 0\na=rtpmap:0 opus/48000/2\n";
    check(offer, expect!["488 no G.711 among the audio formats (0)"]);
}

#[test]
fn what_cannot_be_served_is_refused_with_words() {
    let plain = audio("IN IP4 192.0.2.4", "");
    check("", expect!["400 the SDP cannot be read: No version line"]);
    check("v=0\ns=-\n", expect!["488 the SDP has no active audio line"]);
    check(&plain.replace("audio 5004", "audio 0"), expect!["488 the SDP has no active audio line"]);
    check(
        &plain.replace("0 8 101", "9 18"),
        expect!["488 no G.711 among the audio formats (9 18)"],
    );
    check(
        &plain.replace("c=IN IP4 192.0.2.4\n", ""),
        expect![
            "488 the SDP has no usable address: neither the session nor the audio has a c= line"
        ],
    );
    check(
        &audio("IN IP4 phone.example.com", ""),
        expect![
            "488 the SDP has no usable address: invalid connection address 'phone.example.com'"
        ],
    );
    check(
        &audio("IN IP4 224.2.1.1/127", ""),
        expect!["488 the SDP has no usable address: 224.2.1.1 is not the address of one host"],
    );
}

#[test]
fn bodies_beyond_the_limits_are_refused_before_they_cost_anything() {
    let long = audio("IN IP4 192.0.2.4", &"a=x\n".repeat(SDP_BYTES_MAX / 4));
    assert!(matches!(answer(long.as_bytes(), &LOCAL, None), Err(SdpError::TooLong { .. })));
    let many = audio("IN IP4 192.0.2.4", &"m=audio 0 RTP/AVP 0\n".repeat(MEDIA_LINES_MAX));
    let refused = answer(many.as_bytes(), &LOCAL, None).unwrap_err();
    assert_eq!(refused, SdpError::TooManyMedia { lines: MEDIA_LINES_MAX + 1 });
    assert_eq!(refused.status(), 400);
}

#[test]
fn our_offer_and_a_phones_answer_make_an_agreement() {
    let ours = offer(&LOCAL, &[Codec::Pcma, Codec::Pcmu], Some(101));
    let answered = |text: &str| accept(&ours, text.as_bytes()).map(|agreed| words(&agreed));
    let phone = audio("IN IP4 192.0.2.4", "");
    assert_eq!(answered(&phone).unwrap(), "-> PCMU digits 101 192.0.2.4:5004 sendrecv 20 ms");
    let held = audio("IN IP4 0.0.0.0", "a=recvonly\n");
    assert_eq!(answered(&held).unwrap(), "-> PCMU digits 101 0.0.0.0:5004 inactive 20 ms");
    let deaf = phone.replace("0 8 101", "18");
    assert_eq!(answered(&deaf).unwrap_err().status(), 488);
    let refusing = phone.replace("audio 5004", "audio 0");
    assert_eq!(answered(&refusing), Err(SdpError::AudioRefused));
    assert_eq!(answered("v=0\n"), Err(SdpError::NoAudio));
    assert_eq!(answered("no SDP").unwrap_err().status(), 400);
}

#[test]
fn an_answer_cannot_bring_what_was_not_offered() {
    let ours = offer(&LOCAL, &[Codec::Pcma], None);
    let agreed = accept(&ours, audio("IN IP4 192.0.2.4", "").as_bytes()).unwrap();
    assert_eq!((agreed.codec, agreed.dtmf), (Codec::Pcma, None));
}
