//! Agents who miss offers, and agents with a call of their own.

use expect_test::expect;

use crate::check;

#[test]
fn three_misses_of_one_cause_log_the_agent_off() {
    check(
        "
        misses no_answer=2:off
        group sales ring=5s
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s c2 arrives at sales
        100s nothing happens
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            2s     c2 waits in sales, place 1
            6s     stop ringing mari for c1
            6s     offer of c1 to mari ends: no_answer
            16s    ring mari for c2
            16s    c2 is offered to mari
            21s    stop ringing mari for c2
            21s    offer of c2 to mari ends: no_answer
            21s    mari wants to be off, by rule
        "#]],
    );
}

#[test]
fn an_answer_begins_the_count_anew_and_a_break_is_by_rule() {
    check(
        "
        misses busy=2:break rejected=1:30s
        group sales ring=5s
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari is busy
        33s mari answers
        33s c1 hangs up
        34s c2 arrives at sales
        35s mari is busy
        36s c3 arrives at sales
        46s mari is busy
        50s mari logs on
        60s mari rejects
        61s c4 arrives at sales
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            2s     offer of c1 to mari ends: busy
            32s    ring mari for c1
            32s    c1 is offered to mari
            33s    connect c1 with mari
            33s    offer of c1 to mari ends: answered
            33s    c1 leaves sales: answered after 32s
            33s    c1 talks with mari
            33s    hang up mari on c1
            33s    c1 and mari have talked 0s: caller hung up
            34s    c2 waits in sales, place 1
            34s    ring mari for c2
            34s    c2 is offered to mari
            35s    offer of c2 to mari ends: busy
            36s    c3 waits in sales, place 2
            45s    ring mari for c3
            45s    c3 is offered to mari
            46s    offer of c3 to mari ends: busy
            46s    mari wants a break (missed), by rule
            50s    mari wants calls, by agent
            61s    c4 waits in sales, place 3
            61s    ring mari for c4
            61s    c4 is offered to mari
            66s    stop ringing mari for c4
            66s    offer of c4 to mari ends: no_answer
            76s    ring mari for c2
            76s    c2 is offered to mari
            81s    stop ringing mari for c2
            81s    offer of c2 to mari ends: no_answer
            91s    ring mari for c3
            91s    c3 is offered to mari
        "#]],
    );
}

#[test]
fn an_agent_on_a_call_of_his_own_is_not_rung() {
    check(
        "
        tell activity decisions
        group sales
        agent mari sales=1
        agent jaan sales=2
        0s mari logs on
        0s jaan logs on
        1s c1 arrives at sales
        2s mari calls the outside
        3s mari ends own call
        4s c2 arrives at sales
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            0s     jaan wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     c1: mari of mari jaan by built-in
            1s     ring mari for c1
            1s     c1 is offered to mari
            1s     mari is offered a call
            2s     stop ringing mari for c1
            2s     offer of c1 to mari ends: withdrawn
            2s     mari is calling the outside
            2s     c1: jaan of jaan by built-in; not mari (occupied)
            2s     ring jaan for c1
            2s     c1 is offered to jaan
            2s     jaan is offered a call
            3s     mari is idle
            4s     c2 waits in sales, place 1
            4s     c2: mari of mari by built-in; not jaan (occupied)
            4s     ring mari for c2
            4s     c2 is offered to mari
            4s     mari is offered a call
            22s    stop ringing jaan for c1
            22s    offer of c1 to jaan ends: no_answer
            22s    jaan is idle
            24s    stop ringing mari for c2
            24s    offer of c2 to mari ends: no_answer
            24s    mari is idle
            32s    c2: jaan of jaan by built-in; not mari (resting)
            32s    ring jaan for c2
            32s    c2 is offered to jaan
            32s    jaan is offered a call
            34s    c1: mari of mari by built-in; not jaan (occupied)
            34s    ring mari for c1
            34s    c1 is offered to mari
            34s    mari is offered a call
        "#]],
    );
}

#[test]
fn an_agent_whom_nobody_hears_is_not_given_the_same_caller_again_and_again() {
    check(
        "
        misses unreachable=2:off
        group sales
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        62s mari is cut off
        70s c2 arrives at sales
        73s mari answers
        133s mari is cut off
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
            62s    music for c1
            62s    c1 and mari have talked 60s: agent was cut off
            62s    c1 waits in sales, place 1, returned
            70s    c2 waits in sales, place 2
            72s    ring mari for c2
            72s    c2 is offered to mari
            73s    connect c2 with mari
            73s    offer of c2 to mari ends: answered
            73s    c2 leaves sales: answered after 3s
            73s    c2 talks with mari
            133s   music for c2
            133s   c2 and mari have talked 60s: agent was cut off
            133s   mari wants to be off, by rule
            133s   c2 waits in sales, place 2, returned
        "#]],
    );
}

#[test]
fn a_caller_whose_agent_was_lost_is_served_by_another_at_once() {
    check(
        "
        misses unreachable=2:off
        group sales
        agent mari sales=1
        agent jaan sales=2
        0s mari logs on
        0s jaan logs on
        1s c1 arrives at sales
        2s mari answers
        62s mari is cut off
        63s jaan answers
        64s c2 arrives at sales
        80s c2 hangs up
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            0s     jaan wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            2s     connect c1 with mari
            2s     offer of c1 to mari ends: answered
            2s     c1 leaves sales: answered after 1s
            2s     c1 talks with mari
            62s    music for c1
            62s    c1 and mari have talked 60s: agent was cut off
            62s    c1 waits in sales, place 1, returned
            62s    ring jaan for c1
            62s    c1 is offered to jaan
            63s    connect c1 with jaan
            63s    offer of c1 to jaan ends: answered
            63s    c1 leaves sales: answered after 1s
            63s    c1 talks with jaan
            64s    c2 waits in sales, place 1
            72s    ring mari for c2
            72s    c2 is offered to mari
            80s    stop ringing mari for c2
            80s    offer of c2 to mari ends: caller_left
            80s    c2 leaves sales: abandoned after 16s
        "#]],
    );
}

#[test]
fn a_talk_that_ends_well_begins_the_count_of_lost_talks_anew() {
    check(
        "
        misses unreachable=2:off
        group sales
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        62s mari is cut off
        63s c1 hangs up
        73s c2 arrives at sales
        74s mari answers
        80s c2 hangs up
        81s c3 arrives at sales
        82s mari answers
        142s mari is cut off
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
            62s    music for c1
            62s    c1 and mari have talked 60s: agent was cut off
            62s    c1 waits in sales, place 1, returned
            63s    c1 leaves sales: abandoned after 1s
            73s    c2 waits in sales, place 1
            73s    ring mari for c2
            73s    c2 is offered to mari
            74s    connect c2 with mari
            74s    offer of c2 to mari ends: answered
            74s    c2 leaves sales: answered after 1s
            74s    c2 talks with mari
            80s    hang up mari on c2
            80s    c2 and mari have talked 6s: caller hung up
            81s    c3 waits in sales, place 1
            81s    ring mari for c3
            81s    c3 is offered to mari
            82s    connect c3 with mari
            82s    offer of c3 to mari ends: answered
            82s    c3 leaves sales: answered after 1s
            82s    c3 talks with mari
            142s   music for c3
            142s   c3 and mari have talked 60s: agent was cut off
            142s   c3 waits in sales, place 1, returned
            172s   ring mari for c3
            172s   c3 is offered to mari
        "#]],
    );
}

#[test]
fn lost_talks_and_phones_that_cannot_be_reached_are_one_count() {
    check(
        "
        group sales
        agent mari sales=1
        misses unreachable=2:1m
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        3s mari is cut off
        34s mari fails
        35s c2 arrives at sales
        95s mari answers c1
        96s mari is cut off
        107s mari answers c2
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
            3s     music for c1
            3s     c1 and mari have talked 1s: agent was cut off
            3s     c1 waits in sales, place 1, returned
            33s    ring mari for c1
            33s    c1 is offered to mari
            34s    offer of c1 to mari ends: unreachable
            35s    c2 waits in sales, place 2
            94s    ring mari for c1
            94s    c1 is offered to mari
            95s    connect c1 with mari
            95s    offer of c1 to mari ends: answered
            95s    c1 leaves sales: answered after 92s
            95s    c1 talks with mari
            96s    music for c1
            96s    c1 and mari have talked 1s: agent was cut off
            96s    c1 waits in sales, place 1, returned
            106s   ring mari for c2
            106s   c2 is offered to mari
            107s   connect c2 with mari
            107s   offer of c2 to mari ends: answered
            107s   c2 leaves sales: answered after 72s
            107s   c2 talks with mari
        "#]],
    );
}

#[test]
fn a_callback_that_an_agent_takes_does_not_end_his_row_of_lost_talks() {
    check(
        "
        group sales key=1:callback
        agent mari sales=1
        misses unreachable=2:off
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        3s mari is cut off
        4s c1 hangs up
        5s c2 arrives at sales
        6s c2 presses 1
        14s mari answers
        15s c2 is not reached
        16s c3 arrives at sales
        17s mari fails
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
            3s     music for c1
            3s     c1 and mari have talked 1s: agent was cut off
            3s     c1 waits in sales, place 1, returned
            4s     c1 leaves sales: abandoned after 1s
            5s     c2 waits in sales, place 1
            6s     let c2 go, saying callback noted
            6s     c2 keeps its place in sales, to be called at 5500002
            13s    ring mari for c2
            13s    c2 is offered to mari
            14s    offer of c2 to mari ends: answered
            14s    call 5500002 back for c2, mari is on the line
            15s    hang up mari on c2
            15s    c2 is called back by mari: not reached
            16s    c3 waits in sales, place 2
            16s    ring mari for c3
            16s    c3 is offered to mari
            17s    offer of c3 to mari ends: unreachable
            17s    mari wants to be off, by rule
        "#]],
    );
}
