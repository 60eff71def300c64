//! Whoever has been busy for the smallest share of his time today.

use ladus_plugin::{Answer, Candidate, Card, Field, Policy, Question};

/// The stock policy: somebody who works half a day is as busy as somebody who works all of it.
pub struct EvenOccupancy;

const MAIN_FIRST: &str = "main-first";
const LEAD: &str = "lead";

/// A lead that is smaller is no reason to ring somebody else.
const LEAD_PERCENT: u32 = 5;

impl Policy for EvenOccupancy {
    fn card() -> Card {
        let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        let summary = "Whoever has been busy (talk, ring, wrap-up) for the smallest share of his \
                       time logged on since midnight (UTC).";
        Card::new(name, version, summary)
            .field(
                Field::toggle(MAIN_FIRST, "Main group first", true)
                    .help("Agents with the lowest order of this group are rung before others."),
            )
            .field(
                Field::number(LEAD, "Smallest lead", (0.0, 100.0), "%", LEAD_PERCENT.into()).help(
                    "Fewer points of per cent count for nothing: then the longest idle is rung.",
                ),
            )
    }

    fn decide(question: &Question) -> Result<Answer, String> {
        let (settings, all) = (question.settings(), question.candidates());
        let main_first = settings.toggle(MAIN_FIRST).unwrap_or(true);
        let agents: Vec<Candidate<'_>> =
            if main_first { all.first_in_order().collect() } else { all.iter().collect() };
        // Of equal ones the first is chosen, which is the built-in order.
        let least = agents.iter().min_by_key(|agent| percent(**agent));
        let (Some(&first), Some(&least)) = (agents.first(), least) else {
            return Ok(Answer::pass());
        };
        let lead = percent(first) - percent(least);
        let ahead = lead >= settings.whole(LEAD).unwrap_or(LEAD_PERCENT);
        let chosen = if ahead { least } else { first };
        Ok(Answer::ring(chosen).because(format!("{} % busy today", percent(chosen))))
    }
}

fn percent(agent: Candidate<'_>) -> u32 {
    (agent.occupancy() * 100.0).round() as u32
}

ladus_plugin::export!(EvenOccupancy);

#[cfg(test)]
mod tests {
    use ladus_plugin::{Decision, Row, Settings, Value};

    use super::*;

    /// Agents as pairs of order and busy share.
    fn check(settings: &[(&str, Value)], agents: &[(u32, f32)], expected: Decision) {
        let row = |&(order, occupancy): &(u32, f32)| Row { order, occupancy, ..Row::default() };
        let rows: Vec<Row> = agents.iter().map(row).collect();
        let owned = |(id, value): &(&str, Value)| ((*id).to_owned(), value.clone());
        let settings = Settings::new(settings.iter().map(owned).collect());
        let question = Question::of(&rows).with_settings(settings);
        assert_eq!(EvenOccupancy::decide(&question).map(|it| it.decision), Ok(expected));
    }

    #[test]
    fn whoever_has_been_least_busy_is_rung() {
        check(&[], &[(1, 0.75), (1, 0.5), (1, 0.9)], Decision::Ring(1));
        check(&[], &[], Decision::Pass);
    }

    #[test]
    fn a_few_points_are_no_difference() {
        check(&[], &[(1, 0.54), (1, 0.5)], Decision::Ring(0));
        check(&[], &[(1, 0.55), (1, 0.5)], Decision::Ring(1));
        check(&[(LEAD, Value::Number(0.0))], &[(1, 0.51), (1, 0.5)], Decision::Ring(1));
    }

    #[test]
    fn an_agent_of_another_main_group_comes_later_unless_order_does_not_matter() {
        let agents = [(1, 0.9), (2, 0.1)];
        check(&[], &agents, Decision::Ring(0));
        check(&[(MAIN_FIRST, Value::Toggle(false))], &agents, Decision::Ring(1));
    }
}
