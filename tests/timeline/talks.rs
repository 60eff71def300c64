//! Talk, hold and wrap-up.

use expect_test::expect;

use crate::check;

#[test]
fn wrap_up_is_a_state_of_its_own_that_the_timer_ends() {
    check(
        "
        tell activity
        group sales wrap=30s
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        3s c2 arrives at sales
        10s c1 hangs up
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
            3s     c2 waits in sales, place 1
            10s    hang up mari on c1
            10s    c1 and mari have talked 8s: caller hung up
            10s    mari wraps up c1
            10s    mari is wrapping up
            40s    mari has wrapped up, by timer
            40s    mari is idle
            40s    ring mari for c2
            40s    c2 is offered to mari
            40s    mari is offered a call
        "#]],
    );
}

#[test]
fn an_agent_ends_his_wrap_up_himself() {
    check(
        "
        group sales wrap=30s
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        3s c2 arrives at sales
        10s mari hangs up
        15s mari ends wrap-up
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
            10s    hang up c1
            10s    c1 and mari have talked 8s: agent hung up
            10s    mari wraps up c1
            15s    mari has wrapped up, by agent
            15s    ring mari for c2
            15s    c2 is offered to mari
            35s    stop ringing mari for c2
            35s    offer of c2 to mari ends: no_answer
        "#]],
    );
}

#[test]
fn wrap_up_holds_for_all_groups_of_the_agent() {
    check(
        "
        group sales wrap=30s
        group support wrap=0s
        agent mari sales=1 support=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        3s c2 arrives at support
        10s c1 hangs up
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
            3s     c2 waits in support, place 1
            10s    hang up mari on c1
            10s    c1 and mari have talked 8s: caller hung up
            10s    mari wraps up c1
            40s    mari has wrapped up, by timer
            40s    ring mari for c2
            40s    c2 is offered to mari
        "#]],
    );
}

#[test]
fn a_hold_is_closed_when_the_caller_hangs_up_in_it() {
    check(
        "
        group sales
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        5s mari holds
        6s c1 holds
        7s c1 resumes
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
            5s     agent holds c1
            6s     caller holds c1
            7s     caller resumes c1
            9s     hang up mari on c1
            9s     agent resumes c1
            9s     c1 and mari have talked 7s: caller hung up
        "#]],
    );
}

#[test]
fn a_caller_whose_link_dies_frees_the_agent() {
    check(
        "
        tell activity
        group sales
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        60s c1 is cut off
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
            60s    hang up mari on c1
            60s    c1 and mari have talked 58s: caller was cut off
            60s    mari is idle
        "#]],
    );
}

#[test]
fn an_agent_whose_link_dies_while_talking_gives_the_caller_back_to_his_old_place() {
    check(
        "
        group sales wrap=5s
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        60s mari is cut off
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
            60s    music for c1
            60s    c1 and mari have talked 58s: agent was cut off
            60s    mari wraps up c1
            60s    c1 waits in sales, place 1, returned
            65s    mari has wrapped up, by timer
            90s    ring mari for c1
            90s    c1 is offered to mari
        "#]],
    );
}
