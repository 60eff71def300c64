//! Clocks on the wall of the places where made-up days are lived, and calendars by the minute.

use acd::{Calendar, Span, Time};

const MINUTE_MS: u64 = 60_000;
const DAY_MIN: i64 = 24 * 60;

/// The summer of 1970 in New York: from two o'clock of the last Sunday in April until two o'clock
/// of the last Sunday in October, in hours since the year began in UTC.
const SUMMER_H: std::ops::Range<u64> = (115 * 24 + 7)..(297 * 24 + 6);

/// What the clocks of a place show above UTC, in minutes. Days are made up in these places only.
fn offset_min(zone: &str, at: Time) -> i64 {
    let summer = SUMMER_H.contains(&(at.0 / (60 * MINUTE_MS)));
    match zone {
        "Asia/Kolkata" => 5 * 60 + 30,
        "America/New_York" if summer => -4 * 60,
        "America/New_York" => -5 * 60,
        _ => 0,
    }
}

/// The day of the date, by counting months; stories are told in 1970 and about.
fn date(day: i64) -> String {
    if day < 0 {
        return format!("1969-12-{}", 32 + day);
    }
    let (mut year, mut rest) = (1970, day);
    loop {
        let february = if year % 4 == 0 { 29 } else { 28 };
        for (month, length) in (1..).zip([31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
            if rest < length {
                return format!("{year}-{month:02}-{:02}", rest + 1);
            }
            rest -= length;
        }
        year += 1;
    }
}

/// Whether a calendar is open at a moment.
pub(super) fn is_open(calendar: &Calendar, at: Time) -> bool {
    let minutes = i64::try_from(at.0 / MINUTE_MS).unwrap_or(i64::MAX);
    let wall = minutes + offset_min(calendar.zone(), at);
    let (day, minute) = (wall.div_euclid(DAY_MIN), wall.rem_euclid(DAY_MIN));
    let today = if calendar.dates().next().is_some() { date(day) } else { String::new() };
    let different = calendar.dates().find(|(date, _)| *date == today);
    // The first of January 1970 was a Thursday.
    let weekday = (day + 3).rem_euclid(7) as usize;
    let spans: &[Span] = different.map_or(&calendar.week()[weekday], |(_, spans)| spans);
    spans.iter().any(|span| i64::from(span.from) <= minute && minute < i64::from(span.to))
}
