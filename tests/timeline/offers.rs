//! The seven ends of an offer, and what they mean for the call and the agent.

use expect_test::expect;

use crate::check;

#[test]
fn unanswered_call_keeps_its_place_in_line() {
    check(
        "
        group sales ring=20s
        agent mari sales=1
        agent jaan sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari's phone rings
        2s c2 arrives at sales
        30s jaan logs on
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            2s     mari's phone rings for c1
            2s     c2 waits in sales, place 1
            21s    stop ringing mari for c1
            21s    offer of c1 to mari ends: no_answer after ringing 19s
            30s    jaan wants calls, by agent
            30s    ring jaan for c1
            30s    c1 is offered to jaan
            31s    ring mari for c2
            31s    c2 is offered to mari
            50s    stop ringing jaan for c1
            50s    offer of c1 to jaan ends: no_answer
            51s    stop ringing mari for c2
            51s    offer of c2 to mari ends: no_answer
            60s    ring jaan for c2
            60s    c2 is offered to jaan
        "#]],
    );
}

#[test]
fn no_answer_rings_the_next_agent_and_rests_the_first() {
    check(
        "
        tell decisions activity
        group sales ring=15s
        agent mari sales=1
        agent jaan sales=1
        0s mari logs on
        0s jaan logs on
        1s c1 arrives at sales
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            0s     jaan wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     c1: mari of mari jaan by built-in
            1s     ring mari for c1
            1s     c1 is offered to mari
            1s     mari is offered a call
            16s    stop ringing mari for c1
            16s    offer of c1 to mari ends: no_answer
            16s    mari is idle
            16s    c1: jaan of jaan by built-in; not mari (resting)
            16s    ring jaan for c1
            16s    c1 is offered to jaan
            16s    jaan is offered a call
            31s    stop ringing jaan for c1
            31s    offer of c1 to jaan ends: no_answer
            31s    jaan is idle
        "#]],
    );
}

#[test]
fn a_centre_of_one_agent_is_not_hammered_by_its_only_caller() {
    check(
        "
        group sales ring=20s
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        100s nothing happens
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            21s    stop ringing mari for c1
            21s    offer of c1 to mari ends: no_answer
            51s    ring mari for c1
            51s    c1 is offered to mari
            71s    stop ringing mari for c1
            71s    offer of c1 to mari ends: no_answer
            101s   ring mari for c1
            101s   c1 is offered to mari
            121s   stop ringing mari for c1
            121s   offer of c1 to mari ends: no_answer
        "#]],
    );
}

#[test]
fn a_rejected_call_never_rings_the_same_agent_again() {
    check(
        "
        group sales
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari rejects
        200s mari logs off
        201s mari logs on
        300s c1 hangs up
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            2s     offer of c1 to mari ends: rejected
            200s   mari wants to be off, by agent
            201s   mari wants calls, by agent
            300s   c1 leaves sales: abandoned after 299s
        "#]],
    );
}

#[test]
fn rejecting_is_no_way_to_leaf_through_the_callers() {
    check(
        "
        group sales
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        1s c2 arrives at sales
        1s c3 arrives at sales
        2s mari rejects
        13s mari rejects
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            1s     c2 waits in sales, place 1
            1s     c3 waits in sales, place 2
            2s     offer of c1 to mari ends: rejected
            12s    ring mari for c2
            12s    c2 is offered to mari
            13s    offer of c2 to mari ends: rejected
            23s    ring mari for c3
            23s    c3 is offered to mari
            43s    stop ringing mari for c3
            43s    offer of c3 to mari ends: no_answer
        "#]],
    );
}

#[test]
fn a_busy_phone_is_tried_again_after_half_a_minute() {
    check(
        "
        group sales
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        1.2s mari is busy
        32s mari answers
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            1.2s   offer of c1 to mari ends: busy
            31.2s  ring mari for c1
            31.2s  c1 is offered to mari
            32s    connect c1 with mari
            32s    offer of c1 to mari ends: answered
            32s    c1 leaves sales: answered after 31s
            32s    c1 talks with mari
        "#]],
    );
}

#[test]
fn reject_busy_no_answer_and_unreachable_are_four_things() {
    check(
        "
        group sales ring=5s
        agent mari sales=1
        agent jaan sales=2
        agent kati sales=3
        agent peep sales=4
        0s mari logs on
        0s jaan logs on
        0s kati logs on
        0s peep logs on
        1s c1 arrives at sales
        2s mari rejects
        3s jaan is busy
        4s kati fails
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            0s     jaan wants calls, by agent
            0s     kati wants calls, by agent
            0s     peep wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            2s     offer of c1 to mari ends: rejected
            2s     ring jaan for c1
            2s     c1 is offered to jaan
            3s     offer of c1 to jaan ends: busy
            3s     ring kati for c1
            3s     c1 is offered to kati
            4s     offer of c1 to kati ends: unreachable
            4s     ring peep for c1
            4s     c1 is offered to peep
            9s     stop ringing peep for c1
            9s     offer of c1 to peep ends: no_answer
            33s    ring jaan for c1
            33s    c1 is offered to jaan
        "#]],
    );
}

#[test]
fn when_all_have_refused_the_caller_waits_for_somebody_new() {
    check(
        "
        group sales
        agent mari sales=1
        agent jaan sales=1
        agent kati sales=1
        0s mari logs on
        0s jaan logs on
        1s c1 arrives at sales
        2s mari rejects
        3s jaan rejects
        120s kati logs on
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            0s     jaan wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            2s     offer of c1 to mari ends: rejected
            2s     ring jaan for c1
            2s     c1 is offered to jaan
            3s     offer of c1 to jaan ends: rejected
            120s   kati wants calls, by agent
            120s   ring kati for c1
            120s   c1 is offered to kati
            140s   stop ringing kati for c1
            140s   offer of c1 to kati ends: no_answer
        "#]],
    );
}

#[test]
fn the_time_to_ring_is_counted_from_the_real_ringing() {
    check(
        "
        group sales ring=20s
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        4.5s mari's phone rings
        6s mari answers
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            4.5s   mari's phone rings for c1
            6s     connect c1 with mari
            6s     offer of c1 to mari ends: answered after ringing 1.5s
            6s     c1 leaves sales: answered after 5s
            6s     c1 talks with mari
        "#]],
    );
}

#[test]
fn a_miss_costs_the_agent_his_turn_but_a_caller_who_leaves_does_not() {
    check(
        "
        tell decisions
        group sales
        agent mari sales=1
        agent jaan sales=1
        0s mari logs on
        1s jaan logs on
        2s c1 arrives at sales
        3s c1 hangs up
        4s c2 arrives at sales
        5s mari is busy
        6s c2 hangs up
        20s c3 arrives at sales
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     jaan wants calls, by agent
            2s     c1 waits in sales, place 1
            2s     c1: mari of mari jaan by built-in
            2s     ring mari for c1
            2s     c1 is offered to mari
            3s     stop ringing mari for c1
            3s     offer of c1 to mari ends: caller_left
            3s     c1 leaves sales: abandoned after 1s
            4s     c2 waits in sales, place 1
            4s     c2: mari of mari jaan by built-in
            4s     ring mari for c2
            4s     c2 is offered to mari
            5s     offer of c2 to mari ends: busy
            5s     c2: jaan of jaan by built-in; not mari (resting)
            5s     ring jaan for c2
            5s     c2 is offered to jaan
            6s     stop ringing jaan for c2
            6s     offer of c2 to jaan ends: caller_left
            6s     c2 leaves sales: abandoned after 2s
            20s    c3 waits in sales, place 1
            20s    c3: jaan of jaan mari by built-in
            20s    ring jaan for c3
            20s    c3 is offered to jaan
            40s    stop ringing jaan for c3
            40s    offer of c3 to jaan ends: no_answer
            40s    c3: mari of mari by built-in; not jaan (resting)
            40s    ring mari for c3
            40s    c3 is offered to mari
        "#]],
    );
}
