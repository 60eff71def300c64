//! Figures of a queue: what was offered, answered and lost, and how fast.

use std::ops::AddAssign;

use acd::Leave;

use crate::agent::share;

/// The limits that the company chooses; printed beside every figure that uses them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Limits {
    /// T: an answer within this time is in time.
    pub in_time_ms: u64,
    /// s: whoever hangs up sooner did not mean to wait.
    pub short_ms: u64,
    /// m: a talk below this is short. Averages leave it out: instant hang-ups must not win.
    pub instant_ms: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { in_time_ms: 20_000, short_ms: 5_000, instant_ms: 10_000 }
    }
}

/// Which service level is meant; chosen per company and named in every heading.
///
/// A answered, B abandoned, `_T` within the time limit, `B_s` short abandons, F flow-outs.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub enum Formula {
    /// `A_T / A`
    OfAnswered,
    /// `A_T / (A + B)`: strict, the default.
    #[default]
    OfAll,
    /// `A_T / (A + B − B_s)`
    LessShort,
    /// `A_T / (A + B − B_T)`
    LessAbandonedInTime,
    /// `(A_T + B_T) / (A + B)`
    WithAbandonedInTime,
    /// `(A_T + B_s) / (A + B)`
    WithShort,
    /// `A_T / (A + B + F)`
    OfAllAndFlowedOut,
}

/// Figures of one group (or of all) over one period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupFigures {
    /// O: entered the group.
    pub offered: u64,
    /// A: answered by a person.
    pub answered: u64,
    /// `A_T`: answered within the time limit.
    pub answered_in_time: u64,
    /// B: the caller gave up.
    pub abandoned: u64,
    /// `B_T`: gave up within the time limit.
    pub abandoned_in_time: u64,
    /// `B_s`: gave up within the short-abandon limit.
    pub abandoned_short: u64,
    /// F: left the group for another place.
    pub flowed_out: u64,
    /// Left the group, however. Ratios are of these and not of those who entered: who waits is
    /// neither lost nor served yet.
    pub left: u64,
    /// Of those offered: had just flowed out of another group, …
    pub came_over: u64,
    /// … or were sent on by another group that had turned them away while they waited.
    pub came_refused: u64,
    /// Was called back and talked with an agent.
    pub called_back: u64,
    /// Asked for a callback and could not be reached.
    pub callbacks_failed: u64,
    /// Turned away, at the door or later (removed, closed or waited too long); shown beside the
    /// rest.
    pub refused: u64,
    /// In line at this moment; the only figure that a new day does not reset.
    pub waiting: u64,
    /// Sum of the waits of the answered.
    pub answered_wait_ms: u64,
    /// Sum of the talks that have ended.
    pub talked_ms: u64,
    /// Talks that have ended.
    pub talks: u64,
}

impl Formula {
    /// All of them, with the letter by which the table of metrics calls each.
    pub const ALL: [(char, Formula); 7] = [
        ('a', Formula::OfAnswered),
        ('b', Formula::OfAll),
        ('c', Formula::LessShort),
        ('d', Formula::LessAbandonedInTime),
        ('e', Formula::WithAbandonedInTime),
        ('f', Formula::WithShort),
        ('g', Formula::OfAllAndFlowedOut),
    ];
}

impl AddAssign<&GroupFigures> for GroupFigures {
    fn add_assign(&mut self, other: &GroupFigures) {
        self.offered += other.offered;
        self.answered += other.answered;
        self.answered_in_time += other.answered_in_time;
        self.abandoned += other.abandoned;
        self.abandoned_in_time += other.abandoned_in_time;
        self.abandoned_short += other.abandoned_short;
        self.flowed_out += other.flowed_out;
        self.left += other.left;
        self.came_over += other.came_over;
        self.came_refused += other.came_refused;
        self.called_back += other.called_back;
        self.callbacks_failed += other.callbacks_failed;
        self.refused += other.refused;
        self.waiting += other.waiting;
        self.answered_wait_ms += other.answered_wait_ms;
        self.talked_ms += other.talked_ms;
        self.talks += other.talks;
    }
}

impl GroupFigures {
    /// Books an entry. `from`: how the caller has left another group at this very moment.
    pub(crate) fn enter_line(&mut self, from: Option<Leave>) {
        self.offered += 1;
        self.waiting += 1;
        match from {
            Some(Leave::Refused) => self.came_refused += 1,
            Some(_) => self.came_over += 1,
            None => (),
        }
    }

    /// Books what became of a caller.
    pub(crate) fn left_line(&mut self, limits: Limits, leave: Leave, waited_ms: u64) {
        // Saturating: who entered before the fold began was never counted as waiting.
        self.waiting = self.waiting.saturating_sub(1);
        self.left += 1;
        let in_time = u64::from(waited_ms <= limits.in_time_ms);
        match leave {
            Leave::Answered => {
                self.answered += 1;
                self.answered_in_time += in_time;
                self.answered_wait_ms += waited_ms;
            }
            Leave::Abandoned => {
                self.abandoned += 1;
                self.abandoned_in_time += in_time;
                self.abandoned_short += u64::from(waited_ms <= limits.short_ms);
            }
            Leave::Refused | Leave::TimedOut => self.refused += 1,
            Leave::Overflow | Leave::Key | Leave::Moved => self.flowed_out += 1,
            Leave::CalledBack => self.called_back += 1,
            Leave::CallbackFailed => self.callbacks_failed += 1,
        }
    }

    /// The sum of all groups as the whole company: a caller who goes from one line of ours straight
    /// to the next is offered once, and has not flowed out of the company.
    #[must_use]
    pub fn of_all_groups(self) -> GroupFigures {
        let both = self.came_over + self.came_refused;
        GroupFigures {
            offered: self.offered.saturating_sub(both),
            left: self.left.saturating_sub(both),
            flowed_out: self.flowed_out.saturating_sub(self.came_over),
            refused: self.refused.saturating_sub(self.came_refused),
            came_over: 0,
            came_refused: 0,
            ..self
        }
    }

    /// Average time to answer; `None` before the first answer.
    pub fn asa_ms(&self) -> Option<u64> {
        self.answered_wait_ms.checked_div(self.answered)
    }

    /// The default service level, between 0 and 1; `None` when nobody has left the line yet.
    pub fn service_level(&self) -> Option<f64> {
        self.service_level_by(Formula::default())
    }

    /// The service level by the formula the company chose, between 0 and 1.
    pub fn service_level_by(&self, formula: Formula) -> Option<f64> {
        let both = self.answered + self.abandoned;
        let (part, whole) = match formula {
            Formula::OfAnswered => (self.answered_in_time, self.answered),
            Formula::OfAll => (self.answered_in_time, both),
            Formula::LessShort => (self.answered_in_time, both - self.abandoned_short),
            Formula::LessAbandonedInTime => (self.answered_in_time, both - self.abandoned_in_time),
            Formula::WithAbandonedInTime => (self.answered_in_time + self.abandoned_in_time, both),
            Formula::WithShort => (self.answered_in_time + self.abandoned_short, both),
            Formula::OfAllAndFlowedOut => (self.answered_in_time, both + self.flowed_out),
        };
        share(part, whole)
    }

    /// `(B − B_s) / (O − B_s)`: the share that gave up after a real wait. O are those who have left
    /// the line.
    pub fn abandonment(&self) -> Option<f64> {
        let meant = self.left.saturating_sub(self.abandoned_short);
        share(self.abandoned.saturating_sub(self.abandoned_short), meant)
    }

    /// `(O − A − B_s − called back) / (O − B_s)`: the share that nobody served. O are those who
    /// have left the line: whoever still waits is not lost yet.
    pub fn unattended(&self) -> Option<f64> {
        let meant = self.left.saturating_sub(self.abandoned_short);
        share(meant.saturating_sub(self.answered + self.called_back), meant)
    }

    /// Average length of the talks that have ended.
    pub fn average_talk_ms(&self) -> Option<u64> {
        self.talked_ms.checked_div(self.talks)
    }
}

#[cfg(test)]
mod tests {
    use super::{Formula, GroupFigures};

    /// The worked example of the metrics table, to a tenth of a per cent.
    #[test]
    fn the_seven_service_levels_agree_with_the_worked_example() {
        let figures = GroupFigures {
            offered: 1_060,
            left: 1_060,
            answered: 1_000,
            answered_in_time: 860,
            abandoned: 60,
            abandoned_in_time: 20,
            abandoned_short: 10,
            ..GroupFigures::default()
        };
        let levels = Formula::ALL.map(|(_, formula)| {
            format!("{:.1}", 100.0 * figures.service_level_by(formula).unwrap())
        });
        assert_eq!(levels, ["86.0", "81.1", "81.9", "82.7", "83.0", "82.1", "81.1"]);
        assert_eq!(figures.service_level(), figures.service_level_by(Formula::OfAll));
        assert_eq!(format!("{:.4}", figures.abandonment().unwrap()), "0.0476");
    }

    #[test]
    fn a_group_without_calls_has_no_averages() {
        let figures = GroupFigures::default();
        assert_eq!(figures.asa_ms(), None);
        assert_eq!(figures.service_level(), None);
        assert_eq!(figures.abandonment(), None);
        assert_eq!(figures.unattended(), None);
        assert_eq!(figures.average_talk_ms(), None);
    }
}
