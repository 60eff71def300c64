//! Plays what was read: virtual time, and the engine at every moment of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use acd::{
    Action, Actor, AgentId, CallId, Engine, Event, Fact, Keeper, LastDay, Output, Plan, Policy,
    Side, Time, Wish,
};

use crate::timeline::read::{Deed, Step, What};
use crate::timeline::{Mistake, Scene};

/// How long time runs on after the last line: what is under way can be seen to end.
pub(super) const RUN_ON: Duration = Duration::from_secs(30);

/// A timeline with more moments than this is cut: one agent who never answers fills a year.
pub const MOMENTS_MAX: usize = 1_000_000;

/// One event and what followed from it.
pub struct Moment<'a> {
    pub now: Time,
    pub event: &'a Event,
    pub out: &'a [Output],
    /// The engine after the event.
    pub engine: &'a Engine,
    /// False while the scene is set: the plan is made known and the phones register.
    pub begun: bool,
}

/// An engine in virtual time.
pub struct Player {
    engine: Engine,
    now: Time,
    begun: bool,
    moments: usize,
    /// The call that each agent's phone was last rung for.
    last_rung: BTreeMap<AgentId, CallId>,
    journal: Journal,
    out: Vec<Output>,
}

/// What a restart reads.
#[derive(Debug, Default)]
struct Journal {
    calls: BTreeMap<CallId, Keeper>,
    wishes: BTreeMap<AgentId, Wish>,
    last_day: Arc<LastDay>,
    /// The plan in force, and whose phones are registered.
    plan: Arc<Plan>,
    phones: BTreeSet<AgentId>,
}

impl Player {
    /// The scene is set: the plan is known and the phones have registered.
    pub fn new(scene: &Scene, policy: &mut dyn Policy, see: &mut dyn FnMut(&Moment<'_>)) -> Player {
        let mut player = Player {
            engine: Engine::default(),
            now: Time(0),
            begun: false,
            moments: 0,
            last_rung: BTreeMap::new(),
            journal: Journal::default(),
            out: Vec::new(),
        };
        let plan = Event::PlanChanged(Arc::new(scene.plan.clone()));
        player.handle(Time(0), plan, policy, see);
        for &agent in scene.plan.agents.keys() {
            if !scene.phones_off.contains(&agent) {
                let event = Event::AgentReachable { agent, reachable: true };
                player.handle(Time(0), event, policy, see);
            }
        }
        player.begun = true;
        player
    }

    /// Lets time pass up to the step, then does it.
    pub fn step(
        &mut self,
        step: &Step,
        policy: &mut dyn Policy,
        see: &mut dyn FnMut(&Moment<'_>),
    ) -> Result<(), Mistake> {
        self.advance(step.at, policy, see);
        if matches!(step.what, What::Restart) {
            self.restart(step.at, policy, see);
            return Ok(());
        }
        let event = self.event(step)?;
        self.handle(step.at, event, policy, see);
        Ok(())
    }

    /// Lets time pass up to, and without, `to`.
    pub fn advance(&mut self, to: Time, policy: &mut dyn Policy, see: &mut dyn FnMut(&Moment<'_>)) {
        while self.moments < MOMENTS_MAX
            && let Some(deadline) = self.engine.deadline().filter(|&deadline| deadline < to)
        {
            self.handle(deadline, Event::TimePassed, policy, see);
        }
    }

    /// Lets the usual time pass after the last line.
    pub fn run_on(&mut self, policy: &mut dyn Policy, see: &mut dyn FnMut(&Moment<'_>)) {
        self.advance(self.now + RUN_ON + Duration::from_millis(1), policy, see);
    }

    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    fn handle(
        &mut self,
        now: Time,
        event: Event,
        policy: &mut dyn Policy,
        see: &mut dyn FnMut(&Moment<'_>),
    ) {
        self.moments += 1;
        self.now = now;
        self.out.clear();
        self.engine.handle(now, event.clone(), policy, &mut self.out);
        for output in &self.out {
            if let Output::Do(Action::Ring { agent, call }) = output {
                self.last_rung.insert(*agent, *call);
            }
        }
        self.journal.note(&event, &self.out);
        let (out, engine) = (&self.out, &self.engine);
        see(&Moment { now, event: &event, out, engine, begun: self.begun });
    }

    /// A new engine with the old plan; callbacks, wishes and phones come back in this order.
    fn restart(&mut self, now: Time, policy: &mut dyn Policy, see: &mut dyn FnMut(&Moment<'_>)) {
        self.engine = Engine::default();
        let Journal { calls, wishes, last_day, plan, phones } = std::mem::take(&mut self.journal);
        self.begun = false;
        self.handle(now, Event::PlanChanged(plan), policy, see);
        self.begun = true;
        self.handle(now, Event::DayClosed(last_day), policy, see);
        let kept = calls.values().filter_map(|keeper| keeper.kept().cloned());
        let kept: Vec<Event> = kept.map(|kept| Event::CallbackKept(Box::new(kept))).collect();
        self.journal.calls = calls;
        for event in kept {
            self.handle(now, event, policy, see);
        }
        for (agent, wish) in wishes {
            let by = Actor::Rule;
            self.handle(now, Event::AgentWished { agent, wish, by }, policy, see);
        }
        for agent in phones {
            self.handle(now, Event::AgentReachable { agent, reachable: true }, policy, see);
        }
    }

    fn event(&self, step: &Step) -> Result<Event, Mistake> {
        let (agent, call, deed) = match &step.what {
            What::Event(event) => return Ok(event.clone()),
            What::Restart => return Ok(Event::TimePassed),
            What::Leg { agent, call, deed } => (*agent, *call, deed.clone()),
        };
        let Some(call) = call.or_else(|| self.last_rung.get(&agent).copied()) else {
            let problem = "the agent's phone has not rung yet: name the call";
            return Err(Mistake { line: step.line, word: String::new(), problem });
        };
        Ok(match deed {
            Deed::Ring => Event::OfferRinging { agent, call },
            Deed::Answer => Event::OfferAnswered { agent, call },
            Deed::Fail(failure) => Event::OfferFailed { agent, call, failure },
            Deed::Leave(cause) => Event::AgentLeft { agent, call, cause },
            Deed::Transfer { to, by } => Event::Transferred { call, to, by },
            Deed::Hold(on) => Event::Held { call, by: Side::Agent, on },
        })
    }
}

impl Journal {
    fn note(&mut self, event: &Event, out: &[Output]) {
        if let Event::PlanChanged(plan) = event {
            self.plan = Arc::clone(plan);
        }
        if let Event::DayClosed(last_day) = event {
            self.last_day = Arc::clone(last_day);
        }
        if let Event::AgentReachable { agent, reachable } = event {
            let _ = match reachable {
                true => self.phones.insert(*agent),
                false => self.phones.remove(agent),
            };
        }
        for output in out {
            let Output::Tell(at, fact) = output else { continue };
            if let Fact::AgentWish { agent, wish, .. } = fact {
                self.wishes.insert(*agent, wish.clone());
            }
            if let Fact::CallArrived { call, .. } = fact {
                self.calls.entry(*call).or_default();
            }
            // A fact that is no call's says nothing to any of them.
            if let Some(keeper) = fact.call().and_then(|call| self.calls.get_mut(&call)) {
                keeper.fold(*at, fact);
            }
        }
    }
}
