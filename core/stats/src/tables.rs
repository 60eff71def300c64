//! Rows by quarter of an hour, group and agent: every report is a sum of them.

use std::collections::BTreeMap;
use std::ops::{AddAssign, Range};

use acd::{AgentId, GroupId, Leave, Time};

use crate::ledger::{Book, Spent, Stretch};
use crate::presence::Standing;
use crate::quarter::{Place, Quarter, Wall};
use crate::{AgentFigures, GroupFigures, Hours};

/// What has been booked, by quarter. Rows are sums, so tables may be merged in any order, and a
/// quarter may be handed out in several parts: an interval is booked when it is over, and a talk
/// that ends at noon has parts in the quarters of the morning.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tables {
    quarters: BTreeMap<Quarter, Rows>,
}

/// The rows of one quarter. Where nothing was booked there is none.
#[derive(Clone, Debug, Default, PartialEq)]
struct Rows {
    lines: BTreeMap<GroupId, GroupFigures>,
    work: BTreeMap<(GroupId, AgentId), AgentFigures>,
    hours: BTreeMap<AgentId, Hours>,
}

/// Which row it is: of a group's line, of an agent's work for a group, or (without a group) of an
/// agent's hours.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Cell {
    pub wall: Wall,
    pub group: Option<GroupId>,
    pub agent: Option<AgentId>,
}

/// A row as plain numbers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Numbers {
    pub quarter: Quarter,
    pub group: Option<GroupId>,
    pub agent: Option<AgentId>,
    pub numbers: Vec<u64>,
}

/// The sum of some rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// Of lines. Nobody is waiting in it: that is a state and no sum.
    pub line: GroupFigures,
    /// Of agents' work and hours.
    pub work: AgentFigures,
}

impl Tables {
    /// The rows of some quarters, summed by a key: what has none is left out. Days and hours are
    /// those of the place.
    pub fn sum_by<K: Ord>(
        &self,
        quarters: Range<Quarter>,
        place: &Place,
        key: impl Fn(&Cell) -> Option<K>,
    ) -> BTreeMap<K, Tally> {
        let mut sums: BTreeMap<K, Tally> = BTreeMap::new();
        if quarters.is_empty() {
            return sums;
        }
        let mut add = |cell: Cell, part: Part<'_>| {
            if let Some(key) = key(&cell) {
                sums.entry(key).or_default().add(part);
            }
        };
        for (&quarter, rows) in self.quarters.range(quarters) {
            let wall = place.wall(quarter);
            for (&group, figures) in &rows.lines {
                add(Cell { wall, group: Some(group), agent: None }, Part::Line(figures));
            }
            for (&(group, agent), figures) in &rows.work {
                let cell = Cell { wall, group: Some(group), agent: Some(agent) };
                add(cell, Part::Work(figures));
            }
            for (&agent, hours) in &rows.hours {
                add(Cell { wall, group: None, agent: Some(agent) }, Part::Hours(*hours));
            }
        }
        sums
    }

    /// The whole company: callers who went from one group to another are offered once.
    pub fn company(&self, quarters: Range<Quarter>) -> Tally {
        let mut sums = self.sum_by(quarters, &Place::utc(), |_| Some(()));
        let tally = sums.remove(&()).unwrap_or_default();
        Tally { line: tally.line.of_all_groups(), ..tally }
    }

    /// Every group that has a row.
    pub fn groups(&self, quarters: Range<Quarter>) -> BTreeMap<GroupId, Tally> {
        self.sum_by(quarters, &Place::utc(), |cell| cell.group)
    }

    /// Every agent who has a row, over all groups, with his hours.
    pub fn agents(&self, quarters: Range<Quarter>) -> BTreeMap<AgentId, AgentFigures> {
        let sums = self.sum_by(quarters, &Place::utc(), |cell| cell.agent);
        sums.into_iter().map(|(agent, tally)| (agent, tally.work)).collect()
    }

    /// What each agent did for each group; hours belong to no group.
    pub fn agent_groups(
        &self,
        quarters: Range<Quarter>,
    ) -> BTreeMap<(AgentId, GroupId), AgentFigures> {
        let sums = self.sum_by(quarters, &Place::utc(), |cell| cell.agent.zip(cell.group));
        sums.into_iter().map(|(pair, tally)| (pair, tally.work)).collect()
    }

    /// Adds another's rows to these.
    pub fn merge(&mut self, other: &Tables) {
        for (&quarter, rows) in &other.quarters {
            *self.quarters.entry(quarter).or_default() += rows;
        }
    }

    /// Hands out what has been booked before a quarter, and forgets it. More may be booked there
    /// later, as long as something goes on that began before: it is handed out the next time.
    #[must_use]
    pub fn drain_before(&mut self, quarter: Quarter) -> Tables {
        let rest = self.quarters.split_off(&quarter);
        Tables { quarters: std::mem::replace(&mut self.quarters, rest) }
    }

    /// The quarters that have a row, in order.
    pub fn quarters(&self) -> impl DoubleEndedIterator<Item = Quarter> {
        self.quarters.keys().copied()
    }

    /// Every row as plain numbers, for whoever writes them down: without a group the hours of an
    /// agent, without an agent the line of a group.
    pub fn numbers(&self) -> impl Iterator<Item = Numbers> {
        self.quarters.iter().flat_map(|(&quarter, rows)| {
            let row = move |group, agent, numbers| Numbers { quarter, group, agent, numbers };
            let lines = rows.lines.iter().map(move |(&group, figures)| {
                row(Some(group), None, line_numbers(&mut figures.clone()).map(|it| *it).to_vec())
            });
            let work = rows.work.iter().map(move |(&(group, agent), figures)| {
                let numbers = work_numbers(&mut figures.clone()).map(|it| *it).to_vec();
                row(Some(group), Some(agent), numbers)
            });
            let hours = rows.hours.iter().map(move |(&agent, hours)| {
                row(None, Some(agent), hours_numbers(&mut hours.clone()).map(|it| *it).to_vec())
            });
            lines.chain(work).chain(hours)
        })
    }

    /// Adds a row that was written down.
    ///
    /// # Errors
    ///
    /// The row itself, when it is none of ours: of nobody, or with another number of numbers.
    pub fn add(&mut self, row: Numbers) -> Result<(), Numbers> {
        let mut sum = Rows::default();
        let slots: Vec<&mut u64> = match (row.group, row.agent) {
            (Some(group), None) => line_numbers(sum.lines.entry(group).or_default()).into(),
            (Some(group), Some(agent)) => {
                work_numbers(sum.work.entry((group, agent)).or_default()).into()
            }
            (None, Some(agent)) => hours_numbers(sum.hours.entry(agent).or_default()).into(),
            (None, None) => return Err(row),
        };
        if slots.len() != row.numbers.len() {
            return Err(row);
        }
        slots.into_iter().zip(&row.numbers).for_each(|(slot, number)| *slot = *number);
        *self.quarters.entry(row.quarter).or_default() += &sum;
        Ok(())
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        let rows = |it: &Rows| it.lines.len() + it.work.len() + it.hours.len();
        self.quarters.values().map(rows).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.quarters.is_empty()
    }

    fn rows(&mut self, at: Time) -> &mut Rows {
        self.quarters.entry(Quarter::of(at)).or_default()
    }

    /// Cuts a stretch at the borders of quarters.
    fn cut(&mut self, stretch: Stretch, mut book: impl FnMut(&mut Rows, u64)) {
        let Stretch { mut from, to } = stretch;
        while from < to {
            let until = Quarter::of(from).ends().min(to);
            book(self.rows(from), Stretch { from, to: until }.ms());
            from = until;
        }
    }
}

impl Book for Tables {
    fn entered(&mut self, at: Time, group: GroupId, from: Option<Leave>) {
        self.line(at, group, |it| it.enter_line(from));
    }

    fn line(&mut self, at: Time, group: GroupId, count: impl Fn(&mut GroupFigures)) {
        let figures = self.rows(at).lines.entry(group).or_default();
        count(figures);
        figures.waiting = 0;
    }

    fn work(&mut self, at: Time, of: (GroupId, AgentId), count: impl Fn(&mut AgentFigures)) {
        count(self.rows(at).work.entry(of).or_default());
    }

    fn spent(&mut self, stretch: Stretch, of: (GroupId, AgentId), on: Spent) {
        self.cut(stretch, |rows, ms| rows.work.entry(of).or_default().spent(ms, on));
    }

    fn present(&mut self, stretch: Stretch, agent: AgentId, standing: Standing) {
        // Of a night off nothing is kept.
        if standing != Standing::Off {
            self.cut(stretch, |rows, ms| {
                *rows.hours.entry(agent).or_default() += standing.hours(ms);
            });
        }
    }
}

impl AddAssign<&Rows> for Rows {
    fn add_assign(&mut self, other: &Rows) {
        for (&group, figures) in &other.lines {
            *self.lines.entry(group).or_default() += figures;
        }
        for (&of, figures) in &other.work {
            *self.work.entry(of).or_default() += figures;
        }
        for (&agent, hours) in &other.hours {
            *self.hours.entry(agent).or_default() += *hours;
        }
    }
}

/// The sums of a line in the order in which they are written down: it is never changed, and what is
/// new comes last.
fn line_numbers(it: &mut GroupFigures) -> [&mut u64; 16] {
    [
        &mut it.offered,
        &mut it.answered,
        &mut it.answered_in_time,
        &mut it.abandoned,
        &mut it.abandoned_in_time,
        &mut it.abandoned_short,
        &mut it.flowed_out,
        &mut it.left,
        &mut it.came_over,
        &mut it.came_refused,
        &mut it.called_back,
        &mut it.callbacks_failed,
        &mut it.refused,
        &mut it.answered_wait_ms,
        &mut it.talked_ms,
        &mut it.talks,
    ]
}

/// The same of somebody's work.
fn work_numbers(it: &mut AgentFigures) -> [&mut u64; 22] {
    [
        &mut it.handled,
        &mut it.missed,
        &mut it.rejected,
        &mut it.busy,
        &mut it.unreachable,
        &mut it.caller_left,
        &mut it.withdrawn,
        &mut it.rang_answered_ms,
        &mut it.rang_missed_ms,
        &mut it.rang_ms,
        &mut it.talks,
        &mut it.talked_ms,
        &mut it.held_ms,
        &mut it.short_talks,
        &mut it.short_talk_ms,
        &mut it.instant_hang_ups,
        &mut it.quick_transfers,
        &mut it.transfers,
        &mut it.ringing_ms,
        &mut it.talking_ms,
        &mut it.holding_ms,
        &mut it.wrap_up_ms,
    ]
}

/// The same of his hours.
fn hours_numbers(it: &mut Hours) -> [&mut u64; 4] {
    [&mut it.logged_on_ms, &mut it.break_ms, &mut it.idle_ms, &mut it.unreachable_ms]
}

/// What a row adds to a sum.
enum Part<'a> {
    Line(&'a GroupFigures),
    Work(&'a AgentFigures),
    Hours(Hours),
}

impl Tally {
    fn add(&mut self, part: Part<'_>) {
        match part {
            Part::Line(figures) => self.line += figures,
            Part::Work(figures) => self.work += figures,
            Part::Hours(hours) => self.work.add_hours(Some(hours)),
        }
    }
}

#[cfg(test)]
mod tests {
    use acd::{Activity, Actor, CallId, EndCause, Entry, Fact, Side, Wish};

    use super::*;
    use crate::{Intervals, Limits};

    const SALES: GroupId = GroupId(1);
    const SUPPORT: GroupId = GroupId(2);
    const MARI: AgentId = AgentId(7);
    const CALL: CallId = CallId(1);
    const MINUTE: u64 = 60_000;

    fn folded(facts: &[(u64, Fact)]) -> Intervals {
        let mut intervals = Intervals::new(Limits::default());
        facts.iter().for_each(|(at, fact)| intervals.fold(Time(at * MINUTE), fact));
        intervals
    }

    fn entered(group: GroupId, why: Entry) -> Fact {
        let since = Time(0);
        Fact::QueueEntered { call: CALL, group, priority: 0, place: 1, why, since, by: None }
    }

    fn left(group: GroupId, leave: Leave, minutes: u64) -> Fact {
        Fact::QueueLeft { call: CALL, group, leave, waited_ms: minutes * MINUTE }
    }

    fn one(quarter: u32) -> Range<Quarter> {
        Quarter(quarter)..Quarter(quarter + 1)
    }

    #[test]
    fn seconds_are_booked_where_they_are_spent_and_a_talk_where_it_ends() {
        let wish = Fact::AgentWish { agent: MARI, wish: Wish::On, by: Actor::Agent };
        let talking = Fact::AgentActivity { agent: MARI, activity: Activity::Talking };
        let talked = Fact::TalkEnded {
            call: CALL,
            group: SALES,
            agent: MARI,
            by: Side::Caller,
            cause: EndCause::HungUp,
            talked_ms: 25 * MINUTE,
        };
        let intervals = folded(&[
            (0, wish),
            (10, Fact::TalkStarted { call: CALL, group: SALES, agent: MARI }),
            (10, talking),
            (14, Fact::HoldStarted { call: CALL, by: Side::Agent }),
            (16, Fact::HoldEnded { call: CALL, by: Side::Agent }),
            (35, talked),
        ]);
        let mari = |quarter| intervals.tables().agents(one(quarter))[&MARI].clone();
        let minutes = |it: AgentFigures| {
            let hours = it.hours.unwrap_or_default();
            [it.talking_ms, it.holding_ms, hours.logged_on_ms, it.talked_ms].map(|ms| ms / MINUTE)
        };
        assert_eq!(minutes(mari(0)), [4, 1, 15, 0]);
        assert_eq!(minutes(mari(1)), [14, 1, 15, 0]);
        assert_eq!(minutes(mari(2)), [5, 0, 5, 25]);
        assert_eq!((mari(1).talks, mari(2).talks, mari(2).held_ms), (0, 1, 2 * MINUTE));
    }

    #[test]
    fn an_answer_is_booked_where_it_is_answered() {
        let intervals =
            folded(&[(14, entered(SALES, Entry::Arrival)), (16, left(SALES, Leave::Answered, 2))]);
        let sales = |quarter| intervals.tables().groups(one(quarter))[&SALES].line.clone();
        assert_eq!((sales(0).offered, sales(0).answered, sales(0).unattended()), (1, 0, None));
        assert_eq!((sales(1).offered, sales(1).answered, sales(1).unattended()), (0, 1, Some(0.0)));
    }

    #[test]
    fn a_caller_who_goes_from_one_group_to_the_next_is_offered_to_the_company_once() {
        let sent_on = |leave| {
            folded(&[
                (0, entered(SALES, Entry::Arrival)),
                (1, left(SALES, leave, 1)),
                (1, entered(SUPPORT, Entry::Overflow)),
                (2, left(SUPPORT, Leave::Answered, 1)),
            ])
        };
        for leave in [Leave::Overflow, Leave::Key, Leave::Moved, Leave::Refused] {
            let intervals = sent_on(leave);
            let groups = intervals.tables().groups(one(0));
            assert_eq!((groups[&SALES].line.offered, groups[&SUPPORT].line.offered), (1, 1));
            assert_eq!(groups[&SALES].line.unattended(), Some(1.0), "{leave:?}");
            let company = intervals.tables().company(one(0)).line;
            let (lost, gone) = (company.flowed_out, company.refused);
            assert_eq!((company.offered, company.answered, lost, gone), (1, 1, 0, 0), "{leave:?}");
            assert_eq!(company.unattended(), Some(0.0), "{leave:?}");
        }
    }

    #[test]
    fn a_caller_sent_to_an_outside_number_has_flowed_out_of_the_company() {
        let diverted = Fact::CallDiverted { call: CALL, group: SALES, number: "5551".to_owned() };
        let intervals = folded(&[
            (0, entered(SALES, Entry::Arrival)),
            (1, left(SALES, Leave::Overflow, 1)),
            (1, diverted),
            (1, Fact::PlanChanged { version: 2 }),
        ]);
        let company = intervals.tables().company(one(0)).line;
        assert_eq!((company.offered, company.flowed_out), (1, 1));
        assert_eq!(company.service_level_by(crate::Formula::OfAllAndFlowedOut), Some(0.0));
    }

    #[test]
    fn days_and_hours_of_a_place_are_sums_of_quarters() {
        // In 1970 Tallinn was three hours ahead of UTC: its days began at 21:00.
        let at = |hours: u64| hours * 60;
        let intervals = folded(&[
            (at(21), entered(SALES, Entry::Arrival)),
            (at(22), left(SALES, Leave::Answered, 60)),
        ]);
        let place = Place::new("Europe/Tallinn").unwrap();
        let all = Quarter(0)..Quarter(u32::MAX);
        let days = intervals
            .tables()
            .sum_by(all, &place, |cell| Some((cell.wall.date.to_string(), cell.wall.hour)));
        let days: Vec<_> =
            days.iter().map(|((date, hour), it)| (date.as_str(), *hour, it.line.offered)).collect();
        assert_eq!(days, [("1970-01-02", 0, 1), ("1970-01-02", 1, 0)]);
    }
}
