//! Within the agent's order, whoever has rested longest.

use std::cmp::Reverse;

use ladus_plugin::{Answer, Card, Policy, Question};

/// The stock policy: agents for whom the group comes first, and among them the longest idle.
pub struct LongestIdle;

impl Policy for LongestIdle {
    fn card() -> Card {
        Card::new(
            env!("CARGO_PKG_NAME"),
            env!("CARGO_PKG_VERSION"),
            "Within the agent's order, whoever has rested longest.",
        )
    }

    fn decide(question: &Question) -> Result<Answer, String> {
        // Of two equal ones `min_by_key` keeps the first, which is the built-in order.
        let chosen = question
            .candidates()
            .iter()
            .min_by_key(|agent| (agent.order(), Reverse(agent.idle_ms())));
        Ok(chosen.map_or(Answer::pass(), Answer::ring))
    }
}

ladus_plugin::export!(LongestIdle);

#[cfg(test)]
mod tests {
    use ladus_plugin::{Decision, Row};

    use super::*;

    fn check(agents: &[(u32, u32)], expected: Decision) {
        let rows: Vec<Row> = agents
            .iter()
            .map(|&(order, idle_ms)| Row { order, idle_ms, ..Row::default() })
            .collect();
        assert_eq!(LongestIdle::decide(&Question::of(&rows)).map(|it| it.decision), Ok(expected));
    }

    #[test]
    fn whoever_has_rested_longest_is_rung() {
        check(&[(1, 5_000), (1, 60_000), (1, 30_000)], Decision::Ring(1));
    }

    #[test]
    fn an_agent_whose_main_group_this_is_comes_before_a_more_rested_one() {
        check(&[(2, 900_000), (1, 1_000), (1, 2_000)], Decision::Ring(2));
    }

    #[test]
    fn among_equals_the_built_in_order_stays() {
        check(&[(1, 7_000), (1, 7_000)], Decision::Ring(0));
    }

    #[test]
    fn with_nobody_there_it_has_no_opinion() {
        check(&[], Decision::Pass);
    }
}
