//! The binary `ladus`, built by the very cargo that runs the test, and run as its users run it.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use crate::Client;

/// The path of the binary, built first if it must be.
pub fn ladus() -> PathBuf {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(build).clone()
}

fn build() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["build", "--quiet", "--locked", "--workspace", "--bin", "ladus"])
        .args(["--message-format", "json"])
        .args(if cfg!(debug_assertions) { None } else { Some("--release") })
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "the binary does not build");
    let messages = String::from_utf8_lossy(&output.stdout);
    let mut built = messages.lines().filter_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        let ours = message["target"]["name"] == "ladus";
        ours.then(|| message["executable"].as_str().map(PathBuf::from)).flatten()
    });
    built.next_back().expect("cargo says where the binary is")
}

/// A running `ladus run` with an empty folder of its own; ended when dropped.
pub struct Ladus {
    child: Child,
    /// The link that was printed.
    pub link: String,
    /// `http://address:port`.
    pub page: String,
    /// `address:port` of SIP.
    pub sip: String,
    /// Removed when dropped.
    pub data: tempfile::TempDir,
}

impl Ladus {
    /// Starts it on ports that are free.
    pub fn start() -> Ladus {
        Ladus::start_with(&[])
    }

    /// The same with more flags.
    pub fn start_with(flags: &[&str]) -> Ladus {
        Ladus::start_on(tempfile::tempdir().expect("a folder"), flags)
    }

    /// The same on data that are there.
    pub fn start_on(data: tempfile::TempDir, flags: &[&str]) -> Ladus {
        let Running { child, link, page, sip } = run(data.path(), "127.0.0.1:0", flags);
        Ladus { child, link, page, sip, data }
    }

    /// Ends the process, as kindly as asked, and starts another one on the same data and SIP port.
    pub fn restart(&mut self, end: End) {
        match end {
            End::Kill => self.child.kill().expect("it is ours to kill"),
            End::Ask => {
                let pid = self.pid().to_string();
                let asked = Command::new("kill").args(["-TERM", &pid]).status();
                assert!(asked.is_ok_and(|status| status.success()), "it can be asked to stop");
            }
        }
        self.child.wait().expect("it ends");
        let Running { child, link, page, sip } = run(self.data.path(), &self.sip, &[]);
        (self.child, self.link, self.page, self.sip) = (child, link, page, sip);
    }

    /// A client that has used the link.
    pub fn client(&self) -> Client {
        let mut client = Client::new(&self.page);
        let token = self.link.rsplit("token=").next().unwrap_or_default();
        let reply = client.post("/session/token", serde_json::json!({ "token": token }));
        assert_eq!(reply.status, 200, "the link lets in: {}", reply.body);
        client
    }

    /// The process's id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The port of SIP.
    pub fn sip_port(&self) -> u16 {
        self.sip.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port")
    }
}

/// How a process is ended.
#[derive(Clone, Copy, Debug)]
pub enum End {
    /// As the kernel does when memory is short.
    Kill,
    /// As an operator does before an upgrade.
    Ask,
}

/// A process that has said where it runs.
struct Running {
    child: Child,
    link: String,
    page: String,
    sip: String,
}

fn run(data: &Path, sip: &str, flags: &[&str]) -> Running {
    let mut child = Command::new(ladus())
        .args(["run", "--http", "127.0.0.1:0", "--sip", sip, "--data"])
        .arg(data)
        .args(flags)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let mut said = || lines.next().and_then(Result::ok).expect("it says where it runs");
    let (mut link, mut sip) = (None, None);
    while link.is_none() || sip.is_none() {
        let line = said();
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["Page", address, ..] => link = Some((*address).to_owned()),
            ["SIP", address, ..] => sip = Some((*address).to_owned()),
            _other => (),
        }
    }
    let (link, sip) = (link.unwrap_or_default(), sip.unwrap_or_default());
    let page = link.split("/start").next().unwrap_or_default().to_owned();
    Running { child, link, page, sip }
}

impl Drop for Ladus {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
