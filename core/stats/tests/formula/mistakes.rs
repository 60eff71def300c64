//! Every mistake is told at its place, in both languages.

use std::collections::BTreeSet;

use stats::formula::{
    DEPTH_MAX, Decimal, Formula, LENGTH_MAX, Language, MISTAKES_MAX, Others, Wrong,
};

use crate::others;

#[track_caller]
fn wrong_of(text: &str, others: &Others) -> Wrong {
    match Formula::read(text, others) {
        Ok(_) => panic!("“{text}” is read"),
        Err(wrong) => wrong,
    }
}

/// The mistake in a text: its code and the words at its place.
#[track_caller]
fn check(text: &str, code: &str, place: &str) -> Wrong {
    let wrong = wrong_of(text, &others());
    assert_eq!((wrong.code.name(), &text[wrong.from..wrong.to]), (code, place), "{text}");
    wrong
}

#[test]
fn each_mistake_has_its_place() {
    check("", "empty", "");
    check("  ", "empty", "  ");
    check("1 # 2", "bad_character", "#");
    check("answered\u{7}", "bad_character", "\u{7}");
    check("1. + 2", "bad_number", "1.");
    check("1.2.3", "ambiguous_number", "1.2.3");
    check("1,000,000", "ambiguous_number", "1,000,000");
    check("max(1; 2, 3)", "mixed_separators", ",");
    check("answered; 2", "stray_separator", ";");
    check("answered && 1", "foreign_sign", "&&");
    check("if(!(1 > 2), 1, 2)", "foreign_sign", "!");
    check("answered % 2", "percent_alone", "%");
    check("€ 5", "euro_first", "€");
    check("=answered / 2", "equal_first", "=");
    check("answered +", "value_missing", "+");
    check("answered + * 2", "value_missing", "*");
    check("max(1, )", "value_missing", ")");
    check("1 000", "sign_missing", "000");
    check("answered offers", "sign_missing", "offers");
    check("2 (3)", "sign_missing", "(");
    check("(answered", "not_closed", "(");
    check("max(answered, 1", "not_closed", "(");
    check("answered)", "nothing_to_close", ")");
    check("if(1 < 2 < 3, 1, 0)", "chained", "<");
    check("answred / 2", "unknown_name", "answred");
    check("2 * sin(3)", "unknown_function", "sin");
    check("answered(3)", "unknown_function", "answered");
    check("1 + max", "call_missing", "max");
    check("1 + round(1, 2, 3)", "wrong_count", "round(1, 2, 3)");
    check("max()", "wrong_count", "max()");
    check("if(1 > 0)", "wrong_count", "if(1 > 0)");
    check("1 + (2 > 1)", "number_needed", "(2 > 1)");
    check("if(answered, 1, 0)", "yes_no_needed", "answered");
    check("if(answered and 2 > 1, 1, 0)", "yes_no_needed", "answered");
    check("answered > 2", "not_a_number", "answered > 2");
    check("1 + (talk + answered) * 2", "units_differ", "(talk + answered)");
    check("if(talk > answered, 1, 0)", "units_differ", "talk > answered");
    check("max(talk, answered)", "units_differ", "answered");
    check("if(1 > 0, answered, answer_rate)", "units_differ", "answer_rate");
    check("2 ^ talk", "plain_number_needed", "talk");
    check("talk ^ 0.5", "power_of_unit", "0.5");
    check("round(talk, answered)", "bad_decimals", "answered");
    check("round(talk, 1.5)", "bad_decimals", "1.5");
    check("percentile(talk, 90)", "bad_share", "90");
    check("percentile(talk, talk)", "plain_number_needed", "talk");
}

#[test]
fn what_was_meant_is_suggested() {
    for (text, english, estonian) in [
        (
            "answred / 2",
            "There is no “answred”; did you mean “answered”?",
            "Nime „answred“ ei ole; kas mõtlesid „answered“?",
        ),
        (
            "wrap-up / answered",
            "There is no “wrap”; did you mean “wrap_up”?",
            "Nime „wrap“ ei ole; kas mõtlesid „wrap_up“?",
        ),
        (
            "average(talk)",
            "There is no function “average”; did you mean “group.average”?",
            "Funktsiooni „average“ ei ole; kas mõtlesid „group.average“?",
        ),
        (
            "if(answered, 1, 0)",
            "Yes or no is needed here, this is a number. Compare it, for example: answered > 0.",
            "Siin on vaja vastust jah või ei, aga see on arv. Võrdle seda, näiteks: answered > 0.",
        ),
        (
            "talk + answered",
            "These do not go together: seconds and count. Divide one by the other, or write number(…) around both to add up points.",
            "Need ei käi kokku: sekundid ja kogus. Jaga üks teisega või kirjuta mõlema ümber number(…), et liita punkte.",
        ),
    ] {
        let wrong = wrong_of(text, &others());
        assert_eq!(wrong.text(Language::En), english);
        assert_eq!(wrong.text(Language::Et), estonian);
    }
}

#[test]
fn an_indicator_is_not_made_of_itself() {
    let others = Others::of("a")
        .with_formula("b", "c * 2")
        .with_formula("c", "1 + a")
        .with_formula("bad", "1 +")
        .with_formula("worse", "bad * 2");
    let wrong = wrong_of("offers + b", &others);
    assert_eq!((wrong.from, wrong.to, wrong.code.name()), (9, 10, "cycle"));
    let words = "An indicator cannot be made of itself: a → b → c → a.";
    assert_eq!(wrong.text(Language::En), words);
    assert_eq!(wrong_of("a", &others).code.name(), "cycle");
    let wrong = wrong_of("1 + worse", &others);
    assert_eq!((wrong.from, wrong.to, wrong.code.name()), (4, 9, "other_indicator"));
    assert!(wrong.text(Language::En).starts_with("The indicator “bad” has a mistake"));
}

#[test]
fn what_is_too_much_is_refused_with_its_place() {
    let deep = |times: usize| "(".repeat(times) + "1" + &")".repeat(times);
    let wrong = wrong_of(&deep(10_000), &others());
    assert_eq!((wrong.from, wrong.to, wrong.code.name()), (LENGTH_MAX, 20_001, "too_long"));
    let wrong = wrong_of(&deep(DEPTH_MAX + 1), &others());
    assert_eq!((wrong.from, wrong.code.name()), (DEPTH_MAX, "too_deep"));
    assert!(Formula::read(&deep(DEPTH_MAX), &others()).is_ok());
    for text in ["-".repeat(3_000) + "1", "2^".repeat(1_900) + "2", "not ".repeat(900) + "1"] {
        assert_eq!(wrong_of(&text, &others()).code.name(), "too_deep");
    }
    let wide = "1".to_owned() + &"+1".repeat(1_990);
    assert!(Formula::read(&wide, &others()).is_ok());
    let cut = "õ".repeat(LENGTH_MAX);
    assert_eq!(wrong_of(&format!("1{cut}"), &others()).from, LENGTH_MAX - 1);
    let mut chain = Others::default().with_formula("a0", "1");
    for at in 1..40 {
        chain = chain.with_formula(&format!("a{at}"), &format!("a{} + 1", at - 1));
    }
    assert_eq!(wrong_of("a39", &chain).code.name(), "too_far_off");
}

#[test]
fn indicators_that_are_too_large_together_are_refused() {
    let many = |from: u32| {
        let terms = (from..from + 790).map(|it| it.to_string()).collect::<Vec<_>>();
        terms.join("+")
    };
    let names = ["a", "b", "c", "d"];
    let mut others = Others::default();
    for (at, name) in (1..).zip(names) {
        others = others.with_formula(name, &many(at * 1_000));
    }
    assert!(Formula::read("a + b + c", &others).is_ok());
    let wrong = wrong_of("a + b + c + d", &others);
    assert_eq!((wrong.from, wrong.to, wrong.code.name()), (12, 13, "too_large"));
}

#[test]
fn indicators_with_mistakes_are_read_once_however_often_they_are_named() {
    let mut others = Others::default().with_formula("a0", "nothing");
    for at in 1..=12 {
        let often = format!("a{}+", at - 1).repeat(500) + "1";
        others = others.with_formula(&format!("a{at}"), &often);
    }
    // Read anew each time, 500 ^ 12 mistakes would never be told.
    assert_eq!(wrong_of("a12 + a12", &others).code.name(), "other_indicator");
}

#[test]
fn all_mistakes_are_found_and_none_is_told_twice() {
    let text = "max(answred, 1) + if(talk, offers, talk) * round(2 > 1, nothing)";
    let found = Formula::mistakes(text, &others(), Decimal::Point);
    let found = found.iter().map(|it| (it.code.name(), &text[it.from..it.to]));
    let expected =
        [("unknown_name", "answred"), ("yes_no_needed", "talk"), ("unknown_name", "nothing")];
    assert_eq!(found.collect::<Vec<_>>(), expected);
    let many = "x + ".repeat(100) + "1";
    assert_eq!(Formula::mistakes(&many, &others(), Decimal::Point).len(), MISTAKES_MAX);
    assert_eq!(Formula::mistakes("talk", &others(), Decimal::Point), []);
}

#[test]
fn a_figure_that_the_table_lacks_is_named() {
    let others = Others::only_columns().with_column_of_file("answered").with_column_of_file("talk");
    let wrong = wrong_of("talk / hold", &others);
    assert_eq!(wrong.text(Language::En), "The figures have no column “hold”.");
    let wrong = wrong_of("aht * 2", &others);
    assert_eq!((wrong.from, wrong.to), (0, 3));
    let words = "The figures have no column “hold”, which “aht” is made of.";
    assert_eq!(wrong.text(Language::En), words);
    assert!(Formula::read("talk / answered", &others).is_ok());
}

#[test]
fn both_languages_say_something_of_their_own() {
    let mut codes = BTreeSet::new();
    for text in ["", "1 #", "1.", "max(1", "1 < 2 < 3", "max", "2 ^ talk", "nothing", "1 1"] {
        let wrong = wrong_of(text, &others());
        assert_ne!(wrong.text(Language::En), wrong.text(Language::Et));
        codes.insert(wrong.code.name());
    }
    assert_eq!(codes.len(), 9);
}
