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
use plugin_host::{Compiler, Host, HostConfig, RoutingPolicy};

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

fn question(candidates: &[Candidate]) -> Question<'_> {
    Question {
        now: Time(1_700_000_000_000),
        group: GroupId(1),
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
