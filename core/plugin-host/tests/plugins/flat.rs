//! Under a long attack the host's memory stays what it was.

use std::process::Command;

use plugin_host::{Plugin, RoutingPolicy};

use crate::guests::{Bench, GROUP, agents, ask, guest, longest_idle, module};

/// Rounds after which everything that is kept on purpose is there: slots of the pool, their pages.
const WARM_UP: usize = 60;
/// Rounds of the attack: with every kind of harm in each, thousands of decisions.
const ROUNDS: usize = 240;
/// What an allocator may take on the way: 0.2 MB were seen after three thousand decisions. A page
/// of 64 KiB left behind by one in a hundred would be 2 MB.
const GROWTH_MAX_KB: u64 = 2 << 10;
/// Says to this program that it is the child that attacks.
const CHILD: &str = "LADUS_ATTACK";

/// Every harm that a decision can do: what it imports and defines, and what it does.
const HARM: [(&str, &str); 12] = [
    ("", "(loop $again (br $again)) unreachable"),
    ("(func $deep (call $deep))", "(call $deep) unreachable"),
    ("", "(loop $again (drop (memory.grow (i32.const 16))) (br $again)) unreachable"),
    ("", "unreachable"),
    ("", "(i32.div_u (i32.const 1) (i32.const 0))"),
    ("", "(call $ring (i32.const -1))"),
    ("", "(i32.store8 (i32.const 68) (i32.const 77)) (i32.const 64)"),
    ("", "(i32.const 65530)"),
    (
        "",
        "(i32.store8 (i32.const 64) (i32.const 1)) (i32.store (i32.const 68) (i32.const 32))
         (i32.store (i32.const 72) (i32.const 5)) (i32.const 64)",
    ),
    (
        "",
        "(drop (memory.grow (i32.const 400))) (memory.fill (i32.const 65536) (i32.const 7)
           (i32.const 26000000))
         (i32.store8 (i32.const 76) (i32.const 1)) (i32.store (i32.const 80) (i32.const 8192))
         (i32.store (i32.const 84) (i32.const 10000000)) (i32.const 64)",
    ),
    (
        r#"(import "ladus:base/log@1.0.0" "write" (func $write (param i32 i32 i32)))"#,
        "(loop $again (call $write (i32.const 1) (i32.const 8192) (i32.const 4000)) (br $again))
         unreachable",
    ),
    (
        r#"(import "ladus:routing/candidates@1.1.0" "idle-ms" (func $idle (param i32)))"#,
        "(loop $again (global.set $next (i32.const 4096)) (call $idle (i32.const 256))
           (br $again)) unreachable",
    ),
];

#[test]
fn thousands_of_hostile_decisions_and_uploads_leave_no_memory_behind() {
    if std::env::var_os(CHILD).is_some() {
        return attack();
    }
    // In a process of its own: other tests have memory too.
    let name = "flat::thousands_of_hostile_decisions_and_uploads_leave_no_memory_behind";
    let program = std::env::current_exe().expect("this program");
    let attack = Command::new(program).args(["--exact", name]).env(CHILD, "1").output();
    let attack = attack.expect("the same program once more");
    let told = String::from_utf8_lossy(&attack.stdout);
    assert!(attack.status.success(), "{told}{}", String::from_utf8_lossy(&attack.stderr));
    assert!(told.contains("1 passed"), "{told}");
}

fn attack() {
    let bench = Bench::new();
    let files: Vec<Vec<u8>> = HARM.iter().map(|(first, decide)| guest(first, decide)).collect();
    let hostile: Vec<Plugin> = files.iter().map(|file| bench.plugin(file)).collect();
    let refused = [
        b"hello".to_vec(),
        longest_idle()[..9_000].to_vec(),
        module("(module)"),
        guest("", &"(drop (i64.const -1))".repeat(60_000)),
    ];
    let good = bench.plugin(&longest_idle());
    let mut policy = RoutingPolicy::new();
    let mut round = |nth: usize| {
        for plugin in &hostile {
            policy.set(GROUP, Some(plugin.clone()));
            assert!(ask(&mut policy, &agents(&[(1, 1), (1, 2)])).verdict.fallback.is_some());
        }
        // An upload that is known is loaded and described anew; what is refused is looked at anew.
        drop(bench.plugin(&files[nth % files.len()]));
        drop(bench.host.routing(&refused[nth % refused.len()]));
        policy.set(GROUP, Some(good.clone()));
        let reply = ask(&mut policy, &agents(&[(1, 1), (1, 2)]));
        assert_eq!(reply.choice, acd::Choice::Ring(1), "whoever behaves is served");
    };
    (0..WARM_UP).for_each(&mut round);
    let before = resident_kb();
    (0..ROUNDS).for_each(&mut round);
    let after = resident_kb();
    let grown = after.saturating_sub(before);
    assert!(grown <= GROWTH_MAX_KB, "{grown} kB more than the {before} kB after the warm-up");
}

/// Memory of this process that is in use.
fn resident_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("a status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
    line.trim().trim_end_matches(" kB").trim().parse().expect("kilobytes")
}
