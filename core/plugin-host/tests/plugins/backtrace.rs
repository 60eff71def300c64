//! Whoever wrote a plugin that failed learns where.

use crate::guests::{Bench, GROUP, agents, ask, guest, longest_idle, module};

/// Where a guest of these functions failed, after one decision.
fn failed_in(first: &str, decide: &str) -> Vec<String> {
    let bench = Bench::new();
    let mut policy = bench.policy(&guest(first, decide));
    assert!(ask(&mut policy, &agents(&[(1, 1)])).verdict.fallback.is_some());
    policy.health(GROUP).expect("a plugin").last_backtrace.clone()
}

#[test]
fn a_panic_is_told_with_the_functions_that_led_to_it() {
    let functions = "(func $fair::inner unreachable) (func $fair::outer (call $fair::inner))";
    let frames = failed_in(functions, "(call $fair::outer) (i32.const 64)");
    assert_eq!(frames[..2], ["fair::inner", "fair::outer"]);
    assert!(frames.len() >= 3, "and from where the host began: {frames:?}");
}

#[test]
fn names_of_rust_are_as_their_author_wrote_them() {
    let symbol = "_RNvNtCs2PEGcqL8r2n_4fair6ageing4rank";
    let function = format!("(func ${symbol} unreachable)");
    let frames = failed_in(&function, &format!("(call ${symbol}) (i32.const 64)"));
    assert_eq!(frames[0], "fair::ageing::rank");
}

#[test]
fn a_recursion_without_end_shows_its_innermost_frames_only() {
    let deep = "(func $deep (param i32) (result i32)
                  (i32.add (i32.const 1) (call $deep (i32.add (local.get 0) (i32.const 1)))))";
    let frames = failed_in(deep, "(call $deep (i32.const 0))");
    assert_eq!(frames, ["deep"; plugin_host::FRAMES_MAX]);
}

#[test]
fn work_without_end_and_calls_without_end_are_told_with_their_place_too() {
    let forever = "(func $forever (loop $again (br $again)))";
    assert_eq!(failed_in(forever, "(call $forever) unreachable")[0], "forever");
    let log = r#"(import "ladus:base/log@1.0.0" "write" (func $write (param i32 i32 i32)))
      (func $chatter (loop $again
        (call $write (i32.const 1) (i32.const 8192) (i32.const 4)) (br $again)))"#;
    let frames = failed_in(log, "(call $chatter) unreachable");
    assert!(frames.iter().any(|frame| frame == "chatter"), "{frames:?}");
}

#[test]
fn a_wrong_answer_and_a_good_one_have_no_place() {
    assert!(failed_in("", "(call $ring (i32.const 7))").is_empty());
    let bench = Bench::new();
    let mut policy = bench.policy(&longest_idle());
    ask(&mut policy, &agents(&[(1, 1)]));
    assert!(policy.health(GROUP).expect("a plugin").last_backtrace.is_empty());
}

#[test]
fn a_plugin_that_cannot_tell_about_itself_is_refused_with_the_place() {
    let text = r#"(module (memory (export "memory") 1)
        (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) unreachable)
        (func $fair::card (result i32) unreachable)
        (func (export "ladus:routing/policy@1.3.0#describe") (result i32) (call $fair::card))
        (func (export "ladus:routing/policy@1.3.0#decide") (param i32 i32) (result i32)
          unreachable))"#;
    let words = Bench::new().refused(&module(text)).to_string();
    let place = "it cannot tell about itself: it gave up (panic), in fair::card, in ";
    assert!(words.starts_with(place), "{words}");
}
