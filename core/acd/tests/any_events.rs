//! Whatever is said to the engine, in whatever order: no invariant breaks and nothing spins.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use acd::{
    Action, Actor, AfterMisses, AgentId, AgentPlan, Announce, BuiltIn, Calendar, CalendarId,
    CallId, CallView, CallbackEnd, Choice, Closing, Door, EndCause, Engine, Event, Fact, Freed,
    GroupId, GroupPlan, Keeper, Kept, Key, Loan, Membership, MissRule, Misses, Nobody,
    OfferFailure, Office, Output, Pick, Plan, Policy, Prompt, Question, Reply, Side, Span, Stage,
    Step, Time, Verdict, Way, Wish,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// Answers by the question's own seed, mostly nonsense.
struct Careless;

impl Policy for Careless {
    fn choose(&mut self, question: &Question<'_>) -> Reply {
        let number = (question.seed >> 16) as u32;
        let choice = match question.seed % 3 {
            0 => Choice::Ring(number as usize % 4),
            1 => Choice::Ring(0),
            _ => Choice::Wait(number),
        };
        Reply { choice, verdict: Verdict::default() }
    }

    fn picks(&self) -> bool {
        true
    }

    fn freed(&mut self, freed: &Freed<'_>) -> Option<Pick> {
        assert!(freed.calls.len() > 1, "there is nothing to choose");
        let position = (freed.seed >> 16) as usize % (freed.calls.len() + 1);
        (!freed.seed.is_multiple_of(5)).then(|| Pick { position, verdict: Verdict::default() })
    }
}

fn agent() -> impl Strategy<Value = AgentId> {
    (1..6u64).prop_map(AgentId)
}

fn call() -> impl Strategy<Value = CallId> {
    (1..10u64).prop_map(CallId)
}

fn group() -> impl Strategy<Value = GroupId> {
    (1..4u64).prop_map(GroupId)
}

/// Also spans that no administrator would choose: none, less than a millisecond, for ever.
fn span() -> impl Strategy<Value = Duration> {
    prop_oneof![
        2 => Just(Duration::ZERO),
        1 => Just(Duration::from_micros(300)),
        1 => Just(Duration::MAX),
        6 => (1..40u64).prop_map(Duration::from_secs),
    ]
}

fn way() -> impl Strategy<Value = Way> {
    prop_oneof![
        4 => group().prop_map(Way::Group),
        1 => Just(Way::Number("5550".to_owned())),
        1 => Just(Way::Goodbye(None)),
        1 => Just(Way::Goodbye(Some(Prompt::Busy))),
        4 => Just(Way::Callback),
    ]
}

fn calendar() -> impl Strategy<Value = CalendarId> {
    (1..4u64).prop_map(CalendarId)
}

/// Shut at first, open from the first minute on, and one that nobody knows.
fn calendars() -> BTreeMap<CalendarId, Calendar> {
    let week = |from, to| std::array::from_fn(|_| vec![Span { from, to }]);
    let utc = |from, to| Calendar::new("UTC", week(from, to), &[]).expect("a calendar");
    [(CalendarId(1), utc(1, 2)), (CalendarId(2), utc(0, 1))].into()
}

fn settings() -> impl Strategy<Value = GroupPlan> {
    let door =
        prop_oneof![4 => Just(Door::ByHours), 1 => Just(Door::Open), 1 => Just(Door::Closed)];
    let closing = prop_oneof![Just(Closing::Serve), Just(Closing::TurnAway)];
    let nobody = prop_oneof![Just(Nobody::Join), Just(Nobody::Refuse), Just(Nobody::Leave)];
    let step = (span(), way()).prop_map(|(after, to)| Step { after, to });
    let announce =
        (span(), span(), any::<bool>(), any::<bool>()).prop_map(|(first, every, place, wait)| {
            Announce { greeting: Some(Prompt::Welcome), first, every, place, wait }
        });
    let lengths = (span(), span(), 0..5u32, span());
    let doors = (proptest::option::of(calendar()), door, closing, nobody);
    let ways = (way(), way(), way(), vec(step, 0..4), way());
    let rest = (proptest::option::of(announce), any::<bool>());
    (lengths, doors, ways, rest).prop_map(|(lengths, doors, ways, (announce, keeps_wait))| {
        let (ring, wrap_up, waiting_max, sticky) = lengths;
        let (hours, door, closing, nobody) = doors;
        let (full, closed, deserted, steps, key) = ways;
        let keys = Key::new('1').map(|it| (it, key)).into_iter().collect();
        let callers = [("1".to_owned(), 3)].into();
        GroupPlan {
            ring,
            wrap_up,
            waiting_max,
            full,
            hours,
            door,
            closed,
            closing,
            nobody,
            deserted,
            steps,
            keys,
            sticky,
            callers,
            announce,
            keeps_wait,
        }
    })
}

fn membership() -> impl Strategy<Value = Membership> {
    let loan = (0..200_000u64, any::<bool>())
        .prop_map(|(until, wholly)| Loan { until: Time(until), wholly });
    let season = (proptest::option::of(calendar()), proptest::option::weighted(0.2, loan));
    (group(), 0..3u16, span(), season, proptest::option::of(span())).prop_map(
        |(group, order, delay, (calendar, loan), wrap_up)| Membership {
            delay,
            calendar,
            loan,
            wrap_up,
            ..Membership::new(group, order)
        },
    )
}

fn misses() -> impl Strategy<Value = Misses> {
    let then = prop_oneof![
        Just(AfterMisses::Nothing),
        span().prop_map(AfterMisses::Rest),
        Just(AfterMisses::Break("missed".to_owned())),
        Just(AfterMisses::Off),
    ];
    let rule = || (0..3u32, then.clone()).prop_map(|(limit, then)| MissRule { limit, then });
    (rule(), rule(), rule(), rule()).prop_map(|(no_answer, rejected, busy, unreachable)| Misses {
        no_answer,
        rejected,
        busy,
        unreachable,
    })
}

fn plan() -> impl Strategy<Value = Plan> {
    let settled = vec(membership(), 0..4).prop_map(AgentPlan::of);
    let groups = proptest::collection::btree_map(group(), settings(), 0..4);
    let agents = proptest::collection::btree_map(agent(), settled, 0..6);
    (0..5u64, groups, agents, misses()).prop_map(|(version, groups, agents, misses)| Plan {
        version,
        groups,
        agents,
        misses,
        calendars: calendars(),
    })
}

fn wish() -> impl Strategy<Value = Wish> {
    prop_oneof![
        4 => Just(Wish::On),
        1 => Just(Wish::Off),
        1 => Just(Wish::Break { reason: "tea".to_owned() }),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    let failure = prop_oneof![
        Just(OfferFailure::Rejected),
        Just(OfferFailure::Busy),
        Just(OfferFailure::Unreachable),
    ];
    let side = prop_oneof![Just(Side::Caller), Just(Side::Agent)];
    let cause = prop_oneof![3 => Just(EndCause::HungUp), 1 => Just(EndCause::Lost)];
    let by = Actor::Rule;
    let office = prop_oneof![Just(Office::Outbound), Just(Office::Internal)];
    let handed = (call(), group()).prop_map({
        let by = by.clone();
        move |(call, to)| Event::Transferred { call, to, by: by.clone() }
    });
    let moved = (call(), group()).prop_map({
        let by = by.clone();
        move |(call, to)| Event::CallMoved { call, to, by: by.clone() }
    });
    let promoted = (call(), -2..3i32).prop_map(move |(call, priority)| Event::CallPromoted {
        call,
        priority,
        by: by.clone(),
    });
    let ended = (call(), any::<bool>()).prop_map(|(call, somebody)| {
        let (why, by) = match somebody {
            true => (CallbackEnd::Ended, Actor::Web { who: "kalle".to_owned() }),
            false => (CallbackEnd::NoTrunk, Actor::Rule),
        };
        Event::CallbackEnded { call, why, by }
    });
    let key = prop_oneof![3 => Just('1'), 1 => Just('2')].prop_filter_map("a key", Key::new);
    prop_oneof![
        2 => handed,
        2 => moved,
        2 => promoted,
        1 => ended,
        3 => (call(), key).prop_map(|(call, key)| Event::KeyPressed { call, key }),
        2 => call().prop_map(|call| Event::CallerReached { call }),
        2 => call().prop_map(|call| Event::CallerNotReached { call }),
        1 => (agent(), proptest::option::of(office))
            .prop_map(|(agent, with)| Event::AgentOccupied { agent, with }),
        1 => (agent(), 0..4u64)
            .prop_map(|(agent, caller)| Event::ServedLast { caller: caller.to_string(), agent }),
        1 => Just(Event::DayClosed(Arc::default())),
        1 => plan().prop_map(|plan| Event::PlanChanged(Arc::new(plan))),
        8 => (call(), group(), -2..3i32, 0..4u64).prop_map(|(call, group, priority, caller)| {
            let caller = if caller == 0 { String::new() } else { caller.to_string() };
            let number = String::new();
            Event::CallArrived { call, group, priority, number, caller, sent: None }
        }),
        2 => (call(), cause.clone()).prop_map(|(call, cause)| Event::CallerLeft { call, cause }),
        2 => (agent(), call()).prop_map(|(agent, call)| Event::OfferRinging { agent, call }),
        6 => (agent(), call()).prop_map(|(agent, call)| Event::OfferAnswered { agent, call }),
        3 => (agent(), call(), failure)
            .prop_map(|(agent, call, failure)| Event::OfferFailed { agent, call, failure }),
        3 => (agent(), call(), cause)
            .prop_map(|(agent, call, cause)| Event::AgentLeft { agent, call, cause }),
        1 => (call(), side, any::<bool>()).prop_map(|(call, by, on)| Event::Held { call, by, on }),
        6 => (agent(), wish())
            .prop_map(|(agent, wish)| Event::AgentWished { agent, wish, by: Actor::Agent }),
        6 => (agent(), prop::bool::weighted(0.8))
            .prop_map(|(agent, reachable)| Event::AgentReachable { agent, reachable }),
        1 => agent().prop_map(|agent| Event::WrapUpEnded { agent }),
        2 => Just(Event::TimePassed),
    ]
}

/// Callers who keep their place by the journal.
fn kept(out: &[Output]) -> Vec<Kept> {
    let mut keepers: BTreeMap<CallId, Keeper> = BTreeMap::new();
    for output in out {
        let Output::Tell(at, fact) = output else { continue };
        if let Some(call) = fact.call() {
            keepers.entry(call).or_default().fold(*at, fact);
        }
    }
    keepers.values().filter_map(|keeper| keeper.kept().cloned()).collect()
}

type Stands = (CallId, GroupId, Time, i32);

fn callbacks(engine: &Engine) -> Vec<Stands> {
    let stands = |it: CallView| (it.call, it.group, it.entered, it.priority);
    engine.calls().filter(|it| it.callback).map(stands).collect()
}

/// A new engine with what the journal keeps, and what it told of it.
fn restarted(now: Time, plan: Plan, kept: &[Kept]) -> (Engine, Vec<Output>) {
    let (mut engine, mut out) = (Engine::new(plan), Vec::new());
    for kept in kept.iter().cloned() {
        engine.handle(now, Event::CallbackKept(Box::new(kept)), &mut BuiltIn, &mut out);
    }
    (engine, out)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 300,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// The engine's own assertions are the judge of most; time may even run backwards.
    #[test]
    fn anything_may_be_said_in_any_order(
        first in plan(),
        events in vec((0..20_000i64, event()), 1..120),
        careless in any::<bool>(),
    ) {
        let mut policy: Box<dyn Policy> =
            if careless { Box::new(Careless) } else { Box::new(BuiltIn) };
        let mut engine = Engine::new(first.clone());
        let mut out = Vec::new();
        let (mut now, mut plan) = (Time(0), first);
        for (step_ms, event) in events {
            now = Time(now.0.saturating_add_signed(step_ms - 500));
            if let Event::PlanChanged(new) = &event
                && new.version >= plan.version
            {
                plan = Plan::clone(new);
            }
            engine.handle(now, event, policy.as_mut(), &mut out);
        }
        // The journal knows who keeps his place, and a new engine puts him where he stood.
        let kept = kept(&out);
        let stands: Vec<Stands> =
            kept.iter().map(|it| (it.call, it.group, it.since, it.priority)).collect();
        prop_assert_eq!(&stands, &callbacks(&engine));
        let (again, told) = restarted(now, plan, &kept);
        let gone = told.iter().filter_map(|output| match output {
            Output::Tell(_, Fact::CallbackEnded { call, .. }) => Some(*call),
            Output::Tell(..) | Output::Do(_) => None,
        });
        let gone: Vec<CallId> = gone.collect();
        let there: Vec<Stands> =
            stands.into_iter().filter(|(call, ..)| !gone.contains(call)).collect();
        prop_assert_eq!(there, callbacks(&again));
        // Whatever is due is dealt with. An agent whose phone rings for no time at all may be
        // rung for every caller of the moment; then time goes on.
        let mut at_once = (Time(0), 0);
        for _ in 0..500 {
            let Some(deadline) = engine.deadline() else { break };
            at_once = if at_once.0 == deadline { (deadline, at_once.1 + 1) } else { (deadline, 0) };
            prop_assert!(at_once.1 < 60, "spins at {:?}", deadline);
            engine.handle(deadline, Event::TimePassed, policy.as_mut(), &mut out);
        }
        let count = |wanted: fn(&Output) -> bool| out.iter().filter(|it| wanted(it)).count();
        let rings = count(|it| matches!(it, Output::Do(Action::Ring { .. })));
        let sent = count(|it| matches!(it, Output::Tell(_, Fact::OfferSent { .. })));
        let ended = count(|it| matches!(it, Output::Tell(_, Fact::OfferEnded { .. })));
        let ringing = engine.agents().filter(|it| it.activity == acd::Activity::Offered).count();
        prop_assert_eq!((rings, sent), (sent, ended + ringing));
        let entered = count(|it| matches!(it, Output::Tell(_, Fact::QueueEntered { .. })));
        let left = count(|it| matches!(it, Output::Tell(_, Fact::QueueLeft { .. })));
        let in_group =
            engine.calls().filter(|it| !matches!(it.stage, Stage::Talking { .. })).count();
        prop_assert_eq!(entered, left + in_group);
        let begun = count(|it| matches!(it, Output::Tell(_, Fact::TalkStarted { .. })));
        let over = count(|it| matches!(it, Output::Tell(_, Fact::TalkEnded { .. })));
        prop_assert_eq!(begun, over + engine.calls().count() - in_group);
        let waiting: u32 = engine.groups().map(|it| it.waiting).sum();
        let placed = engine.calls().filter(|it| it.place.is_some() && it.why.is_some()).count();
        prop_assert_eq!(waiting as usize, placed);
    }
}

#[test]
fn a_delay_of_less_than_a_millisecond_does_not_spin() {
    let membership =
        Membership { delay: Duration::from_micros(300), ..Membership::new(GroupId(1), 1) };
    let settings = GroupPlan { ring: Duration::ZERO, waiting_max: 5, ..GroupPlan::default() };
    let plan = Plan {
        version: 1,
        groups: [(GroupId(1), settings)].into(),
        agents: [(AgentId(1), AgentPlan::of(vec![membership]))].into(),
        ..Plan::default()
    };
    let mut engine = Engine::new(plan);
    let mut out = Vec::new();
    let arrived = Event::CallArrived {
        call: CallId(1),
        group: GroupId(1),
        priority: 0,
        number: String::new(),
        caller: String::new(),
        sent: None,
    };
    engine.handle(Time(0), arrived, &mut BuiltIn, &mut out);
    assert_eq!(engine.deadline(), Some(Time(1)));
    engine.handle(Time(1), Event::TimePassed, &mut BuiltIn, &mut out);
    assert_eq!(engine.deadline(), None);
}
