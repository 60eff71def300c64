//! The caller's phone dies at every step of a call.

use expect_test::expect;

use crate::check;

#[test]
fn before_the_centre_has_heard_of_it() {
    check(
        "
        tell sip
        group sales
        agent mari sales=1
        0s lose all INVITE from kati
        1s kati dials sales
        5s kati dies
        ",
        expect![[r#"
            1s           kati -> INVITE  (lost)
        "#]],
    );
}

#[test]
fn before_it_hears_that_it_is_answered() {
    check(
        "
        tell sip
        group sales ring=60s
        agent mari sales=1
        1s kati dials sales
        1.005s kati dies
        ",
        expect![[r#"
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.01s        kati <- 200 INVITE
            1.01s        mari <- INVITE
            1.02s        mari -> 100 INVITE
            1.02s    mari: it rings, "kati (sales)"
            1.02s        mari -> 180 INVITE
            1.03s    mari's phone rings for c1
            33.01s       kati <- BYE
            33.01s   offer of c1 to mari ends: caller_left after ringing 31.98s
            33.01s   c1 leaves sales: abandoned after 32s
            33.01s       mari <- CANCEL
            33.02s       mari -> 200 CANCEL
            33.02s       mari -> 487 INVITE
            33.02s   mari: it stops ringing
            33.03s       mari <- ACK
        "#]],
    );
}

#[test]
fn while_its_acknowledgement_is_under_way() {
    check(
        "
        group sales ring=60s
        agent mari sales=1
        0s lose all ACK from kati
        1s kati dials sales
        1.025s kati dies
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            33.01s   offer of c1 to mari ends: caller_left after ringing 31.98s
            33.01s   c1 leaves sales: abandoned after 32s
            33.02s   mari: it stops ringing
        "#]],
    );
}

#[test]
fn while_it_waits_for_nobody() {
    check(
        "
        group sales
        agent mari sales=1
        0s mari logs off
        1s kati dials sales
        9s kati dies
        ",
        expect![[r#"
            0s       mari wants to be off, by agent
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.02s    kati: answered
            70.01s   c1 leaves sales: abandoned after 69s
        "#]],
    );
}

#[test]
fn while_a_phone_rings_for_it() {
    check(
        "
        tell sip
        group sales ring=60s
        agent mari sales=1
        1s kati dials sales
        9s kati dies
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
            38.01s       kati <- OPTIONS
            61.01s   offer of c1 to mari ends: no_answer after ringing 59.98s
            61.01s       mari <- CANCEL
            61.02s       mari -> 200 CANCEL
            61.02s       mari -> 487 INVITE
            61.02s   mari: it stops ringing
            61.03s       mari <- ACK
            70.01s       kati <- BYE
            70.01s   c1 leaves sales: abandoned after 69s
        "#]],
    );
}

#[test]
fn while_the_agents_answer_is_under_way() {
    check(
        "
        group sales
        agent mari sales=1
        1s kati dials sales
        9s mari answers
        9.005s kati dies
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            9.01s    c1 is recorded
            9.01s    offer of c1 to mari ends: answered after ringing 7.98s
            9.01s    c1 leaves sales: answered after 8s
            9.01s    c1 talks with mari
            9.02s    mari: connected
            39.01s   c1 and mari have talked 30s: caller was cut off
            39.02s   mari: hung up on
            39.21s   c1 is on file, 30s
        "#]],
    );
}

#[test]
fn while_they_talk() {
    check(
        "
        tell sip media
        group sales wrap=10s
        agent mari sales=1
        1s kati dials sales
        3s mari answers
        9s kati dies
        ",
        expect![[r#"
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
            1.01s        relay 0: caller PCMA sendrecv
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
            38.01s   c1 and mari have talked 35s: caller was cut off
            38.01s   mari wraps up c1
            38.01s       relay 0: stop recording
            38.01s       relay 0: free
            38.01s       kati <- BYE
            38.01s       mari <- BYE
            38.02s       mari -> 200 BYE
            38.02s   mari: hung up on
            38.21s   c1 is on file, 35s
            48.01s   mari has wrapped up, by timer
        "#]],
    );
}

#[test]
fn while_it_holds_the_agent() {
    check(
        "
        group sales
        agent mari sales=1
        1s kati dials sales
        3s mari answers
        9s kati holds
        12s kati dies
        ",
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
            9.01s    caller holds c1
            101.01s  caller resumes c1
            101.01s  c1 and mari have talked 98s: caller was cut off
            101.02s  mari: hung up on
            101.21s  c1 is on file, 98s
        "#]],
    );
}

#[test]
fn while_it_waits_and_has_never_said_anything() {
    check(
        "
        group sales
        agent mari sales=1
        0s mari logs off
        1s kati dials sales
        1.5s kati falls silent
        9s kati dies
        ",
        expect![[r#"
            0s       mari wants to be off, by agent
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.02s    kati: answered
            63.01s   c1 leaves sales: abandoned after 62s
        "#]],
    );
}

#[test]
fn with_the_goodbye_on_its_lips() {
    check(
        "
        tell sip
        group sales
        agent mari sales=1
        0s lose all BYE from kati
        1s kati dials sales
        3s mari answers
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
            3s           mari -> 200 INVITE
            3.01s        mari <- ACK
            3.01s    c1 is recorded
            3.01s    offer of c1 to mari ends: answered after ringing 1.98s
            3.01s    c1 leaves sales: answered after 2s
            3.01s    c1 talks with mari
            3.02s    mari: connected
            9s           kati -> BYE  (lost)
            38.01s   c1 and mari have talked 35s: caller was cut off
            38.01s       kati <- BYE
            38.01s       mari <- BYE
            38.02s       kati -> 200 BYE
            38.02s       mari -> 200 BYE
            38.02s   mari: hung up on
            38.21s   c1 is on file, 35s
        "#]],
    );
}

#[test]
fn and_the_network_says_so() {
    check(
        "
        tell sip
        group sales
        agent mari sales=1
        1s kati dials sales
        3s mari answers
        9s kati dies
        10s the network refuses kati
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
            3s           mari -> 200 INVITE
            3.01s        mari <- ACK
            3.01s    c1 is recorded
            3.01s    offer of c1 to mari ends: answered after ringing 1.98s
            3.01s    c1 leaves sales: answered after 2s
            3.01s    c1 talks with mari
            3.02s    mari: connected
            10s      c1 and mari have talked 6.99s: caller was cut off
            10s          mari <- BYE
            10.01s       mari -> 200 BYE
            10.01s   mari: hung up on
            10.2s    c1 is on file, 6.99s
        "#]],
    );
}
