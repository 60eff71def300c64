//! The average time to answer, with every missed call in it.

use ladus_plugin::indicator::{Better, Figures, Indicator, Outcome, Person, Profile, Unit, share};
use ladus_plugin::{Card, Field};

/// The stock indicator: how fast somebody picks up.
pub struct AnswerTime;

const LEAST_CALLS: &str = "least-calls";
const COUNT_MISSED: &str = "count-missed";

impl Indicator for AnswerTime {
    fn profile() -> Profile {
        let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        let card = Card::new(name, version, "The shortest average time to answer.")
            .field(
                Field::number(LEAST_CALLS, "Fewest calls", (1.0, 1_000.0), "calls", 10.0)
                    .help("Whoever has answered fewer has no value."),
            )
            .field(Field::toggle(COUNT_MISSED, "Missed calls count", true).help(
                "Each missed call counts with the whole time that it rang: who ignores the phone \
                 must not win.",
            ));
        Profile::new(card, Unit::Seconds, Better::Less).sample_min(1)
    }

    fn compute(figures: &Figures) -> Result<Vec<Outcome>, String> {
        let settings = figures.settings();
        let least = settings.number(LEAST_CALLS).unwrap_or(10.0);
        let missed_count = settings.toggle(COUNT_MISSED).unwrap_or(true);
        Ok(figures.people().map(|person| outcome(person, least, missed_count)).collect())
    }
}

fn outcome(person: Person<'_>, least: f64, missed_count: bool) -> Outcome {
    let rings = if missed_count { person.ring_with_missed() } else { answered(person) };
    let (Some((ms, rings)), Some(answered)) = (rings, person.answered()) else {
        return Outcome::None("the calls are not known".to_owned());
    };
    if answered < least {
        return Outcome::None(format!("{answered} of at least {least} calls answered"));
    }
    let seconds = share(Some(ms / 1_000.0), Some(rings));
    let outcome = Outcome::of(seconds, Some(rings), "no calls");
    let missed = rings - answered;
    if missed > 0.0 { outcome.noting(format!("{missed} of them missed")) } else { outcome }
}

/// Milliseconds of ringing until an answer, and how many answers.
fn answered(person: Person<'_>) -> Option<(f64, f64)> {
    Some((person.ring_answered_ms()?, person.answered()?))
}

ladus_plugin::export_indicator!(AnswerTime);

#[cfg(test)]
mod tests {
    use ladus_plugin::indicator::Row;
    use ladus_plugin::{Settings, Value};

    use super::*;

    /// Somebody who answers after 4 s and has missed so many calls of 20 s.
    fn computed(settings: &[(&str, Value)], answered: f64, missed: f64) -> Outcome {
        let row = Row {
            answered: Some(answered),
            missed: Some(missed),
            ring_answered_ms: Some(answered * 4_000.0),
            ring_missed_ms: Some(missed * 20_000.0),
            ..Row::default()
        };
        let owned = |(id, value): &(&str, Value)| ((*id).to_owned(), value.clone());
        let settings = Settings::new(settings.iter().map(owned).collect());
        let figures = Figures::of(&[row]).with_settings(settings);
        AnswerTime::compute(&figures).expect("outcomes").remove(0)
    }

    fn value(value: f64, sample: u32) -> Outcome {
        Outcome::Value { value, sample, note: None }
    }

    #[test]
    fn ignoring_the_phone_does_not_improve_the_time_to_answer() {
        assert_eq!(computed(&[], 10.0, 0.0), value(4.0, 10));
        assert_eq!(computed(&[], 12.0, 4.0), value(8.0, 16).noting("4 of them missed"));
        let forgiven = [(COUNT_MISSED, Value::Toggle(false))];
        assert_eq!(computed(&forgiven, 12.0, 4.0), value(4.0, 12));
    }

    #[test]
    fn whoever_has_answered_too_few_has_no_value() {
        let few = Outcome::None("9 of at least 10 calls answered".to_owned());
        assert_eq!(computed(&[], 9.0, 30.0), few);
        let unknown = AnswerTime::compute(&Figures::of(&[Row::default()]));
        assert_eq!(unknown, Ok(vec![Outcome::None("the calls are not known".to_owned())]));
    }
}
