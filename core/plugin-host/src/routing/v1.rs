//! `ladus:routing@1`: the engine's question as the plugin sees it, and the plugin's answer.

use acd::{Achieved, Candidate, Choice, Question, Sent, Service, Skills};
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
    sent: Sent,
    services: Vec<Service>,
    candidates: Vec<Candidate>,
    skills: Vec<Skills>,
    achieved: Vec<Achieved>,
}

/// Facts that cost something to look up: a plugin that does not import them does not pay.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Needs {
    pub(crate) sent: bool,
    pub(crate) services: bool,
    pub(crate) skills: bool,
    pub(crate) achieved: bool,
}

/// A policy's usable answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Answer {
    pub(crate) choice: Choice,
    pub(crate) reason: Option<String>,
}

/// A routing plugin, linked and ready for a fresh instance.
#[derive(Clone)]
pub(crate) struct RoutingPlugin {
    routing: RoutingPre<State<Scene>>,
    needs: Needs,
}

/// Opens every function of the world, and nothing else.
pub(crate) fn doors(engine: &Engine) -> Result<Doors> {
    let mut linker = Linker::new(engine);
    Routing::add_to_linker::<_, HasSelf<_>>(&mut linker, |state| state)?;
    Ok(linker)
}

impl RoutingPlugin {
    /// Fails when the plugin wants what there is not, or lacks what the world asks for. `reads` are
    /// the functions it imports.
    pub(crate) fn link(doors: &Doors, component: &Component, reads: &[String]) -> Result<Self> {
        let routing = RoutingPre::new(doors.instantiate_pre(component)?)?;
        Ok(Self { routing, needs: Needs::of(reads) })
    }

    /// Asks the plugin about itself.
    pub(crate) fn describe(&self, ticker: &Ticker) -> Result<Run<Card>> {
        let _running = ticker.run();
        let (mut store, started) = begin(self.routing.engine(), Scene::default(), 0)?;
        let card = self.routing.instantiate(&mut store).and_then(|plugin| {
            let card = plugin.ladus_routing_policy().call_describe(&mut store)?;
            Ok(Card::from(card))
        });
        let card = card.map_err(|error| store.data_mut().stopped(error));
        Ok(started.end(store, card))
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
        let scene = Scene::of(question, self.needs);
        let (mut store, started) = begin(self.routing.engine(), scene, count)?;
        let settings: Vec<(String, about::Value)> =
            settings.iter().map(|(id, value)| (id.clone(), value.clone().into())).collect();
        let answered = self
            .routing
            .instantiate(&mut store)
            .and_then(|plugin| plugin.ladus_routing_policy().call_decide(&mut store, &settings));
        let outcome = match answered {
            Ok(Ok(answer)) => checked(answer, count),
            Ok(Err(words)) => Err(Failure::Refused(cut(words, REASON_MAX))),
            Err(error) => Err(store.data_mut().stopped(error)),
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

impl Needs {
    pub(crate) fn of(reads: &[String]) -> Self {
        let any = |facts: &[&str]| {
            let read = |read: &String| {
                read.rsplit_once('#').is_some_and(|(_, fact)| facts.contains(&fact))
            };
            reads.iter().any(read)
        };
        Self {
            sent: any(&["language", "attributes", "attribute"]),
            services: any(&["served-ms-ago", "familiar-ms-ago"]),
            skills: any(&["skill-level"]),
            achieved: any(&["last-day"]),
        }
    }
}

impl Scene {
    fn of(question: &Question<'_>, needs: Needs) -> Self {
        let candidates = question.candidates;
        let skilled = if needs.skills { candidates.len() } else { 0 };
        let figured = if needs.achieved { candidates.len() } else { 0 };
        Self {
            caller: (clamp(question.waited_ms), question.priority, question.offers),
            queue: (question.waiting, clamp(question.longest_wait_ms)),
            now_ms: question.now.0,
            seed: question.seed,
            sent: if needs.sent { question.sent.clone() } else { Sent::default() },
            services: if needs.services { question.services.to_vec() } else { Vec::new() },
            candidates: candidates.to_vec(),
            skills: (0..skilled).map(|position| candidates.skills(position)).collect(),
            achieved: (0..figured).map(|position| candidates.achieved(position)).collect(),
        }
    }

    fn column<T>(&self, fact: impl Fn(&Candidate) -> T) -> Vec<T> {
        self.candidates.iter().map(fact).collect()
    }
}

/// What a column says of that which has never been.
pub(crate) const NEVER: u32 = u32::MAX;

/// Milliseconds as the plugin gets them: 49 days say as much as more.
pub(crate) fn clamp(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The same, of that which has been.
pub(crate) fn ago(ms: u64) -> u32 {
    clamp(ms).min(NEVER - 1)
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

    fn language(&mut self) -> Result<Option<String>> {
        Ok(self.called()?.sent.language().map(str::to_owned))
    }

    fn attributes(&mut self) -> Result<Vec<(String, String)>> {
        Ok(self.called()?.sent.attributes().to_vec())
    }

    fn familiar_ms_ago(&mut self) -> Result<Option<u32>> {
        let there = self.called()?.services.iter().filter(|service| service.there);
        Ok(there.map(|service| ago(service.ms_ago)).min())
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

    fn delay_ms(&mut self) -> Result<Vec<u32>> {
        Ok(self.called()?.column(|agent| clamp(agent.delay_ms)))
    }

    fn talk_ms_today(&mut self) -> Result<Vec<u32>> {
        Ok(self.called()?.column(|agent| clamp(agent.talk_ms_today)))
    }

    fn served_ms_ago(&mut self) -> Result<Vec<u32>> {
        let scene = self.called()?;
        Ok(scene.column(|agent| {
            let service = scene.services.iter().find(|service| service.agent == agent.agent);
            service.map_or(NEVER, |service| ago(service.ms_ago))
        }))
    }

    fn skill_level(&mut self, name: String) -> Result<Vec<u8>> {
        Ok(self.called()?.skills.iter().map(|skills| skills.level(&name)).collect())
    }

    fn last_day(&mut self, name: String) -> Result<Vec<Option<f64>>> {
        Ok(self.called()?.achieved.iter().map(|achieved| achieved.figure(&name)).collect())
    }
}
