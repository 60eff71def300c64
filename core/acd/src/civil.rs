//! Days as people name them: from midnight to midnight in one place.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::{BadCalendar, Time};

/// A day of one place.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Day {
    pub from: Time,
    /// The next day begins here.
    pub until: Time,
}

impl Day {
    /// The day of this name (`2026-03-02`) in a time zone (an IANA name). One on which clocks are
    /// changed has 23 or 25 hours.
    pub fn of(zone: &str, name: &str) -> Result<Day, BadCalendar> {
        let zone = TimeZone::get(zone).map_err(|_| BadCalendar::Zone(zone.to_owned()))?;
        let wrong = || BadCalendar::Date(name.to_owned());
        let date: Date = name.parse().map_err(|_| wrong())?;
        let midnight = |date: Date| {
            let at_ms = date.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond();
            u64::try_from(at_ms).ok().map(Time)
        };
        let next = date.tomorrow().map_err(|_| wrong())?;
        let (from, until) = midnight(date).zip(midnight(next)).ok_or_else(wrong)?;
        Ok(Day { from, until })
    }

    /// What people of a time zone call the day of a moment: `2026-03-02`.
    pub fn name(zone: &str, moment: Time) -> Result<String, BadCalendar> {
        let zone = TimeZone::get(zone).map_err(|_| BadCalendar::Zone(zone.to_owned()))?;
        let at_ms = i64::try_from(moment.0).unwrap_or(i64::MAX);
        let moment = Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::MAX);
        Ok(zone.to_datetime(moment).date().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::Day;
    use crate::{BadCalendar, Time};

    const HOUR_MS: u64 = 3_600_000;

    #[test]
    fn a_day_runs_from_midnight_to_midnight_of_its_place() {
        let utc = Day::of("UTC", "1970-01-02").expect("a day");
        assert_eq!((utc.from, utc.until), (Time(24 * HOUR_MS), Time(48 * HOUR_MS)));
        let tallinn = Day::of("Europe/Tallinn", "2026-11-27").expect("a day");
        let there = Day::of("UTC", "2026-11-27").expect("a day");
        assert_eq!(there.from.0 - tallinn.from.0, 2 * HOUR_MS);
        for (date, hours) in [("2026-03-29", 23), ("2026-10-25", 25), ("2026-10-26", 24)] {
            let day = Day::of("Europe/Tallinn", date).expect("a day");
            assert_eq!(day.until.0 - day.from.0, hours * HOUR_MS, "{date}");
            for (moment, named) in [(day.from, true), (day.until, false)] {
                let name = Day::name("Europe/Tallinn", moment).expect("a name");
                assert_eq!(name == date, named, "{date} {name}");
            }
        }
    }

    #[test]
    fn what_is_no_day_or_no_place_is_told() {
        for date in ["2026-02-30", "yesterday", "", "1969-12-31"] {
            assert_eq!(Day::of("UTC", date), Err(BadCalendar::Date(date.to_owned())));
        }
        let zone = "Europe/Tallin".to_owned();
        assert_eq!(Day::of(&zone, "2026-03-02"), Err(BadCalendar::Zone(zone)));
    }
}
