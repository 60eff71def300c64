//! Builds the page from `web/app` into `OUT_DIR`, so that `cargo build` is the only command.
//!
//! A ready page (the folder in `LADUS_UI_DIST`, or `dist/` beside this file) wins and needs no
//! Node.js. Nothing in the source tree changes except `web/app/node_modules`.

use std::env;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest Node.js that Vite 8 runs on.
const NODE_OLDEST: (u32, u32) = (20, 19);

/// What a build depends on, inside `web/app`. Tests are not in it.
const WATCHED: [&str; 6] =
    ["src", "public", "index.html", "package.json", "package-lock.json", "vite.config.ts"];

const NO_NODE: &str = "the page cannot be built: install Node.js 20.19 or newer (with npm), or set \
                       LADUS_UI_DIST to a folder with a ready page";

fn main() {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    println!("cargo::rerun-if-env-changed=LADUS_UI_DIST");
    println!("cargo::rerun-if-changed=build.rs");
    let page = ready_page(&here).unwrap_or_else(|| build_page(&here.join("../app"), &out));
    println!("cargo::rustc-env=LADUS_UI_PAGE={}", page.display());
}

fn ready_page(here: &Path) -> Option<PathBuf> {
    let named = env::var_os("LADUS_UI_DIST").map(PathBuf::from);
    if let Some(folder) = &named {
        let whole = folder.join("index.html").is_file();
        assert!(whole, "LADUS_UI_DIST: there is no index.html in {}", folder.display());
    }
    let page = named.unwrap_or_else(|| here.join("dist"));
    if !page.join("index.html").is_file() {
        return None;
    }
    println!("cargo::rerun-if-changed={}", page.display());
    Some(page.canonicalize().expect("it was there a moment ago"))
}

fn build_page(app: &Path, out: &Path) -> PathBuf {
    for name in WATCHED {
        println!("cargo::rerun-if-changed={}", app.join(name).display());
    }
    check_node();
    install_packages(app);
    let page = out.join("page");
    let mut vite = Command::new("node");
    vite.args(["node_modules/vite/bin/vite.js", "build", "--logLevel", "warn", "--emptyOutDir"]);
    run(app, vite.arg("--outDir").arg(&page).env("NODE_ENV", "production"));
    page
}

fn check_node() {
    let answer = match Command::new("node").arg("--version").output() {
        Ok(answer) => String::from_utf8_lossy(&answer.stdout).trim().to_owned(),
        Err(error) if error.kind() == ErrorKind::NotFound => panic!("{NO_NODE}"),
        Err(error) => panic!("node --version: {error}"),
    };
    let mut parts = answer.trim_start_matches('v').split('.').map(|part| part.parse().unwrap_or(0));
    let version = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    assert!(version >= NODE_OLDEST, "{NO_NODE} (found {answer})");
}

/// `npm ci`, only when the lock file is not the one that was installed last.
fn install_packages(app: &Path) {
    let lock = app.join("package-lock.json");
    // Builds with different target folders share these packages: one installs, the others wait.
    let queue = File::open(&lock).expect("web/app/package-lock.json is in the repository");
    queue.lock().expect("a lock on package-lock.json");
    let wanted = fs::read(&lock).expect("web/app/package-lock.json can be read");
    let stamp = app.join("node_modules/.ladus-installed");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return;
    }
    run(app, Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]));
    fs::write(&stamp, &wanted).expect("a note in web/app/node_modules");
}

fn run(app: &Path, command: &mut Command) {
    let done = match command.current_dir(app).output() {
        Ok(done) => done,
        Err(error) if error.kind() == ErrorKind::NotFound => panic!("{NO_NODE}"),
        Err(error) => panic!("{command:?}: {error}"),
    };
    if !done.status.success() {
        let told = String::from_utf8_lossy(&done.stdout).into_owned();
        panic!("{command:?} failed\n{told}{}", String::from_utf8_lossy(&done.stderr));
    }
}
