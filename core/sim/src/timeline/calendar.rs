//! Reads calendars: spans of a day, of days of the week, of dates, on the clocks of a place.

use acd::{BadCalendar, Calendar, CalendarId, MINUTES_OF_DAY, Span};

use crate::timeline::read::{Reader, Wrong, is_name};

const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Reader {
    /// `office in=Europe/Tallinn 09:00-17:00 fri=09:00-12:00,13:00-15:00 sun=shut 1970-01-06=shut`
    ///
    /// Spans that stand alone are those of every day; without a place clocks are those of UTC. A
    /// story begins at midnight UTC of the first of January 1970, a Thursday.
    pub(super) fn calendar_line<'a>(
        &mut self,
        name: &'a str,
        words: &[&'a str],
    ) -> Result<(), Wrong<'a>> {
        let (mut zone, mut every_day) = ("UTC", Vec::new());
        let (mut days, mut dates) = (Vec::new(), Vec::new());
        for word in words {
            let wrong = (*word, "not a span like `09:00-17:30`");
            match word.split_once('=') {
                None => every_day.push(clock_span(word).ok_or(wrong)?),
                Some(("in", place)) => zone = place,
                Some((day, its)) => {
                    let its = spans(its).ok_or(wrong)?;
                    match WEEK.iter().position(|it| *it == day) {
                        Some(nth) => days.push((nth, its)),
                        None => dates.push((day.to_owned(), its)),
                    }
                }
            }
        }
        let mut week: [Vec<Span>; 7] = std::array::from_fn(|_| every_day.clone());
        for (nth, its) in days {
            week[nth] = its;
        }
        let calendar = Calendar::new(zone, week, &dates).map_err(|bad| match bad {
            BadCalendar::Zone(_) => (name, "no such place is in the time zone database"),
            BadCalendar::Date(_) => (name, "days are `mon` to `sun` and dates like `1970-12-24`"),
            BadCalendar::WeekSpan { .. } | BadCalendar::DateSpan { .. } => {
                (name, "spans must be in order and apart")
            }
            BadCalendar::TooMany => (name, "too many spans or dates"),
        })?;
        if !is_name(name) {
            return Err((name, "not a name"));
        }
        let next = CalendarId(self.scene.calendars.len() as u64 + 1);
        let id = *self.scene.calendars.entry(name.to_owned()).or_insert(next);
        self.scene.plan.calendars.insert(id, calendar);
        Ok(())
    }

    pub(super) fn calendar(&self, name: &str) -> Option<CalendarId> {
        self.scene.calendars.get(name).copied()
    }
}

/// `shut`, or spans with commas between them.
fn spans(words: &str) -> Option<Vec<Span>> {
    match words {
        "shut" => Some(Vec::new()),
        words => words.split(',').map(clock_span).collect(),
    }
}

fn clock_span(word: &str) -> Option<Span> {
    let (from, to) = word.split_once('-')?;
    Some(Span { from: minutes(from)?, to: minutes(to)? })
}

fn minutes(clock: &str) -> Option<u16> {
    let (hours, minutes) = clock.split_once(':')?;
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let all = hours.checked_mul(60)?.checked_add(minutes)?;
    (minutes < 60 && all <= MINUTES_OF_DAY).then_some(all)
}
