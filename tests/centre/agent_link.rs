//! The link to the agent's phone dies at every step, in one direction or both; both phones live.

use expect_test::expect;

use crate::check;

#[test]
fn to_the_agent_before_it_rings() {
    check(
        "
        group sales ring=20s
        agent mari sales=1
        agent jaan sales=2
        0s cut to mari
        1s kati dials sales
        25s jaan answers
        30s kati hangs up
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            9.01s    offer of c1 to mari ends: unreachable
            9.01s    c1 is offered to jaan
            9.02s    jaan: it rings, "kati (sales)"
            9.03s    jaan's phone rings for c1
            25.01s   c1 is recorded
            25.01s   offer of c1 to jaan ends: answered after ringing 15.98s
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
fn to_the_agent_while_it_rings_and_the_phone_stops_by_itself() {
    check(
        "
        tell sip
        group sales ring=10s
        agent mari sales=1
        agent jaan sales=2
        1s kati dials sales
        5s cut to mari
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
            11.01s   offer of c1 to mari ends: no_answer after ringing 9.98s
            11.01s   c1 is offered to jaan
            11.01s       mari <- CANCEL  (lost)
            11.01s       jaan <- INVITE
            11.02s       jaan -> 100 INVITE
            11.02s   jaan: it rings, "kati (sales)"
            11.02s       jaan -> 180 INVITE
            11.03s   jaan's phone rings for c1
            16.02s       mari -> 487 INVITE
            16.02s   mari: it stops ringing
            16.03s       mari <- ACK  (lost)
            21.01s   offer of c1 to jaan ends: no_answer after ringing 9.98s
            21.01s       jaan <- CANCEL
            21.02s       jaan -> 200 CANCEL
            21.02s       jaan -> 487 INVITE
            21.02s   jaan: it stops ringing
            21.03s       jaan <- ACK
            30s          kati -> BYE
            30.01s       kati <- 200 BYE
            30.01s   c1 leaves sales: abandoned after 29s
        "#]],
    );
}

#[test]
fn from_the_agent_before_it_says_that_it_rings() {
    check(
        "
        tell sip
        group sales ring=10s
        agent mari sales=1
        agent jaan sales=2
        0s cut from mari
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
            1.02s        mari -> 100 INVITE  (lost)
            1.02s    mari: it rings, "kati (sales)"
            1.02s        mari -> 180 INVITE  (lost)
            9.01s    offer of c1 to mari ends: unreachable
            9.01s    c1 is offered to jaan
            9.01s        jaan <- INVITE
            9.02s        jaan -> 100 INVITE
            9.02s    jaan: it rings, "kati (sales)"
            9.02s        jaan -> 180 INVITE
            9.03s    jaan's phone rings for c1
            16.02s       mari -> 487 INVITE  (lost)
            16.02s   mari: it stops ringing
            19.01s   offer of c1 to jaan ends: no_answer after ringing 9.98s
            19.01s       jaan <- CANCEL
            19.02s       jaan -> 200 CANCEL
            19.02s       jaan -> 487 INVITE
            19.02s   jaan: it stops ringing
            19.03s       jaan <- ACK
            30s          kati -> BYE
            30.01s       kati <- 200 BYE
            30.01s   c1 leaves sales: abandoned after 29s
        "#]],
    );
}

#[test]
fn from_the_agent_while_it_rings() {
    check(
        "
        group sales ring=10s
        agent mari sales=1
        agent jaan sales=2
        1s kati dials sales
        5s cut from mari
        6s mari answers
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
            11.01s   offer of c1 to mari ends: no_answer after ringing 9.98s
            11.01s   c1 is offered to jaan
            11.02s   jaan: it rings, "kati (sales)"
            11.03s   jaan's phone rings for c1
            21.01s   offer of c1 to jaan ends: no_answer after ringing 9.98s
            21.02s   jaan: it stops ringing
            30.01s   c1 leaves sales: abandoned after 29s
            38s      mari: nobody is there
        "#]],
    );
}

#[test]
fn to_the_agent_between_his_answer_and_its_acknowledgement() {
    check(
        "
        tell sip
        group sales
        agent mari sales=1
        1s kati dials sales
        5s mari answers
        5.005s cut to mari
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
            5s           mari -> 200 INVITE
            5.01s        mari <- ACK  (lost)
            5.01s    c1 is recorded
            5.01s    offer of c1 to mari ends: answered after ringing 3.98s
            5.01s    c1 leaves sales: answered after 4s
            5.01s    c1 talks with mari
            20s          kati -> BYE
            20.01s       kati <- 200 BYE
            20.01s   c1 and mari have talked 15s: caller hung up
            20.01s       mari <- BYE  (lost)
            20.21s   c1 is on file, 15s
            37s      mari: nobody is there
            37s          mari -> BYE
            37.01s       mari <- 200 BYE  (lost)
        "#]],
    );
}

#[test]
fn the_agents_while_they_talk() {
    check(
        "
        group sales wrap=5s
        agent mari sales=1
        1s kati dials sales
        5s mari answers
        9s cut mari
        60s kati hangs up
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
            38.01s   c1 and mari have talked 33s: agent was cut off
            38.01s   mari wraps up c1
            38.01s   c1 waits in sales, place 1, returned
            43.01s   mari has wrapped up, by timer
            60.01s   c1 leaves sales: abandoned after 22s
            60.21s   c1 is on file, 55s
        "#]],
    );
}

#[test]
fn the_agents_for_a_moment_only() {
    check(
        "
        tell sip
        group sales
        agent mari sales=1
        1s kati dials sales
        5s mari answers
        9s cut mari
        10s kati hangs up
        14s mend mari
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
            10s          kati -> BYE
            10.01s       kati <- 200 BYE
            10.01s   c1 and mari have talked 5s: caller hung up
            10.01s       mari <- BYE  (lost)
            10.21s   c1 is on file, 5s
            17.51s       mari <- BYE
            17.52s       mari -> 200 BYE
            17.52s   mari: hung up on
        "#]],
    );
}

#[test]
fn only_its_microphone_dies() {
    check(
        "
        group sales
        agent mari sales=1
        1s kati dials sales
        5s mari answers
        20s mari falls silent
        60s kati hangs up
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
            49.01s   c1 and mari have talked 44s: agent was cut off
            49.01s   c1 waits in sales, place 1, returned
            49.02s   mari: hung up on
            60.01s   c1 leaves sales: abandoned after 11s
            60.21s   c1 is on file, 55s
        "#]],
    );
}
