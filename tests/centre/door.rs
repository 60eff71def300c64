//! Who is turned away, and that nothing is left of him.

use bytes::Bytes;
use expect_test::expect;
use sim::world::{CENTRE, Size, World};

use crate::{check, check_world};

#[test]
fn a_number_of_nobody_is_not_found() {
    check(
        "
        tell sip media
        group sales
        agent mari sales=1
        1s kati dials 5551234
        ",
        expect![[r#"
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
            1.01s    kati cannot call 5551234: 404
            1.01s        kati <- 404 INVITE
            1.02s        kati -> ACK
            1.02s    kati: refused with 404
        "#]],
    );
}

#[test]
fn a_caller_without_a_codec_of_ours_gives_his_relay_back() {
    check(
        "
        tell sip media
        group sales
        agent mari sales=1
        1s kati dials sales speaking opus
        ",
        expect![[r#"
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
            1.01s        relay 0: free
            1.01s    kati cannot call 6000001: 488
            1.01s        kati <- 488 INVITE
            1.02s        kati -> ACK
            1.02s    kati: refused with 488
        "#]],
    );
}

#[test]
fn a_caller_may_leave_the_offer_to_us() {
    check(
        "
        tell sip media
        group sales
        agent mari sales=1
        1s kati dials sales without sdp
        3s mari answers
        9s kati hangs up
        ",
        expect![[r#"
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
            1.01s        relay 0: caller gone
            1.01s        relay 0: music
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.01s        kati <- 200 INVITE
            1.01s        mari <- INVITE
            1.02s        kati -> ACK
            1.02s    kati: answered
            1.02s        mari -> 100 INVITE
            1.02s    mari: it rings, "kati (sales)"
            1.02s        mari -> 180 INVITE
            1.03s        relay 0: caller PCMA sendrecv
            1.03s    mari's phone rings for c1
            3s           mari -> 200 INVITE
            3.01s        mari <- ACK
            3.01s        relay 0: caller PCMA sendrecv
            3.01s        relay 0: agent PCMA sendrecv
            3.01s        relay 0: joined
            3.01s        relay 0: record PCMA
            3.01s    c1 is recorded
            3.01s    offer of c1 to mari ends: answered after ringing 1.98s
            3.01s    c1 leaves sales: answered after 2s
            3.01s    c1 talks with mari
            3.02s    mari: connected
            9s           kati -> BYE
            9.01s        kati <- 200 BYE
            9.01s    c1 and mari have talked 6s: caller hung up
            9.01s        relay 0: stop recording
            9.01s        relay 0: free
            9.01s        mari <- BYE
            9.02s        mari -> 200 BYE
            9.02s    mari: hung up on
            9.21s    c1 is on file, 6s
        "#]],
    );
}

#[test]
fn a_full_group_turns_callers_away() {
    check(
        "
        tell sip media
        group sales max=1
        1s kati dials sales
        2s peeter dials sales
        9s kati hangs up
        ",
        expect![[r#"
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
            1.01s        relay 0: caller PCMA sendrecv
            1.01s        relay 0: music
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s        kati <- 200 INVITE
            1.02s        kati -> ACK
            1.02s    kati: answered
            2s           peeter -> INVITE
            2.01s        peeter <- 100 INVITE
            2.01s    peeter dials 6000001: c2
            2.01s        relay 1: free
            2.01s    c2 is refused by sales: full
            2.01s        peeter <- 486 INVITE
            2.02s        peeter -> ACK
            2.02s    peeter: refused with 486
            9s           kati -> BYE
            9.01s        kati <- 200 BYE
            9.01s    c1 leaves sales: abandoned after 8s
            9.01s        relay 0: free
        "#]],
    );
}

#[test]
fn a_stranger_may_not_call() {
    let mut world = World::new(Size::default());
    world.play("tell sip media\ngroup sales\nagent mari sales=1\n60s nothing happens").unwrap();
    let invite = "INVITE sip:6000001@10.0.0.1 SIP/2.0\r\n\
                  Via: SIP/2.0/UDP 10.9.9.9:5060;rport;branch=z9hG4bKstranger\r\n\
                  From: <sip:evil@10.9.9.9>;tag=1\r\nTo: <sip:6000001@10.0.0.1>\r\n\
                  Call-ID: strange\r\nCSeq: 1 INVITE\r\nContact: <sip:evil@10.9.9.9>\r\n\
                  Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
    world.inject("10.9.9.9:5060".parse().unwrap(), Bytes::from_static(invite.as_bytes()));
    assert_eq!(world.centre().load(), (0, 0, 0));
    check_world(
        world,
        expect![[r#"
        60s          10.9.9.9:5060 <- 401 INVITE
    "#]],
    );
}

#[test]
fn a_flood_of_rubbish_does_not_disturb_a_talk() {
    let mut world = World::new(Size::default());
    world
        .play(
            "
            group sales
            agent mari sales=1
            1s kati dials sales
            3s mari answers
            5s nothing happens
            ",
        )
        .unwrap();
    let talk = world.centre().load();
    for nth in 0..2_000_u32 {
        for bytes in rubbish(nth) {
            world.inject("10.6.6.6:5060".parse().unwrap(), Bytes::from(bytes));
        }
    }
    assert_eq!(world.centre().load(), talk);
    world.play("9s kati hangs up").unwrap();
    check_world(
        world,
        expect![[r#"
        1.01s    kati dials 6000001: c1
        1.01s    c1 waits in sales, place 1
        1.01s    c1 is offered to mari
        1.02s    kati: answered
        1.02s    mari: it rings, "kati (sales)"
        1.03s    mari's phone rings for c1
        3.01s    c1 is recorded
        3.01s    offer of c1 to mari ends: answered after ringing 1.98s
        3.01s    c1 leaves sales: answered after 2s
        3.01s    c1 talks with mari
        3.02s    mari: connected
        9.01s    c1 and mari have talked 6s: caller hung up
        9.02s    mari: hung up on
        9.21s    c1 is on file, 6s
    "#]],
    );
}

/// What a scanner, a broken phone and a bad joke send.
fn rubbish(nth: u32) -> Vec<Vec<u8>> {
    let head = format!(
        "Via: SIP/2.0/UDP 10.6.6.6;branch=z9hG4bK{nth}\r\nFrom: <sip:a@b>;tag=x\r\n\
         To: <sip:6000001@{CENTRE}>;tag=nobody\r\nCall-ID: {nth}\r\n"
    );
    vec![
        b"\r\n\r\n".to_vec(),
        vec![nth.to_le_bytes()[0]; 40],
        format!("INVITE sip:6000001@{CENTRE} SIP/2.0\r\n\r\n").into_bytes(),
        format!("BYE sip:6000001@{CENTRE} SIP/2.0\r\n{head}CSeq: 1 BYE\r\n\r\n").into_bytes(),
        format!("CANCEL sip:6000001@{CENTRE} SIP/2.0\r\n{head}CSeq: 1 CANCEL\r\n\r\n").into_bytes(),
        format!("JUMP sip:6000001@{CENTRE} SIP/2.0\r\n{head}CSeq: 1 JUMP\r\n\r\n").into_bytes(),
        format!("SIP/2.0 200 OK\r\n{head}CSeq: 1 INVITE\r\n\r\n").into_bytes(),
        format!("REGISTER sip:{CENTRE} SIP/2.0\r\n{head}CSeq: 9 INVITE\r\n\r\n").into_bytes(),
        format!("ACK sip:{CENTRE} SIP/2.0\r\n{head}CSeq: 1 ACK\r\nContent-Length: 99\r\n\r\n")
            .into_bytes(),
    ]
}
