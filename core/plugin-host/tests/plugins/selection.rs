//! An agent becomes free, a plugin chooses a call: through the real component, good and bad ones.

use acd::{Choice, Pick, Policy};
use plugin_host::{Failure, RoutingPolicy, World};

use crate::guests::{Bench, agents, ask, ask_freed, guest, longest_idle, selecting_guest};

/// A policy whose freed agents are asked about by this plugin.
fn with_picker(bench: &Bench, file: &[u8]) -> RoutingPolicy {
    let mut policy = RoutingPolicy::new();
    policy.set_picker(Some(bench.plugin(file)));
    policy
}

/// Asks a guest that takes the second call when a fact is as expected, otherwise the first.
fn check_fact(interface: &str, function: &str, signature: &str, read: &str, expected: u32) {
    let bench = Bench::new();
    let import = format!(
        r#"(import "ladus:routing/{interface}@1.3.0" "{function}" (func $fact {signature}))"#
    );
    let pick = format!("(call $ring (i32.eq {read} (i32.const {})))", expected.cast_signed());
    let mut policy = with_picker(&bench, &selecting_guest(&import, &pick));
    let picked = ask_freed(&mut policy).expect("an opinion");
    assert_eq!((picked.position, picked.verdict.fallback), (1, None), "{function}");
}

/// Runs a bad `pick` and sees the first call taken, with this failure noted.
fn check_failure(first: &str, pick: &str, expected: Failure) {
    let bench = Bench::new();
    let mut policy = with_picker(&bench, &selecting_guest(first, pick));
    let Pick { position, verdict } = ask_freed(&mut policy).expect("the first call");
    assert_eq!((position, verdict.fallback), (0, Some(expected.to_string())));
    assert_eq!(verdict.policy, "guest@1.0.0");
    let (_, health) = policy.picker().expect("a plugin");
    assert_eq!((health.failures, health.last_failure.as_ref()), (1, Some(&expected)));
}

#[test]
fn a_plugin_says_which_decision_it_takes() {
    let bench = Bench::new();
    let selecting = selecting_guest("", "(call $ring (i32.const 1))");
    assert_eq!(bench.plugin(&selecting).world(), World::CallSelection);
    assert_eq!(bench.plugin(&longest_idle()).world(), World::Routing);
}

#[test]
fn the_agent_gets_the_call_that_the_plugin_takes() {
    let bench = Bench::new();
    let mut policy = with_picker(&bench, &selecting_guest("", "(call $ring (i32.const 1))"));
    assert!(policy.picks());
    let Pick { position, verdict } = ask_freed(&mut policy).expect("an opinion");
    assert_eq!((position, verdict.policy.as_str()), (1, "guest@1.0.0"));
    assert!(verdict.fuel > 0 && verdict.fallback.is_none());
    policy.set_picker(None);
    assert!(!policy.picks() && ask_freed(&mut policy).is_none());
}

#[test]
fn a_plugin_without_an_opinion_leaves_it_to_the_usual_way() {
    let bench = Bench::new();
    let pass = "(i32.store8 (i32.const 68) (i32.const 1)) (i32.const 64)";
    let mut policy = with_picker(&bench, &selecting_guest("", pass));
    assert_eq!(ask_freed(&mut policy), None);
    let (_, health) = policy.picker().expect("a plugin");
    assert_eq!((health.decisions, health.failures), (1, 0));
}

#[test]
fn a_plugin_sees_the_agent_and_the_moment() {
    check_fact("agent", "idle-ms", "(result i32)", "(call $fact)", 8_000);
    check_fact("agent", "handled-today", "(result i32)", "(call $fact)", 5);
    check_fact("agent", "missed-today", "(result i32)", "(call $fact)", 2);
    check_fact("agent", "talk-ms-today", "(result i32)", "(call $fact)", 40_000);
    let share = "(i32.reinterpret_f32 (call $fact))";
    check_fact("agent", "occupancy", "(result f32)", share, 0.75_f32.to_bits());
    let skill = "(param i32 i32) (result i32)";
    let billing = r#"(block (result i32)
        (i64.store (i32.const 300) (i64.const 0x676e696c6c6962))
        (call $fact (i32.const 300) (i32.const 7)))"#;
    check_fact("agent", "skill-level", skill, billing, 7);
    let two_and_a_half = r#"(block (result i32)
        (i64.store (i32.const 300) (i64.const 0x676e696c6c6962))
        (call $fact (i32.const 300) (i32.const 7) (i32.const 256))
        (i32.trunc_f64_u (f64.mul (f64.load (i32.const 264)) (f64.const 10))))"#;
    check_fact("agent", "last-day", "(param i32 i32 i32)", two_and_a_half, 25);
    let low = "(i32.wrap_i64 (call $fact))";
    let now = u32::try_from(1_700_000_000_123_u64 & 0xffff_ffff).expect("half of it");
    check_fact("moment", "now-ms", "(result i64)", low, now);
    check_fact("moment", "seed", "(result i64)", low, 99);
}

#[test]
fn a_plugin_sees_the_columns_of_the_waiting_calls() {
    check_fact("waiting", "count", "(result i32)", "(call $fact)", 2);
    // The host has written where the list begins to address 256.
    let list = "(i32.load (block (result i32) (call $fact (i32.const 256)) (i32.const 256)))";
    let second = format!("(i32.load offset=4 {list})");
    for (column, expected) in [
        ("group", 4),
        ("order", 2),
        ("delay-ms", 3_000),
        ("waited-ms", 45_000),
        ("priority", (-3_i32).cast_unsigned()),
        ("offers", 2),
        ("group-waiting", 7),
        ("overtaken-ms", 60_000),
        ("served-ms-ago", 90_000),
    ] {
        check_fact("waiting", column, "(param i32)", &second, expected);
    }
    let first = format!("(i32.load {list})");
    for column in ["overtaken-ms", "served-ms-ago"] {
        check_fact("waiting", column, "(param i32)", &first, u32::MAX);
    }
    let callbacks = format!("(i32.load16_u {list})");
    check_fact("waiting", "callback", "(param i32)", &callbacks, 0x0100);
    let language = format!("(i32.load16_u (i32.load offset=8 {list}))");
    check_fact("waiting", "language", "(param i32)", &language, u16::from_le_bytes(*b"et").into());
    let tier = "(i32.load (i32.load offset=8 (i32.load (block (result i32)
        (i32.store (i32.const 300) (i32.const 0x72656974))
        (call $fact (i32.const 300) (i32.const 4) (i32.const 256)) (i32.const 256)))))";
    let gold = u32::from_le_bytes(*b"gold");
    check_fact("waiting", "attribute", "(param i32 i32 i32)", tier, gold);
}

#[test]
fn a_position_that_is_not_there_is_the_first_call_and_is_counted() {
    let failure = Failure::NoSuchCandidate { position: 2, count: 2 };
    check_failure("", "(call $ring (i32.const 2))", failure);
    let failure = Failure::NoSuchCandidate { position: u32::MAX, count: 2 };
    check_failure("", "(call $ring (i32.const -1))", failure);
}

#[test]
fn a_plugin_that_breaks_off_gives_the_first_call_and_is_counted() {
    check_failure("", "unreachable", Failure::Panic);
    let grow = "(loop $again (drop (memory.grow (i32.const 16))) (br $again)) unreachable";
    check_failure("", grow, Failure::Memory);
    let work = "(i32.store (i32.const 200) (i32.mul (i32.load (i32.const 200)) (i32.const 3)))";
    let round = format!("(loop $again {} (br $again)) unreachable", work.repeat(20));
    check_failure("", &round, Failure::Fuel);
    let error = r#"(i32.store8 (i32.const 64) (i32.const 1))
                   (i32.store (i32.const 68) (i32.const 32))
                   (i32.store (i32.const 72) (i32.const 5)) (i32.const 64)"#;
    check_failure("", error, Failure::Refused("guest".to_owned()));
}

#[test]
fn five_failures_in_a_row_end_the_questions_until_it_is_forgiven() {
    let bench = Bench::new();
    let bad = selecting_guest("", "unreachable");
    let mut policy = with_picker(&bench, &bad);
    for _ in 0..5 {
        assert!(policy.picks());
        ask_freed(&mut policy);
    }
    assert!(!policy.picks());
    assert_eq!(ask_freed(&mut policy), None, "the usual way");
    policy.set_picker(Some(bench.plugin(&bad)));
    assert!(!policy.picks(), "the same plugin keeps its record");
    policy.forgive_picker();
    assert!(policy.picks());
}

#[test]
fn a_plugin_with_the_duty_of_another_fails_and_decides_nothing() {
    let bench = Bench::new();
    let mut policy = bench.policy(&selecting_guest("", "(call $ring (i32.const 1))"));
    let reply = ask(&mut policy, &agents(&[(1, 1), (1, 2)]));
    assert_eq!(reply.choice, Choice::Ring(0));
    assert_eq!(reply.verdict.fallback, Some(Failure::OtherWorld.to_string()));
    let mut policy = with_picker(&bench, &guest("", "(call $ring (i32.const 1))"));
    let picked = ask_freed(&mut policy).expect("the first call");
    let failure = Some(Failure::OtherWorld.to_string());
    assert_eq!((picked.position, picked.verdict.fallback), (0, failure));
}

#[test]
fn a_selection_may_not_read_what_belongs_to_the_other_world() {
    // What is no part of its world cannot even be encoded.
    let import = r#"(import "ladus:routing/candidates@1.3.0" "count" (func $count (result i32)))"#;
    let refusal = Bench::new().refused(&selecting_guest(import, "(call $ring (call $count))"));
    assert_eq!(refusal.word(), "not_encodable", "{refusal}");
}
