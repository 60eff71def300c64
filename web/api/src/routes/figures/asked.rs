//! What is asked for: days, whose figures, and by what they are told apart.

use acd::{AgentId, Day, GroupId, Time};
use serde::Deserialize;
use stats::{Cell, Limits};
use store::zone_of;
use utoipa::IntoParams;

use crate::app::App;
use crate::clock::now_ms;
use crate::problem::Problem;

/// Days of one answer: a year and the day after it.
const DAYS_MAX: u64 = 367;
/// Days that are folded from the journal itself: what goes on is counted to the second. More are
/// read from the rows that are kept beside it, which are a minute behind.
const FOLDED_DAYS_MAX: u64 = 7;
const DAY_MS: u64 = 86_400_000;
/// Clocks that are changed make a span longer than its days.
const CLOCKS_MS: u64 = 2 * 3_600_000;
/// No limit of a figure is longer than a working day.
const LIMIT_MS_MAX: u64 = 8 * 3_600_000;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FiguresAsked {
    /// The first day, `2026-03-01`; today when left out. Days are those of the company's time zone.
    from: Option<String>,
    /// The last day, itself counted; the first when left out. At most 367 days.
    /// More than seven are read from rows that are a minute behind.
    to: Option<String>,
    /// What rows are told apart by: `group`, `person`, `day`, `weekday` and `hour`, with commas
    /// between them. Left out: one row for the company.
    by: Option<String>,
    /// Only what concerns this group.
    group: Option<u64>,
    /// Only what concerns this person.
    person: Option<u64>,
    /// T, the time within which an answer is in time; 20000 when left out.
    in_time_ms: Option<u64>,
    /// s, below which whoever hangs up did not mean to wait; 5000 when left out.
    short_ms: Option<u64>,
    /// m, below which a talk is left out of averages; 10000 when left out.
    instant_ms: Option<u64>,
}

/// The same, checked.
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub(super) zone: String,
    /// As we write days.
    pub(super) from_day: String,
    pub(super) to_day: String,
    pub(super) from: Time,
    /// Never later than now.
    pub(super) to: Time,
    /// The last day is not over.
    pub(super) goes_on: bool,
    pub(super) by: By,
    pub(super) group: Option<GroupId>,
    pub(super) person: Option<AgentId>,
    pub(super) limits: Limits,
}

/// By what rows are told apart.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct By {
    pub(super) group: bool,
    pub(super) person: bool,
    pub(super) day: bool,
    pub(super) weekday: bool,
    pub(super) hour: bool,
}

/// What tells one row from the others.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Key {
    pub(super) day: Option<String>,
    pub(super) weekday: Option<u8>,
    pub(super) hour: Option<u8>,
    pub(super) group: Option<GroupId>,
    pub(super) person: Option<AgentId>,
}

impl FiguresAsked {
    pub(super) async fn checked(self, app: &App) -> Result<Question, Problem> {
        let zone = zone_of(&app.tenant.calendars().await?).to_owned();
        let now = Time(now_ms());
        let today = Day::name(&zone, now)?;
        let wrong = |field| Problem::unknown_value(field);
        let first = self.from.filter(|day| !day.is_empty()).unwrap_or(today);
        let last = self.to.filter(|day| !day.is_empty()).unwrap_or_else(|| first.clone());
        let from = Day::of(&zone, &first).map_err(|_| wrong("/from"))?.from;
        let until = Day::of(&zone, &last).map_err(|_| wrong("/to"))?.until;
        if until <= from || until.0 - from.0 > DAYS_MAX * DAY_MS + CLOCKS_MS {
            return Err(wrong("/to"));
        }
        let limit = |asked: Option<u64>, usual, field| match asked {
            Some(ms) if ms > LIMIT_MS_MAX => Err(wrong(field)),
            asked => Ok(asked.unwrap_or(usual)),
        };
        let usual = Limits::default();
        Ok(Question {
            by: By::read(self.by.as_deref().unwrap_or_default()).ok_or_else(|| wrong("/by"))?,
            from_day: Day::name(&zone, from)?,
            to_day: Day::name(&zone, Time(until.0 - 1))?,
            goes_on: until > now,
            from: from.min(now),
            to: until.min(now),
            zone,
            group: self.group.map(GroupId),
            person: self.person.map(AgentId),
            limits: Limits {
                in_time_ms: limit(self.in_time_ms, usual.in_time_ms, "/in_time_ms")?,
                short_ms: limit(self.short_ms, usual.short_ms, "/short_ms")?,
                instant_ms: limit(self.instant_ms, usual.instant_ms, "/instant_ms")?,
            },
        })
    }
}

impl By {
    /// `None` when a word is none of ours, or is there twice.
    fn read(words: &str) -> Option<By> {
        let mut by = By::default();
        for word in words.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            let asked = match word {
                "group" => &mut by.group,
                "person" => &mut by.person,
                "day" => &mut by.day,
                "weekday" => &mut by.weekday,
                "hour" => &mut by.hour,
                _ => return None,
            };
            if std::mem::replace(asked, true) {
                return None;
            }
        }
        Some(by)
    }
}

impl Question {
    /// Whether the rows that are kept beside the journal will do: they are of the usual limits.
    pub(super) fn is_kept(&self) -> bool {
        let span_ms = self.to.0 - self.from.0;
        self.limits == Limits::default() && span_ms > FOLDED_DAYS_MAX * DAY_MS + CLOCKS_MS
    }

    /// The row that a cell belongs to; `None` when it was not asked for.
    pub(super) fn key(&self, cell: &Cell) -> Option<Key> {
        let is_asked = |asked: Option<u64>, is: Option<u64>| asked.is_none() || asked == is;
        let (group, agent) = (cell.group.map(|it| it.0), cell.agent.map(|it| it.0));
        if !is_asked(self.group.map(|it| it.0), group) {
            return None;
        }
        if !is_asked(self.person.map(|it| it.0), agent) {
            return None;
        }
        // Rows of people are made of people's cells, rows of groups of groups'.
        if self.by.person && agent.is_none() || self.by.group && group.is_none() {
            return None;
        }
        Some(Key {
            day: self.by.day.then(|| cell.wall.date.to_string()),
            weekday: self.by.weekday.then_some(cell.wall.weekday),
            hour: self.by.hour.then_some(cell.wall.hour),
            group: cell.group.filter(|_| self.by.group),
            person: cell.agent.filter(|_| self.by.person),
        })
    }
}
