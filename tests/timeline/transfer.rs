//! Callers who are handed on.

use expect_test::expect;

use crate::check;

#[test]
fn a_caller_who_is_handed_on_waits_in_the_other_group_with_his_wait() {
    check(
        "
        group sales wrap=5s
        group support
        agent mari sales=1 support=2
        agent jaan support=1
        0s mari logs on
        1s c1 arrives at sales
        11s mari answers
        20s c2 arrives at support
        30s mari transfers to support
        60s jaan logs on
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            11s    connect c1 with mari
            11s    offer of c1 to mari ends: answered
            11s    c1 leaves sales: answered after 10s
            11s    c1 talks with mari
            20s    c2 waits in support, place 1
            30s    hang up mari on c1
            30s    music for c1
            30s    c1 and mari have talked 19s: agent hung up
            30s    mari wraps up c1
            30s    c1 goes from mari in sales to support, by agent
            30s    c1 waits in support, place 1, transferred
            35s    mari has wrapped up, by timer
            35s    ring mari for c2
            35s    c2 is offered to mari
            55s    stop ringing mari for c2
            55s    offer of c2 to mari ends: no_answer
            60s    jaan wants calls, by agent
            60s    ring jaan for c1
            60s    c1 is offered to jaan
            80s    stop ringing jaan for c1
            80s    offer of c1 to jaan ends: no_answer
            85s    ring mari for c2
            85s    c2 is offered to mari
        "#]],
    );
}

#[test]
fn the_only_agent_of_a_group_may_hand_a_caller_on_to_himself() {
    check(
        "
        group sales wrap=5s
        group support
        agent mari sales=1 support=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        9s mari transfers to support
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
            9s     hang up mari on c1
            9s     music for c1
            9s     c1 and mari have talked 7s: agent hung up
            9s     mari wraps up c1
            9s     c1 goes from mari in sales to support, by agent
            9s     c1 waits in support, place 1, transferred
            14s    mari has wrapped up, by timer
            14s    ring mari for c1
            14s    c1 is offered to mari
            34s    stop ringing mari for c1
            34s    offer of c1 to mari ends: no_answer
        "#]],
    );
}

#[test]
fn a_group_that_turns_him_away_leaves_the_talk_as_it_is() {
    check(
        "
        group sales
        group support door=closed
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        9s mari transfers to support
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
            10s    hang up mari on c1
            10s    c1 and mari have talked 8s: caller hung up
        "#]],
    );
}
