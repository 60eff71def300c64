//! Quarters of an hour, in which everything is counted, and what people of a place call them.

use std::fmt;
use std::ops::Range;

use acd::{BadCalendar, Time};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Days of every zone in use begin and end on a quarter of an hour UTC: offsets are whole quarters
/// since Liberia gave up the last other one in 1972.
pub const QUARTER_MS: u64 = 15 * 60 * 1_000;

/// A quarter of an hour, counted from the beginning of 1970, UTC.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Quarter(pub u32);

impl Quarter {
    /// The one that a moment lies in; it begins with its first millisecond.
    pub fn of(at: Time) -> Quarter {
        Quarter(u32::try_from(at.0 / QUARTER_MS).unwrap_or(u32::MAX))
    }

    pub fn begins(self) -> Time {
        Time(u64::from(self.0) * QUARTER_MS)
    }

    /// The next one begins here.
    pub fn ends(self) -> Time {
        self.next().begins()
    }

    pub fn next(self) -> Quarter {
        Quarter(self.0.saturating_add(1))
    }

    /// The quarters from a moment up to, and without, another; one that is touched counts whole.
    pub fn between(from: Time, to: Time) -> Range<Quarter> {
        let last = Quarter::of(to);
        Quarter::of(from)..if last.begins() < to { last.next() } else { last }
    }
}

/// A place by whose clocks days and hours are named.
#[derive(Clone, Debug, PartialEq)]
pub struct Place(TimeZone);

/// What the clock on the wall shows when a quarter begins.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Wall {
    pub date: Date,
    /// From 0 to 23. One that the clocks repeat has eight quarters, one that they leave out none.
    pub hour: u8,
    /// From 0, a Monday, to 6.
    pub weekday: u8,
}

/// A day by name; shown as `2026-03-29`.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Date(jiff::civil::Date);

impl Place {
    /// A place of the time zone database (IANA), for example `Europe/Tallinn`.
    pub fn new(zone: &str) -> Result<Place, BadCalendar> {
        let place = TimeZone::get(zone).map(Place);
        place.map_err(|_| BadCalendar::Zone(zone.to_owned()))
    }

    /// Where days begin at midnight UTC.
    pub fn utc() -> Place {
        Place(TimeZone::UTC)
    }

    pub fn wall(&self, quarter: Quarter) -> Wall {
        let at_ms = i64::try_from(quarter.begins().0).unwrap_or(i64::MAX);
        let moment = Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::MAX);
        let shown = self.0.to_datetime(moment);
        let weekday = shown.date().weekday().to_monday_zero_offset();
        Wall {
            date: Date(shown.date()),
            hour: u8::try_from(shown.hour()).unwrap_or(0),
            weekday: u8::try_from(weekday).unwrap_or(0),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use acd::{BadCalendar, Day};

    use super::*;

    /// How many quarters each hour of a day has, all 24 of them.
    fn quarters(zone: &str, day: &str) -> [usize; 24] {
        let place = Place::new(zone).unwrap();
        let Day { from, until } = Day::of(zone, day).unwrap();
        assert_eq!((from.0 % QUARTER_MS, until.0 % QUARTER_MS), (0, 0), "{zone}");
        let mut hours = [0; 24];
        // A day before and a day after: nobody else's quarters have its name.
        let around = Quarter::of(Time(from.0 - 100 * QUARTER_MS)).0..Quarter::of(until).0 + 100;
        for quarter in around.map(Quarter) {
            let wall = place.wall(quarter);
            let inside = from <= quarter.begins() && quarter.begins() < until;
            assert_eq!(wall.date.to_string() == day, inside, "{quarter:?}");
            hours[usize::from(wall.hour)] += usize::from(inside);
        }
        hours
    }

    #[test]
    fn the_days_of_the_two_clock_changes_have_23_and_25_hours() {
        let spring = quarters("Europe/Tallinn", "2026-03-29");
        let autumn = quarters("Europe/Tallinn", "2026-10-25");
        assert_eq!((spring.iter().sum::<usize>(), spring[3]), (23 * 4, 0));
        assert_eq!((autumn.iter().sum::<usize>(), autumn[3]), (25 * 4, 8));
        assert_eq!(quarters("Europe/Tallinn", "2026-03-30"), [4; 24]);
    }

    #[test]
    fn places_that_are_half_an_hour_or_a_quarter_apart_have_whole_quarters() {
        for zone in ["Asia/Kolkata", "Asia/Kathmandu", "Australia/Eucla"] {
            assert_eq!(quarters(zone, "2026-05-05"), [4; 24], "{zone}");
        }
        // Lord Howe Island puts its clocks back by half an hour: 02:00 becomes 01:30.
        let howe = quarters("Australia/Lord_Howe", "2026-04-05");
        assert_eq!((howe.iter().sum::<usize>(), howe[1]), (98, 6));
    }

    #[test]
    fn every_day_of_every_year_belongs_to_one_name() {
        let place = Place::new("Europe/Tallinn").unwrap();
        let year = Day::of("Europe/Tallinn", "2026-01-01").unwrap().from;
        let mut days = BTreeMap::new();
        for quarter in (Quarter::of(year).0..).take(365 * 96).map(Quarter) {
            *days.entry(place.wall(quarter).date).or_insert(0) += 1;
        }
        assert_eq!(days.len(), 365);
        let odd = days.iter().filter(|(_, quarters)| **quarters != 96);
        let odd: Vec<String> = odd.map(|(date, quarters)| format!("{date} {quarters}")).collect();
        assert_eq!(odd, ["2026-03-29 92", "2026-10-25 100"]);
    }

    #[test]
    fn a_quarter_that_is_touched_counts_whole() {
        let minutes = |from: u64, to: u64| Quarter::between(Time(from * 60_000), Time(to * 60_000));
        assert_eq!(minutes(0, 15), Quarter(0)..Quarter(1));
        assert_eq!(minutes(14, 16), Quarter(0)..Quarter(2));
        assert!(minutes(15, 15).is_empty());
        assert_eq!(Place::new("Europe/Tallin"), Err(BadCalendar::Zone("Europe/Tallin".into())));
    }
}
