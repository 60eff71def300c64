//! What a plugin was asked when it failed: written down, read, and asked once more.

use acd::{
    Achieved, AgentId, CallId, Candidate, Choice, GroupId, Policy, Sent, Service, Skills, Time,
};
use plugin_host::{CaseAnswer, Failure, Kept, QuestionCase, RoutingPolicy, Stage, Trial, Value};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

use crate::guests::{Bench, GROUP, agents, ask, ask_for, guest, longest_idle};

fn candidate() -> impl Strategy<Value = Candidate> {
    let times = (any::<u64>(), any::<u64>(), any::<u64>());
    let counts = (any::<u32>(), any::<u32>(), any::<u16>(), any::<u16>());
    (times, counts).prop_map(|((delay_ms, idle_ms, talk_ms_today), counts)| {
        let (handled_today, missed_today, order, occupancy_permille) = counts;
        Candidate {
            agent: AgentId(0),
            order,
            delay_ms,
            idle_ms,
            handled_today,
            missed_today,
            talk_ms_today,
            occupancy_permille,
        }
    })
}

fn skills() -> impl Strategy<Value = Skills> {
    btree_map("[a-zõ]{1,40}", 1_u8..=10, 0..4)
        .prop_map(|levels| Skills::new(levels).expect("levels within bounds"))
}

fn achieved() -> impl Strategy<Value = Achieved> {
    // Quarters: whatever is written as a decimal is read as the same.
    btree_map("[a-z_]{1,40}", any::<i32>().prop_map(|quarters| f64::from(quarters) / 4.0), 0..4)
        .prop_map(|figures| Achieved::new(figures).expect("figures within bounds"))
}

fn sent() -> impl Strategy<Value = Sent> {
    let attributes = vec(("\\PC{1,40}", "\\PC{0,200}"), 0..4);
    (proptest::option::of("[a-z]{2}"), attributes).prop_map(|(language, attributes)| {
        let mut sent = Sent::in_language(language);
        for (name, value) in &attributes {
            sent.add(name, value);
        }
        sent
    })
}

fn question() -> impl Strategy<Value = Kept> {
    let times = (any::<u64>(), any::<u64>(), any::<u64>(), any::<u64>());
    let ids = (any::<u64>(), any::<u64>());
    let counts = (any::<i32>(), any::<u32>(), any::<u32>());
    let service = (any::<u64>(), any::<u64>(), any::<bool>());
    let service =
        service.prop_map(|(agent, ms_ago, there)| Service { agent: AgentId(agent), ms_ago, there });
    let rows = vec((candidate(), (skills(), achieved())), 1..6);
    (times, ids, counts, sent(), vec(service, 0..4), rows).prop_map(
        |((now, waited_ms, longest_wait_ms, seed), (group, call), counts, sent, services, rows)| {
            let (mut candidates, known): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
            let (skills, achieved) = known.into_iter().unzip();
            for (agent, candidate) in (u64::MAX - 9..).zip(&mut candidates) {
                candidate.agent = AgentId(agent);
            }
            Kept {
                now: Time(now),
                group: GroupId(group),
                call: CallId(call),
                waited_ms,
                priority: counts.0,
                offers: counts.1,
                waiting: counts.2,
                longest_wait_ms,
                seed,
                sent,
                services,
                candidates,
                skills,
                achieved,
            }
        },
    )
}

fn setting() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Empty),
        any::<bool>().prop_map(Value::Toggle),
        // What people enter: few digits, which text holds exactly.
        any::<i32>().prop_map(|number| Value::Number(f64::from(number) / 8.0)),
        "\\PC{0,20}".prop_map(Value::Text),
        vec("\\PC{0,9}", 0..3).prop_map(Value::Several),
    ]
}

fn case() -> impl Strategy<Value = QuestionCase> {
    let settings = btree_map("[a-z-]{1,9}", setting(), 0..4);
    let failure = proptest::option::of("\\PC{0,20}");
    (question(), settings, failure, proptest::option::of(any::<u32>())).prop_map(
        |(question, settings, failure, wait)| QuestionCase {
            plugin: "guest@1.0.0".to_owned(),
            settings: settings.into_iter().collect(),
            failure,
            answer: match wait {
                Some(ms) if ms % 2 == 0 => Some(CaseAnswer::Wait(ms)),
                Some(_) => Some(CaseAnswer::Ring(question.candidates[0].agent)),
                None => None,
            },
            question,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_case_that_is_written_reads_as_the_same(case in case()) {
        prop_assert_eq!(QuestionCase::read(&case.write()), Ok(case));
    }
}

/// Fails, whatever it is asked.
const BROKEN: &str = "unreachable";

fn failed(policy: &RoutingPolicy) -> Vec<(u64, u64)> {
    policy.failed().map(|it| (it.id, it.question.call.0)).collect()
}

#[test]
fn what_a_plugin_was_asked_when_it_failed_is_kept_and_fails_again_elsewhere() {
    let bench = Bench::new();
    let broken = guest("", BROKEN);
    let mut policy = bench.policy(&broken);
    let candidates = agents(&[(1, 4_000), (1, 60_000)]);
    assert_eq!(ask(&mut policy, &candidates).choice, Choice::Ring(0), "the built-in order");
    let kept = policy.failed().next().expect("the question").clone();
    let text = kept.case().write();
    let case = QuestionCase::read(&text).expect("a case");
    assert_eq!((case.question.candidates.len(), case.question.skills[1].level("billing")), (2, 7));
    assert_eq!(case.question.sent.attributes(), [("tier".to_owned(), "gold".to_owned())]);
    assert_eq!((case.plugin.as_str(), case.answer), ("guest@1.0.0", None));
    assert_eq!(case.failure.as_deref(), Some("it gave up (panic)"));

    let elsewhere = Bench::new();
    let mut policy = elsewhere.policy(&broken);
    policy.choose(&case.question.question());
    let again = policy.failed().next().expect("the same failure");
    assert_eq!((&again.failure, &again.question), (&Failure::Panic, &case.question));
    let mut repaired = elsewhere.policy(&longest_idle());
    let reply = repaired.choose(&case.question.question());
    assert_eq!(case.answer_of(reply.choice), Some(CaseAnswer::Ring(AgentId(2))));
}

#[test]
fn the_last_failures_are_kept_of_trials_too_and_a_suspended_plugin_adds_none() {
    let bench = Bench::new();
    let mut policy = bench.policy(&guest("", BROKEN));
    let two = agents(&[(1, 4_000), (1, 60_000)]);
    for call in 1..=7 {
        ask_for(call, &mut policy, &two);
    }
    assert_eq!(failed(&policy), [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)], "then it is suspended");
    let shadow = Trial { plugin: bench.plugin(&guest("", BROKEN)), stage: Stage::Shadow };
    policy.set(GROUP, None);
    policy.set_trial(GROUP, Some(shadow));
    ask_for(8, &mut policy, &two);
    policy.settle();
    assert_eq!(failed(&policy).last(), Some(&(6, 8)));
    for call in 10..40 {
        policy.forgive(GROUP);
        ask_for(call, &mut policy, &two);
        policy.settle();
    }
    let kept = failed(&policy);
    assert_eq!((kept.len(), kept[0], kept[19]), (20, (17, 20), (36, 39)));
}

#[test]
fn a_file_that_is_no_case_is_told_with_the_place() {
    let bench = Bench::new();
    let mut policy = bench.policy(&guest("", BROKEN));
    ask(&mut policy, &agents(&[(1, 4_000), (1, 60_000)]));
    let text = policy.failed().next().expect("a failure").case().write();
    let with = |was: &str, is: &str| {
        assert!(text.contains(was), "{was} in {text}");
        let wrong = QuestionCase::read(&text.replacen(was, is, 1));
        wrong.expect_err("a mistake").to_string()
    };
    assert_eq!(
        with("question 1", "question 2"),
        "the file: it does not say \"ladus\": \"question 1\""
    );
    assert_eq!(with("\"waiting\"", "\"wating\""), "wating: nothing has this name here");
    assert_eq!(with("\"seed\": \"99\",", ""), "seed: it is missing");
    let idle = "candidates[0].idle_ms: a whole number from 0 is needed, and not too large a one";
    assert_eq!(with("\"idle_ms\": 4000", "\"idle_ms\": -1"), idle);
    assert_eq!(
        with("\"agent\": 2,\n      \"delay", "\"agent\": 1,\n      \"delay"),
        "candidates[1].agent: he is there twice"
    );
    assert!(with("\"billing\": 7", "\"billing\": 11").starts_with("candidates[1].skills: at most"));
    assert_eq!(with("\"gold\"", "7"), "attributes[0][1]: a text in quotes is needed");
    assert_eq!(
        with("\"ladus\"", "\"answer\": { \"ring\": 9 }, \"ladus\""),
        "answer.ring: no candidate is he"
    );
    assert!(with("}", "").starts_with("the file: it is not JSON"));
    let endless = " ".repeat(plugin_host::CASE_MAX + 1);
    assert_eq!(
        QuestionCase::read(&endless).expect_err("too large").to_string(),
        "the file: it is larger than 4 MB"
    );
}
