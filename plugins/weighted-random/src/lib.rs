//! By lot: who is nearer or better has the better chance.

use ladus_plugin::{Answer, Candidate, Card, Field, Policy, Question};

/// The stock policy: a lottery, so that nobody can foresee or arrange whose phone rings. The chance
/// comes from the decision's own number, so a decision that is taken again comes out the same.
pub struct WeightedRandom;

const BY: &str = "by";
const FACTOR: &str = "factor";
const SKILL: &str = "skill";

const FACTOR_INITIAL: f64 = 2.0;

impl Policy for WeightedRandom {
    fn card() -> Card {
        let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        let by = [("order", "The order of the group"), ("skill", "The level of a skill")];
        Card::new(name, version, "By lot, with better chances for who is nearer or better.")
            .field(Field::choice(BY, "Chances by", &by))
            .field(
                Field::number(
                    FACTOR,
                    "Each order is rarer by",
                    (1.0, 10.0),
                    "times",
                    FACTOR_INITIAL,
                )
                .help(
                    "For chances by order: an agent of order 3 is rung so many times less \
                           often than one of order 2. With 1 all have the same chance.",
                ),
            )
            .field(Field::pick(SKILL, "Skill", "skill").help(
                "For chances by skill: level 6 is rung twice as often as level 3, and nobody \
                 without the skill while somebody has it.",
            ))
    }

    fn decide(question: &Question) -> Result<Answer, String> {
        let settings = question.settings();
        let factor = settings.number(FACTOR).unwrap_or(FACTOR_INITIAL).max(1.0);
        let by_skill = settings.text(BY) == Some("skill");
        let skill = settings.word(SKILL).filter(|_| by_skill);
        let weight = |agent: Candidate<'_>| match skill {
            Some(skill) => agent.skill_level(skill).into(),
            None => rarer(factor, agent.order()),
        };
        let mut weights: Vec<f64> = question.candidates().iter().map(weight).collect();
        if weights.iter().all(|&weight| weight == 0.0) {
            // Nobody has the skill.
            weights.fill(1.0);
        }
        let sum: f64 = weights.iter().sum();
        let Some(drawn) = drawn(&weights, question.chance() * sum) else {
            return Ok(Answer::pass());
        };
        let Some(agent) = question.candidates().get(drawn as u32) else {
            return Ok(Answer::pass());
        };
        let percent = (weights[drawn] / sum * 100.0).round() as u32;
        Ok(Answer::ring(agent).because(format!("drawn with a chance of {percent} %")))
    }
}

/// One of order 1; for each order more, so many times less. After a few it makes no difference.
fn rarer(factor: f64, order: u32) -> f64 {
    (1..order.min(20)).fold(1.0, |weight, _| weight / factor)
}

/// Whose part of the sum the lot falls into.
fn drawn(weights: &[f64], mut lot: f64) -> Option<usize> {
    for (position, weight) in weights.iter().enumerate() {
        if lot < *weight {
            return Some(position);
        }
        lot -= weight;
    }
    // The last crumb of the sum may be lost in rounding.
    weights.iter().rposition(|&weight| weight > 0.0)
}

ladus_plugin::export!(WeightedRandom);

#[cfg(test)]
mod tests {
    use ladus_plugin::{Decision, Row, Settings, Value};

    use super::*;

    /// How often of a thousand times each of four agents is rung.
    fn rung(settings: &[(&str, Value)]) -> [u32; 4] {
        let agent = |order, skills| Row { order, skills, ..Row::default() };
        let billing = |level: u32| -> &[(&str, u8)] {
            if level == 3 { &[("billing", 3)] } else { &[("billing", 6)] }
        };
        let rows = [agent(1, billing(3)), agent(1, &[]), agent(2, billing(6)), agent(3, &[])];
        let owned = |(id, value): &(&str, Value)| ((*id).to_owned(), value.clone());
        let settings = Settings::new(settings.iter().map(owned).collect());
        let mut rung = [0; 4];
        for nth in 0..1_000_u64 {
            let seed = nth.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let question =
                Question::of(&rows).with_now_and_seed(0, seed).with_settings(settings.clone());
            match WeightedRandom::decide(&question).map(|it| it.decision) {
                Ok(Decision::Ring(position)) => rung[position as usize] += 1,
                other => panic!("{other:?}"),
            }
        }
        rung
    }

    fn check(settings: &[(&str, Value)], expected: [u32; 4]) {
        for (rung, expected) in rung(settings).into_iter().zip(expected) {
            assert!(rung.abs_diff(expected) <= 20, "{rung} of a thousand, not {expected}");
        }
    }

    #[test]
    fn chances_go_by_order() {
        check(&[], [364, 364, 182, 91]);
        check(&[(FACTOR, Value::Number(1.0))], [250; 4]);
    }

    #[test]
    fn chances_go_by_skill_and_without_it_all_are_equal() {
        let by = |skill: &str| {
            [(BY, Value::Text("skill".to_owned())), (SKILL, Value::Text(skill.to_owned()))]
        };
        check(&by("billing"), [333, 0, 667, 0]);
        check(&by("latin"), [250; 4]);
    }

    #[test]
    fn with_nobody_there_it_has_no_opinion() {
        assert_eq!(WeightedRandom::decide(&Question::of(&[])), Ok(Answer::pass()));
    }
}
