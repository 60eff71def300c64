//! `ladus plugin`: begin, build, check, test, measure and upload a plugin.
//!
//! The server's program mounts [`PluginCommand`] below `ladus plugin`. Everything runs in the very
//! host that the server has, with its limits: what passes here passes there.

mod bench;
mod build;
mod cases;
mod check;
mod clang;
mod new;
mod question;
mod sandbox;
mod script;
mod settings;
mod sources;
mod table;
mod toolchain;
mod upload;
mod waiting;
mod watch;

use std::path::PathBuf;

pub use crate::bench::BenchArgs;
pub use crate::build::{Built, build, component};
pub use crate::cases::{PlayArgs, TestArgs};
pub use crate::check::CheckArgs;
pub use crate::clang::Clang;
pub use crate::new::NewArgs;
pub use crate::sandbox::{Sandbox, component as component_at};
pub use crate::settings::{as_the_case_wants, indicator_as_the_case_wants};
pub use crate::sources::{hash_file, sources_hash};
pub use crate::table::table;
pub use crate::toolchain::Toolchain;
pub use crate::upload::UploadArgs;
pub use plugin_host::Compiler;

/// What an author of plugins may ask for.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum PluginCommand {
    /// Begin a plugin: a folder with a policy or an indicator that works, its test and a case.
    New(NewArgs),
    /// Build the plugin in a folder; the component is written there.
    Build {
        /// The folder with the plugin's Cargo.toml, package.json or policy.c.
        #[arg(default_value = ".")]
        folder: PathBuf,
    },
    /// Look at a file as the server does on upload; exit code 1 and the reason when it is refused.
    Check(CheckArgs),
    /// Play the cases of a plugin and compare what came of them; exit code 1 when one differs.
    Test(TestArgs),
    /// Play one timeline with a plugin deciding, and print what happens; of an indicator, the
    /// figures.
    Play(PlayArgs),
    /// Measure what one decision costs, or one computation of an indicator.
    Bench(BenchArgs),
    /// Upload a plugin to a server, as the page does; exit code 1 and the reason when refused.
    Upload(UploadArgs),
    /// Build and test again whenever a file is saved.
    Watch {
        /// The folder with the plugin's sources.
        #[arg(default_value = ".")]
        folder: PathBuf,
    },
}

/// What a command has to say, and whether all went well.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Said {
    pub words: String,
    pub well: bool,
}

impl Said {
    fn well(words: String) -> Said {
        Said { words, well: true }
    }
}

impl PluginCommand {
    /// Does it. `compiler` compiles plugins as the server would; `say` hears of long work while it
    /// goes on.
    ///
    /// # Errors
    ///
    /// When there is no toolchain, a file cannot be read or written, or a timeline has a mistake.
    pub fn run(self, compiler: Compiler, say: &mut dyn FnMut(&str)) -> anyhow::Result<Said> {
        match self {
            PluginCommand::New(args) => new::new(&args).map(Said::well),
            PluginCommand::Build { folder } => {
                let Built { component, bytes, .. } = build(&folder)?;
                Ok(Said::well(format!("{} is ready: {bytes} bytes", component.display())))
            }
            PluginCommand::Check(args) => check::check(&args, compiler),
            PluginCommand::Test(args) => cases::test(&args, compiler),
            PluginCommand::Play(args) => cases::play(&args, compiler).map(Said::well),
            PluginCommand::Bench(args) => bench::bench(&args, compiler).map(Said::well),
            PluginCommand::Upload(args) => upload::upload(&args, say),
            PluginCommand::Watch { folder } => watch::watch(&folder, &compiler, say),
        }
    }
}
