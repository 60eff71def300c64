//! The page for those who write formulas is true: its tables are the dictionary's, every formula on
//! it is worked out, every mistake is told as it says.

use stats::Summary;
use stats::formula::{
    CHAIN_MAX, DEPTH_MAX, Entry, Formula, LENGTH_MAX, Language, Others, Sort, dictionary,
};
use stats::indicator::{Figures, Indicator as _, Metric, Period, Unit};

const PAGE: &str = include_str!("../../FORMULAS.md");

/// The contents of the fenced blocks of one kind.
fn blocks(kind: &str) -> Vec<&'static str> {
    let fence = format!("```{kind}\n");
    let begun = PAGE.split(fence.as_str()).skip(1);
    begun.map(|rest| rest.split("\n```").next().unwrap_or_default()).collect()
}

/// The lines of the table under a heading, without its head.
fn rows(heading: &str) -> Vec<&'static str> {
    let section = PAGE.split(&format!("\n## {heading}\n")).nth(1).expect("the heading is there");
    let section = section.split("\n## ").next().unwrap_or_default();
    section.lines().filter(|line| line.starts_with("| `")).collect()
}

fn unit(entry: &Entry) -> &'static str {
    match entry.unit {
        Some(Unit::Seconds) => "seconds",
        Some(Unit::Count) => "count",
        Some(Unit::Ratio) => "ratio",
        Some(Unit::Money) => "money",
        None => "hours",
    }
}

fn told(sort: Sort, line: impl Fn(&Entry) -> String) -> Vec<String> {
    dictionary().iter().filter(|entry| entry.sort == sort).map(line).collect()
}

#[test]
fn its_tables_are_the_dictionary() {
    let metrics =
        told(Sort::Metric, |it| format!("| `{}` | {} | {} |", it.name, unit(it), it.help_en));
    assert_eq!(rows("Figures"), metrics, "{}", metrics.join("\n"));
    let derived = told(Sort::Derived, |it| {
        let definition = it.definition.unwrap_or_default();
        format!("| `{}` | `{definition}` | {} |", it.name, it.help_en)
    });
    assert_eq!(rows("Figures made of others"), derived, "{}", derived.join("\n"));
    let functions =
        told(Sort::Function, |it| format!("| `{}` | `{}` | {} |", it.name, it.example, it.help_en));
    assert_eq!(rows("Functions"), functions, "{}", functions.join("\n"));
}

#[test]
fn every_formula_on_it_is_worked_out() {
    let period = Period { from: acd::Time(0), to: acd::Time(60_000) };
    let figures = Figures::new(&Summary::default(), period, &[acd::AgentId(1), acd::AgentId(2)]);
    let forms = rows("Numbers and signs").into_iter().filter_map(|row| row.split('`').nth(1));
    let formulas = blocks("formula").into_iter().chain(forms).collect::<Vec<_>>();
    assert!(formulas.len() >= 14, "formulas are missing: {formulas:?}");
    let words = dictionary();
    let examples = words.iter().flat_map(|entry| [Some(entry.example), entry.definition]).flatten();
    for text in formulas.into_iter().chain(examples) {
        let formula = Formula::read(text, &Others::default());
        let formula = formula.unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"));
        assert_eq!(formula.evaluate(&figures).expect("is worked out").len(), 2, "{text}");
    }
}

#[test]
fn every_mistake_on_it_is_told_as_it_says() {
    for block in blocks("mistake") {
        let [text, marks, words] = block.lines().collect::<Vec<_>>()[..] else { panic!("{block}") };
        let wrong = Formula::read(text, &Others::default()).expect_err("a mistake");
        assert_eq!(wrong.text(Language::En), words);
        let ours = format!("{}{}", " ".repeat(wrong.from), "^".repeat(wrong.to - wrong.from));
        assert_eq!(ours, marks);
    }
    assert_eq!(blocks("mistake").len(), 2);
}

#[test]
fn its_limits_are_the_limits() {
    assert!(PAGE.contains(&format!("at most {LENGTH_MAX} bytes and {DEPTH_MAX} parentheses")));
    assert!(PAGE.contains(&format!("at most {CHAIN_MAX}.")));
}

#[test]
fn a_derived_figure_measures_what_it_says() {
    for entry in dictionary().iter().filter(|entry| entry.unit.is_some()) {
        let formula = Formula::read(entry.definition.unwrap_or(entry.name), &Others::default());
        let unit = formula.ok().map(|formula| formula.unit());
        assert_eq!(unit, entry.unit, "{}", entry.name);
    }
}

#[test]
fn every_metric_has_a_word_and_no_word_is_there_twice() {
    let words = dictionary();
    assert_eq!(told(Sort::Metric, |it| it.name.to_owned()).len(), Metric::ALL.len());
    for (at, entry) in words.iter().enumerate() {
        let twice = words[..at].iter().any(|other| other.name == entry.name);
        assert!(!twice, "{}", entry.name);
        for help in [entry.help_en, entry.help_et] {
            assert!(help.ends_with('.') && help.len() > 10, "{}: {help}", entry.name);
        }
    }
}
