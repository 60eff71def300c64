//! Whoever served this caller last; he waits a moment for him.

use ladus_plugin::{Answer, Card, Field, Policy, Question};

/// The stock policy: callers come back to the agent they know.
pub struct Sticky;

const PATIENCE: &str = "patience";
const WITHIN: &str = "within";

const PATIENCE_MS: u32 = 15_000;
const WITHIN_MS: u32 = 7 * 24 * 60 * 60 * 1_000;

/// He may become free at any time, and is found when we are asked again.
const ASK_AGAIN_MS: u32 = 1_000;

impl Policy for Sticky {
    fn card() -> Card {
        let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        let summary = "Whoever served this caller last. When he is busy the caller waits a moment \
                       for him; otherwise, and for callers whom nobody knows, the built-in order.";
        Card::new(name, version, summary)
            .field(Field::duration(PATIENCE, "Wait for him at most", PATIENCE_MS).help(
                "Counted from the beginning of the wait, and only while he is there. After a \
                 minute beside free agents the server rings anybody.",
            ))
            .field(
                Field::duration(WITHIN, "Known for", WITHIN_MS)
                    .help("Whom the caller has not spoken to for longer he does not know."),
            )
    }

    fn decide(question: &Question) -> Result<Answer, String> {
        let settings = question.settings();
        let within_ms = settings.whole(WITHIN).unwrap_or(WITHIN_MS);
        let patience_ms = settings.whole(PATIENCE).unwrap_or(PATIENCE_MS);
        let known = |ms: &u32| *ms <= within_ms;
        let free = question.candidates().iter();
        let free = free.filter_map(|agent| Some((agent.served_ms_ago().filter(known)?, agent)));
        let free = free.min_by_key(|&(ms, _)| ms);
        let last_ms = question.familiar_ms_ago().filter(known);
        let left_ms = patience_ms.saturating_sub(question.caller().waited_ms);
        Ok(match (free, last_ms) {
            // Somebody knows the caller, but a busy colleague has spoken to him later.
            (Some((ms, _)), Some(last_ms)) if last_ms < ms && left_ms > 0 => wait(left_ms),
            (None, Some(_)) if left_ms > 0 => wait(left_ms),
            (Some((ms, agent)), _) => {
                Answer::ring(agent).because(format!("served this caller {} s ago", ms / 1_000))
            }
            (None, _) => Answer::pass(),
        })
    }
}

fn wait(left_ms: u32) -> Answer {
    let words = format!("for {left_ms} ms more the caller waits for whom he knows");
    Answer::wait(ASK_AGAIN_MS.min(left_ms)).because(words)
}

ladus_plugin::export!(Sticky);

#[cfg(test)]
mod tests {
    use ladus_plugin::{Caller, Decision, Row};

    use super::*;

    const HOUR: u32 = 3_600_000;

    fn check(served: &[Option<u32>], familiar: Option<u32>, waited_ms: u32, expected: Decision) {
        let row = |&served_ms_ago: &Option<u32>| Row { served_ms_ago, ..Row::default() };
        let rows: Vec<Row> = served.iter().map(row).collect();
        let question = Question::of(&rows)
            .with_familiar_ms_ago(familiar)
            .with_caller(Caller { waited_ms, ..Caller::default() });
        assert_eq!(Sticky::decide(&question).map(|it| it.decision), Ok(expected));
    }

    #[test]
    fn whoever_served_the_caller_last_is_rung() {
        let served = [None, Some(2 * HOUR), Some(HOUR), None];
        check(&served, Some(HOUR), 0, Decision::Ring(2));
    }

    #[test]
    fn a_caller_whom_nobody_knows_does_not_wait() {
        check(&[None, None], None, 0, Decision::Pass);
        check(&[], None, 0, Decision::Pass);
    }

    #[test]
    fn a_busy_agent_is_waited_for_until_patience_ends() {
        check(&[None], Some(HOUR), 0, Decision::Wait(1_000));
        check(&[None], Some(HOUR), 14_800, Decision::Wait(200));
        check(&[None], Some(HOUR), 15_000, Decision::Pass);
    }

    #[test]
    fn somebody_who_knows_the_caller_less_well_comes_when_patience_ends() {
        check(&[None, Some(2 * HOUR)], Some(HOUR), 0, Decision::Wait(1_000));
        check(&[None, Some(2 * HOUR)], Some(HOUR), 15_000, Decision::Ring(1));
    }

    #[test]
    fn after_a_week_callers_and_agents_do_not_know_each_other() {
        let long = WITHIN_MS + 1;
        check(&[None, Some(long)], Some(long), 0, Decision::Pass);
        check(&[None, Some(WITHIN_MS)], Some(WITHIN_MS), 0, Decision::Ring(1));
    }
}
