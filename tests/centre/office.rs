//! Office calls: a colleague calls a colleague, and no group's call rings meanwhile.

use expect_test::expect;

use crate::check;

/// Both hear each other through a relay, nothing is recorded, and either may hang up.
#[test]
fn two_colleagues_call_each_other() {
    check(
        "
        tell sip media activity
        group sales
        agent mari sales=1
        agent jaan sales=2
        1s mari dials jaan
        3s jaan answers
        9s jaan hangs up
        ",
        expect![[r#"
            1s           mari -> INVITE
            1.01s        mari <- 401 INVITE
            1.02s        mari -> ACK
            1.02s        mari -> INVITE
            1.03s        mari <- 100 INVITE
            1.03s    mari calls jaan: c1
            1.03s    mari is talking with a colleague
            1.03s    jaan is talking with a colleague
            1.03s        jaan <- INVITE
            1.04s        jaan -> 100 INVITE
            1.04s    jaan: it rings, "mari"
            1.04s        jaan -> 180 INVITE
            1.05s        mari <- 180 INVITE
            3s           jaan -> 200 INVITE
            3.01s        jaan <- ACK
            3.01s        relay 0: caller PCMA sendrecv
            3.01s        relay 0: agent PCMA sendrecv
            3.01s        relay 0: joined
            3.01s    c1 is answered
            3.01s        mari <- 200 INVITE
            3.02s    jaan: connected
            3.02s        mari -> ACK
            3.02s    mari: answered
            9s           jaan -> BYE
            9.01s        jaan <- 200 BYE
            9.01s    c1 ends: answered, talked 6s
            9.01s        relay 0: free
            9.01s        mari <- BYE
            9.01s    mari is idle
            9.01s    jaan is idle
            9.02s        mari -> 200 BYE
            9.02s    mari: hung up on
        "#]],
    );
}

#[test]
fn who_dialled_hangs_up() {
    check(
        "
        group sales
        agent mari sales=1
        agent jaan sales=2
        1s mari dials jaan
        3s jaan answers
        9s mari hangs up
        ",
        expect![[r#"
            1.03s    mari calls jaan: c1
            1.04s    jaan: it rings, "mari"
            3.01s    c1 is answered
            3.02s    jaan: connected
            3.02s    mari: answered
            9.01s    c1 ends: answered, talked 6s
            9.02s    jaan: hung up on
        "#]],
    );
}

#[test]
fn an_agent_on_an_office_call_is_not_rung_and_gets_the_waiting_caller_at_its_end() {
    check(
        "
        tell activity
        group sales wrap=0s
        agent mari sales=1
        agent tiit
        1s mari dials tiit
        2s kati dials sales
        3s tiit answers
        20s tiit hangs up
        22s mari answers
        30s kati hangs up
        ",
        expect![[r#"
            1.03s    mari calls tiit: c1
            1.03s    mari is talking with a colleague
            1.03s    tiit is talking with a colleague
            1.04s    tiit: it rings, "mari"
            2.01s    kati dials 6000001: c2
            2.01s    c2 waits in sales, place 1
            2.02s    kati: answered
            3.01s    c1 is answered
            3.02s    tiit: connected
            3.02s    mari: answered
            20.01s   c1 ends: answered, talked 17s
            20.01s   mari is idle
            20.01s   c2 is offered to mari
            20.01s   mari is offered a call
            20.01s   tiit is idle
            20.02s   mari: hung up on
            20.02s   mari: it rings, "kati (sales)"
            20.03s   mari's phone rings for c2
            22.01s   c2 is recorded
            22.01s   offer of c2 to mari ends: answered after ringing 1.98s
            22.01s   c2 leaves sales: answered after 20s
            22.01s   c2 talks with mari
            22.01s   mari is talking
            22.02s   mari: connected
            30.01s   c2 and mari have talked 8s: caller hung up
            30.01s   mari is idle
            30.02s   mari: hung up on
            30.21s   c2 is on file, 8s
        "#]],
    );
}

#[test]
fn a_colleague_whose_phone_rings_for_a_colleague_is_not_rung_for_a_caller() {
    check(
        "
        group sales
        agent mari sales=1
        agent tiit
        1s tiit dials mari
        2s kati dials sales
        10s mari rejects
        12s mari answers
        20s kati hangs up
        ",
        expect![[r#"
            1.03s    tiit calls mari: c1
            1.04s    mari: it rings, "tiit"
            2.01s    kati dials 6000001: c2
            2.01s    c2 waits in sales, place 1
            2.02s    kati: answered
            10.01s   c1 ends: rejected, talked 0s
            10.01s   c2 is offered to mari
            10.02s   tiit: refused with 603
            10.02s   mari: it rings, "kati (sales)"
            10.03s   mari's phone rings for c2
            12.01s   c2 is recorded
            12.01s   offer of c2 to mari ends: answered after ringing 1.98s
            12.01s   c2 leaves sales: answered after 10s
            12.01s   c2 talks with mari
            12.02s   mari: connected
            20.01s   c2 and mari have talked 8s: caller hung up
            20.02s   mari: hung up on
            20.21s   c2 is on file, 8s
        "#]],
    );
}

#[test]
fn people_without_a_group_call_each_other() {
    check(
        "
        agent tiit
        agent leo
        1s tiit dials leo
        3s leo answers
        5s leo hangs up
        6s leo dials tiit
        8s tiit answers
        9s leo hangs up
        ",
        expect![[r#"
            1.03s    tiit calls leo: c1
            1.04s    leo: it rings, "tiit"
            3.01s    c1 is answered
            3.02s    leo: connected
            3.02s    tiit: answered
            5.01s    c1 ends: answered, talked 2s
            5.02s    tiit: hung up on
            6.03s    leo calls tiit: c2
            6.04s    tiit: it rings, "leo"
            8.01s    c2 is answered
            8.02s    tiit: connected
            8.02s    leo: answered
            9.01s    c2 ends: answered, talked 1s
            9.02s    tiit: hung up on
        "#]],
    );
}

#[test]
fn a_caller_who_thinks_better_of_it_stops_the_ringing() {
    check(
        "
        tell sip activity
        agent mari
        agent jaan
        1s mari dials jaan
        5s mari hangs up
        ",
        expect![[r#"
            1s           mari -> INVITE
            1.01s        mari <- 401 INVITE
            1.02s        mari -> ACK
            1.02s        mari -> INVITE
            1.03s        mari <- 100 INVITE
            1.03s    mari calls jaan: c1
            1.03s    mari is talking with a colleague
            1.03s    jaan is talking with a colleague
            1.03s        jaan <- INVITE
            1.04s        jaan -> 100 INVITE
            1.04s    jaan: it rings, "mari"
            1.04s        jaan -> 180 INVITE
            1.05s        mari <- 180 INVITE
            5s           mari -> CANCEL
            5.01s        mari <- 200 CANCEL
            5.01s        mari <- 487 INVITE
            5.01s    c1 ends: cancelled, talked 0s
            5.01s        jaan <- CANCEL
            5.01s    mari is idle
            5.01s    jaan is idle
            5.02s        mari -> ACK
            5.02s        jaan -> 200 CANCEL
            5.02s        jaan -> 487 INVITE
            5.02s    jaan: it stops ringing
            5.03s        jaan <- ACK
        "#]],
    );
}

#[test]
fn a_colleague_who_wraps_up_can_be_called() {
    check(
        "
        tell activity
        group sales wrap=20s
        agent mari sales=1
        agent jaan
        1s kati dials sales
        3s mari answers
        6s kati hangs up
        8s jaan dials mari
        9s mari answers
        30s jaan hangs up
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.01s    mari is offered a call
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            3.01s    c1 is recorded
            3.01s    offer of c1 to mari ends: answered after ringing 1.98s
            3.01s    c1 leaves sales: answered after 2s
            3.01s    c1 talks with mari
            3.01s    mari is talking
            3.02s    mari: connected
            6.01s    c1 and mari have talked 3s: caller hung up
            6.01s    mari wraps up c1
            6.01s    mari is wrapping up
            6.02s    mari: hung up on
            6.21s    c1 is on file, 3s
            8.03s    jaan calls mari: c2
            8.03s    jaan is talking with a colleague
            8.04s    mari: it rings, "jaan"
            9.01s    c2 is answered
            9.02s    mari: connected
            9.02s    jaan: answered
            26.01s   mari has wrapped up, by timer
            26.01s   mari is talking with a colleague
            30.01s   c2 ends: answered, talked 21s
            30.01s   jaan is idle
            30.01s   mari is idle
            30.02s   mari: hung up on
        "#]],
    );
}

#[test]
fn the_phone_that_registered_last_rings() {
    check(
        "
        tell sip
        agent mari
        agent jaan
        1s jaan's phone is new
        2s mari dials jaan
        4s jaan answers
        6s mari hangs up
        ",
        expect![[r#"
            1s           jaan -> REGISTER
            1.01s        jaan <- 401 REGISTER
            1.02s        jaan -> REGISTER
            1.03s        jaan <- 200 REGISTER
            2s           mari -> INVITE
            2.01s        mari <- 401 INVITE
            2.02s        mari -> ACK
            2.02s        mari -> INVITE
            2.03s        mari <- 100 INVITE
            2.03s    mari calls jaan: c1
            2.03s        jaan <- INVITE
            2.04s        jaan -> 100 INVITE
            2.04s    jaan: it rings, "mari"
            2.04s        jaan -> 180 INVITE
            2.05s        mari <- 180 INVITE
            4s           jaan -> 200 INVITE
            4.01s        jaan <- ACK
            4.01s    c1 is answered
            4.01s        mari <- 200 INVITE
            4.02s    jaan: connected
            4.02s        mari -> ACK
            4.02s    mari: answered
            6s           mari -> BYE
            6.01s        mari <- 200 BYE
            6.01s    c1 ends: answered, talked 2s
            6.01s        jaan <- BYE
            6.02s        jaan -> 200 BYE
            6.02s    jaan: hung up on
        "#]],
    );
}

#[test]
fn a_colleague_dials_a_group_and_is_not_rung_for_himself() {
    check(
        "
        tell activity
        group sales wrap=0s
        agent mari sales=1
        agent jaan sales=2
        1s mari dials sales
        3s jaan answers
        9s jaan hangs up
        ",
        expect![[r#"
            1.03s    mari is talking with a colleague
            1.03s    mari dials 6000001: c1
            1.03s    c1 waits in sales, place 1
            1.03s    c1 is offered to jaan
            1.03s    jaan is offered a call
            1.04s    mari: answered
            1.04s    jaan: it rings, "mari (sales)"
            1.05s    jaan's phone rings for c1
            3.01s    c1 is recorded
            3.01s    offer of c1 to jaan ends: answered after ringing 1.96s
            3.01s    c1 leaves sales: answered after 1.98s
            3.01s    c1 talks with jaan
            3.01s    jaan is talking
            3.02s    jaan: connected
            9.01s    c1 and jaan have talked 6s: agent hung up
            9.01s    jaan is idle
            9.01s    mari is idle
            9.02s    mari: hung up on
            9.21s    c1 is on file, 6s
        "#]],
    );
}
