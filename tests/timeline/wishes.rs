//! What the agent wants, apart from what his phone does.

use expect_test::expect;

use crate::check;

#[test]
fn logging_off_during_a_call_takes_effect_after_it() {
    check(
        "
        tell activity
        group sales wrap=10s
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        5s mari logs off
        6s c2 arrives at sales
        20s c1 hangs up
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
            5s     mari wants to be off, by agent
            6s     c2 waits in sales, place 1
            20s    hang up mari on c1
            20s    c1 and mari have talked 18s: caller hung up
            20s    mari wraps up c1
            20s    mari is wrapping up
            30s    mari has wrapped up, by timer
            30s    mari is idle
        "#]],
    );
}

#[test]
fn a_break_during_wrap_up_begins_after_it() {
    check(
        "
        group sales wrap=10s
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        20s c1 hangs up
        21s mari takes a break for lunch
        22s c2 arrives at sales
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
            20s    hang up mari on c1
            20s    c1 and mari have talked 18s: caller hung up
            20s    mari wraps up c1
            21s    mari wants a break (lunch), by agent
            22s    c2 waits in sales, place 1
            30s    mari has wrapped up, by timer
        "#]],
    );
}

#[test]
fn logging_off_while_the_phone_rings_gives_the_call_back_to_its_old_place() {
    check(
        "
        group sales
        agent mari sales=1
        agent jaan sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s c2 arrives at sales
        3s mari logs off
        4s jaan logs on
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            2s     c2 waits in sales, place 1
            3s     mari wants to be off, by agent
            3s     stop ringing mari for c1
            3s     offer of c1 to mari ends: withdrawn
            4s     jaan wants calls, by agent
            4s     ring jaan for c1
            4s     c1 is offered to jaan
            24s    stop ringing jaan for c1
            24s    offer of c1 to jaan ends: no_answer
            34s    ring jaan for c2
            34s    c2 is offered to jaan
        "#]],
    );
}

#[test]
fn a_break_while_the_phone_rings_sends_the_call_to_the_next_agent_at_once() {
    check(
        "
        tell decisions
        group sales
        agent mari sales=1
        agent jaan sales=2
        0s mari logs on
        0s jaan logs on
        1s c1 arrives at sales
        3s mari takes a break for coffee
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            0s     jaan wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     c1: mari of mari jaan by built-in
            1s     ring mari for c1
            1s     c1 is offered to mari
            3s     mari wants a break (coffee), by agent
            3s     stop ringing mari for c1
            3s     offer of c1 to mari ends: withdrawn
            3s     c1: jaan of jaan by built-in; not mari (on a break)
            3s     ring jaan for c1
            3s     c1 is offered to jaan
            23s    stop ringing jaan for c1
            23s    offer of c1 to jaan ends: no_answer
        "#]],
    );
}

#[test]
fn a_supervisor_logs_an_agent_off_and_the_journal_names_him() {
    check(
        "
        group sales
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        3s mari logs off by kalle
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            3s     mari wants to be off, by kalle
            3s     stop ringing mari for c1
            3s     offer of c1 to mari ends: withdrawn
        "#]],
    );
}

#[test]
fn a_missed_ring_never_overrides_the_wish_of_the_agent() {
    check(
        "
        tell activity
        group sales ring=5s
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        7s c1 hangs up
        17s c2 arrives at sales
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            1s     mari is offered a call
            6s     stop ringing mari for c1
            6s     offer of c1 to mari ends: no_answer
            6s     mari is idle
            7s     c1 leaves sales: abandoned after 6s
            17s    c2 waits in sales, place 1
            17s    ring mari for c2
            17s    c2 is offered to mari
            17s    mari is offered a call
            22s    stop ringing mari for c2
            22s    offer of c2 to mari ends: no_answer
            22s    mari is idle
        "#]],
    );
}

#[test]
fn a_break_keeps_the_reason_and_a_new_reason_is_a_new_line() {
    check(
        "
        group sales
        agent mari sales=1
        0s mari logs on
        1s mari takes a break for lunch
        2s mari takes a break for training by kalle
        3s mari takes a break for training
        4s mari logs on
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     mari wants a break (lunch), by agent
            2s     mari wants a break (training), by kalle
            4s     mari wants calls, by agent
        "#]],
    );
}
