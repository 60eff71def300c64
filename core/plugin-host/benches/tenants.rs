//! What one more company with a plugin of its own costs: its memory, and the core's time.
//!
//! `cargo bench -p plugin-host --bench tenants`. The targets: at most 1 MB for each, and 40,000
//! decisions in a second of one core.

use std::path::Path;
use std::time::Instant;

use acd::{
    AgentId, CallId, Candidate, Candidates, GroupId, Policy, Question, Sent, Services, Time,
};
use cpu_time::ThreadTime;
use plugin_host::{Compiler, Host, HostConfig, Plugin, RoutingPolicy};

/// Companies whose memory is measured, after those that warm up what all share.
const TENANTS: usize = 100;
const WARM_UP: usize = 20;
/// Decisions of each company before its memory counts.
const DECISIONS: u64 = 100;
const ROUNDS: u64 = 1_000;
const GROUP: GroupId = GroupId(1);

fn main() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let cache_dir = folder.path().join("plugins");
    let host = Host::new(HostConfig { compiler: Compiler::InProcess, cache_dir }).expect("a host");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins");
    let file = std::fs::read(file.join("fewest-calls/fewest-calls.wasm")).expect("the plugin");
    // Compiled and kept before, as by a server that has run yesterday: the compiler's own memory is
    // a child's.
    let began = Instant::now();
    (0..WARM_UP + TENANTS).for_each(|nth| drop(of_tenant(&host, &file, nth)));
    let compiled_ms = began.elapsed().as_secs_f64() * 1_000.0 / (WARM_UP + TENANTS) as f64;

    let candidates: Vec<Candidate> = (1..=10).map(candidate).collect();
    let mut tenants: Vec<RoutingPolicy> = Vec::new();
    for nth in 0..WARM_UP {
        tenants.push(at_work(of_tenant(&host, &file, nth), &candidates));
    }
    let before = resident_kb();
    for nth in WARM_UP..WARM_UP + TENANTS {
        tenants.push(at_work(of_tenant(&host, &file, nth), &candidates));
    }
    let each = (resident_kb() - before) / TENANTS as f64;

    let (began, mut ended) = (ThreadTime::now(), 0);
    for call in 0..ROUNDS {
        for policy in &mut tenants {
            ended += u64::from(decide(policy, call, &candidates).is_some());
        }
    }
    let decisions = ROUNDS * tenants.len() as u64;
    let per_second = decisions as f64 / began.elapsed().as_secs_f64();
    eprintln!("tenants with a plugin of their own, one after the other ({}):", tenants.len());
    eprintln!("  memory of each          {each:.0} kB");
    eprintln!("  decisions on one core   {per_second:.0} a second, 10 candidates");
    eprintln!("  ended by the guard      {ended} of {decisions}");
    eprintln!("  upload to ready         {compiled_ms:.0} ms, without the network");
}

/// The same plugin in a file of his own: a section that nobody reads tells it from others.
fn of_tenant(host: &Host, file: &[u8], nth: usize) -> Plugin {
    let name = format!("tenant-{nth:04}");
    let mut file = file.to_vec();
    file.extend([0, name.len() as u8 + 1, name.len() as u8]);
    file.extend(name.bytes());
    host.routing(&file).expect("accepted")
}

fn at_work(plugin: Plugin, candidates: &[Candidate]) -> RoutingPolicy {
    let mut policy = RoutingPolicy::new();
    policy.set(GROUP, Some(plugin));
    (0..DECISIONS).for_each(|call| drop(decide(&mut policy, call, candidates)));
    policy
}

/// Answers why the built-in order had to step in: on a busy machine the guard of 10 ms, which is
/// one of wall time, may end a decision that has not had its turn.
fn decide(policy: &mut RoutingPolicy, call: u64, candidates: &[Candidate]) -> Option<String> {
    let reply = policy.choose(&Question {
        now: Time(1_700_000_000_000 + call),
        group: GROUP,
        call: CallId(call),
        waited_ms: 4_000,
        priority: 0,
        offers: 0,
        waiting: 1,
        longest_wait_ms: 4_000,
        seed: call,
        sent: Sent::NOTHING,
        services: Services::listed(&[]),
        candidates: Candidates::listed(candidates),
    });
    reply.verdict.fallback
}

fn candidate(agent: u64) -> Candidate {
    Candidate {
        agent: AgentId(agent),
        order: 1,
        delay_ms: 0,
        idle_ms: 1_000 * agent,
        handled_today: 20 - agent as u32,
        missed_today: 0,
        talk_ms_today: 60_000,
        occupancy_permille: 500,
    }
}

/// What this process has in memory, files that are mapped included.
fn resident_kb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("a Linux machine");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
    line.split_whitespace().next().and_then(|kb| kb.parse().ok()).expect("a number")
}
