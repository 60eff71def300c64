//! Calls in which nothing breaks.

use expect_test::expect;

use crate::check;

#[test]
fn a_caller_hears_music_then_an_agent_and_is_recorded() {
    check(
        "
        tell sip media activity
        group sales ring=20s wrap=10s
        agent mari sales=1
        1s kati dials sales
        4s mari answers
        30s kati hangs up
        ",
        expect![[r#"
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
            1.01s        relay 0: caller PCMA sendrecv
            1.01s        relay 0: music
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.01s    mari is offered a call
            1.01s        kati <- 200 INVITE
            1.01s        mari <- INVITE
            1.02s        kati -> ACK
            1.02s    kati: answered
            1.02s        mari -> 100 INVITE
            1.02s    mari: it rings, "kati (sales)"
            1.02s        mari -> 180 INVITE
            1.03s    mari's phone rings for c1
            4s           mari -> 200 INVITE
            4.01s        mari <- ACK
            4.01s        relay 0: caller PCMA sendrecv
            4.01s        relay 0: agent PCMA sendrecv
            4.01s        relay 0: joined
            4.01s        relay 0: record PCMA
            4.01s    c1 is recorded
            4.01s    offer of c1 to mari ends: answered after ringing 2.98s
            4.01s    c1 leaves sales: answered after 3s
            4.01s    c1 talks with mari
            4.01s    mari is talking
            4.02s    mari: connected
            30s          kati -> BYE
            30.01s       kati <- 200 BYE
            30.01s   c1 and mari have talked 26s: caller hung up
            30.01s   mari wraps up c1
            30.01s   mari is wrapping up
            30.01s       relay 0: stop recording
            30.01s       relay 0: free
            30.01s       mari <- BYE
            30.02s       mari -> 200 BYE
            30.02s   mari: hung up on
            30.21s   c1 is on file, 26s
            40.01s   mari has wrapped up, by timer
            40.01s   mari is idle
        "#]],
    );
}

#[test]
fn an_agent_hangs_up_and_the_caller_is_let_go() {
    check(
        "
        tell sip
        group sales
        agent mari sales=1
        1s kati dials sales
        4s mari answers
        30s mari hangs up
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
            4s           mari -> 200 INVITE
            4.01s        mari <- ACK
            4.01s    c1 is recorded
            4.01s    offer of c1 to mari ends: answered after ringing 2.98s
            4.01s    c1 leaves sales: answered after 3s
            4.01s    c1 talks with mari
            4.02s    mari: connected
            30s          mari -> BYE
            30.01s       mari <- 200 BYE
            30.01s   c1 and mari have talked 26s: agent hung up
            30.01s       kati <- BYE
            30.02s       kati -> 200 BYE
            30.02s   kati: hung up on
            30.21s   c1 is on file, 26s
        "#]],
    );
}

#[test]
fn of_two_agents_one_phone_rings() {
    check(
        "
        group sales ring=15s
        agent mari sales=1
        agent jaan sales=1
        1s kati dials sales
        20s jaan answers
        40s jaan hangs up
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            16.01s   offer of c1 to mari ends: no_answer after ringing 14.98s
            16.01s   c1 is offered to jaan
            16.02s   mari: it stops ringing
            16.02s   jaan: it rings, "kati (sales)"
            16.03s   jaan's phone rings for c1
            20.01s   c1 is recorded
            20.01s   offer of c1 to jaan ends: answered after ringing 3.98s
            20.01s   c1 leaves sales: answered after 19s
            20.01s   c1 talks with jaan
            20.02s   jaan: connected
            40.01s   c1 and jaan have talked 20s: agent hung up
            40.02s   kati: hung up on
            40.21s   c1 is on file, 20s
        "#]],
    );
}

#[test]
fn two_callers_share_one_agent_one_after_the_other() {
    check(
        "
        group sales wrap=5s
        agent mari sales=1
        1s kati dials sales
        2s peeter dials sales
        4s mari answers
        20s kati hangs up
        27s mari answers
        40s peeter hangs up
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            2.01s    peeter dials 6000001: c2
            2.01s    c2 waits in sales, place 1
            2.02s    peeter: answered
            4.01s    c1 is recorded
            4.01s    offer of c1 to mari ends: answered after ringing 2.98s
            4.01s    c1 leaves sales: answered after 3s
            4.01s    c1 talks with mari
            4.02s    mari: connected
            20.01s   c1 and mari have talked 16s: caller hung up
            20.01s   mari wraps up c1
            20.02s   mari: hung up on
            20.21s   c1 is on file, 16s
            25.01s   mari has wrapped up, by timer
            25.01s   c2 is offered to mari
            25.02s   mari: it rings, "peeter (sales)"
            25.03s   mari's phone rings for c2
            27.01s   c2 is recorded
            27.01s   offer of c2 to mari ends: answered after ringing 1.98s
            27.01s   c2 leaves sales: answered after 25s
            27.01s   c2 talks with mari
            27.02s   mari: connected
            40.01s   c2 and mari have talked 13s: caller hung up
            40.01s   mari wraps up c2
            40.02s   mari: hung up on
            40.21s   c2 is on file, 13s
            45.01s   mari has wrapped up, by timer
        "#]],
    );
}

#[test]
fn an_agent_of_two_groups_gets_one_call_at_a_time() {
    check(
        "
        group sales
        group support
        agent mari sales=1 support=2
        1s kati dials support
        1s peeter dials sales
        2s liis dials sales
        4s mari answers
        10s kati hangs up
        12s mari answers
        20s peeter hangs up
        22s mari answers
        30s liis hangs up
        ",
        expect![[r#"
            1.01s    kati dials 6000002: c1
            1.01s    c1 waits in support, place 1
            1.01s    c1 is offered to mari
            1.01s    peeter dials 6000001: c2
            1.01s    c2 waits in sales, place 1
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (support)"
            1.02s    peeter: answered
            1.03s    mari's phone rings for c1
            2.01s    liis dials 6000001: c3
            2.01s    c3 waits in sales, place 2
            2.02s    liis: answered
            4.01s    c1 is recorded
            4.01s    offer of c1 to mari ends: answered after ringing 2.98s
            4.01s    c1 leaves support: answered after 3s
            4.01s    c1 talks with mari
            4.02s    mari: connected
            10.01s   c1 and mari have talked 6s: caller hung up
            10.01s   c2 is offered to mari
            10.02s   mari: hung up on
            10.02s   mari: it rings, "peeter (sales)"
            10.03s   mari's phone rings for c2
            10.21s   c1 is on file, 6s
            12.01s   c2 is recorded
            12.01s   offer of c2 to mari ends: answered after ringing 1.98s
            12.01s   c2 leaves sales: answered after 11s
            12.01s   c2 talks with mari
            12.02s   mari: connected
            20.01s   c2 and mari have talked 8s: caller hung up
            20.01s   c3 is offered to mari
            20.02s   mari: hung up on
            20.02s   mari: it rings, "liis (sales)"
            20.03s   mari's phone rings for c3
            20.21s   c2 is on file, 8s
            22.01s   c3 is recorded
            22.01s   offer of c3 to mari ends: answered after ringing 1.98s
            22.01s   c3 leaves sales: answered after 20s
            22.01s   c3 talks with mari
            22.02s   mari: connected
            30.01s   c3 and mari have talked 8s: caller hung up
            30.02s   mari: hung up on
            30.21s   c3 is on file, 8s
        "#]],
    );
}

#[test]
fn a_rejected_call_goes_to_somebody_else_and_never_back() {
    check(
        "
        group sales
        agent mari sales=1
        agent jaan sales=2
        1s kati dials sales
        3s mari rejects
        5s jaan is busy
        80s kati hangs up
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            3.01s    offer of c1 to mari ends: rejected after ringing 1.98s
            3.01s    c1 is offered to jaan
            3.02s    jaan: it rings, "kati (sales)"
            3.03s    jaan's phone rings for c1
            5.01s    offer of c1 to jaan ends: busy after ringing 1.98s
            35.01s   c1 is offered to jaan
            35.02s   jaan: it rings, "kati (sales)"
            35.03s   jaan's phone rings for c1
            55.01s   offer of c1 to jaan ends: no_answer after ringing 19.98s
            55.02s   jaan: it stops ringing
            80.01s   c1 leaves sales: abandoned after 79s
        "#]],
    );
}

#[test]
fn a_phone_that_fails_is_left_alone_for_a_while() {
    check(
        "
        group sales
        agent mari sales=1
        1s kati dials sales
        2s mari fails 404
        35s mari answers
        40s kati hangs up
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            2.01s    offer of c1 to mari ends: unreachable after ringing 0.98s
            32.01s   c1 is offered to mari
            32.02s   mari: it rings, "kati (sales)"
            32.03s   mari's phone rings for c1
            35.01s   c1 is recorded
            35.01s   offer of c1 to mari ends: answered after ringing 2.98s
            35.01s   c1 leaves sales: answered after 34s
            35.01s   c1 talks with mari
            35.02s   mari: connected
            40.01s   c1 and mari have talked 5s: caller hung up
            40.02s   mari: hung up on
            40.21s   c1 is on file, 5s
        "#]],
    );
}

#[test]
fn an_ignored_phone_stops_ringing_at_its_time() {
    check(
        "
        tell sip
        group sales ring=10s
        agent mari sales=1
        1s kati dials sales
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
            11.01s       mari <- CANCEL
            11.02s       mari -> 200 CANCEL
            11.02s       mari -> 487 INVITE
            11.02s   mari: it stops ringing
            11.03s       mari <- ACK
            20s          kati -> BYE
            20.01s       kati <- 200 BYE
            20.01s   c1 leaves sales: abandoned after 19s
        "#]],
    );
}

#[test]
fn an_agent_calls_another_group_with_a_password() {
    check(
        "
        tell sip
        group sales
        group support
        agent mari sales=1
        agent jaan support=1
        1s mari dials support
        3s jaan answers
        9s mari hangs up
        ",
        expect![[r#"
            1s           mari -> INVITE
            1.01s        mari <- 401 INVITE
            1.02s        mari -> ACK
            1.02s        mari -> INVITE
            1.03s        mari <- 100 INVITE
            1.03s    mari dials 6000002: c1
            1.03s    c1 waits in support, place 1
            1.03s    c1 is offered to jaan
            1.03s        mari <- 200 INVITE
            1.03s        jaan <- INVITE
            1.04s        mari -> ACK
            1.04s    mari: answered
            1.04s        jaan -> 100 INVITE
            1.04s    jaan: it rings, "mari (support)"
            1.04s        jaan -> 180 INVITE
            1.05s    jaan's phone rings for c1
            3s           jaan -> 200 INVITE
            3.01s        jaan <- ACK
            3.01s    c1 is recorded
            3.01s    offer of c1 to jaan ends: answered after ringing 1.96s
            3.01s    c1 leaves support: answered after 1.98s
            3.01s    c1 talks with jaan
            3.02s    jaan: connected
            9s           mari -> BYE
            9.01s        mari <- 200 BYE
            9.01s    c1 and jaan have talked 6s: caller hung up
            9.01s        jaan <- BYE
            9.02s        jaan -> 200 BYE
            9.02s    jaan: hung up on
            9.21s    c1 is on file, 6s
        "#]],
    );
}

#[test]
fn a_talk_of_a_group_without_recording_is_not_recorded() {
    check(
        "
        tell media
        group sales
        agent mari sales=1
        0s sales is not recorded
        1s kati dials sales
        3s mari answers
        9s kati hangs up
        ",
        expect![[r#"
            0s       plan 2 is in force
            1.01s        relay 0: caller PCMA sendrecv
            1.01s        relay 0: music
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            3.01s        relay 0: caller PCMA sendrecv
            3.01s        relay 0: agent PCMA sendrecv
            3.01s        relay 0: joined
            3.01s    offer of c1 to mari ends: answered after ringing 1.98s
            3.01s    c1 leaves sales: answered after 2s
            3.01s    c1 talks with mari
            3.02s    mari: connected
            9.01s    c1 and mari have talked 6s: caller hung up
            9.01s        relay 0: free
            9.02s    mari: hung up on
        "#]],
    );
}
