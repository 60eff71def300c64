//! The server's own host, for one command.

use std::fs;
use std::path::{Path, PathBuf};

use acd::GroupId;
use anyhow::{Context, Result, bail};
use plugin_host::{
    Card, Compiler, Health, Host, HostConfig, IndicatorPlugin, Plugin, Refusal, RoutingPolicy,
    World,
};

use crate::sources::{Sources, hash_file, sources_hash};

/// Groups a timeline may have.
const GROUPS_MAX: u64 = 1_000;

/// A host with a folder of its own for compiled code.
#[derive(Debug)]
pub struct Sandbox {
    host: Host,
    /// Taken away with it.
    folder: tempfile::TempDir,
}

impl Sandbox {
    /// Starts a host.
    ///
    /// # Errors
    ///
    /// When there is no folder for compiled code, or the host does not start.
    pub fn new(compiler: Compiler) -> Result<Sandbox> {
        let folder = tempfile::tempdir().context("no folder for compiled code")?;
        let host = Host::new(HostConfig { compiler, cache_dir: folder.path().join("plugins") })?;
        Ok(Sandbox { host, folder })
    }

    /// What the server would say to this file as a routing plugin.
    ///
    /// # Errors
    ///
    /// In plain words, why the file is refused.
    pub fn routing(&self, file: &[u8]) -> Result<Plugin, Refusal> {
        self.host.routing(file)
    }

    /// What the server would say to this file, where it is wanted.
    pub(crate) fn take(&self, file: &[u8]) -> Result<Taken, Refusal> {
        Ok(match self.host.world(file)? {
            World::Routing | World::CallSelection => Taken::Policy(self.host.routing(file)?),
            World::Indicator => Taken::Indicator(self.host.indicator(file)?),
        })
    }

    /// The host itself. Dropping the folder takes its compiled code away; plugins that were taken
    /// in stay.
    pub fn apart(self) -> (Host, tempfile::TempDir) {
        (self.host, self.folder)
    }
}

/// A plugin that was accepted, by what it is for.
pub(crate) enum Taken {
    Policy(Plugin),
    Indicator(IndicatorPlugin),
}

impl Taken {
    pub(crate) fn world(&self) -> World {
        match self {
            Taken::Policy(plugin) => plugin.world(),
            Taken::Indicator(_) => World::Indicator,
        }
    }

    pub(crate) fn card(&self) -> &Card {
        match self {
            Taken::Policy(plugin) => plugin.card(),
            Taken::Indicator(indicator) => indicator.card(),
        }
    }

    pub(crate) fn label(&self) -> String {
        match self {
            Taken::Policy(plugin) => plugin.label(),
            Taken::Indicator(indicator) => indicator.label(),
        }
    }

    pub(crate) fn sha256(&self) -> &str {
        match self {
            Taken::Policy(plugin) => plugin.sha256(),
            Taken::Indicator(indicator) => indicator.sha256(),
        }
    }

    pub(crate) fn reads(&self) -> &[String] {
        match self {
            Taken::Policy(plugin) => plugin.reads(),
            Taken::Indicator(indicator) => indicator.reads(),
        }
    }
}

/// The same policy in every group that a timeline may have, or for every freed agent.
pub(crate) fn everywhere(plugin: &Plugin) -> RoutingPolicy {
    let mut policy = RoutingPolicy::new();
    if plugin.world() == World::CallSelection {
        policy.set_picker(Some(plugin.clone()));
        return policy;
    }
    for group in 0..=GROUPS_MAX {
        policy.set(GroupId(group), Some(plugin.clone()));
    }
    policy
}

/// Why the policy failed, if it did anywhere, and in which of its functions.
pub(crate) fn failure(policy: &RoutingPolicy) -> Option<String> {
    let groups = policy.seats().map(|(_, _, health)| health);
    let picker = policy.picker().map(|(_, health)| health);
    groups.chain(picker).filter_map(told).next()
}

fn told(health: &Health) -> Option<String> {
    let failure = health.last_failure.as_ref()?;
    let frames = health.last_backtrace.iter().map(|name| format!("\n      in {name}"));
    Some(format!("{failure}{}", frames.collect::<String>()))
}

/// The component that a path stands for: a file, or a folder whose plugin is built first when its
/// sources have changed. Says where the file is, and what is in it.
///
/// # Errors
///
/// When nothing is there, or the plugin cannot be built.
pub fn component(path: &Path) -> Result<(PathBuf, Vec<u8>)> {
    if path.is_dir() {
        let plugin = Sources::read(path)?;
        let file = plugin.folder().join(format!("{}.wasm", plugin.name()));
        let hash = fs::read_to_string(hash_file(plugin.folder(), plugin.name()));
        let fresh = hash.is_ok_and(|hash| sources_hash(path).is_ok_and(|now| now == hash.trim()));
        if !fresh || !file.is_file() {
            crate::build(path)?;
        }
        let bytes = fs::read(&file).with_context(|| file.display().to_string())?;
        return Ok((file, bytes));
    }
    if !path.exists() {
        bail!("{} is not there", path.display());
    }
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    Ok((path.to_owned(), bytes))
}
