//! What calls and events cost: `cargo bench -p load` measures and writes `tests/load/TABLE.md`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, thread};

use jiff::Timestamp;
use serde_json::Value;

/// New calls a second, 50 agents, talks of 200 ms.
const RATES: [u32; 3] = [50, 100, 200];
/// Calls at once, recorded.
const SIZES: [u32; 3] = [50, 100, 300];

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    if env::args().any(|argument| argument == "--test") {
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let ladus = Ladus { exe: build(&root) };
    let mut page = head();
    page.push_str(SIGNALLING_HEAD);
    for rate in RATES {
        let rate = rate.to_string();
        let arguments = ["load", "signalling", "--agents", "50", "--rate", &rate, "--json"];
        row(&mut page, &ladus.measure(&arguments), SIGNALLING);
    }
    page.push_str(MEDIA_HEAD);
    for calls in SIZES {
        let arguments = ["load", "media", "--calls", &calls.to_string(), "--record", "--json"];
        row(&mut page, &ladus.measure(&arguments), MEDIA);
    }
    events(&mut page, &ladus.measure(&["sim", "bench", "--json"]));
    theory(&mut page, &ladus.measure(&["sim", "theory", "--json"]));
    let table = root.join("tests/load/TABLE.md");
    fs::write(&table, page).expect("the table can be written");
}

const SIGNALLING_HEAD: &str = "
## Short calls without sound

`ladus load signalling --agents 50 --rate <rate> --json`: 30 s of calls at a Poisson rate, each
answered at once and ended by the agent after 200 ms.

| rate, 1/s | calls | failed | abandoned | repeated requests | rung twice | setup p50, ms \
| setup p99, ms | CPU, s per 1000 calls | memory peak, MB |
|---|---|---|---|---|---|---|---|---|---|
";

const SIGNALLING: &[&str] = &[
    "rate",
    "calls",
    "failed",
    "abandoned",
    "retransmissions",
    "rung_twice",
    "setup_ms_p50",
    "setup_ms_p99",
    "cpu_s_per_1000_calls",
    "rss_peak_mb",
];

const MEDIA_HEAD: &str = "
## Recorded calls at once

`ladus load media --calls <calls> --record --json`: G.711 both ways in packets of 20 ms, every call
recorded; CPU is that of 30 s in which all of them talk.

| calls | packets sent | packets lost | one-way | wrong tone | recordings | CPU, cores \
| CPU, ms per call and second | memory peak, MB |
|---|---|---|---|---|---|---|---|---|
";

const MEDIA: &[&str] = &[
    "calls",
    "sent_packets",
    "lost_packets",
    "one_way",
    "wrong_tone",
    "recordings",
    "cpu_cores",
    "cpu_ms_per_call_second",
    "rss_peak_mb",
];

const EVENTS_HEAD: &str = "
## One event of the engine

`ladus sim bench --json`: whole calls (arrival, decision, answer, end) on one thread, built-in
order, everybody logged on, each agent in up to five groups.

| agents | groups | ns of CPU an event |
|---|---|---|
";

const THEORY_HEAD: &str = "
## Against queueing theory

`ladus sim theory --json`: Erlang C without patience, Erlang A with it; simulated with its 95 %
interval of 30 runs of 10,000 callers.

| load | agents | Erlang | patience, s | answered after, s: theory | simulated \
| abandoned: theory | simulated | in 20 s: theory | simulated | inside |
|---|---|---|---|---|---|---|---|---|---|---|
";

/// The binary as users run it.
struct Ladus {
    exe: PathBuf,
}

fn build(root: &Path) -> PathBuf {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let arguments = ["build", "--release", "--bin", "ladus"];
    let status = Command::new(cargo).args(arguments).current_dir(root).status();
    assert!(status.is_ok_and(|status| status.success()), "the server could not be built");
    // This bench lies in `release/deps`, the server beside that folder.
    let own = env::current_exe().expect("a bench knows where it lies");
    let release = own.parent().and_then(Path::parent).expect("benches lie in a folder of release");
    release.join("ladus")
}

impl Ladus {
    /// The JSON of one run; what it has to say about failures goes to the terminal.
    fn measure(&self, arguments: &[&str]) -> Value {
        let run = Command::new(&self.exe).args(arguments).stderr(Stdio::inherit()).output();
        let run = run.expect("the server can be started");
        let line = String::from_utf8_lossy(&run.stdout);
        serde_json::from_str(line.trim()).unwrap_or_else(|error| panic!("{error}: {line}"))
    }
}

// Writing to a string does not fail.

fn row(page: &mut String, figures: &Value, columns: &[&str]) {
    for column in columns {
        let _ = write!(page, "| {} ", figures[column]);
    }
    page.push_str("|\n");
}

fn events(page: &mut String, bench: &Value) {
    page.push_str(EVENTS_HEAD);
    for size in bench["table"].as_array().expect("sizes") {
        row(page, size, &["agents", "groups", "ns_per_event"]);
    }
    let ratio = &bench["cost_ratio_20000x500_to_100x1"];
    let _ = writeln!(
        page,
        "\nSide by side: {} events a second with 100 agents in one group; an event with 20,000 \
         agents in 500 groups costs {ratio} times as much.",
        bench["events_per_s"]
    );
}

fn theory(page: &mut String, loads: &Value) {
    page.push_str(THEORY_HEAD);
    for load in loads.as_array().expect("loads") {
        let name = load["name"].as_str().unwrap_or_default();
        let patience = load["patience_s"].as_f64().map_or("none".to_owned(), |it| it.to_string());
        let _ = write!(page, "| {name} | {} | {} | {patience} ", load["servers"], load["load"]);
        for (figure, scale) in [("asa_ms", 1e-3), ("abandoned", 1.0), ("service_level", 1.0)] {
            let number = |value: &Value| value.as_f64().unwrap_or(f64::NAN) * scale;
            let interval = &load["interval"][figure];
            let _ = write!(
                page,
                "| {:.3} | {:.3} ({:.3} to {:.3}) ",
                number(&load["theory"][figure]),
                number(&load["simulated"][figure]),
                number(&interval[0]),
                number(&interval[1]),
            );
        }
        let _ = writeln!(page, "| {} |", load["inside"]);
    }
}

fn head() -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split_whitespace().next().unwrap_or("unknown");
    let today = Timestamp::now().strftime("%Y-%m-%d");
    format!(
        "# What calls and events cost\n\n\
         Measured {today} on {cores} cores by `cargo bench -p load`; the machine's load average \
         was {load} before. The phones share the cores with the system under test, which is a \
         process of its own: the CPU is its alone.\n"
    )
}
