//! Who should get which call, by looking at everybody and everything.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::vec::IntoIter;

use acd::{
    Activity, AgentId, CallId, Candidate, Choice, Decided, Membership, SkipReason, Stage, Time,
    Wish,
};

use crate::reference::agent::Agent;
use crate::reference::board::{Board, Call};
use crate::reference::{Asked, AskedFreed, Judged};

/// All that policies may keep one caller from free agents, as documented.
const WAIT_TOTAL_MS: u64 = 60_000;

/// For how long a caller may be overtaken, as documented.
const OVERTAKEN_MS: u64 = 300_000;

/// How many calls are shown of a freed agent, as documented.
const SHOWN: usize = 100;

/// Calls that a policy keeps waiting, or passes over.
#[derive(Debug, Default)]
pub(super) struct Matching {
    /// Until when, and how much that makes in all.
    deferred: BTreeMap<CallId, (Time, u64)>,
    /// Since when others who stood behind them may have been preferred.
    overtaken: BTreeMap<CallId, Time>,
}

impl Matching {
    /// A decision: the questions before it were all answered with "wait".
    pub(super) fn decided(
        &mut self,
        now: Time,
        board: &Board,
        call: CallId,
        decided: &Decided,
        asked: &mut IntoIter<Asked>,
    ) -> Judged {
        let answered = loop {
            let Some(question) = asked.next() else { return Err(format!("{call:?}: not asked")) };
            self.right_question(now, board, &question)?;
            if !self.wait(now, &question) {
                break question;
            }
        };
        let candidates = answered.candidates.iter().map(|candidate| candidate.agent);
        let candidates: Vec<AgentId> = candidates.collect();
        let (chosen, in_range) = match answered.choice {
            Choice::Ring(at) if at < candidates.len() => (candidates[at], true),
            Choice::Ring(_) | Choice::Wait(_) => (candidates[0], false),
        };
        let agreed = answered.call == call
            && decided.candidates == candidates
            && decided.chosen == chosen
            && decided.verdict.fallback.is_none() == in_range;
        if !agreed {
            return Err(format!("{answered:?} led to {decided:?}"));
        }
        self.everybody_is_accounted_for(now, board, call, decided)
    }

    /// A call was picked for a freed agent: the questions before it were answered with nothing.
    pub(super) fn picked(
        &mut self,
        now: Time,
        board: &Board,
        call: CallId,
        decided: &Decided,
        asked: &mut IntoIter<AskedFreed>,
    ) -> Judged {
        let (answered, position) = loop {
            let Some(question) = asked.next() else { return Err(format!("{call:?}: not asked")) };
            self.right_calls(now, board, &question)?;
            if let Some(position) = question.position {
                break (question, position);
            }
        };
        let calls = &answered.calls;
        let overdue = |id: &CallId| {
            self.overtaken.get(id).is_some_and(|&since| now.0 - since.0 >= OVERTAKEN_MS)
        };
        let overruled = calls.iter().take(position).position(overdue);
        let taken = if position < calls.len() { overruled.unwrap_or(position) } else { 0 };
        for &id in calls.iter().take(taken) {
            self.overtaken.entry(id).or_insert(now);
        }
        let agreed = calls[taken] == call
            && decided.chosen == answered.agent
            && decided.candidates.contains(&answered.agent)
            && decided.verdict.fallback.is_none() == (taken == position);
        if !agreed {
            return Err(format!("{answered:?} led to {decided:?}"));
        }
        self.everybody_is_accounted_for(now, board, call, decided)
    }

    /// The agent is free, and the calls are those that he may take, in the built-in order, save
    /// such as somebody else could have too.
    fn right_calls(&self, now: Time, board: &Board, asked: &AskedFreed) -> Judged {
        let mine = self.ranked(now, board, asked.agent);
        let another = |call: &Call| {
            let others = board.agents.keys().filter(|&&agent| agent != asked.agent);
            others
                .copied()
                .any(|agent| is_free(now, board, agent) && may_take(now, board, agent, call))
        };
        let hidden = |id: &CallId| !asked.calls.contains(id);
        let missing = mine
            .iter()
            .find(|id| hidden(id) && board.calls.get(id).is_some_and(|call| !another(call)));
        let shown: Vec<CallId> = mine.iter().copied().filter(|id| !hidden(id)).collect();
        let sound = is_free(now, board, asked.agent)
            && (2..=SHOWN).contains(&asked.calls.len())
            && shown == asked.calls
            && (missing.is_none() || shown.len() == SHOWN);
        if sound { Ok(()) } else { Err(format!("{asked:?}, but he may take {mine:?}")) }
    }

    /// What was asked after the last decision was answered with "wait".
    pub(super) fn waits(
        &mut self,
        now: Time,
        board: &Board,
        asked: &mut IntoIter<Asked>,
    ) -> Judged {
        for question in asked {
            self.right_question(now, board, &question)?;
            if !self.wait(now, &question) {
                return Err(format!("{question:?} led to nothing"));
            }
        }
        Ok(())
    }

    /// No caller waits while there is an agent who could take him.
    pub(super) fn nobody_waits_in_vain(&self, now: Time, board: &Board) -> Judged {
        let waits = |call: &Call| call.stage == Stage::Waiting && call.rests_until <= now;
        let waiting = board.calls.iter().filter(|(_, call)| waits(call));
        for (&id, call) in waiting.filter(|(id, _)| !self.is_deferred(now, **id)) {
            let free = board.agents.iter().find(|(agent, _)| {
                is_free(now, board, **agent) && may_take(now, board, **agent, call)
            });
            if let Some((agent, _)) = free {
                return Err(format!("{id:?} waits though {agent:?} is free"));
            }
        }
        Ok(())
    }

    fn wait(&mut self, now: Time, asked: &Asked) -> bool {
        let Choice::Wait(ms) = asked.choice else { return false };
        let span = u64::from(ms.clamp(100, 10_000));
        let (until, total) = self.deferred.entry(asked.call).or_default();
        if *total + span > WAIT_TOTAL_MS {
            return false;
        }
        (*until, *total) = (Time(now.0 + span), *total + span);
        true
    }

    /// Another line, another look.
    pub(super) fn entered(&mut self, call: CallId, another_line: bool) {
        if another_line {
            self.overtaken.remove(&call);
        }
        if let Some((until, _)) = self.deferred.get_mut(&call) {
            *until = Time(0);
        }
    }

    fn is_deferred(&self, now: Time, call: CallId) -> bool {
        self.deferred.get(&call).is_some_and(|&(until, _)| until > now)
    }

    /// The candidates are all free agents for whom this is the best call, in the built-in order,
    /// and what is said about them is true.
    fn right_question(&self, now: Time, board: &Board, asked: &Asked) -> Judged {
        let Some(call) = board.calls.get(&asked.call) else {
            return Err(format!("asked about nobody: {asked:?}"));
        };
        let mut expected: Vec<(u16, Time, AgentId, (u32, u32))> = Vec::new();
        for (&id, agent) in &board.agents {
            if is_free(now, board, id) && self.best_call(now, board, id) == Some(asked.call) {
                let order = board.serves(now, id, call.group).map_or(0, |it| it.order);
                expected.push((order, agent.idle_since, id, agent.today(now)));
            }
        }
        expected.sort_unstable();
        let told = |it: &Candidate| {
            let idle_since = Time(now.0 - it.idle_ms);
            (it.order, idle_since, it.agent, (it.handled_today, it.missed_today))
        };
        let told: Vec<_> = asked.candidates.iter().map(told).collect();
        let sane = asked.candidates.iter().all(|it| it.occupancy_permille <= 1000);
        if told == expected && sane {
            return Ok(());
        }
        Err(format!("{:?}: candidates {told:?}, should be {expected:?}", asked.call))
    }

    /// Of the group with the lowest order, priority first, then the longest wait.
    fn best_call(&self, now: Time, board: &Board, agent: AgentId) -> Option<CallId> {
        self.ranked(now, board, agent).first().copied()
    }

    /// Every call that he may take, the best first.
    fn ranked(&self, now: Time, board: &Board, agent: AgentId) -> Vec<CallId> {
        let waits = |call: &Call| call.stage == Stage::Waiting && call.rests_until <= now;
        let waiting = board.calls.iter().filter(|(_, call)| waits(call));
        let open = waiting.filter(|(id, _)| !self.is_deferred(now, **id));
        let mine = open.filter(|(_, call)| may_take(now, board, agent, call));
        let ranked = mine.filter_map(|(&id, call)| {
            let order = board.serves(now, agent, call.group)?.order;
            Some((order, Reverse(call.priority), call.entered, id))
        });
        let mut ranked: Vec<_> = ranked.collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(.., id)| id).collect()
    }

    fn everybody_is_accounted_for(
        &self,
        now: Time,
        board: &Board,
        call: CallId,
        decided: &Decided,
    ) -> Judged {
        let Some(call) = board.calls.get(&call) else { return Err("no such call".to_owned()) };
        let members = board.plan.agents.keys();
        let members = members.filter(|&&agent| board.belongs(now, agent, call.group));
        let members: Vec<AgentId> = members.copied().collect();
        let skipped = decided.skipped.iter().map(|skipped| skipped.agent);
        let mut named: Vec<AgentId> = decided.candidates.iter().copied().chain(skipped).collect();
        named.sort_unstable();
        if members != named {
            return Err(format!("of {members:?} the decision names {named:?}"));
        }
        match decided.skipped.iter().find(|it| it.reason != why_not(now, board, it.agent, call)) {
            None => Ok(()),
            Some(skipped) => Err(format!("that is not the reason: {skipped:?}")),
        }
    }
}

/// Why the agent is no candidate for this call, given that he is none.
fn why_not(now: Time, board: &Board, id: AgentId, call: &Call) -> SkipReason {
    let Some(agent) = board.agents.get(&id) else { return SkipReason::Off };
    let Some(member) = board.serves(now, id, call.group) else { return SkipReason::OutOfSeason };
    let delay = member.delay;
    let own = matches!(agent.activity, Activity::Outbound | Activity::Internal);
    match &agent.wish {
        Wish::Off => SkipReason::Off,
        Wish::On | Wish::Break { .. } if own || agent.call.is_some() => SkipReason::Occupied,
        Wish::Break { .. } => SkipReason::OnBreak,
        Wish::On if agent.activity == Activity::Unreachable => SkipReason::Unreachable,
        Wish::On if agent.rests_until > now => SkipReason::Resting,
        Wish::On if now.since(call.entered) < delay => SkipReason::Delayed,
        Wish::On if !may_ring(now, id, call) => SkipReason::RefusedBefore,
        Wish::On if !may_take(now, board, id, call) => SkipReason::ForLastAgent,
        Wish::On => SkipReason::OtherGroupFirst,
    }
}

fn is_free(now: Time, board: &Board, id: AgentId) -> bool {
    let in_plan = board.plan.agents.contains_key(&id);
    let free = |agent: &Agent| {
        agent.wish == Wish::On && agent.activity == Activity::Idle && agent.rests_until <= now
    };
    in_plan && board.agents.get(&id).is_some_and(free)
}

fn may_ring(now: Time, agent: AgentId, call: &Call) -> bool {
    let left_alone = call.left_alone.get(&agent).is_some_and(|&until| until > now);
    !left_alone && !call.rejected_by.contains(&agent)
}

fn may_take(now: Time, board: &Board, agent: AgentId, call: &Call) -> bool {
    let delayed = |it: &Membership| now.since(call.entered) < it.delay;
    let member = board.serves(now, agent, call.group);
    let awaited = call.last.filter(|&(last, until)| {
        let serves = board.serves(now, last, call.group).is_some();
        now < until && serves && board.is_there(last) && may_ring(now, last, call)
    });
    member.is_some_and(|it| !delayed(it))
        && may_ring(now, agent, call)
        && awaited.is_none_or(|(last, _)| last == agent)
}
