//! Phones come and go while calls are up.

use expect_test::expect;

use crate::check;

#[test]
fn a_phone_moves_while_it_rings() {
    check(
        "
        tell sip
        group sales ring=10s
        agent mari sales=1
        1s kati dials sales
        5s mari's phone moves
        7s mari answers
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
            5s           mari -> REGISTER
            5.01s        mari <- 401 REGISTER
            5.02s        mari -> REGISTER
            5.03s        mari <- 200 REGISTER
            7s           mari -> 200 INVITE
            7.01s        mari <- ACK
            7.01s    c1 is recorded
            7.01s    offer of c1 to mari ends: answered after ringing 5.98s
            7.01s    c1 leaves sales: answered after 6s
            7.01s    c1 talks with mari
            7.02s    mari: connected
            9s           kati -> BYE
            9.01s        kati <- 200 BYE
            9.01s    c1 and mari have talked 2s: caller hung up
            9.01s        mari <- BYE
            9.02s        mari -> 200 BYE
            9.02s    mari: hung up on
            9.21s    c1 is on file, 2s
        "#]],
    );
}

#[test]
fn a_phone_moves_while_it_talks() {
    check(
        "
        group sales
        agent mari sales=1
        1s kati dials sales
        5s mari answers
        8s mari's phone moves
        12s mari hangs up
        13s peeter dials sales
        15s mari answers
        18s peeter hangs up
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
            12.01s   c1 and mari have talked 7s: agent hung up
            12.02s   kati: hung up on
            12.21s   c1 is on file, 7s
            13.01s   peeter dials 6000001: c2
            13.01s   c2 waits in sales, place 1
            13.01s   c2 is offered to mari
            13.02s   peeter: answered
            13.02s   mari: it rings, "peeter (sales)"
            13.03s   mari's phone rings for c2
            15.01s   c2 is recorded
            15.01s   offer of c2 to mari ends: answered after ringing 1.98s
            15.01s   c2 leaves sales: answered after 2s
            15.01s   c2 talks with mari
            15.02s   mari: connected
            18.01s   c2 and mari have talked 3s: caller hung up
            18.02s   mari: hung up on
            18.21s   c2 is on file, 3s
        "#]],
    );
}

#[test]
fn a_phone_restarts_while_it_rings_and_the_new_one_rings_next() {
    check(
        "
        group sales ring=10s
        agent mari sales=1
        1s kati dials sales
        5s mari's phone restarts
        60s mari answers
        70s kati hangs up
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            11.01s   offer of c1 to mari ends: no_answer after ringing 9.98s
            41.01s   c1 is offered to mari
            41.02s   mari: it rings, "kati (sales)"
            41.03s   mari's phone rings for c1
            51.01s   offer of c1 to mari ends: no_answer after ringing 9.98s
            51.02s   mari: it stops ringing
            70.01s   c1 leaves sales: abandoned after 69s
        "#]],
    );
}

#[test]
fn a_phone_restarts_while_it_talks() {
    check(
        "
        group sales
        agent mari sales=1
        1s kati dials sales
        5s mari answers
        8s mari's phone restarts
        70s mari answers
        80s kati hangs up
        90s peeter dials sales
        92s mari answers
        100s peeter hangs up
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
            37.01s   c1 and mari have talked 32s: agent was cut off
            37.01s   c1 waits in sales, place 1, returned
            67.01s   c1 is offered to mari
            67.02s   mari: it rings, "kati (sales)"
            67.03s   mari's phone rings for c1
            70.01s   offer of c1 to mari ends: answered after ringing 2.98s
            70.01s   c1 leaves sales: answered after 33s
            70.01s   c1 talks with mari
            70.02s   mari: connected
            80.01s   c1 and mari have talked 10s: caller hung up
            80.02s   mari: hung up on
            80.21s   c1 is on file, 75s
            90.01s   peeter dials 6000001: c2
            90.01s   c2 waits in sales, place 1
            90.01s   c2 is offered to mari
            90.02s   peeter: answered
            90.02s   mari: it rings, "peeter (sales)"
            90.03s   mari's phone rings for c2
            92.01s   c2 is recorded
            92.01s   offer of c2 to mari ends: answered after ringing 1.98s
            92.01s   c2 leaves sales: answered after 2s
            92.01s   c2 talks with mari
            92.02s   mari: connected
            100.01s  c2 and mari have talked 8s: caller hung up
            100.02s  mari: hung up on
            100.21s  c2 is on file, 8s
        "#]],
    );
}

#[test]
fn a_registration_runs_out_while_they_talk() {
    check(
        "
        tell activity
        group sales
        agent mari sales=1
        0s mari's phone registers for 60s
        1s kati dials sales
        5s mari answers
        90s kati hangs up
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.01s    mari is offered a call
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            5.01s    c1 is recorded
            5.01s    offer of c1 to mari ends: answered after ringing 3.98s
            5.01s    c1 leaves sales: answered after 4s
            5.01s    c1 talks with mari
            5.01s    mari is talking
            5.02s    mari: connected
            60.03s   mari has lost the phone mari
            90.01s   c1 and mari have talked 85s: caller hung up
            90.01s   mari is unreachable
            90.02s   mari: hung up on
            90.21s   c1 is on file, 85s
        "#]],
    );
}

#[test]
fn a_registration_runs_out_while_it_rings() {
    check(
        "
        tell sip
        group sales ring=90s
        agent mari sales=1
        0s mari's phone registers for 60s
        1s kati dials sales
        80s kati hangs up
        ",
        expect![[r#"
            0s           mari -> REGISTER
            0.01s        mari <- 401 REGISTER
            0.02s        mari -> REGISTER
            0.03s        mari <- 200 REGISTER
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
            60.03s   mari has lost the phone mari
            60.03s   offer of c1 to mari ends: unreachable after ringing 59s
            60.03s       mari <- CANCEL
            60.04s       mari -> 200 CANCEL
            60.04s       mari -> 487 INVITE
            60.04s   mari: it stops ringing
            60.05s       mari <- ACK
            80s          kati -> BYE
            80.01s       kati <- 200 BYE
            80.01s   c1 leaves sales: abandoned after 79s
        "#]],
    );
}

#[test]
fn a_phone_says_goodbye_while_it_rings() {
    check(
        "
        group sales
        agent mari sales=1
        agent jaan sales=2
        1s kati dials sales
        5s mari's phone unregisters
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
            5.03s    mari has lost the phone mari
            5.03s    offer of c1 to mari ends: unreachable after ringing 4s
            5.03s    c1 is offered to jaan
            5.04s    mari: it stops ringing
            5.04s    jaan: it rings, "kati (sales)"
            5.05s    jaan's phone rings for c1
            8.01s    c1 is recorded
            8.01s    offer of c1 to jaan ends: answered after ringing 2.96s
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
fn a_removed_credential_takes_the_phone_with_it() {
    check(
        "
        tell activity
        group sales
        agent mari sales=1
        agent jaan sales=2
        1s kati dials sales
        5s mari's credential is removed
        8s jaan answers
        9s kati hangs up
        10s mari's phone registers for 600s
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.01s    mari is offered a call
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            5s       mari has lost the phone mari
            5s       offer of c1 to mari ends: unreachable after ringing 3.97s
            5s       mari is unreachable
            5s       c1 is offered to jaan
            5s       jaan is offered a call
            5s       plan 2 is in force
            5.01s    mari: it stops ringing
            5.01s    jaan: it rings, "kati (sales)"
            5.02s    jaan's phone rings for c1
            8.01s    c1 is recorded
            8.01s    offer of c1 to jaan ends: answered after ringing 2.99s
            8.01s    c1 leaves sales: answered after 7s
            8.01s    c1 talks with jaan
            8.01s    jaan is talking
            8.02s    jaan: connected
            9.01s    c1 and jaan have talked 1s: caller hung up
            9.01s    jaan is idle
            9.02s    jaan: hung up on
            9.21s    c1 is on file, 1s
            10.04s   mari: is not registered: 403
        "#]],
    );
}

#[test]
fn a_credential_removed_during_a_talk_lets_the_talk_go_on() {
    check(
        "
        group sales
        agent mari sales=1
        1s kati dials sales
        5s mari answers
        8s mari's credential is removed
        12s kati hangs up
        13s peeter dials sales
        20s peeter hangs up
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
            8s       mari has lost the phone mari
            8s       plan 2 is in force
            12.01s   c1 and mari have talked 7s: caller hung up
            12.02s   mari: hung up on
            12.21s   c1 is on file, 7s
            13.01s   peeter dials 6000001: c2
            13.01s   c2 waits in sales, place 1
            13.02s   peeter: answered
            20.01s   c2 leaves sales: abandoned after 7s
        "#]],
    );
}

#[test]
fn a_phone_given_to_somebody_else_rings_for_him() {
    check(
        "
        tell activity
        group sales
        agent mari sales=1
        agent jaan sales=2 phone=off
        1s mari's phone is given to jaan
        2s kati dials sales
        5s mari answers
        9s kati hangs up
        ",
        expect![[r#"
            1s       mari has lost the phone mari
            1s       jaan has a phone
            1s       mari is unreachable
            1s       jaan is idle
            1s       plan 2 is in force
            2.01s    kati dials 6000001: c1
            2.01s    c1 waits in sales, place 1
            2.01s    c1 is offered to jaan
            2.01s    jaan is offered a call
            2.02s    kati: answered
            2.02s    mari: it rings, "kati (sales)"
            2.03s    jaan's phone rings for c1
            5.01s    c1 is recorded
            5.01s    offer of c1 to jaan ends: answered after ringing 2.98s
            5.01s    c1 leaves sales: answered after 3s
            5.01s    c1 talks with jaan
            5.01s    jaan is talking
            5.02s    mari: connected
            9.01s    c1 and jaan have talked 4s: caller hung up
            9.01s    jaan is idle
            9.02s    mari: hung up on
            9.21s    c1 is on file, 4s
        "#]],
    );
}
