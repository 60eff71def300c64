//! The average call, without those that were over before they had begun.

use ladus_plugin::indicator::{Better, Figures, Indicator, Outcome, Person, Profile, Unit, share};
use ladus_plugin::{Card, Field};

/// The stock indicator: how long somebody's calls are.
pub struct TalkLength;

const LEAST_CALLS: &str = "least-calls";
const WITH_HOLD: &str = "with-hold";
const WITH_WRAP_UP: &str = "with-wrap-up";

impl Indicator for TalkLength {
    fn profile() -> Profile {
        let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        let card = Card::new(name, version, "The shortest average call.")
            .field(Field::number(LEAST_CALLS, "Fewest calls", (1.0, 1_000.0), "calls", 10.0).help(
                "Whoever has had fewer has no value. Short calls are no calls: they are left \
                     out, or hanging up would win.",
            ))
            .field(Field::toggle(WITH_HOLD, "Hold counts", true))
            .field(
                Field::toggle(WITH_WRAP_UP, "Wrap-up counts", false)
                    .help("With hold and wrap-up this is the average handling time."),
            );
        Profile::new(card, Unit::Seconds, Better::Less).sample_min(1)
    }

    fn compute(figures: &Figures) -> Result<Vec<Outcome>, String> {
        let rules = Rules::of(figures);
        Ok(figures.people().map(|person| rules.outcome(person)).collect())
    }
}

/// What the administrator chose.
struct Rules {
    least_calls: f64,
    with_hold: bool,
    with_wrap_up: bool,
}

impl Rules {
    fn of(figures: &Figures) -> Rules {
        let settings = figures.settings();
        Rules {
            least_calls: settings.number(LEAST_CALLS).unwrap_or(10.0),
            with_hold: settings.toggle(WITH_HOLD).unwrap_or(true),
            with_wrap_up: settings.toggle(WITH_WRAP_UP).unwrap_or(false),
        }
    }

    fn outcome(&self, person: Person<'_>) -> Outcome {
        let (Some((calls, left_out)), Some(ms)) = (calls(person), self.ms(person)) else {
            return Outcome::None("the calls are not known".to_owned());
        };
        if calls < self.least_calls {
            return Outcome::None(format!("{calls} of at least {} calls", self.least_calls));
        }
        let outcome = Outcome::of(share(Some(ms / 1_000.0), Some(calls)), Some(calls), "no calls");
        if left_out > 0.0 {
            outcome.noting(format!("{left_out} short ones left out"))
        } else {
            outcome
        }
    }

    /// Time of the calls that count. Hold and wrap-up are not known for the short ones apart, and
    /// stay in: they are little.
    fn ms(&self, person: Person<'_>) -> Option<f64> {
        let hold_ms = if self.with_hold { person.hold_ms()? } else { 0.0 };
        let wrap_up_ms = if self.with_wrap_up { person.wrap_up_ms()? } else { 0.0 };
        Some(person.talk_ms()? - person.short_talk_ms()? + hold_ms + wrap_up_ms)
    }
}

/// Calls that count, and those that do not.
fn calls(person: Person<'_>) -> Option<(f64, f64)> {
    let short = person.short_talks()?;
    Some((person.talks()? - short, short))
}

ladus_plugin::export_indicator!(TalkLength);

#[cfg(test)]
mod tests {
    use ladus_plugin::indicator::Row;
    use ladus_plugin::{Settings, Value};

    use super::*;

    /// So many calls of 90 s with 6 s of hold and 10 s of wrap-up each, and short ones of 2 s.
    fn computed(settings: &[(&str, Value)], calls: f64, short: f64) -> Outcome {
        let row = Row {
            talks: Some(calls + short),
            talk_ms: Some(calls * 90_000.0 + short * 2_000.0),
            short_talks: Some(short),
            short_talk_ms: Some(short * 2_000.0),
            hold_ms: Some(calls * 6_000.0),
            wrap_up_ms: Some(calls * 10_000.0),
            ..Row::default()
        };
        let owned = |(id, value): &(&str, Value)| ((*id).to_owned(), value.clone());
        let settings = Settings::new(settings.iter().map(owned).collect());
        let figures = Figures::of(&[row]).with_settings(settings);
        TalkLength::compute(&figures).expect("outcomes").remove(0)
    }

    fn value(value: f64, sample: u32) -> Outcome {
        Outcome::Value { value, sample, note: None }
    }

    #[test]
    fn hanging_up_at_once_does_not_shorten_the_average() {
        assert_eq!(computed(&[], 10.0, 0.0), value(96.0, 10));
        let noted = value(96.0, 10).noting("40 short ones left out");
        assert_eq!(computed(&[], 10.0, 40.0), noted);
        let few = Outcome::None("9 of at least 10 calls".to_owned());
        assert_eq!(computed(&[], 9.0, 40.0), few);
    }

    #[test]
    fn hold_and_wrap_up_count_as_the_company_says() {
        let talk_only = [(WITH_HOLD, Value::Toggle(false))];
        assert_eq!(computed(&talk_only, 10.0, 0.0), value(90.0, 10));
        let handling = [(WITH_WRAP_UP, Value::Toggle(true))];
        assert_eq!(computed(&handling, 10.0, 0.0), value(106.0, 10));
    }
}
