//! The free agents who may take a call, one column per fact.

use std::cell::{OnceCell, RefCell};

use crate::host;

/// One free agent, written down: what a test makes a [`crate::Question`] of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Row {
    /// See [`Candidate::order`].
    pub order: u32,
    /// See [`Candidate::idle_ms`].
    pub idle_ms: u32,
    /// See [`Candidate::handled_today`].
    pub handled_today: u32,
    /// See [`Candidate::missed_today`].
    pub missed_today: u32,
    /// See [`Candidate::occupancy`].
    pub occupancy: f32,
    /// See [`Candidate::delay_ms`].
    pub delay_ms: u32,
    /// See [`Candidate::talk_ms_today`].
    pub talk_ms_today: u32,
    /// See [`Candidate::served_ms_ago`].
    pub served_ms_ago: Option<u32>,
    /// Pairs of name and level; see [`Candidate::skill_level`].
    pub skills: &'static [(&'static str, u8)],
    /// Pairs of indicator and figure; see [`Candidate::last_day`].
    pub last_day: &'static [(&'static str, f64)],
}

/// The free agents who may take the call, in the built-in order: the first is the one whom the
/// engine itself would choose. Never empty when the engine asks.
#[derive(Debug, Default)]
pub struct Candidates {
    count: OnceCell<u32>,
    order: OnceCell<Vec<u32>>,
    idle_ms: OnceCell<Vec<u32>>,
    handled_today: OnceCell<Vec<u32>>,
    missed_today: OnceCell<Vec<u32>>,
    occupancy: OnceCell<Vec<f32>>,
    delay_ms: OnceCell<Vec<u32>>,
    talk_ms_today: OnceCell<Vec<u32>>,
    served_ms_ago: OnceCell<Vec<u32>>,
    /// The skills asked for so far, and who has how much of each.
    skills: RefCell<Vec<(String, Vec<u8>)>>,
    /// The indicators asked for so far, and everybody's figure of each.
    last_day: RefCell<Vec<(String, Vec<Option<f64>>)>>,
}

/// What the host says of whoever has not served the caller.
const NEVER: u32 = u32::MAX;

impl Candidates {
    pub(crate) fn of(rows: &[Row]) -> Self {
        let column =
            |fact: fn(&Row) -> u32| OnceCell::from(rows.iter().map(fact).collect::<Vec<_>>());
        Self {
            count: OnceCell::from(u32::try_from(rows.len()).unwrap_or(u32::MAX)),
            order: column(|row| row.order),
            idle_ms: column(|row| row.idle_ms),
            handled_today: column(|row| row.handled_today),
            missed_today: column(|row| row.missed_today),
            occupancy: OnceCell::from(rows.iter().map(|row| row.occupancy).collect::<Vec<_>>()),
            delay_ms: column(|row| row.delay_ms),
            talk_ms_today: column(|row| row.talk_ms_today),
            served_ms_ago: column(|row| row.served_ms_ago.unwrap_or(NEVER)),
            skills: RefCell::new(by_name(rows, |row| row.skills, |level| level)),
            last_day: RefCell::new(by_name(rows, |row| row.last_day, Some)),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u32 {
        *self.count.get_or_init(host::count)
    }

    /// The candidate at a position, if there is one.
    #[must_use]
    pub fn get(&self, position: u32) -> Option<Candidate<'_>> {
        (position < self.count()).then_some(Candidate { all: self, position })
    }

    /// All of them, in the built-in order.
    pub fn iter(&self) -> impl Iterator<Item = Candidate<'_>> {
        (0..self.count()).map(|position| Candidate { all: self, position })
    }

    /// Those of them who have the lowest order that anybody here has: when somebody is free whose
    /// main group this is, only such agents.
    pub fn first_in_order(&self) -> impl Iterator<Item = Candidate<'_>> {
        let lowest = self.get(0).map(Candidate::order);
        self.iter().filter(move |agent| Some(agent.order()) == lowest)
    }
}

/// Everything that anybody here has under a name, as columns.
fn by_name<T: Copy, C: Clone + Default>(
    rows: &[Row],
    named: fn(&Row) -> &'static [(&'static str, T)],
    cell: fn(T) -> C,
) -> Vec<(String, Vec<C>)> {
    let mut columns: Vec<(String, Vec<C>)> = Vec::new();
    for (position, row) in rows.iter().enumerate() {
        for &(name, value) in named(row) {
            let known = columns.iter().position(|(it, _)| it == name);
            let known = known.unwrap_or_else(|| {
                columns.push((name.to_owned(), vec![C::default(); rows.len()]));
                columns.len() - 1
            });
            columns[known].1[position] = cell(value);
        }
    }
    columns
}

/// The cell of a column that is fetched by name when it is first asked for. Outside the host a name
/// that nobody has is a column of nothing.
fn named_cell<C: Copy + Default>(
    columns: &RefCell<Vec<(String, Vec<C>)>>,
    name: &str,
    fetch: fn(&str) -> Vec<C>,
    position: u32,
) -> C {
    let mut columns = columns.borrow_mut();
    let known = columns.iter().position(|(it, _)| it == name);
    let known = known.unwrap_or_else(|| {
        columns.push((name.to_owned(), fetch(name)));
        columns.len() - 1
    });
    columns[known].1.get(position as usize).copied().unwrap_or_default()
}

/// One free agent.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    all: &'a Candidates,
    position: u32,
}

impl Candidate<'_> {
    /// The place among the candidates, from 0: what [`crate::Decision::Ring`] takes.
    #[must_use]
    pub fn position(self) -> u32 {
        self.position
    }

    /// The order of this group for the agent: 1 is the agent's main group. From the plan.
    #[must_use]
    pub fn order(self) -> u32 {
        self.of(self.all.order.get_or_init(host::order))
    }

    /// Milliseconds since the agent's last call, offer or log-on.
    #[must_use]
    pub fn idle_ms(self) -> u32 {
        self.of(self.all.idle_ms.get_or_init(host::idle_ms))
    }

    /// Calls the agent has talked today.
    #[must_use]
    pub fn handled_today(self) -> u32 {
        self.of(self.all.handled_today.get_or_init(host::handled_today))
    }

    /// Offers to the agent today that ended without an answer.
    #[must_use]
    pub fn missed_today(self) -> u32 {
        self.of(self.all.missed_today.get_or_init(host::missed_today))
    }

    /// Talk, ring and wrap-up as a share of the time logged on today, 0 to 1.
    #[must_use]
    pub fn occupancy(self) -> f32 {
        self.of(self.all.occupancy.get_or_init(host::occupancy))
    }

    /// The delay of the agent's membership in milliseconds: he serves only callers who have waited
    /// this long, and this caller has. 0: he serves everybody. From the plan.
    #[must_use]
    pub fn delay_ms(self) -> u32 {
        self.of(self.all.delay_ms.get_or_init(host::delay_ms))
    }

    /// Milliseconds the agent has talked today, in calls that have ended.
    #[must_use]
    pub fn talk_ms_today(self) -> u32 {
        self.of(self.all.talk_ms_today.get_or_init(host::talk_ms_today))
    }

    /// Milliseconds since the agent last answered this caller; what was before a restart of the
    /// server counts from the restart. `None`: never, longer ago than the server remembers (the
    /// last four agents of a caller, of which one outlives a restart), or the caller hides his
    /// number.
    #[must_use]
    pub fn served_ms_ago(self) -> Option<u32> {
        let ms = self.of(self.all.served_ms_ago.get_or_init(host::served_ms_ago));
        (ms != NEVER).then_some(ms)
    }

    /// How well the agent masters this skill, from 1 to 10. 0: he has not got it, or nobody has it.
    /// Capital and small letters differ. From the plan.
    #[must_use]
    pub fn skill_level(self, name: &str) -> u8 {
        named_cell(&self.all.skills, name, host::skill_level, self.position)
    }

    /// What the agent has achieved on the last closed day by this indicator of the company, in the
    /// indicator's unit; it stands still until the next day is closed. `None`: he has no value, or
    /// the company has no indicator of this name.
    #[must_use]
    pub fn last_day(self, indicator: &str) -> Option<f64> {
        named_cell(&self.all.last_day, indicator, host::last_day, self.position)
    }

    /// The agent's cell of a column. Every column is as long as there are candidates.
    fn of<T: Copy>(self, column: &[T]) -> T {
        column[self.position as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::{Candidate, Row};
    use crate::Question;

    #[test]
    fn a_question_of_rows_answers_with_what_the_rows_say() {
        let mari = Row { served_ms_ago: Some(7), skills: &[("billing", 7)], ..Row::default() };
        let last_day = &[("per_hour", 7.5)];
        let jaan = Row { delay_ms: 5, talk_ms_today: 6, order: 2, last_day, ..Row::default() };
        let question = Question::of(&[mari, jaan]);
        let agents = question.candidates();
        let all = |fact: fn(Candidate<'_>) -> u32| agents.iter().map(fact).collect::<Vec<_>>();
        assert_eq!(all(|it| it.skill_level("billing").into()), [7, 0]);
        assert_eq!(all(|it| it.skill_level("shouting").into()), [0, 0]);
        assert_eq!(all(|it| it.served_ms_ago().unwrap_or(99)), [7, 99]);
        assert_eq!(all(|it| it.delay_ms()), [0, 5]);
        assert_eq!(all(|it| it.talk_ms_today()), [0, 6]);
        let achieved = |name| agents.iter().map(|it| it.last_day(name)).collect::<Vec<_>>();
        assert_eq!(achieved("per_hour"), [None, Some(7.5)]);
        assert_eq!(achieved("unknown"), [None, None]);
        let first: Vec<u32> = agents.first_in_order().map(Candidate::position).collect();
        assert_eq!(first, [0]);
    }
}
