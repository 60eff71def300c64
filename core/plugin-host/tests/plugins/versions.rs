//! Plugins built against older and newer worlds than ours.

use std::path::Path;

use acd::Choice;
use plugin_host::{Refusal, RoutingPolicy, Value, World};
use wasmparser::{Parser, Payload};

use crate::guests::{
    Bench, GROUP, agents, ask, ask_freed, guest, guest_of_tomorrow, selecting_guest,
};
use crate::{fold, indicator};

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

/// The module as a compiler makes it that knows nothing of components: without the section in which
/// it says what it is, which is its last.
fn untyped(file: &[u8]) -> Vec<u8> {
    let mut end = 0;
    for payload in Parser::new(0).parse_all(file) {
        let payload = payload.expect("a module");
        if matches!(&payload, Payload::CustomSection(it) if it.name().starts_with("component-type"))
        {
            return file[..end].to_vec();
        }
        end = payload.as_section().map_or(end, |(_, range)| range.end);
    }
    panic!("it has no type")
}

/// The same module for another version of the worlds.
fn built_for(version: &str, file: &[u8]) -> Vec<u8> {
    let mut file = file.to_vec();
    let named: Vec<usize> =
        file.windows(6).enumerate().filter(|(_, it)| it == b"@1.3.0").map(|(at, _)| at).collect();
    for at in named {
        file[at + 1..at + 6].copy_from_slice(version.as_bytes());
    }
    file
}

#[test]
fn a_module_without_its_type_is_what_its_exports_say() {
    let bench = Bench::new();
    let none = "(call $none (i32.const 0)) (call $answer (i32.const 1))";
    for (file, world) in [
        (guest("", "(call $ring (i32.const 1))"), World::Routing),
        (selecting_guest("", "(call $ring (i32.const 1))"), World::CallSelection),
        (indicator::guest("", none), World::Indicator),
        (fold::idle_guest(), World::Indicator),
    ] {
        assert_eq!(bench.host.world(&untyped(&file)).expect("a plugin"), world);
    }
}

#[test]
fn a_module_without_its_type_may_be_built_for_every_released_world() {
    let bench = Bench::new();
    let count = r#"(import "ladus:routing/candidates@1.3.0" "count" (func $count (result i32)))"#;
    let last = "(call $ring (i32.sub (call $count) (i32.const 1)))";
    let module = untyped(&guest(count, last));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sdk/wit/released");
    let mut versions = 0;
    for entry in folder.read_dir().expect("released worlds").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(version) = name.strip_prefix("routing-") else { continue };
        let version = version.strip_suffix(".wit").expect("a version");
        let reply =
            ask(&mut bench.policy(&built_for(version, &module)), &agents(&[(1, 1), (1, 2)]));
        assert_eq!((reply.choice, reply.verdict.fallback), (Choice::Ring(1), None), "{name}");
        versions += 1;
    }
    assert!(versions >= 4, "{versions}");
}

#[test]
fn a_module_for_a_world_that_nobody_knows_is_told_which_are_known() {
    let module = built_for("1.9.0", &untyped(&guest("", "(call $ring (i32.const 0))")));
    let refusal = Bench::new().refused(&module);
    assert!(matches!(refusal, Refusal::NotEncodable(_)), "{refusal:?}");
    let words = refusal.to_string();
    let says = ["built for ladus:routing@1.9.0", "known here: ladus:routing@1.0.0, ladus:"];
    assert!(says.iter().all(|it| words.contains(it)), "{words}");
}
