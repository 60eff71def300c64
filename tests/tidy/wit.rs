//! Released worlds of plugins are frozen, and a minor version adds functions and nothing else.

use sha2::{Digest, Sha256};

use crate::{files, read, root};

/// Every version that a plugin may have been built against, and the hash of its text.
const RELEASED: &[(&str, &str)] = &[
    ("base-1.0.0", "2aaa93db0774b1c82402d015690b475e98c0d5b4f6bc19c6698c69b9716b145f"),
    ("indicator-1.0.0", "392201f955019027320af225b8908a3abf068e316d1f10a36cf9e2440fa84e59"),
    ("routing-1.0.0", "df96b161b4aec7a352559457ced851ab0475f4c410d7f1fb23d3894d5dd1eb8d"),
    ("routing-1.1.0", "fe84dec878ac2392967bc7de4c11ac7415d2fd5b7a2abbe7d73d18bc97a5d860"),
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
fn a_minor_version_adds_functions_and_nothing_else() {
    for pair in RELEASED.windows(2) {
        let [(older, _), (newer, _)] = pair else { continue };
        if older.split('-').next() != newer.split('-').next() {
            continue;
        }
        let (old, new) = (lines(older), lines(newer));
        let mut stays = old.iter().peekable();
        for line in &new {
            if stays.next_if_eq(&line).is_none() {
                let is_function = line.contains(": func(") && line.ends_with(';');
                let is_mark = line.starts_with("@since(version = ");
                assert!(is_function || is_mark, "{newer} adds what is no function: {line}");
            }
        }
        assert_eq!(stays.next(), None, "{newer} has lost a line of {older}");
    }
}

/// What counts of a world: no remarks, and not its own version.
fn lines(name: &str) -> Vec<String> {
    let text = released(name);
    let lines = text.lines().map(str::trim);
    let counts = lines.filter(|it| !it.is_empty() && !it.starts_with("//"));
    counts.filter(|it| !it.starts_with("package ")).map(str::to_owned).collect()
}
