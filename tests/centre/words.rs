//! What callers are told, by whom they are let go, and the keys they press.

use expect_test::expect;

use crate::check;

#[test]
fn a_caller_of_a_closed_group_is_answered_hears_why_and_is_hung_up_on() {
    check(
        "
        tell sip media
        group sales door=closed
        agent mari sales=1
        1s kati dials sales
        ",
        expect![[r#"
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
            1.01s        relay 0: caller PCMA sendrecv
            1.01s        relay 0: music
            1.01s    kati dials 6000001: c1
            1.01s        relay 0: silence
            1.01s        relay 0: caller hears Closed
            1.01s    c1 is refused by sales: closed
            1.01s        kati <- 200 INVITE
            1.02s        kati -> ACK
            1.02s    kati: answered
            2.85s        relay 0: free
            2.85s        kati <- BYE
            2.86s        kati -> 200 BYE
            2.86s    kati: hung up on
        "#]],
    );
}

#[test]
fn a_caller_whose_offer_comes_late_hears_the_words_all_the_same() {
    check(
        "
        tell media
        group sales door=closed
        agent mari sales=1
        1s kati dials sales without sdp
        ",
        expect![[r#"
            1.01s        relay 0: caller gone
            1.01s        relay 0: music
            1.01s    kati dials 6000001: c1
            1.01s        relay 0: silence
            1.01s    c1 is refused by sales: closed
            1.02s    kati: answered
            1.03s        relay 0: caller PCMA sendrecv
            1.03s        relay 0: caller hears Closed
            2.87s        relay 0: free
            2.88s    kati: hung up on
        "#]],
    );
}

#[test]
fn a_caller_hangs_up_during_the_words() {
    check(
        "
        tell sip media
        group sales door=closed
        agent mari sales=1
        1s kati dials sales
        2s kati hangs up
        ",
        expect![[r#"
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
            1.01s        relay 0: caller PCMA sendrecv
            1.01s        relay 0: music
            1.01s    kati dials 6000001: c1
            1.01s        relay 0: silence
            1.01s        relay 0: caller hears Closed
            1.01s    c1 is refused by sales: closed
            1.01s        kati <- 200 INVITE
            1.02s        kati -> ACK
            1.02s    kati: answered
            2s           kati -> BYE
            2.01s        kati <- 200 BYE
            2.01s        relay 0: free
        "#]],
    );
}

#[test]
fn waiting_callers_are_told_their_place_over_the_music() {
    check(
        "
        tell media
        group sales greet=welcome tell=place tell=wait first=5s every=20s
        agent mari sales=1
        1s mari takes a break
        2s kati dials sales
        3s liis dials sales
        40s liis hangs up
        41s kati hangs up
        ",
        expect![[r#"
            1s       mari wants a break (break), by agent
            2.01s        relay 0: caller PCMA sendrecv
            2.01s        relay 0: music
            2.01s    kati dials 6000001: c1
            2.01s    c1 waits in sales, place 1
            2.01s        relay 0: caller hears Welcome
            2.02s    kati: answered
            3.01s        relay 1: caller PCMA sendrecv
            3.01s        relay 1: music
            3.01s    liis dials 6000001: c2
            3.01s    c2 waits in sales, place 2
            3.01s        relay 1: caller hears Welcome
            3.02s    liis: answered
            7.01s        relay 0: caller hears YouAreNumber 1 InLine WaitIs About 3 Minutes
            7.01s    c1 is told place 1 wait 180s
            8.01s        relay 1: caller hears YouAreNumber 2 InLine WaitIs About 6 Minutes
            8.01s    c2 is told place 2 wait 360s
            27.01s       relay 0: caller hears YouAreNumber 1 InLine WaitIs About 3 Minutes
            27.01s   c1 is told place 1 wait 180s
            28.01s       relay 1: caller hears YouAreNumber 2 InLine WaitIs About 6 Minutes
            28.01s   c2 is told place 2 wait 360s
            40.01s   c2 leaves sales: abandoned after 37s
            40.01s       relay 1: free
            41.01s   c1 leaves sales: abandoned after 39s
            41.01s       relay 0: free
        "#]],
    );
}

#[test]
fn a_key_by_tone_and_one_by_info_lead_elsewhere() {
    check(
        "
        tell sip
        group support
        group sales key=1:support key=2:say-busy
        agent mari support=1
        1s kati dials sales
        2s liis dials sales
        3s kati presses 1
        4s liis presses 2 by INFO
        5s mari answers
        9s mari hangs up
        ",
        expect![[r#"
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
            1.01s    kati dials 6000002: c1
            1.01s    c1 waits in sales, place 1
            1.01s        kati <- 200 INVITE
            1.02s        kati -> ACK
            1.02s    kati: answered
            2s           liis -> INVITE
            2.01s        liis <- 100 INVITE
            2.01s    liis dials 6000002: c2
            2.01s    c2 waits in sales, place 2
            2.01s        liis <- 200 INVITE
            2.02s        liis -> ACK
            2.02s    liis: answered
            3s       c1 leaves sales: key after 1.99s
            3s       c1 waits in support, place 1, sent on
            3s       c1 is offered to mari
            3s           mari <- INVITE
            3.01s        mari -> 100 INVITE
            3.01s    mari: it rings, "kati (support)"
            3.01s        mari -> 180 INVITE
            3.02s    mari's phone rings for c1
            4s           liis -> INFO
            4.01s        liis <- 200 INFO
            4.01s    c2 leaves sales: key after 2s
            5s           mari -> 200 INVITE
            5.01s        mari <- ACK
            5.01s    c1 is recorded
            5.01s    offer of c1 to mari ends: answered after ringing 1.99s
            5.01s    c1 leaves support: answered after 2.01s
            5.01s    c1 talks with mari
            5.02s    mari: connected
            7.83s        liis <- BYE
            7.84s        liis -> 200 BYE
            7.84s    liis: hung up on
            9s           mari -> BYE
            9.01s        mari <- 200 BYE
            9.01s    c1 and mari have talked 4s: agent hung up
            9.01s        kati <- BYE
            9.02s        kati -> 200 BYE
            9.02s    kati: hung up on
            9.21s    c1 is on file, 4s
        "#]],
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story, told to its end")]
fn a_trunk_may_say_that_a_call_comes_first() {
    check(
        "
        group sales
        agent mari sales=1
        1s kati dials sales
        2s mari answers
        3s liis dials sales
        4s jaak dials sales with priority 7
        5s olev dials sales with priority 1000
        6s kati hangs up
        7s mari answers
        8s olev hangs up
        9s mari answers
        10s jaak hangs up
        11s mari answers
        12s liis hangs up
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            2.01s    c1 is recorded
            2.01s    offer of c1 to mari ends: answered after ringing 0.98s
            2.01s    c1 leaves sales: answered after 1s
            2.01s    c1 talks with mari
            2.02s    mari: connected
            3.01s    liis dials 6000001: c2
            3.01s    c2 waits in sales, place 1
            3.02s    liis: answered
            4.01s    jaak dials 6000001: c3
            4.01s    c3 waits in sales with priority 7, place 1
            4.02s    jaak: answered
            5.01s    olev dials 6000001: c4
            5.01s    c4 waits in sales with priority 100, place 1
            5.02s    olev: answered
            6.01s    c1 and mari have talked 4s: caller hung up
            6.01s    c4 is offered to mari
            6.02s    mari: hung up on
            6.02s    mari: it rings, "olev (sales)"
            6.03s    mari's phone rings for c4
            6.21s    c1 is on file, 4s
            7.01s    c4 is recorded
            7.01s    offer of c4 to mari ends: answered after ringing 0.98s
            7.01s    c4 leaves sales: answered after 2s
            7.01s    c4 talks with mari
            7.02s    mari: connected
            8.01s    c4 and mari have talked 1s: caller hung up
            8.01s    c3 is offered to mari
            8.02s    mari: hung up on
            8.02s    mari: it rings, "jaak (sales)"
            8.03s    mari's phone rings for c3
            8.21s    c4 is on file, 1s
            9.01s    c3 is recorded
            9.01s    offer of c3 to mari ends: answered after ringing 0.98s
            9.01s    c3 leaves sales: answered after 5s
            9.01s    c3 talks with mari
            9.02s    mari: connected
            10.01s   c3 and mari have talked 1s: caller hung up
            10.01s   c2 is offered to mari
            10.02s   mari: hung up on
            10.02s   mari: it rings, "liis (sales)"
            10.03s   mari's phone rings for c2
            10.21s   c3 is on file, 1s
            11.01s   c2 is recorded
            11.01s   offer of c2 to mari ends: answered after ringing 0.98s
            11.01s   c2 leaves sales: answered after 8s
            11.01s   c2 talks with mari
            11.02s   mari: connected
            12.01s   c2 and mari have talked 1s: caller hung up
            12.02s   mari: hung up on
            12.21s   c2 is on file, 1s
        "#]],
    );
}

#[test]
fn an_agent_presses_a_mode_with_a_code_and_nobody_else_does() {
    check(
        "
        tell sip media
        group sales
        agent mari sales=1
        1s mari dials *41
        5s mari dials *42
        6s kati dials *41
        ",
        expect![[r#"
            1s           mari -> INVITE
            1.01s        mari <- 401 INVITE
            1.02s        mari -> ACK
            1.02s        mari -> INVITE
            1.03s        mari <- 100 INVITE
            1.03s        relay 0: agent PCMA sendrecv
            1.03s        relay 0: silence
            1.03s        relay 0: agent hears Done
            1.03s    *41: is pressed
            1.03s        mari <- 200 INVITE
            1.04s        mari -> ACK
            1.04s    mari: answered
            2.01s        relay 0: free
            2.01s        mari <- BYE
            2.02s        mari -> 200 BYE
            2.02s    mari: hung up on
            5s           mari -> INVITE
            5.01s        mari <- 401 INVITE
            5.02s        mari -> ACK
            5.02s        mari -> INVITE
            5.03s        mari <- 100 INVITE
            5.03s    mari cannot call *42: 404
            5.03s        mari <- 404 INVITE
            5.04s        mari -> ACK
            5.04s    mari: refused with 404
            6s           kati -> INVITE
            6.01s        kati <- 100 INVITE
            6.01s    kati cannot call *41: 404
            6.01s        kati <- 404 INVITE
            6.02s        kati -> ACK
            6.02s    kati: refused with 404
        "#]],
    );
}
