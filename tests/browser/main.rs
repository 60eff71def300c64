//! The page in a real browser, against the real binary: journeys of a person, in both languages.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tests::{Ladus, ladus, need};

/// A running demonstration; ended when dropped.
struct Demo {
    child: Child,
    link: String,
    page: String,
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
        let link = lines.map_while(Result::ok).find_map(|line| {
            line.split_whitespace().find(|word| word.starts_with("http://")).map(str::to_owned)
        });
        let link = link.expect("it says where the page is");
        let page = link.split("/start").next().unwrap_or_default().to_owned();
        Demo { child, link, page, _data: data }
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
    let out = tempfile::tempdir().expect("a folder");
    let status = Command::new(node)
        .arg(root.join("web/app/node_modules/@playwright/test/cli.js"))
        .args(["test", "--config"])
        .arg(root.join("tests/browser/playwright.config.ts"))
        .current_dir(root)
        .env("BASE_URL", &demo.page)
        .env("START_LINK", &demo.link)
        .env("SETUP_BASE_URL", &empty.page)
        .env("SETUP_LINK", &empty.link)
        .env("CHROMIUM", chromium)
        .env("BROWSER_OUT", out.path())
        .status()
        .expect("Playwright runs");
    assert!(status.success(), "a journey failed; its story is above");
}
