//! The root documents.

use crate::{read, root};

#[test]
fn every_outside_dependency_says_why_it_is_there() {
    let manifest = read(&root().join("Cargo.toml"));
    let dependencies = manifest
        .split("[workspace.dependencies]")
        .nth(1)
        .and_then(|rest| rest.split("\n[").next())
        .expect("the manifest has workspace dependencies");
    let lines = dependencies.lines().filter(|line| line.contains(" = "));
    for line in lines.filter(|line| !line.contains("path = ")) {
        let why = line.split_once("# ").map_or("", |(_, why)| why);
        assert!(why.len() > 8, "no reason beside this dependency: {line}");
    }
}

#[test]
fn the_changelog_begins_with_what_is_unreleased() {
    let changelog = read(&root().join("CHANGELOG.md"));
    let first = changelog.lines().find(|line| line.starts_with("## "));
    assert_eq!(first, Some("## Unreleased"));
}

#[test]
fn the_architecture_names_every_crate() {
    let architecture = read(&root().join("ARCHITECTURE.md"));
    for folder in ["core", "plugins"] {
        for entry in std::fs::read_dir(root().join(folder)).expect("folder").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            assert!(architecture.contains(&name), "ARCHITECTURE.md does not name `{name}`");
        }
    }
}

#[test]
fn the_readme_names_the_two_commands() {
    let readme = read(&root().join("README.md"));
    for command in ["cargo run --release -- demo", "cargo test --workspace"] {
        assert!(readme.contains(command), "README.md does not name `{command}`");
    }
}
