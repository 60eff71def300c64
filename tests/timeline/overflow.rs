//! Ways out of the line: steps and keys.

use expect_test::expect;

use crate::check;

#[test]
fn a_caller_goes_step_by_step_and_keeps_his_wait() {
    check(
        "
        group second
        group first step=10s:second step=30s:5551000
        1s c0 arrives at second
        5s c1 arrives at first
        6s c2 arrives at second
        ",
        expect![[r#"
            1s     c0 waits in second, place 1
            5s     c1 waits in first, place 1
            6s     c2 waits in second, place 2
            15s    c1 leaves first: overflow after 10s
            15s    c1 waits in second, place 2, sent on
        "#]],
    );
}

#[test]
fn a_step_into_a_group_that_turns_him_away_leaves_him_where_he_is() {
    check(
        "
        group second max=0
        group first step=10s:second step=30s:say-busy
        1s c1 arrives at first
        ",
        expect![[r#"
            1s     c1 waits in first, place 1
            31s    let c1 go, saying busy
            31s    c1 leaves first: waited too long after 30s
        "#]],
    );
}

#[test]
fn a_step_that_is_due_while_the_phone_rings_is_taken_when_it_was_not_answered() {
    check(
        "
        group second
        group first ring=20s step=10s:second
        agent mari first=1
        0s mari logs on
        1s c1 arrives at first
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in first, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            21s    stop ringing mari for c1
            21s    offer of c1 to mari ends: no_answer
            21s    c1 leaves first: overflow after 20s
            21s    c1 waits in second, place 1, sent on
        "#]],
    );
}

#[test]
fn a_key_leads_out_of_the_line_even_while_a_phone_rings() {
    check(
        "
        group second
        group first key=1:second key=2:goodbye
        agent mari first=1
        0s mari logs on
        1s c1 arrives at first
        2s c1 presses 1
        3s c2 arrives at first
        4s c2 presses 9
        5s c2 presses 2
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in first, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            2s     stop ringing mari for c1
            2s     offer of c1 to mari ends: withdrawn
            2s     c1 leaves first: key after 1s
            2s     c1 waits in second, place 1, sent on
            3s     c2 waits in first, place 1
            3s     ring mari for c2
            3s     c2 is offered to mari
            5s     stop ringing mari for c2
            5s     offer of c2 to mari ends: withdrawn
            5s     hang up c2
            5s     c2 leaves first: key after 2s
        "#]],
    );
}

#[test]
fn a_group_may_let_callers_begin_anew() {
    check(
        "
        group second wait=anew
        group first step=10s:second
        1s c1 arrives at first
        5s c2 arrives at second
        ",
        expect![[r#"
            1s     c1 waits in first, place 1
            5s     c2 waits in second, place 1
            11s    c1 leaves first: overflow after 10s
            11s    c1 waits in second, place 2, sent on
        "#]],
    );
}

#[test]
fn two_groups_that_send_to_one_another_keep_the_caller_after_eight() {
    check(
        "
        group a
        group b step=1s:a
        0s group a step=1s:b
        1s c1 arrives at a
        ",
        expect![[r#"
            0s     plan 2 is in force
            1s     c1 waits in a, place 1
            2s     c1 leaves a: overflow after 1s
            2s     c1 waits in b, place 1, sent on
            3s     c1 leaves b: overflow after 1s
            3s     c1 waits in a, place 1, sent on
            4s     c1 leaves a: overflow after 1s
            4s     c1 waits in b, place 1, sent on
            5s     c1 leaves b: overflow after 1s
            5s     c1 waits in a, place 1, sent on
            6s     c1 leaves a: overflow after 1s
            6s     c1 waits in b, place 1, sent on
            7s     c1 leaves b: overflow after 1s
            7s     c1 waits in a, place 1, sent on
            8s     c1 leaves a: overflow after 1s
            8s     c1 waits in b, place 1, sent on
            9s     c1 leaves b: overflow after 1s
            9s     c1 waits in a, place 1, sent on
        "#]],
    );
}

#[test]
fn a_step_that_is_due_at_once_is_taken_before_a_phone_rings_wherever_a_step_leads() {
    check(
        "
        group third
        group second step=0s:third
        group first step=10s:second
        agent mari second=1
        agent jaan third=1
        0s mari logs on
        0s jaan logs on
        1s c1 arrives at first
        12s jaan answers
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            0s     jaan wants calls, by agent
            1s     c1 waits in first, place 1
            11s    c1 leaves first: overflow after 10s
            11s    c1 waits in second, place 1, sent on
            11s    c1 leaves second: overflow after 0s
            11s    c1 waits in third, place 1, sent on
            11s    ring jaan for c1
            11s    c1 is offered to jaan
            12s    connect c1 with jaan
            12s    offer of c1 to jaan ends: answered
            12s    c1 leaves third: answered after 1s
            12s    c1 talks with jaan
        "#]],
    );
}
