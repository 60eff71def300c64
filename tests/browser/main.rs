//! The page in a real browser, against the real binary: journeys of a person, in both languages.

mod callers;

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tests::{Ladus, ladus, need};

use crate::callers::Desk;

/// A running demonstration; ended when dropped.
struct Demo {
    child: Child,
    link: String,
    page: String,
    /// `address:port` of SIP.
    sip: String,
    _data: tempfile::TempDir,
}

impl Demo {
    fn start() -> Demo {
        let data = tempfile::tempdir().expect("a folder");
        let mut child = Command::new(ladus())
            .args(["demo", "--http", "127.0.0.1:0", "--sip", "127.0.0.1:0", "--data"])
            .arg(data.path().join("demo"))
            .stdout(Stdio::piped())
            .spawn()
            .expect("the demonstration starts");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut lines = lines.map_while(Result::ok);
        let mut after = |word: &str| {
            let found = lines.find_map(|line| {
                let mut words = line.split_whitespace();
                (words.next() == Some(word)).then(|| words.next().map(str::to_owned)).flatten()
            });
            found.unwrap_or_else(|| panic!("it says its {word}"))
        };
        let (link, sip) = (after("Page"), after("SIP"));
        let page = link.split("/start").next().unwrap_or_default().to_owned();
        Demo { child, link, page, sip, _data: data }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_person_finds_her_way_in_both_languages() {
    let (Some(node), Some(chromium)) = (need("node", "nodejs"), need("chromium", "chromium"))
    else {
        return;
    };
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let (demo, empty) = (Demo::start(), Ladus::start());
    let callers = Desk::open(demo.sip.parse().expect("an address"));
    let out = tempfile::tempdir().expect("a folder");
    let status = Command::new(node)
        .arg(root.join("web/app/node_modules/@playwright/test/cli.js"))
        .args(["test", "--config"])
        .arg(root.join("tests/browser/playwright.config.ts"))
        // A part of a file's name: only these journeys, for whoever works on them.
        .args(std::env::var_os("LADUS_JOURNEY"))
        .current_dir(root)
        .env("BASE_URL", &demo.page)
        .env("START_LINK", &demo.link)
        .env("CALLERS_URL", &callers.url)
        .env("SETUP_BASE_URL", &empty.page)
        .env("SETUP_LINK", &empty.link)
        .env("CHROMIUM", chromium)
        .env("BROWSER_OUT", out.path())
        .status()
        .expect("Playwright runs");
    assert!(status.success(), "a journey failed; its story is above");
}
