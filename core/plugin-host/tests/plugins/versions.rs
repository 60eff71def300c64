//! Plugins built against older and newer worlds than ours.

use acd::Choice;

use plugin_host::{RoutingPolicy, Value};

use crate::guests::{Bench, GROUP, agents, ask, ask_freed, guest_of_tomorrow};

/// The stock policy as it was built against `ladus:routing@1.0.0`: never to be built anew.
const FOR_1_0: &[u8] = include_bytes!("built/longest-idle-for-1.0.0.wasm");

#[test]
fn a_plugin_built_against_the_first_world_runs_unchanged() {
    let bench = Bench::new();
    let plugin = bench.plugin(FOR_1_0);
    let mut reads = plugin.reads().to_vec();
    reads.sort();
    let expected = ["count", "idle-ms", "order"];
    assert_eq!(reads, expected.map(|fact| format!("ladus:routing/candidates@1.0.0#{fact}")));
    let mut policy = bench.policy(FOR_1_0);
    let reply = ask(&mut policy, &agents(&[(2, 900_000), (1, 4_000), (1, 60_000)]));
    assert_eq!((reply.choice, reply.verdict.fallback), (Choice::Ring(2), None));
    assert_eq!(reply.verdict.policy, "longest-idle@0.1.0");
}

/// Another one, as it was built against `ladus:routing@1.1.0`.
const FOR_1_1: &[u8] = include_bytes!("built/skills-for-1.1.0.wasm");

#[test]
fn a_plugin_built_against_the_second_world_runs_unchanged() {
    let bench = Bench::new();
    let plugin = bench.plugin(FOR_1_1);
    let of_1_1 = |read: &String| !read.contains("routing/") || read.contains("@1.1.0#");
    assert!(plugin.reads().iter().all(of_1_1), "{:?}", plugin.reads());
    let skill = ("skill".to_owned(), Value::Text("billing".to_owned()));
    let mut policy = RoutingPolicy::new();
    policy.set(GROUP, Some(plugin.with_settings(&[skill]).expect("settings that fit")));
    let reply = ask(&mut policy, &agents(&[(1, 900), (1, 800)]));
    let because = reply.verdict.reason.as_deref();
    assert_eq!(
        (reply.choice, because, reply.verdict.fallback),
        (Choice::Ring(1), Some("billing 7"), None)
    );
}

/// A selection, as it was built against `ladus:routing@1.2.0`.
const FOR_1_2: &[u8] = include_bytes!("built/longest-wait-first-for-1.2.0.wasm");

#[test]
fn a_plugin_built_against_the_third_world_runs_unchanged() {
    let bench = Bench::new();
    let plugin = bench.plugin(FOR_1_2);
    let of_1_2 = |read: &String| !read.contains("routing/") || read.contains("@1.2.0#");
    assert!(plugin.reads().iter().all(of_1_2), "{:?}", plugin.reads());
    let mut policy = RoutingPolicy::new();
    let worth = ("worth".to_owned(), Value::Number(10_000.0));
    policy.set_picker(Some(plugin.with_settings(&[worth]).expect("settings that fit")));
    let picked = ask_freed(&mut policy).expect("an opinion");
    assert_eq!((picked.position, picked.verdict.fallback), (1, None), "who has waited longest");
}

#[test]
fn a_plugin_that_wants_a_fact_of_a_later_world_is_refused_by_its_name() {
    let words = Bench::new().refused(&guest_of_tomorrow()).to_string();
    assert!(words.contains("ladus:routing@1.3") && words.contains("shoe-size"), "{words}");
}
