//! What was seen, and when.

use acd::{AgentId, CallId, Time};

/// Occasions that are named; more are counted.
pub const OCCASIONS_MAX: usize = 50;

/// Something worth a look.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Flag {
    pub agent: AgentId,
    pub pattern: Pattern,
    /// How often.
    pub count: u32,
    /// Of how many talks or offers; `None` where there is no whole.
    pub of: Option<u32>,
    /// The first of them.
    pub occasions: Vec<Occasion>,
}

/// What kind of thing; the module's table says when it is flagged.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Pattern {
    /// Breaks so short that they only change his place among the free.
    BreakToggling,
    /// He called his own group and answered himself.
    OwnNumber,
    /// A colleague called the group again and again, and little was said.
    Colleague { colleague: AgentId },
    /// So did somebody whose number is nobody's here.
    SameCaller { number: String },
    /// He hung up on callers as soon as he had them.
    EarlyHangUps,
    /// He let his phone ring.
    RingIgnored,
}

/// When it was, and which call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Occasion {
    pub at: Time,
    pub call: Option<CallId>,
}

/// All occasions of one kind: their number, and the first of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Occasions {
    count: u32,
    first: Vec<Occasion>,
}

impl Occasions {
    pub(super) fn add(&mut self, at: Time, call: Option<CallId>) {
        self.count += 1;
        if self.first.len() < OCCASIONS_MAX {
            self.first.push(Occasion { at, call });
        }
    }

    /// The last one was none.
    pub(super) fn forget_last(&mut self) {
        if self.count as usize <= self.first.len() {
            self.first.pop();
        }
        self.count = self.count.saturating_sub(1);
    }

    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// Their part of a whole; 0 of nothing.
    pub(super) fn share_of(&self, whole: u32) -> f64 {
        if whole == 0 { 0.0 } else { f64::from(self.count) / f64::from(whole) }
    }

    pub(super) fn first(&self) -> &[Occasion] {
        &self.first
    }
}
