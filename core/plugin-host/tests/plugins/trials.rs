//! A plugin is tried out: as a shadow that decides nothing, and for a share of the calls.

use acd::{AgentId, CallId, Candidate, Choice};
use plugin_host::{Difference, OnTrial, RoutingPolicy, Stage, Suspension, Tally, Trial};

use crate::guests::{Bench, GROUP, agents, ask, ask_for, guest, longest_idle};

/// The built-in order for the group, and this file on trial.
fn tried(bench: &Bench, file: &[u8], stage: Stage) -> RoutingPolicy {
    let mut policy = RoutingPolicy::new();
    policy.set_trial(GROUP, Some(Trial { plugin: bench.plugin(file), stage }));
    policy
}

/// The trial of the group, with every answer.
fn trial(policy: &mut RoutingPolicy) -> &OnTrial {
    policy.settle();
    policy.trials().next().expect("a trial").1
}

/// Two agents of equal order, of whom the second has rested longer.
fn unlike() -> Vec<Candidate> {
    agents(&[(1, 4_000), (1, 60_000)])
}

const BROKEN: &str = "unreachable";

#[test]
fn a_shadow_decides_nothing_and_its_answers_are_compared() {
    let bench = Bench::new();
    let mut policy = tried(&bench, &longest_idle(), Stage::Shadow);
    let reply = ask(&mut policy, &unlike());
    assert_eq!((reply.choice, reply.verdict.policy.as_str()), (Choice::Ring(0), "built-in"));
    ask(&mut policy, &agents(&[(1, 60_000), (1, 4_000)]));
    let record = trial(&mut policy).record();
    let tally = Tally { asked: 2, same: 1, different: 1, ..Tally::default() };
    assert_eq!((record.total, record.hours.len(), record.hours[0].tally), (tally, 1, tally));
    let Difference { call, decided, instead, .. } = &record.differences[0];
    assert_eq!((*call, *decided, *instead), (CallId(7), Some(AgentId(1)), Some(AgentId(2))));
}

#[test]
fn a_shadow_that_would_wait_differs_and_one_that_waits_too_does_not() {
    let bench = Bench::new();
    let wait = guest("", "(call $wait (i32.const 900))");
    let mut policy = tried(&bench, &wait, Stage::Shadow);
    ask(&mut policy, &unlike());
    let record = trial(&mut policy).record();
    assert_eq!(record.differences[0].instead, None);
    policy.set(GROUP, Some(bench.plugin(&guest("", "(call $wait (i32.const 100))"))));
    assert_eq!(ask(&mut policy, &unlike()).choice, Choice::Wait(100));
    let total = trial(&mut policy).record().total;
    assert_eq!((total.asked, total.same), (1, 1), "compared with another policy: counted anew");
}

#[test]
fn a_shadow_sees_what_the_policy_saw() {
    let bench = Bench::new();
    // Rings the first for whoever masters billing and has served the caller, as only the second
    // does; the skills, the services and what came along are all copied.
    let import = r#"(import "ladus:routing/candidates@1.1.0" "served-ms-ago" (func $ago (param i32)))
        (import "ladus:routing/situation@1.1.0" "language" (func $language (param i32)))"#;
    let choose = "(call $language (i32.const 300)) (call $ago (i32.const 256))
        (if (i32.ne (i32.load8_u (i32.const 300)) (i32.const 1)) (then unreachable))
        (call $ring (i32.eq (i32.load offset=4 (i32.load (i32.const 256))) (i32.const 90000)))";
    let mut policy = tried(&bench, &guest(import, choose), Stage::Shadow);
    ask(&mut policy, &unlike());
    let trial = trial(&mut policy);
    assert_eq!(trial.health().last_failure, None);
    assert_eq!(trial.record().differences[0].instead, Some(AgentId(2)));
}

#[test]
fn a_shadow_that_fails_suspends_itself_alone() {
    let bench = Bench::new();
    let mut policy = tried(&bench, &guest("", BROKEN), Stage::Shadow);
    policy.set(GROUP, Some(bench.plugin(&longest_idle())));
    for _ in 0..8 {
        let reply = ask(&mut policy, &unlike());
        assert_eq!((reply.choice, reply.verdict.fallback), (Choice::Ring(1), None));
        policy.settle();
    }
    let on_trial = trial(&mut policy);
    assert_eq!(on_trial.health().suspension, Some(Suspension::InARow));
    assert!(!on_trial.health().last_backtrace.is_empty());
    let total = on_trial.record().total;
    assert_eq!((total.asked, total.failed, total.left), (5, 5, 3));
    let own = policy.health(GROUP).expect("the group's own");
    assert_eq!((own.decisions, own.failures), (8, 0));
    policy.forgive(GROUP);
    ask(&mut policy, &unlike());
    assert_eq!(trial(&mut policy).record().total.asked, 6, "another chance");
}

#[test]
fn an_answer_that_comes_after_its_trial_is_over_counts_for_nobody() {
    let bench = Bench::new();
    let mut policy = tried(&bench, &longest_idle(), Stage::Shadow);
    ask(&mut policy, &unlike());
    let plugin = bench.plugin(&guest("", BROKEN));
    policy.set_trial(GROUP, Some(Trial { plugin, stage: Stage::Shadow }));
    let on_trial = trial(&mut policy);
    assert_eq!((on_trial.record().total, on_trial.health().decisions), (Tally::default(), 0));
    ask(&mut policy, &unlike());
    policy.set_trial(GROUP, None);
    policy.settle();
    assert_eq!(policy.trials().count(), 0);
}

#[test]
fn the_same_trial_again_goes_on_and_another_share_begins_anew() {
    let bench = Bench::new();
    let plugin = bench.plugin(&longest_idle());
    let mut policy = RoutingPolicy::new();
    let mut tries = |share, calls: u64| {
        let stage = Stage::Share(share);
        policy.set_trial(GROUP, Some(Trial { plugin: plugin.clone(), stage }));
        for call in 0..calls {
            ask_for(call, &mut policy, &unlike());
        }
        let Tally { asked, left, .. } = trial(&mut policy).record().total;
        asked + left
    };
    assert_eq!((tries(50, 3), tries(50, 2), tries(51, 1)), (3, 5, 1));
}

#[test]
fn a_share_of_the_calls_is_decided_by_the_trial_and_each_call_keeps_its_side() {
    let bench = Bench::new();
    let mut policy = tried(&bench, &longest_idle(), Stage::Share(20));
    let mut decided = |call| ask_for(call, &mut policy, &unlike()).verdict.policy;
    let first: Vec<String> = (1..=1_000).map(&mut decided).collect();
    let again: Vec<String> = (1..=1_000).map(&mut decided).collect();
    assert_eq!(first, again, "offered once more");
    let of_trial = first.iter().filter(|policy| *policy == "longest-idle@0.1.0").count();
    assert!((160..=240).contains(&of_trial), "{of_trial} of a thousand");
    assert_eq!(first.iter().filter(|policy| *policy == "built-in").count(), 1_000 - of_trial);
    let total = trial(&mut policy).record().total;
    assert_eq!((total.asked, total.left), (2 * of_trial as u64, 2_000 - 2 * of_trial as u64));
    // A larger share has every call that the smaller one had.
    let plugin = bench.plugin(&longest_idle());
    policy.set_trial(GROUP, Some(Trial { plugin, stage: Stage::Share(60) }));
    for (call, before) in (1..=1_000).zip(&first) {
        let now = ask_for(call, &mut policy, &unlike()).verdict.policy;
        assert!(before == "built-in" || now == *before, "call {call}");
    }
}

#[test]
fn a_share_that_fails_hands_its_calls_back_to_the_groups_policy() {
    let bench = Bench::new();
    let mut policy = tried(&bench, &guest("", BROKEN), Stage::Share(99));
    policy.set(GROUP, Some(bench.plugin(&longest_idle())));
    let replies: Vec<_> = (1..=50).map(|call| ask_for(call, &mut policy, &unlike())).collect();
    let failed: Vec<_> = replies.iter().filter(|it| it.verdict.fallback.is_some()).collect();
    assert_eq!(failed.len(), 5, "then it is suspended");
    assert!(failed.iter().all(|it| it.choice == Choice::Ring(0)), "the built-in order stepped in");
    assert!(failed.iter().all(|it| it.verdict.policy == "guest@1.0.0"));
    let handed_back = &replies[49];
    assert_eq!((handed_back.choice, &handed_back.verdict.fallback), (Choice::Ring(1), &None));
    let own = policy.health(GROUP).expect("the group's own");
    assert_eq!((own.failures, own.suspended()), (0, false));
    let on_trial = trial(&mut policy);
    assert!(on_trial.health().suspended());
    assert_eq!(on_trial.record().total.failed, 5);
}
