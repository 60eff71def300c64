//! What spreadsheets and other languages get wrong, a line each.

use stats::formula::{Decimal, Formula, Others};
use stats::indicator::Unit;

use crate::{others, read, table};

/// The value of a formula for Mari.
#[track_caller]
fn mari(text: &str, expected: impl Into<Option<f64>>) {
    assert_eq!(read(text).values(&table())[0], expected.into(), "{text}");
}

/// The values of all three.
#[track_caller]
fn all(text: &str, expected: [Option<f64>; 3]) {
    assert_eq!(read(text).values(&table()), expected, "{text}");
}

#[test]
fn arithmetic_is_that_of_school() {
    mari("10 / 4", 2.5);
    mari("1 + 2 * 3", 7.0);
    mari("(1 + 2) * 3", 9.0);
    mari("7 - 2 - 1", 4.0);
    mari("12 / 3 / 2", 2.0);
    mari("2 ^ 3 ^ 2", 512.0);
    mari("-2 ^ 2", -4.0);
    mari("2 ^ -1", 0.5);
    mari("- -3", 3.0);
    mari("80%", 0.8);
    mari("7.3%", 0.073);
    mari("abs(3 - 5)", 2.0);
    mari(".5 * 4", 2.0);
    mari("0 * -1", 0.0);
}

#[test]
fn what_is_not_a_number_is_no_value() {
    mari("2 ^ 99999", None);
    mari("1 / 0", None);
    mari("0 / 0", None);
    mari("0 ^ 0", None);
    mari("(0 - 4) ^ 0.5", None);
    mari("1 / (answered - 40)", None);
    mari("if(1 / (answered - 40) > 1, 2, 3)", None);
    mari("max(1, 1 / 0)", None);
    mari("round(1 / 0, 2)", None);
    all("talk / answered", [Some(150.0), None, Some(100.0)]);
    all("answered / work_hours", [Some(40.0 / 7.0), Some(0.0), None]);
    all("expected(answered)", [Some(32.0), Some(4.0), None]);
}

#[test]
fn words_may_be_written_large() {
    mari("IF(1 > 0, 5)", 5.0);
    mari("Answered + MAX(1, 2)", 42.0);
    mari("Group.Average(answered)", 50.0 / 3.0);
    mari("if(NOT (1 > 2) AND 2 > 1, 1, 0)", 1.0);
}

#[test]
fn only_the_branch_that_is_taken_is_looked_at() {
    all("if(answered > 0, talk / answered, 99 s)", [Some(150.0), Some(99.0), Some(100.0)]);
    all("if(answered > 20, talk)", [Some(6_000.0), None, None]);
    all("group.average(if(answered > 0, answered))", [Some(25.0); 3]);
    assert_eq!(read("if(answered > 20, talk)").unit(), Unit::Seconds);
    mari("if(answered < 0 and 1 / 0 > 1, 1, 2)", 2.0);
    mari("if(answered > 0 or 1 / 0 > 1, 1, 2)", 1.0);
    mari("if(1 / 0 > 1 or answered > 0, 1, 2)", 1.0);
    mari("if(answered > 0 and 1 / 0 > 1, 1, 2)", None);
    mari("if(not 1 / 0 > 1, 1, 2)", None);
}

#[test]
fn a_hair_does_not_cost_a_bonus() {
    mari("if(0.1 + 0.2 = 0.3, 1, 0)", 1.0);
    mari("if(0.1 + 0.7 >= 0.8, 1, 0)", 1.0);
    mari("if(0.1 + 0.2 > 0.3, 1, 0)", 0.0);
    mari("if(3 <> 3, 1, 0)", 0.0);
    mari("if(3 != 4, 1, 0)", 1.0);
    mari("if(3 ≤ 3, 1, 0)", 1.0);
    mari("round(1.005, 2)", 1.01);
    mari("round(2.5)", 3.0);
}

#[test]
fn the_group_is_whoever_has_a_value() {
    all("group.average(talk / answered)", [Some(125.0); 3]);
    all("answered - group.median(answered)", [Some(30.0), Some(-10.0), Some(0.0)]);
    all("percentile(answered, 50%)", [Some(10.0); 3]);
    all("percentile(answered, 0.75)", [Some(25.0); 3]);
    all("group.average(1 / 0)", [None; 3]);
    all("group.average(answered - group.median(answered))", [Some(20.0 / 3.0); 3]);
    all("percentile(points, if(answered > 0, 1, 0))", [Some(9.0), Some(7.0), Some(9.0)]);
}

#[test]
fn a_comma_is_what_one_takes_it_for() {
    let value = |text: &str, decimal| {
        let read = Formula::read_with(text, &others(), decimal);
        read.map(|formula| formula.values(&table())[0]).map_err(|wrong| wrong.code.name())
    };
    let both = |text: &str, expected: f64| {
        for decimal in [Decimal::Point, Decimal::Comma] {
            assert_eq!(value(text, decimal), Ok(Some(expected)), "{text} {decimal:?}");
        }
    };
    both("7,5 * 2", 15.0);
    both("(7,5)", 7.5);
    both("max(7,5; 8)", 8.0);
    both("max(1, 2)", 2.0);
    both("max(answered,2)", 40.0);
    both("max(1;2)", 2.0);
    both("max(1.5, 1)", 1.5);
    assert_eq!(value("max(7,5)", Decimal::Point), Ok(Some(7.0)));
    assert_eq!(value("max(7,5)", Decimal::Comma), Err("wrong_count"));
    assert_eq!(value("round(7,5)", Decimal::Comma), Ok(Some(8.0)));
    assert_eq!(value("max(1,2,3)", Decimal::Point), Ok(Some(3.0)));
    assert_eq!(value("max(1,2,3)", Decimal::Comma), Err("ambiguous_number"));
    assert_eq!(value("max(1, 2; 3)", Decimal::Point), Err("mixed_separators"));
    let shown = read("max(7.5, round(talk, 2))").shown(Decimal::Comma);
    assert_eq!(shown, "max(7,5; round(talk; 2))");
}

#[test]
fn units_follow_from_what_is_written() {
    for (text, unit) in [
        ("talk", Unit::Seconds),
        ("talk / answered", Unit::Seconds),
        ("answered * 20 s", Unit::Seconds),
        ("asa - 5", Unit::Seconds),
        ("ring_answered / talk", Unit::Ratio),
        ("answered / offers", Unit::Ratio),
        ("1 - 20%", Unit::Ratio),
        ("answered", Unit::Count),
        ("answered / logged_on * 3600", Unit::Count),
        ("answered_per_hour", Unit::Count),
        ("answered * 0.5 €", Unit::Money),
        ("number(answered) + number(talk)", Unit::Count),
        ("points / answered", Unit::Ratio),
        ("if(answered > 5, 1 min, 30 s)", Unit::Seconds),
        ("asa / expected(asa)", Unit::Ratio),
        ("5", Unit::Count),
    ] {
        assert_eq!(read(text).unit(), unit, "{text}");
    }
}

#[test]
fn times_are_written_as_people_write_them() {
    mari("20 s + 5 min + 1 h + 500 ms", 3_920.5);
    mari("min(5 min, 10 s)", 10.0);
    mari("5min", 300.0);
    mari("logged_on / 1 h", 8.0);
    mari("work_hours", 7.0);
    mari("if(work_hours >= 7 h, 1, 0)", 1.0);
    mari("work_hours - break", 6.0);
    mari("max(30 min, work_hours, 90 min)", 7.0);
}

#[test]
fn other_indicators_are_columns_too() {
    let others = Others::of("mine")
        .with_formula("pace", "answered / work_hours")
        .with_formula("twice", "pace + pace");
    let formula = Formula::read("twice / group.average(pace)", &others).unwrap();
    let pace = 40.0 / 7.0;
    assert_eq!(formula.values(&table())[0], Some((pace + pace) / (pace / 2.0)));
    assert_eq!(formula.others().collect::<Vec<_>>(), ["pace", "twice"]);
    let expected = Formula::read("expected(count)", &others.with_formula("count", "answered * 2"));
    assert_eq!(expected.unwrap().values(&table())[0], Some(64.0));
}

#[test]
fn indicators_of_indicators_stay_small() {
    let mut others = Others::default().with_formula("a0", "answered");
    for at in 1..=12 {
        let (name, before) = (format!("a{at}"), format!("a{}", at - 1));
        let twice = format!("({before} + {before}) * ({before} - {before}) + {before} * 2");
        others = others.with_formula(&name, &twice);
    }
    let formula = Formula::read("a12", &others).unwrap();
    assert_eq!(formula.values(&table())[0], Some(40.0 * 4096.0));
}
