//! Callbacks that a journal kept, and a plan that has no place for them any more.

use std::collections::{BTreeMap, BTreeSet};

use acd::{
    Actor, BuiltIn, CallId, CallbackEnd, Engine, Event, Fact, GroupId, GroupPlan, Kept, Leave,
    Output, Plan, Time,
};

const HOUR_MS: u64 = 3_600_000;
const SALES: GroupId = GroupId(1);

fn kept(call: u64, asked: Time) -> Kept {
    Kept {
        call: CallId(call),
        group: SALES,
        caller: format!("550{call}"),
        asked,
        met: asked,
        since: asked,
        priority: 0,
        own: Some(0),
        tries: 0,
        tried: None,
        offers: 0,
        rejected_by: BTreeSet::new(),
        missed_by: BTreeMap::new(),
    }
}

/// How the callbacks end that a new engine is given at `now`.
fn ends(plan: Plan, now: Time, kept: &[Kept]) -> Vec<(u64, CallbackEnd)> {
    let (mut engine, mut out) = (Engine::new(plan), Vec::new());
    for kept in kept {
        let event = Event::CallbackKept(Box::new(kept.clone()));
        engine.handle(now, event, &mut BuiltIn, &mut out);
    }
    let ended = |output: &Output| match output {
        Output::Tell(_, Fact::CallbackEnded { call, why, by, .. }) => {
            assert_eq!(*by, Actor::Rule);
            Some((call.0, *why))
        }
        Output::Tell(..) | Output::Do(_) => None,
    };
    let ends: Vec<_> = out.iter().filter_map(ended).collect();
    let left = |output: &&Output| match output {
        Output::Tell(_, Fact::QueueLeft { leave, .. }) => *leave == Leave::CallbackFailed,
        Output::Tell(..) | Output::Do(_) => false,
    };
    assert_eq!(out.iter().filter(left).count(), ends.len(), "each leaves its group once");
    assert_eq!(engine.calls().count(), kept.len() - ends.len());
    ends
}

fn plan(waiting_max: u32) -> Plan {
    let settings = GroupPlan { waiting_max, ..GroupPlan::default() };
    Plan { version: 1, groups: [(SALES, settings)].into(), ..Plan::default() }
}

#[test]
fn a_callback_whose_group_is_gone_meanwhile_ends() {
    let ends = ends(Plan::default(), Time(1_000), &[kept(1, Time(0))]);
    assert_eq!(ends, [(1, CallbackEnd::NoGroup)]);
}

#[test]
fn a_callback_that_is_older_than_three_days_ends() {
    let now = Time(80 * HOUR_MS);
    let callers = [kept(1, Time(0)), kept(2, Time(10 * HOUR_MS))];
    assert_eq!(ends(plan(10), now, &callers), [(1, CallbackEnd::TooOld)]);
}

#[test]
fn a_group_takes_no_more_of_them_than_it_notes() {
    let callers: Vec<Kept> = (1..=1_003).map(|call| kept(call, Time(call))).collect();
    let full = [(1_003, CallbackEnd::Full)];
    assert_eq!(ends(plan(2), Time(10_000), &callers), full);
}

#[test]
fn a_callback_is_taken_up_once() {
    let callers = [kept(1, Time(0)), kept(1, Time(0))];
    let (mut engine, mut out) = (Engine::new(plan(10)), Vec::new());
    for kept in callers {
        let event = Event::CallbackKept(Box::new(kept));
        engine.handle(Time(1), event, &mut BuiltIn, &mut out);
    }
    assert_eq!((engine.calls().count(), out.len()), (1, 0));
}
