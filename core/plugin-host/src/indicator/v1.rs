//! `ladus:indicator@1`: a table of figures as the plugin sees it, and what it makes of them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use stats::indicator::{Better, Failed, Figure, Figures, Indicator, Metric, Scale, Unit};
use stats::indicator::{Outcome, Reason};
use wasmtime::component::{Component, HasSelf, Linker};
use wasmtime::{Engine, Result};

use self::bindings::ladus::indicator::{outcomes as wire, people, period};
use self::bindings::{Indicators, IndicatorsPre};
use super::fold::{self, Fold, Reading, Sum};
use crate::limits::{FOLD_PEOPLE_MAX, PEOPLE_MAX, REASON_MAX};
use crate::routing::v1::bindings::ladus::base::about;
use crate::run::{Failure, Run, State, begin_for_people, cut};
use crate::ticker::Ticker;
use crate::{Card, Refusal, Value};

/// Generated from the WIT, which is the same file that plugins are built from. What every plugin
/// has is the same in each world.
pub(crate) mod bindings {
    wasmtime::component::bindgen!({
        path: ["../../sdk/wit/base/v1", "../../sdk/wit/indicator/v1"],
        world: "ladus:indicator/indicators",
        imports: { default: trappable },
        with: {
            "ladus:base/about": crate::routing::v1::bindings::ladus::base::about,
            "ladus:base/log": crate::routing::v1::bindings::ladus::base::log,
        },
    });
}

/// What an indicator may see; nothing while it tells about itself.
pub(crate) type Scene = Option<Arc<Figures>>;

/// The functions of one engine that indicators may call.
pub(crate) type Doors = Linker<State<Scene>>;

/// An indicator that was accepted: compiled, linked and described, with its settings. Cheap to
/// clone.
#[derive(Clone)]
pub struct IndicatorPlugin {
    inside: Arc<Inside>,
    /// Every field of the card with its value.
    settings: Arc<[(String, Value)]>,
}

struct Inside {
    linked: Linked,
    card: Card,
    scale: Scale,
    sha256: String,
    reads: Vec<String>,
}

/// Ready for a fresh instance, by the world it is for.
pub(crate) enum Linked {
    Table(Box<IndicatorsPre<State<Scene>>>, Arc<Ticker>),
    Fold(Box<Fold>),
}

/// Opens every function of the world, and nothing else.
pub(crate) fn doors(engine: &Engine) -> Result<Doors> {
    let mut linker = Linker::new(engine);
    Indicators::add_to_linker::<_, HasSelf<_>>(&mut linker, |state| state)?;
    Ok(linker)
}

impl IndicatorPlugin {
    /// Asks a plugin about itself. `reads` are the functions it imports.
    pub(crate) fn take(
        linked: Linked,
        sha256: String,
        reads: Vec<String>,
    ) -> Result<Self, Refusal> {
        let Run { outcome, backtrace, .. } = linked.describe();
        let profile = outcome.map_err(|failure| Refusal::NotDescribed { failure, backtrace })?;
        let (card, scale) = read(profile);
        if let Some(fault) = card.fault() {
            return Err(Refusal::WrongCard(fault));
        }
        let settings = card.initial().into();
        let inside = Inside { linked, card, scale, sha256, reads };
        Ok(Self { inside: Arc::new(inside), settings })
    }

    /// What the plugin tells about itself.
    pub fn card(&self) -> &Card {
        &self.inside.card
    }

    /// The identity of the uploaded file.
    pub fn sha256(&self) -> &str {
        &self.inside.sha256
    }

    /// The facts it may read, for example `ladus:indicator/people@1.0.0#talk-ms`.
    pub fn reads(&self) -> &[String] {
        &self.inside.reads
    }

    /// How results name it, for example `answered-per-hour@1.0.0`.
    pub fn label(&self) -> String {
        self.card().label()
    }

    /// What it works by: every field of the card with its value, at first the initial one.
    pub fn settings(&self) -> &[(String, Value)] {
        &self.settings
    }

    /// The same indicator with these settings; fields that are not named have their initial value.
    ///
    /// # Errors
    ///
    /// In plain words, which setting is not there or has a value that does not fit it.
    pub fn with_settings(&self, chosen: &[(String, Value)]) -> Result<IndicatorPlugin, String> {
        if let Some(words) = self.card().misfit(chosen) {
            return Err(words);
        }
        let chosen: BTreeMap<String, Value> = chosen.iter().cloned().collect();
        Ok(Self { inside: Arc::clone(&self.inside), settings: self.card().settled(chosen) })
    }

    /// Works the indicator out in fresh instances: one outcome for each person, in the order of
    /// the figures. Blocks: microseconds for a company, a second for a plugin that means harm to
    /// [`PEOPLE_MAX`] people.
    pub fn run(&self, figures: &Figures) -> Run<Vec<Outcome>> {
        self.run_reading(figures, Reading::Whole)
    }

    /// The same with stories read in another way; to an indicator that reads none it is the same.
    pub fn run_reading(&self, figures: &Figures, reading: Reading) -> Run<Vec<Outcome>> {
        let Inside { linked, scale, .. } = &*self.inside;
        let count = figures.people().len();
        let people = whole(count);
        if count > linked.people_max() {
            return Run::of_failure(Failure::TooManyPeople { people });
        }
        let settings: about::Settings =
            self.settings.iter().map(|(id, value)| (id.clone(), value.clone().into())).collect();
        let Run { outcome, micros, fuel, log, backtrace } =
            linked.compute(figures, &settings, reading);
        let outcome = outcome.and_then(|outcomes| checked(outcomes, people, *scale));
        Run { outcome, micros, fuel, log, backtrace }
    }
}

impl Linked {
    /// An indicator that looks at a table; fails when it wants what there is not.
    pub(crate) fn table(
        doors: &Doors,
        component: &Component,
        ticker: Arc<Ticker>,
    ) -> Result<Linked> {
        let linked = IndicatorsPre::new(doors.instantiate_pre(component)?)?;
        Ok(Linked::Table(Box::new(linked), ticker))
    }

    /// One that reads facts in order.
    pub(crate) fn fold(
        doors: &fold::Doors,
        component: &Component,
        ticker: Arc<Ticker>,
    ) -> Result<Linked> {
        Ok(Linked::Fold(Box::new(Fold::link(doors, component, ticker)?)))
    }

    fn people_max(&self) -> usize {
        match self {
            Linked::Table(..) => PEOPLE_MAX,
            Linked::Fold(_) => FOLD_PEOPLE_MAX,
        }
    }

    fn describe(&self) -> Run<wire::Profile> {
        match self {
            Linked::Table(linked, ticker) => describe(linked, ticker).unwrap_or_else(Run::of_error),
            Linked::Fold(fold) => fold.describe(),
        }
    }

    fn compute(
        &self,
        figures: &Figures,
        settings: &about::Settings,
        reading: Reading,
    ) -> Run<Vec<wire::Outcome>> {
        match self {
            Linked::Table(linked, ticker) => {
                compute(linked, ticker, figures, settings).unwrap_or_else(Run::of_error)
            }
            Linked::Fold(fold) => {
                let mut sum = Sum::new();
                let outcome = fold.compute(figures, settings, reading, &mut sum);
                let Run { micros, fuel, log, backtrace, .. } = sum.run;
                Run { outcome, micros, fuel, log, backtrace }
            }
        }
    }
}

fn compute(
    linked: &IndicatorsPre<State<Scene>>,
    ticker: &Ticker,
    figures: &Figures,
    settings: &about::Settings,
) -> Result<Run<Vec<wire::Outcome>>> {
    let _running = ticker.run();
    let people = whole(figures.people().len());
    let scene = Some(Arc::new(figures.clone()));
    let (mut store, started) = begin_for_people(linked.engine(), scene, people)?;
    let computed = linked
        .instantiate(&mut store)
        .and_then(|plugin| plugin.ladus_indicator_indicator().call_compute(&mut store, settings));
    let outcome = match computed {
        Ok(Ok(outcomes)) => Ok(outcomes),
        Ok(Err(words)) => Err(Failure::Refused(cut(words, REASON_MAX))),
        Err(error) => Err(store.data_mut().stopped(error)),
    };
    Ok(started.end(store, outcome))
}

impl Indicator for IndicatorPlugin {
    fn scale(&self) -> Scale {
        self.inside.scale
    }

    fn needs(&self) -> Vec<Metric> {
        let named = |read: &String| Metric::named(read.rsplit_once('#')?.1);
        self.reads().iter().filter_map(named).collect()
    }

    fn needs_stories(&self) -> bool {
        matches!(self.inside.linked, Linked::Fold(_))
    }

    fn evaluate(&self, figures: &Figures) -> Result<Vec<Outcome>, Failed> {
        let Run { outcome, log, backtrace, .. } = self.run(figures);
        let plugin = self.label();
        for line in log {
            tracing::debug!(%plugin, level = ?line.level, "{}", line.text);
        }
        outcome.map_err(|failure| {
            tracing::warn!(%plugin, %failure, ?backtrace, "an indicator could not be worked out");
            Failed(failure.to_string())
        })
    }
}

fn describe(linked: &IndicatorsPre<State<Scene>>, ticker: &Ticker) -> Result<Run<wire::Profile>> {
    let _running = ticker.run();
    let (mut store, started) = begin_for_people(linked.engine(), None, 0)?;
    let told = linked
        .instantiate(&mut store)
        .and_then(|plugin| plugin.ladus_indicator_indicator().call_describe(&mut store));
    let told = told.map_err(|error| store.data_mut().stopped(error));
    Ok(started.end(store, told))
}

fn read(profile: wire::Profile) -> (Card, Scale) {
    let wire::Profile { card, unit, better, sample_min } = profile;
    let unit = match unit {
        wire::Unit::Seconds => Unit::Seconds,
        wire::Unit::Count => Unit::Count,
        wire::Unit::Ratio => Unit::Ratio,
        wire::Unit::Money => Unit::Money,
    };
    let better = match better {
        wire::Better::More => Better::More,
        wire::Better::Less => Better::Less,
    };
    (card.into(), Scale { unit, better, sample_min })
}

fn checked(
    outcomes: Vec<wire::Outcome>,
    people: u32,
    scale: Scale,
) -> Result<Vec<Outcome>, Failure> {
    let count = whole(outcomes.len());
    if count != people {
        return Err(Failure::WrongCount { outcomes: count, people });
    }
    let outcome = |outcome| match outcome {
        wire::Outcome::Value(wire::Figure { value, sample, note }) => {
            scale.judge(Figure { value, sample, note: note.map(|words| cut(words, REASON_MAX)) })
        }
        wire::Outcome::None(words) => Outcome::None(Reason::Said(cut(words, REASON_MAX))),
    };
    Ok(outcomes.into_iter().map(outcome).collect())
}

/// There are at most [`PEOPLE_MAX`] people; an answer may have as many outcomes as it likes.
fn whole(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl State<Scene> {
    fn ask<T: Default>(&mut self, of: impl Fn(&Figures) -> T) -> Result<T> {
        Ok(self.called()?.as_deref().map(of).unwrap_or_default())
    }

    fn column(&mut self, metric: Metric) -> Result<Vec<Option<f64>>> {
        self.ask(|figures| figures.column(metric))
    }
}

impl<S: Send> wire::Host for State<S> {}

impl period::Host for State<Scene> {
    fn from_ms(&mut self) -> Result<u64> {
        self.ask(|figures| figures.period().from.0)
    }

    fn to_ms(&mut self) -> Result<u64> {
        self.ask(|figures| figures.period().to.0)
    }
}

macro_rules! columns {
    ($($function:ident $metric:ident),* $(,)?) => {
        impl people::Host for State<Scene> {
            fn count(&mut self) -> Result<u32> {
                self.ask(|figures| whole(figures.people().len()))
            }

            fn short_talk_limit_ms(&mut self) -> Result<u32> {
                let limit = |it: &Figures| u32::try_from(it.limits().instant_ms);
                self.ask(|figures| limit(figures).unwrap_or(u32::MAX))
            }

            $(fn $function(&mut self) -> Result<Vec<Option<f64>>> {
                self.column(Metric::$metric)
            })*
        }
    };
}

columns! {
    offers Offers,
    answered Answered,
    missed Missed,
    rejected Rejected,
    busy Busy,
    unreachable Unreachable,
    caller_left CallerLeft,
    withdrawn Withdrawn,
    ring_ms RingMs,
    ring_answered_ms RingAnsweredMs,
    ring_missed_ms RingMissedMs,
    talks Talks,
    talk_ms TalkMs,
    hold_ms HoldMs,
    wrap_up_ms WrapUpMs,
    short_talks ShortTalks,
    short_talk_ms ShortTalkMs,
    instant_hang_ups InstantHangUps,
    quick_transfers QuickTransfers,
    transfers Transfers,
    logged_on_ms LoggedOnMs,
    break_ms BreakMs,
    idle_ms IdleMs,
    unreachable_ms UnreachableMs,
}

impl fmt::Debug for IndicatorPlugin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IndicatorPlugin").field("label", &self.label()).finish_non_exhaustive()
    }
}
