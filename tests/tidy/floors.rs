//! Who may use whom: the table of ARCHITECTURE.md against `cargo metadata`.

use std::collections::BTreeMap;
use std::process::Command;

/// Each crate and its floor. A crate may use crates of lower floors only.
const FLOORS: &[(&str, u8)] = &[
    ("acd", 0),
    ("sip", 0),
    ("media", 0),
    ("centre", 1),
    ("stats", 1),
    ("control", 2),
    ("store", 2),
    ("plugin-host", 2),
    ("sim", 2),
    ("switch", 3),
    ("phones", 3),
    ("web-api", 3),
    ("ladus-cli", 3),
    ("server", 4),
    // The built page and the authors' crate know nobody.
    ("web-ui", 0),
    ("ladus-plugin", 0),
    ("answer-time", 1),
    ("answered-in-a-row", 1),
    ("answered-per-hour", 1),
    ("best-achiever", 1),
    ("even-occupancy", 1),
    ("fewest-calls", 1),
    ("least-talk-time", 1),
    ("longest-idle", 1),
    ("longest-wait-first", 1),
    ("most-served", 1),
    ("priority-ageing", 1),
    ("round-robin", 1),
    ("skills", 1),
    ("sticky", 1),
    ("talk-length", 1),
    ("weighted-random", 1),
    ("tests", 5),
    ("load", 0),
];

/// What a floor alone does not say: these may use nothing of ours but the named.
const ONLY: &[(&str, &[&str])] = &[
    ("answer-time", &["ladus-plugin"]),
    ("answered-in-a-row", &["ladus-plugin"]),
    ("answered-per-hour", &["ladus-plugin"]),
    ("best-achiever", &["ladus-plugin"]),
    ("even-occupancy", &["ladus-plugin"]),
    ("fewest-calls", &["ladus-plugin"]),
    ("least-talk-time", &["ladus-plugin"]),
    ("longest-idle", &["ladus-plugin"]),
    ("longest-wait-first", &["ladus-plugin"]),
    ("most-served", &["ladus-plugin"]),
    ("priority-ageing", &["ladus-plugin"]),
    ("round-robin", &["ladus-plugin"]),
    ("skills", &["ladus-plugin"]),
    ("sticky", &["ladus-plugin"]),
    ("talk-length", &["ladus-plugin"]),
    ("weighted-random", &["ladus-plugin"]),
    ("stats", &["acd"]),
    ("control", &["acd", "stats"]),
    ("plugin-host", &["acd", "stats"]),
    ("store", &["acd", "centre", "stats", "sip", "media"]),
    ("web-api", &["acd", "control", "store", "stats", "media"]),
    ("phones", &["acd", "sim", "sip", "media"]),
];

/// Outside crates that only these may use: one outside thing each.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("wasmtime", &["plugin-host"]),
    ("sqlx", &["store"]),
    ("rsip", &["sip"]),
    ("axum", &["web-api", "server"]),
    ("socket2", &["switch", "phones"]),
];

/// Crates below floor 2 are pure.
const IMPURE: &[&str] = &["tokio", "socket2", "sqlx", "wasmtime", "getrandom", "rand", "axum"];

struct Package {
    name: String,
    /// Name, and whether it is a development dependency only.
    dependencies: Vec<(String, bool)>,
}

fn packages() -> Vec<Package> {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(crate::root())
        .output()
        .expect("cargo metadata runs");
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let package = |it: &serde_json::Value| Package {
        name: it["name"].as_str().expect("name").to_owned(),
        dependencies: it["dependencies"]
            .as_array()
            .expect("dependencies")
            .iter()
            .map(|it| {
                (it["name"].as_str().expect("name").to_owned(), it["kind"].as_str() == Some("dev"))
            })
            .collect(),
    };
    packages.iter().map(package).collect()
}

#[test]
fn every_crate_stays_on_its_floor() {
    let floors: BTreeMap<&str, u8> = FLOORS.iter().copied().collect();
    for package in packages() {
        let floor = *floors
            .get(package.name.as_str())
            .unwrap_or_else(|| panic!("`{}` has no floor; add it to FLOORS", package.name));
        for (dependency, dev) in &package.dependencies {
            let Some(&below) = floors.get(dependency.as_str()) else { continue };
            assert!(
                *dev || below < floor,
                "`{}` (floor {floor}) may not use `{dependency}` (floor {below})",
                package.name
            );
        }
    }
}

#[test]
fn neighbours_that_must_not_meet_do_not() {
    let names: Vec<&str> = FLOORS.iter().map(|&(name, _)| name).collect();
    for package in packages() {
        let only = ONLY.iter().find(|(name, _)| *name == package.name);
        let Some((_, allowed)) = only else { continue };
        for (dependency, dev) in &package.dependencies {
            let ours = names.contains(&dependency.as_str());
            assert!(
                *dev || !ours || allowed.contains(&dependency.as_str()),
                "`{}` may not use `{dependency}`",
                package.name
            );
        }
    }
}

#[test]
fn each_outside_thing_has_one_owner_and_the_pure_crates_have_none() {
    let floors: BTreeMap<&str, u8> = FLOORS.iter().copied().collect();
    for package in packages() {
        let pure = floors.get(package.name.as_str()).is_some_and(|&floor| floor < 2);
        for (dependency, dev) in package.dependencies.iter().filter(|(_, dev)| !dev) {
            assert!(!dev);
            let owners = OUTSIDE.iter().find(|(name, _)| name == dependency);
            if let Some((_, owners)) = owners {
                let owned = owners.contains(&package.name.as_str());
                assert!(owned, "`{}` may not use `{dependency}`", package.name);
            }
            let impure = IMPURE.contains(&dependency.as_str());
            assert!(!(pure && impure), "`{}` is pure: no `{dependency}`", package.name);
        }
    }
}
