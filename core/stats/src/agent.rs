//! Figures of one person: offers by outcome, and where the time went.

use acd::Outcome;

use crate::presence::Hours;

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
    /// Sum of the wrap-ups that have ended.
    pub wrap_up_ms: u64,
    /// Where the rest of the time went; `None` while the journal tells no wish of his.
    pub hours: Option<Hours>,
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
        let due = self.handled + self.due_unanswered();
        (due > 0).then(|| self.handled as f64 / due as f64)
    }

    fn due_unanswered(&self) -> u64 {
        self.missed + self.rejected + self.busy + self.unreachable
    }
}
