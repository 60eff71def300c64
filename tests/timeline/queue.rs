//! How callers enter a group, wait in it and leave it.

use expect_test::expect;

use crate::check;

#[test]
fn a_caller_rings_the_free_agent_and_is_answered() {
    check(
        "
        tell activity decisions
        group sales ring=20s wrap=10s
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari's phone rings
        4s mari answers
        64s c1 hangs up
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     c1: mari of mari by built-in
            1s     ring mari for c1
            1s     c1 is offered to mari
            1s     mari is offered a call
            2s     mari's phone rings for c1
            4s     connect c1 with mari
            4s     offer of c1 to mari ends: answered after ringing 2s
            4s     c1 leaves sales: answered after 3s
            4s     c1 talks with mari
            4s     mari is talking
            64s    hang up mari on c1
            64s    c1 and mari have talked 60s: caller hung up
            64s    mari wraps up c1
            64s    mari is wrapping up
            74s    mari has wrapped up, by timer
            74s    mari is idle
        "#]],
    );
}

#[test]
fn second_caller_waits_while_the_only_agent_talks() {
    check(
        "
        group sales wrap=10s
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        4s mari answers
        5s c2 arrives at sales
        65s c1 hangs up
        80s mari answers
        90s c2 hangs up
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            4s     connect c1 with mari
            4s     offer of c1 to mari ends: answered
            4s     c1 leaves sales: answered after 3s
            4s     c1 talks with mari
            5s     c2 waits in sales, place 1
            65s    hang up mari on c1
            65s    c1 and mari have talked 61s: caller hung up
            65s    mari wraps up c1
            75s    mari has wrapped up, by timer
            75s    ring mari for c2
            75s    c2 is offered to mari
            80s    connect c2 with mari
            80s    offer of c2 to mari ends: answered
            80s    c2 leaves sales: answered after 75s
            80s    c2 talks with mari
            90s    hang up mari on c2
            90s    c2 and mari have talked 10s: caller hung up
            90s    mari wraps up c2
            100s   mari has wrapped up, by timer
        "#]],
    );
}

#[test]
fn callers_who_waited_longest_are_served_first() {
    check(
        "
        group sales
        agent mari sales=1
        1s c1 arrives at sales
        2s c2 arrives at sales
        3s c3 arrives at sales
        4s c2 hangs up
        5s mari logs on
        6s mari answers
        7s mari hangs up
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     c2 waits in sales, place 2
            3s     c3 waits in sales, place 3
            4s     c2 leaves sales: abandoned after 2s
            5s     mari wants calls, by agent
            5s     ring mari for c1
            5s     c1 is offered to mari
            6s     connect c1 with mari
            6s     offer of c1 to mari ends: answered
            6s     c1 leaves sales: answered after 5s
            6s     c1 talks with mari
            7s     hang up c1
            7s     c1 and mari have talked 1s: agent hung up
            7s     ring mari for c3
            7s     c3 is offered to mari
            27s    stop ringing mari for c3
            27s    offer of c3 to mari ends: no_answer
        "#]],
    );
}

#[test]
fn a_caller_of_higher_priority_goes_before_those_who_wait_longer() {
    check(
        "
        group sales
        agent mari sales=1
        1s c1 arrives at sales
        2s c2 arrives at sales with priority 5
        3s c3 arrives at sales with priority -1
        4s c4 arrives at sales with priority 5
        5s mari logs on
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     c2 waits in sales with priority 5, place 1
            3s     c3 waits in sales with priority -1, place 3
            4s     c4 waits in sales with priority 5, place 2
            5s     mari wants calls, by agent
            5s     ring mari for c2
            5s     c2 is offered to mari
            25s    stop ringing mari for c2
            25s    offer of c2 to mari ends: no_answer
            35s    ring mari for c4
            35s    c4 is offered to mari
        "#]],
    );
}

#[test]
fn a_full_group_refuses_and_nobody_who_waits_is_harmed() {
    check(
        "
        group sales max=2
        agent mari sales=1
        1s c1 arrives at sales
        2s c2 arrives at sales
        3s c3 arrives at sales
        4s c3 hangs up
        5s mari logs on
        6s c4 arrives at sales
        7s c5 arrives at sales
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     c2 waits in sales, place 2
            3s     refuse c3: full
            3s     c3 is refused by sales: full
            5s     mari wants calls, by agent
            5s     ring mari for c1
            5s     c1 is offered to mari
            6s     c4 waits in sales, place 2
            7s     refuse c5: full
            7s     c5 is refused by sales: full
            25s    stop ringing mari for c1
            25s    offer of c1 to mari ends: no_answer
            35s    ring mari for c2
            35s    c2 is offered to mari
        "#]],
    );
}

#[test]
fn a_group_without_agents_lets_callers_wait() {
    check(
        "
        group sales
        1s c1 arrives at sales
        100s c1 hangs up
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            100s   c1 leaves sales: abandoned after 99s
        "#]],
    );
}

#[test]
fn a_caller_who_gives_up_while_a_phone_rings_leaves_no_phone_ringing() {
    check(
        "
        tell activity
        group sales
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari's phone rings
        7s c1 hangs up
        8s c2 arrives at sales
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            1s     mari is offered a call
            2s     mari's phone rings for c1
            7s     stop ringing mari for c1
            7s     offer of c1 to mari ends: caller_left after ringing 5s
            7s     mari is idle
            7s     c1 leaves sales: abandoned after 6s
            8s     c2 waits in sales, place 1
            8s     ring mari for c2
            8s     c2 is offered to mari
            8s     mari is offered a call
            28s    stop ringing mari for c2
            28s    offer of c2 to mari ends: no_answer
            28s    mari is idle
        "#]],
    );
}
