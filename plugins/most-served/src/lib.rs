//! Calls served, without the calls that were none.

use ladus_plugin::indicator::{Better, Figures, Indicator, Outcome, Person, Profile, Unit};
use ladus_plugin::{Card, Field};

/// The stock indicator: how many callers somebody has served.
pub struct MostServed;

const LEAST_CALLS: &str = "least-calls";
const COUNT_HASTY: &str = "count-hasty";

impl Indicator for MostServed {
    fn profile() -> Profile {
        let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        let card = Card::new(name, version, "The most calls served.")
            .field(
                Field::number(LEAST_CALLS, "Fewest calls", (1.0, 1_000.0), "calls", 1.0)
                    .help("Whoever has served fewer has no value."),
            )
            .field(Field::toggle(COUNT_HASTY, "Hasty calls count", false).help(
                "When off, short calls that the agent himself hung up or handed on are left out.",
            ));
        Profile::new(card, Unit::Count, Better::More).sample_min(1)
    }

    fn compute(figures: &Figures) -> Result<Vec<Outcome>, String> {
        let settings = figures.settings();
        let least = settings.number(LEAST_CALLS).unwrap_or(1.0);
        let hasty_count = settings.toggle(COUNT_HASTY).unwrap_or(false);
        Ok(figures.people().map(|person| outcome(person, least, hasty_count)).collect())
    }
}

fn outcome(person: Person<'_>, least: f64, hasty_count: bool) -> Outcome {
    let Some((talks, hasty)) = talks(person) else {
        return Outcome::None("the calls are not known".to_owned());
    };
    let left_out = if hasty_count { 0.0 } else { hasty };
    let served = talks - left_out;
    if served < least {
        return Outcome::None(format!("{served} of at least {least} calls"));
    }
    let outcome = Outcome::of(Some(served), Some(served), "no calls");
    if left_out > 0.0 {
        outcome.noting(format!("{left_out} hung up or handed on at once left out"))
    } else {
        outcome
    }
}

/// Talks, and how many of them were over by the agent's own hand before anybody was served.
fn talks(person: Person<'_>) -> Option<(f64, f64)> {
    Some((person.talks()?, person.instant_hang_ups()? + person.quick_transfers()?))
}

ladus_plugin::export_indicator!(MostServed);

#[cfg(test)]
mod tests {
    use ladus_plugin::indicator::Row;
    use ladus_plugin::{Settings, Value};

    use super::*;

    fn computed(settings: &[(&str, Value)], talks: f64, hasty: (f64, f64)) -> Outcome {
        let row = Row {
            talks: Some(talks),
            instant_hang_ups: Some(hasty.0),
            quick_transfers: Some(hasty.1),
            ..Row::default()
        };
        let owned = |(id, value): &(&str, Value)| ((*id).to_owned(), value.clone());
        let settings = Settings::new(settings.iter().map(owned).collect());
        let figures = Figures::of(&[row]).with_settings(settings);
        MostServed::compute(&figures).expect("outcomes").remove(0)
    }

    fn value(calls: u32) -> Outcome {
        Outcome::of(Some(calls.into()), Some(calls.into()), "no calls")
    }

    #[test]
    fn hasty_calls_count_only_where_the_company_says_so() {
        assert_eq!(computed(&[], 20.0, (0.0, 0.0)), value(20));
        let noted = value(15).noting("5 hung up or handed on at once left out");
        assert_eq!(computed(&[], 20.0, (3.0, 2.0)), noted);
        let counted = [(COUNT_HASTY, Value::Toggle(true))];
        assert_eq!(computed(&counted, 20.0, (3.0, 2.0)), value(20));
    }

    #[test]
    fn whoever_has_served_too_few_has_no_value_and_not_nought() {
        let few = |words: &str| Outcome::None(words.to_owned());
        assert_eq!(computed(&[], 0.0, (0.0, 0.0)), few("0 of at least 1 calls"));
        let least = [(LEAST_CALLS, Value::Number(10.0))];
        assert_eq!(computed(&least, 11.0, (2.0, 0.0)), few("9 of at least 10 calls"));
        let unknown = MostServed::compute(&Figures::of(&[Row::default()]));
        assert_eq!(unknown, Ok(vec![few("the calls are not known")]));
    }
}
