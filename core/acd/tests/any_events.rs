//! Whatever is said to the engine, in whatever order: no invariant breaks and nothing spins.

use std::sync::Arc;
use std::time::Duration;

use acd::{
    Action, Actor, AgentId, AgentPlan, BuiltIn, CallId, Choice, EndCause, Engine, Event, Fact,
    GroupId, GroupPlan, Membership, OfferFailure, Output, Plan, Policy, Question, Reply, Side,
    Time, Verdict, Wish,
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

fn plan() -> impl Strategy<Value = Plan> {
    let settings = (span(), span(), 0..5u32).prop_map(|(ring, wrap_up, waiting_max)| GroupPlan {
        ring,
        wrap_up,
        waiting_max,
        ..GroupPlan::default()
    });
    let membership = (group(), 0..3u16, span())
        .prop_map(|(group, order, delay)| Membership { delay, ..Membership::new(group, order) });
    let settled = vec(membership, 0..4).prop_map(|memberships| AgentPlan { memberships });
    let groups = proptest::collection::btree_map(group(), settings, 0..4);
    let agents = proptest::collection::btree_map(agent(), settled, 0..6);
    (0..5u64, groups, agents).prop_map(|(version, groups, agents)| Plan {
        version,
        groups,
        agents,
        ..Plan::default()
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
    let cause = EndCause::HungUp;
    prop_oneof![
        1 => plan().prop_map(|plan| Event::PlanChanged(Arc::new(plan))),
        6 => (call(), group(), -2..3i32).prop_map(|(call, group, priority)| Event::CallArrived {
            call, group, priority, number: String::new(), caller: String::new(),
        }),
        2 => call().prop_map(move |call| Event::CallerLeft { call, cause }),
        2 => (agent(), call()).prop_map(|(agent, call)| Event::OfferRinging { agent, call }),
        6 => (agent(), call()).prop_map(|(agent, call)| Event::OfferAnswered { agent, call }),
        3 => (agent(), call(), failure)
            .prop_map(|(agent, call, failure)| Event::OfferFailed { agent, call, failure }),
        3 => (agent(), call()).prop_map(move |(agent, call)| Event::AgentLeft {
            agent, call, cause,
        }),
        1 => (call(), side, any::<bool>()).prop_map(|(call, by, on)| Event::Held { call, by, on }),
        6 => (agent(), wish())
            .prop_map(|(agent, wish)| Event::AgentWished { agent, wish, by: Actor::Agent }),
        6 => (agent(), prop::bool::weighted(0.8))
            .prop_map(|(agent, reachable)| Event::AgentReachable { agent, reachable }),
        1 => agent().prop_map(|agent| Event::WrapUpEnded { agent }),
        2 => Just(Event::TimePassed),
    ]
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
        let mut engine = Engine::new(first);
        let mut out = Vec::new();
        let mut now = Time(0);
        for (step_ms, event) in events {
            now = Time(now.0.saturating_add_signed(step_ms - 500));
            engine.handle(now, event, policy.as_mut(), &mut out);
        }
        // Whatever is due is dealt with; an engine that spins would never come back from here.
        for _ in 0..200 {
            let Some(deadline) = engine.deadline() else { break };
            engine.handle(deadline, Event::TimePassed, policy.as_mut(), &mut out);
        }
        let count = |wanted: fn(&Output) -> bool| out.iter().filter(|it| wanted(it)).count();
        let rings = count(|it| matches!(it, Output::Do(Action::Ring { .. })));
        let sent = count(|it| matches!(it, Output::Tell(_, Fact::OfferSent { .. })));
        let ended = count(|it| matches!(it, Output::Tell(_, Fact::OfferEnded { .. })));
        let ringing = engine.agents().filter(|it| it.activity == acd::Activity::Offered).count();
        prop_assert_eq!((rings, sent), (sent, ended + ringing));
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
        agents: [(AgentId(1), AgentPlan { memberships: vec![membership] })].into(),
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
    };
    engine.handle(Time(0), arrived, &mut BuiltIn, &mut out);
    assert_eq!(engine.deadline(), Some(Time(1)));
    engine.handle(Time(1), Event::TimePassed, &mut BuiltIn, &mut out);
    assert_eq!(engine.deadline(), None);
}
