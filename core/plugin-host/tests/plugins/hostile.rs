//! Plugins that mean harm, or were made by somebody in a hurry: refused, or stopped in time.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use crate::guests::{Bench, GROUP, agents, ask, guest, longest_idle, module};
use acd::{
    Action, Actor, AgentId, AgentPlan, CallId, Choice, Engine, Event, GroupPlan, Membership,
    Output, Plan, Time, Wish,
};
use plugin_host::{Failure, Refusal, RoutingPolicy};

/// Runs a bad `decide` and sees the first candidate rung, with this failure noted.
fn check(first: &str, decide: &str, expected: Failure) -> Duration {
    let bench = Bench::new();
    let mut policy = bench.policy(&guest(first, decide));
    let begun = Instant::now();
    let reply = ask(&mut policy, &agents(&[(1, 1), (1, 2)]));
    let took = begun.elapsed();
    assert_eq!(reply.choice, Choice::Ring(0));
    let health = policy.health(GROUP).expect("a plugin");
    assert_eq!(health.last_failure, Some(expected.clone()));
    assert_eq!(reply.verdict.fallback, Some(expected.to_string()));
    still_works(&bench);
    took
}

/// The host is none the worse for it.
fn still_works(bench: &Bench) {
    let mut policy = RoutingPolicy::new();
    policy.set(GROUP, Some(bench.plugin(&longest_idle())));
    assert_eq!(ask(&mut policy, &agents(&[(1, 1), (1, 2)])).choice, Choice::Ring(1));
}

#[test]
fn an_endless_loop_ends_with_its_fuel() {
    // Work with some weight, so that fuel runs out well before the deadline does.
    let work = "(i32.store (i32.const 200) (i32.mul (i32.load (i32.const 200)) (i32.const 3)))";
    let round = format!("(loop $again {} (br $again)) unreachable", work.repeat(20));
    check("", &round, Failure::Fuel);
}

#[test]
fn an_empty_endless_loop_ends_with_its_fuel_or_its_time() {
    let bench = Bench::new();
    let mut policy = bench.policy(&guest("", "(loop $again (br $again)) unreachable"));
    let reply = ask(&mut policy, &agents(&[(1, 1), (1, 2)]));
    assert_eq!(reply.choice, Choice::Ring(0));
    let failure = policy.health(GROUP).unwrap().last_failure.clone();
    assert!(matches!(failure, Some(Failure::Fuel | Failure::Time)), "{failure:?}");
    still_works(&bench);
}

#[test]
fn work_that_costs_little_fuel_ends_at_the_deadline() {
    // A root waits for the one before it and takes a dozen cycles for the price of one.
    let slow = format!(
        "(local $x f64) (loop $again (local.get $x) {} (local.set $x) (br $again)) unreachable",
        "f64.sqrt ".repeat(100)
    );
    let took = check("", &slow, Failure::Time);
    // 10 ms of its own time; a busy machine may be late, but not by this much.
    assert!(took < Duration::from_secs(2), "{took:?}");
}

#[test]
fn a_recursion_without_end_runs_out_of_stack() {
    let deep = "(func $deep (param i32) (result i32)
                  (i32.add (i32.const 1) (call $deep (i32.add (local.get 0) (i32.const 1)))))";
    check(deep, "(call $deep (i32.const 0))", Failure::Stack);
}

#[test]
fn a_memory_bomb_is_stopped_at_the_limit() {
    let grow = "(loop $again (drop (memory.grow (i32.const 16))) (br $again)) unreachable";
    check("", grow, Failure::Memory);
}

#[test]
fn a_plugin_that_starts_with_too_much_memory_is_refused() {
    let text = r#"(module (memory (export "memory") 1000)
        (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) unreachable)
        (func (export "ladus:routing/policy@1.3.0#describe") (result i32) unreachable)
        (func (export "ladus:routing/policy@1.3.0#decide") (param i32 i32) (result i32)
          unreachable))"#;
    let refusal = Bench::new().refused(&module(text));
    assert!(refusal.to_string().contains("memory"), "{refusal}");
}

#[test]
fn a_position_that_is_not_there_is_not_rung() {
    let failure = Failure::NoSuchCandidate { position: 2, count: 2 };
    check("", "(call $ring (i32.const 2))", failure);
    let failure = Failure::NoSuchCandidate { position: u32::MAX, count: 2 };
    check("", "(call $ring (i32.const -1))", failure);
}

#[test]
fn an_error_of_the_policy_is_told_in_its_words() {
    let error = r#"(i32.store8 (i32.const 64) (i32.const 1))
                   (i32.store (i32.const 68) (i32.const 32))
                   (i32.store (i32.const 72) (i32.const 5)) (i32.const 64)"#;
    check("", error, Failure::Refused("guest".to_owned()));
}

#[test]
fn a_panic_falls_back() {
    check("", "unreachable", Failure::Panic);
}

#[test]
fn a_caller_is_rung_through_at_once_although_the_policy_traps() {
    let bench = Bench::new();
    let mut policy = bench.policy(&guest("", "unreachable"));
    let agent = AgentId(1);
    let seat = Membership::new(GROUP, 1);
    let group = GroupPlan { waiting_max: 10, ..GroupPlan::default() };
    let plan = Plan {
        version: 1,
        groups: [(GROUP, group)].into(),
        agents: [(agent, AgentPlan::of(vec![seat]))].into(),
        ..Plan::default()
    };
    let mut engine = Engine::new(plan);
    let mut out = Vec::new();
    let call = CallId(1);
    for (at, event) in [
        Event::AgentReachable { agent, reachable: true },
        Event::AgentWished { agent, wish: Wish::On, by: Actor::Agent },
        Event::CallArrived {
            call,
            group: GROUP,
            priority: 0,
            number: "6001000".to_owned(),
            caller: "5551234".to_owned(),
            sent: None,
        },
    ]
    .into_iter()
    .enumerate()
    {
        engine.handle(Time(at as u64), event, &mut policy, &mut out);
    }
    assert!(out.contains(&Output::Do(Action::Ring { agent, call })));
}

#[test]
fn a_trap_of_the_machine_falls_back_and_names_it() {
    let failure = Failure::Trap("wasm trap: integer divide by zero".to_owned());
    check("", "(i32.div_u (i32.const 1) (i32.const 0))", failure);
}

#[test]
fn an_answer_that_is_no_answer_falls_back() {
    let bench = Bench::new();
    for decide in ["(i32.store8 (i32.const 68) (i32.const 77)) (i32.const 64)", "(i32.const 65530)"]
    {
        let mut policy = bench.policy(&guest("", decide));
        let reply = ask(&mut policy, &agents(&[(1, 1)]));
        assert_eq!(reply.choice, Choice::Ring(0));
        assert!(reply.verdict.fallback.is_some());
    }
}

#[test]
fn a_reason_of_many_megabytes_is_not_copied() {
    let reason = "(drop (memory.grow (i32.const 200)))
                  (i32.store8 (i32.const 76) (i32.const 1))
                  (i32.store (i32.const 80) (i32.const 8192))
                  (i32.store (i32.const 84) (i32.const 10000000))
                  (i32.const 64)";
    check("", reason, Failure::Data);
}

const LOG: &str = r#"(import "ladus:base/log@1.0.0" "write" (func $write (param i32 i32 i32)))"#;

#[test]
fn a_flood_of_log_lines_is_cut_and_then_stopped() {
    let flood = "(loop $again
                   (call $write (i32.const 1) (i32.const 8192) (i32.const 4000)) (br $again))
                 unreachable";
    check(LOG, flood, Failure::HostCalls);
}

#[test]
fn asking_the_host_without_end_is_stopped() {
    let import = r#"(import "ladus:routing/candidates@1.3.0" "idle-ms" (func $idle (param i32)))"#;
    // The list is put at the same place every time, so that memory is not what runs out.
    let ask = "(loop $again
                 (global.set $next (i32.const 4096)) (call $idle (i32.const 256)) (br $again))
               unreachable";
    let bench = Bench::new();
    let mut policy = bench.policy(&guest(import, ask));
    let reply = crate::guests::ask(&mut policy, &agents(&[(1, 1), (1, 2)]));
    assert_eq!(reply.choice, Choice::Ring(0));
    // On a busy machine, unoptimised, the deadline may pass before the thousandth call.
    let failure = policy.health(GROUP).and_then(|health| health.last_failure.clone());
    assert!(matches!(failure, Some(Failure::HostCalls | Failure::Time)), "{failure:?}");
    still_works(&bench);
}

#[test]
fn a_bad_word_for_the_log_falls_back() {
    let words =
        "(call $write (i32.const 9) (i32.const 0) (i32.const 1)) (call $ring (i32.const 0))";
    let bench = Bench::new();
    let reply = ask(&mut bench.policy(&guest(LOG, words)), &agents(&[(1, 1)]));
    assert!(reply.verdict.fallback.is_some());
}

#[test]
fn an_empty_module_is_no_policy() {
    let bench = Bench::new();
    let bare = wat::parse_str("(module)").unwrap();
    assert!(matches!(bench.refused(&bare), Refusal::NoPolicy));
    let typed = bench.refused(&module("(module)"));
    assert!(matches!(typed, Refusal::NotEncodable(_)), "{typed}");
}

#[test]
fn what_is_no_webassembly_is_refused() {
    let bench = Bench::new();
    for file in [&b""[..], b"hello", b"\0asm", b"\x7fELF\x02\x01\x01\0\0\0\0\0"] {
        assert!(matches!(bench.refused(file), Refusal::NotWasm));
    }
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let bench = Bench::new();
    let file = longest_idle();
    for parts in 1..20 {
        let refusal = bench.refused(&file[..file.len() * parts / 20]);
        assert!(matches!(refusal, Refusal::Damaged(_) | Refusal::NoPolicy), "{refusal}");
    }
}

#[test]
fn a_file_with_a_changed_byte_never_harms_the_host() {
    let bench = Bench::new();
    let file = longest_idle();
    for at in (8..file.len()).step_by(file.len() / 60) {
        let mut changed = file.clone();
        changed[at] ^= 0x55;
        // Refused or accepted: both are fine, as long as we are here to tell.
        if let Ok(plugin) = bench.host.routing(&changed) {
            let mut policy = RoutingPolicy::new();
            policy.set(GROUP, Some(plugin));
            ask(&mut policy, &agents(&[(1, 1), (1, 2)]));
        }
    }
    still_works(&bench);
}

#[test]
fn a_plugin_gets_nothing_but_ladus() {
    let bench = Bench::new();
    let wasi = r#"(module (import "wasi_snapshot_preview1" "fd_write"
                    (func (param i32 i32 i32 i32) (result i32))))"#;
    let component = r#"(component (import "wasi:clocks/wall-clock@0.2.0" (instance)))"#;
    for (text, name) in [(wasi, "wasi_snapshot_preview1"), (component, "wasi:clocks")] {
        let refusal = bench.refused(&wat::parse_str(text).unwrap());
        assert!(matches!(&refusal, Refusal::ForeignImport(it) if it.contains(name)), "{refusal}");
    }
}

#[test]
fn a_policy_of_another_shape_is_refused() {
    let empty =
        r#"(component (instance $empty) (export "ladus:routing/policy@1.0.0" (instance $empty)))"#;
    let refusal = Bench::new().refused(&wat::parse_str(empty).unwrap());
    assert!(matches!(refusal, Refusal::WrongShape { .. }), "{refusal}");
}

#[test]
fn a_plugin_made_for_facts_we_do_not_have_yet_is_refused() {
    let newer = r#"(component
        (import "ladus:routing/candidates@1.9.0" (instance (export "shoe-size" (func))))
        (instance $policy)
        (export "ladus:routing/policy@1.9.0" (instance $policy)))"#;
    let refusal = Bench::new().refused(&wat::parse_str(newer).unwrap());
    assert!(matches!(refusal, Refusal::WrongShape { .. }), "{refusal}");
}

#[test]
fn a_card_that_lies_or_never_comes_is_refused() {
    let bench = Bench::new();
    let frame = |describe: &str| {
        let text = format!(
            r#"(module (memory (export "memory") 1)
                (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) unreachable)
                (func (export "ladus:routing/policy@1.3.0#describe") (result i32) {describe})
                (func (export "ladus:routing/policy@1.3.0#decide") (param i32 i32) (result i32)
                  unreachable))"#
        );
        bench.refused(&module(&text))
    };
    let nameless = frame("(i32.const 0)");
    assert!(matches!(nameless, Refusal::WrongCard(_)), "{nameless}");
    let endless = frame("(loop $again (br $again)) unreachable");
    assert!(
        matches!(endless, Refusal::NotDescribed { failure: Failure::Fuel | Failure::Time, .. }),
        "{endless}"
    );
}

#[test]
fn ten_thousand_exports_are_too_many() {
    let mut text = String::from("(module (func)");
    for at in 0..10_000 {
        write!(text, r#"(export "e{at}" (func 0))"#).unwrap();
    }
    let refusal = Bench::new().refused(&wat::parse_str(text + ")").unwrap());
    assert!(matches!(refusal, Refusal::TooManyNames { names: 10_000 }), "{refusal}");
}

#[test]
fn a_file_of_more_than_four_megabytes_is_not_even_read() {
    let mut file = longest_idle();
    file.resize(plugin_host::FILE_MAX + 1, 0);
    assert!(matches!(Bench::new().refused(&file), Refusal::TooLarge { .. }));
}

#[test]
fn a_function_that_is_too_large_or_has_too_many_locals_is_refused() {
    let bench = Bench::new();
    let large = format!("{} (call $ring (i32.const 0))", "(drop (i64.const -1))".repeat(200_000));
    let refusal = bench.refused(&guest("", &large));
    assert!(matches!(refusal, Refusal::FunctionTooLarge { .. }), "{refusal}");
    let locals = format!("(local {}) (call $ring (i32.const 0))", "i32 ".repeat(1_001));
    let refusal = bench.refused(&guest("", &locals));
    assert!(matches!(refusal, Refusal::TooManyLocals { locals: 1_001 }), "{refusal}");
}

/// One function of about 450 KB in which every branch carries a thousand variables.
fn compile_bomb() -> Vec<u8> {
    let locals = 990;
    let mut decide = format!("(local {}) (loop $top ", "i32 ".repeat(locals));
    for at in 0..29_000 {
        let variable = |step: usize| at * step % locals + 2;
        write!(
            decide,
            "(local.set {} (i32.add (local.get {}) (local.get {}))) (br_if $top (local.get {}))",
            variable(7),
            variable(11),
            variable(13),
            variable(17)
        )
        .expect("a string takes all");
    }
    guest("", &(decide + ") (call $ring (i32.const 0))"))
}

#[test]
fn a_compile_bomb_kills_only_the_child() {
    let bench = Bench::new();
    let bomb = compile_bomb();
    assert!(bomb.len() > 300_000 && bomb.len() < plugin_host::FUNCTION_BYTES_MAX);
    let refusal = bench.refused(&bomb);
    assert!(matches!(refusal, Refusal::TooHardToCompile { .. }), "{refusal}");
    // Nothing of it is left behind.
    let left = std::fs::read_dir(bench.folder.path().join("plugins")).unwrap().count();
    assert_eq!(left, 0);
    still_works(&bench);
}

#[test]
fn a_compiler_that_is_not_there_is_our_fault_and_said_so() {
    let folder = tempfile::TempDir::new().unwrap();
    let mut config = crate::guests::config(&folder);
    config.compiler = plugin_host::Compiler::Child { program: "/nowhere".into(), args: Vec::new() };
    let refusal = plugin_host::Host::new(config).unwrap().routing(&longest_idle()).unwrap_err();
    assert!(matches!(refusal, Refusal::Host(_)), "{refusal}");
}
