//! Opening hours: a week in a time zone, and days that are different.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;

use crate::Time;

/// How far ahead [`Calendar::next_turn`] looks: whoever is shut for longer is shut for ever.
const DAYS_AHEAD: i32 = 400;

/// Spans on one day; nobody opens and shuts more often.
pub const SPANS_MAX: usize = 10;

/// Days that are different; some years of holidays.
pub const DATES_MAX: usize = 400;

/// The last minute of a day is the first of the next: a span that ends here runs to midnight.
pub const MINUTES_OF_DAY: u16 = 24 * 60;

/// When something is open, on the clocks of one place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Calendar {
    zone: TimeZone,
    /// Monday first. Spans are in order and apart.
    week: [Vec<Span>; 7],
    /// Holidays and other days that do not follow the week; no spans is shut all day.
    dates: BTreeMap<Date, Vec<Span>>,
}

/// A stretch of one day in minutes after midnight by the clock on the wall, the end not included.
/// A night is two spans: until midnight, and from midnight.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Span {
    pub from: u16,
    pub to: u16,
}

/// Why a calendar cannot be.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum BadCalendar {
    /// Not in the time zone database (IANA), for example `Europe/Tallin`.
    Zone(String),
    /// A span that ends before it begins, runs past midnight or meets the one before it. Days of
    /// the week count from Monday, 0.
    WeekSpan { day: usize, span: Span },
    /// The same on a day that is different.
    DateSpan { date: String, span: Span },
    /// Not a day, for example `2026-02-30`.
    Date(String),
    /// More than [`SPANS_MAX`] spans on a day or [`DATES_MAX`] different days.
    TooMany,
}

impl fmt::Display for BadCalendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadCalendar::Zone(name) => write!(f, "there is no time zone `{name}`"),
            BadCalendar::WeekSpan { day, span } => {
                write!(f, "day {} of the week: {span} is not a span after the others", day + 1)
            }
            BadCalendar::DateSpan { date, span } => {
                write!(f, "{date}: {span} is not a span after the others")
            }
            BadCalendar::Date(date) => write!(f, "`{date}` is not a day"),
            BadCalendar::TooMany => write!(f, "too many spans or days"),
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = |minutes: u16| (minutes / 60, minutes % 60);
        let ((from_h, from_m), (to_h, to_m)) = (clock(self.from), clock(self.to));
        write!(f, "{from_h:02}:{from_m:02}-{to_h:02}:{to_m:02}")
    }
}

impl Calendar {
    /// A calendar of a place (an IANA name), its week from Monday on, and its different days
    /// (`2026-12-24`).
    pub fn new(
        zone: &str,
        week: [Vec<Span>; 7],
        dates: &[(String, Vec<Span>)],
    ) -> Result<Calendar, BadCalendar> {
        let zone = TimeZone::get(zone).map_err(|_| BadCalendar::Zone(zone.to_owned()))?;
        if dates.len() > DATES_MAX {
            return Err(BadCalendar::TooMany);
        }
        for (day, spans) in week.iter().enumerate() {
            check(spans, |span| BadCalendar::WeekSpan { day, span })?;
        }
        let mut different = BTreeMap::new();
        for (name, spans) in dates {
            let date: Date = name.parse().map_err(|_| BadCalendar::Date(name.clone()))?;
            check(spans, |span| BadCalendar::DateSpan { date: name.clone(), span })?;
            different.insert(date, spans.clone());
        }
        Ok(Calendar { zone, week, dates: different })
    }

    /// The place whose clocks it follows.
    pub fn zone(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// The week, Monday first.
    pub fn week(&self) -> &[Vec<Span>; 7] {
        &self.week
    }

    /// Days that do not follow the week, as `2026-12-24`.
    pub fn dates(&self) -> impl Iterator<Item = (String, &[Span])> {
        self.dates.iter().map(|(date, spans)| (date.to_string(), spans.as_slice()))
    }

    /// Whether it is open at a moment.
    pub fn is_open(&self, at: Time) -> bool {
        let local = self.zone.to_datetime(timestamp(at));
        let minute = local.hour() as u16 * 60 + local.minute() as u16;
        self.spans(local.date()).iter().any(|span| span.from <= minute && minute < span.to)
    }

    /// The first moment after `at` at which it opens or shuts; `None` when it stays as it is for
    /// more than a year.
    pub fn next_turn(&self, at: Time) -> Option<Time> {
        let open = self.is_open(at);
        let today = self.zone.to_datetime(timestamp(at)).date();
        let mut date = today;
        for _ in 0..DAYS_AHEAD {
            let turn = self.borders(date).find(|&turn| turn > at && self.is_open(turn) != open);
            if turn.is_some() {
                return turn;
            }
            date = date.tomorrow().ok()?;
        }
        None
    }

    /// The moments of a day at which the answer may change, in order: where spans begin and end,
    /// and where the clocks are changed.
    fn borders(&self, date: Date) -> impl Iterator<Item = Time> {
        let midnight = DateTime::from_parts(date, jiff::civil::Time::midnight());
        let clocks = self.zone.to_timestamp(midnight).ok().into_iter().flat_map(|start| {
            let day = jiff::SignedDuration::from_hours(26);
            let end = start.checked_add(day).unwrap_or(Timestamp::MAX);
            let changes = self.zone.following(start).map(|change| change.timestamp());
            changes.take_while(move |&change| change < end).map(time).collect::<Vec<_>>()
        });
        let spans = self.spans(date).iter().flat_map(|span| [span.from, span.to]);
        let walls = spans.flat_map(|minute| self.moments(date, minute));
        let mut borders: Vec<Time> = walls.chain(clocks).collect();
        borders.sort_unstable();
        borders.into_iter()
    }

    /// When the clock on the wall shows so many minutes after midnight: twice where the clocks are
    /// put back, and about then where they leave it out.
    fn moments(&self, date: Date, minute: u16) -> Vec<Time> {
        let next = date.tomorrow().ok();
        let date = if minute < MINUTES_OF_DAY { Some(date) } else { next };
        let minute = minute % MINUTES_OF_DAY;
        let (Some(date), Ok(hour), Ok(minute)) =
            (date, i8::try_from(minute / 60), i8::try_from(minute % 60))
        else {
            return Vec::new();
        };
        let wall = self.zone.to_ambiguous_timestamp(date.at(hour, minute, 0, 0));
        [wall.earlier(), wall.later()].into_iter().flatten().map(time).collect()
    }

    fn spans(&self, date: Date) -> &[Span] {
        match self.dates.get(&date) {
            Some(spans) => spans,
            None => &self.week[day_of_week(date.weekday())],
        }
    }
}

fn day_of_week(day: Weekday) -> usize {
    usize::try_from(day.to_monday_zero_offset()).unwrap_or(0)
}

fn check(spans: &[Span], wrong: impl Fn(Span) -> BadCalendar) -> Result<(), BadCalendar> {
    if spans.len() > SPANS_MAX {
        return Err(BadCalendar::TooMany);
    }
    let mut free_from = 0;
    for &span in spans {
        if span.from < free_from || span.to <= span.from || span.to > MINUTES_OF_DAY {
            return Err(wrong(span));
        }
        free_from = span.to;
    }
    Ok(())
}

fn timestamp(at: Time) -> Timestamp {
    let ms = i64::try_from(at.0).unwrap_or(i64::MAX);
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::MAX)
}

fn time(at: Timestamp) -> Time {
    Time(u64::try_from(at.as_millisecond()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::{BadCalendar, Calendar, MINUTES_OF_DAY, Span};
    use crate::Time;

    fn at(moment: &str) -> Time {
        let moment: jiff::Timestamp = moment.parse().expect("a moment");
        super::time(moment)
    }

    fn weekdays(from: u16, to: u16) -> [Vec<Span>; 7] {
        std::array::from_fn(|day| if day < 5 { vec![Span { from, to }] } else { Vec::new() })
    }

    fn tallinn(week: [Vec<Span>; 7], dates: &[(&str, &[Span])]) -> Calendar {
        let dates: Vec<(String, Vec<Span>)> =
            dates.iter().map(|&(date, spans)| (date.to_owned(), spans.to_vec())).collect();
        Calendar::new("Europe/Tallinn", week, &dates).expect("a calendar")
    }

    #[test]
    fn an_office_opens_at_nine_by_its_own_clocks_in_winter_and_in_summer() {
        let office = tallinn(weekdays(9 * 60, 17 * 60), &[]);
        assert!(!office.is_open(at("2026-01-12T06:59:59Z")));
        assert!(office.is_open(at("2026-01-12T07:00:00Z")));
        assert!(office.is_open(at("2026-07-13T06:00:00Z")));
        assert!(!office.is_open(at("2026-07-13T14:00:00Z")));
        assert_eq!(office.next_turn(at("2026-07-13T06:00:00Z")), Some(at("2026-07-13T14:00:00Z")));
    }

    #[test]
    fn friday_evening_looks_ahead_to_monday_and_past_a_holiday() {
        let short = [Span { from: 9 * 60, to: 12 * 60 }];
        let office = tallinn(
            weekdays(9 * 60, 17 * 60),
            &[("2026-12-24", &[]), ("2026-12-25", &[]), ("2026-12-23", &short)],
        );
        assert_eq!(office.next_turn(at("2026-11-27T18:00:00Z")), Some(at("2026-11-30T07:00:00Z")));
        assert_eq!(office.next_turn(at("2026-12-23T08:00:00Z")), Some(at("2026-12-23T10:00:00Z")));
        assert_eq!(office.next_turn(at("2026-12-23T11:00:00Z")), Some(at("2026-12-28T07:00:00Z")));
    }

    #[test]
    fn a_span_that_the_clocks_leave_out_never_opens_and_one_they_repeat_opens_twice() {
        let mut night: [Vec<Span>; 7] = Default::default();
        night[6] = vec![Span { from: 3 * 60 + 30, to: 3 * 60 + 45 }];
        let night = tallinn(night, &[]);
        // 29 March 2026: 03:00 becomes 04:00.
        assert_eq!(night.next_turn(at("2026-03-28T12:00:00Z")), Some(at("2026-04-05T00:30:00Z")));
        // 25 October 2026: 04:00 becomes 03:00.
        assert_eq!(night.next_turn(at("2026-10-24T12:00:00Z")), Some(at("2026-10-25T00:30:00Z")));
        assert_eq!(night.next_turn(at("2026-10-25T00:45:00Z")), Some(at("2026-10-25T01:30:00Z")));
    }

    #[test]
    fn round_the_clock_never_turns() {
        let always = std::array::from_fn(|_| vec![Span { from: 0, to: MINUTES_OF_DAY }]);
        assert_eq!(tallinn(always, &[]).next_turn(at("2026-01-01T00:00:00Z")), None);
        assert_eq!(tallinn(Default::default(), &[]).next_turn(at("2026-01-01T00:00:00Z")), None);
    }

    #[test]
    fn a_calendar_that_cannot_be_names_what_is_wrong() {
        let none = Default::default;
        let wrong = |zone, week, dates: &[(String, Vec<Span>)]| {
            Calendar::new(zone, week, dates).expect_err("a bad calendar").to_string()
        };
        assert_eq!(wrong("Europe/Tallin", none(), &[]), "there is no time zone `Europe/Tallin`");
        let dates = [("2026-02-30".to_owned(), Vec::new())];
        assert_eq!(wrong("Europe/Tallinn", none(), &dates), "`2026-02-30` is not a day");
        let backwards = weekdays(17 * 60, 9 * 60);
        assert_eq!(
            Calendar::new("UTC", backwards, &[]),
            Err(BadCalendar::WeekSpan { day: 0, span: Span { from: 17 * 60, to: 9 * 60 } })
        );
    }
}
