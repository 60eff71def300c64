//! One decision through the real component in a fresh instance, by processor and by wall time.
//!
//! `cargo bench -p plugin-host`. The target is at most 30 µs of processor time at 100 candidates.

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use acd::{
    AgentId, CallId, Candidate, Candidates, GroupId, Policy, Question, Sent, Services, Time,
};
use cpu_time::ThreadTime;
use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use plugin_host::{Compiler, Host, HostConfig, RoutingPolicy, Stage, Trial};

/// Processor time of the thread: what the decision costs whatever else the machine does.
struct Processor;

impl Measurement for Processor {
    type Intermediate = ThreadTime;
    type Value = Duration;

    fn start(&self) -> ThreadTime {
        ThreadTime::now()
    }

    fn end(&self, start: ThreadTime) -> Duration {
        start.elapsed()
    }

    fn add(&self, a: &Duration, b: &Duration) -> Duration {
        *a + *b
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        WallTime.to_f64(value)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

fn decision<M: Measurement>(criterion: &mut Criterion<M>, clock: &str) {
    let folder = tempfile::TempDir::new().expect("a folder");
    let cache_dir = folder.path().join("plugins");
    let host = Host::new(HostConfig { compiler: Compiler::InProcess, cache_dir }).expect("a host");
    let plugins = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins");
    let file = std::fs::read(plugins.join("longest-idle/longest-idle.wasm")).expect("the plugin");
    let mut policy = RoutingPolicy::new();
    policy.set(GroupId(1), Some(host.routing(&file).expect("accepted")));
    let mut group = criterion.benchmark_group(format!("decision/{clock}"));
    for count in [1_u16, 10, 100, 1000] {
        let candidates = candidates(count);
        group.bench_function(BenchmarkId::from_parameter(count), |bencher| {
            bencher.iter(|| {
                let reply = policy.choose(black_box(&question(&candidates)));
                assert_eq!(reply.verdict.fallback, None);
                reply
            });
        });
    }
}

/// A plugin that behaves, alone and while others of its host do everything that is stopped: what
/// its decisions cost by processor, and how much more that is.
fn attacked(criterion: &mut Criterion<Processor>) {
    let folder = tempfile::TempDir::new().expect("a folder");
    let cache_dir = folder.path().join("plugins");
    let host = Host::new(HostConfig { compiler: Compiler::InProcess, cache_dir }).expect("a host");
    let plugins = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins");
    let file = std::fs::read(plugins.join("longest-idle/longest-idle.wasm")).expect("the plugin");
    let mut policy = RoutingPolicy::new();
    policy.set(GroupId(1), Some(host.routing(&file).expect("accepted")));
    let hostile = HOSTILE.map(|decide| host.routing(&guest(decide)).expect("accepted"));
    for (group, plugin) in (2..).zip(hostile) {
        policy.set(GroupId(group), Some(plugin));
    }
    let candidates = candidates(100);
    let mut group = criterion.benchmark_group("beside_attack/processor");
    group.sample_size(10);
    let mut means = [0.0; 2];
    for (mean, (name, attackers)) in means.iter_mut().zip([("alone", 0), ("attacked", 3)]) {
        let (mut spent, mut decisions) = (Duration::ZERO, 0);
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|times| {
                let mut measured = Duration::ZERO;
                for _ in 0..times {
                    for attacker in 2..2 + attackers {
                        let asked = question_of(GroupId(attacker), &candidates);
                        black_box(policy.choose(&asked));
                        policy.forgive(GroupId(attacker));
                    }
                    let began = ThreadTime::now();
                    black_box(policy.choose(black_box(&question(&candidates))));
                    measured += began.elapsed();
                }
                spent += measured;
                decisions += times;
                measured
            });
        });
        *mean = spent.as_secs_f64() / decisions.max(1) as f64;
    }
    group.finish();
    eprintln!("beside an attack a decision costs {:.2} times as much", means[1] / means[0]);
}

/// What a shadow costs the thread that decides: a copy of the question. Its own run is elsewhere.
fn shadowed(criterion: &mut Criterion<Processor>) {
    let folder = tempfile::TempDir::new().expect("a folder");
    let cache_dir = folder.path().join("plugins");
    let host = Host::new(HostConfig { compiler: Compiler::InProcess, cache_dir }).expect("a host");
    let plugins = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins");
    let file = std::fs::read(plugins.join("longest-idle/longest-idle.wasm")).expect("the plugin");
    let plugin = host.routing(&file).expect("accepted");
    let candidates = candidates(100);
    let mut group = criterion.benchmark_group("beside_shadow/processor");
    for (name, stage) in [("alone", None), ("shadowed", Some(Stage::Shadow))] {
        let mut policy = RoutingPolicy::new();
        policy.set(GroupId(1), Some(plugin.clone()));
        let trial = stage.map(|stage| Trial { plugin: plugin.clone(), stage });
        policy.set_trial(GroupId(1), trial);
        group.bench_function(name, |bencher| {
            bencher.iter(|| policy.choose(black_box(&question(&candidates))));
        });
    }
}

/// Work without end, memory without end, a fault of the machine.
const HOSTILE: [&str; 3] = [
    "(loop $again (br $again)) unreachable",
    "(loop $again (drop (memory.grow (i32.const 16))) (br $again)) unreachable",
    "(i32.div_u (i32.const 1) (i32.const 0))",
];

/// A plugin called `guest@1.0.0` with this decision.
fn guest(decide: &str) -> Vec<u8> {
    let text = format!(
        r#"(module (memory (export "memory") 1)
             (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 4096))
             (data (i32.const 0) "\20\00\00\00\05\00\00\00\28\00\00\00\05\00\00\00")
             (data (i32.const 32) "guest\00\00\001.0.0")
             (func (export "ladus:routing/policy@1.3.0#describe") (result i32) (i32.const 0))
             (func (export "ladus:routing/policy@1.3.0#decide") (param i32 i32) (result i32)
               {decide}))"#
    );
    let wit = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sdk/wit");
    let mut resolve = wit_parser::Resolve::default();
    resolve.push_path(wit.join("base/v1")).expect("the base WIT");
    let (routing, _) = resolve.push_path(wit.join("routing/v1")).expect("the routing WIT");
    let world = resolve.select_world(&[routing], Some("routing")).expect("its world");
    let mut module = wat::parse_str(text).expect("WebAssembly text");
    let encoding = wit_component::StringEncoding::UTF8;
    wit_component::embed_component_metadata(&mut module, &resolve, world, encoding)
        .expect("room for its world");
    module
}

fn question(candidates: &[Candidate]) -> Question<'_> {
    question_of(GroupId(1), candidates)
}

fn question_of(group: GroupId, candidates: &[Candidate]) -> Question<'_> {
    Question {
        now: Time(1_700_000_000_000),
        group,
        call: CallId(1),
        waited_ms: 10_000,
        priority: 0,
        offers: 0,
        waiting: 3,
        longest_wait_ms: 20_000,
        seed: 42,
        sent: Sent::NOTHING,
        services: Services::listed(&[]),
        candidates: Candidates::listed(candidates),
    }
}

fn candidates(count: u16) -> Vec<Candidate> {
    let agent = |at: u16| Candidate {
        agent: AgentId(at.into()),
        order: 1 + at % 3,
        delay_ms: 0,
        idle_ms: u64::from(at) * 7919 % 100_000,
        handled_today: at.into(),
        missed_today: 0,
        talk_ms_today: u64::from(at) * 60_000,
        occupancy_permille: 500,
    };
    (0..count).map(agent).collect()
}

fn processor(criterion: &mut Criterion<Processor>) {
    decision(criterion, "processor");
    shadowed(criterion);
    attacked(criterion);
}

fn wall(criterion: &mut Criterion) {
    decision(criterion, "wall");
}

criterion_group! {
    name = by_processor;
    config = Criterion::default().with_measurement(Processor);
    targets = processor
}
criterion_group!(by_wall, wall);
criterion_main!(by_processor, by_wall);
