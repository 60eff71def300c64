//! Figures of one person: offers by outcome, and where the time went.

use acd::Outcome;

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
    /// Sum of the talks that have ended.
    pub talked_ms: u64,
    /// Sum of the wrap-ups that have ended.
    pub wrap_up_ms: u64,
}

impl AgentFigures {
    /// Books one offer under its outcome.
    pub(crate) fn offer_ended(&mut self, outcome: Outcome, rang_ms: u64) {
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
