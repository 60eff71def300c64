//! Two things happen at once, and the messages about them cross.

use expect_test::expect;

use crate::check;

#[test]
fn the_caller_hangs_up_while_the_agent_answers() {
    check(
        "
        tell sip
        group sales
        agent mari sales=1
        1s kati dials sales
        5s mari answers
        5s kati hangs up
        ",
        expect![[r#"
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
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
            1.03s    mari's phone rings for c1
            5s           mari -> 200 INVITE
            5s           kati -> BYE
            5.01s        mari <- ACK
            5.01s    c1 is recorded
            5.01s    offer of c1 to mari ends: answered after ringing 3.98s
            5.01s    c1 leaves sales: answered after 4s
            5.01s    c1 talks with mari
            5.01s        kati <- 200 BYE
            5.01s    c1 and mari have talked 0s: caller hung up
            5.01s        mari <- BYE
            5.02s    mari: connected
            5.02s        mari -> 200 BYE
            5.02s    mari: hung up on
            5.21s    c1 is on file, 0s
        "#]],
    );
}

#[test]
fn the_ring_time_ends_while_the_agent_answers() {
    check(
        "
        tell sip
        group sales ring=10s
        agent mari sales=1
        agent jaan sales=2
        1s kati dials sales
        11.011s mari answers
        13s jaan answers
        20s kati hangs up
        ",
        expect![[r#"
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
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
            1.03s    mari's phone rings for c1
            11.01s   offer of c1 to mari ends: no_answer after ringing 9.98s
            11.01s   c1 is offered to jaan
            11.01s       mari <- CANCEL
            11.01s       jaan <- INVITE
            11.011s      mari -> 200 INVITE
            11.02s       mari -> 200 CANCEL
            11.02s       jaan -> 100 INVITE
            11.02s   jaan: it rings, "kati (sales)"
            11.02s       jaan -> 180 INVITE
            11.021s      mari <- ACK
            11.021s      mari <- BYE
            11.03s   jaan's phone rings for c1
            11.031s  mari: connected
            11.031s      mari -> 200 BYE
            11.031s  mari: hung up on
            13s          jaan -> 200 INVITE
            13.01s       jaan <- ACK
            13.01s   c1 is recorded
            13.01s   offer of c1 to jaan ends: answered after ringing 1.98s
            13.01s   c1 leaves sales: answered after 12s
            13.01s   c1 talks with jaan
            13.02s   jaan: connected
            20s          kati -> BYE
            20.01s       kati <- 200 BYE
            20.01s   c1 and jaan have talked 7s: caller hung up
            20.01s       jaan <- BYE
            20.02s       jaan -> 200 BYE
            20.02s   jaan: hung up on
            20.21s   c1 is on file, 7s
        "#]],
    );
}

#[test]
fn both_hang_up_at_once() {
    check(
        "
        tell sip
        group sales
        agent mari sales=1
        1s kati dials sales
        5s mari answers
        9s mari hangs up
        9s kati hangs up
        ",
        expect![[r#"
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
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
            1.03s    mari's phone rings for c1
            5s           mari -> 200 INVITE
            5.01s        mari <- ACK
            5.01s    c1 is recorded
            5.01s    offer of c1 to mari ends: answered after ringing 3.98s
            5.01s    c1 leaves sales: answered after 4s
            5.01s    c1 talks with mari
            5.02s    mari: connected
            9s           mari -> BYE
            9s           kati -> BYE
            9.01s        mari <- 200 BYE
            9.01s    c1 and mari have talked 4s: agent hung up
            9.01s        kati <- BYE
            9.01s        kati <- 200 BYE
            9.02s        kati -> 200 BYE
            9.21s    c1 is on file, 4s
        "#]],
    );
}

#[test]
fn the_caller_hangs_up_before_he_hears_that_he_is_answered() {
    check(
        "
        tell sip
        group sales
        agent mari sales=1
        1s kati dials sales
        1.015s kati hangs up
        ",
        expect![[r#"
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.01s        kati <- 200 INVITE
            1.01s        mari <- INVITE
            1.02s        kati -> CANCEL
            1.02s        kati -> ACK
            1.02s        kati -> BYE
            1.02s        mari -> 100 INVITE
            1.02s    mari: it rings, "kati (sales)"
            1.02s        mari -> 180 INVITE
            1.03s        kati <- 200 CANCEL
            1.03s        kati <- 200 BYE
            1.03s    offer of c1 to mari ends: caller_left
            1.03s    c1 leaves sales: abandoned after 0.02s
            1.03s        mari <- CANCEL
            1.04s        mari -> 200 CANCEL
            1.04s        mari -> 487 INVITE
            1.04s    mari: it stops ringing
            1.05s        mari <- ACK
        "#]],
    );
}

#[test]
fn the_agent_logs_off_while_his_phone_rings() {
    check(
        "
        tell sip
        group sales
        agent mari sales=1
        agent jaan sales=2
        1s kati dials sales
        5s mari logs off
        8s jaan answers
        9s kati hangs up
        ",
        expect![[r#"
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
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
            1.03s    mari's phone rings for c1
            5s       mari wants to be off, by agent
            5s       offer of c1 to mari ends: withdrawn after ringing 3.97s
            5s       c1 is offered to jaan
            5s           mari <- CANCEL
            5s           jaan <- INVITE
            5.01s        mari -> 200 CANCEL
            5.01s        mari -> 487 INVITE
            5.01s    mari: it stops ringing
            5.01s        jaan -> 100 INVITE
            5.01s    jaan: it rings, "kati (sales)"
            5.01s        jaan -> 180 INVITE
            5.02s        mari <- ACK
            5.02s    jaan's phone rings for c1
            8s           jaan -> 200 INVITE
            8.01s        jaan <- ACK
            8.01s    c1 is recorded
            8.01s    offer of c1 to jaan ends: answered after ringing 2.99s
            8.01s    c1 leaves sales: answered after 7s
            8.01s    c1 talks with jaan
            8.02s    jaan: connected
            9s           kati -> BYE
            9.01s        kati <- 200 BYE
            9.01s    c1 and jaan have talked 1s: caller hung up
            9.01s        jaan <- BYE
            9.02s        jaan -> 200 BYE
            9.02s    jaan: hung up on
            9.21s    c1 is on file, 1s
        "#]],
    );
}

#[test]
fn the_agent_logs_off_while_he_answers() {
    check(
        "
        group sales
        agent mari sales=1
        agent jaan sales=2
        1s kati dials sales
        5s mari answers
        5s mari logs off
        8s jaan answers
        9s kati hangs up
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            5s       mari wants to be off, by agent
            5s       offer of c1 to mari ends: withdrawn after ringing 3.97s
            5s       c1 is offered to jaan
            5.01s    jaan: it rings, "kati (sales)"
            5.02s    mari: connected
            5.02s    mari: hung up on
            5.02s    jaan's phone rings for c1
            8.01s    c1 is recorded
            8.01s    offer of c1 to jaan ends: answered after ringing 2.99s
            8.01s    c1 leaves sales: answered after 7s
            8.01s    c1 talks with jaan
            8.02s    jaan: connected
            9.01s    c1 and jaan have talked 1s: caller hung up
            9.02s    jaan: hung up on
            9.21s    c1 is on file, 1s
        "#]],
    );
}

#[test]
fn the_agent_logs_off_while_he_talks() {
    check(
        "
        group sales wrap=5s
        agent mari sales=1
        1s kati dials sales
        5s mari answers
        9s mari logs off
        12s kati hangs up
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            5.01s    c1 is recorded
            5.01s    offer of c1 to mari ends: answered after ringing 3.98s
            5.01s    c1 leaves sales: answered after 4s
            5.01s    c1 talks with mari
            5.02s    mari: connected
            9s       mari wants to be off, by agent
            12.01s   c1 and mari have talked 7s: caller hung up
            12.01s   mari wraps up c1
            12.02s   mari: hung up on
            12.21s   c1 is on file, 7s
            17.01s   mari has wrapped up, by timer
        "#]],
    );
}

#[test]
fn the_agent_rejects_while_the_caller_hangs_up() {
    check(
        "
        tell sip
        group sales
        agent mari sales=1
        1s kati dials sales
        5s mari rejects
        5s kati hangs up
        ",
        expect![[r#"
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
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
            1.03s    mari's phone rings for c1
            5s           mari -> 603 INVITE
            5s           kati -> BYE
            5.01s        mari <- ACK
            5.01s    offer of c1 to mari ends: rejected after ringing 3.98s
            5.01s        kati <- 200 BYE
            5.01s    c1 leaves sales: abandoned after 4s
        "#]],
    );
}

#[test]
fn a_phone_that_never_says_ringing_is_answered_all_the_same() {
    check(
        "
        tell sip
        group sales
        agent mari sales=1
        0s mari's phone is mute
        1s kati dials sales
        5s mari answers
        9s kati hangs up
        ",
        expect![[r#"
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.01s        kati <- 200 INVITE
            1.01s        mari <- INVITE
            1.02s        kati -> ACK
            1.02s    kati: answered
            1.02s        mari -> 100 INVITE
            1.02s    mari: it rings, "kati (sales)"
            5s           mari -> 200 INVITE
            5.01s        mari <- ACK
            5.01s    c1 is recorded
            5.01s    offer of c1 to mari ends: answered
            5.01s    c1 leaves sales: answered after 4s
            5.01s    c1 talks with mari
            5.02s    mari: connected
            9s           kati -> BYE
            9.01s        kati <- 200 BYE
            9.01s    c1 and mari have talked 4s: caller hung up
            9.01s        mari <- BYE
            9.02s        mari -> 200 BYE
            9.02s    mari: hung up on
            9.21s    c1 is on file, 4s
        "#]],
    );
}

#[test]
fn every_message_of_the_call_is_lost_once() {
    check(
        "
        tell sip
        group sales
        agent mari sales=1
        0s lose INVITE from kati
        0s lose 100 INVITE to kati
        0s lose 200 INVITE to kati
        0s lose ACK from kati
        0s lose INVITE to mari
        0s lose 180 INVITE from mari
        0s lose 200 INVITE from mari
        0s lose ACK to mari
        0s lose BYE from kati
        0s lose 200 BYE to kati
        0s lose BYE to mari
        0s lose 200 BYE from mari
        1s kati dials sales
        10s mari answers
        20s kati hangs up
        ",
        expect![[r#"
            1s           kati -> INVITE  (lost)
            1.5s         kati -> INVITE
            1.51s        kati <- 100 INVITE  (lost)
            1.51s    kati dials 6000001: c1
            1.51s    c1 waits in sales, place 1
            1.51s    c1 is offered to mari
            1.51s        kati <- 200 INVITE  (lost)
            1.51s        mari <- INVITE  (lost)
            2.01s        mari <- INVITE
            2.01s        kati <- 200 INVITE
            2.02s        mari -> 100 INVITE
            2.02s    mari: it rings, "kati (sales)"
            2.02s        mari -> 180 INVITE  (lost)
            2.02s        kati -> ACK  (lost)
            2.02s    kati: answered
            3.02s        kati -> ACK
            10s          mari -> 200 INVITE  (lost)
            10.5s        mari -> 200 INVITE
            10.51s       mari <- ACK  (lost)
            10.51s   c1 is recorded
            10.51s   offer of c1 to mari ends: answered
            10.51s   c1 leaves sales: answered after 9s
            10.51s   c1 talks with mari
            11.51s       mari <- ACK
            11.52s   mari: connected
            20s          kati -> BYE  (lost)
            20.5s        kati -> BYE
            20.51s       kati <- 200 BYE  (lost)
            20.51s   c1 and mari have talked 10s: caller hung up
            20.51s       mari <- BYE  (lost)
            20.71s   c1 is on file, 10s
            21.01s       mari <- BYE
            21.02s       mari -> 200 BYE  (lost)
            21.02s   mari: hung up on
            21.51s       kati <- 200 BYE
            22.02s       mari -> 200 BYE
        "#]],
    );
}
