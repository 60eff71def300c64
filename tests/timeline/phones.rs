//! Phones that come and go.

use expect_test::expect;

use crate::check;

#[test]
fn a_phone_lost_while_it_rings_ends_the_offer_unreachable() {
    check(
        "
        tell activity
        group sales
        agent mari sales=1
        agent jaan sales=2
        0s mari logs on
        0s jaan logs on
        1s c1 arrives at sales
        3s mari's phone is lost
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            0s     jaan wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            1s     mari is offered a call
            3s     stop ringing mari for c1
            3s     offer of c1 to mari ends: unreachable
            3s     mari is unreachable
            3s     ring jaan for c1
            3s     c1 is offered to jaan
            3s     jaan is offered a call
            23s    stop ringing jaan for c1
            23s    offer of c1 to jaan ends: no_answer
            23s    jaan is idle
        "#]],
    );
}

#[test]
fn a_phone_lost_during_a_talk_ends_nothing_until_the_media_say_so() {
    check(
        "
        tell activity
        group sales wrap=5s
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        10s mari's phone is lost
        60s c1 hangs up
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
            60s    c1 and mari have talked 58s: caller hung up
            60s    mari wraps up c1
            60s    mari is wrapping up
            65s    mari has wrapped up, by timer
            65s    mari is unreachable
        "#]],
    );
}

#[test]
fn an_agent_without_a_phone_gets_no_call_until_it_registers() {
    check(
        "
        tell activity decisions
        group sales
        agent mari sales=1 phone=off
        0s mari logs on
        1s c1 arrives at sales
        10s mari's phone is back
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            10s    mari is idle
            10s    c1: mari of mari by built-in
            10s    ring mari for c1
            10s    c1 is offered to mari
            10s    mari is offered a call
            30s    stop ringing mari for c1
            30s    offer of c1 to mari ends: no_answer
            30s    mari is idle
        "#]],
    );
}

#[test]
fn a_phone_that_registers_again_during_a_call_is_no_second_free_agent() {
    check(
        "
        group sales
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        3s mari's phone is lost
        4s mari's phone is back
        5s c2 arrives at sales
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
            5s     c2 waits in sales, place 1
            9s     hang up mari on c1
            9s     c1 and mari have talked 7s: caller hung up
            9s     ring mari for c2
            9s     c2 is offered to mari
            29s    stop ringing mari for c2
            29s    offer of c2 to mari ends: no_answer
        "#]],
    );
}
