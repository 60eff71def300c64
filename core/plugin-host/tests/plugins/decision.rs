//! A call asks, a plugin answers: through the real component, in a fresh instance.

use crate::guests::{Bench, GROUP, agents, ask, config, guest, longest_idle};
use acd::{Choice, GroupId};
use plugin_host::{Host, RoutingPolicy};

#[test]
fn the_stock_policy_rings_whoever_has_rested_longest_within_the_order() {
    let bench = Bench::new();
    let mut policy = bench.policy(&longest_idle());
    let reply = ask(&mut policy, &agents(&[(1, 4_000), (1, 60_000), (2, 900_000)]));
    assert_eq!(reply.choice, Choice::Ring(1));
    assert_eq!(reply.verdict.policy, "longest-idle@0.1.0");
    assert_eq!(reply.verdict.fallback, None);
    assert!(reply.verdict.fuel > 0);
}

#[test]
fn the_administrator_sees_which_facts_a_plugin_reads() {
    let plugin = Bench::new().plugin(&longest_idle());
    let mut reads = plugin.reads().to_vec();
    reads.sort();
    let expected = ["count", "idle-ms", "order"];
    assert_eq!(reads, expected.map(|fact| format!("ladus:routing/candidates@1.3.0#{fact}")));
}

#[test]
fn a_group_without_a_plugin_has_the_built_in_order() {
    let bench = Bench::new();
    let mut policy = bench.policy(&longest_idle());
    policy.set(GROUP, None);
    policy.set(GroupId(2), Some(bench.plugin(&longest_idle())));
    let reply = ask(&mut policy, &agents(&[(1, 4_000), (1, 60_000)]));
    assert_eq!((reply.choice, reply.verdict.policy.as_str()), (Choice::Ring(0), "built-in"));
}

#[test]
fn the_same_question_gets_the_same_answer_at_the_same_price() {
    let bench = Bench::new();
    let mut policy = bench.policy(&longest_idle());
    let candidates = agents(&[(1, 1), (1, 2), (1, 3)]);
    let [first, second] = [(); 2].map(|()| ask(&mut policy, &candidates));
    assert_eq!((first.choice, first.verdict.fuel), (second.choice, second.verdict.fuel));
}

#[test]
fn nothing_is_remembered_from_one_decision_to_the_next() {
    let bench = Bench::new();
    let mut policy = bench.policy(&guest(
        "",
        "(i32.store (i32.const 200) (i32.add (i32.load (i32.const 200)) (i32.const 1)))
         (call $wait (i32.load (i32.const 200)))",
    ));
    for _ in 0..3 {
        assert_eq!(ask(&mut policy, &agents(&[(1, 1)])).choice, Choice::Wait(1));
    }
}

/// Asks a guest that answers `wait` with one fact, and compares.
fn check_fact(interface: &str, function: &str, signature: &str, read: &str, expected: u32) {
    let bench = Bench::new();
    let import = format!(
        r#"(import "ladus:routing/{interface}@1.3.0" "{function}" (func $fact {signature}))"#
    );
    let mut policy = bench.policy(&guest(&import, &format!("(call $wait {read})")));
    let reply = ask(&mut policy, &agents(&[(1, 4_000), (2, 60_000)]));
    assert_eq!(reply.choice, Choice::Wait(expected), "{function}: {:?}", reply.verdict.fallback);
}

#[test]
fn a_plugin_sees_the_call_and_its_queue() {
    let record = |offset: u32| {
        format!(
            "(i32.load offset={offset}
               (block (result i32) (call $fact (i32.const 256)) (i32.const 256)))"
        )
    };
    for (offset, expected) in [(0, 12_000), (4, (-3_i32).cast_unsigned()), (8, 2)] {
        check_fact("situation", "get-caller", "(param i32)", &record(offset), expected);
    }
    for (offset, expected) in [(0, 4), (4, 45_000)] {
        check_fact("situation", "get-queue", "(param i32)", &record(offset), expected);
    }
    let low = "(i32.wrap_i64 (call $fact))";
    let now = u32::try_from(1_700_000_000_123_u64 & 0xffff_ffff).unwrap();
    check_fact("situation", "now-ms", "(result i64)", low, now);
    check_fact("situation", "seed", "(result i64)", low, 99);
}

#[test]
fn a_plugin_sees_the_columns_of_the_candidates() {
    check_fact("candidates", "count", "(result i32)", "(call $fact)", 2);
    // The second cell of a column: the host has written where the list begins to address 256.
    let cell = "(i32.load offset=4 (i32.load (block (result i32)
                  (call $fact (i32.const 256)) (i32.const 256))))";
    for (column, expected) in [
        ("order", 2),
        ("idle-ms", 60_000),
        ("handled-today", 6),
        ("missed-today", 2),
        ("occupancy", 0.75_f32.to_bits()),
        ("delay-ms", 3_000),
        ("talk-ms-today", 40_000),
        ("served-ms-ago", 90_000),
    ] {
        check_fact("candidates", column, "(param i32)", cell, expected);
    }
}

#[test]
fn whoever_has_not_served_the_caller_has_a_number_of_his_own() {
    let cell = "(i32.load (i32.load (block (result i32)
                  (call $fact (i32.const 256)) (i32.const 256))))";
    check_fact("candidates", "served-ms-ago", "(param i32)", cell, u32::MAX);
}

#[test]
fn a_plugin_sees_what_came_along_with_the_call() {
    let result = "(block (result i32) (call $fact (i32.const 256)) (i32.const 256))";
    let language = format!("(i32.load16_u (i32.load offset=4 {result}))");
    let et = u16::from_le_bytes(*b"et").into();
    check_fact("situation", "language", "(param i32)", &language, et);
    let value = format!("(i32.load (i32.load offset=8 (i32.load {result})))");
    let gold = u32::from_le_bytes(*b"gold");
    check_fact("situation", "attributes", "(param i32)", &value, gold);
}

#[test]
fn a_plugin_sees_that_somebody_who_knows_the_caller_is_there_but_not_free() {
    let some = "(i32.load offset=4 (block (result i32)
                  (call $fact (i32.const 256)) (i32.const 256)))";
    check_fact("situation", "familiar-ms-ago", "(param i32)", some, 5_000);
}

#[test]
fn a_plugin_asks_for_a_skill_by_its_name() {
    for (name, expected) in [("billing", 7), ("Billing", 0), ("shouting", 0)] {
        let length = name.len();
        let cell = format!(
            "(i32.load8_u offset=1 (i32.load (block (result i32)
               (call $fact (i32.const 400) (i32.const {length}) (i32.const 256))
               (i32.const 256))))"
        );
        let first = format!(
            r#"(import "ladus:routing/candidates@1.3.0" "skill-level"
                 (func $fact (param i32 i32 i32)))
               (data (i32.const 400) "{name}")"#
        );
        let mut policy = Bench::new().policy(&guest(&first, &format!("(call $wait {cell})")));
        let reply = ask(&mut policy, &agents(&[(1, 1), (1, 2)]));
        assert_eq!(reply.choice, Choice::Wait(expected), "{:?}", reply.verdict.fallback);
    }
}

#[test]
fn a_plugin_asks_for_an_indicator_of_the_last_closed_day_by_its_name() {
    for (name, expected) in [("per_hour", 7), ("asa", u32::MAX)] {
        let length = name.len();
        // A cell is a tag and, if there is a figure, the figure. 99 seconds are no figure's.
        let cell = format!(
            "(local $row i32)
             (call $fact (i32.const 400) (i32.const {length}) (i32.const 256))
             (local.set $row (i32.add (i32.load (i32.const 256)) (i32.const 16)))
             (call $wait (if (result i32) (i32.load8_u (local.get $row))
               (then (i32.trunc_f64_u (f64.load offset=8 (local.get $row))))
               (else (i32.const -1))))"
        );
        let first = format!(
            r#"(import "ladus:routing/candidates@1.3.0" "last-day"
                 (func $fact (param i32 i32 i32)))
               (data (i32.const 400) "{name}")"#
        );
        let mut policy = Bench::new().policy(&guest(&first, &cell));
        let reply = ask(&mut policy, &agents(&[(1, 1), (1, 2)]));
        assert_eq!(reply.choice, Choice::Wait(expected), "{:?}", reply.verdict.fallback);
    }
}

#[test]
fn a_policy_without_an_opinion_leaves_it_to_the_built_in_order() {
    let bench = Bench::new();
    let pass = "(i32.store8 (i32.const 68) (i32.const 2)) (i32.const 64)";
    let reply = ask(&mut bench.policy(&guest("", pass)), &agents(&[(1, 1), (1, 2)]));
    assert_eq!((reply.choice, reply.verdict.fallback), (Choice::Ring(0), None));
}

#[test]
fn the_reason_is_kept_with_the_decision_but_not_a_novel() {
    let bench = Bench::new();
    // The reason: 1000 characters of zero from address 8192.
    let reason = "(i32.store8 (i32.const 76) (i32.const 1))
                  (i32.store (i32.const 80) (i32.const 8192))
                  (i32.store (i32.const 84) (i32.const 1000))
                  (i32.const 64)";
    let reply = ask(&mut bench.policy(&guest("", reason)), &agents(&[(1, 1)]));
    assert_eq!(reply.verdict.reason.map(|words| words.len()), Some(plugin_host::REASON_MAX));
}

#[test]
fn what_was_compiled_once_is_not_compiled_again() {
    let bench = Bench::new();
    bench.plugin(&longest_idle());
    let mut config = config(&bench.folder);
    config.compiler = plugin_host::Compiler::Child { program: "/nowhere".into(), args: Vec::new() };
    let host = Host::new(config).unwrap();
    let mut policy = RoutingPolicy::new();
    policy.set(GROUP, Some(host.routing(&longest_idle()).unwrap()));
    assert_eq!(ask(&mut policy, &agents(&[(1, 1), (1, 2)])).choice, Choice::Ring(1));
}

#[test]
fn damaged_compiled_code_is_made_anew() {
    let bench = Bench::new();
    bench.plugin(&longest_idle());
    let cache = bench.folder.path().join("plugins");
    for entry in std::fs::read_dir(cache).unwrap() {
        let path = entry.unwrap().path();
        let mut code = std::fs::read(&path).unwrap();
        let middle = code.len() / 2;
        code[middle] ^= 1;
        std::fs::write(path, code).unwrap();
    }
    let mut policy = bench.policy(&longest_idle());
    assert_eq!(ask(&mut policy, &agents(&[(1, 1), (1, 2)])).choice, Choice::Ring(1));
}

#[test]
fn a_folder_where_others_may_write_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new();
    let cache = bench.folder.path().join("plugins");
    std::fs::set_permissions(cache, std::fs::Permissions::from_mode(0o777)).unwrap();
    assert!(Host::new(config(&bench.folder)).is_err());
}

#[test]
fn five_failures_in_a_row_suspend_a_plugin_until_it_is_forgiven() {
    let bench = Bench::new();
    let bad = bench.plugin(&guest("", "unreachable"));
    let mut policy = RoutingPolicy::new();
    policy.set(GROUP, Some(bad));
    let candidates = agents(&[(1, 1)]);
    for _ in 0..5 {
        assert!(!policy.health(GROUP).unwrap().suspended());
        assert!(ask(&mut policy, &candidates).verdict.fallback.unwrap().contains("panic"));
    }
    assert!(policy.health(GROUP).unwrap().suspended());
    let reply = ask(&mut policy, &candidates);
    assert_eq!((reply.choice, reply.verdict.fuel), (Choice::Ring(0), 0));
    assert!(reply.verdict.fallback.unwrap().contains("suspended"));
    policy.forgive(GROUP);
    assert!(!policy.health(GROUP).unwrap().suspended());
}

#[test]
fn one_success_forgives_earlier_failures() {
    let bench = Bench::new();
    // Fails among one candidate, rings the first of several.
    let import = r#"(import "ladus:routing/candidates@1.3.0" "count" (func $count (result i32)))"#;
    let moody =
        "(if (i32.eq (call $count) (i32.const 1)) (then unreachable)) (call $ring (i32.const 0))";
    let mut policy = bench.policy(&guest(import, moody));
    for _ in 0..4 {
        ask(&mut policy, &agents(&[(1, 1)]));
    }
    ask(&mut policy, &agents(&[(1, 1), (1, 2)]));
    let health = policy.health(GROUP).unwrap();
    assert_eq!((health.decisions, health.failures, health.failures_in_a_row), (5, 4, 0));
}
