//! What holds for every rule and every period.

use std::collections::BTreeMap;

use acd::AgentId;
use proptest::prelude::*;
use serde_json::{Value, json};
use stats::Limits;
use stats::pay::{Achieved, AppliedRule, Figure, Money, Sheet, Statement};

use crate::{document, read};

fn amount() -> impl Strategy<Value = String> {
    (0_u32..=9_999, 0_u32..=9_999).prop_map(|(whole, rest)| format!("{whole}.{rest:04}"))
}

/// Bands that touch, with what each gives.
fn bands(gives: &'static str) -> impl Strategy<Value = Value> {
    let borders = prop::collection::btree_set(-50_i64..50, 1..5);
    (borders, prop::collection::vec((0_u32..=9, 0_u32..=9_999), 6)).prop_map(
        move |(borders, given)| {
            let borders: Vec<String> = borders.iter().map(ToString::to_string).collect();
            let froms = [None].into_iter().chain(borders.iter().map(Some));
            let tos = borders.iter().map(Some).chain([None]);
            let bands = froms.zip(tos).zip(given).map(|((from, to), (whole, rest))| {
                json!({ "from": from, "to": to, gives: format!("{whole}.{rest:04}") })
            });
            bands.collect()
        },
    )
}

fn rule() -> impl Strategy<Value = Value> {
    let base = (amount(), amount(), amount());
    let items = (bands("amount"), bands("of_base"), bands("times"));
    (base, items, (0_u32..100_000, 0_u32..100_000), 0_u64..40).prop_map(
        |((per_hour, per_call, fixed), (first, second, times), (one, other), calls_min)| {
            let cents = |it: u32| format!("{}.{:02}", it / 100, it % 100);
            json!({
                "currency": "EUR",
                "scope": "everybody",
                "base": { "per_hour": per_hour, "per_call": per_call, "fixed": fixed },
                "items": [
                    { "name": "a", "on": "x", "calls_min": calls_min, "bands": first },
                    { "name": "b", "on": "y", "bands": second, "cap": "70" },
                ],
                "multipliers": [{ "name": "c", "on": "x", "bands": times }],
                "floor": cents(one.min(other)),
                "cap": cents(one.max(other)),
            })
        },
    )
}

fn achieved() -> impl Strategy<Value = Achieved> {
    let value =
        || prop_oneof![any::<f64>().prop_map(Some), (-60.0..60.0).prop_map(Some), Just(None)];
    (prop::option::of(0_u64..2_700_000_000), 0_u64..100_000, value(), value()).prop_map(
        |(worked_ms, answered, x, y)| Achieved {
            agent: AgentId(7),
            worked_ms,
            answered,
            values: BTreeMap::from([("x".to_owned(), x), ("y".to_owned(), y)]),
            calls: vec![1, 2],
        },
    )
}

fn paid(rule: &Value, achieved: &Achieved) -> Statement {
    read(rule).pay(&Figure::of(achieved, "Mari"))
}

/// Cents as a whole number.
fn in_cents(text: &str) -> i64 {
    text.replace('.', "").parse().unwrap()
}

proptest! {
    #[test]
    fn the_same_input_gives_the_same_bytes(rule in rule(), achieved in achieved()) {
        let written = || serde_json::to_string(&paid(&rule, &achieved)).unwrap();
        let first = written();
        prop_assert_eq!(&first, &written());
        let read: Statement = serde_json::from_str(&first).unwrap();
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), first);
    }

    #[test]
    fn the_total_is_the_sum_of_the_lines_rounded_once(rule in rule(), achieved in achieved()) {
        let statement = paid(&rule, &achieved);
        prop_assert_eq!(statement.sum().map(Money::total), Some(statement.total.clone()));
        // And no further from the lines as they are shown than these are rounded.
        let shown: f64 = statement.lines.iter().map(|it| it.amount.parse::<f64>().unwrap()).sum();
        let total: f64 = statement.total.parse().unwrap();
        let lines = statement.lines.len() as f64;
        prop_assert!((shown - total).abs() <= 0.005 + 0.00006 * lines, "{shown} {total}");
    }

    #[test]
    fn no_total_leaves_its_floor_and_its_cap(rule in rule(), achieved in achieved()) {
        let total = in_cents(&paid(&rule, &achieved).total);
        let bound = |name: &str| in_cents(rule[name].as_str().unwrap());
        prop_assert!(bound("floor") <= total && total <= bound("cap"), "{total}");
    }

    #[test]
    fn no_value_is_paid_by_no_band(rule in rule(), achieved in achieved()) {
        let statement = paid(&rule, &achieved);
        for line in statement.lines.iter().filter(|it| it.why.is_some()) {
            prop_assert_eq!(&line.amount, "0.0000");
        }
    }

    #[test]
    fn a_sheet_worked_out_again_is_the_same_and_a_call_more_is_found(
        rule in rule(),
        achieved in achieved(),
    ) {
        let applied = AppliedRule {
            id: 1,
            version: 1,
            name: "Usual".to_owned(),
            valid_from: "2026-01-01".to_owned(),
            rule: document(&rule),
            people: vec![7],
        };
        let figures = |it: &Achieved| vec![Figure::of(it, "Mari")];
        let sheet = Sheet::of(vec![applied], Limits::default(), figures(&achieved)).unwrap();
        prop_assert_eq!(sheet.against(figures(&achieved)).unwrap(), vec![]);
        let more = Achieved { answered: achieved.answered + 1, ..achieved };
        let found = sheet.against(figures(&more)).unwrap();
        prop_assert_eq!(&found[0].place, "answered");
    }
}
