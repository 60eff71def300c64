//! Released worlds of plugins are frozen; a minor version adds functions, interfaces and worlds.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::{files, read, root};

/// Every version that a plugin may have been built against, and the hash of its text.
const RELEASED: &[(&str, &str)] = &[
    ("base-1.0.0", "2aaa93db0774b1c82402d015690b475e98c0d5b4f6bc19c6698c69b9716b145f"),
    ("indicator-1.0.0", "392201f955019027320af225b8908a3abf068e316d1f10a36cf9e2440fa84e59"),
    ("routing-1.0.0", "df96b161b4aec7a352559457ced851ab0475f4c410d7f1fb23d3894d5dd1eb8d"),
    ("routing-1.1.0", "fe84dec878ac2392967bc7de4c11ac7415d2fd5b7a2abbe7d73d18bc97a5d860"),
    ("routing-1.2.0", "e79dfb53487c419fb9607786a7ca5d17b4fe9843a3a044643e0ed35c2454abe0"),
    ("routing-1.3.0", "bc553dc8ab9b115ea2e9e391805844a01c879a52337a3856f64d494400eae95f"),
];

fn released(name: &str) -> String {
    read(&root().join("sdk/wit/released").join(format!("{name}.wit")))
}

#[test]
fn a_released_world_does_not_change() {
    for (name, hash) in RELEASED {
        assert_eq!(hex::encode(Sha256::digest(released(name))), *hash, "{name} is frozen");
    }
    let kept = files(&root().join("sdk/wit/released"), ".wit").len();
    assert_eq!(kept, RELEASED.len(), "a released world has no hash here");
}

#[test]
fn the_world_in_use_is_the_newest_released_one() {
    let used = [("base/v1", "base"), ("indicator/v1", "indicator"), ("routing/v1", "routing")];
    for (folder, name) in used {
        let (newest, _) = RELEASED.iter().rfind(|(it, _)| it.starts_with(name)).expect("a version");
        let used = read(&root().join("sdk/wit").join(folder).join(format!("{name}.wit")));
        assert_eq!(used, released(newest), "{name}.wit is not {newest}: raise its version");
    }
}

#[test]
fn a_minor_version_adds_functions_interfaces_and_worlds_and_nothing_else() {
    for pair in RELEASED.windows(2) {
        let [(older, _), (newer, _)] = pair else { continue };
        if older.split('-').next() != newer.split('-').next() {
            continue;
        }
        let (old, new) = (items(older), items(newer));
        for (head, old) in &old {
            let new = new.get(head);
            adds_only_functions((older, newer), old, new.map_or(&[], Vec::as_slice));
        }
    }
}

fn adds_only_functions((older, newer): (&str, &str), old: &[String], new: &[String]) {
    let mut stays = old.iter().peekable();
    for line in new {
        if stays.next_if_eq(&line).is_none() {
            let is_function = line.contains(": func(") && line.ends_with(';');
            let is_mark = line.starts_with("@since(version = ");
            assert!(is_function || is_mark, "{newer} adds what is no function: {line}");
        }
    }
    assert_eq!(stays.next(), None, "{newer} has lost a line of {older}");
}

/// The interfaces and worlds of a version by their first line, and what counts of each: no remarks,
/// and not its own version.
fn items(name: &str) -> BTreeMap<String, Vec<String>> {
    let mut items = BTreeMap::new();
    let mut head = String::new();
    let text = released(name);
    for line in text.lines().filter(|line| !line.starts_with("package ")) {
        if line.starts_with("interface ") || line.starts_with("world ") {
            line.clone_into(&mut head);
        }
        let counts = !line.trim().is_empty() && !line.trim().starts_with("//");
        if counts && !head.is_empty() {
            items.entry(head.clone()).or_insert_with(Vec::new).push(line.trim().to_owned());
        }
        // Only an item itself ends at the first column.
        if line == "}" {
            head.clear();
        }
    }
    items
}
