//! Office calls and other calls that cross in the same moment.

use expect_test::expect;

use crate::check;

#[test]
fn an_answer_crosses_the_caller_giving_up() {
    check(
        "
        tell sip activity
        agent mari
        agent jaan
        1s mari dials jaan
        5s jaan answers
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
            5s           jaan -> 200 INVITE
            5s           mari -> CANCEL
            5.01s        jaan <- ACK
            5.01s    c1 is answered
            5.01s        mari <- 200 INVITE
            5.01s        mari <- 200 CANCEL
            5.02s    jaan: connected
            5.02s        mari -> ACK
            5.02s        mari -> BYE
            5.03s        mari <- 200 BYE
            5.03s    c1 ends: answered, talked 0.02s
            5.03s        jaan <- BYE
            5.03s    mari is idle
            5.03s    jaan is idle
            5.04s        jaan -> 200 BYE
            5.04s    jaan: hung up on
        "#]],
    );
}

#[test]
fn both_hang_up_at_once() {
    check(
        "
        tell sip
        agent mari
        agent jaan
        1s mari dials jaan
        3s jaan answers
        5s jaan hangs up
        5s mari hangs up
        ",
        expect![[r#"
            1s           mari -> INVITE
            1.01s        mari <- 401 INVITE
            1.02s        mari -> ACK
            1.02s        mari -> INVITE
            1.03s        mari <- 100 INVITE
            1.03s    mari calls jaan: c1
            1.03s        jaan <- INVITE
            1.04s        jaan -> 100 INVITE
            1.04s    jaan: it rings, "mari"
            1.04s        jaan -> 180 INVITE
            1.05s        mari <- 180 INVITE
            3s           jaan -> 200 INVITE
            3.01s        jaan <- ACK
            3.01s    c1 is answered
            3.01s        mari <- 200 INVITE
            3.02s    jaan: connected
            3.02s        mari -> ACK
            3.02s    mari: answered
            5s           jaan -> BYE
            5s           mari -> BYE
            5.01s        jaan <- 200 BYE
            5.01s    c1 ends: answered, talked 2s
            5.01s        mari <- BYE
            5.01s        mari <- 200 BYE
            5.02s        mari -> 200 BYE
        "#]],
    );
}

#[test]
fn an_agent_who_dials_while_his_phone_rings_lets_the_caller_go_to_somebody_else() {
    check(
        "
        tell activity
        group sales wrap=0s
        agent mari sales=1
        agent jaan sales=2
        agent tiit
        1s kati dials sales
        3s mari's phone is new
        4s mari dials tiit
        5s jaan answers
        6s tiit answers
        9s mari hangs up
        10s kati hangs up
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.01s    mari is offered a call
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            4.03s    mari calls tiit: c2
            4.03s    offer of c1 to mari ends: withdrawn after ringing 3s
            4.03s    mari is talking with a colleague
            4.03s    c1 is offered to jaan
            4.03s    jaan is offered a call
            4.03s    tiit is talking with a colleague
            4.04s    tiit: it rings, "mari"
            4.04s    mari: it stops ringing
            4.04s    jaan: it rings, "kati (sales)"
            4.05s    jaan's phone rings for c1
            5.01s    c1 is recorded
            5.01s    offer of c1 to jaan ends: answered after ringing 0.96s
            5.01s    c1 leaves sales: answered after 4s
            5.01s    c1 talks with jaan
            5.01s    jaan is talking
            5.02s    jaan: connected
            6.01s    c2 is answered
            6.02s    tiit: connected
            6.02s    mari: answered
            9.01s    c2 ends: answered, talked 3s
            9.01s    mari is idle
            9.01s    tiit is idle
            9.02s    tiit: hung up on
            10.01s   c1 and jaan have talked 5s: caller hung up
            10.01s   jaan is idle
            10.02s   jaan: hung up on
            10.21s   c1 is on file, 5s
        "#]],
    );
}

#[test]
fn an_offer_crosses_the_dialling_of_a_colleague() {
    check(
        "
        tell sip
        group sales wrap=0s
        agent mari sales=1
        agent tiit
        1s mari dials tiit
        1s kati dials sales
        3s tiit answers
        5s mari hangs up
        6s kati hangs up
        ",
        expect![[r#"
            1s           mari -> INVITE
            1s           kati -> INVITE
            1.01s        mari <- 401 INVITE
            1.01s        kati <- 100 INVITE
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.01s        kati <- 200 INVITE
            1.01s        mari <- INVITE
            1.02s        mari -> ACK
            1.02s        mari -> INVITE
            1.02s        kati -> ACK
            1.02s    kati: answered
            1.02s        mari -> 100 INVITE
            1.02s    mari: is busy
            1.02s        mari -> 486 INVITE
            1.03s        mari <- 100 INVITE
            1.03s    mari calls tiit: c2
            1.03s    offer of c1 to mari ends: withdrawn
            1.03s        tiit <- INVITE
            1.03s        mari <- CANCEL
            1.03s        mari <- ACK
            1.04s        tiit -> 100 INVITE
            1.04s    tiit: it rings, "mari"
            1.04s        tiit -> 180 INVITE
            1.04s        mari -> 200 CANCEL
            1.05s        mari <- 180 INVITE
            3s           tiit -> 200 INVITE
            3.01s        tiit <- ACK
            3.01s    c2 is answered
            3.01s        mari <- 200 INVITE
            3.02s    tiit: connected
            3.02s        mari -> ACK
            3.02s    mari: answered
            5s           mari -> BYE
            5.01s        mari <- 200 BYE
            5.01s    c2 ends: answered, talked 2s
            5.01s        tiit <- BYE
            5.01s    c1 is offered to mari
            5.01s        mari <- INVITE
            5.02s        tiit -> 200 BYE
            5.02s    tiit: hung up on
            5.02s        mari -> 100 INVITE
            5.02s    mari: it rings, "kati (sales)"
            5.02s        mari -> 180 INVITE
            5.03s    mari's phone rings for c1
            6s           kati -> BYE
            6.01s        kati <- 200 BYE
            6.01s    offer of c1 to mari ends: caller_left after ringing 0.98s
            6.01s    c1 leaves sales: abandoned after 5s
            6.01s        mari <- CANCEL
            6.02s        mari -> 200 CANCEL
            6.02s        mari -> 487 INVITE
            6.02s    mari: it stops ringing
            6.03s        mari <- ACK
        "#]],
    );
}

#[test]
fn an_agent_answers_an_offer_in_the_moment_in_which_he_is_called() {
    check(
        "
        group sales wrap=0s
        agent mari sales=1
        agent tiit
        1s kati dials sales
        3s mari answers
        3s tiit dials mari
        9s kati hangs up
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
            3.03s    tiit cannot call 101: 486
            3.04s    tiit: refused with 486
            9.01s    c1 and mari have talked 6s: caller hung up
            9.02s    mari: hung up on
            9.21s    c1 is on file, 6s
        "#]],
    );
}

/// On two phones of one person: the second call goes on when the first is over.
#[test]
fn a_second_call_of_ones_own_keeps_one_occupied() {
    check(
        "
        tell activity
        group sales wrap=0s
        agent mari sales=1
        agent tiit
        agent leo
        1s mari dials tiit
        2s tiit answers
        3s mari's phone is new
        4s mari dials leo
        5s leo answers
        6s tiit hangs up
        7s kati dials sales
        9s leo hangs up
        11s mari answers
        12s kati hangs up
        ",
        expect![[r#"
            1.03s    mari calls tiit: c1
            1.03s    mari is talking with a colleague
            1.03s    tiit is talking with a colleague
            1.04s    tiit: it rings, "mari"
            2.01s    c1 is answered
            2.02s    tiit: connected
            2.02s    mari: answered
            4.03s    mari calls leo: c2
            4.03s    leo is talking with a colleague
            4.04s    leo: it rings, "mari"
            5.01s    c2 is answered
            5.02s    leo: connected
            5.02s    mari: answered
            6.01s    c1 ends: answered, talked 4s
            6.01s    tiit is idle
            6.02s    mari: hung up on
            7.01s    kati dials 6000001: c3
            7.01s    c3 waits in sales, place 1
            7.02s    kati: answered
            9.01s    c2 ends: answered, talked 4s
            9.01s    mari is idle
            9.01s    c3 is offered to mari
            9.01s    mari is offered a call
            9.01s    leo is idle
            9.02s    mari: hung up on
            9.02s    mari: it rings, "kati (sales)"
            9.03s    mari's phone rings for c3
            11.01s   c3 is recorded
            11.01s   offer of c3 to mari ends: answered after ringing 1.98s
            11.01s   c3 leaves sales: answered after 4s
            11.01s   c3 talks with mari
            11.01s   mari is talking
            11.02s   mari: connected
            12.01s   c3 and mari have talked 1s: caller hung up
            12.01s   mari is idle
            12.02s   mari: hung up on
            12.21s   c3 is on file, 1s
        "#]],
    );
}

/// On two phones of one person: the question to a colleague outlives the caller's talk.
#[test]
fn an_agent_asks_a_colleague_while_he_talks_with_a_caller() {
    check(
        "
        tell activity
        group sales wrap=0s
        agent mari sales=1
        agent tiit
        1s kati dials sales
        3s mari answers
        4s mari holds
        5s mari's phone is new
        6s mari dials tiit
        7s tiit answers
        9s kati hangs up
        10s uku dials sales
        12s tiit hangs up
        14s mari answers
        16s uku hangs up
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
            4.01s    agent holds c1
            6.03s    mari calls tiit: c2
            6.03s    tiit is talking with a colleague
            6.04s    tiit: it rings, "mari"
            7.01s    c2 is answered
            7.02s    tiit: connected
            7.02s    mari: answered
            9.01s    agent resumes c1
            9.01s    c1 and mari have talked 6s: caller hung up
            9.01s    mari is talking with a colleague
            9.02s    mari: hung up on
            9.21s    c1 is on file, 6s
            10.01s   uku dials 6000001: c3
            10.01s   c3 waits in sales, place 1
            10.02s   uku: answered
            12.01s   c2 ends: answered, talked 5s
            12.01s   mari is idle
            12.01s   c3 is offered to mari
            12.01s   mari is offered a call
            12.01s   tiit is idle
            12.02s   mari: hung up on
            12.02s   mari: it rings, "uku (sales)"
            12.03s   mari's phone rings for c3
            14.01s   c3 is recorded
            14.01s   offer of c3 to mari ends: answered after ringing 1.98s
            14.01s   c3 leaves sales: answered after 4s
            14.01s   c3 talks with mari
            14.01s   mari is talking
            14.02s   mari: connected
            16.01s   c3 and mari have talked 2s: caller hung up
            16.01s   mari is idle
            16.02s   mari: hung up on
            16.21s   c3 is on file, 2s
        "#]],
    );
}
