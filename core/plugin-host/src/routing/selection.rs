//! `ladus:routing@1`, call selection: a freed agent and the calls that wait, as the plugin sees
//! them, and its choice.

use acd::{Achieved, AgentId, Freed, Sent, Skills, WaitingCall};
use wasmtime::component::{Component, HasSelf, Linker};
use wasmtime::{Engine, Result};

use self::bindings::exports::ladus::routing::selection;
use self::bindings::ladus::routing::{agent, moment, waiting};
use self::bindings::{CallSelection, CallSelectionPre};
use super::v1::bindings::ladus::base::about;
use super::v1::{NEVER, Needs, ago, clamp};
use crate::limits::REASON_MAX;
use crate::run::{Failure, Run, State, begin, cut};
use crate::ticker::Ticker;
use crate::{Card, Value};

/// Generated from the WIT, which is the same file that plugins are built from.
pub(crate) mod bindings {
    wasmtime::component::bindgen!({
        path: ["../../sdk/wit/base/v1", "../../sdk/wit/routing/v1"],
        world: "ladus:routing/call-selection",
        imports: { default: trappable },
        with: {
            "ladus:base/about": crate::routing::v1::bindings::ladus::base::about,
            "ladus:base/log": crate::routing::v1::bindings::ladus::base::log,
        },
    });
}

/// The functions of one engine that such plugins may call.
pub(crate) type Doors = Linker<State<Scene>>;

/// What such a plugin may see: a copy of the question, because a store outlives borrows.
#[derive(Debug, Default)]
pub(crate) struct Scene {
    now_ms: u64,
    seed: u64,
    agent: Agent,
    calls: Vec<Call>,
}

#[derive(Debug, Default)]
struct Agent {
    idle_ms: u32,
    handled_today: u32,
    missed_today: u32,
    talk_ms_today: u32,
    occupancy_permille: u16,
    skills: Skills,
    achieved: Achieved,
}

#[derive(Debug)]
struct Call {
    group: u32,
    order: u32,
    delay_ms: u32,
    waited_ms: u32,
    priority: i32,
    offers: u32,
    group_waiting: u32,
    callback: bool,
    overtaken_ms: u32,
    sent: Sent,
    served_ms_ago: u32,
}

/// A usable answer: the position of the call that is taken, if it is not the engine's own choice.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Answer {
    pub(crate) position: Option<usize>,
    pub(crate) reason: Option<String>,
}

/// A plugin that selects calls, linked and ready for a fresh instance.
#[derive(Clone)]
pub(crate) struct SelectionPlugin {
    selection: CallSelectionPre<State<Scene>>,
    needs: Needs,
}

/// Opens every function of the world, and nothing else.
pub(crate) fn doors(engine: &Engine) -> Result<Doors> {
    let mut linker = Linker::new(engine);
    CallSelection::add_to_linker::<_, HasSelf<_>>(&mut linker, |state| state)?;
    Ok(linker)
}

impl SelectionPlugin {
    /// Fails when the plugin wants what there is not, or lacks what the world asks for. `reads` are
    /// the functions it imports.
    pub(crate) fn link(doors: &Doors, component: &Component, reads: &[String]) -> Result<Self> {
        let selection = CallSelectionPre::new(doors.instantiate_pre(component)?)?;
        Ok(Self { selection, needs: Needs::of(reads) })
    }

    /// Asks the plugin about itself.
    pub(crate) fn describe(&self, ticker: &Ticker) -> Result<Run<Card>> {
        let _running = ticker.run();
        let (mut store, started) = begin(self.selection.engine(), Scene::default(), 0)?;
        let card = self.selection.instantiate(&mut store).and_then(|plugin| {
            let card = plugin.ladus_routing_selection().call_describe(&mut store)?;
            Ok(Card::from(card))
        });
        let card = card.map_err(|error| store.data_mut().stopped(error));
        Ok(started.end(store, card))
    }

    /// Chooses for one agent in a fresh instance.
    pub(crate) fn pick(
        &self,
        ticker: &Ticker,
        freed: &Freed<'_>,
        settings: &[(String, Value)],
    ) -> Result<Run<Answer>> {
        let _running = ticker.run();
        let count = freed.calls.len();
        let scene = Scene::of(freed, self.needs);
        let (mut store, started) = begin(self.selection.engine(), scene, count)?;
        let settings: Vec<(String, about::Value)> =
            settings.iter().map(|(id, value)| (id.clone(), value.clone().into())).collect();
        let answered = self
            .selection
            .instantiate(&mut store)
            .and_then(|plugin| plugin.ladus_routing_selection().call_pick(&mut store, &settings));
        let outcome = match answered {
            Ok(Ok(answer)) => checked(answer, count),
            Ok(Err(words)) => Err(Failure::Refused(cut(words, REASON_MAX))),
            Err(error) => Err(store.data_mut().stopped(error)),
        };
        Ok(started.end(store, outcome))
    }
}

fn checked(answer: selection::Answer, count: usize) -> Result<Answer, Failure> {
    let position = match answer.choice {
        selection::Choice::Take(position) if (position as usize) < count => Some(position as usize),
        selection::Choice::Take(position) => {
            return Err(Failure::NoSuchCandidate { position, count: clamp(count as u64) });
        }
        selection::Choice::Pass => None,
    };
    Ok(Answer { position, reason: answer.reason.map(|words| cut(words, REASON_MAX)) })
}

impl Scene {
    fn of(freed: &Freed<'_>, needs: Needs) -> Self {
        Self {
            now_ms: freed.now.0,
            seed: freed.seed,
            agent: Agent {
                idle_ms: clamp(freed.idle_ms),
                handled_today: freed.handled_today,
                missed_today: freed.missed_today,
                talk_ms_today: clamp(freed.talk_ms_today),
                occupancy_permille: freed.occupancy_permille,
                skills: if needs.skills { freed.skills.clone() } else { Skills::default() },
                // Its price is a pointer: whoever does not ask for it does not pay.
                achieved: freed.achieved.clone(),
            },
            calls: freed.calls.iter().map(|call| Call::of(call, freed.agent, needs)).collect(),
        }
    }

    fn column<T>(&self, fact: impl Fn(&Call) -> T) -> Vec<T> {
        self.calls.iter().map(fact).collect()
    }
}

impl Call {
    fn of(call: &WaitingCall<'_>, agent: AgentId, needs: Needs) -> Self {
        let services = if needs.services { call.services.to_vec() } else { Vec::new() };
        let service = services.iter().find(|service| service.agent == agent);
        Self {
            group: clamp(call.group.0),
            order: call.order.into(),
            delay_ms: clamp(call.delay_ms),
            waited_ms: clamp(call.waited_ms),
            priority: call.priority,
            offers: call.offers,
            group_waiting: call.waiting,
            callback: call.callback,
            overtaken_ms: call.overtaken_ms.map_or(NEVER, ago),
            sent: if needs.sent { call.sent.clone() } else { Sent::default() },
            served_ms_ago: service.map_or(NEVER, |service| ago(service.ms_ago)),
        }
    }
}

impl moment::Host for State<Scene> {
    fn now_ms(&mut self) -> Result<u64> {
        Ok(self.called()?.now_ms)
    }

    fn seed(&mut self) -> Result<u64> {
        Ok(self.called()?.seed)
    }
}

impl agent::Host for State<Scene> {
    fn idle_ms(&mut self) -> Result<u32> {
        Ok(self.called()?.agent.idle_ms)
    }

    fn handled_today(&mut self) -> Result<u32> {
        Ok(self.called()?.agent.handled_today)
    }

    fn missed_today(&mut self) -> Result<u32> {
        Ok(self.called()?.agent.missed_today)
    }

    fn talk_ms_today(&mut self) -> Result<u32> {
        Ok(self.called()?.agent.talk_ms_today)
    }

    fn occupancy(&mut self) -> Result<f32> {
        Ok(f32::from(self.called()?.agent.occupancy_permille) / 1000.0)
    }

    fn skill_level(&mut self, name: String) -> Result<u8> {
        Ok(self.called()?.agent.skills.level(&name))
    }

    fn last_day(&mut self, name: String) -> Result<Option<f64>> {
        Ok(self.called()?.agent.achieved.figure(&name))
    }
}

impl waiting::Host for State<Scene> {
    fn count(&mut self) -> Result<u32> {
        Ok(clamp(self.called()?.calls.len() as u64))
    }

    fn group(&mut self) -> Result<Vec<u32>> {
        Ok(self.called()?.column(|call| call.group))
    }

    fn order(&mut self) -> Result<Vec<u32>> {
        Ok(self.called()?.column(|call| call.order))
    }

    fn delay_ms(&mut self) -> Result<Vec<u32>> {
        Ok(self.called()?.column(|call| call.delay_ms))
    }

    fn waited_ms(&mut self) -> Result<Vec<u32>> {
        Ok(self.called()?.column(|call| call.waited_ms))
    }

    fn priority(&mut self) -> Result<Vec<i32>> {
        Ok(self.called()?.column(|call| call.priority))
    }

    fn offers(&mut self) -> Result<Vec<u32>> {
        Ok(self.called()?.column(|call| call.offers))
    }

    fn group_waiting(&mut self) -> Result<Vec<u32>> {
        Ok(self.called()?.column(|call| call.group_waiting))
    }

    fn callback(&mut self) -> Result<Vec<bool>> {
        Ok(self.called()?.column(|call| call.callback))
    }

    fn overtaken_ms(&mut self) -> Result<Vec<u32>> {
        Ok(self.called()?.column(|call| call.overtaken_ms))
    }

    fn language(&mut self) -> Result<Vec<String>> {
        let language = |call: &Call| call.sent.language().unwrap_or_default().to_owned();
        Ok(self.called()?.column(language))
    }

    fn attribute(&mut self, name: String) -> Result<Vec<String>> {
        Ok(self.called()?.column(|call| {
            let found = call.sent.attributes().iter().find(|(its, _)| *its == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        }))
    }

    fn served_ms_ago(&mut self) -> Result<Vec<u32>> {
        Ok(self.called()?.column(|call| call.served_ms_ago))
    }
}
