//! What the operating system tells and takes: signals, limits, CPU, standard output.

use std::io::Write as _;

use tokio::signal::unix::{SignalKind, signal};

/// Files besides two sockets for each call: database, recordings, web, phones of a demo.
const OTHER_FILES: u64 = 2_000;

/// Linux counts CPU in hundredths of a second, whatever the kernel's own clock.
const TICKS_PER_SECOND: f64 = 100.0;

/// Writes a line for people (or `--json` for programs) to standard output.
pub fn say(line: &str) {
    // A closed pipe is the reader's business.
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Writes a line to standard error: how a long piece of work goes on.
pub(crate) fn say_beside(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Raises the limit of open files as far as it must and may be.
pub(crate) fn raise_open_files(calls_max: usize) {
    let wanted = calls_max as u64 * 3 + OTHER_FILES;
    match rlimit::increase_nofile_limit(wanted) {
        Ok(granted) if granted < wanted => {
            tracing::warn!(granted, wanted, "fewer open files are allowed than calls may need");
        }
        Ok(_) => (),
        Err(error) => tracing::warn!(%error, "the limit of open files could not be raised"),
    }
}

/// Returns at SIGINT or SIGTERM.
pub(crate) async fn asked_to_stop() {
    let term = signal(SignalKind::terminate());
    let interrupt = signal(SignalKind::interrupt());
    let (Ok(mut term), Ok(mut interrupt)) = (term, interrupt) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => (),
        _ = interrupt.recv() => (),
    }
}

/// CPU seconds of this process so far, user and system.
pub(crate) fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name in brackets may hold anything; utime and stime are the 12th and 13th after it.
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    let ticks = after.split_whitespace().skip(11).take(2).filter_map(|it| it.parse::<f64>().ok());
    ticks.sum::<f64>() / TICKS_PER_SECOND
}

/// The most memory this process had resident, in megabytes.
pub(crate) fn rss_peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1_024.0
}
