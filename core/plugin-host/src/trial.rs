//! A plugin that a group tries out beside what decides for it.

use std::collections::VecDeque;

use acd::{AgentId, CallId, Choice, Question, Reply, Time};

use crate::failures::Failures;
use crate::limits::{DIFFERENCES_MAX, TRIAL_HOURS};
use crate::seat::{Occasion, Seat};
use crate::shadows::{Answered, Asked, Shadows};
use crate::{Health, Kept, Plugin};

/// A plugin to be tried out.
#[derive(Clone, Debug)]
pub struct Trial {
    pub plugin: Plugin,
    pub stage: Stage,
}

/// How far a trial has come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stage {
    /// It is asked after each decision, and decides nothing.
    Shadow,
    /// It decides for so many calls in a hundred.
    Share(u8),
}

/// A plugin on trial, and how it has done.
#[derive(Debug)]
pub struct OnTrial {
    seat: Seat,
    stage: Stage,
    /// No other trial of this process has it.
    number: u64,
    record: Record,
}

/// A trial's figures since it began.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Record {
    pub total: Tally,
    /// The last [`TRIAL_HOURS`], oldest first; an hour without a decision has no entry.
    pub hours: VecDeque<Hour>,
    /// The last [`DIFFERENCES_MAX`], oldest first.
    pub differences: VecDeque<Difference>,
}

/// The figures of one hour.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Hour {
    /// Since 1970.
    pub hour: u64,
    pub tally: Tally,
}

/// Decisions of the group, by what became of them in the trial.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    /// The plugin was asked: the next three together, and answers of a share that are compared with
    /// nothing.
    pub asked: u64,
    /// It chose what was decided.
    pub same: u64,
    /// It would have chosen otherwise.
    pub different: u64,
    /// It gave no usable answer.
    pub failed: u64,
    /// It was not asked: the call was not of its share, it is suspended, or shadows had had their
    /// part of the time.
    pub left: u64,
}

/// A decision that a shadow would have taken otherwise.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Difference {
    pub at: Time,
    pub call: CallId,
    /// Whom the group's policy chose; `None` when it let the caller wait.
    pub decided: Option<AgentId>,
    /// The same of the plugin on trial.
    pub instead: Option<AgentId>,
    /// The plugin's own words.
    pub reason: Option<String>,
}

impl OnTrial {
    pub(crate) fn new(Trial { plugin, stage }: Trial, number: u64) -> Self {
        Self { seat: Seat::new(plugin), stage, number, record: Record::default() }
    }

    pub fn plugin(&self) -> &Plugin {
        &self.seat.plugin
    }

    pub fn stage(&self) -> Stage {
        self.stage
    }

    pub fn health(&self) -> &Health {
        &self.seat.health
    }

    pub fn record(&self) -> &Record {
        &self.record
    }

    pub(crate) fn is_as(&self, trial: &Trial) -> bool {
        self.stage == trial.stage && self.seat.plugin.is_as(&trial.plugin)
    }

    /// Another chance; what was counted stays.
    pub(crate) fn forgive(&mut self) {
        self.seat.health = Health::default();
    }

    /// What it is compared with has changed: the figures begin anew.
    pub(crate) fn begin_anew(&mut self, number: u64) {
        self.number = number;
        self.record = Record::default();
    }

    /// Decides, if the call is of its share. A call keeps its side however often it is offered.
    pub(crate) fn decide(
        &mut self,
        question: &Question<'_>,
        failures: &mut Failures,
    ) -> Option<Reply> {
        let Stage::Share(percent) = self.stage else { return None };
        let takes = draw(question.call) < u64::from(percent) && !self.seat.health.suspended();
        if !takes {
            self.record.count(question.now, |tally| tally.left += 1);
            return None;
        }
        let reply = self.seat.choose(question, failures);
        let failed = u64::from(reply.verdict.fallback.is_some());
        self.record.count(question.now, |tally| {
            tally.asked += 1;
            tally.failed += failed;
        });
        Some(reply)
    }

    /// Has a shadow asked what has just been decided.
    pub(crate) fn compare(
        &mut self,
        question: &Question<'_>,
        decided: Choice,
        shadows: Option<&mut Shadows>,
    ) {
        if self.stage != Stage::Shadow {
            return;
        }
        let asked = match shadows {
            Some(shadows) if !self.seat.health.suspended() => {
                let (plugin, kept) = (self.seat.plugin.clone(), Kept::of(question));
                shadows.ask(Asked { trial: self.number, plugin, kept, decided })
            }
            Some(_) | None => false,
        };
        if !asked {
            self.record.count(question.now, |tally| tally.left += 1);
        }
    }

    /// Counts a shadow's answer, unless it was given to a trial that is over.
    pub(crate) fn take(&mut self, Answered { asked, run }: Answered, failures: &mut Failures) {
        let Asked { trial, kept, decided, .. } = asked;
        if trial != self.number {
            return;
        }
        let (now, group, call) = (kept.now, kept.group, kept.call);
        let Some(run) = run else {
            self.record.count(now, |tally| tally.left += 1);
            return;
        };
        if let Err(failure) = &run.outcome {
            failures.note(&self.seat.plugin, failure, || kept.clone());
        }
        let reply = self.seat.take(Occasion { now, group, call }, run);
        if reply.verdict.fallback.is_some() {
            self.record.count(now, |tally| {
                (tally.asked, tally.failed) = (tally.asked + 1, tally.failed + 1)
            });
            return;
        }
        let difference = Difference {
            at: now,
            call,
            decided: kept.rung(decided),
            instead: kept.rung(reply.choice),
            reason: reply.verdict.reason,
        };
        self.record.compared(difference);
    }
}

impl Record {
    fn compared(&mut self, difference: Difference) {
        let same = difference.decided == difference.instead;
        self.count(difference.at, |tally| {
            tally.asked += 1;
            tally.same += u64::from(same);
            tally.different += u64::from(!same);
        });
        if same {
            return;
        }
        if self.differences.len() == DIFFERENCES_MAX {
            self.differences.pop_front();
        }
        self.differences.push_back(difference);
    }

    fn count(&mut self, now: Time, change: impl Fn(&mut Tally)) {
        change(&mut self.total);
        let hour = now.0 / 3_600_000;
        while self.hours.front().is_some_and(|it| it.hour + TRIAL_HOURS as u64 <= hour) {
            self.hours.pop_front();
        }
        // A clock that was set back counts into the newest hour.
        if self.hours.back().is_none_or(|it| it.hour < hour) {
            self.hours.push_back(Hour { hour, tally: Tally::default() });
        }
        let newest = self.hours.len() - 1;
        change(&mut self.hours[newest].tally);
    }
}

/// A number from 0 to 99 that is the call's for ever: splitmix64 of its id, whose neighbours have
/// nothing in common.
fn draw(call: CallId) -> u64 {
    let mut mixed = call.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ (mixed >> 31)) % 100
}

#[cfg(test)]
mod tests {
    use super::{CallId, Difference, Record, Time, draw};
    use crate::limits::{DIFFERENCES_MAX, TRIAL_HOURS};

    const HOUR_MS: u64 = 3_600_000;

    fn difference(call: u64, at: u64, decided: u64, instead: Option<u64>) -> Difference {
        let [decided, instead] = [Some(decided), instead].map(|agent| agent.map(acd::AgentId));
        Difference { at: Time(at), call: CallId(call), decided, instead, reason: None }
    }

    #[test]
    fn neighbouring_calls_fall_evenly_on_every_hundredth() {
        let mut calls = [0_u32; 100];
        for call in 1..=100_000 {
            calls[usize::try_from(draw(CallId(call))).unwrap()] += 1;
        }
        assert!(calls.iter().all(|calls| (850..=1_150).contains(calls)), "{calls:?}");
    }

    #[test]
    fn a_day_of_hours_and_the_newest_differences_are_kept() {
        let mut record = Record::default();
        for call in 0..30 {
            record.compared(difference(call, call * HOUR_MS, 1, (call % 2 == 0).then_some(1)));
        }
        assert_eq!((record.total.same, record.total.different), (15, 15));
        let hours: Vec<u64> = record.hours.iter().map(|it| it.hour).collect();
        assert_eq!((hours.len(), hours[0], hours[23]), (TRIAL_HOURS, 6, 29));
        for call in 100..120 {
            record.compared(difference(call, 29 * HOUR_MS, 1, Some(2)));
        }
        assert_eq!(record.differences.len(), DIFFERENCES_MAX);
        assert_eq!(record.differences[0].call, CallId(100));
        // A clock that is set back counts into the newest hour.
        record.compared(difference(200, 0, 1, Some(1)));
        assert_eq!((record.hours.len(), record.hours[23].tally.asked), (TRIAL_HOURS, 22));
    }
}
