//! The agent's phone dies at every step of a call; the caller is never left alone.

use expect_test::expect;

use crate::check;

#[test]
fn before_it_rings() {
    check(
        "
        tell sip
        group sales ring=20s
        agent mari sales=1
        agent jaan sales=2
        0s mari dies
        1s kati dials sales
        25s jaan answers
        30s kati hangs up
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
            9.01s    offer of c1 to mari ends: unreachable
            9.01s    c1 is offered to jaan
            9.01s        jaan <- INVITE
            9.02s        jaan -> 100 INVITE
            9.02s    jaan: it rings, "kati (sales)"
            9.02s        jaan -> 180 INVITE
            9.03s    jaan's phone rings for c1
            25s          jaan -> 200 INVITE
            25.01s       jaan <- ACK
            25.01s   c1 is recorded
            25.01s   offer of c1 to jaan ends: answered after ringing 15.98s
            25.01s   c1 leaves sales: answered after 24s
            25.01s   c1 talks with jaan
            25.02s   jaan: connected
            30s          kati -> BYE
            30.01s       kati <- 200 BYE
            30.01s   c1 and jaan have talked 5s: caller hung up
            30.01s       jaan <- BYE
            30.02s       jaan -> 200 BYE
            30.02s   jaan: hung up on
            30.21s   c1 is on file, 5s
        "#]],
    );
}

#[test]
fn before_it_says_that_it_rings() {
    check(
        "
        group sales ring=20s
        agent mari sales=1
        agent jaan sales=2
        1s kati dials sales
        1.025s mari dies
        25s jaan answers
        30s kati hangs up
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            21.01s   offer of c1 to mari ends: no_answer after ringing 19.98s
            21.01s   c1 is offered to jaan
            21.02s   jaan: it rings, "kati (sales)"
            21.03s   jaan's phone rings for c1
            25.01s   c1 is recorded
            25.01s   offer of c1 to jaan ends: answered after ringing 3.98s
            25.01s   c1 leaves sales: answered after 24s
            25.01s   c1 talks with jaan
            25.02s   jaan: connected
            30.01s   c1 and jaan have talked 5s: caller hung up
            30.02s   jaan: hung up on
            30.21s   c1 is on file, 5s
        "#]],
    );
}

#[test]
fn while_it_rings() {
    check(
        "
        tell sip
        group sales ring=20s
        agent mari sales=1
        agent jaan sales=2
        1s kati dials sales
        5s mari dies
        25s jaan answers
        30s kati hangs up
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
            21.01s   offer of c1 to mari ends: no_answer after ringing 19.98s
            21.01s   c1 is offered to jaan
            21.01s       mari <- CANCEL
            21.01s       jaan <- INVITE
            21.02s       jaan -> 100 INVITE
            21.02s   jaan: it rings, "kati (sales)"
            21.02s       jaan -> 180 INVITE
            21.03s   jaan's phone rings for c1
            25s          jaan -> 200 INVITE
            25.01s       jaan <- ACK
            25.01s   c1 is recorded
            25.01s   offer of c1 to jaan ends: answered after ringing 3.98s
            25.01s   c1 leaves sales: answered after 24s
            25.01s   c1 talks with jaan
            25.02s   jaan: connected
            30s          kati -> BYE
            30.01s       kati <- 200 BYE
            30.01s   c1 and jaan have talked 5s: caller hung up
            30.01s       jaan <- BYE
            30.02s       jaan -> 200 BYE
            30.02s   jaan: hung up on
            30.21s   c1 is on file, 5s
        "#]],
    );
}

#[test]
fn with_the_answer_on_its_lips() {
    check(
        "
        group sales ring=20s
        agent mari sales=1
        agent jaan sales=2
        0s lose all 200 INVITE from mari
        1s kati dials sales
        5s mari answers
        6s mari dies
        25s jaan answers
        30s kati hangs up
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            21.01s   offer of c1 to mari ends: no_answer after ringing 19.98s
            21.01s   c1 is offered to jaan
            21.02s   jaan: it rings, "kati (sales)"
            21.03s   jaan's phone rings for c1
            25.01s   c1 is recorded
            25.01s   offer of c1 to jaan ends: answered after ringing 3.98s
            25.01s   c1 leaves sales: answered after 24s
            25.01s   c1 talks with jaan
            25.02s   jaan: connected
            30.01s   c1 and jaan have talked 5s: caller hung up
            30.02s   jaan: hung up on
            30.21s   c1 is on file, 5s
        "#]],
    );
}

#[test]
fn before_its_answer_is_acknowledged() {
    check(
        "
        tell sip
        group sales wrap=5s
        agent mari sales=1
        1s kati dials sales
        5s mari answers
        5.005s mari dies
        60s kati hangs up
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
            35.01s   c1 and mari have talked 30s: agent was cut off
            35.01s   mari wraps up c1
            35.01s   c1 waits in sales, place 1, returned
            35.01s       mari <- BYE
            40.01s   mari has wrapped up, by timer
            60s          kati -> BYE
            60.01s       kati <- 200 BYE
            60.01s   c1 leaves sales: abandoned after 25s
            60.21s   c1 is on file, 55s
        "#]],
    );
}

#[test]
fn while_they_talk() {
    check(
        "
        tell media
        group sales wrap=5s
        agent mari sales=1
        1s kati dials sales
        5s mari answers
        20s mari dies
        60s kati hangs up
        ",
        expect![[r#"
            1.01s        relay 0: caller PCMA sendrecv
            1.01s        relay 0: music
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            5.01s        relay 0: caller PCMA sendrecv
            5.01s        relay 0: agent PCMA sendrecv
            5.01s        relay 0: joined
            5.01s        relay 0: record PCMA
            5.01s    c1 is recorded
            5.01s    offer of c1 to mari ends: answered after ringing 3.98s
            5.01s    c1 leaves sales: answered after 4s
            5.01s    c1 talks with mari
            5.02s    mari: connected
            49.01s       relay 0: agent gone
            49.01s       relay 0: music
            49.01s   c1 and mari have talked 44s: agent was cut off
            49.01s   mari wraps up c1
            49.01s   c1 waits in sales, place 1, returned
            54.01s   mari has wrapped up, by timer
            60.01s   c1 leaves sales: abandoned after 11s
            60.01s       relay 0: stop recording
            60.01s       relay 0: free
            60.21s   c1 is on file, 55s
        "#]],
    );
}

#[test]
fn while_it_holds_the_caller() {
    check(
        "
        group sales
        agent mari sales=1
        1s kati dials sales
        5s mari answers
        20s mari holds
        22s mari dies
        130s kati hangs up
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
            20.01s   agent holds c1
            112.01s  agent resumes c1
            112.01s  c1 and mari have talked 107s: agent was cut off
            112.01s  c1 waits in sales, place 1, returned
            130.01s  c1 leaves sales: abandoned after 18s
            130.21s  c1 is on file, 125s
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
        0s lose all BYE from mari
        1s kati dials sales
        5s mari answers
        20s mari hangs up
        60s kati hangs up
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
            20s          mari -> BYE  (lost)
            49.01s   c1 and mari have talked 44s: agent was cut off
            49.01s   c1 waits in sales, place 1, returned
            49.01s       mari <- BYE
            49.02s       mari -> 200 BYE
            60s          kati -> BYE
            60.01s       kati <- 200 BYE
            60.01s   c1 leaves sales: abandoned after 11s
            60.21s   c1 is on file, 55s
        "#]],
    );
}

#[test]
fn while_the_caller_says_goodbye() {
    check(
        "
        tell sip
        group sales
        agent mari sales=1
        1s kati dials sales
        5s mari answers
        20s mari dies
        21s kati hangs up
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
            21s          kati -> BYE
            21.01s       kati <- 200 BYE
            21.01s   c1 and mari have talked 16s: caller hung up
            21.01s       mari <- BYE
            21.21s   c1 is on file, 16s
        "#]],
    );
}

#[test]
fn and_the_network_says_so_while_it_rings() {
    check(
        "
        group sales
        agent mari sales=1
        agent jaan sales=2
        1s kati dials sales
        5s mari dies
        5.5s the network refuses mari
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
            5.5s     mari has lost the phone mari
            5.5s     offer of c1 to mari ends: unreachable after ringing 4.47s
            5.5s     c1 is offered to jaan
            5.51s    jaan: it rings, "kati (sales)"
            5.52s    jaan's phone rings for c1
            8.01s    c1 is recorded
            8.01s    offer of c1 to jaan ends: answered after ringing 2.49s
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
fn and_the_network_says_so_while_they_talk() {
    check(
        "
        group sales
        agent mari sales=1
        1s kati dials sales
        5s mari answers
        9s mari dies
        10s the network refuses mari
        20s kati hangs up
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
            10s      mari has lost the phone mari
            10s      c1 and mari have talked 4.99s: agent was cut off
            10s      c1 waits in sales, place 1, returned
            20.01s   c1 leaves sales: abandoned after 10.01s
            20.21s   c1 is on file, 15s
        "#]],
    );
}
