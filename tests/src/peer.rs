//! Real peers: programs of other people that may or may not be on this machine.

use std::io::Write as _;
use std::net::UdpSocket;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

/// The path of a program, or `None` after saying what to install. With `LADUS_REQUIRE_PEERS=1` a
/// missing peer is a failure.
pub fn need(program: &str, package: &str) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&paths).map(|path| path.join(program));
    if let Some(found) = found.into_iter().find(|path| path.is_file()) {
        return Some(found);
    }
    lacks(&format!("{program} is missing: apt-get install {package}"));
    None
}

/// Says why a test is skipped; where peers are required that is a failure.
pub fn lacks(words: &str) {
    assert!(std::env::var_os("LADUS_REQUIRE_PEERS").is_none_or(|it| it != "1"), "{words}");
    eprintln!("SKIPPED: {words}");
}

/// A UDP port of a loopback address that was free a moment ago.
pub fn free_port(address: &str) -> u16 {
    let socket = UdpSocket::bind((address, 0)).expect("a free port");
    socket.local_addr().expect("its address").port()
}

/// A running peer; ended when dropped.
pub struct Peer(Child);

impl Peer {
    /// Starts it in a folder, silently.
    pub fn start(program: &Path, arguments: &[&str], folder: &Path) -> Peer {
        let child = Command::new(program)
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Peer(child.unwrap_or_else(|error| panic!("{}: {error}", program.display())))
    }

    /// Starts it with a home of its own and says these lines to it; its input stays open.
    pub fn start_with(
        program: &Path,
        arguments: &[&str],
        home: &Path,
        lines: &str,
    ) -> (Peer, ChildStdin) {
        let child = Command::new(program)
            .args(arguments)
            .current_dir(home)
            .env("HOME", home)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let mut child = child.unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let mut input = child.stdin.take().expect("a pipe");
        input.write_all(lines.as_bytes()).expect("it listens");
        (Peer(child), input)
    }

    /// Whether it has ended by itself, and how.
    pub fn ended(&mut self) -> Option<i32> {
        self.0.try_wait().expect("its state").map(|status| status.code().unwrap_or(-1))
    }
}

impl Peer {
    /// Killed at once, without a word to anybody.
    pub fn dies(&mut self) {
        self.0.kill().expect("it was alive");
        self.0.wait().expect("its end");
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
