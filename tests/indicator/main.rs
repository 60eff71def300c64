//! `ladus indicator` as its users run it: the real binary over files and standard input.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::ladus;

const DAY: &str = "name,answered,offers,talk,wrap_up,points,expected:answered\n\
                   mari,40,50,6000,400,7,32\n\
                   jaan,0,0,0,,8,4\n\
                   \"Tamm, Tiit\",10,12,1000,150,9,\n";

/// Runs it over a file with this text.
fn eval(figures: &str, args: &[&str]) -> Output {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("day.csv");
    fs::write(&file, figures).expect("a file");
    let mut command = Command::new(ladus());
    command.args(["indicator", "eval", "--figures"]).arg(file).args(args);
    command.output().expect("the binary runs")
}

/// What it prints for programs, and whether it went well.
fn answer(args: &[&str]) -> (Value, bool) {
    let output = eval(DAY, &[args, &["--json"]].concat());
    let text = String::from_utf8(output.stdout).expect("text");
    (serde_json::from_str(&text).expect("one JSON object"), output.status.success())
}

#[track_caller]
fn values(args: &[&str], expected: Value, unit: &str) {
    let (answer, well) = answer(args);
    let rows = json!(["mari", "jaan", "Tamm, Tiit"]);
    assert_eq!(answer, json!({ "values": expected, "unit": unit, "rows": rows }));
    assert!(well);
}

#[test]
fn every_row_has_its_value_or_none() {
    values(&["talk / answered"], json!([150.0, null, 100.0]), "seconds");
    values(&["answered / offers"], json!([0.8, null, 10.0 / 12.0]), "ratio");
    values(&["wrap_up + 1 min"], json!([460.0, null, 210.0]), "seconds");
    values(&["answered - group.median(answered)"], json!([30.0, -10.0, 0.0]), "count");
    values(&["answered / expected(answered)"], json!([1.25, 0.0, null]), "ratio");
    values(&["IF(answered > 5; points; 0)"], json!([7.0, 0.0, 9.0]), "count");
    values(&["-points"], json!([-7.0, -8.0, -9.0]), "count");
    values(&["7,5 + points", "--language", "et"], json!([14.5, 15.5, 16.5]), "count");
    values(
        &["2 * pace", "--other", "pace=sum / 2", "--other", "sum=points + 1"],
        json!([8.0, 9.0, 10.0]),
        "count",
    );
}

#[test]
fn a_mistake_is_one_object_with_its_place_and_ends_badly() {
    let (wrong, well) = answer(&["answred / offers"]);
    let text = "There is no “answred”; did you mean “answered”?";
    assert_eq!(
        wrong,
        json!({ "error": { "from": 0, "to": 7, "code": "unknown_name", "text": text } })
    );
    assert!(!well);
    let (wrong, _) = answer(&["talk + (answered", "--language", "et"]);
    let text = "See sulg jääb sulgemata.";
    assert_eq!(
        wrong,
        json!({ "error": { "from": 7, "to": 8, "code": "not_closed", "text": text } })
    );
    let (wrong, _) = answer(&["aht"]);
    assert_eq!(wrong["error"]["code"], "no_column");
    let (wrong, _) = answer(&["talk + a", "--other", "a=1 +"]);
    assert_eq!(
        (&wrong["error"]["from"], &wrong["error"]["code"]),
        (&json!(7), &json!("other_indicator"))
    );
    let (wrong, _) = answer(&["a", "--other", "a=b", "--other", "b=a + 1"]);
    assert_eq!(wrong["error"]["text"], "An indicator cannot be made of itself: a → b → a.");
    let deep = "(".repeat(10_000);
    let (wrong, _) = answer(&[&deep]);
    assert_eq!((&wrong["error"]["from"], &wrong["error"]["to"]), (&json!(4_000), &json!(10_000)));
}

#[test]
fn a_formula_is_checked_without_figures() {
    let run = |args: &[&str]| {
        let output = Command::new(ladus()).arg("indicator").args(args).arg("--json").output();
        let output = output.expect("the binary runs");
        let answer: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");
        (answer, output.status.success())
    };
    let (answer, well) = run(&["check", "ASA*pace", "--other", "pace=answered/expected(talk)"]);
    let expected = json!({
        "formula": "asa * pace",
        "unit": "count",
        "needs": ["answered", "ring_answered", "talk"],
        "others": ["pace"],
    });
    assert_eq!((answer, well), (expected, true));
    let (answer, well) = run(&["check", "answred + tlak", "--language", "et"]);
    let error = |from: usize, to: usize, text: &str| json!({ "from": from, "to": to, "code": "unknown_name", "text": text });
    let errors = [
        error(0, 7, "Nime „answred“ ei ole; kas mõtlesid „answered“?"),
        error(10, 14, "Nime „tlak“ ei ole; kas mõtlesid „talk“?"),
    ];
    assert_eq!((answer, well), (json!({ "errors": errors }), false));
    let (answer, _) = run(&["words", "--language", "et"]);
    let words = answer["words"].as_array().expect("words");
    let asa = words.iter().find(|word| word["name"] == "asa").expect("asa");
    assert_eq!(asa["help"], "Keskmine kõnele vastamise aeg.");
    assert_eq!(
        (&asa["sort"], &asa["definition"]),
        (&json!("seconds"), &json!("ring_answered / answered"))
    );
}

#[test]
fn people_get_a_table_and_see_where_the_mistake_is() {
    let output = eval(DAY, &["round( talk/answered,1 )"]);
    let text = String::from_utf8(output.stdout).expect("text");
    let expected = "round(talk / answered, 1) (seconds)\n\
                    mari        150\n\
                    jaan        —\n\
                    Tamm, Tiit  100\n";
    assert_eq!(text, expected);
    let text = eval(DAY, &["answered / offers"]).stdout;
    assert!(String::from_utf8(text).expect("text").ends_with("Tamm, Tiit  0.833\n"));
    let output = eval(DAY, &["talk + answered"]);
    let text = String::from_utf8(output.stderr).expect("text");
    assert!(
        text.starts_with("talk + answered\n^^^^^^^^^^^^^^^\nThese do not go together"),
        "{text}"
    );
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_bad_table_is_told_by_line_and_column() {
    let output = eval("talk\n1\nx\n", &["talk", "--json"]);
    let text = String::from_utf8(output.stderr).expect("text");
    assert!(text.contains("line 3, column “talk”: “x” is not a number"), "{text}");
    assert_eq!(output.status.code(), Some(1));
    let other = eval(DAY, &["talk", "--other", "max=1"]);
    let text = String::from_utf8(other.stderr).expect("text");
    assert!(text.contains("an indicator cannot have the name `max`"), "{text}");
}

#[test]
fn standard_input_is_a_file_too() {
    let mut command = Command::new(ladus());
    command.args(["indicator", "eval", "talk * 2", "--figures", "-", "--json"]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the binary runs");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all("nimi;talk\nmari;7,5\n".as_bytes()).expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(answer, json!({ "values": [15.0], "unit": "seconds", "rows": ["mari"] }));
}
