//! Sizes, first lines and forbidden words of our sources.

use crate::{files, read, root};

/// A file longer than this is two files.
const LINES_MAX: usize = 500;

/// Columns of a line of Rust; strings of tests that quote a wire format may be longer.
const COLUMNS_MAX: usize = 100;

#[test]
fn every_rust_file_opens_with_a_sentence() {
    for path in files(root(), ".rs") {
        let text = read(&path);
        assert!(text.starts_with("//! "), "{} has no opening `//!` line", path.display());
    }
}

#[test]
fn no_source_file_is_too_long() {
    for ending in [".rs", ".ts", ".tsx"] {
        for path in files(root(), ending) {
            let lines = read(&path).lines().count();
            assert!(lines <= LINES_MAX, "{} has {lines} lines", path.display());
        }
    }
}

#[test]
fn no_line_is_too_wide() {
    for path in files(root(), ".rs") {
        for (number, line) in read(&path).lines().enumerate() {
            let quoted = line.contains('"') || line.trim_start().starts_with(['\\', '|']);
            let wide = line.chars().count() > COLUMNS_MAX;
            assert!(!wide || quoted, "{}:{} is too wide", path.display(), number + 1);
        }
    }
}

#[test]
fn lints_are_expected_with_a_reason_and_never_silenced() {
    let forbidden = [["#[al", "low("].concat(), ["#[ig", "nore"].concat(), ["to", "do!("].concat()];
    for path in files(root(), ".rs") {
        let text = read(&path);
        for word in &forbidden {
            assert!(!text.contains(word.as_str()), "{} contains {word}", path.display());
        }
    }
}

#[test]
fn the_engine_and_the_centre_do_not_know_other_companies() {
    for crate_folder in ["core/acd", "core/centre", "core/sip", "core/media", "core/stats"] {
        for path in files(&root().join(crate_folder), ".rs") {
            let word = ["ten", "ant"].concat();
            let text = read(&path).to_lowercase();
            assert!(!text.contains(&word), "{} contains the word {word}", path.display());
        }
    }
}
