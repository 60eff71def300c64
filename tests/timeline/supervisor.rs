//! A supervisor changes the line.

use expect_test::expect;

use crate::check;

#[test]
fn a_supervisor_moves_a_caller_even_while_a_phone_rings() {
    check(
        "
        group sales
        group support
        agent mari sales=1
        0s mari logs on
        1s c0 arrives at support
        2s c1 arrives at sales
        3s c1 is moved to support by kalle
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c0 waits in support, place 1
            2s     c1 waits in sales, place 1
            2s     ring mari for c1
            2s     c1 is offered to mari
            3s     stop ringing mari for c1
            3s     offer of c1 to mari ends: withdrawn
            3s     c1 leaves sales: moved after 1s
            3s     c1 waits in support, place 2, moved by kalle
        "#]],
    );
}

#[test]
fn a_supervisor_puts_a_caller_first() {
    check(
        "
        group sales
        1s c1 arrives at sales
        2s c2 arrives at sales
        3s c3 arrives at sales
        4s c3 gets priority 5 by kalle
        5s c3 gets priority 5 by kalle
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     c2 waits in sales, place 2
            3s     c3 waits in sales, place 3
            4s     c3 moves in sales from place 3 to 1, by kalle
        "#]],
    );
}

#[test]
fn a_callback_that_was_tried_a_moment_ago_is_left_alone_in_another_group_too() {
    check(
        "
        group sales key=1:callback
        group support
        agent mari sales=1 support=2
        1s c1 arrives at sales
        2s c1 presses 1
        3s mari logs on
        4s mari answers
        10s c1 is not reached
        20s c1 is moved to support by kalle
        131s mari answers
        140s c1 is reached
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     let c1 go, saying callback noted
            2s     c1 keeps its place in sales, to be called at 5500001
            3s     mari wants calls, by agent
            3s     ring mari for c1
            3s     c1 is offered to mari
            4s     offer of c1 to mari ends: answered
            4s     call 5500001 back for c1, mari is on the line
            10s    hang up mari on c1
            10s    c1 is called back by mari: not reached
            20s    c1 leaves sales: moved after 19s
            20s    c1 waits in support, place 1, moved by kalle
            130s   ring mari for c1
            130s   c1 is offered to mari
            131s   offer of c1 to mari ends: answered
            131s   call 5500001 back for c1, mari is on the line
            140s   connect c1 with mari
            140s   c1 is called back by mari: reached
            140s   c1 leaves support: called back after 120s
            140s   c1 talks with mari
        "#]],
    );
}
