//! What waiting callers are told.

use expect_test::expect;

use crate::check;

#[test]
fn callers_are_greeted_and_told_their_place_and_wait() {
    check(
        "
        group sales greet=welcome tell=place tell=wait first=5s every=20s
        agent mari sales=1
        0s mari takes a break
        1s c1 arrives at sales
        2s c2 arrives at sales
        8s c1 hangs up
        25s mari logs off
        ",
        expect![[r#"
            0s     mari wants a break (break), by agent
            1s     c1 waits in sales, place 1
            1s     tell c1: welcome
            2s     c2 waits in sales, place 2
            2s     tell c2: welcome
            6s     tell c1 its place
            6s     c1 is told place 1 wait 180s
            7s     tell c2 its place
            7s     c2 is told place 2 wait 360s
            8s     c1 leaves sales: abandoned after 7s
            25s    mari wants to be off, by agent
            27s    tell c2 its place
            27s    c2 is told place 1
            47s    tell c2 its place
            47s    c2 is told place 1
        "#]],
    );
}

#[test]
fn the_estimate_follows_the_calls_of_the_group() {
    check(
        "
        group sales tell=wait first=1s every=60s
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        3s c2 arrives at sales
        22s c1 hangs up
        23s mari answers
        24s c3 arrives at sales
        25s nothing happens
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            2s     connect c1 with mari
            2s     offer of c1 to mari ends: answered
            2s     c1 leaves sales: answered after 1s
            2s     c1 talks with mari
            3s     c2 waits in sales, place 1
            4s     tell c2 its place
            4s     c2 is told wait 180s
            22s    hang up mari on c1
            22s    c1 and mari have talked 20s: caller hung up
            22s    ring mari for c2
            22s    c2 is offered to mari
            23s    connect c2 with mari
            23s    offer of c2 to mari ends: answered
            23s    c2 leaves sales: answered after 20s
            23s    c2 talks with mari
            24s    c3 waits in sales, place 1
            25s    tell c3 its place
            25s    c3 is told wait 160s
        "#]],
    );
}
