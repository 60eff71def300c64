//! A recorded day under a plugin, on the command line: what it was, is now, and would be.

use std::path::{Path, PathBuf};
use std::process::Command;

use acd::{BuiltIn, Output, Time};
use centre::{Fact, What};
use serde_json::{Value, json};
use sim::timeline::Timeline;
use store::{By, Journal, JournalLine, NewAccount, NewGroup, NewPerson, Store, TenantId};
use tempfile::TempDir;
use tests::{Ladus, ladus};

const DAY: &str = "2026-03-02";
const DAY_MS: u64 = 1_772_409_600_000;
const BY: By<'static> = By { who: "Tiina", at_ms: DAY_MS };

/// Two agents of the same order; in the built-in order they take turns.
const HEAD: &str = "timeline 1\ngroup g1 wrap=0s\nagent a1 g1=1\nagent a2 g1=1\n";
const CALLS: u64 = 6;

/// A data folder with one company whose journal has one day.
struct Company {
    folder: TempDir,
}

impl Company {
    async fn of_one_day() -> Company {
        let folder = TempDir::new().expect("a folder");
        let store = Store::open(&folder.path().join("ladus.db")).await.expect("a store");
        let company = store.tenant(TenantId::FIRST);
        let new = NewAccount { name: "Tiina", email: "tiina@firma.ee", password: "kõrge mägi" };
        company.add_account(new, BY).await.expect("an account");
        let group = company.add_group(NewGroup::named("Sales"), BY).await.expect("a group");
        for name in ["Mari", "Jaan"] {
            let new = NewPerson { name, extension: None };
            let person = company.add_person(new, BY).await.expect("a person");
            company.set_membership(person.id, group.id, 1, 0, BY).await.expect("a place");
        }
        let mut story = format!("{HEAD}0s a1 logs on\n1s a2 logs on\n");
        for nth in 1..=CALLS {
            // Each call is over before the next one comes.
            let (at_s, agent) = (60 * nth, if nth % 2 == 1 { "a1" } else { "a2" });
            let (answered_s, over_s) = (at_s + 4, at_s + 34);
            story.push_str(&format!(
                "{at_s}s c{nth} arrives at g1\n{answered_s}s {agent} answers\n\
                 {over_s}s {agent} hangs up\n"
            ));
        }
        let mut journal = Journal::open(&company).await.expect("a journal");
        journal.append(&told(&story)).await.expect("facts");
        journal.close().await.expect("a closed journal");
        store.close().await;
        Company { folder }
    }

    /// A file of settings; its path.
    fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path.display().to_string()
    }

    fn db(&self) -> PathBuf {
        self.folder.path().join("ladus.db")
    }

    /// What the program says to standard output, or to standard error when it fails.
    fn say(&self, arguments: &[&str]) -> Result<String, String> {
        let mut command = Command::new(ladus());
        command.args(arguments).arg("--db").arg(self.db());
        let output = command.output().expect("the program starts");
        let [words, errors] =
            [output.stdout, output.stderr].map(|it| String::from_utf8_lossy(&it).into_owned());
        if output.status.success() { Ok(words) } else { Err(errors) }
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let words = self.say(&[arguments, &["--json"]].concat()).expect("it goes well");
        serde_json::from_str(&words).expect("one object")
    }
}

/// What the engine tells of a story, on the day.
fn told(story: &str) -> Vec<JournalLine> {
    let mut lines = Vec::new();
    let timeline = Timeline::parse(story).expect("a story");
    let tell = &mut |moment: &sim::timeline::Moment<'_>| {
        lines.extend(moment.out.iter().filter_map(|output| match output {
            Output::Tell(at, fact) => {
                let (at, what) = (Time(DAY_MS + at.0), What::Acd(fact.clone()));
                Some(JournalLine::of(&Fact { at, what }))
            }
            Output::Do(_) => None,
        }));
    };
    timeline.run(&mut BuiltIn, tell).expect("it can be played");
    lines
}

/// Rings the first candidate, with `last` the last one, and with `fail` none.
fn house_rule() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser/house-rule.wasm");
    path.display().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recorded_day_is_told_as_it_was_as_it_is_now_and_with_the_plugin() {
    let company = Company::of_one_day().await;
    let settings = company.file("last.settings", "last = yes");
    let day = ["plugin", "day", &house_rule(), "--day", DAY, "--settings", &settings];
    let report = company.json(&day);
    assert_eq!((&report["zone"], &report["groups"][0]), (&"UTC".into(), &"Sales".into()));
    assert_eq!((&report["plugin"], &report["failures"]), (&"house-rule@1.0.0".into(), &0.into()));
    let columns = [("was", [3, 3], 0.0), ("now", [3, 3], 0.0), ("tried", [0, 6], 1.0)];
    for (column, calls, variation) in columns {
        let it = &report[column];
        assert_eq!((&it["offered"], &it["answered"]), (&CALLS.into(), &CALLS.into()), "{it}");
        assert_eq!((&it["asa_ms"], &it["service_level"]), (&4_000.into(), &1.0.into()));
        let agents = [0, 1].map(|nth| it["agents"][nth]["handled"].clone());
        assert_eq!(agents, calls.map(Value::from), "{column}");
        assert_eq!(it["calls"]["variation"], variation, "{column}");
        assert_eq!(it["talk_ms"]["most"], 30_000 * calls[1], "{column}");
    }
    let decisions = &report["tried"]["decisions"];
    assert_eq!((&decisions["taken"], &decisions["stepped_in"]), (&CALLS.into(), &0.into()));
    assert!(decisions["us_p50"].as_u64() <= decisions["us_p99"].as_u64(), "{decisions}");
    assert!(decisions["us_p50"].as_u64() > Some(0), "a plugin takes a while: {decisions}");
    assert_eq!(report["now"]["decisions"]["us_p50"], Value::Null, "no plugin was asked");

    let told = company.say(&[&day[..], &["--group", "sales"]].concat()).expect("a table");
    for line in ["as it was", "with the plugin", "calls, least to most", "Mari", "Lived again:"] {
        assert!(told.contains(line), "{line} is not in:\n{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plugin_that_fails_is_suspended_as_it_would_be_and_every_call_is_answered() {
    let company = Company::of_one_day().await;
    let settings = company.file("fail.settings", "fail = yes");
    let day = ["plugin", "day", &house_rule(), "--day", DAY, "--settings", &settings];
    let report = company.json(&day);
    let (tried, all) = (&report["tried"], Value::from(CALLS));
    assert_eq!((&tried["answered"], &tried["decisions"]["stepped_in"]), (&all, &all));
    assert_eq!(report["failures"], 5, "after so many in a row it is not asked any more");
    assert_eq!(tried["decisions"]["why"], "suspended after 5 failures in a row");
}

#[tokio::test(flavor = "multi_thread")]
async fn days_and_groups_that_are_not_there_are_told() {
    let company = Company::of_one_day().await;
    let plugin = house_rule();
    let said = |rest: &[&str]| {
        let said = company.say(&[&["plugin", "day", plugin.as_str()], rest].concat());
        said.expect_err("it fails")
    };
    let empty = said(&["--day", "2026-03-03"]);
    assert!(empty.contains("no call of a group arrived on 2026-03-03 (UTC)"), "{empty}");
    let wrong = said(&["--day", "2026-02-30"]);
    assert!(wrong.contains("`2026-02-30` is not a day"), "{wrong}");
    let group = said(&["--day", DAY, "--group", "Suport"]);
    assert!(group.contains("no group `Suport`; the groups are Sales"), "{group}");
    let settings = said(&["--day", DAY, "--settings", "none.settings"]);
    assert!(settings.contains("none.settings is not there"), "{settings}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_is_replayed_under_any_stock_policy() {
    let company = Company::of_one_day().await;
    let replay = |policy| company.json(&["sim", "replay", "--day", DAY, "--policy", policy]);
    let built_in = replay("built-in");
    assert_eq!(built_in["before"], built_in["after"]);
    assert_eq!(built_in["before"]["answered"], CALLS);
    let fewest = replay("fewest-calls");
    let handled = [0, 1].map(|nth| fewest["after"]["agents"][nth]["handled"].clone());
    assert_eq!(handled, [3, 3].map(Value::from));
    let unknown = company.say(&["sim", "replay", "--day", DAY, "--policy", "no-such"]);
    assert!(unknown.expect_err("it fails").contains("fewest-calls"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_lives_the_day_again_beside_its_calls() {
    let Company { folder } = Company::of_one_day().await;
    let ladus = Ladus::start_on(folder, &[]);
    let client = ladus.client();
    let tried = |policy: &str, day: &str| {
        let asked = json!({ "groups": [1], "policy": policy, "day": day });
        client.events("/plugins/replay", asked).pop().expect("a last event")
    };
    let (last, replayed) = tried("fewest-calls", DAY);
    assert_eq!(last, "replayed", "{replayed}");
    for column in ["was", "now", "tried"] {
        let it = &replayed[column];
        assert_eq!((&it["offered"], &it["answered"]), (&CALLS.into(), &CALLS.into()), "{column}");
        assert_eq!((&it["calls"]["least"], &it["calls"]["variation"]), (&3.into(), &0.0.into()));
    }
    assert!(replayed["tried"]["decisions"]["us_p50"].as_u64() > Some(0), "{replayed}");
    let (last, problem) = tried("fewest-calls", "2026-03-03");
    assert_eq!((last.as_str(), &problem["code"]), ("problem", &"no_calls".into()));
    let groups = client.get("/groups").body;
    assert_eq!(groups["groups"][0]["policy"], "built-in", "nothing has changed for callers");
}
