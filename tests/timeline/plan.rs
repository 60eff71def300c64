//! The administrator changes the plan in the middle of it.

use expect_test::expect;

use crate::check;

#[test]
fn a_new_agent_takes_the_waiting_call_in_the_same_moment() {
    check(
        "
        group sales
        group support
        agent mari support=1
        0s mari logs on
        1s c1 arrives at sales
        10s agent mari support=1 sales=2
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            10s    plan 2 is in force
            10s    ring mari for c1
            10s    c1 is offered to mari
            30s    stop ringing mari for c1
            30s    offer of c1 to mari ends: no_answer
        "#]],
    );
}

#[test]
fn a_removed_membership_leaves_the_ringing_phone_alone() {
    check(
        "
        group sales ring=20s
        agent mari sales=1
        agent jaan sales=2
        0s mari logs on
        1s c1 arrives at sales
        5s agent mari
        8s c2 arrives at sales
        9s mari answers
        20s c1 hangs up
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            5s     plan 2 is in force
            8s     c2 waits in sales, place 1
            9s     connect c1 with mari
            9s     offer of c1 to mari ends: answered
            9s     c1 leaves sales: answered after 8s
            9s     c1 talks with mari
            20s    hang up mari on c1
            20s    c1 and mari have talked 11s: caller hung up
        "#]],
    );
}

#[test]
fn a_new_ring_time_counts_from_the_next_offer() {
    check(
        "
        group sales ring=20s
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s group sales ring=5s
        25s nothing happens
        51s nothing happens
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            2s     plan 2 is in force
            21s    stop ringing mari for c1
            21s    offer of c1 to mari ends: no_answer
            51s    ring mari for c1
            51s    c1 is offered to mari
            56s    stop ringing mari for c1
            56s    offer of c1 to mari ends: no_answer
        "#]],
    );
}

#[test]
fn a_talk_keeps_the_wrap_up_time_it_began_with() {
    check(
        "
        group sales wrap=10s
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        3s group sales wrap=1m
        9s c1 hangs up
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
            3s     plan 2 is in force
            9s     hang up mari on c1
            9s     c1 and mari have talked 7s: caller hung up
            9s     mari wraps up c1
            19s    mari has wrapped up, by timer
        "#]],
    );
}

#[test]
fn callers_of_a_removed_group_are_turned_away_and_talks_go_on() {
    check(
        "
        group sales
        agent mari sales=1
        agent jaan sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        3s jaan logs on
        4s c2 arrives at sales
        5s c3 arrives at sales
        6s remove group sales
        7s jaan rejects
        8s c4 arrives at sales
        9s c1 hangs up
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
            3s     jaan wants calls, by agent
            4s     c2 waits in sales, place 1
            4s     ring jaan for c2
            4s     c2 is offered to jaan
            5s     c3 waits in sales, place 1
            6s     plan 2 is in force
            6s     refuse c3: no such group
            6s     c3 leaves sales: refused after 1s
            7s     offer of c2 to jaan ends: rejected
            7s     refuse c2: no such group
            7s     c2 leaves sales: refused after 3s
            8s     refuse c4: no such group
            8s     c4 is refused by sales: no such group
            9s     hang up mari on c1
            9s     c1 and mari have talked 7s: caller hung up
        "#]],
    );
}

#[test]
fn a_removed_agent_finishes_his_call_and_then_is_gone() {
    check(
        "
        tell activity
        group sales wrap=5s
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        3s remove agent mari
        4s c2 arrives at sales
        9s c1 hangs up
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            1s     mari is offered a call
            2s     connect c1 with mari
            2s     offer of c1 to mari ends: answered
            2s     c1 leaves sales: answered after 1s
            2s     c1 talks with mari
            2s     mari is talking
            3s     plan 2 is in force
            4s     c2 waits in sales, place 1
            9s     hang up mari on c1
            9s     c1 and mari have talked 7s: caller hung up
            9s     mari wraps up c1
            9s     mari is wrapping up
            14s    mari has wrapped up, by timer
            14s    mari is idle
            14s    mari wants to be off, by rule
        "#]],
    );
}

#[test]
fn a_removed_agent_whose_phone_rings_may_still_answer() {
    check(
        "
        group sales
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        3s remove agent mari
        5s mari answers
        9s mari hangs up
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            3s     plan 2 is in force
            5s     connect c1 with mari
            5s     offer of c1 to mari ends: answered
            5s     c1 leaves sales: answered after 4s
            5s     c1 talks with mari
            9s     hang up c1
            9s     c1 and mari have talked 4s: agent hung up
            9s     mari wants to be off, by rule
        "#]],
    );
}

#[test]
fn an_agent_who_comes_back_into_the_plan_has_his_phone_and_must_log_on() {
    check(
        "
        tell activity
        group sales
        agent mari sales=1
        0s mari logs on
        1s remove agent mari
        2s c1 arrives at sales
        3s agent mari sales=1
        4s mari logs on
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     plan 2 is in force
            1s     mari wants to be off, by rule
            2s     c1 waits in sales, place 1
            3s     plan 3 is in force
            3s     mari is idle
            4s     mari wants calls, by agent
            4s     ring mari for c1
            4s     c1 is offered to mari
            4s     mari is offered a call
            24s    stop ringing mari for c1
            24s    offer of c1 to mari ends: no_answer
            24s    mari is idle
        "#]],
    );
}

#[test]
fn a_shorter_delay_counts_for_those_who_wait_already() {
    check(
        "
        group sales
        agent mari sales=1/60s
        0s mari logs on
        1s c1 arrives at sales
        2s agent mari sales=1/10s
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            2s     plan 2 is in force
            11s    ring mari for c1
            11s    c1 is offered to mari
            31s    stop ringing mari for c1
            31s    offer of c1 to mari ends: no_answer
        "#]],
    );
}

#[test]
fn a_smaller_line_turns_nobody_out() {
    check(
        "
        group sales max=5
        agent mari sales=1
        1s c1 arrives at sales
        2s c2 arrives at sales
        3s group sales max=1
        4s c3 arrives at sales
        5s mari logs on
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     c2 waits in sales, place 2
            3s     plan 2 is in force
            4s     refuse c3: full
            4s     c3 is refused by sales: full
            5s     mari wants calls, by agent
            5s     ring mari for c1
            5s     c1 is offered to mari
            25s    stop ringing mari for c1
            25s    offer of c1 to mari ends: no_answer
            35s    ring mari for c2
            35s    c2 is offered to mari
        "#]],
    );
}
