//! How office calls end: by hand, by silence, by the network, by the plan, by ourselves.

use expect_test::expect;

use crate::check;

#[test]
fn colleagues_hold_and_resume() {
    check(
        "
        tell sip media
        agent mari
        agent jaan
        1s mari dials jaan
        3s jaan answers
        5s mari holds
        70s mari resumes without sdp
        75s jaan holds
        80s jaan resumes
        85s jaan hangs up
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
            3.01s        relay 0: caller PCMA sendrecv
            3.01s        relay 0: agent PCMA sendrecv
            3.01s        relay 0: joined
            3.01s    c1 is answered
            3.01s        mari <- 200 INVITE
            3.02s    jaan: connected
            3.02s        mari -> ACK
            3.02s    mari: answered
            5s           mari -> INVITE
            5.01s        mari <- 100 INVITE
            5.01s        relay 0: caller PCMA recvonly
            5.01s        mari <- 200 INVITE
            5.02s        mari -> ACK
            65.01s       mari <- OPTIONS
            65.02s       mari -> 200 OPTIONS
            70s          mari -> INVITE
            70.01s       mari <- 100 INVITE
            70.01s       mari <- 200 INVITE
            70.02s       mari -> ACK
            70.03s       relay 0: caller PCMA sendrecv
            75s          jaan -> INVITE
            75.01s       jaan <- 100 INVITE
            75.01s       relay 0: agent PCMA recvonly
            75.01s       jaan <- 200 INVITE
            75.02s       jaan -> ACK
            80s          jaan -> INVITE
            80.01s       jaan <- 100 INVITE
            80.01s       relay 0: agent PCMA sendrecv
            80.01s       jaan <- 200 INVITE
            80.02s       jaan -> ACK
            85s          jaan -> BYE
            85.01s       jaan <- 200 BYE
            85.01s   c1 ends: answered, talked 82s
            85.01s       relay 0: free
            85.01s       mari <- BYE
            85.02s       mari -> 200 BYE
            85.02s   mari: hung up on
        "#]],
    );
}

#[test]
fn a_phone_may_leave_the_offer_to_us_when_it_dials_a_colleague() {
    check(
        "
        tell media
        agent mari
        agent jaan
        1s mari dials jaan without sdp
        3s jaan answers
        9s jaan hangs up
        ",
        expect![[r#"
            1.03s    mari calls jaan: c1
            1.04s    jaan: it rings, "mari"
            3.01s        relay 0: caller gone
            3.01s        relay 0: agent PCMA sendrecv
            3.01s        relay 0: joined
            3.01s    c1 is answered
            3.02s    jaan: connected
            3.02s    mari: answered
            3.03s        relay 0: caller PCMA sendrecv
            9.01s    c1 ends: answered, talked 6s
            9.01s        relay 0: free
            9.02s    mari: hung up on
        "#]],
    );
}

#[test]
fn a_colleague_who_dies_in_a_talk_is_noticed_by_his_silence() {
    check(
        "
        tell activity
        agent mari
        agent jaan
        1s mari dials jaan
        3s jaan answers
        5s jaan dies
        ",
        expect![[r#"
            1.03s    mari calls jaan: c1
            1.03s    mari is talking with a colleague
            1.03s    jaan is talking with a colleague
            1.04s    jaan: it rings, "mari"
            3.01s    c1 is answered
            3.02s    jaan: connected
            3.02s    mari: answered
            34.01s   c1 ends: answered, talked 31s
            34.01s   mari is idle
            34.01s   jaan is idle
            34.02s   mari: hung up on
        "#]],
    );
}

#[test]
fn a_colleague_who_dies_on_hold_is_asked_and_not_there() {
    check(
        "
        agent mari
        agent jaan
        1s mari dials jaan
        3s jaan answers
        5s jaan holds
        6s jaan dies
        ",
        expect![[r#"
            1.03s    mari calls jaan: c1
            1.04s    jaan: it rings, "mari"
            3.01s    c1 is answered
            3.02s    jaan: connected
            3.02s    mari: answered
            97.01s   c1 ends: answered, talked 94s
            97.02s   mari: hung up on
        "#]],
    );
}

#[test]
fn a_phone_that_says_nothing_is_given_up_after_eight_seconds() {
    check(
        "
        tell activity
        agent mari
        agent jaan
        0s cut jaan
        1s mari dials jaan
        ",
        expect![[r#"
            1.03s    mari calls jaan: c1
            1.03s    mari is talking with a colleague
            1.03s    jaan is talking with a colleague
            9.03s    c1 ends: unreachable, talked 0s
            9.03s    mari is idle
            9.03s    jaan is idle
            9.04s    mari: refused with 480
        "#]],
    );
}

#[test]
fn a_network_that_refuses_a_phone_ends_its_office_call() {
    check(
        "
        agent mari
        agent jaan
        1s mari dials jaan
        3s jaan answers
        5s jaan dies
        5s the network refuses jaan
        ",
        expect![[r#"
            1.03s    mari calls jaan: c1
            1.04s    jaan: it rings, "mari"
            3.01s    c1 is answered
            3.02s    jaan: connected
            3.02s    mari: answered
            5s       c1 ends: answered, talked 1.99s
            5s       jaan has lost the phone jaan
            5.01s    mari: hung up on
        "#]],
    );
}

#[test]
fn office_calls_that_go_on_outlive_a_drain_and_new_ones_are_refused() {
    check(
        "
        agent mari
        agent jaan
        agent tiit
        agent leo
        1s mari dials jaan
        3s jaan answers
        4s the centre drains
        5s tiit dials leo
        9s jaan hangs up
        ",
        expect![[r#"
            1.03s    mari calls jaan: c1
            1.04s    jaan: it rings, "mari"
            3.01s    c1 is answered
            3.02s    jaan: connected
            3.02s    mari: answered
            5.03s    tiit cannot call 104: 503
            5.04s    tiit: refused with 503
            9.01s    c1 ends: answered, talked 6s
            9.02s    mari: hung up on
        "#]],
    );
}

#[test]
fn the_end_of_all_ends_office_calls() {
    check(
        "
        tell activity
        agent mari
        agent jaan
        agent tiit
        agent leo
        1s mari dials jaan
        3s jaan answers
        5s tiit dials leo
        6s the centre ends all
        ",
        expect![[r#"
            1.03s    mari calls jaan: c1
            1.03s    mari is talking with a colleague
            1.03s    jaan is talking with a colleague
            1.04s    jaan: it rings, "mari"
            3.01s    c1 is answered
            3.02s    jaan: connected
            3.02s    mari: answered
            5.03s    tiit calls leo: c2
            5.03s    tiit is talking with a colleague
            5.03s    leo is talking with a colleague
            5.04s    leo: it rings, "tiit"
            6s       c1 ends: answered, talked 2.99s
            6s       c2 ends: cancelled, talked 0s
            6s       mari is idle
            6s       jaan is idle
            6s       tiit is idle
            6s       leo is idle
            6.01s    mari: hung up on
            6.01s    jaan: hung up on
            6.01s    tiit: refused with 503
            6.01s    leo: it stops ringing
        "#]],
    );
}

#[test]
fn a_plan_that_takes_a_phone_away_lets_its_office_call_end_by_itself() {
    check(
        "
        agent mari
        agent jaan
        1s mari dials jaan
        3s jaan answers
        4s mari's credential is removed
        9s jaan hangs up
        ",
        expect![[r#"
            1.03s    mari calls jaan: c1
            1.04s    jaan: it rings, "mari"
            3.01s    c1 is answered
            3.02s    jaan: connected
            3.02s    mari: answered
            4s       mari has lost the phone mari
            4s       plan 2 is in force
            9.01s    c1 ends: answered, talked 6s
            9.02s    mari: hung up on
        "#]],
    );
}
