//! Memberships that count for a time.

use expect_test::expect;

use crate::check;

#[test]
fn an_agent_lent_wholly_serves_nobody_else_until_he_is_back() {
    check(
        "
        tell decisions
        group sales
        group support
        agent mari sales=1 support=1,until=1m,wholly
        agent jaan sales=2
        0s mari logs on
        0s jaan logs on
        1s c1 arrives at sales
        2s c2 arrives at support
        3s mari answers
        4s c2 hangs up
        5s c1 hangs up
        70s c3 arrives at sales
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            0s     jaan wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     c1: jaan of jaan by built-in; not mari (out of season)
            1s     ring jaan for c1
            1s     c1 is offered to jaan
            2s     c2 waits in support, place 1
            2s     c2: mari of mari by built-in
            2s     ring mari for c2
            2s     c2 is offered to mari
            3s     connect c2 with mari
            3s     offer of c2 to mari ends: answered
            3s     c2 leaves support: answered after 1s
            3s     c2 talks with mari
            4s     hang up mari on c2
            4s     c2 and mari have talked 1s: caller hung up
            5s     stop ringing jaan for c1
            5s     offer of c1 to jaan ends: caller_left
            5s     c1 leaves sales: abandoned after 4s
            60s    mari is back from support
            70s    c3 waits in sales, place 1
            70s    c3: mari of mari jaan by built-in
            70s    ring mari for c3
            70s    c3 is offered to mari
            90s    stop ringing mari for c3
            90s    offer of c3 to mari ends: no_answer
            90s    c3: jaan of jaan by built-in; not mari (resting)
            90s    ring jaan for c3
            90s    c3 is offered to jaan
        "#]],
    );
}

#[test]
fn an_agent_lent_beside_goes_on_with_his_own_group() {
    check(
        "
        group sales
        group support
        agent mari sales=1 support=2,until=1m
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        3s c1 hangs up
        4s c2 arrives at support
        5s mari answers
        61s c2 hangs up
        62s c3 arrives at support
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
            3s     hang up mari on c1
            3s     c1 and mari have talked 1s: caller hung up
            4s     c2 waits in support, place 1
            4s     ring mari for c2
            4s     c2 is offered to mari
            5s     connect c2 with mari
            5s     offer of c2 to mari ends: answered
            5s     c2 leaves support: answered after 1s
            5s     c2 talks with mari
            60s    mari is back from support
            61s    hang up mari on c2
            61s    c2 and mari have talked 56s: caller hung up
            62s    c3 waits in support, place 1
        "#]],
    );
}

#[test]
fn a_membership_counts_only_while_its_calendar_is_open() {
    check(
        "
        calendar morning 00:01-00:02
        group sales
        agent mari sales=1,in=morning
        0s mari logs on
        1s c1 arrives at sales
        90s c1 hangs up
        125s c2 arrives at sales
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            60s    ring mari for c1
            60s    c1 is offered to mari
            80s    stop ringing mari for c1
            80s    offer of c1 to mari ends: no_answer
            90s    c1 leaves sales: abandoned after 89s
            125s   c2 waits in sales, place 1
        "#]],
    );
}

#[test]
fn an_agent_may_have_a_rest_of_his_own_after_the_calls_of_a_group() {
    check(
        "
        group sales wrap=5s
        agent mari sales=1,wrap=20s
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        3s c1 hangs up
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
            3s     hang up mari on c1
            3s     c1 and mari have talked 1s: caller hung up
            3s     mari wraps up c1
            23s    mari has wrapped up, by timer
        "#]],
    );
}
