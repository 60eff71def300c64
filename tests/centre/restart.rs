//! Callers who keep their place while the centre goes down and comes back.

use expect_test::expect;

use crate::check;

#[test]
fn a_caller_is_called_back_by_a_centre_that_has_restarted() {
    check(
        "
        tell sip
        group sales key=1:callback
        agent mari sales=1
        1s mari takes a break
        2s kati dials sales
        3s kati presses 1
        20s the centre restarts
        21s mari's phone restarts
        30s mari logs on
        32s mari answers
        35s kati answers
        50s kati hangs up
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
            20s      plan 2 is in force
            20s      mari wants a break (break), by rule
            21s          mari -> REGISTER
            21.01s       mari <- 401 REGISTER
            21.02s       mari -> REGISTER
            21.03s       mari <- 200 REGISTER
            21.03s   mari has a phone
            30s      mari wants calls, by agent
            30s      c1 is offered to mari
            30s          mari <- INVITE
            30.01s       mari -> 100 INVITE
            30.01s   mari: it rings, "kati (sales)"
            30.01s       mari -> 180 INVITE
            30.02s   mari's phone rings for c1
            32s          mari -> 200 INVITE
            32.01s       mari <- ACK
            32.01s   offer of c1 to mari ends: answered after ringing 1.99s
            32.01s       kati <- INVITE
            32.02s   mari: connected
            32.02s       kati -> 100 INVITE
            32.02s   kati: it rings, "sales"
            32.02s       kati -> 180 INVITE
            35s          kati -> 200 INVITE
            35.01s       kati <- ACK
            35.01s   c1 is recorded
            35.01s   c1 is called back by mari: reached
            35.01s   c1 leaves sales: called back after 33s
            35.01s   c1 talks with mari
            35.02s   kati: connected
            50s          kati -> BYE
            50.01s       kati <- 200 BYE
            50.01s   c1 and mari have talked 15s: caller hung up
            50.01s       mari <- BYE
            50.02s       mari -> 200 BYE
            50.02s   mari: hung up on
            50.21s   c1 is on file, 15s
        "#]],
    );
}

#[test]
fn a_restart_remembers_who_has_rejected_a_callback() {
    check(
        "
        group sales key=1:callback
        agent mari sales=1
        1s mari takes a break
        2s kati dials sales
        3s kati presses 1
        20s mari logs on
        22s mari rejects
        23s agent jaan sales=2
        40s the centre restarts
        41s jaan's phone is new
        44s jaan answers
        46s kati answers
        50s kati hangs up
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
            23s      plan 2 is in force
            23s      jaan wants calls, by rule
            40s      plan 3 is in force
            40s      mari wants calls, by rule
            40s      jaan wants calls, by rule
            41.03s   jaan has a phone
        "#]],
    );
}

#[test]
fn a_callback_whose_trunk_is_removed_ends_at_once() {
    check(
        "
        group sales key=1:callback
        agent mari sales=1
        1s mari takes a break
        2s kati dials sales
        3s kati presses 1
        20s the trunk is removed
        21s mari logs on
        ",
        expect![[r#"
            1s       mari wants a break (break), by agent
            2.01s    kati dials 6000001: c1
            2.01s    c1 waits in sales, place 1
            2.02s    kati: answered
            3s       c1 keeps its place in sales, to be called at kati
            6.47s    kati: hung up on
            20s      plan 2 is in force
            20s      c1 is not called back: no trunk leads there
            20s      c1 leaves sales: callback failed after 17.99s
            21s      mari wants calls, by agent
        "#]],
    );
}

#[test]
fn a_callback_whose_trunk_is_gone_after_the_restart_ends_then() {
    check(
        "
        group sales key=1:callback
        agent mari sales=1
        1s mari takes a break
        2s kati dials sales
        3s kati presses 1
        20s the centre restarts without the trunk
        21s mari logs on
        ",
        expect![[r#"
            1s       mari wants a break (break), by agent
            2.01s    kati dials 6000001: c1
            2.01s    c1 waits in sales, place 1
            2.02s    kati: answered
            3s       c1 keeps its place in sales, to be called at kati
            6.47s    kati: hung up on
            20s      plan 2 is in force
            20s      c1 is not called back: no trunk leads there
            20s      c1 leaves sales: callback failed after 17.99s
            20s      mari wants a break (break), by rule
            21s      mari wants calls, by agent
        "#]],
    );
}

#[test]
fn a_centre_that_drains_rings_nobody_for_a_callback_and_the_next_one_does() {
    check(
        "
        group sales key=1:callback
        agent mari sales=1
        1s mari takes a break
        2s kati dials sales
        3s kati presses 1
        20s the centre drains
        21s mari logs on
        60s the centre restarts
        61s mari's phone restarts
        65s mari answers
        66s kati answers
        70s mari hangs up
        ",
        expect![[r#"
            1s       mari wants a break (break), by agent
            2.01s    kati dials 6000001: c1
            2.01s    c1 waits in sales, place 1
            2.02s    kati: answered
            3s       c1 keeps its place in sales, to be called at kati
            6.47s    kati: hung up on
            21s      mari wants calls, by agent
            60s      plan 2 is in force
            60s      mari wants calls, by rule
            61.03s   mari has a phone
            61.03s   c1 is offered to mari
            61.04s   mari: it rings, "kati (sales)"
            61.05s   mari's phone rings for c1
            65.01s   offer of c1 to mari ends: answered after ringing 3.96s
            65.02s   mari: connected
            65.02s   kati: it rings, "sales"
            66.01s   c1 is recorded
            66.01s   c1 is called back by mari: reached
            66.01s   c1 leaves sales: called back after 64s
            66.01s   c1 talks with mari
            66.02s   kati: connected
            70.01s   c1 and mari have talked 4s: agent hung up
            70.02s   kati: hung up on
            70.21s   c1 is on file, 4s
        "#]],
    );
}

#[test]
fn a_supervisor_ends_a_callback_while_its_caller_is_dialled() {
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
        23s c1 is not called back by kalle
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
            23s      c1 is not called back: ended, by kalle
            23s      c1 leaves sales: callback failed after 20.99s
            23s          kati <- CANCEL
            23s          mari <- BYE
            23.01s       kati -> 200 CANCEL
            23.01s       kati -> 487 INVITE
            23.01s   kati: it stops ringing
            23.01s       mari -> 200 BYE
            23.01s   mari: hung up on
            23.02s       kati <- ACK
        "#]],
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story, told to its end")]
fn a_caller_whose_trunk_says_he_matters_comes_first() {
    check(
        "
        group sales
        agent mari sales=1
        1s mari takes a break
        2s kati dials sales
        3s liis dials sales with priority 20
        4s jyri dials sales with priority much
        5s ants dials sales with priority -1000
        6s mari logs on
        8s mari answers
        9s liis hangs up
        11s mari answers
        12s kati hangs up
        14s mari answers
        15s jyri hangs up
        17s mari answers
        18s ants hangs up
        ",
        expect![[r#"
            1s       mari wants a break (break), by agent
            2.01s    kati dials 6000001: c1
            2.01s    c1 waits in sales, place 1
            2.02s    kati: answered
            3.01s    liis dials 6000001: c2
            3.01s    c2 waits in sales with priority 20, place 1
            3.02s    liis: answered
            4.01s    jyri dials 6000001: c3
            4.01s    c3 waits in sales, place 3
            4.02s    jyri: answered
            5.01s    ants dials 6000001: c4
            5.01s    c4 waits in sales with priority -100, place 4
            5.02s    ants: answered
            6s       mari wants calls, by agent
            6s       c2 is offered to mari
            6.01s    mari: it rings, "liis (sales)"
            6.02s    mari's phone rings for c2
            8.01s    c2 is recorded
            8.01s    offer of c2 to mari ends: answered after ringing 1.99s
            8.01s    c2 leaves sales: answered after 5s
            8.01s    c2 talks with mari
            8.02s    mari: connected
            9.01s    c2 and mari have talked 1s: caller hung up
            9.01s    c1 is offered to mari
            9.02s    mari: hung up on
            9.02s    mari: it rings, "kati (sales)"
            9.03s    mari's phone rings for c1
            9.21s    c2 is on file, 1s
            11.01s   c1 is recorded
            11.01s   offer of c1 to mari ends: answered after ringing 1.98s
            11.01s   c1 leaves sales: answered after 9s
            11.01s   c1 talks with mari
            11.02s   mari: connected
            12.01s   c1 and mari have talked 1s: caller hung up
            12.01s   c3 is offered to mari
            12.02s   mari: hung up on
            12.02s   mari: it rings, "jyri (sales)"
            12.03s   mari's phone rings for c3
            12.21s   c1 is on file, 1s
            14.01s   c3 is recorded
            14.01s   offer of c3 to mari ends: answered after ringing 1.98s
            14.01s   c3 leaves sales: answered after 10s
            14.01s   c3 talks with mari
            14.02s   mari: connected
            15.01s   c3 and mari have talked 1s: caller hung up
            15.01s   c4 is offered to mari
            15.02s   mari: hung up on
            15.02s   mari: it rings, "ants (sales)"
            15.03s   mari's phone rings for c4
            15.21s   c3 is on file, 1s
            17.01s   c4 is recorded
            17.01s   offer of c4 to mari ends: answered after ringing 1.98s
            17.01s   c4 leaves sales: answered after 12s
            17.01s   c4 talks with mari
            17.02s   mari: connected
            18.01s   c4 and mari have talked 1s: caller hung up
            18.02s   mari: hung up on
            18.21s   c4 is on file, 1s
        "#]],
    );
}
