//! Young calls are kept for agents whose main group this is; age and priority open the others.

use ladus_plugin::{Answer, Card, Field, Policy, Question};

/// The stock policy: a call's age is its wait and what its priority is worth. Agents of order 1 may
/// have it at once, those of order 2 when it is older than the hold, those of order 3 when it is
/// older than twice the hold, and so on.
pub struct PriorityAgeing;

const HOLD: &str = "hold";
const WORTH: &str = "worth";

const HOLD_MS: u32 = 10_000;
const WORTH_MS: u32 = 10_000;

/// A nearer agent may become free at any time, and is found when we are asked again.
const ASK_AGAIN_MS: i64 = 1_000;

impl Policy for PriorityAgeing {
    fn card() -> Card {
        let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        let summary = "Agents whose main group this is get a call at once; the others only when it \
                       has become old enough, which a call of high priority is sooner.";
        Card::new(name, version, summary)
            .field(Field::duration(HOLD, "Hold for each order", HOLD_MS).help(
                "Agents of order 2 get calls that are this old, agents of order 3 those that are \
                 twice as old. After a minute beside free agents the server rings anybody.",
            ))
            .field(
                Field::duration(WORTH, "One point of priority is worth", WORTH_MS).help(
                    "So much older counts a call for each point; below zero, so much younger.",
                ),
            )
    }

    fn decide(question: &Question) -> Result<Answer, String> {
        let (settings, caller) = (question.settings(), question.caller());
        let ms = |id, initial| i64::from(settings.whole(id).unwrap_or(initial));
        // The first candidate has the lowest order, and among those he has rested longest.
        let Some(first) = question.candidates().get(0) else { return Ok(Answer::pass()) };
        let age_ms = i64::from(caller.waited_ms)
            + i64::from(caller.priority).saturating_mul(ms(WORTH, WORTH_MS));
        let others = i64::from(first.order().saturating_sub(1));
        let left_ms = others.saturating_mul(ms(HOLD, HOLD_MS)).saturating_sub(age_ms);
        if others == 0 || left_ms <= 0 {
            return Ok(Answer::ring(first).because(format!("order {}", first.order())));
        }
        let wait_ms = u32::try_from(left_ms.min(ASK_AGAIN_MS)).unwrap_or(0);
        Ok(Answer::wait(wait_ms).because(format!("order {} in {left_ms} ms", first.order())))
    }
}

ladus_plugin::export!(PriorityAgeing);

#[cfg(test)]
mod tests {
    use ladus_plugin::{Caller, Decision, Row, Settings, Value};

    use super::*;

    fn ask(orders: &[u32], waited_ms: u32, priority: i32, hold_ms: u32) -> Decision {
        let rows: Vec<Row> = orders.iter().map(|&order| Row { order, ..Row::default() }).collect();
        let hold = (HOLD.to_owned(), Value::Number(hold_ms.into()));
        let question = Question::of(&rows)
            .with_caller(Caller { waited_ms, priority, offers: 0 })
            .with_settings(Settings::new(vec![hold]));
        PriorityAgeing::decide(&question).expect("an answer").decision
    }

    #[test]
    fn an_agent_whose_main_group_this_is_gets_even_the_youngest_call() {
        assert_eq!(ask(&[1, 2], 0, 0, HOLD_MS), Decision::Ring(0));
        assert_eq!(ask(&[1], 0, i32::MIN, HOLD_MS), Decision::Ring(0));
        assert_eq!(ask(&[], 0, 0, HOLD_MS), Decision::Pass);
    }

    #[test]
    fn others_get_it_when_it_is_old_enough_for_their_order() {
        assert_eq!(ask(&[2, 3], 0, 0, HOLD_MS), Decision::Wait(1_000));
        assert_eq!(ask(&[2], 9_700, 0, HOLD_MS), Decision::Wait(300));
        assert_eq!(ask(&[2], 10_000, 0, HOLD_MS), Decision::Ring(0));
        assert_eq!(ask(&[3], 10_000, 0, HOLD_MS), Decision::Wait(1_000));
        assert_eq!(ask(&[3], 20_000, 0, HOLD_MS), Decision::Ring(0));
        assert_eq!(ask(&[9], 0, 0, 0), Decision::Ring(0));
    }

    #[test]
    fn priority_makes_a_call_older_or_younger() {
        assert_eq!(ask(&[2], 0, 1, HOLD_MS), Decision::Ring(0));
        assert_eq!(ask(&[3], 0, 1, HOLD_MS), Decision::Wait(1_000));
        assert_eq!(ask(&[2], 10_000, -1, HOLD_MS), Decision::Wait(1_000));
        assert_eq!(ask(&[2], 20_000, -1, HOLD_MS), Decision::Ring(0));
        assert_eq!(ask(&[u32::MAX], 0, i32::MAX, u32::MAX), Decision::Wait(1_000));
    }
}
