//! Nobody is there, or everybody waits already.

use expect_test::expect;

use crate::check;

#[test]
fn a_newcomer_is_turned_away_while_nobody_is_logged_on() {
    check(
        "
        group sales nobody=refuse deserted=say-nobody
        agent mari sales=1
        1s c1 arrives at sales
        2s mari takes a break
        3s c2 arrives at sales
        4s mari's phone is lost
        5s c3 arrives at sales
        ",
        expect![[r#"
            1s     refuse c1: nobody logged on, saying nobody here
            1s     c1 is refused by sales: nobody logged on
            2s     mari wants a break (break), by agent
            3s     c2 waits in sales, place 1
            5s     refuse c3: nobody logged on, saying nobody here
            5s     c3 is refused by sales: nobody logged on
        "#]],
    );
}

#[test]
fn those_who_wait_go_when_the_last_agent_goes() {
    check(
        "
        group sales nobody=leave deserted=5551000
        agent mari sales=1
        agent jaan sales=1
        0s mari takes a break
        0s jaan takes a break
        1s c1 arrives at sales
        2s mari logs off
        3s jaan logs off
        ",
        expect![[r#"
            0s     mari wants a break (break), by agent
            0s     jaan wants a break (break), by agent
            1s     c1 waits in sales, place 1
            2s     mari wants to be off, by agent
            3s     jaan wants to be off, by agent
            3s     divert c1 to 5551000
            3s     c1 leaves sales: refused after 2s
            3s     c1 goes on to 5551000
        "#]],
    );
}

#[test]
fn a_full_line_sends_on() {
    check(
        "
        group other
        group sales max=1 full=other
        1s c1 arrives at sales
        2s c2 arrives at sales
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     c2 waits in other, place 1, sent on
        "#]],
    );
}
