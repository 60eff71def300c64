//! What a rule may not be, told in its place.

use expect_test::{Expect, expect};
use serde_json::{Value, json};
use stats::pay::{Rule, RuleDoc};

use crate::{document, usual};

/// Changes the usual rule at a JSON pointer and lists what is then wrong with it.
fn check(pointer: &str, value: Value, expected: Expect) {
    let mut rule = usual();
    *rule.pointer_mut(pointer).unwrap() = value;
    let wrong = Rule::read(&document(&rule)).err().unwrap_or_default();
    let lines: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn the_usual_rule_can_be() {
    assert!(Rule::read(&document(&usual())).is_ok());
    let rule = Rule::read(&document(&usual())).unwrap();
    assert_eq!(rule.needs().collect::<Vec<_>>(), ["answer-time-ms", "answer-rate"]);
}

#[test]
fn bands_that_overlap_or_leave_a_gap_are_told() {
    check(
        "/items/0/bands/1/from",
        json!("4500"),
        expect!["items[0].bands[1].from: band 1 goes on until 5000, and this one begins before"],
    );
    check(
        "/items/0/bands/1/from",
        json!("6000"),
        expect![
            "items[0].bands[1].from: after band 1 nothing is said about what lies from 5000 to 6000"
        ],
    );
    check(
        "/items/0/bands/0",
        json!({ "amount": "80" }),
        expect!["items[0].bands[1].from: band 1 goes on until ∞, and this one begins before"],
    );
    check(
        "/multipliers/0/bands/1/to",
        json!("0.9"),
        expect![[r#"
            multipliers[0].bands[1].to: this band ends where it begins or before
            multipliers[0].bands[2].from: after band 2 nothing is said about what lies from 0.9 to 0.98"#]],
    );
}

#[test]
fn amounts_are_told_from_what_is_none() {
    let place = "/base/per_hour";
    check(place, json!("8,25"), expect!["base.per_hour: this is not a number such as 12.50"]);
    check(place, json!("1e9"), expect!["base.per_hour: this is not a number such as 12.50"]);
    check(place, json!(""), expect!["base.per_hour: this is not a number such as 12.50"]);
    check(place, json!("-1"), expect!["base.per_hour: this must be 0 or more"]);
    check(place, json!("100000"), expect!["base.per_hour: this must be 99999 or less"]);
    check(
        place,
        json!("0.12345"),
        expect!["base.per_hour: this may have 4 digits after the point"],
    );
    check("/cap", json!("0.005"), expect!["cap: this may have 2 digits after the point"]);
}

#[test]
fn the_rest_is_told_too() {
    check(
        "/currency",
        json!("euro"),
        expect!["currency: a currency is three capital letters such as EUR"],
    );
    check("/items/0/name", json!(" "), expect!["items[0].name: this must be filled in"]);
    check("/items/0/bands", json!([]), expect!["items[0].bands: this must be filled in"]);
    check(
        "/items/0/bands/2",
        json!({ "from": "9000", "amount": "1", "of_base": "0.1" }),
        expect!["items[0].bands[2]: one of these must be given, and only one: amount, of_base"],
    );
    check(
        "/scope",
        json!({ "people": [7, 8, 7] }),
        expect!["scope.people[2]: this is named twice"],
    );
    check("/scope", json!({ "groups": [] }), expect!["scope.groups: this must be filled in"]);
    check(
        "/base",
        json!({ "fixed": "1", "floor": "3", "cap": "2" }),
        expect!["base.floor: this is more than the most, which is 2"],
    );
    let nothing = json!({ "currency": "EUR", "scope": "everybody" });
    let wrong = Rule::read(&document(&nothing)).unwrap_err();
    assert_eq!(wrong[0].to_string(), "nothing is paid by this rule");
}

#[test]
fn a_word_that_no_rule_has_is_not_overlooked() {
    for (pointer, word) in [("", "bonus"), ("/base", "per_our"), ("/items/0/bands/0", "amout")] {
        let mut rule = usual();
        rule.pointer_mut(pointer).unwrap()[word] = json!("1");
        let read = serde_json::from_value::<RuleDoc>(rule);
        assert!(read.unwrap_err().to_string().contains(word), "{word}");
    }
}
