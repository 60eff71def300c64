//! The host: takes files, gives plugins.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use acd::Question;
use wasmtime::Engine;
use wasmtime::component::Component;
use wasmtime::component::types::ComponentItem;

use crate::cache::{Cache, hash};
use crate::routing::v1::{Answer, Doors, RoutingPlugin, doors};
use crate::run::Run;
use crate::ticker::Ticker;
use crate::{Card, Compiler, Failure, Field, Refusal, Value, check, engine};

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
    doors: Doors,
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
    routing: RoutingPlugin,
    ticker: Arc<Ticker>,
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
        let doors = doors(&engine).map_err(wrong)?;
        let cache = Cache::open(&config.cache_dir, &engine).map_err(HostError::Cache)?;
        let ticker = Arc::new(Ticker::new(engine.clone()).map_err(HostError::Ticker)?);
        Ok(Self { engine, doors, cache, compiler: config.compiler, ticker })
    }

    /// Takes a routing plugin in: checks the file, compiles it (or finds it compiled), links it and
    /// asks it about itself. Blocks, for seconds when there is something to compile.
    ///
    /// # Errors
    ///
    /// In plain words, why the file is refused.
    pub fn routing(&self, file: &[u8]) -> Result<Plugin, Refusal> {
        let sha256 = hash(file);
        let component = match self.cache.find(&self.engine, &sha256) {
            Some(component) => component,
            None => self.cache.make(&self.engine, &self.compiler, &sha256, &check(file)?)?,
        };
        let reads = reads(&self.engine, &component);
        let routing = RoutingPlugin::link(&self.doors, &component, &reads)
            .map_err(|error| Refusal::WrongShape(format!("{error:#}")))?;
        let described = routing.describe(&self.ticker);
        let Run { outcome, backtrace, .. } =
            described.map_err(|error| Refusal::Host(error.to_string()))?;
        let card = outcome.map_err(|failure| Refusal::NotDescribed { failure, backtrace })?;
        if let Some(fault) = card.fault() {
            return Err(Refusal::WrongCard(fault));
        }
        let (settings, ticker) = (card.initial().into(), Arc::clone(&self.ticker));
        Ok(Plugin { inside: Arc::new(Inside { card, sha256, reads, routing, ticker }), settings })
    }
}

impl Plugin {
    /// The same plugin with settings of an administrator's choice. A field that is not named, or
    /// whose value does not fit it, has the card's own value.
    #[must_use]
    pub fn with(&self, mut chosen: BTreeMap<String, Value>) -> Plugin {
        let fields = self.card().fields.iter();
        let value = |field: &Field| {
            let chosen = chosen.remove(&field.id).filter(|value| field.kind.takes(value));
            (field.id.clone(), chosen.unwrap_or_else(|| field.initial.clone()))
        };
        Plugin { inside: Arc::clone(&self.inside), settings: fields.map(value).collect() }
    }

    /// Whether this is the same plugin with the same settings.
    pub(crate) fn is_as(&self, other: &Plugin) -> bool {
        self.sha256() == other.sha256() && self.settings == other.settings
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
        format!("{}@{}", self.card().name, self.card().version)
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
    pub(crate) fn decide(&self, question: &Question<'_>) -> Run<Answer> {
        let Inside { routing, ticker, .. } = &*self.inside;
        routing.decide(ticker, question, &self.settings).unwrap_or_else(|error| Run {
            outcome: Err(Failure::from(error)),
            micros: 0,
            fuel: 0,
            log: Vec::new(),
            backtrace: Vec::new(),
        })
    }
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
