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
