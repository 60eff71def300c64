//! Everybody in turn: whoever has had a turn longest ago.

use std::cmp::Reverse;

use ladus_plugin::{Answer, Card, Policy, Question};

/// The stock policy: one round for all, whatever the group's order for each of them.
///
/// A policy remembers nothing from one decision to the next, so there is no hand that points at
/// somebody. What stands for it is when each had his last turn: a call, an offer that he missed, or
/// logging on, which puts him at the end of the round. Whoever talks is passed over and comes after
/// those who were free meanwhile.
pub struct RoundRobin;

impl Policy for RoundRobin {
    fn card() -> Card {
        let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        let summary = "Everybody in turn, whatever the order of the group for him: whoever has had \
                       a turn longest ago. The end of a call, a missed offer and logging on are \
                       turns.";
        Card::new(name, version, summary)
    }

    fn decide(question: &Question) -> Result<Answer, String> {
        // Of equal ones `min_by_key` keeps the first, which is the built-in order.
        let rested = question.candidates().iter().min_by_key(|agent| Reverse(agent.idle_ms()));
        Ok(rested.map_or(Answer::pass(), Answer::ring))
    }
}

ladus_plugin::export!(RoundRobin);

#[cfg(test)]
mod tests {
    use ladus_plugin::{Decision, Row};

    use super::*;

    /// Agents as pairs of order and idle time.
    fn check(agents: &[(u32, u32)], expected: Decision) {
        let row = |&(order, idle_ms): &(u32, u32)| Row { order, idle_ms, ..Row::default() };
        let rows: Vec<Row> = agents.iter().map(row).collect();
        assert_eq!(RoundRobin::decide(&Question::of(&rows)).map(|it| it.decision), Ok(expected));
    }

    #[test]
    fn whoever_has_had_a_turn_longest_ago_is_next() {
        check(&[(1, 5_000), (1, 60_000), (1, 30_000)], Decision::Ring(1));
        check(&[], Decision::Pass);
    }

    #[test]
    fn the_order_of_the_group_makes_no_difference() {
        check(&[(1, 30_000), (2, 60_000), (3, 90_000)], Decision::Ring(2));
    }

    #[test]
    fn among_equals_the_built_in_order_stays() {
        check(&[(1, 7_000), (1, 7_000), (2, 7_000)], Decision::Ring(0));
    }
}
