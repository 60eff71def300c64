//! The world `folds` of `ladus:indicator@1`: facts in order, and states that travel as bytes.

use std::sync::Arc;

use acd::Outcome as Ended;
use stats::indicator::{Figures, Line, Period};
use wasmtime::component::{Component, HasSelf, Linker};
use wasmtime::{Engine, Result};

use self::bindings::ladus::indicator::facts;
use self::bindings::{Folds, FoldsPre};
use super::v1::bindings::ladus::indicator::{outcomes as wire, period};
use crate::limits::{FACTS_MAX, FOLD_FUEL_MAX, LOG_LINES_MAX, REASON_MAX, STATE_MAX};
use crate::routing::v1::bindings::ladus::base::about;
use crate::run::{Failure, Run, State, begin_for_people, cut};
use crate::ticker::Ticker;

/// Generated from the WIT; what both worlds of the package have is the same in both.
pub(crate) mod bindings {
    wasmtime::component::bindgen!({
        path: ["../../sdk/wit/base/v1", "../../sdk/wit/indicator/v1"],
        world: "ladus:indicator/folds",
        imports: { default: trappable },
        with: {
            "ladus:base/about": crate::routing::v1::bindings::ladus::base::about,
            "ladus:base/log": crate::routing::v1::bindings::ladus::base::log,
            "ladus:indicator/outcomes": crate::indicator::v1::bindings::ladus::indicator::outcomes,
            "ladus:indicator/period": crate::indicator::v1::bindings::ladus::indicator::period,
        },
    });
}

/// What a fold may see: the period, and the stretch that is being read.
#[derive(Debug, Default)]
pub(crate) struct Scene {
    period: Option<Period>,
    stretch: Vec<Line>,
}

/// The functions of one engine that folds may call.
pub(crate) type Doors = Linker<State<Scene>>;

/// Opens every function of the world, and nothing else.
pub(crate) fn doors(engine: &Engine) -> Result<Doors> {
    let mut linker = Linker::new(engine);
    Folds::add_to_linker::<_, HasSelf<_>>(&mut linker, |state| state)?;
    Ok(linker)
}

/// How a story is read; the same must come of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Reading {
    /// From its beginning to its end.
    Whole,
    /// Both halves apart, and then merged: as of days that are kept.
    Halves,
}

/// What comes of one call: the plugin's own error is the inner one.
type Answer<T> = Result<std::result::Result<T, String>>;

/// A fold, linked and ready for a fresh instance.
pub(crate) struct Fold {
    linked: FoldsPre<State<Scene>>,
    ticker: Arc<Ticker>,
}

/// All runs of one computation, added up.
pub(super) struct Sum {
    pub(super) run: Run<()>,
}

impl Fold {
    pub(crate) fn link(doors: &Doors, component: &Component, ticker: Arc<Ticker>) -> Result<Self> {
        let linked = FoldsPre::new(doors.instantiate_pre(component)?)?;
        Ok(Self { linked, ticker })
    }

    pub(crate) fn describe(&self) -> Run<wire::Profile> {
        self.call(Scene::default(), 0, |plugin, store| {
            Ok(Ok(plugin.ladus_indicator_fold().call_describe(store)?))
        })
    }

    /// Reads everybody's story and answers what the plugin makes of all of them. What it cost is
    /// added up as it goes.
    pub(super) fn compute(
        &self,
        figures: &Figures,
        settings: &about::Settings,
        reading: Reading,
        sum: &mut Sum,
    ) -> std::result::Result<Vec<wire::Outcome>, Failure> {
        let period = Some(figures.period());
        let people = figures.people().len();
        // Nothing is known of anybody yet, so it is the same of all.
        let unknown = sum.state(self.call(scene(period, &[]), 1, |plugin, store| {
            plugin.ladus_indicator_fold().call_init(store, settings)
        }))?;
        let mut states = Vec::with_capacity(people);
        for place in 0..people {
            let story = figures.story(place);
            states.push(match reading {
                Reading::Whole => self.read(period, story, settings, &unknown, sum)?,
                Reading::Halves => {
                    let (earlier, later) = story.split_at(story.len() / 2);
                    let earlier = self.read(period, earlier, settings, &unknown, sum)?;
                    let later = self.read(period, later, settings, &unknown, sum)?;
                    let merged = self.call(scene(period, &[]), 2, |plugin, store| {
                        plugin.ladus_indicator_fold().call_merge(store, settings, &earlier, &later)
                    });
                    sum.state(merged)?
                }
            });
        }
        let count = u32::try_from(people).unwrap_or(u32::MAX);
        sum.add(self.call(scene(period, &[]), count, |plugin, store| {
            plugin.ladus_indicator_fold().call_finish(store, settings, &states)
        }))
    }

    /// The state after a story of somebody who was unknown.
    fn read(
        &self,
        period: Option<Period>,
        story: &[Line],
        settings: &about::Settings,
        unknown: &[u8],
        sum: &mut Sum,
    ) -> std::result::Result<Vec<u8>, Failure> {
        let mut state = unknown.to_vec();
        for stretch in story.chunks(FACTS_MAX) {
            let count = u32::try_from(stretch.len()).unwrap_or(u32::MAX);
            state = sum.state(self.call(scene(period, stretch), count, |plugin, store| {
                plugin.ladus_indicator_fold().call_on_facts(store, settings, &state)
            }))?;
        }
        Ok(state)
    }

    /// One call in a fresh instance, with work for so many facts or people.
    fn call<T>(
        &self,
        scene: Scene,
        count: u32,
        of: impl FnOnce(&Folds, &mut wasmtime::Store<State<Scene>>) -> Answer<T>,
    ) -> Run<T> {
        let _running = self.ticker.run();
        let begun = begin_for_people(self.linked.engine(), scene, count);
        let (mut store, started) = match begun {
            Ok(begun) => begun,
            Err(error) => return Run::of_error(error),
        };
        let answered = self.linked.instantiate(&mut store);
        let outcome = match answered.and_then(|plugin| of(&plugin, &mut store)) {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(words)) => Err(Failure::Refused(cut(words, REASON_MAX))),
            Err(error) => Err(store.data_mut().stopped(error)),
        };
        started.end(store, outcome)
    }
}

impl Sum {
    pub(super) fn new() -> Sum {
        Sum { run: cost(0, 0) }
    }

    fn add<T>(&mut self, run: Run<T>) -> Result<T, Failure> {
        let Run { outcome, micros, fuel, log, backtrace } = run;
        self.run.micros = self.run.micros.saturating_add(micros);
        self.run.fuel = self.run.fuel.saturating_add(fuel);
        let room = LOG_LINES_MAX.saturating_sub(self.run.log.len());
        self.run.log.extend(log.into_iter().take(room));
        self.run.backtrace = backtrace;
        if self.run.fuel > FOLD_FUEL_MAX { Err(Failure::Fuel) } else { outcome }
    }

    /// The same of a call that answers a state.
    fn state(&mut self, run: Run<Vec<u8>>) -> Result<Vec<u8>, Failure> {
        let state = self.add(run)?;
        if state.len() > STATE_MAX { Err(Failure::Data) } else { Ok(state) }
    }
}

/// A run that went well.
fn cost(micros: u32, fuel: u64) -> Run<()> {
    Run { outcome: Ok(()), micros, fuel, log: Vec::new(), backtrace: Vec::new() }
}

fn scene(period: Option<Period>, stretch: &[Line]) -> Scene {
    Scene { period, stretch: stretch.to_vec() }
}

impl period::Host for State<Scene> {
    fn from_ms(&mut self) -> Result<u64> {
        Ok(self.called()?.period.map_or(0, |period| period.from.0))
    }

    fn to_ms(&mut self) -> Result<u64> {
        Ok(self.called()?.period.map_or(0, |period| period.to.0))
    }
}

impl facts::Host for State<Scene> {
    fn offers(&mut self) -> Result<Vec<facts::Offer>> {
        let lines = (0..).zip(&self.called()?.stretch);
        let offer = |(place, line): (u32, &Line)| match *line {
            Line::Offer { at, outcome, rang_ms } => {
                let (at_ms, ending) = (at.0, ending(outcome));
                Some(facts::Offer { place, at_ms, ending, ring_ms: rang_ms })
            }
            Line::Talk { .. } => None,
        };
        Ok(lines.filter_map(offer).collect())
    }

    fn talks(&mut self) -> Result<Vec<facts::Talk>> {
        let lines = (0..).zip(&self.called()?.stretch);
        let talk = |(place, line): (u32, &Line)| match *line {
            Line::Talk { at, talked_ms, held_ms, by_agent, handed_on } => {
                let (at_ms, talk_ms, hold_ms) = (at.0, talked_ms, held_ms);
                Some(facts::Talk { place, at_ms, talk_ms, hold_ms, by_agent, handed_on })
            }
            Line::Offer { .. } => None,
        };
        Ok(lines.filter_map(talk).collect())
    }
}

fn ending(outcome: Ended) -> facts::Ending {
    match outcome {
        Ended::Answered => facts::Ending::Answered,
        Ended::NoAnswer => facts::Ending::Missed,
        Ended::Rejected => facts::Ending::Rejected,
        Ended::Busy => facts::Ending::Busy,
        Ended::Unreachable => facts::Ending::Unreachable,
        Ended::CallerLeft => facts::Ending::CallerLeft,
        Ended::Withdrawn => facts::Ending::Withdrawn,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_that_are_fair_one_by_one_end_when_their_sum_is_not() {
        let mut sum = Sum::new();
        let mut run = || sum.add(cost(1, FOLD_FUEL_MAX / 2));
        assert_eq!([run(), run()], [Ok(()), Ok(())]);
        assert_eq!(sum.add(cost(1, 2)), Err(Failure::Fuel));
    }
}
