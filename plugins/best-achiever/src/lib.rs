//! Whoever has achieved most on the last closed day, by an indicator of the company.

use ladus_plugin::{Answer, Candidate, Card, Field, Policy, Question};

/// The stock policy: callers get whoever has done best lately, as the company itself counts it.
pub struct BestAchiever;

const INDICATOR: &str = "indicator";
const BETTER: &str = "better";
const MAIN_FIRST: &str = "main-first";

impl Policy for BestAchiever {
    fn card() -> Card {
        let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        let better = [("more", "A greater figure"), ("less", "A smaller figure")];
        Card::new(name, version, "Whoever has done best on the last closed day.")
            .field(Field::line(INDICATOR, "Indicator").help(
                "Its short name, as formulas use it. Whoever has no value of it comes after those \
                 who have one; when nobody has, the built-in order decides.",
            ))
            .field(Field::choice(BETTER, "Better is", &better))
            .field(
                Field::toggle(MAIN_FIRST, "Main group first", true)
                    .help("Agents with the lowest order of this group are rung before others."),
            )
    }

    fn decide(question: &Question) -> Result<Answer, String> {
        let (settings, all) = (question.settings(), question.candidates());
        let Some(indicator) = settings.word(INDICATOR) else { return Ok(Answer::pass()) };
        let main_first = settings.toggle(MAIN_FIRST).unwrap_or(true);
        let agents: Vec<Candidate<'_>> =
            if main_first { all.first_in_order().collect() } else { all.iter().collect() };
        let less = settings.text(BETTER) == Some("less");
        let mut best: Option<(Candidate<'_>, f64)> = None;
        for agent in agents {
            let Some(figure) = agent.last_day(indicator) else { continue };
            // Of equal ones the first stays, which is the built-in order.
            let ahead = |best: f64| if less { figure < best } else { figure > best };
            if best.is_none_or(|(_, best)| ahead(best)) {
                best = Some((agent, figure));
            }
        }
        let Some((agent, figure)) = best else { return Ok(Answer::pass()) };
        Ok(Answer::ring(agent).because(format!("{indicator} {figure:.1} on the last closed day")))
    }
}

ladus_plugin::export!(BestAchiever);

#[cfg(test)]
mod tests {
    use ladus_plugin::{Decision, Row, Settings, Value};

    use super::*;

    /// Three agents, the last of whom has another main group.
    fn check(settings: &[(&str, Value)], expected: Decision) {
        let agent = |order, last_day| Row { order, last_day, ..Row::default() };
        let rows = [
            agent(1, &[("per_hour", 6.0), ("asa", 4.0)]),
            agent(1, &[("per_hour", 7.5), ("asa", 4.0)]),
            agent(2, &[("per_hour", 9.0)]),
        ];
        let owned = |(id, value): &(&str, Value)| ((*id).to_owned(), value.clone());
        let settings = Settings::new(settings.iter().map(owned).collect());
        let question = Question::of(&rows).with_settings(settings);
        assert_eq!(BestAchiever::decide(&question).map(|it| it.decision), Ok(expected));
    }

    fn by(indicator: &str) -> (&'static str, Value) {
        (INDICATOR, Value::Text(indicator.to_owned()))
    }

    #[test]
    fn whoever_has_achieved_most_is_rung() {
        check(&[by("per_hour")], Decision::Ring(1));
        check(&[by("per_hour"), (MAIN_FIRST, Value::Toggle(false))], Decision::Ring(2));
    }

    #[test]
    fn less_may_be_better_and_of_equal_ones_the_built_in_order_decides() {
        let less = (BETTER, Value::Text("less".to_owned()));
        check(&[by("per_hour"), less.clone()], Decision::Ring(0));
        check(&[by("asa"), less], Decision::Ring(0));
    }

    #[test]
    fn without_an_indicator_or_a_value_it_has_no_opinion() {
        check(&[], Decision::Pass);
        check(&[by("unknown")], Decision::Pass);
    }
}
