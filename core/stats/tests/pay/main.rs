//! Pay as people see it: rules that cannot be, statements line by line, and the chain.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod chain;
mod properties;
mod rules;
mod statements;

use std::collections::BTreeMap;

use acd::AgentId;
use serde_json::{Value, json};
use stats::pay::{Achieved, Figure, Rule, RuleDoc};

const HOUR_MS: u64 = 3_600_000;

/// Somebody who worked 160 and a half hours and answered 1,203 calls, each in 4.2 s.
fn mari() -> Achieved {
    Achieved {
        agent: AgentId(7),
        worked_ms: Some(321 * HOUR_MS / 2),
        answered: 1_203,
        values: BTreeMap::from([
            ("answer-time-ms".to_owned(), Some(4_200.0)),
            ("answer-rate".to_owned(), Some(0.97)),
            ("happiness".to_owned(), None),
        ]),
        calls: vec![4, 5, 9],
    }
}

fn figure(achieved: &Achieved) -> Figure {
    Figure::of(achieved, "Mari")
}

/// A rule with a base of every kind, a bonus for quick answers and one for missing nothing.
fn usual() -> Value {
    json!({
        "currency": "EUR",
        "scope": "everybody",
        "base": { "per_hour": "8.25", "per_call": "0.1", "fixed": "150" },
        "items": [{
            "name": "Quick answers",
            "on": "answer-time-ms",
            "calls_min": 20,
            "bands": [
                { "to": "5000", "amount": "80" },
                { "from": "5000", "to": "9000", "amount": "30.5" },
                { "from": "9000", "amount": "0" },
            ],
        }],
        "multipliers": [{
            "name": "Nothing missed",
            "on": "answer-rate",
            "bands": [
                { "to": "0.9", "times": "0.95" },
                { "from": "0.9", "to": "0.98", "times": "1" },
                { "from": "0.98", "times": "1.05" },
            ],
        }],
        "cap": "2500",
    })
}

fn document(rule: &Value) -> RuleDoc {
    serde_json::from_value(rule.clone()).unwrap()
}

fn read(rule: &Value) -> Rule {
    Rule::read(&document(rule)).unwrap()
}
