//! Figures of one person: offers by outcome, and where the time went.

use std::ops::AddAssign;

use acd::Outcome;

use crate::ledger::Spent;
use crate::presence::Hours;

const HOUR_MS: f64 = 3_600_000.0;

/// One agent over one period.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct AgentFigures {
    /// Offers that ended, by their outcome. Their sum is the number of offers.
    pub handled: u64,
    pub missed: u64,
    pub rejected: u64,
    pub busy: u64,
    pub unreachable: u64,
    pub caller_left: u64,
    pub withdrawn: u64,
    /// Ring time of the answered offers only.
    pub rang_answered_ms: u64,
    /// Ring time of the missed offers.
    pub rang_missed_ms: u64,
    /// Ring time of all offers.
    pub rang_ms: u64,
    /// Talks that have ended. Who answers the offer of a callback need not have one.
    pub talks: u64,
    /// Sum of the talks that have ended, hold included.
    pub talked_ms: u64,
    /// Hold in them, by either side.
    pub held_ms: u64,
    /// Talks below the company's limit.
    pub short_talks: u64,
    /// Sum of the short talks, hold left out.
    pub short_talk_ms: u64,
    /// Short talks that the agent ended by hanging up.
    pub instant_hang_ups: u64,
    /// Short talks that he ended by handing the caller on.
    pub quick_transfers: u64,
    /// Callers handed on.
    pub transfers: u64,
    /// Where the time went that calls took, wherever they ended: phones that rang, …
    pub ringing_ms: u64,
    /// … talk, …
    pub talking_ms: u64,
    /// … hold, which is inside handling and outside talk, …
    pub holding_ms: u64,
    /// … and wrap-up.
    pub wrap_up_ms: u64,
    /// Where the rest of the time went; `None` while the journal tells no wish of his.
    pub hours: Option<Hours>,
}

/// Whether breaks are working time: the company's own rule.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Breaks {
    #[default]
    Unpaid,
    Paid,
}

impl AddAssign<&AgentFigures> for AgentFigures {
    fn add_assign(&mut self, other: &AgentFigures) {
        self.handled += other.handled;
        self.missed += other.missed;
        self.rejected += other.rejected;
        self.busy += other.busy;
        self.unreachable += other.unreachable;
        self.caller_left += other.caller_left;
        self.withdrawn += other.withdrawn;
        self.rang_answered_ms += other.rang_answered_ms;
        self.rang_missed_ms += other.rang_missed_ms;
        self.rang_ms += other.rang_ms;
        self.talks += other.talks;
        self.talked_ms += other.talked_ms;
        self.held_ms += other.held_ms;
        self.short_talks += other.short_talks;
        self.short_talk_ms += other.short_talk_ms;
        self.instant_hang_ups += other.instant_hang_ups;
        self.quick_transfers += other.quick_transfers;
        self.transfers += other.transfers;
        self.ringing_ms += other.ringing_ms;
        self.talking_ms += other.talking_ms;
        self.holding_ms += other.holding_ms;
        self.wrap_up_ms += other.wrap_up_ms;
        self.add_hours(other.hours);
    }
}

impl AgentFigures {
    /// Books one offer under its outcome.
    pub(crate) fn offer_ended(&mut self, outcome: Outcome, rang_ms: u64) {
        self.rang_ms += rang_ms;
        match outcome {
            Outcome::Answered => {
                self.handled += 1;
                self.rang_answered_ms += rang_ms;
            }
            Outcome::NoAnswer => {
                self.missed += 1;
                self.rang_missed_ms += rang_ms;
            }
            Outcome::Rejected => self.rejected += 1,
            Outcome::Busy => self.busy += 1,
            Outcome::Unreachable => self.unreachable += 1,
            Outcome::CallerLeft => self.caller_left += 1,
            Outcome::Withdrawn => self.withdrawn += 1,
        }
    }

    /// Books one talk. `hung_up`: the agent ended it.
    pub(crate) fn talk_ended(&mut self, talked_ms: u64, held_ms: u64, short: bool, hung_up: bool) {
        self.talks += 1;
        self.talked_ms += talked_ms;
        self.held_ms += held_ms;
        if short {
            self.short_talks += 1;
            self.short_talk_ms += talked_ms.saturating_sub(held_ms);
            self.instant_hang_ups += u64::from(hung_up);
        }
    }

    /// Books a transfer: the talk before it was no farewell after all.
    pub(crate) fn handed_on(&mut self, short: bool) {
        self.transfers += 1;
        if short {
            self.quick_transfers += 1;
            self.instant_hang_ups = self.instant_hang_ups.saturating_sub(1);
        }
    }

    pub(crate) fn spent(&mut self, ms: u64, on: Spent) {
        *match on {
            Spent::Ringing => &mut self.ringing_ms,
            Spent::Talking => &mut self.talking_ms,
            Spent::Holding => &mut self.holding_ms,
            Spent::WrapUp => &mut self.wrap_up_ms,
        } += ms;
    }

    pub(crate) fn add_hours(&mut self, hours: Option<Hours>) {
        if let Some(hours) = hours {
            *self.hours.get_or_insert_default() += hours;
        }
    }

    /// Talk without hold: hold is inside handling, outside talk.
    pub fn talk_ms(&self) -> u64 {
        self.talked_ms.saturating_sub(self.held_ms)
    }

    /// Offers that have ended.
    pub fn offers(&self) -> u64 {
        self.handled + self.due_unanswered() + self.caller_left + self.withdrawn
    }

    /// Average time to answer of the answered offers. The caller's time in line is not in it: an
    /// agent must not be punished for taking a call that waited long.
    pub fn asa_ms(&self) -> Option<u64> {
        self.rang_answered_ms.checked_div(self.handled)
    }

    /// The same with every missed ring at its full time: ignoring a phone must not improve it.
    pub fn asa_with_missed_ms(&self) -> Option<u64> {
        (self.rang_answered_ms + self.rang_missed_ms).checked_div(self.handled + self.missed)
    }

    /// Answered, of the offers that could have been answered; between 0 and 1.
    pub fn answer_rate(&self) -> Option<f64> {
        share(self.handled, self.handled + self.due_unanswered())
    }

    /// The share of offers that rang unanswered to their end; rejected, busy and unreachable are
    /// counted apart. Between 0 and 1.
    pub fn rona(&self) -> Option<f64> {
        share(self.missed, self.offers())
    }

    /// Average handling time: talk, hold and wrap-up, where they were spent, for each answered
    /// offer.
    pub fn aht_ms(&self) -> Option<u64> {
        self.handling_ms().checked_div(self.handled)
    }

    /// The share of the time for calls (ringing, talk, hold, wrap-up) in that and idle; between 0
    /// and 1. `None` while hours are not known.
    pub fn occupancy(&self) -> Option<f64> {
        let occupied_ms = self.handling_ms() + self.ringing_ms;
        share(occupied_ms, occupied_ms + self.hours?.idle_ms)
    }

    /// Answered offers for each hour of work: logged on, less breaks unless they are paid.
    pub fn answered_per_hour(&self, breaks: Breaks) -> Option<f64> {
        let worked_ms = self.worked_ms(breaks)?;
        (worked_ms > 0).then(|| self.handled as f64 * HOUR_MS / worked_ms as f64)
    }

    /// Logged on, less breaks unless they are paid; `None` while hours are not known.
    pub fn worked_ms(&self, breaks: Breaks) -> Option<u64> {
        let hours = self.hours?;
        Some(match breaks {
            Breaks::Unpaid => hours.logged_on_ms.saturating_sub(hours.break_ms),
            Breaks::Paid => hours.logged_on_ms,
        })
    }

    /// Average length of a talk without hold. Short ones, quick transfers among them, are left out:
    /// without a floor, instant hang-ups win.
    pub fn average_duration_ms(&self) -> Option<u64> {
        let full_ms = self.talk_ms().saturating_sub(self.short_talk_ms);
        full_ms.checked_div(self.talks.saturating_sub(self.short_talks))
    }

    fn handling_ms(&self) -> u64 {
        self.talking_ms + self.holding_ms + self.wrap_up_ms
    }

    fn due_unanswered(&self) -> u64 {
        self.missed + self.rejected + self.busy + self.unreachable
    }
}

/// Counts and milliseconds stay far below 2^53, where an f64 is exact.
pub(crate) fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
