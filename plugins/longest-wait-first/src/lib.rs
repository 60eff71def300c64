//! A freed agent gets whoever has waited longest in any of his groups; priority makes a call older.

use std::cmp::Reverse;

use ladus_plugin::selection::{Call, Freed, Pick, Selection};
use ladus_plugin::{Card, Field};

/// The stock selection: a call's age is its wait and what its priority is worth. The oldest goes
/// first, whatever order its group has for the agent.
pub struct LongestWaitFirst;

const WORTH: &str = "worth";

const WORTH_MS: u32 = 30_000;

impl Selection for LongestWaitFirst {
    fn card() -> Card {
        let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        let summary = "A freed agent gets whoever has waited longest in any of his groups, whatever \
                       order they have for him.";
        let worth = Field::duration(WORTH, "One point of priority is worth", WORTH_MS);
        Card::new(name, version, summary).field(
            worth.help("So much older counts a call for each point; below zero, so much younger."),
        )
    }

    fn pick(freed: &Freed) -> Result<Pick, String> {
        let worth_ms = i64::from(freed.settings().whole(WORTH).unwrap_or(WORTH_MS));
        let age_ms = |call: Call<'_>| {
            i64::from(call.waited_ms()) + i64::from(call.priority()).saturating_mul(worth_ms)
        };
        // Of two equal ones `min_by_key` keeps the first, which is the built-in order.
        let oldest = freed.calls().iter().min_by_key(|&call| Reverse(age_ms(call)));
        Ok(oldest.map_or(Pick::pass(), |call| {
            Pick::take(call).because(format!("waited {} s", call.waited_ms() / 1_000))
        }))
    }
}

ladus_plugin::export_selection!(LongestWaitFirst);

#[cfg(test)]
mod tests {
    use ladus_plugin::selection::{Choice, Row};
    use ladus_plugin::{Settings, Value};

    use super::*;

    /// Calls by wait in seconds and priority; a point of it is worth so many seconds.
    fn check(calls: &[(u32, i32)], worth_s: u32, expected: Choice) {
        let row = |&(waited_s, priority): &(u32, i32)| Row {
            waited_ms: waited_s * 1_000,
            priority,
            ..Row::default()
        };
        let rows: Vec<Row> = calls.iter().map(row).collect();
        let worth = (WORTH.to_owned(), Value::Number(f64::from(worth_s * 1_000)));
        let freed = Freed::of(&rows).with_settings(Settings::new(vec![worth]));
        assert_eq!(LongestWaitFirst::pick(&freed).map(|pick| pick.choice), Ok(expected));
    }

    #[test]
    fn whoever_has_waited_longest_is_taken_from_whatever_group() {
        check(&[(5, 0), (90, 0), (30, 0)], 30, Choice::Take(1));
    }

    #[test]
    fn a_point_of_priority_is_worth_as_much_wait_as_the_setting_says() {
        check(&[(5, 2), (60, 0)], 30, Choice::Take(0));
        check(&[(5, 2), (60, 0)], 20, Choice::Take(1));
        check(&[(60, -1), (45, 0)], 30, Choice::Take(1));
        check(&[(5, i32::MIN), (0, i32::MAX)], 4_000_000, Choice::Take(1));
    }

    #[test]
    fn among_equals_the_built_in_order_stays() {
        check(&[(7, 0), (7, 0)], 30, Choice::Take(0));
        check(&[], 30, Choice::Pass);
    }
}
