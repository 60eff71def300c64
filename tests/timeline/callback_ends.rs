//! Callbacks that end before the caller was reached.

use expect_test::expect;

use crate::check;

#[test]
fn a_callback_that_every_agent_has_rejected_ends() {
    check(
        "
        group sales key=1:callback
        agent mari sales=1
        agent jaan sales=2
        1s c1 arrives at sales
        2s c1 presses 1
        3s mari logs on
        4s mari rejects
        5s jaan logs on
        6s jaan rejects
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     let c1 go, saying callback noted
            2s     c1 keeps its place in sales, to be called at 5500001
            3s     mari wants calls, by agent
            3s     ring mari for c1
            3s     c1 is offered to mari
            4s     offer of c1 to mari ends: rejected
            5s     jaan wants calls, by agent
            5s     ring jaan for c1
            5s     c1 is offered to jaan
            6s     offer of c1 to jaan ends: rejected
            6s     c1 is not called back: everybody has rejected it
            6s     c1 leaves sales: callback failed after 5s
        "#]],
    );
}

#[test]
fn a_callback_waits_on_for_an_agent_who_has_not_rejected_it_until_he_serves_no_more() {
    check(
        "
        group sales key=1:callback
        agent mari sales=1
        agent jaan sales=2
        1s c1 arrives at sales
        2s c1 presses 1
        3s mari logs on
        4s mari rejects
        60s agent jaan
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     let c1 go, saying callback noted
            2s     c1 keeps its place in sales, to be called at 5500001
            3s     mari wants calls, by agent
            3s     ring mari for c1
            3s     c1 is offered to mari
            4s     offer of c1 to mari ends: rejected
            60s    plan 2 is in force
            60s    c1 is not called back: everybody has rejected it
            60s    c1 leaves sales: callback failed after 59s
        "#]],
    );
}

#[test]
fn a_supervisor_ends_a_callback_wherever_it_stands() {
    check(
        "
        group sales key=1:callback
        agent mari sales=1
        1s c1 arrives at sales
        2s c1 presses 1
        3s c1 is not called back by kalle
        4s c2 arrives at sales
        5s c2 presses 1
        6s mari logs on
        7s c2 is not called back by kalle
        8s c3 arrives at sales
        9s c3 presses 1
        10s mari answers
        11s c4 arrives at sales
        12s c4 presses 1
        13s c4 hangs up
        14s mari answers
        15s c4 is not called back by kalle
        16s c4 is not reached
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     let c1 go, saying callback noted
            2s     c1 keeps its place in sales, to be called at 5500001
            3s     c1 is not called back: ended, by kalle
            3s     c1 leaves sales: callback failed after 2s
            4s     c2 waits in sales, place 1
            5s     let c2 go, saying callback noted
            5s     c2 keeps its place in sales, to be called at 5500002
            6s     mari wants calls, by agent
            6s     ring mari for c2
            6s     c2 is offered to mari
            7s     stop ringing mari for c2
            7s     offer of c2 to mari ends: withdrawn
            7s     c2 is not called back: ended, by kalle
            7s     c2 leaves sales: callback failed after 3s
            8s     c3 waits in sales, place 1
            8s     ring mari for c3
            8s     c3 is offered to mari
            9s     stop ringing mari for c3
            9s     offer of c3 to mari ends: withdrawn
            9s     let c3 go, saying callback noted
            9s     c3 keeps its place in sales, to be called at 5500003
            9s     ring mari for c3
            9s     c3 is offered to mari
            10s    offer of c3 to mari ends: answered
            10s    call 5500003 back for c3, mari is on the line
            11s    c4 waits in sales, place 1
            12s    let c4 go, saying callback noted
            12s    c4 keeps its place in sales, to be called at 5500004
            15s    c4 is not called back: ended, by kalle
            15s    c4 leaves sales: callback failed after 4s
        "#]],
    );
}

#[test]
fn a_caller_on_the_line_is_no_callback_to_be_ended() {
    check(
        "
        group sales
        1s c1 arrives at sales
        2s c1 is not called back by kalle
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
        "#]],
    );
}

#[test]
fn after_three_days_nobody_is_called_back_any_more() {
    check(
        "
        group sales key=1:callback
        agent mari sales=1
        1s c1 arrives at sales
        2s c1 presses 1
        72h mari takes a break
        72h3s mari logs on
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     let c1 go, saying callback noted
            2s     c1 keeps its place in sales, to be called at 5500001
            259200s mari wants a break (break), by agent
            259202s c1 is not called back: too old
            259202s c1 leaves sales: callback failed after 259201s
            259203s mari wants calls, by agent
        "#]],
    );
}

#[test]
fn a_callback_whose_group_is_removed_ends() {
    check(
        "
        group sales key=1:callback
        group support
        1s c1 arrives at sales
        2s c1 presses 1
        3s remove group sales
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     let c1 go, saying callback noted
            2s     c1 keeps its place in sales, to be called at 5500001
            3s     plan 2 is in force
            3s     c1 is not called back: no such group
            3s     c1 leaves sales: callback failed after 2s
        "#]],
    );
}

#[test]
fn a_callback_ends_when_the_last_who_might_have_wanted_it_does_not_come_back() {
    check(
        "
        calendar night 00:00-00:01 23:00-24:00
        group sales key=1:callback
        agent mari sales=1
        agent jaan sales=1,in=night
        agent kati sales=1,in=night,until=2m
        61s c1 arrives at sales
        62s c1 presses 1
        63s mari logs on
        64s mari rejects
        70s agent jaan
        120s nothing happens
        ",
        expect![[r#"
            61s    c1 waits in sales, place 1
            62s    let c1 go, saying callback noted
            62s    c1 keeps its place in sales, to be called at 5500001
            63s    mari wants calls, by agent
            63s    ring mari for c1
            63s    c1 is offered to mari
            64s    offer of c1 to mari ends: rejected
            70s    plan 2 is in force
            120s   kati is back from sales
            120s   c1 is not called back: everybody has rejected it
            120s   c1 leaves sales: callback failed after 59s
        "#]],
    );
}
