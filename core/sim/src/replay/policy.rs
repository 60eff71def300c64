//! Policies that a day can be replayed under besides the built-in order.

use std::cmp::Reverse;

use acd::{Choice, Policy, Question, Reply, Verdict};

/// What the stock plugin of this name does: within the agent's order, whoever has rested longest.
#[derive(Debug, Default)]
pub struct LongestIdle;

impl Policy for LongestIdle {
    fn choose(&mut self, question: &Question<'_>) -> Reply {
        let rested = (0..).zip(question.candidates.iter());
        let chosen = rested.min_by_key(|(_, agent)| (agent.order, Reverse(agent.idle_ms)));
        let verdict = Verdict { policy: "longest-idle".to_owned(), ..Verdict::default() };
        Reply { choice: Choice::Ring(chosen.map_or(0, |(nth, _)| nth)), verdict }
    }
}
