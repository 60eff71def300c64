//! One agent as the journal tells of him.

use std::collections::BTreeMap;

use acd::{Activity, AfterMisses, AgentId, AgentView, CallId, Misses, Outcome, Time, Wish};

use crate::reference::board::REST_MS;

const DAY_MS: u64 = 86_400_000;

#[derive(Debug)]
pub(super) struct Agent {
    pub(super) wish: Wish,
    pub(super) activity: Activity,
    pub(super) since: Time,
    pub(super) idle_since: Time,
    pub(super) rests_until: Time,
    pub(super) call: Option<CallId>,
    pub(super) missed_last: bool,
    /// Misses in a row, by cause.
    pub(super) misses: BTreeMap<Outcome, u32>,
    /// Talks in a row in which he was lost.
    pub(super) lost_in_a_row: u32,
    /// On the line while the caller of a callback is called.
    pub(super) calls_back: bool,
    pub(super) day: u64,
    pub(super) handled: u32,
    pub(super) missed: u32,
}

impl Agent {
    pub(super) fn new(now: Time) -> Agent {
        Agent {
            wish: Wish::Off,
            activity: Activity::Unreachable,
            since: now,
            idle_since: now,
            rests_until: Time(0),
            call: None,
            missed_last: false,
            misses: BTreeMap::new(),
            lost_in_a_row: 0,
            calls_back: false,
            day: 0,
            handled: 0,
            missed: 0,
        }
    }

    /// How long a rule lets him rest after this miss.
    pub(super) fn rest_after(&mut self, misses: &Misses, outcome: Outcome) -> u64 {
        let rule = match outcome {
            Outcome::NoAnswer => &misses.no_answer,
            Outcome::Rejected => &misses.rejected,
            Outcome::Busy => &misses.busy,
            Outcome::Unreachable => &misses.unreachable,
            Outcome::Answered | Outcome::CallerLeft | Outcome::Withdrawn => return 0,
        };
        let in_talks = if outcome == Outcome::Unreachable { self.lost_in_a_row } else { 0 };
        let count = self.misses.entry(outcome).or_default();
        *count += 1;
        if rule.limit == 0 || *count + in_talks < rule.limit {
            return 0;
        }
        *count = 0;
        if outcome == Outcome::Unreachable {
            self.lost_in_a_row = 0;
        }
        match rule.then {
            AfterMisses::Rest(span) => span.as_millis() as u64,
            AfterMisses::Nothing | AfterMisses::Break(_) | AfterMisses::Off => 0,
        }
    }

    /// He was lost in a talk: a miss like an offer that did not reach him, but one that no answer
    /// takes back.
    pub(super) fn is_lost(&mut self, now: Time, misses: &Misses) {
        let before = self.lost_in_a_row;
        let rest_ms = self.rest_after(misses, Outcome::Unreachable).max(REST_MS);
        self.rests_until = Time(now.0 + rest_ms);
        // Counted among the talks, and not among the offers, unless a limit was reached.
        if let Some(count) = self.misses.get_mut(&Outcome::Unreachable)
            && *count > 0
        {
            *count -= 1;
            self.lost_in_a_row = before + 1;
        }
    }

    pub(super) fn turn_day(&mut self, now: Time) {
        if self.day != now.0 / DAY_MS {
            (self.day, self.handled, self.missed) = (now.0 / DAY_MS, 0, 0);
        }
    }

    pub(super) fn today(&self, now: Time) -> (u32, u32) {
        if self.day == now.0 / DAY_MS { (self.handled, self.missed) } else { (0, 0) }
    }

    pub(super) fn is_shown(&self, id: AgentId, now: Time, shown: &AgentView) -> bool {
        let own = matches!(self.activity, Activity::Outbound | Activity::Internal);
        let busy = self.call.is_some() || own;
        let pending = Some(&self.wish).filter(|&wish| *wish != Wish::On && busy);
        (id, &self.wish, self.activity) == (shown.agent, &shown.wish, shown.activity)
            && (self.since, self.call) == (shown.since, shown.call)
            && self.today(now) == (shown.handled_today, shown.missed_today)
            && shown.pending.as_ref() == pending
    }
}
