//! Hold and resume from both sides, and silence that means nothing.

use expect_test::expect;

use crate::check;

#[test]
fn an_agent_holds_and_resumes() {
    check(
        "
        tell sip media
        group sales
        agent mari sales=1
        1s kati dials sales
        3s mari answers
        5s mari holds
        65s mari resumes
        70s mari hangs up
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
            5s           mari -> INVITE
            5.01s        mari <- 100 INVITE
            5.01s        relay 0: agent PCMA recvonly
            5.01s    agent holds c1
            5.01s        mari <- 200 INVITE
            5.02s        mari -> ACK
            65s          mari -> INVITE
            65.01s       mari <- OPTIONS
            65.01s       mari <- 100 INVITE
            65.01s       relay 0: agent PCMA sendrecv
            65.01s   agent resumes c1
            65.01s       mari <- 200 INVITE
            65.02s       mari -> 200 OPTIONS
            65.02s       mari -> ACK
            70s          mari -> BYE
            70.01s       mari <- 200 BYE
            70.01s       relay 0: stop recording
            70.01s       relay 0: free
            70.01s   c1 and mari have talked 67s: agent hung up
            70.01s       kati <- BYE
            70.02s       kati -> 200 BYE
            70.02s   kati: hung up on
            70.21s   c1 is on file, 67s
        "#]],
    );
}

#[test]
fn a_caller_holds_and_resumes() {
    check(
        "
        tell sip media
        group sales
        agent mari sales=1
        1s kati dials sales
        3s mari answers
        5s kati holds
        65s kati resumes
        70s kati hangs up
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
            5s           kati -> INVITE
            5.01s        kati <- 100 INVITE
            5.01s        relay 0: caller PCMA recvonly
            5.01s    caller holds c1
            5.01s        kati <- 200 INVITE
            5.02s        kati -> ACK
            65s          kati -> INVITE
            65.01s       kati <- OPTIONS
            65.01s       kati <- 100 INVITE
            65.01s       relay 0: caller PCMA sendrecv
            65.01s   caller resumes c1
            65.01s       kati <- 200 INVITE
            65.02s       kati -> 200 OPTIONS
            65.02s       kati -> ACK
            70s          kati -> BYE
            70.01s       kati <- 200 BYE
            70.01s   c1 and mari have talked 67s: caller hung up
            70.01s       relay 0: stop recording
            70.01s       relay 0: free
            70.01s       mari <- BYE
            70.02s       mari -> 200 BYE
            70.02s   mari: hung up on
            70.21s   c1 is on file, 67s
        "#]],
    );
}

#[test]
fn a_resume_may_leave_the_offer_to_us() {
    check(
        "
        tell media
        group sales
        agent mari sales=1
        1s kati dials sales
        3s mari answers
        5s mari holds
        9s mari resumes without sdp
        12s kati hangs up
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
            3.01s        relay 0: caller PCMA sendrecv
            3.01s        relay 0: agent PCMA sendrecv
            3.01s        relay 0: joined
            3.01s        relay 0: record PCMA
            3.01s    c1 is recorded
            3.01s    offer of c1 to mari ends: answered after ringing 1.98s
            3.01s    c1 leaves sales: answered after 2s
            3.01s    c1 talks with mari
            3.02s    mari: connected
            5.01s        relay 0: agent PCMA recvonly
            5.01s    agent holds c1
            9.03s        relay 0: agent PCMA sendrecv
            9.03s    agent resumes c1
            12.01s   c1 and mari have talked 9s: caller hung up
            12.01s       relay 0: stop recording
            12.01s       relay 0: free
            12.02s   mari: hung up on
            12.21s   c1 is on file, 9s
        "#]],
    );
}

#[test]
fn a_hold_ends_with_the_talk() {
    check(
        "
        group sales
        agent mari sales=1
        1s kati dials sales
        3s mari answers
        5s mari holds
        6s kati holds
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
            5.01s    agent holds c1
            6.01s    caller holds c1
            9.01s    caller resumes c1
            9.01s    agent resumes c1
            9.01s    c1 and mari have talked 6s: caller hung up
            9.02s    mari: hung up on
            9.21s    c1 is on file, 6s
        "#]],
    );
}

#[test]
fn a_caller_who_holds_while_he_waits_is_on_hold_when_the_talk_begins() {
    check(
        "
        tell media
        group sales
        agent mari sales=1
        1s kati dials sales
        2s kati holds
        3s mari answers
        5s kati resumes
        9s kati hangs up
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
            2.01s        relay 0: caller PCMA recvonly
            3.01s        relay 0: caller PCMA recvonly
            3.01s        relay 0: agent PCMA sendrecv
            3.01s        relay 0: joined
            3.01s        relay 0: record PCMA
            3.01s    c1 is recorded
            3.01s    offer of c1 to mari ends: answered after ringing 1.98s
            3.01s    c1 leaves sales: answered after 2s
            3.01s    c1 talks with mari
            3.01s    caller holds c1
            3.02s    mari: connected
            5.01s        relay 0: caller PCMA sendrecv
            5.01s    caller resumes c1
            9.01s    c1 and mari have talked 6s: caller hung up
            9.01s        relay 0: stop recording
            9.01s        relay 0: free
            9.02s    mari: hung up on
            9.21s    c1 is on file, 6s
        "#]],
    );
}

#[test]
fn a_caller_who_holds_for_long_while_he_waits_is_kept() {
    check(
        "
        group sales
        agent mari sales=1
        0s mari logs off
        1s kati dials sales
        2s kati holds
        90s kati resumes
        91s mari logs on
        93s mari answers
        99s kati hangs up
        ",
        expect![[r#"
            0s       mari wants to be off, by agent
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.02s    kati: answered
            91s      mari wants calls, by agent
            91s      c1 is offered to mari
            91.01s   mari: it rings, "kati (sales)"
            91.02s   mari's phone rings for c1
            93.01s   c1 is recorded
            93.01s   offer of c1 to mari ends: answered after ringing 1.99s
            93.01s   c1 leaves sales: answered after 92s
            93.01s   c1 talks with mari
            93.02s   mari: connected
            99.01s   c1 and mari have talked 6s: caller hung up
            99.02s   mari: hung up on
            99.21s   c1 is on file, 6s
        "#]],
    );
}

#[test]
fn a_caller_who_waits_in_silence_is_asked_and_kept() {
    check(
        "
        tell sip
        group sales
        agent mari sales=1
        0s mari logs off
        1s kati dials sales
        2s kati falls silent
        120s mari logs on
        122s mari answers
        125s kati speaks again
        180s kati hangs up
        ",
        expect![[r#"
            0s       mari wants to be off, by agent
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s        kati <- 200 INVITE
            1.02s        kati -> ACK
            1.02s    kati: answered
            31.01s       kati <- OPTIONS
            31.02s       kati -> 200 OPTIONS
            91.01s       kati <- OPTIONS
            91.02s       kati -> 200 OPTIONS
            120s     mari wants calls, by agent
            120s     c1 is offered to mari
            120s         mari <- INVITE
            120.01s      mari -> 100 INVITE
            120.01s  mari: it rings, "kati (sales)"
            120.01s      mari -> 180 INVITE
            120.02s  mari's phone rings for c1
            122s         mari -> 200 INVITE
            122.01s      mari <- ACK
            122.01s  c1 is recorded
            122.01s  offer of c1 to mari ends: answered after ringing 1.99s
            122.01s  c1 leaves sales: answered after 121s
            122.01s  c1 talks with mari
            122.02s  mari: connected
            180s         kati -> BYE
            180.01s      kati <- 200 BYE
            180.01s  c1 and mari have talked 58s: caller hung up
            180.01s      mari <- BYE
            180.02s      mari -> 200 BYE
            180.02s  mari: hung up on
            180.21s  c1 is on file, 58s
        "#]],
    );
}

#[test]
fn a_caller_who_only_listens_is_lost_in_the_end() {
    check(
        "
        group sales
        agent mari sales=1
        1s kati dials sales
        2s kati falls silent
        5s mari answers
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
            35.01s   c1 and mari have talked 30s: caller was cut off
            35.02s   kati: hung up on
            35.02s   mari: hung up on
            35.21s   c1 is on file, 30s
        "#]],
    );
}
