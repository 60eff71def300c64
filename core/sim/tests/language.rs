//! The page about the timeline language is read: every example, every form, every answer.

use acd::BuiltIn;
use sim::timeline::{Timeline, play};

const PAGE: &str = include_str!("../TIMELINE.md");

/// Everybody who is named in the tables.
const SCENE: &str =
    "timeline 1\ngroup sales\ngroup support\nagent mari sales=1\ncalendar office 08:00-12:00\n";

/// The contents of the fenced blocks of one kind.
fn blocks(kind: &str) -> Vec<&'static str> {
    let fence = format!("```{kind}\n");
    let begun = PAGE.split(fence.as_str()).skip(1);
    begun.map(|rest| rest.split("```").next().unwrap_or_default()).collect()
}

/// The first cells of all tables.
fn forms() -> Vec<&'static str> {
    let rows = PAGE.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.map(|row| row.split('`').next().unwrap_or_default()).collect()
}

#[test]
fn every_example_is_played() {
    let examples = blocks("timeline");
    assert_eq!(examples.len(), 2, "examples are missing");
    for example in examples {
        let told =
            play(example, &mut BuiltIn).unwrap_or_else(|wrong| panic!("{wrong}:\n{example}"));
        assert!(told.contains("wants calls"), "{told}");
    }
}

#[test]
fn every_line_of_the_tables_can_be_read() {
    let forms = forms();
    assert!(forms.len() >= 70, "the tables are not found: {forms:?}");
    for form in forms {
        let script = format!("{SCENE}{form}\n");
        Timeline::parse(&script).unwrap_or_else(|wrong| panic!("`{form}`: {wrong}"));
    }
}

#[test]
fn the_answer_on_the_page_is_the_answer() {
    let told = play(blocks("timeline")[1], &mut BuiltIn).expect("a timeline");
    assert_eq!(told, blocks("answer")[0]);
}

#[test]
fn the_mistake_on_the_page_is_the_mistake() {
    let block = blocks("mistake")[0].trim_end();
    let (script, expected) = block.rsplit_once('\n').expect("a script and what is said of it");
    let mistake = Timeline::parse(script).expect_err("a mistake");
    assert_eq!(mistake.to_string(), expected);
}
