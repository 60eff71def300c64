//! `ladus plugin`: build a plugin with whichever toolchain is there.
//!
//! The server's program mounts [`PluginCommand`] below `ladus plugin`.

mod build;
mod sources;
mod toolchain;

use std::path::PathBuf;

pub use crate::build::{Built, build, component};
pub use crate::sources::{hash_file, sources_hash};
pub use crate::toolchain::Toolchain;

/// What an author of plugins may ask for.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum PluginCommand {
    /// Build the plugin in a folder; the component is written beside its Cargo.toml.
    Build {
        /// The folder with the plugin's Cargo.toml.
        #[arg(default_value = ".")]
        folder: PathBuf,
    },
}

impl PluginCommand {
    /// Does it, and says in a sentence what was done.
    ///
    /// # Errors
    ///
    /// When there is no toolchain, the build fails, or the host would refuse the result.
    pub fn run(self) -> anyhow::Result<String> {
        match self {
            PluginCommand::Build { folder } => {
                let Built { component, bytes, .. } = build(&folder)?;
                Ok(format!("{} is ready: {bytes} bytes", component.display()))
            }
        }
    }
}
