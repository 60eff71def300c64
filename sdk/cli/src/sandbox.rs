//! The server's own host, for one command.

use std::fs;
use std::path::{Path, PathBuf};

use acd::GroupId;
use anyhow::{Context, Result, bail};
use plugin_host::{Compiler, Host, HostConfig, Plugin, Refusal, RoutingPolicy};

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

    /// What the server would say to this file.
    ///
    /// # Errors
    ///
    /// In plain words, why the file is refused.
    pub fn take(&self, file: &[u8]) -> Result<Plugin, Refusal> {
        self.host.routing(file)
    }

    /// The host itself. Dropping the folder takes its compiled code away; plugins that were taken
    /// in stay.
    pub fn apart(self) -> (Host, tempfile::TempDir) {
        (self.host, self.folder)
    }
}

/// The same policy in every group that a timeline may have.
pub(crate) fn everywhere(plugin: &Plugin) -> RoutingPolicy {
    let mut policy = RoutingPolicy::new();
    for group in 0..=GROUPS_MAX {
        policy.set(GroupId(group), Some(plugin.clone()));
    }
    policy
}

/// Why the policy failed, if it did in any group.
pub(crate) fn failure(policy: &RoutingPolicy) -> Option<String> {
    let groups = (0..=GROUPS_MAX).filter_map(|group| policy.health(GroupId(group)));
    groups.filter_map(|health| Some(health.last_failure.as_ref()?.to_string())).next()
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
