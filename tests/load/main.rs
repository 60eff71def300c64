//! What calls cost: `cargo bench -p tests --bench load` measures and writes `tests/load/TABLE.md`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, fs, thread};

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
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let exe = build(&root);
    let mut page = head();
    page.push_str(SIGNALLING_HEAD);
    for rate in RATES {
        let arguments = ["signalling", "--agents", "50", "--rate", &rate.to_string(), "--json"];
        row(&mut page, &measure(&exe, &arguments), SIGNALLING);
    }
    page.push_str(MEDIA_HEAD);
    for calls in SIZES {
        let arguments = ["media", "--calls", &calls.to_string(), "--record", "--json"];
        row(&mut page, &measure(&exe, &arguments), MEDIA);
    }
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

/// The binary as users run it.
fn build(root: &Path) -> PathBuf {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let arguments = ["build", "--release", "--package", "server", "--bin", "ladus"];
    let status = Command::new(cargo).args(arguments).current_dir(root).status();
    assert!(status.is_ok_and(|status| status.success()), "the server could not be built");
    // This bench lies in `release/deps`, the server beside that folder.
    let own = env::current_exe().expect("a bench knows where it lies");
    let release = own.parent().and_then(Path::parent).expect("benches lie in a folder of release");
    release.join("ladus")
}

/// One line of JSON from one run; what it has to say about failures goes to the terminal.
fn measure(exe: &Path, arguments: &[&str]) -> Value {
    let run = Command::new(exe).arg("load").args(arguments).stderr(Stdio::inherit()).output();
    let run = run.expect("the server can be started");
    let line = String::from_utf8_lossy(&run.stdout);
    serde_json::from_str(line.trim()).unwrap_or_else(|error| panic!("{error}: {line}"))
}

fn row(page: &mut String, figures: &Value, columns: &[&str]) {
    for column in columns {
        // Writing to a string does not fail.
        let _ = write!(page, "| {} ", figures[column]);
    }
    page.push_str("|\n");
}

fn head() -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split_whitespace().next().unwrap_or("unknown");
    format!(
        "# What calls cost\n\n\
         Measured {} on {cores} cores by `cargo bench -p tests --bench load`; the machine's load \
         average was {load} before. The phones share the cores with the system under test, which \
         is a process of its own: the CPU is its alone.\n",
        today()
    )
}

/// The UTC date, from the count of days since 1970 (the calendar repeats every 146,097 days).
fn today() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let days = now.as_secs() / 86_400 + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    format!("{year}-{month:02}-{day:02}")
}
