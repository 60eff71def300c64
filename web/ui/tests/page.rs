//! The page's own checks, so that `cargo test` is the whole gate: types, style and unit tests.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The page's folder; `None` when a ready page was embedded and no packages are installed.
fn app() -> Option<PathBuf> {
    let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app");
    app.join("node_modules/.ladus-installed").is_file().then_some(app)
}

fn passes(script: &str, arguments: &[&str]) {
    let Some(app) = app() else { return };
    let mut command = Command::new("node");
    command.arg(script).args(arguments).current_dir(&app).env("NO_COLOR", "1");
    let done = command.output().expect("node");
    assert!(
        done.status.success(),
        "{script}\n{}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr),
    );
}

#[test]
fn types_agree() {
    passes("node_modules/typescript/bin/tsc", &["--noEmit"]);
}

#[test]
fn style_is_kept() {
    passes("node_modules/@biomejs/biome/bin/biome", &["check", ".", "../../tests/browser"]);
}

#[test]
fn unit_tests_pass() {
    passes("node_modules/vitest/vitest.mjs", &["run"]);
}
