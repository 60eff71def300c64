//! Policies that choose well, badly and not at all.

use acd::{Choice, Policy, Question, Reply, Verdict};
use expect_test::expect;

use crate::check_with;

/// Answers the same whatever the question.
struct Always(Choice);

impl Policy for Always {
    fn choose(&mut self, _question: &Question<'_>) -> Reply {
        let verdict = Verdict { policy: "always".to_owned(), ..Verdict::default() };
        Reply { choice: self.0, verdict }
    }
}

#[test]
fn the_policy_may_choose_another_candidate() {
    check_with(
        "
        tell decisions
        group sales
        agent mari sales=1
        agent jaan sales=2
        0s mari logs on
        0s jaan logs on
        1s c1 arrives at sales
        ",
        &mut Always(Choice::Ring(1)),
        expect![[r#"
            0s     mari wants calls, by agent
            0s     jaan wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     c1: jaan of mari jaan by always
            1s     ring jaan for c1
            1s     c1 is offered to jaan
            21s    stop ringing jaan for c1
            21s    offer of c1 to jaan ends: no_answer
            21s    c1: mari of mari by always, which chose candidate 1 of 1; not jaan (resting)
            21s    ring mari for c1
            21s    c1 is offered to mari
        "#]],
    );
}

#[test]
fn an_answer_out_of_range_falls_back_to_the_built_in_order_and_says_so() {
    check_with(
        "
        tell decisions
        group sales
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        ",
        &mut Always(Choice::Ring(7)),
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     c1: mari of mari by always, which chose candidate 7 of 1
            1s     ring mari for c1
            1s     c1 is offered to mari
            21s    stop ringing mari for c1
            21s    offer of c1 to mari ends: no_answer
        "#]],
    );
}

#[test]
fn a_policy_that_never_rings_anybody_is_overruled_after_a_minute() {
    check_with(
        "
        tell decisions
        group sales
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        70s nothing happens
        ",
        &mut Always(Choice::Wait(u32::MAX)),
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            61s    c1: mari of mari by always, which kept the caller from free agents for too long
            61s    ring mari for c1
            61s    c1 is offered to mari
            81s    stop ringing mari for c1
            81s    offer of c1 to mari ends: no_answer
        "#]],
    );
}

/// Waits for the second candidate.
struct WantsTwo;

impl Policy for WantsTwo {
    fn choose(&mut self, question: &Question<'_>) -> Reply {
        let enough = question.candidates.len() > 1;
        let choice = if enough { Choice::Ring(1) } else { Choice::Wait(3000) };
        Reply { choice, verdict: Verdict { policy: "wants-two".to_owned(), ..Verdict::default() } }
    }
}

#[test]
fn a_policy_that_waits_is_asked_again_when_it_said() {
    check_with(
        "
        tell decisions
        group sales
        agent mari sales=1
        agent jaan sales=1
        0s mari logs on
        1s c1 arrives at sales
        2s jaan logs on
        ",
        &mut WantsTwo,
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            2s     jaan wants calls, by agent
            4s     c1: jaan of mari jaan by wants-two
            4s     ring jaan for c1
            4s     c1 is offered to jaan
            24s    stop ringing jaan for c1
            24s    offer of c1 to jaan ends: no_answer
        "#]],
    );
}

#[test]
fn the_agent_kept_from_one_caller_is_free_for_the_next() {
    check_with(
        "
        group sales
        group support
        agent mari sales=1 support=2
        agent jaan support=1
        0s mari logs on
        1s c1 arrives at sales
        2s jaan logs on
        2.5s c2 arrives at support
        3s c1 hangs up
        ",
        &mut WantsTwo,
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            2s     jaan wants calls, by agent
            2.5s   c2 waits in support, place 1
            2.5s   ring mari for c2
            2.5s   c2 is offered to mari
            3s     c1 leaves sales: abandoned after 2s
            22.5s  stop ringing mari for c2
            22.5s  offer of c2 to mari ends: no_answer
        "#]],
    );
}

/// The fewest calls of today first.
struct FewestCalls;

impl Policy for FewestCalls {
    fn choose(&mut self, question: &Question<'_>) -> Reply {
        let handled = question.candidates.iter().map(|candidate| candidate.handled_today);
        let fewest = handled.enumerate().min_by_key(|&(_, handled)| handled);
        let choice = Choice::Ring(fewest.map_or(0, |(position, _)| position));
        let reason = fewest.map(|(_, handled)| format!("{handled} calls today"));
        let policy = "fewest-calls".to_owned();
        Reply { choice, verdict: Verdict { policy, reason, ..Verdict::default() } }
    }
}

#[test]
fn neither_a_break_nor_a_log_off_nor_a_new_plan_resets_the_counters() {
    check_with(
        "
        tell decisions
        group sales
        agent mari sales=1
        agent jaan sales=2
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        3s c1 hangs up
        4s mari takes a break for lunch
        5s mari logs off
        6s group sales ring=5s
        7s agent kati sales=9
        8s mari logs on
        9s jaan logs on
        10s c2 arrives at sales
        11s jaan answers
        ",
        &mut FewestCalls,
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     c1: mari of mari by fewest-calls (0 calls today); not jaan (off)
            1s     ring mari for c1
            1s     c1 is offered to mari
            2s     connect c1 with mari
            2s     offer of c1 to mari ends: answered
            2s     c1 leaves sales: answered after 1s
            2s     c1 talks with mari
            3s     hang up mari on c1
            3s     c1 and mari have talked 1s: caller hung up
            4s     mari wants a break (lunch), by agent
            5s     mari wants to be off, by agent
            6s     plan 2 is in force
            7s     plan 3 is in force
            8s     mari wants calls, by agent
            9s     jaan wants calls, by agent
            10s    c2 waits in sales, place 1
            10s    c2: jaan of mari jaan by fewest-calls (0 calls today); not kati (off)
            10s    ring jaan for c2
            10s    c2 is offered to jaan
            11s    connect c2 with jaan
            11s    offer of c2 to jaan ends: answered
            11s    c2 leaves sales: answered after 1s
            11s    c2 talks with jaan
        "#]],
    );
}
