//! The host: takes files, gives plugins.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use acd::{Freed, Question};
use wasmtime::Engine;
use wasmtime::component::Component;
use wasmtime::component::types::ComponentItem;

use crate::cache::{Cache, hash};
use crate::routing::selection::SelectionPlugin;
use crate::routing::v1::RoutingPlugin;
use crate::routing::{selection, v1};
use crate::run::Run;
use crate::ticker::Ticker;
use crate::{
    Card, Compiler, Failure, IndicatorPlugin, Refusal, Value, World, check, engine, indicator,
};

/// What a host needs to know.
#[derive(Clone, Debug)]
pub struct HostConfig {
    /// Who compiles uploads.
    pub compiler: Compiler,
    /// Where compiled code is kept. Made if it is not there; nobody else may write in it.
    pub cache_dir: PathBuf,
}

/// The host did not start.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    #[error("wasmtime does not start: {0}")]
    Engine(String),
    #[error("the cache of compiled plugins cannot be used: {0}")]
    Cache(std::io::Error),
    #[error("the clock for plugins does not start: {0}")]
    Ticker(std::io::Error),
}

/// Takes plugins in and runs them. One per process: it owns the pool of instances.
pub struct Host {
    engine: Engine,
    doors: v1::Doors,
    selection_doors: selection::Doors,
    indicator_doors: indicator::v1::Doors,
    fold_doors: indicator::fold::Doors,
    cache: Cache,
    compiler: Compiler,
    ticker: Arc<Ticker>,
}

/// A plugin that was accepted: compiled, linked and described, with its settings. Cheap to clone.
#[derive(Clone)]
pub struct Plugin {
    inside: Arc<Inside>,
    /// Every field of the card with its value.
    settings: Arc<[(String, Value)]>,
}

struct Inside {
    card: Card,
    sha256: String,
    reads: Vec<String>,
    linked: Linked,
    ticker: Arc<Ticker>,
}

enum Linked {
    Routing(RoutingPlugin),
    Selection(SelectionPlugin),
}

impl Host {
    /// Starts a host.
    ///
    /// # Errors
    ///
    /// When wasmtime, its thread or the folder for compiled code cannot be had.
    pub fn new(config: HostConfig) -> Result<Self, HostError> {
        let wrong = |error: wasmtime::Error| HostError::Engine(format!("{error:#}"));
        let engine = engine::running().map_err(wrong)?;
        let doors = v1::doors(&engine).map_err(wrong)?;
        let selection_doors = selection::doors(&engine).map_err(wrong)?;
        let indicator_doors = indicator::v1::doors(&engine).map_err(wrong)?;
        let fold_doors = indicator::fold::doors(&engine).map_err(wrong)?;
        let cache = Cache::open(&config.cache_dir, &engine).map_err(HostError::Cache)?;
        let ticker = Arc::new(Ticker::new(engine.clone()).map_err(HostError::Ticker)?);
        Ok(Self {
            engine,
            doors,
            selection_doors,
            indicator_doors,
            fold_doors,
            cache,
            compiler: config.compiler,
            ticker,
        })
    }

    /// Takes a routing plugin in, of either world: checks the file, compiles it (or finds it
    /// compiled), links it and asks it about itself. [`Plugin::world`] says what it decides.
    /// Blocks, for seconds when there is something to compile.
    ///
    /// # Errors
    ///
    /// In plain words, why the file is refused.
    pub fn routing(&self, file: &[u8]) -> Result<Plugin, Refusal> {
        let sha256 = hash(file);
        let component = self.component(file, &sha256)?;
        let reads = reads(&self.engine, &component);
        let linked = self.link(&component, &reads)?;
        let described = match &linked {
            Linked::Routing(plugin) => plugin.describe(&self.ticker),
            Linked::Selection(plugin) => plugin.describe(&self.ticker),
        };
        let Run { outcome, backtrace, .. } =
            described.map_err(|error| Refusal::Host(error.to_string()))?;
        let card = outcome.map_err(|failure| Refusal::NotDescribed { failure, backtrace })?;
        if let Some(fault) = card.fault() {
            return Err(Refusal::WrongCard(fault));
        }
        let (settings, ticker) = (card.initial().into(), Arc::clone(&self.ticker));
        Ok(Plugin { inside: Arc::new(Inside { card, sha256, reads, linked, ticker }), settings })
    }

    /// Links it for the world that it is built for.
    fn link(&self, component: &Component, reads: &[String]) -> Result<Linked, Refusal> {
        let world = world(&self.engine, component).ok_or(Refusal::NoPolicy)?;
        let linked = match world {
            World::Routing => {
                RoutingPlugin::link(&self.doors, component, reads).map(Linked::Routing)
            }
            World::CallSelection => SelectionPlugin::link(&self.selection_doors, component, reads)
                .map(Linked::Selection),
            is @ World::Indicator => {
                return Err(Refusal::OtherWorld { is, wanted: World::Routing });
            }
        };
        linked.map_err(|error| Refusal::WrongShape { world, words: format!("{error:#}") })
    }

    /// Takes a success indicator in, as [`Host::routing`] does a policy.
    ///
    /// # Errors
    ///
    /// In plain words, why the file is refused.
    pub fn indicator(&self, file: &[u8]) -> Result<IndicatorPlugin, Refusal> {
        let (component, sha256) = self.compiled(file, World::Indicator)?;
        let reads = reads(&self.engine, &component);
        let ticker = Arc::clone(&self.ticker);
        let shape = component.component_type();
        let linked = if shape.exports(&self.engine).any(|(name, _)| World::folds(name)) {
            indicator::v1::Linked::fold(&self.fold_doors, &component, ticker)
        } else {
            indicator::v1::Linked::table(&self.indicator_doors, &component, ticker)
        };
        let world = World::Indicator;
        let linked =
            linked.map_err(|error| Refusal::WrongShape { world, words: format!("{error:#}") })?;
        IndicatorPlugin::take(linked, sha256, reads)
    }

    /// What a file is for, as [`Host::routing`] and [`Host::indicator`] see it.
    ///
    /// # Errors
    ///
    /// In plain words, why the file is refused.
    pub fn world(&self, file: &[u8]) -> Result<World, Refusal> {
        let component = self.component(file, &hash(file))?;
        world(&self.engine, &component).ok_or(Refusal::NoPolicy)
    }

    /// The component of a file that must be for this world, and its hash.
    fn compiled(&self, file: &[u8], wanted: World) -> Result<(Component, String), Refusal> {
        let sha256 = hash(file);
        let component = self.component(file, &sha256)?;
        match world(&self.engine, &component) {
            Some(is) if is == wanted => Ok((component, sha256)),
            Some(is) => Err(Refusal::OtherWorld { is, wanted }),
            None => Err(Refusal::NoPolicy),
        }
    }

    /// Found compiled, or checked and compiled now.
    fn component(&self, file: &[u8], sha256: &str) -> Result<Component, Refusal> {
        match self.cache.find(&self.engine, sha256) {
            Some(component) => Ok(component),
            None => self.cache.make(&self.engine, &self.compiler, sha256, &check(file)?),
        }
    }
}

impl Plugin {
    /// The same plugin with settings of an administrator's choice. A field that is not named, or
    /// whose value does not fit it, has the card's own value.
    #[must_use]
    pub fn with(&self, chosen: BTreeMap<String, Value>) -> Plugin {
        Plugin { inside: Arc::clone(&self.inside), settings: self.card().settled(chosen) }
    }

    /// Whether this is the same plugin with the same settings.
    pub(crate) fn is_as(&self, other: &Plugin) -> bool {
        self.sha256() == other.sha256() && self.settings == other.settings
    }

    /// What it decides.
    pub fn world(&self) -> World {
        match self.inside.linked {
            Linked::Routing(_) => World::Routing,
            Linked::Selection(_) => World::CallSelection,
        }
    }

    /// What the plugin tells about itself.
    pub fn card(&self) -> &Card {
        &self.inside.card
    }

    /// The identity of the uploaded file.
    pub fn sha256(&self) -> &str {
        &self.inside.sha256
    }

    /// The facts it may read, for example `ladus:routing/candidates@1.0.0#idle-ms`.
    pub fn reads(&self) -> &[String] {
        &self.inside.reads
    }

    /// How the journal names it, for example `longest-idle@1.0.0`.
    pub fn label(&self) -> String {
        self.card().label()
    }

    /// What it decides by: every field of the card with its value, at first the initial one.
    pub fn settings(&self) -> &[(String, Value)] {
        &self.settings
    }

    /// The same plugin with these settings; fields that are not named have their initial value.
    ///
    /// # Errors
    ///
    /// In plain words, which setting is not there or has a value that does not fit it.
    pub fn with_settings(&self, chosen: &[(String, Value)]) -> Result<Plugin, String> {
        match self.card().misfit(chosen) {
            Some(words) => Err(words),
            None => Ok(self.with(chosen.iter().cloned().collect())),
        }
    }

    /// Takes one decision in a fresh instance.
    pub(crate) fn decide(&self, question: &Question<'_>) -> Run<v1::Answer> {
        match &self.inside.linked {
            Linked::Routing(plugin) => plugin
                .decide(&self.inside.ticker, question, &self.settings)
                .unwrap_or_else(Run::of_error),
            Linked::Selection(_) => Run::of_failure(Failure::OtherWorld),
        }
    }

    /// Chooses a call for a freed agent in a fresh instance.
    pub(crate) fn pick(&self, freed: &Freed<'_>) -> Run<selection::Answer> {
        match &self.inside.linked {
            Linked::Selection(plugin) => plugin
                .pick(&self.inside.ticker, freed, &self.settings)
                .unwrap_or_else(Run::of_error),
            Linked::Routing(_) => Run::of_failure(Failure::OtherWorld),
        }
    }
}

/// What a component is for; the door has let in nothing that is for none.
fn world(engine: &Engine, component: &Component) -> Option<World> {
    component.component_type().exports(engine).find_map(|(name, _)| World::of(name))
}

/// The functions a component imports, by the full name of their interface.
fn reads(engine: &Engine, component: &Component) -> Vec<String> {
    let mut reads = Vec::new();
    for (interface, item) in component.component_type().imports(engine) {
        let ComponentItem::ComponentInstance(instance) = item.ty else { continue };
        for (name, export) in instance.exports(engine) {
            if let ComponentItem::ComponentFunc(_) = export.ty {
                reads.push(format!("{interface}#{name}"));
            }
        }
    }
    reads
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Host").field("compiler", &self.compiler).finish_non_exhaustive()
    }
}

impl fmt::Debug for Plugin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plugin").field("label", &self.label()).finish_non_exhaustive()
    }
}
