//! What an author of plugins does on his own machine, with the program as he has it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ladus_cli::Toolchain;
use serde_json::Value;
use tempfile::TempDir;
use tests::{lacks, ladus, need};

use crate::shared_target;

/// What the program said, and whether it ended well.
pub(crate) struct Said {
    pub(crate) words: String,
    pub(crate) errors: String,
    pub(crate) well: bool,
}

pub(crate) fn plugin(folder: &Path, arguments: &[&str]) -> Said {
    plugin_with(folder, &std::env::var_os("PATH").unwrap_or_default(), arguments)
}

/// The same on a machine that has only these programs.
pub(crate) fn plugin_with(folder: &Path, programs: &OsStr, arguments: &[&str]) -> Said {
    let Output { status, stdout, stderr } = Command::new(ladus())
        .env("PATH", programs)
        .arg("plugin")
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", shared_target())
        .output()
        .expect("the program starts");
    let [words, errors] =
        [stdout, stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    Said { words, errors, well: status.success() }
}

impl Said {
    pub(crate) fn json(&self) -> Value {
        let parsed = serde_json::from_str(&self.words);
        parsed.unwrap_or_else(|error| panic!("{error}: {} {}", self.words, self.errors))
    }
}

fn stock() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../plugins/longest-idle")
}

#[test]
fn a_file_is_checked_as_on_upload_and_a_refusal_has_its_reason() {
    let folder = TempDir::new().expect("a folder");
    let stock = stock().join("longest-idle.wasm");
    let path = stock.display().to_string();
    let sheet = plugin(folder.path(), &["check", &path]);
    assert!(sheet.well && sheet.words.contains("idle-ms"), "{} {}", sheet.words, sheet.errors);
    assert!(sheet.words.contains("cannot: network"), "{}", sheet.words);
    assert!(sheet.words.contains("accepted as a routing policy"), "{}", sheet.words);
    let card = plugin(folder.path(), &["check", &path, "--json"]).json();
    assert_eq!((&card["accepted"], &card["name"]), (&true.into(), &"longest-idle".into()));
    assert_eq!(card["kind"], "routing");

    let whole = fs::read(&stock).expect("the component");
    fs::write(folder.path().join("cut.wasm"), &whole[..whole.len() / 2]).expect("a file");
    let cut = plugin(folder.path(), &["check", "cut.wasm", "--json"]);
    let reason = cut.json()["reason"].as_str().expect("a reason").to_owned();
    assert!(!cut.well && reason.contains("damaged or cut off"), "{reason}");
    fs::write(folder.path().join("words.wasm"), "hello").expect("a file");
    let words = plugin(folder.path(), &["check", "words.wasm"]);
    assert!(!words.well && words.words.contains("not a WebAssembly file"), "{}", words.words);
}

#[test]
fn decisions_are_measured_and_a_case_that_differs_fails() {
    let folder = TempDir::new().expect("a folder");
    let stock = stock().join("longest-idle.wasm").display().to_string();
    let rows = plugin(folder.path(), &["bench", &stock, "--candidates", "1,100", "--json"]).json();
    let counts: Vec<_> =
        rows.as_array().expect("rows").iter().map(|it| &it["candidates"]).collect();
    assert_eq!(counts, [1, 100]);
    assert!(rows[1]["fuel"].as_u64() > rows[0]["fuel"].as_u64(), "{rows}");

    let cases = folder.path().join("cases");
    fs::create_dir(&cases).expect("a folder");
    let story =
        "timeline 1\ngroup sales\nagent mari sales=1\n0s mari logs on\n1s c1 arrives at sales";
    fs::write(cases.join("first.timeline"), story).expect("a case");
    let test = ["test", ".", "--file", &stock, "--json"];
    assert_eq!(plugin(folder.path(), &test).json()["written"], 1);
    assert_eq!(plugin(folder.path(), &test).json()["same"], 1);
    fs::write(cases.join("first.told"), "1s ring jaan for c1\n").expect("a story");
    let differs = plugin(folder.path(), &test);
    assert!(!differs.well && differs.json()["wrong"] == 1, "{}", differs.words);
    fs::write(cases.join("first.timeline"), "timeline 1\n0s mari sleeps").expect("a case");
    let mistake = plugin(folder.path(), &test);
    assert!(!mistake.well && mistake.errors.contains("line 2"), "{}", mistake.errors);
}

#[test]
fn a_policy_that_fails_in_a_case_is_told_with_its_functions() {
    let folder = TempDir::new().expect("a folder");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser/house-rule.wasm");
    let cases = folder.path().join("cases");
    fs::create_dir(&cases).expect("a folder");
    let story =
        "timeline 1\ngroup sales\nagent mari sales=1\n0s mari logs on\n1s c1 arrives at sales";
    fs::write(cases.join("first.timeline"), story).expect("a case");
    fs::write(cases.join("first.settings"), "fail = yes").expect("its settings");
    let test = plugin(folder.path(), &["test", ".", "--file", &file.display().to_string()]);
    // It was written by hand, without names.
    let where_it_was = "it gave up (panic)\n      in <wasm function 3>";
    assert!(!test.well && test.words.contains(where_it_was), "{} {}", test.words, test.errors);
}

#[test]
fn a_new_plugin_works_as_it_is() {
    if let Err(missing) = Toolchain::find() {
        return lacks(&missing.to_string());
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("author");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let bad = plugin(&folder, &["new", "Fair!"]);
    assert!(!bad.well && bad.errors.contains("cannot be a plugin's name"), "{}", bad.errors);
    let new = plugin(&folder, &["new", "fair"]);
    assert!(new.well, "{}", new.errors);
    let again = plugin(&folder, &["new", "fair"]);
    assert!(!again.well && again.errors.contains("is there already"), "{}", again.errors);

    let own = folder.join("fair");
    let mut tests = Command::new(env!("CARGO"));
    tests.args(["test", "--lib"]).current_dir(&own).env("CARGO_TARGET_DIR", shared_target());
    let tests = tests.output().expect("cargo starts");
    assert!(tests.status.success(), "{}", String::from_utf8_lossy(&tests.stderr));
    let played = plugin(&own, &["test", "--json"]);
    assert_eq!(played.json()["written"], 1, "{}", played.errors);
    let told = fs::read_to_string(own.join("cases/fewest-calls.told")).expect("a story");
    assert!(told.contains("c2: jaan of mari jaan by fair@0.1.0"), "{told}");
    let card = plugin(&own, &["check", "--json"]).json();
    assert_eq!((&card["name"], &card["fields"][0]["id"]), (&"fair".into(), &"lead".into()));
}

#[test]
fn a_new_selection_of_calls_works_as_it_is() {
    if let Err(missing) = Toolchain::find() {
        return lacks(&missing.to_string());
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("author-selection");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let script = plugin(&folder, &["new", "mine", "--kind", "selection", "--lang", "ts"]);
    assert!(!script.well && script.errors.contains("written in Rust"), "{}", script.errors);
    let new = plugin(&folder, &["new", "mine", "--kind", "selection"]);
    assert!(new.well, "{}", new.errors);
    let own = folder.join("mine");
    let mut tests = Command::new(env!("CARGO"));
    tests.args(["test", "--lib"]).current_dir(&own).env("CARGO_TARGET_DIR", shared_target());
    let tests = tests.output().expect("cargo starts");
    assert!(tests.status.success(), "{}", String::from_utf8_lossy(&tests.stderr));
    let played = plugin(&own, &["test", "--json"]);
    assert_eq!(played.json()["written"], 1, "{}", played.errors);
    let told = fs::read_to_string(own.join("cases/known-caller.told")).expect("a story");
    let expected = "c2: mari takes call 2 of 2 by mine@0.1.0 (they know each other)";
    assert!(told.contains(expected), "{told}");
    let card = plugin(&own, &["check", "--json"]).json();
    assert_eq!((&card["kind"], &card["name"]), (&"selection".into(), &"mine".into()));
    let rows = plugin(&own, &["bench", "mine.wasm", "--candidates", "2,100", "--json"]).json();
    assert_eq!((&rows[0]["candidates"], &rows[1]["candidates"]), (&2.into(), &100.into()));
    assert!(rows[1]["fuel"].as_u64().is_some_and(|fuel| fuel > 0), "{rows}");
}

#[test]
fn a_new_indicator_works_as_it_is() {
    if let Err(missing) = Toolchain::find() {
        return lacks(&missing.to_string());
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("author-indicator");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let script = plugin(&folder, &["new", "talks", "--kind", "indicator", "--lang", "ts"]);
    assert!(!script.well && script.errors.contains("written in Rust"), "{}", script.errors);
    let new = plugin(&folder, &["new", "talks", "--kind", "indicator"]);
    assert!(new.well, "{}", new.errors);

    let own = folder.join("talks");
    let mut tests = Command::new(env!("CARGO"));
    tests.args(["test", "--lib"]).current_dir(&own).env("CARGO_TARGET_DIR", shared_target());
    let tests = tests.output().expect("cargo starts");
    assert!(tests.status.success(), "{}", String::from_utf8_lossy(&tests.stderr));
    let counted = plugin(&own, &["test", "--json"]);
    assert_eq!(counted.json()["written"], 1, "{}", counted.errors);
    let beside = own.join("cases/talk-length.told");
    let told = fs::read_to_string(&beside).expect("a table");
    assert_eq!(told, "mari  75 s  over 2\njaan     —  0 of at least 2 talks\n");
    fs::write(&beside, told.replace("75", "76")).expect("a table");
    let differs = plugin(&own, &["test"]);
    assert!(!differs.well && differs.words.contains("+ mari  75 s"), "{}", differs.words);
    assert_eq!(plugin(&own, &["test", "--accept", "--json"]).json()["written"], 1);

    let card = plugin(&own, &["check", "--json"]).json();
    let kind = (&card["kind"], &card["unit"], &card["better"]);
    assert_eq!(kind, (&"indicator".into(), &"seconds".into(), &"less".into()));
    let rows = plugin(&own, &["bench", "--people", "10,100", "--json"]).json();
    let counts: Vec<_> = rows.as_array().expect("rows").iter().map(|it| &it["people"]).collect();
    assert_eq!(counts, [10, 100]);
}

#[test]
fn a_new_plugin_in_typescript_works_as_it_is() {
    let (Some(_), Some(npm)) = (need("node", "nodejs"), need("npm", "npm")) else { return };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("author-ts");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let new = plugin(&folder, &["new", "fair", "--lang", "ts"]);
    assert!(new.well, "{}", new.errors);
    let own = folder.join("fair");
    let played = plugin(&own, &["test", "--json"]);
    assert_eq!(played.json()["written"], 1, "{}", played.errors);
    let told = fs::read_to_string(own.join("cases/fewest-calls.told")).expect("a story");
    assert!(told.contains("c2: jaan of mari jaan by fair@0.1.0"), "{told}");
    let card = plugin(&own, &["check", "--json"]).json();
    assert_eq!((&card["name"], &card["fields"][0]["id"]), (&"fair".into(), &"lead".into()));
    // The module's own test has no place of its own to be built in.
    let view = include_str!("../../sdk/js/agents.test.ts");
    fs::write(own.join("src/agents.test.ts"), view).expect("a test");
    let tests = Command::new(npm).arg("test").current_dir(&own).output().expect("npm starts");
    assert!(tests.status.success(), "{}", String::from_utf8_lossy(&tests.stdout));

    // A mistake is told with its place, and what was built before stays.
    let policy = own.join("src/policy.ts");
    let text = fs::read_to_string(&policy).expect("the policy");
    fs::write(&policy, text.replace("handledToday", "handledTodya")).expect("a mistake");
    let wrong = plugin(&own, &["build"]);
    assert!(!wrong.well && wrong.errors.contains("src/policy.ts("), "{}", wrong.errors);
    assert!(own.join("fair.wasm").is_file());
}
