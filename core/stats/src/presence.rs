//! Whether somebody is at work: intervals of what he wants and what his phone does.

use std::ops::AddAssign;

use acd::{Activity, Actor, Time, Wish};

use crate::ledger::Stretch;

/// Where an agent's time went, apart from calls.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Hours {
    /// Logged on, breaks included. A call, its ringing and its wrap-up count whatever he has wished
    /// meanwhile: a wish during a call takes effect after it.
    pub logged_on_ms: u64,
    /// On a break, calls during it left out.
    pub break_ms: u64,
    /// Logged on, not on a break, with nothing to do and a phone that could ring.
    pub idle_ms: u64,
    /// Logged on, not on a break, without a registered phone.
    pub unreachable_ms: u64,
}

impl AddAssign for Hours {
    fn add_assign(&mut self, other: Hours) {
        self.logged_on_ms += other.logged_on_ms;
        self.break_ms += other.break_ms;
        self.idle_ms += other.idle_ms;
        self.unreachable_ms += other.unreachable_ms;
    }
}

/// What an agent is in now, and since when.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Presence {
    /// `None` until the journal tells a wish: he may have logged on before it begins.
    pub(crate) stance: Option<Stance>,
    pub(crate) activity: Activity,
    pub(crate) since: Time,
}

/// A wish without its words.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stance {
    On,
    Off,
    Break,
}

/// As what a stretch of somebody's time counts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Standing {
    Off,
    /// In a call, its ringing or its wrap-up, or in a call of his own while he is logged on.
    Busy,
    OnBreak,
    Idle,
    Unreachable,
}

impl Standing {
    pub(crate) fn hours(self, ms: u64) -> Hours {
        let logged_on = Hours { logged_on_ms: ms, ..Hours::default() };
        match self {
            Standing::Off => Hours::default(),
            Standing::Busy => logged_on,
            Standing::OnBreak => Hours { break_ms: ms, ..logged_on },
            Standing::Idle => Hours { idle_ms: ms, ..logged_on },
            Standing::Unreachable => Hours { unreachable_ms: ms, ..logged_on },
        }
    }
}

impl Presence {
    pub(crate) fn new(now: Time) -> Presence {
        Presence { stance: None, activity: Activity::Unreachable, since: now }
    }

    /// Answers whether the engine has begun anew. Only then is a wish told that he has already; and
    /// then it knows of no phone until one is told.
    pub(crate) fn wished(&mut self, wish: &Wish, by: &Actor) -> bool {
        let stance = Some(match wish {
            Wish::On => Stance::On,
            Wish::Off => Stance::Off,
            Wish::Break { .. } => Stance::Break,
        });
        let anew = *by == Actor::Rule && stance == self.stance;
        if anew {
            self.activity = Activity::Unreachable;
        }
        self.stance = stance;
        anew
    }

    /// An offer or a talk has ended. What comes next is told at the same moment, unless the process
    /// has died and somebody else closed what it left open: nobody stays in a call for ever.
    pub(crate) fn freed(&mut self) {
        self.activity = Activity::Idle;
    }

    pub(crate) fn does(&mut self, activity: Activity) {
        self.activity = activity;
    }

    /// The time since it was last asked for, and as what it counts; `None` while no wish is known.
    pub(crate) fn take(&mut self, now: Time) -> Option<(Stretch, Standing)> {
        let stretch = self.until(now);
        self.since = now;
        stretch
    }

    /// The same without forgetting it.
    pub(crate) fn until(&self, now: Time) -> Option<(Stretch, Standing)> {
        let serves = match self.activity {
            Activity::Offered | Activity::Talking | Activity::WrapUp => true,
            Activity::Idle | Activity::Outbound | Activity::Internal | Activity::Unreachable => {
                false
            }
        };
        let standing = match self.stance? {
            _ if serves => Standing::Busy,
            Stance::Off => Standing::Off,
            Stance::Break => Standing::OnBreak,
            Stance::On if self.activity == Activity::Idle => Standing::Idle,
            Stance::On if self.activity == Activity::Unreachable => Standing::Unreachable,
            Stance::On => Standing::Busy,
        };
        Some((Stretch { from: self.since, to: now }, standing))
    }
}
