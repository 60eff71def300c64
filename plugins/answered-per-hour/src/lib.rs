//! Answered calls per hour of work, without the calls that were none.

use ladus_plugin::indicator::{Better, Figures, Indicator, Outcome, Person, Profile, Unit, share};
use ladus_plugin::{Card, Field};

/// The stock indicator: how many callers somebody has served in an hour of work.
pub struct AnsweredPerHour;

const LEAST_CALLS: &str = "least-calls";
const LEAST_TIME: &str = "least-time";
const BREAKS_COUNT: &str = "breaks-count";

const HOUR_MS: f64 = 3_600_000.0;

impl Indicator for AnsweredPerHour {
    fn profile() -> Profile {
        let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        let card = Card::new(name, version, "Calls answered per hour of work.")
            .field(
                Field::number(LEAST_CALLS, "Fewest calls", (1.0, 1_000.0), "calls", 10.0)
                    .help("Whoever has served fewer has no value."),
            )
            .field(
                Field::duration(LEAST_TIME, "Shortest time at work", 3_600_000)
                    .help("Whoever has worked less has no value."),
            )
            .field(
                Field::toggle(BREAKS_COUNT, "Breaks are work", false)
                    .help("When off, breaks are taken from the time at work."),
            );
        Profile::new(card, Unit::Count, Better::More).sample_min(1)
    }

    fn compute(figures: &Figures) -> Result<Vec<Outcome>, String> {
        let rules = Rules::of(figures);
        Ok(figures.people().map(|person| rules.outcome(person)).collect())
    }
}

/// What the administrator chose.
struct Rules {
    least_calls: f64,
    least_ms: f64,
    breaks_count: bool,
}

impl Rules {
    fn of(figures: &Figures) -> Rules {
        let settings = figures.settings();
        Rules {
            least_calls: settings.number(LEAST_CALLS).unwrap_or(10.0),
            least_ms: settings.number(LEAST_TIME).unwrap_or(HOUR_MS),
            breaks_count: settings.toggle(BREAKS_COUNT).unwrap_or(false),
        }
    }

    fn outcome(&self, person: Person<'_>) -> Outcome {
        let Some(work_ms) = self.work_ms(person) else {
            return none("the time at work is not known");
        };
        if work_ms < self.least_ms {
            return none("too little time at work");
        }
        let Some((served, left_out)) = served(person) else {
            return none("the calls are not known");
        };
        if served < self.least_calls {
            return none(&format!("{served} of at least {} calls", self.least_calls));
        }
        let per_hour = share(Some(served * HOUR_MS), Some(work_ms));
        let outcome = Outcome::of(per_hour, Some(served), "no time at work");
        if left_out > 0.0 {
            outcome.noting(format!("{left_out} hung up or handed on at once left out"))
        } else {
            outcome
        }
    }

    /// Time logged on, breaks as the administrator has it.
    fn work_ms(&self, person: Person<'_>) -> Option<f64> {
        let logged_on_ms = person.logged_on_ms()?;
        if self.breaks_count { Some(logged_on_ms) } else { Some(logged_on_ms - person.break_ms()?) }
    }
}

/// Callers whom somebody has served, and talks that were over before they could be.
fn served(person: Person<'_>) -> Option<(f64, f64)> {
    let left_out = person.instant_hang_ups()? + person.quick_transfers()?;
    Some((person.talks()? - left_out, left_out))
}

fn none(why: &str) -> Outcome {
    Outcome::None(why.to_owned())
}

ladus_plugin::export_indicator!(AnsweredPerHour);

#[cfg(test)]
mod tests {
    use ladus_plugin::indicator::Row;
    use ladus_plugin::{Settings, Value};

    use super::*;

    /// Eight hours logged on, one of them a break, and 21 talks.
    fn day() -> Row {
        Row {
            talks: Some(21.0),
            instant_hang_ups: Some(0.0),
            quick_transfers: Some(0.0),
            logged_on_ms: Some(8.0 * HOUR_MS),
            break_ms: Some(HOUR_MS),
            ..Row::default()
        }
    }

    fn computed(settings: &[(&str, Value)], row: Row) -> Outcome {
        let owned = |(id, value): &(&str, Value)| ((*id).to_owned(), value.clone());
        let settings = Settings::new(settings.iter().map(owned).collect());
        let figures = Figures::of(&[row]).with_settings(settings);
        let mut outcomes = AnsweredPerHour::compute(&figures).expect("outcomes");
        outcomes.remove(0)
    }

    fn value(value: f64, sample: u32) -> Outcome {
        Outcome::Value { value, sample, note: None }
    }

    #[test]
    fn breaks_are_work_only_where_the_company_says_so() {
        assert_eq!(computed(&[], day()), value(3.0, 21));
        let counted = [(BREAKS_COUNT, Value::Toggle(true))];
        assert_eq!(computed(&counted, day()), value(2.625, 21));
    }

    #[test]
    fn hanging_up_and_handing_on_at_once_win_nothing() {
        let hasty = Row { instant_hang_ups: Some(4.0), quick_transfers: Some(3.0), ..day() };
        let expected = value(2.0, 14).noting("7 hung up or handed on at once left out");
        assert_eq!(computed(&[], hasty), expected);
    }

    #[test]
    fn whoever_has_done_too_little_has_no_value() {
        let few = Row { talks: Some(9.0), ..day() };
        assert_eq!(computed(&[], few), none("9 of at least 10 calls"));
        let short = Row { logged_on_ms: Some(HOUR_MS * 1.5), ..day() };
        assert_eq!(computed(&[], short), none("too little time at work"));
    }

    #[test]
    fn what_is_not_known_is_not_taken_for_nothing() {
        let unknown = Row { logged_on_ms: None, ..day() };
        assert_eq!(computed(&[], unknown), none("the time at work is not known"));
        let nobody = Row { talks: None, ..day() };
        assert_eq!(computed(&[], nobody), none("the calls are not known"));
        let no_floor = [(LEAST_TIME, Value::Number(0.0))];
        let never = Row { logged_on_ms: Some(0.0), break_ms: Some(0.0), ..day() };
        assert_eq!(computed(&no_floor, never), none("no time at work"));
    }
}
