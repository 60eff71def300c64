//! Events that come too late, or twice: the world is slower than the engine.

use expect_test::expect;

use crate::check;

#[test]
fn an_answer_after_the_caller_left_hangs_up_the_agent() {
    check(
        "
        tell activity
        group sales
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        3s c1 hangs up
        3.1s mari answers
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            1s     mari is offered a call
            3s     stop ringing mari for c1
            3s     offer of c1 to mari ends: caller_left
            3s     mari is idle
            3s     c1 leaves sales: abandoned after 2s
            3.1s   hang up mari on c1
        "#]],
    );
}

#[test]
fn an_answer_in_the_very_moment_the_ring_time_ends_is_too_late() {
    check(
        "
        group sales ring=20s
        agent mari sales=1
        agent jaan sales=2
        0s mari logs on
        0s jaan logs on
        1s c1 arrives at sales
        21s mari answers
        22s jaan answers
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            0s     jaan wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            21s    stop ringing mari for c1
            21s    offer of c1 to mari ends: no_answer
            21s    hang up mari on c1
            21s    ring jaan for c1
            21s    c1 is offered to jaan
            22s    connect c1 with jaan
            22s    offer of c1 to jaan ends: answered
            22s    c1 leaves sales: answered after 21s
            22s    c1 talks with jaan
        "#]],
    );
}

#[test]
fn a_call_is_never_answered_by_two_agents() {
    check(
        "
        group sales ring=5s
        agent mari sales=1
        agent jaan sales=2
        0s mari logs on
        0s jaan logs on
        1s c1 arrives at sales
        7s jaan answers
        7s mari answers c1
        8s mari hangs up c1
        9s mari rejects c1
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            0s     jaan wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            6s     stop ringing mari for c1
            6s     offer of c1 to mari ends: no_answer
            6s     ring jaan for c1
            6s     c1 is offered to jaan
            7s     connect c1 with jaan
            7s     offer of c1 to jaan ends: answered
            7s     c1 leaves sales: answered after 6s
            7s     c1 talks with jaan
            7s     hang up mari on c1
        "#]],
    );
}

#[test]
fn what_is_said_twice_is_told_once() {
    check(
        "
        group sales wrap=10s
        agent mari sales=1
        0s mari logs on
        0s mari logs on
        1s c1 arrives at sales
        1s c1 arrives at sales
        2s mari's phone rings
        2s mari's phone rings
        3s mari answers
        3s mari answers
        4s mari holds
        4s mari holds
        5s mari resumes
        5s mari resumes
        6s c1 hangs up
        6s c1 hangs up
        6s mari hangs up
        7s mari ends wrap-up
        7s mari ends wrap-up
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            2s     mari's phone rings for c1
            3s     connect c1 with mari
            3s     offer of c1 to mari ends: answered after ringing 1s
            3s     c1 leaves sales: answered after 2s
            3s     c1 talks with mari
            4s     agent holds c1
            5s     agent resumes c1
            6s     hang up mari on c1
            6s     c1 and mari have talked 3s: caller hung up
            6s     mari wraps up c1
            7s     mari has wrapped up, by agent
        "#]],
    );
}

#[test]
fn nonsense_about_calls_and_agents_that_do_not_ring_changes_nothing() {
    check(
        "
        group sales
        agent mari sales=1
        0s mari's phone rings c9
        0s mari rejects c9
        0s mari is busy c9
        0s mari fails c9
        0s mari hangs up c9
        0s mari holds c9
        0s c9 holds
        0s c9 hangs up
        0s mari ends wrap-up
        0s mari's phone is back
        0s mari answers c9
        ",
        expect![[r#"
            0s     hang up mari on c9
        "#]],
    );
}
