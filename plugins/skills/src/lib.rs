//! Whoever masters a skill well enough; the longer a caller waits, the less is enough.

use std::cmp::Reverse;

use ladus_plugin::{Answer, Card, Field, Policy, Question};

/// The stock policy: a skill with a least level that sinks with the wait.
pub struct Skills;

const SKILL: &str = "skill";
const LEVEL: &str = "least-level";
const RELAX: &str = "relax-after";
const ANYBODY: &str = "anybody";
const PREFER: &str = "prefer";

const LEAST_LEVEL: u32 = 5;
const RELAX_MS: u32 = 10_000;

/// Somebody who is good enough may become free at any time, and is found when we are asked again.
const ASK_AGAIN_MS: u32 = 1_000;

impl Policy for Skills {
    fn card() -> Card {
        let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        let summary = "Whoever masters a skill well enough; the longer the caller waits, the less \
                       is enough. Without a skill chosen, the built-in order.";
        let level = Field::number(LEVEL, "Least level", (1.0, 10.0), "", LEAST_LEVEL.into());
        let relax = Field::duration(RELAX, "Lower it by one after each", RELAX_MS);
        let prefer = [
            ("rested", "The longest idle"),
            ("best", "The highest level"),
            ("spare", "The lowest level that is enough"),
        ];
        Card::new(name, version, summary)
            .field(Field::pick(SKILL, "Skill", "skill"))
            .field(level)
            .field(relax.help("Zero never lowers it."))
            .field(Field::toggle(ANYBODY, "In the end anybody", true).help(
                "Below level 1 comes whoever has not got the skill. Otherwise the caller waits; \
                 after a minute beside free agents the server rings anybody.",
            ))
            .field(Field::choice(PREFER, "Among those who are good enough", &prefer))
    }

    fn decide(question: &Question) -> Result<Answer, String> {
        let settings = question.settings();
        let Some(skill) = settings.word(SKILL) else {
            return Ok(Answer::pass().because("no skill is chosen"));
        };
        let waited_ms = question.caller().waited_ms;
        let relax_ms = settings.whole(RELAX).unwrap_or(RELAX_MS);
        let lowered = waited_ms.checked_div(relax_ms).unwrap_or(0);
        let last = if settings.toggle(ANYBODY).unwrap_or(true) { 0 } else { 1 };
        let wanted = settings.whole(LEVEL).unwrap_or(LEAST_LEVEL);
        let least = wanted.saturating_sub(lowered).max(last);
        let level = |agent: &ladus_plugin::Candidate<'_>| u32::from(agent.skill_level(skill));
        let good = question.candidates().iter().filter(|agent| level(agent) >= least);
        let chosen = match settings.text(PREFER) {
            Some("best") => good.min_by_key(|agent| Reverse(level(agent))),
            Some("spare") => good.min_by_key(level),
            // The built-in order.
            _ => { good }.next(),
        };
        Ok(match chosen {
            Some(agent) => Answer::ring(agent).because(format!("{skill} {}", level(&agent))),
            None => Answer::wait(ASK_AGAIN_MS.min(until_lower(waited_ms, relax_ms)))
                .because(format!("nobody free has {skill} {least}")),
        })
    }
}

/// Milliseconds until the next level down.
fn until_lower(waited_ms: u32, relax_ms: u32) -> u32 {
    waited_ms.checked_rem(relax_ms).map_or(ASK_AGAIN_MS, |past| relax_ms - past)
}

ladus_plugin::export!(Skills);

#[cfg(test)]
mod tests {
    use ladus_plugin::{Caller, Decision, Row, Settings, Value};

    use super::*;

    const TEAM: [&[(&str, u8)]; 4] =
        [&[], &[("billing", 3)], &[("billing", 9)], &[("billing", 6), ("english", 2)]];

    fn check(more: &[(&str, Value)], waited_ms: u32, expected: Decision) {
        let rows = TEAM.map(|skills| Row { skills, ..Row::default() });
        let mut settings = vec![(SKILL.to_owned(), Value::Text(" billing ".to_owned()))];
        settings.extend(more.iter().map(|(id, value)| ((*id).to_owned(), value.clone())));
        let question = Question::of(&rows)
            .with_caller(Caller { waited_ms, ..Caller::default() })
            .with_settings(Settings::new(settings));
        assert_eq!(Skills::decide(&question).map(|it| it.decision), Ok(expected));
    }

    #[test]
    fn among_those_who_are_good_enough_the_setting_says_who() {
        check(&[], 0, Decision::Ring(2));
        let prefer = |id: &str| [(PREFER, Value::Text(id.to_owned()))];
        check(&prefer("best"), 0, Decision::Ring(2));
        check(&prefer("spare"), 0, Decision::Ring(3));
    }

    #[test]
    fn less_is_enough_with_every_ten_seconds_and_in_the_end_nothing() {
        check(&[(LEVEL, Value::Number(10.0))], 9_400, Decision::Wait(600));
        check(&[(LEVEL, Value::Number(10.0))], 10_000, Decision::Ring(2));
        check(&[], 20_000, Decision::Ring(1));
        check(&[], 50_000, Decision::Ring(0));
        check(&[(ANYBODY, Value::Toggle(false))], 50_000, Decision::Ring(1));
    }

    #[test]
    fn what_nobody_masters_is_waited_for_and_without_a_skill_there_is_no_opinion() {
        let never =
            |skill: &str| [(RELAX, Value::Number(0.0)), (SKILL, Value::Text(skill.to_owned()))];
        let rows = [Row { skills: TEAM[3], ..Row::default() }];
        let ask = |skill: &str| {
            let owned = |(id, value): &(&str, Value)| ((*id).to_owned(), value.clone());
            let settings = Settings::new(never(skill).iter().map(owned).collect());
            Skills::decide(&Question::of(&rows).with_settings(settings)).map(|it| it.decision)
        };
        assert_eq!(ask("latin"), Ok(Decision::Wait(ASK_AGAIN_MS)));
        assert_eq!(ask("english"), Ok(Decision::Wait(ASK_AGAIN_MS)));
        assert_eq!(ask("  "), Ok(Decision::Pass));
    }
}
