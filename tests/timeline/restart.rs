//! Callers who keep their place while the process goes down and comes back.

use expect_test::expect;

use crate::check;

#[test]
#[expect(clippy::too_many_lines, reason = "one story, told to its end")]
fn a_callback_keeps_its_place_over_a_restart() {
    check(
        "
        group sales key=1:callback
        group support key=1:callback
        agent mari sales=1
        1s c1 arrives at sales from 5501
        2s c2 arrives at sales from 5502 with priority 2
        3s c3 arrives at support from 5503
        4s c1 presses 1
        5s c2 presses 1
        6s c3 presses 1
        7s c3 is moved to sales by kalle
        8s c1 gets priority 5 by kalle
        9s the centre restarts
        10s c4 arrives at sales from 5504
        11s mari logs on
        12s mari answers
        20s c1 is reached
        30s c1 hangs up
        31s mari answers
        32s c2 is reached
        33s c2 hangs up
        34s mari answers
        35s c3 is reached
        40s c3 hangs up
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     c2 waits in sales with priority 2, place 1
            3s     c3 waits in support, place 1
            4s     let c1 go, saying callback noted
            4s     c1 keeps its place in sales, to be called at 5501
            5s     let c2 go, saying callback noted
            5s     c2 keeps its place in sales, to be called at 5502
            6s     let c3 go, saying callback noted
            6s     c3 keeps its place in support, to be called at 5503
            7s     c3 leaves support: moved after 4s
            7s     c3 waits in sales, place 3, moved by kalle
            8s     c1 moves in sales from place 2 to 1, by kalle
            10s    c4 waits in sales, place 4
            11s    mari wants calls, by agent
            11s    ring mari for c1
            11s    c1 is offered to mari
            12s    offer of c1 to mari ends: answered
            12s    call 5501 back for c1, mari is on the line
            20s    connect c1 with mari
            20s    c1 is called back by mari: reached
            20s    c1 leaves sales: called back after 19s
            20s    c1 talks with mari
            30s    hang up mari on c1
            30s    c1 and mari have talked 10s: caller hung up
            30s    ring mari for c2
            30s    c2 is offered to mari
            31s    offer of c2 to mari ends: answered
            31s    call 5502 back for c2, mari is on the line
            32s    connect c2 with mari
            32s    c2 is called back by mari: reached
            32s    c2 leaves sales: called back after 30s
            32s    c2 talks with mari
            33s    hang up mari on c2
            33s    c2 and mari have talked 1s: caller hung up
            33s    ring mari for c3
            33s    c3 is offered to mari
            34s    offer of c3 to mari ends: answered
            34s    call 5503 back for c3, mari is on the line
            35s    connect c3 with mari
            35s    c3 is called back by mari: reached
            35s    c3 leaves sales: called back after 28s
            35s    c3 talks with mari
            40s    hang up mari on c3
            40s    c3 and mari have talked 5s: caller hung up
            40s    ring mari for c4
            40s    c4 is offered to mari
            60s    stop ringing mari for c4
            60s    offer of c4 to mari ends: no_answer
        "#]],
    );
}

#[test]
fn a_restart_forgets_neither_tries_nor_who_has_rejected() {
    check(
        "
        group sales key=1:callback
        agent mari sales=1
        agent jaan sales=2
        1s c1 arrives at sales
        2s c1 presses 1
        3s mari logs on
        4s mari rejects
        5s mari logs off
        6s jaan logs on
        7s jaan answers
        8s c1 is not reached
        9s the centre restarts
        10s mari logs on
        130s jaan answers
        131s c1 is not reached
        140s the centre restarts
        252s jaan answers
        253s c1 is not reached
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     let c1 go, saying callback noted
            2s     c1 keeps its place in sales, to be called at 5500001
            3s     mari wants calls, by agent
            3s     ring mari for c1
            3s     c1 is offered to mari
            4s     offer of c1 to mari ends: rejected
            5s     mari wants to be off, by agent
            6s     jaan wants calls, by agent
            6s     ring jaan for c1
            6s     c1 is offered to jaan
            7s     offer of c1 to jaan ends: answered
            7s     call 5500001 back for c1, jaan is on the line
            8s     hang up jaan on c1
            8s     c1 is called back by jaan: not reached
            9s     jaan wants calls, by rule
            10s    mari wants calls, by agent
            128s   ring jaan for c1
            128s   c1 is offered to jaan
            130s   offer of c1 to jaan ends: answered
            130s   call 5500001 back for c1, jaan is on the line
            131s   hang up jaan on c1
            131s   c1 is called back by jaan: not reached
            140s   mari wants calls, by rule
            140s   jaan wants calls, by rule
            251s   ring jaan for c1
            251s   c1 is offered to jaan
            252s   offer of c1 to jaan ends: answered
            252s   call 5500001 back for c1, jaan is on the line
            253s   hang up jaan on c1
            253s   c1 is called back by jaan: not reached
            253s   c1 is not called back: not reached
            253s   c1 leaves sales: callback failed after 252s
        "#]],
    );
}

#[test]
fn a_callback_that_nobody_takes_ends_after_three_days_whatever_restarts_there_were() {
    check(
        "
        group sales key=1:callback
        group support key=1:callback
        1s c1 arrives at sales
        2s c1 presses 1
        3s the centre drains
        4s c2 arrives at support
        5s c2 presses 1
        6s the centre restarts
        7s the centre restarts
        73h the centre restarts
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     let c1 go, saying callback noted
            2s     c1 keeps its place in sales, to be called at 5500001
            4s     c2 waits in support, place 1
            5s     let c2 go, saying callback noted
            5s     c2 keeps its place in support, to be called at 5500002
            259202s c1 is not called back: too old
            259202s c1 leaves sales: callback failed after 259201s
            259205s c2 is not called back: too old
            259205s c2 leaves support: callback failed after 259201s
        "#]],
    );
}

#[test]
fn nobody_is_rung_for_a_callback_while_the_centre_drains() {
    check(
        "
        group sales key=1:callback
        agent mari sales=1
        1s c1 arrives at sales
        2s c1 presses 1
        3s mari logs on
        4s the centre drains
        5s c2 arrives at sales
        6s mari answers
        7s c2 hangs up
        8s the centre restarts
        9s mari answers
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     let c1 go, saying callback noted
            2s     c1 keeps its place in sales, to be called at 5500001
            3s     mari wants calls, by agent
            3s     ring mari for c1
            3s     c1 is offered to mari
            4s     stop ringing mari for c1
            4s     offer of c1 to mari ends: withdrawn
            5s     c2 waits in sales, place 2
            5s     ring mari for c2
            5s     c2 is offered to mari
            6s     connect c2 with mari
            6s     offer of c2 to mari ends: answered
            6s     c2 leaves sales: answered after 1s
            6s     c2 talks with mari
            7s     hang up mari on c2
            7s     c2 and mari have talked 1s: caller hung up
            8s     mari wants calls, by rule
            8s     ring mari for c1
            8s     c1 is offered to mari
            9s     offer of c1 to mari ends: answered
            9s     call 5500001 back for c1, mari is on the line
        "#]],
    );
}
