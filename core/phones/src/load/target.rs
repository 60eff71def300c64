//! The system under test: a child process that says where it is and what it has done.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use std::{fs, io};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

use super::LoadError;
use crate::scenario::{AgentPhone, Habits};

/// An empty database and as many agents as asked for are made within this.
const START_MAX: Duration = Duration::from_secs(60);
/// It closes recordings and adds up its journal within this.
const STOP_MAX: Duration = Duration::from_secs(60);
/// Linux counts CPU in hundredths of a second, whatever the kernel's own clock.
const TICKS_PER_SECOND: f64 = 100.0;
/// More live calls than it takes by itself are asked for, with room for those that are ending.
const CALLS_MAX_LEAST: usize = 2_000;

/// A running target. Dropping it kills it.
#[derive(Debug)]
pub(super) struct Target {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    pub(super) ready: Ready,
    /// Its database and recordings; removed with this value.
    _data: TempDir,
}

/// How the target is to be started.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    pub(super) agents: usize,
    pub(super) record: bool,
}

/// Its first line.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Ready {
    pub(super) sip: SocketAddr,
    pub(super) pid: u32,
    pub(super) numbers: Vec<String>,
    pub(super) agents: Vec<Account>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Account {
    pub(super) user: String,
    pub(super) password: String,
}

/// Its last line: what it believes to have done.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Done {
    pub(super) answered: u64,
    pub(super) recordings: u64,
    pub(super) fallbacks: u64,
}

impl Target {
    pub(super) async fn start(exe: &Path, wanted: Wanted) -> Result<Target, LoadError> {
        let data = tempfile::Builder::new().prefix("ladus-load-").tempdir();
        let data = data.map_err(LoadError::Start)?;
        let calls_max = CALLS_MAX_LEAST.max(wanted.agents * 2);
        let mut command = Command::new(exe);
        command.args(["bench-target", "--trunk", "127.0.0.1", "--json"]);
        command.args(["--http", "127.0.0.1:0", "--sip", "127.0.0.1:0"]);
        command.arg("--agents").arg(wanted.agents.to_string());
        command.arg("--calls-max").arg(calls_max.to_string());
        command.arg("--data").arg(data.path());
        command.args(wanted.record.then_some("--record"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().map_err(LoadError::Start)?;
        let stdout = child.stdout.take().ok_or(LoadError::Silent("ready"))?;
        let mut lines = BufReader::new(stdout).lines();
        let ready = say(&mut lines, START_MAX, "ready").await?;
        Ok(Target { child, lines, ready, _data: data })
    }

    /// Phones for all its agents.
    pub(super) fn phones(&self, habits: &Habits) -> Vec<AgentPhone> {
        let phone = |account: &Account| AgentPhone {
            user: account.user.clone(),
            password: account.password.clone(),
            habits: habits.clone(),
        };
        self.ready.agents.iter().map(phone).collect()
    }

    /// Every number with the same weight.
    pub(super) fn numbers(&self) -> Vec<(String, u32)> {
        self.ready.numbers.iter().map(|number| (number.clone(), 1)).collect()
    }

    /// CPU seconds so far, user and system.
    pub(super) fn cpu_s(&self) -> Result<f64, LoadError> {
        let stat = self.proc("stat")?;
        cpu_ticks(&stat).map(|ticks| ticks / TICKS_PER_SECOND).ok_or(LoadError::Strange(stat))
    }

    /// The most memory it had resident, in megabytes.
    pub(super) fn rss_peak_mb(&self) -> Result<f64, LoadError> {
        let status = self.proc("status")?;
        rss_peak_kb(&status).map(|kb| kb / 1_024.0).ok_or(LoadError::Strange(status))
    }

    /// Lets it end and hears what it has done.
    pub(super) async fn finish(mut self) -> Result<Done, LoadError> {
        drop(self.child.stdin.take());
        let done = say(&mut self.lines, STOP_MAX, "done").await?;
        let status: ExitStatus = timeout(STOP_MAX, self.child.wait())
            .await
            .map_err(|_late| LoadError::Silent("exit"))?
            .map_err(LoadError::Unseen)?;
        if !status.success() {
            return Err(LoadError::Strange(status.to_string()));
        }
        Ok(done)
    }

    fn proc(&self, file: &str) -> Result<String, LoadError> {
        fs::read_to_string(format!("/proc/{}/{file}", self.ready.pid)).map_err(LoadError::Unseen)
    }
}

/// The next line, which must be this kind of JSON.
async fn say<T: DeserializeOwned>(
    lines: &mut Lines<BufReader<ChildStdout>>,
    most: Duration,
    what: &'static str,
) -> Result<T, LoadError> {
    let line = timeout(most, lines.next_line()).await.map_err(|_late| LoadError::Silent(what))?;
    let line = line.map_err(|error: io::Error| LoadError::Strange(error.to_string()))?;
    let line = line.ok_or(LoadError::Silent(what))?;
    serde_json::from_str(&line).map_err(|error| LoadError::Strange(format!("{error}: {line}")))
}

/// utime and stime are the 12th and 13th field after the name, which may hold anything.
fn cpu_ticks(stat: &str) -> Option<f64> {
    let (_, after) = stat.rsplit_once(')')?;
    let mut fields = after.split_ascii_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

fn rss_peak_kb(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cpu_is_found_behind_a_name_with_brackets() {
        let stat = "42 (la) dus) S 1 42 42 0 -1 4194304 9 0 0 0 150 25 0 0 20 0 9 0 77 0 0";
        assert_eq!(cpu_ticks(stat), Some(175.0));
        assert_eq!(cpu_ticks("42 (ladus) S 1"), None);
    }

    #[test]
    fn own_process_tells_its_memory() {
        let status = fs::read_to_string("/proc/self/status").unwrap();
        assert!(rss_peak_kb(&status).unwrap() > 1_000.0);
    }
}
