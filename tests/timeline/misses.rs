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
