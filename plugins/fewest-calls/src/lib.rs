//! Whoever has had the fewest calls today.

use ladus_plugin::{Answer, Candidate, Card, Field, Policy, Question};

/// The stock policy: calls are shared out by number, not by length.
pub struct FewestCalls;

const MAIN_FIRST: &str = "main-first";
const LEAD: &str = "lead";

impl Policy for FewestCalls {
    fn card() -> Card {
        let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        Card::new(name, version, "Whoever has had the fewest calls since midnight (UTC).")
            .field(
                Field::toggle(MAIN_FIRST, "Main group first", true)
                    .help("Agents with the lowest order of this group are rung before others."),
            )
            .field(Field::number(LEAD, "Smallest lead", (1.0, 50.0), "calls", 1.0).help(
                "Up to this many calls less make no difference: then the longest idle is rung.",
            ))
    }

    fn decide(question: &Question) -> Result<Answer, String> {
        let (settings, all) = (question.settings(), question.candidates());
        let main_first = settings.toggle(MAIN_FIRST).unwrap_or(true);
        let agents: Vec<Candidate<'_>> =
            if main_first { all.first_in_order().collect() } else { all.iter().collect() };
        // Of equal ones the first is chosen, which is the built-in order.
        let fewest = agents.iter().min_by_key(|agent| agent.handled_today());
        let (Some(&first), Some(&fewest)) = (agents.first(), fewest) else {
            return Ok(Answer::pass());
        };
        let lead = first.handled_today() - fewest.handled_today();
        let ahead = lead >= settings.whole(LEAD).unwrap_or(1);
        let chosen = if ahead { fewest } else { first };
        Ok(Answer::ring(chosen).because(format!("{} calls today", chosen.handled_today())))
    }
}

ladus_plugin::export!(FewestCalls);

#[cfg(test)]
mod tests {
    use ladus_plugin::{Decision, Row, Settings, Value};

    use super::*;

    /// Agents as pairs of order and calls today.
    fn check(settings: &[(&str, Value)], agents: &[(u32, u32)], expected: Decision) {
        let row =
            |&(order, handled_today): &(u32, u32)| Row { order, handled_today, ..Row::default() };
        let rows: Vec<Row> = agents.iter().map(row).collect();
        let owned = |(id, value): &(&str, Value)| ((*id).to_owned(), value.clone());
        let settings = Settings::new(settings.iter().map(owned).collect());
        let question = Question::of(&rows).with_settings(settings);
        assert_eq!(FewestCalls::decide(&question).map(|it| it.decision), Ok(expected));
    }

    #[test]
    fn whoever_has_had_the_fewest_calls_is_rung() {
        check(&[], &[(1, 5), (1, 2), (1, 9)], Decision::Ring(1));
        check(&[], &[(1, 3), (1, 3)], Decision::Ring(0));
        check(&[], &[], Decision::Pass);
    }

    #[test]
    fn an_agent_of_another_main_group_comes_later_unless_order_does_not_matter() {
        let agents = [(1, 7), (1, 6), (2, 0)];
        check(&[], &agents, Decision::Ring(1));
        check(&[(MAIN_FIRST, Value::Toggle(false))], &agents, Decision::Ring(2));
    }

    #[test]
    fn a_lead_that_is_too_small_does_not_count() {
        let lead = [(LEAD, Value::Number(3.0))];
        check(&lead, &[(1, 5), (1, 3)], Decision::Ring(0));
        check(&lead, &[(1, 5), (1, 2)], Decision::Ring(1));
    }
}
