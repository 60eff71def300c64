//! Which call a freed agent takes, and which agent a call takes.

use expect_test::expect;

use crate::check;

#[test]
fn an_agent_serves_his_main_group_first_and_helps_the_other_after_it() {
    check(
        "
        group english
        group support
        agent mari english=1 support=2
        1s c1 arrives at support
        2s c2 arrives at support
        3s c3 arrives at english
        4s mari logs on
        5s mari answers
        6s c3 hangs up
        7s mari answers
        ",
        expect![[r#"
            1s     c1 waits in support, place 1
            2s     c2 waits in support, place 2
            3s     c3 waits in english, place 1
            4s     mari wants calls, by agent
            4s     ring mari for c3
            4s     c3 is offered to mari
            5s     connect c3 with mari
            5s     offer of c3 to mari ends: answered
            5s     c3 leaves english: answered after 2s
            5s     c3 talks with mari
            6s     hang up mari on c3
            6s     c3 and mari have talked 1s: caller hung up
            6s     ring mari for c1
            6s     c1 is offered to mari
            7s     connect c1 with mari
            7s     offer of c1 to mari ends: answered
            7s     c1 leaves support: answered after 6s
            7s     c1 talks with mari
        "#]],
    );
}

#[test]
fn the_order_of_groups_is_stronger_than_the_priority_of_a_caller() {
    check(
        "
        group english
        group support
        agent mari english=1 support=2
        1s c1 arrives at support with priority 9
        2s c2 arrives at english
        3s mari logs on
        ",
        expect![[r#"
            1s     c1 waits in support with priority 9, place 1
            2s     c2 waits in english, place 1
            3s     mari wants calls, by agent
            3s     ring mari for c2
            3s     c2 is offered to mari
            23s    stop ringing mari for c2
            23s    offer of c2 to mari ends: no_answer
            33s    ring mari for c1
            33s    c1 is offered to mari
        "#]],
    );
}

#[test]
fn between_groups_of_one_order_the_longest_wait_counts() {
    check(
        "
        group sales
        group support
        agent mari sales=1 support=1
        1s c1 arrives at support
        2s c2 arrives at sales
        3s mari logs on
        4s mari rejects
        ",
        expect![[r#"
            1s     c1 waits in support, place 1
            2s     c2 waits in sales, place 1
            3s     mari wants calls, by agent
            3s     ring mari for c1
            3s     c1 is offered to mari
            4s     offer of c1 to mari ends: rejected
            14s    ring mari for c2
            14s    c2 is offered to mari
            34s    stop ringing mari for c2
            34s    offer of c2 to mari ends: no_answer
        "#]],
    );
}

#[test]
fn a_call_goes_to_the_agent_for_whom_the_group_comes_first() {
    check(
        "
        tell decisions
        group sales
        group support
        agent mari sales=2 support=1
        agent jaan sales=1
        0s mari logs on
        1s jaan logs on
        2s c1 arrives at sales
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     jaan wants calls, by agent
            2s     c1 waits in sales, place 1
            2s     c1: jaan of jaan mari by built-in
            2s     ring jaan for c1
            2s     c1 is offered to jaan
            22s    stop ringing jaan for c1
            22s    offer of c1 to jaan ends: no_answer
            22s    c1: mari of mari by built-in; not jaan (resting)
            22s    ring mari for c1
            22s    c1 is offered to mari
        "#]],
    );
}

#[test]
fn among_equals_the_longest_idle_agent_rings_then_the_first_by_id() {
    check(
        "
        tell decisions
        group sales
        agent mari sales=1
        agent jaan sales=1
        agent kati sales=1
        0s jaan logs on
        1s mari logs on
        1s kati logs on
        2s c1 arrives at sales
        3s c2 arrives at sales
        4s c3 arrives at sales
        ",
        expect![[r#"
            0s     jaan wants calls, by agent
            1s     mari wants calls, by agent
            1s     kati wants calls, by agent
            2s     c1 waits in sales, place 1
            2s     c1: jaan of jaan mari kati by built-in
            2s     ring jaan for c1
            2s     c1 is offered to jaan
            3s     c2 waits in sales, place 1
            3s     c2: mari of mari kati by built-in; not jaan (occupied)
            3s     ring mari for c2
            3s     c2 is offered to mari
            4s     c3 waits in sales, place 1
            4s     c3: kati of kati by built-in; not mari (occupied), jaan (occupied)
            4s     ring kati for c3
            4s     c3 is offered to kati
            22s    stop ringing jaan for c1
            22s    offer of c1 to jaan ends: no_answer
            23s    stop ringing mari for c2
            23s    offer of c2 to mari ends: no_answer
            24s    stop ringing kati for c3
            24s    offer of c3 to kati ends: no_answer
            32s    c2: jaan of jaan by built-in; not mari (resting), kati (resting)
            32s    ring jaan for c2
            32s    c2 is offered to jaan
            33s    c1: mari of mari by built-in; not jaan (occupied), kati (resting)
            33s    ring mari for c1
            33s    c1 is offered to mari
        "#]],
    );
}

#[test]
fn two_callers_and_two_agents_pair_so_that_each_agent_gets_his_first_group() {
    check(
        "
        tell decisions
        group sales wrap=10s
        group support wrap=10s
        agent mari sales=1 support=2
        agent jaan sales=2 support=1
        0s mari logs on
        0s jaan logs on
        1s c1 arrives at support
        1s c2 arrives at sales
        2s jaan answers
        2s mari answers
        3s c3 arrives at sales
        4s c4 arrives at support
        5s c1 hangs up
        5s c2 hangs up
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            0s     jaan wants calls, by agent
            1s     c1 waits in support, place 1
            1s     c1: jaan of jaan mari by built-in
            1s     ring jaan for c1
            1s     c1 is offered to jaan
            1s     c2 waits in sales, place 1
            1s     c2: mari of mari by built-in; not jaan (occupied)
            1s     ring mari for c2
            1s     c2 is offered to mari
            2s     connect c1 with jaan
            2s     offer of c1 to jaan ends: answered
            2s     c1 leaves support: answered after 1s
            2s     c1 talks with jaan
            2s     connect c2 with mari
            2s     offer of c2 to mari ends: answered
            2s     c2 leaves sales: answered after 1s
            2s     c2 talks with mari
            3s     c3 waits in sales, place 1
            4s     c4 waits in support, place 1
            5s     hang up jaan on c1
            5s     c1 and jaan have talked 3s: caller hung up
            5s     jaan wraps up c1
            5s     hang up mari on c2
            5s     c2 and mari have talked 3s: caller hung up
            5s     mari wraps up c2
            15s    mari has wrapped up, by timer
            15s    jaan has wrapped up, by timer
            15s    c3: mari of mari by built-in; not jaan (another group first)
            15s    ring mari for c3
            15s    c3 is offered to mari
            15s    c4: jaan of jaan by built-in; not mari (occupied)
            15s    ring jaan for c4
            15s    c4 is offered to jaan
            35s    stop ringing mari for c3
            35s    offer of c3 to mari ends: no_answer
            35s    stop ringing jaan for c4
            35s    offer of c4 to jaan ends: no_answer
        "#]],
    );
}

#[test]
fn help_from_another_group_comes_only_after_the_delay() {
    check(
        "
        tell decisions
        group sales
        agent mari sales=1
        agent jaan sales=2/20s
        0s jaan logs on
        1s c1 arrives at sales
        ",
        expect![[r#"
            0s     jaan wants calls, by agent
            1s     c1 waits in sales, place 1
            21s    c1: jaan of jaan by built-in; not mari (off)
            21s    ring jaan for c1
            21s    c1 is offered to jaan
        "#]],
    );
}

#[test]
fn a_caller_who_has_waited_the_delay_reaches_a_freed_helper_at_once() {
    check(
        "
        group sales
        group support
        agent jaan support=1 sales=2/20s
        0s c1 arrives at sales
        10s c2 arrives at sales
        15s jaan logs on
        25s jaan rejects
        ",
        expect![[r#"
            0s     c1 waits in sales, place 1
            10s    c2 waits in sales, place 2
            15s    jaan wants calls, by agent
            20s    ring jaan for c1
            20s    c1 is offered to jaan
            25s    offer of c1 to jaan ends: rejected
            35s    ring jaan for c2
            35s    c2 is offered to jaan
            55s    stop ringing jaan for c2
            55s    offer of c2 to jaan ends: no_answer
        "#]],
    );
}

#[test]
fn a_stuck_caller_at_the_head_of_the_line_does_not_block_the_others() {
    check(
        "
        group sales
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s c2 arrives at sales
        3s mari rejects
        14s mari answers
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            2s     c2 waits in sales, place 1
            3s     offer of c1 to mari ends: rejected
            13s    ring mari for c2
            13s    c2 is offered to mari
            14s    connect c2 with mari
            14s    offer of c2 to mari ends: answered
            14s    c2 leaves sales: answered after 12s
            14s    c2 talks with mari
        "#]],
    );
}

#[test]
fn a_caller_passed_over_for_another_gets_the_agent_whom_the_other_did_not_take() {
    check(
        "
        tell decisions
        group sales
        group support
        agent mari sales=1/20s support=2/20s
        agent jaan sales=1/20s
        0s jaan logs on
        1s mari logs on
        2s c1 arrives at support
        2s c2 arrives at sales
        ",
        expect![[r#"
            0s     jaan wants calls, by agent
            1s     mari wants calls, by agent
            2s     c1 waits in support, place 1
            2s     c2 waits in sales, place 1
            22s    c2: jaan of jaan mari by built-in
            22s    ring jaan for c2
            22s    c2 is offered to jaan
            22s    c1: mari of mari by built-in
            22s    ring mari for c1
            22s    c1 is offered to mari
        "#]],
    );
}
