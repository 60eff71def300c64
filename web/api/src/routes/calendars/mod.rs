//! Calendars: opening hours and working days.

pub(crate) mod add;
pub(crate) mod change;
pub(crate) mod list;
pub(crate) mod remove;

use acd::Time;
use serde::{Deserialize, Serialize};
use store::Calendar;
use utoipa::ToSchema;

use crate::code::Code;
use crate::problem::Problem;

/// A calendar, and how it stands now.
#[derive(Serialize, ToSchema)]
pub(crate) struct CalendarOut {
    id: u64,
    name: String,
    /// An IANA name: `Europe/Tallinn`.
    zone: String,
    /// Seven days, Monday first.
    week: Vec<Vec<Span>>,
    dates: Vec<DateSpans>,
    open_now: bool,
    /// `null` when it never turns.
    #[schema(required)]
    next_turn_ms: Option<u64>,
}

/// Minutes after midnight, the end not included; 1440 is midnight.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
pub(crate) struct Span {
    from: u16,
    to: u16,
}

/// A day that does not follow the week; no spans is shut all day.
#[derive(Deserialize, Serialize, ToSchema)]
pub(crate) struct DateSpans {
    /// `2026-12-24`.
    date: String,
    spans: Vec<Span>,
}

impl CalendarOut {
    fn of(calendar: Calendar, now_ms: u64) -> Result<CalendarOut, Problem> {
        let engine = calendar.engine().map_err(|cause| Problem::internal(&cause))?;
        let dates = calendar.dates.into_iter();
        Ok(CalendarOut {
            id: calendar.id.0,
            name: calendar.name,
            zone: calendar.zone,
            week: calendar.week.into_iter().map(spans_out).collect(),
            dates: dates.map(|(date, day)| DateSpans { date, spans: spans_out(day) }).collect(),
            open_now: engine.is_open(Time(now_ms)),
            next_turn_ms: engine.next_turn(Time(now_ms)).map(|turn| turn.0),
        })
    }
}

fn spans_out(spans: Vec<acd::Span>) -> Vec<Span> {
    spans.into_iter().map(|span| Span { from: span.from, to: span.to }).collect()
}

fn spans(spans: Vec<Span>) -> Vec<acd::Span> {
    spans.into_iter().map(|span| acd::Span { from: span.from, to: span.to }).collect()
}

fn week(days: Vec<Vec<Span>>) -> Result<[Vec<acd::Span>; 7], Problem> {
    let days: Vec<Vec<acd::Span>> = days.into_iter().map(spans).collect();
    days.try_into().map_err(|_| Problem::unacceptable("/week", Code::Malformed))
}

fn dates(dates: Vec<DateSpans>) -> Vec<(String, Vec<acd::Span>)> {
    dates.into_iter().map(|day| (day.date, spans(day.spans))).collect()
}
