//! Callbacks, and callers whose agent is lost.

use expect_test::expect;

use crate::check;

#[test]
#[expect(clippy::too_many_lines, reason = "one story, told to its end")]
fn a_caller_keeps_his_place_and_is_called_back() {
    check(
        "
        tell sip media
        group sales key=1:callback
        agent mari sales=1
        1s mari takes a break
        2s kati dials sales
        3s kati presses 1
        20s mari logs on
        22s mari answers
        25s kati answers
        40s kati hangs up
        ",
        expect![[r#"
            1s       mari wants a break (break), by agent
            2s           kati -> INVITE
            2.01s        kati <- 100 INVITE
            2.01s        relay 0: caller PCMA sendrecv
            2.01s        relay 0: music
            2.01s    kati dials 6000001: c1
            2.01s    c1 waits in sales, place 1
            2.01s        kati <- 200 INVITE
            2.02s        kati -> ACK
            2.02s    kati: answered
            3s           relay 0: silence
            3s           relay 0: caller hears CallbackNoted
            3s       c1 keeps its place in sales, to be called at kati
            6.46s        relay 0: free
            6.46s        kati <- BYE
            6.47s        kati -> 200 BYE
            6.47s    kati: hung up on
            20s      mari wants calls, by agent
            20s      c1 is offered to mari
            20s          mari <- INVITE
            20.01s       mari -> 100 INVITE
            20.01s   mari: it rings, "kati (sales)"
            20.01s       mari -> 180 INVITE
            20.02s   mari's phone rings for c1
            22s          mari -> 200 INVITE
            22.01s       mari <- ACK
            22.01s   offer of c1 to mari ends: answered after ringing 1.99s
            22.01s       relay 1: agent PCMA sendrecv
            22.01s       relay 1: music for the agent
            22.01s       kati <- INVITE
            22.02s   mari: connected
            22.02s       kati -> 100 INVITE
            22.02s   kati: it rings, "sales"
            22.02s       kati -> 180 INVITE
            25s          kati -> 200 INVITE
            25.01s       kati <- ACK
            25.01s       relay 1: caller PCMA sendrecv
            25.01s       relay 1: caller PCMA sendrecv
            25.01s       relay 1: agent PCMA sendrecv
            25.01s       relay 1: joined
            25.01s       relay 1: record PCMA
            25.01s   c1 is recorded
            25.01s   c1 is called back by mari: reached
            25.01s   c1 leaves sales: called back after 23s
            25.01s   c1 talks with mari
            25.02s   kati: connected
            40s          kati -> BYE
            40.01s       kati <- 200 BYE
            40.01s   c1 and mari have talked 15s: caller hung up
            40.01s       relay 1: stop recording
            40.01s       relay 1: free
            40.01s       mari <- BYE
            40.02s       mari -> 200 BYE
            40.02s   mari: hung up on
            40.21s   c1 is on file, 15s
        "#]],
    );
}

#[test]
fn a_caller_who_does_not_pick_up_is_tried_again() {
    check(
        "
        group sales key=1:callback
        agent mari sales=1
        1s mari takes a break
        2s kati dials sales
        3s kati presses 1
        20s mari logs on
        22s mari answers
        200s mari answers
        202s kati rejects
        330s mari answers
        332s kati is busy
        ",
        expect![[r#"
            1s       mari wants a break (break), by agent
            2.01s    kati dials 6000001: c1
            2.01s    c1 waits in sales, place 1
            2.02s    kati: answered
            3s       c1 keeps its place in sales, to be called at kati
            6.47s    kati: hung up on
            20s      mari wants calls, by agent
            20s      c1 is offered to mari
            20.01s   mari: it rings, "kati (sales)"
            20.02s   mari's phone rings for c1
            22.01s   offer of c1 to mari ends: answered after ringing 1.99s
            22.02s   mari: connected
            22.02s   kati: it rings, "sales"
            67.02s   kati: it stops ringing
            67.03s   c1 is called back by mari: not reached
            67.04s   mari: hung up on
            187.03s  c1 is offered to mari
            187.04s  mari: it rings, "kati (sales)"
            187.05s  mari's phone rings for c1
            200.01s  offer of c1 to mari ends: answered after ringing 12.96s
            200.02s  mari: connected
            200.02s  kati: it rings, "sales"
            202.01s  c1 is called back by mari: not reached
            202.02s  mari: hung up on
            322.01s  c1 is offered to mari
            322.02s  mari: it rings, "kati (sales)"
            322.03s  mari's phone rings for c1
            330.01s  offer of c1 to mari ends: answered after ringing 7.98s
            330.02s  mari: connected
            330.02s  kati: it rings, "sales"
            332.01s  c1 is called back by mari: not reached
            332.01s  c1 is not called back: not reached
            332.01s  c1 leaves sales: callback failed after 330s
            332.02s  mari: hung up on
        "#]],
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story, told to its end")]
fn an_agent_who_hangs_up_while_his_caller_is_dialled_stops_the_dialling() {
    check(
        "
        tell sip
        group sales key=1:callback
        agent mari sales=1
        1s mari takes a break
        2s kati dials sales
        3s kati presses 1
        20s mari logs on
        22s mari answers
        25s mari hangs up
        60s mari answers
        62s kati answers
        70s mari hangs up
        ",
        expect![[r#"
            1s       mari wants a break (break), by agent
            2s           kati -> INVITE
            2.01s        kati <- 100 INVITE
            2.01s    kati dials 6000001: c1
            2.01s    c1 waits in sales, place 1
            2.01s        kati <- 200 INVITE
            2.02s        kati -> ACK
            2.02s    kati: answered
            3s       c1 keeps its place in sales, to be called at kati
            6.46s        kati <- BYE
            6.47s        kati -> 200 BYE
            6.47s    kati: hung up on
            20s      mari wants calls, by agent
            20s      c1 is offered to mari
            20s          mari <- INVITE
            20.01s       mari -> 100 INVITE
            20.01s   mari: it rings, "kati (sales)"
            20.01s       mari -> 180 INVITE
            20.02s   mari's phone rings for c1
            22s          mari -> 200 INVITE
            22.01s       mari <- ACK
            22.01s   offer of c1 to mari ends: answered after ringing 1.99s
            22.01s       kati <- INVITE
            22.02s   mari: connected
            22.02s       kati -> 100 INVITE
            22.02s   kati: it rings, "sales"
            22.02s       kati -> 180 INVITE
            25s          mari -> BYE
            25.01s       mari <- 200 BYE
            25.01s       kati <- CANCEL
            25.02s       kati -> 200 CANCEL
            25.02s       kati -> 487 INVITE
            25.02s   kati: it stops ringing
            25.03s       kati <- ACK
            55.01s   c1 is offered to mari
            55.01s       mari <- INVITE
            55.02s       mari -> 100 INVITE
            55.02s   mari: it rings, "kati (sales)"
            55.02s       mari -> 180 INVITE
            55.03s   mari's phone rings for c1
            60s          mari -> 200 INVITE
            60.01s       mari <- ACK
            60.01s   offer of c1 to mari ends: answered after ringing 4.98s
            60.01s       kati <- INVITE
            60.02s   mari: connected
            60.02s       kati -> 100 INVITE
            60.02s   kati: it rings, "sales"
            60.02s       kati -> 180 INVITE
            62s          kati -> 200 INVITE
            62.01s       kati <- ACK
            62.01s   c1 is recorded
            62.01s   c1 is called back by mari: reached
            62.01s   c1 leaves sales: called back after 60s
            62.01s   c1 talks with mari
            62.02s   kati: connected
            70s          mari -> BYE
            70.01s       mari <- 200 BYE
            70.01s   c1 and mari have talked 8s: agent hung up
            70.01s       kati <- BYE
            70.02s       kati -> 200 BYE
            70.02s   kati: hung up on
            70.21s   c1 is on file, 8s
        "#]],
    );
}

#[test]
fn a_callback_that_its_only_agent_rejects_ends_and_the_caller_may_call_again() {
    check(
        "
        group sales key=1:callback
        agent mari sales=1
        1s mari takes a break
        2s kati dials sales
        3s kati presses 1
        20s mari logs on
        22s mari rejects
        60s kati dials sales
        100s kati hangs up
        ",
        expect![[r#"
            1s       mari wants a break (break), by agent
            2.01s    kati dials 6000001: c1
            2.01s    c1 waits in sales, place 1
            2.02s    kati: answered
            3s       c1 keeps its place in sales, to be called at kati
            6.47s    kati: hung up on
            20s      mari wants calls, by agent
            20s      c1 is offered to mari
            20.01s   mari: it rings, "kati (sales)"
            20.02s   mari's phone rings for c1
            22.01s   offer of c1 to mari ends: rejected after ringing 1.99s
            22.01s   c1 is not called back: everybody has rejected it
            22.01s   c1 leaves sales: callback failed after 20s
            60.01s   kati dials 6000001: c2
            60.01s   c2 waits in sales, place 1
            60.01s   c2 is offered to mari
            60.02s   kati: answered
            60.02s   mari: it rings, "kati (sales)"
            60.03s   mari's phone rings for c2
            80.01s   offer of c2 to mari ends: no_answer after ringing 19.98s
            80.02s   mari: it stops ringing
            100.01s  c2 leaves sales: abandoned after 40s
        "#]],
    );
}

#[test]
fn a_lost_agent_gives_his_caller_back_and_the_next_one_talks() {
    check(
        "
        tell media
        group sales
        agent mari sales=1
        agent jaan sales=2
        1s kati dials sales
        3s mari answers
        10s mari dies
        49s jaan answers
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
            3.01s        relay 0: caller PCMA sendrecv
            3.01s        relay 0: agent PCMA sendrecv
            3.01s        relay 0: joined
            3.01s        relay 0: record PCMA
            3.01s    c1 is recorded
            3.01s    offer of c1 to mari ends: answered after ringing 1.98s
            3.01s    c1 leaves sales: answered after 2s
            3.01s    c1 talks with mari
            3.02s    mari: connected
            39.01s       relay 0: agent gone
            39.01s       relay 0: music
            39.01s   c1 and mari have talked 36s: agent was cut off
            39.01s   c1 waits in sales, place 1, returned
            39.01s   c1 is offered to jaan
            39.02s   jaan: it rings, "kati (sales)"
            39.03s   jaan's phone rings for c1
            49.01s       relay 0: caller PCMA sendrecv
            49.01s       relay 0: agent PCMA sendrecv
            49.01s       relay 0: joined
            49.01s   offer of c1 to jaan ends: answered after ringing 9.98s
            49.01s   c1 leaves sales: answered after 10s
            49.01s   c1 talks with jaan
            49.02s   jaan: connected
            60.01s   c1 and jaan have talked 11s: caller hung up
            60.01s       relay 0: stop recording
            60.01s       relay 0: free
            60.02s   jaan: hung up on
            60.21s   c1 is on file, 57s
        "#]],
    );
}

#[test]
fn a_caller_who_is_called_back_while_he_still_hears_that_he_will_be_is_not_busy() {
    check(
        "
        tell media
        group sales key=1:callback
        agent mari sales=1
        1s mari takes a break
        2s kati dials sales
        3s kati presses 1
        4s mari logs on
        5s mari answers
        6s kati answers
        9s kati hangs up
        ",
        expect![[r#"
            1s       mari wants a break (break), by agent
            2.01s        relay 0: caller PCMA sendrecv
            2.01s        relay 0: music
            2.01s    kati dials 6000001: c1
            2.01s    c1 waits in sales, place 1
            2.02s    kati: answered
            3s           relay 0: silence
            3s           relay 0: caller hears CallbackNoted
            3s       c1 keeps its place in sales, to be called at kati
            4s       mari wants calls, by agent
            4s       c1 is offered to mari
            4.01s    mari: it rings, "kati (sales)"
            4.02s    mari's phone rings for c1
            5.01s    offer of c1 to mari ends: answered after ringing 0.99s
            5.01s        relay 0: free
            5.01s        relay 1: agent PCMA sendrecv
            5.01s        relay 1: music for the agent
            5.02s    mari: connected
            5.02s    kati: hung up on
            5.02s    kati: it rings, "sales"
            6.01s        relay 1: caller PCMA sendrecv
            6.01s        relay 1: caller PCMA sendrecv
            6.01s        relay 1: agent PCMA sendrecv
            6.01s        relay 1: joined
            6.01s        relay 1: record PCMA
            6.01s    c1 is recorded
            6.01s    c1 is called back by mari: reached
            6.01s    c1 leaves sales: called back after 4s
            6.01s    c1 talks with mari
            6.02s    kati: connected
            9.01s    c1 and mari have talked 3s: caller hung up
            9.01s        relay 1: stop recording
            9.01s        relay 1: free
            9.02s    mari: hung up on
            9.21s    c1 is on file, 3s
        "#]],
    );
}
