//! Whoever has talked least today.

use ladus_plugin::{Answer, Candidate, Card, Field, Policy, Question};

/// The stock policy: work is shared out by its length, so one long call counts as several short
/// ones.
pub struct LeastTalkTime;

const MAIN_FIRST: &str = "main-first";
const LEAD: &str = "lead";

/// A lead that is smaller is no reason to ring somebody else.
const LEAD_MS: u32 = 60_000;

impl Policy for LeastTalkTime {
    fn card() -> Card {
        let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        Card::new(name, version, "Whoever has talked least since midnight (UTC).")
            .field(
                Field::toggle(MAIN_FIRST, "Main group first", true)
                    .help("Agents with the lowest order of this group are rung before others."),
            )
            .field(Field::duration(LEAD, "Smallest lead", LEAD_MS).help(
                "A smaller difference in talk time counts for nothing: then the longest idle is rung.",
            ))
    }

    fn decide(question: &Question) -> Result<Answer, String> {
        let (settings, all) = (question.settings(), question.candidates());
        let main_first = settings.toggle(MAIN_FIRST).unwrap_or(true);
        let agents: Vec<Candidate<'_>> =
            if main_first { all.first_in_order().collect() } else { all.iter().collect() };
        // Of equal ones the first is chosen, which is the built-in order.
        let least = agents.iter().min_by_key(|agent| agent.talk_ms_today());
        let (Some(&first), Some(&least)) = (agents.first(), least) else {
            return Ok(Answer::pass());
        };
        let lead = first.talk_ms_today() - least.talk_ms_today();
        let ahead = lead >= settings.whole(LEAD).unwrap_or(LEAD_MS);
        let chosen = if ahead { least } else { first };
        Ok(Answer::ring(chosen)
            .because(format!("{} s talked today", chosen.talk_ms_today() / 1_000)))
    }
}

ladus_plugin::export!(LeastTalkTime);

#[cfg(test)]
mod tests {
    use ladus_plugin::{Decision, Row, Settings, Value};

    use super::*;

    /// Agents as pairs of order and seconds talked today.
    fn check(settings: &[(&str, Value)], agents: &[(u32, u32)], expected: Decision) {
        let row = |&(order, seconds): &(u32, u32)| Row {
            order,
            talk_ms_today: seconds * 1_000,
            ..Row::default()
        };
        let rows: Vec<Row> = agents.iter().map(row).collect();
        let owned = |(id, value): &(&str, Value)| ((*id).to_owned(), value.clone());
        let settings = Settings::new(settings.iter().map(owned).collect());
        let question = Question::of(&rows).with_settings(settings);
        assert_eq!(LeastTalkTime::decide(&question).map(|it| it.decision), Ok(expected));
    }

    #[test]
    fn whoever_has_talked_least_is_rung() {
        check(&[], &[(1, 900), (1, 300), (1, 600)], Decision::Ring(1));
        check(&[], &[], Decision::Pass);
    }

    #[test]
    fn less_than_a_minute_is_no_difference_unless_the_setting_says_so() {
        check(&[], &[(1, 600), (1, 541)], Decision::Ring(0));
        check(&[], &[(1, 600), (1, 540)], Decision::Ring(1));
        check(&[(LEAD, Value::Number(0.0))], &[(1, 600), (1, 599)], Decision::Ring(1));
    }

    #[test]
    fn an_agent_of_another_main_group_comes_later_unless_order_does_not_matter() {
        let agents = [(1, 900), (2, 0)];
        check(&[], &agents, Decision::Ring(0));
        check(&[(MAIN_FIRST, Value::Toggle(false))], &agents, Decision::Ring(1));
    }
}
