//! A question at which a plugin has failed, dropped into its cases as it was downloaded.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use acd::{
    AgentId, CallId, Candidate, Candidates, GroupId, Policy, Question, Sent, Services, Skills, Time,
};
use ladus_cli::Sandbox;
use plugin_host::{CaseAnswer, Compiler, QuestionCase, RoutingPolicy, Value};
use tempfile::TempDir;
use tests::ladus;

/// Beyond the groups of timelines.
const GROUP: GroupId = GroupId(70_000);

/// A plugin's folder with nothing but cases, and the component that is tested.
struct Author {
    folder: TempDir,
    file: PathBuf,
}

/// Rings the first candidate, with `last` the last one, and with `fail` none.
fn house_rule() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("browser/house-rule.wasm")
}

/// What the house rule was asked when it failed, as a server writes it.
fn failure() -> QuestionCase {
    let sandbox = Sandbox::new(Compiler::InProcess).expect("a sandbox");
    let plugin = sandbox.routing(&fs::read(house_rule()).expect("the file")).expect("a plugin");
    let plugin = plugin.with_settings(&[("fail".to_owned(), Value::Toggle(true))]);
    let mut policy = RoutingPolicy::new();
    policy.set(GROUP, Some(plugin.expect("its setting")));
    let candidate = |agent| Candidate {
        agent: AgentId(agent),
        order: 1,
        delay_ms: 0,
        idle_ms: 4_000,
        handled_today: 3,
        missed_today: 0,
        talk_ms_today: 90_000,
        occupancy_permille: 500,
    };
    let candidates = [7, 9].map(candidate);
    let english = Skills::new([("english".to_owned(), 7)].into()).expect("skills");
    policy.choose(&Question {
        now: Time(1_772_409_600_000),
        group: GROUP,
        call: CallId(3),
        waited_ms: 12_000,
        priority: 0,
        offers: 0,
        waiting: 1,
        longest_wait_ms: 12_000,
        seed: u64::MAX,
        sent: Sent::NOTHING,
        services: Services::listed(&[]),
        candidates: Candidates::skilled(&candidates, &[english]),
    });
    policy.failed().next().expect("a failure").case()
}

impl Author {
    fn with(case: &QuestionCase) -> Author {
        let author = Author { folder: TempDir::new().expect("a folder"), file: house_rule() };
        fs::create_dir(author.folder.path().join("cases")).expect("a folder");
        author.write(&case.write());
        author
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("cases/failure-1.question.json")
    }

    fn write(&self, case: &str) {
        fs::write(self.path(), case).expect("a case");
    }

    fn read(&self) -> QuestionCase {
        let text = fs::read_to_string(self.path()).expect("a case");
        QuestionCase::read(&text).expect("a sound one")
    }

    /// What `ladus plugin test` says, and whether all is well.
    fn test(&self, arguments: &[&str]) -> (bool, String) {
        let mut command = Command::new(ladus());
        command.args(["plugin", "test", "."]).arg("--file").arg(&self.file).args(arguments);
        let output = command.current_dir(self.folder.path()).output().expect("the program starts");
        let words = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&words).into_owned())
    }
}

#[test]
fn a_downloaded_failure_fails_until_it_is_repaired_and_is_then_held_to_its_answer() {
    let failure = failure();
    let author = Author::with(&failure);
    let (well, words) = author.test(&[]);
    let told = "WRONG    failure-1.question: the plugin failed: it gave up (panic)\n      in ";
    assert!(!well && words.contains(told), "{words}");
    let (well, words) = author.test(&["--accept"]);
    assert!(!well && author.read() == failure, "a failure is not accepted: {words}");

    // The repair: this one does not fail any more, and any answer will do.
    let off = Value::Toggle(false);
    let settings = vec![("fail".to_owned(), off.clone()), ("last".to_owned(), Value::Toggle(true))];
    author.write(&QuestionCase { settings, ..failure.clone() }.write());
    let (well, words) = author.test(&[]);
    assert!(well && words.contains("same     failure-1.question"), "{words}");
    assert_eq!(author.read().answer, None);
    let (well, words) = author.test(&["--accept"]);
    assert!(well && words.contains("written  failure-1.question"), "{words}");
    assert_eq!(author.read().answer, Some(CaseAnswer::Ring(AgentId(9))));
    assert!(author.test(&[]).0);

    let settings = vec![("fail".to_owned(), off)];
    author.write(&QuestionCase { settings, ..author.read() }.write());
    let (well, words) = author.test(&[]);
    assert!(!well && words.contains("it must ring agent 9, and rings agent 7"), "{words}");
}

#[test]
fn a_question_that_cannot_be_read_or_asked_is_told_with_the_file_and_the_place() {
    let failure = failure();
    let mut author = Author::with(&failure);
    author.write(&failure.write().replace("\"waited_ms\": 12000", "\"waited_ms\": \"long\""));
    let (well, words) = author.test(&[]);
    let told = "failure-1.question.json: waited_ms: a whole number from 0 is needed";
    assert!(!well && words.contains(told), "{words}");
    let settings = vec![("share".to_owned(), Value::Toggle(true))];
    author.write(&QuestionCase { settings, ..failure.clone() }.write());
    let (well, words) = author.test(&[]);
    assert!(!well && words.contains("failure-1.question.json: settings: "), "{words}");

    author.write(&failure.write());
    let stock = "../plugins/longest-wait-first/longest-wait-first.wasm";
    author.file = Path::new(env!("CARGO_MANIFEST_DIR")).join(stock);
    let (well, words) = author.test(&[]);
    assert!(!well && words.contains("a question is a case of a routing policy"), "{words}");
}
