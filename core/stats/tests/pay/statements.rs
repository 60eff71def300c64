//! Statements: every line says what it rests on.

use expect_test::{Expect, expect};
use serde_json::{Value, json};
use stats::pay::Achieved;

use crate::{figure, mari, read, usual};

/// Pays somebody by a rule and prints the lines: place, counted × rate (of what) = amount, and
/// why not.
fn check(rule: &Value, achieved: &Achieved, expected: Expect) {
    let statement = read(rule).pay(&figure(achieved));
    let mut lines = Vec::new();
    for line in &statement.lines {
        let part = |word: &str, text: &Option<String>| {
            text.as_ref().map(|text| format!(" {word}{text}")).unwrap_or_default()
        };
        let why = line.why.as_ref().map(|why| format!(" {why:?}")).unwrap_or_default();
        lines.push(format!(
            "{}:{}{}{} = {}{why}",
            line.place,
            part("", &line.counted),
            part("× ", &line.rate),
            part("of ", &line.of),
            line.amount,
        ));
    }
    lines.push(format!("{} {}", statement.total, statement.currency));
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn every_line_says_what_was_counted_and_the_total_is_rounded_once() {
    check(
        &usual(),
        &mari(),
        expect![[r#"
            base.per_hour: 577800000 × 8.25 = 1324.1250
            base.per_call: 1203 × 0.1 = 120.3000
            base.fixed: × 150 = 150.0000
            items[0]: 4200 × 80 = 80.0000
            multipliers[0]: 0.97 × 1 of 1674.4250 = 0.0000
            1674.42 EUR"#]],
    );
}

#[test]
fn what_is_not_known_pays_nothing_and_says_why() {
    let hours_unknown = Achieved { worked_ms: None, answered: 19, ..mari() };
    let mut rule = usual();
    rule["multipliers"][0]["on"] = json!("happiness");
    check(
        &rule,
        &hours_unknown,
        expect![[r#"
            base.per_hour: × 8.25 = 0.0000 HoursUnknown
            base.per_call: 19 × 0.1 = 1.9000
            base.fixed: × 150 = 150.0000
            items[0]: = 0.0000 TooFew { calls: 19, least: 20 }
            multipliers[0]: = 0.0000 NoValue
            151.90 EUR"#]],
    );
    rule["multipliers"] = json!([]);
    rule["items"][0]["bands"] = json!([{ "from": "1", "to": "2", "of_base": "0.5" }]);
    check(
        &rule,
        &mari(),
        expect![[r#"
            base.per_hour: 577800000 × 8.25 = 1324.1250
            base.per_call: 1203 × 0.1 = 120.3000
            base.fixed: × 150 = 150.0000
            items[0]: 4200 = 0.0000 Outside
            1594.42 EUR"#]],
    );
}

#[test]
fn floors_and_caps_are_lines_of_their_own() {
    check(
        &json!({
            "currency": "EUR",
            "scope": "everybody",
            "base": { "per_call": "0.5", "cap": "500" },
            "items": [{
                "name": "Misses little",
                "on": "answer-rate",
                "bands": [{ "from": "0.95", "of_base": "0.1" }],
                "floor": "60",
            }],
            "floor": "600",
        }),
        &mari(),
        expect![[r#"
            base.per_call: 1203 × 0.5 = 601.5000
            base.cap: × 500 of 601.5000 = -101.5000
            items[0]: 0.97 × 0.1 of 500.0000 = 50.0000
            items[0].floor: × 60 of 50.0000 = 10.0000
            floor: × 600 of 560.0000 = 40.0000
            600.00 EUR"#]],
    );
}

#[test]
fn several_multipliers_do_not_multiply_each_other_and_nobody_owes_his_wages() {
    let halved =
        |name: &str| json!({ "name": name, "on": "answer-rate", "bands": [{ "times": "0.25" }] });
    check(
        &json!({
            "currency": "EUR",
            "scope": "everybody",
            "base": { "fixed": "100" },
            "multipliers": [halved("One"), halved("Two")],
        }),
        &mari(),
        expect![[r#"
            base.fixed: × 100 = 100.0000
            multipliers[0]: 0.97 × 0.25 of 100.0000 = -75.0000
            multipliers[1]: 0.97 × 0.25 of 100.0000 = -75.0000
            floor: × 0 of -50.0000 = 50.0000
            0.00 EUR"#]],
    );
}
