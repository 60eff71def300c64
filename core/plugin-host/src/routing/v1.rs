//! `ladus:routing@1`: the engine's question as the plugin sees it, and the plugin's answer.

use acd::{Candidate, Choice, Question};
use wasmtime::component::{Component, HasSelf, Linker};
use wasmtime::{Engine, Result};

use self::bindings::exports::ladus::routing::policy;
use self::bindings::ladus::base::about;
use self::bindings::ladus::routing::{candidates, situation};
use self::bindings::{Routing, RoutingPre};
use crate::limits::REASON_MAX;
use crate::run::{Failure, Run, State, begin, cut};
use crate::ticker::Ticker;
use crate::{Card, Value};

/// Generated from the WIT, which is the same file that plugins are built from.
pub(crate) mod bindings {
    wasmtime::component::bindgen!({
        path: ["../../sdk/wit/base/v1", "../../sdk/wit/routing/v1"],
        world: "ladus:routing/routing",
        imports: { default: trappable },
    });
}

/// The functions of one engine that routing plugins may call.
pub(crate) type Doors = Linker<State<Scene>>;

/// What a routing plugin may see: a copy of the question, because a store outlives borrows.
#[derive(Debug, Default)]
pub(crate) struct Scene {
    caller: (u32, i32, u32),
    queue: (u32, u32),
    now_ms: u64,
    seed: u64,
    candidates: Vec<Candidate>,
}

/// A policy's usable answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Answer {
    pub(crate) choice: Choice,
    pub(crate) reason: Option<String>,
}

/// A routing plugin, linked and ready for a fresh instance.
#[derive(Clone)]
pub(crate) struct RoutingPlugin(RoutingPre<State<Scene>>);

/// Opens every function of the world, and nothing else.
pub(crate) fn doors(engine: &Engine) -> Result<Doors> {
    let mut linker = Linker::new(engine);
    Routing::add_to_linker::<_, HasSelf<_>>(&mut linker, |state| state)?;
    Ok(linker)
}

impl RoutingPlugin {
    /// Fails when the plugin wants what there is not, or lacks what the world asks for.
    pub(crate) fn link(doors: &Doors, component: &Component) -> Result<Self> {
        Ok(Self(RoutingPre::new(doors.instantiate_pre(component)?)?))
    }

    /// Asks the plugin about itself.
    pub(crate) fn describe(&self, ticker: &Ticker) -> Result<Run<Card>> {
        let _running = ticker.run();
        let (mut store, started) = begin(self.0.engine(), Scene::default(), 0)?;
        let card = self.0.instantiate(&mut store).and_then(|plugin| {
            let card = plugin.ladus_routing_policy().call_describe(&mut store)?;
            Ok(Card::from(card))
        });
        Ok(started.end(store, card.map_err(Failure::from)))
    }

    /// Takes one decision in a fresh instance.
    pub(crate) fn decide(
        &self,
        ticker: &Ticker,
        question: &Question<'_>,
        settings: &[(String, Value)],
    ) -> Result<Run<Answer>> {
        let _running = ticker.run();
        let count = question.candidates.len();
        let (mut store, started) = begin(self.0.engine(), Scene::of(question), count)?;
        let settings: Vec<(String, about::Value)> =
            settings.iter().map(|(id, value)| (id.clone(), value.clone().into())).collect();
        let answered = self
            .0
            .instantiate(&mut store)
            .and_then(|plugin| plugin.ladus_routing_policy().call_decide(&mut store, &settings));
        let outcome = match answered {
            Ok(Ok(answer)) => checked(answer, count),
            Ok(Err(words)) => Err(Failure::Refused(cut(words, REASON_MAX))),
            Err(error) => Err(error.into()),
        };
        Ok(started.end(store, outcome))
    }
}

fn checked(answer: policy::Answer, count: usize) -> Result<Answer, Failure> {
    let choice = match answer.decision {
        policy::Decision::Ring(position) if (position as usize) < count => {
            Choice::Ring(position as usize)
        }
        policy::Decision::Ring(position) => {
            return Err(Failure::NoSuchCandidate { position, count: clamp(count as u64) });
        }
        policy::Decision::Wait(milliseconds) => Choice::Wait(milliseconds),
        policy::Decision::Pass => Choice::Ring(0),
    };
    Ok(Answer { choice, reason: answer.reason.map(|words| cut(words, REASON_MAX)) })
}

impl Scene {
    fn of(question: &Question<'_>) -> Self {
        Self {
            caller: (clamp(question.waited_ms), question.priority, question.offers),
            queue: (question.waiting, clamp(question.longest_wait_ms)),
            now_ms: question.now.0,
            seed: question.seed,
            candidates: question.candidates.to_vec(),
        }
    }

    fn column<T>(&self, fact: impl Fn(&Candidate) -> T) -> Vec<T> {
        self.candidates.iter().map(fact).collect()
    }
}

/// Milliseconds as the plugin gets them: 49 days say as much as more.
fn clamp(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl situation::Host for State<Scene> {
    fn get_caller(&mut self) -> Result<situation::Caller> {
        let (waited_ms, priority, offers) = self.called()?.caller;
        Ok(situation::Caller { waited_ms, priority, offers })
    }

    fn get_queue(&mut self) -> Result<situation::Queue> {
        let (waiting, longest_wait_ms) = self.called()?.queue;
        Ok(situation::Queue { waiting, longest_wait_ms })
    }

    fn now_ms(&mut self) -> Result<u64> {
        Ok(self.called()?.now_ms)
    }

    fn seed(&mut self) -> Result<u64> {
        Ok(self.called()?.seed)
    }
}

impl candidates::Host for State<Scene> {
    fn count(&mut self) -> Result<u32> {
        Ok(clamp(self.called()?.candidates.len() as u64))
    }

    fn order(&mut self) -> Result<Vec<u32>> {
        Ok(self.called()?.column(|agent| agent.order.into()))
    }

    fn idle_ms(&mut self) -> Result<Vec<u32>> {
        Ok(self.called()?.column(|agent| clamp(agent.idle_ms)))
    }

    fn handled_today(&mut self) -> Result<Vec<u32>> {
        Ok(self.called()?.column(|agent| agent.handled_today))
    }

    fn missed_today(&mut self) -> Result<Vec<u32>> {
        Ok(self.called()?.column(|agent| agent.missed_today))
    }

    fn occupancy(&mut self) -> Result<Vec<f32>> {
        Ok(self.called()?.column(|agent| f32::from(agent.occupancy_permille) / 1000.0))
    }
}
