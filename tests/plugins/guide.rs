//! The pages for authors are followed step by step, with the program as they have it.

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ladus_cli::{Clang, Toolchain};
use tests::{lacks, ladus};

use crate::shared_target;

const POLICY: &str = include_str!("../../examples/own-policy/README.md");
const INDICATOR: &str = include_str!("../../examples/own-indicator/README.md");
const IN_C: &str = include_str!("../../examples/c-policy/README.md");

/// A fenced block of the page: what stands behind the fence, and what is in it.
struct Block {
    head: &'static str,
    body: &'static str,
}

fn blocks(page: &'static str) -> Vec<Block> {
    let fenced = page.split("\n```").skip(1).step_by(2);
    fenced
        .map(|block| {
            let (head, body) = block.split_once('\n').expect("a block");
            Block { head, body }
        })
        .collect()
}

/// Follows the page in a folder, and notes what the last commands said.
struct Author {
    folder: PathBuf,
    said: String,
}

impl Author {
    fn follow(&mut self, Block { head, body }: Block) {
        match head.split_once(' ') {
            None if head == "sh" => {
                self.said.clear();
                body.lines().for_each(|line| self.run(line));
            }
            None if head == "text" => {
                for line in body.lines() {
                    assert!(self.said.contains(line.trim()), "{line:?} is not in:\n{}", self.said);
                }
            }
            None if head == "c" => {
                let policy = fs::read_to_string(self.folder.join("policy.c")).expect("the policy");
                assert!(policy.contains(body), "this is not in policy.c:\n{body}");
            }
            Some(("diff", path)) => self.change(&self.folder.join(path), body),
            Some((_, path)) => {
                let path = self.folder.join(path);
                fs::write(&path, format!("{body}\n")).expect("a file");
            }
            None => panic!("nobody knows what to do with a block of {head}"),
        }
    }

    /// Puts the lines behind `+` in place of those behind `-` before them.
    fn change(&self, path: &Path, body: &str) {
        let mut text = fs::read_to_string(path).expect("a file");
        for change in format!("\n{body}").split("\n-").skip(1) {
            let (old, new) = change.split_once("\n+").expect("a line in place of another");
            assert_eq!(text.matches(old).count(), 1, "{old}");
            text = text.replace(old, new);
        }
        fs::write(path, text).expect("a file");
    }

    fn run(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut command = match words.as_slice() {
            ["cd", folder] => return self.folder.push(folder),
            ["rm", file] => return fs::remove_file(self.folder.join(file)).expect("a file"),
            ["ladus", arguments @ ..] => {
                let mut command = Command::new(ladus());
                command.args(arguments);
                command
            }
            ["cargo", arguments @ ..] => {
                let mut command = Command::new(env!("CARGO"));
                command.args(arguments);
                command
            }
            ["clang", arguments @ ..] => {
                let mut command = Command::new(Clang::find().expect("a compiler").program());
                command.args(arguments);
                command
            }
            _ => panic!("nobody knows how to run {line:?}"),
        };
        command.current_dir(&self.folder).env("CARGO_TARGET_DIR", shared_target());
        let output = command.output().expect("the program starts");
        let Output { status, stdout, stderr } = output;
        let [words, errors] =
            [stdout, stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        assert!(status.success(), "{line}: {words} {errors}");
        self.said.push_str(&words);
    }
}

/// Follows a page in a folder of its own and answers where it led, if this machine has a compiler.
fn followed<T>(
    compiler: Result<T, impl Display>,
    page: &'static str,
    name: &str,
) -> Option<PathBuf> {
    if let Err(missing) = compiler {
        lacks(&missing.to_string());
        return None;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let mut author = Author { folder, said: String::new() };
    blocks(page).into_iter().for_each(|block| author.follow(block));
    Some(author.folder)
}

#[test]
fn the_page_leads_from_nothing_to_a_tested_indicator() {
    let Some(folder) = followed(Toolchain::find(), INDICATOR, "guide-indicator") else { return };
    let told = fs::read_to_string(folder.join("cases/handed-on.told")).expect("a table");
    assert_eq!(told.lines().count(), 3, "{told}");
}

#[test]
fn the_page_leads_from_nothing_to_a_tested_policy() {
    let Some(folder) = followed(Toolchain::find(), POLICY, "guide") else { return };
    let told = fs::read_to_string(folder.join("cases/gold.told")).expect("a story");
    for decision in ["c1: mari of mari jaan by gold-first@0.1.0", "c2: jaan of jaan mari by"] {
        assert!(told.contains(decision), "{told}");
    }
}

#[test]
fn the_page_leads_from_nothing_to_a_tested_policy_in_c() {
    let Some(folder) = followed(Clang::find(), IN_C, "guide-c") else { return };
    let told = fs::read_to_string(folder.join("cases/even.told")).expect("a story");
    assert!(told.contains("c2: jaan of mari jaan by gentle@1.0.0 (0 missed today)"), "{told}");
}
