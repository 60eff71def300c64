//! `ladus load`: what a call costs. The system under test is a process of its own.
//!
//! Our phones need more CPU than the system they call, so they must not be counted with it: each
//! run starts `ladus bench-target`, reads its CPU and memory from `/proc`, and lets it end by
//! closing its standard input.

mod media;
mod print;
mod signalling;
mod target;

use std::io;
use std::path::Path;
use std::time::Duration;

use crate::StartError;

pub use self::media::{MediaArgs, MediaLoad, run_media};
pub use self::signalling::{SignallingArgs, SignallingLoad, run_signalling};

/// The kinds of load.
#[derive(clap::Subcommand, Clone, Debug)]
pub enum LoadCommand {
    /// Many short calls without sound: what setting up and ending a call costs.
    Signalling(SignallingArgs),
    /// Many calls at once with sound both ways: what carrying and recording it costs.
    Media(MediaArgs),
}

/// Why a load could not be measured.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error(transparent)]
    Phones(#[from] StartError),
    #[error("the system under test could not be started: {0}")]
    Start(#[source] io::Error),
    #[error("the system under test did not say `{0}` in time")]
    Silent(&'static str),
    #[error("the system under test said something else than was agreed: {0}")]
    Strange(String),
    #[error("{registered} of {agents} phones registered")]
    Unregistered { registered: u64, agents: u64 },
    #[error("the operating system does not tell of the system under test: {0}")]
    Unseen(#[source] io::Error),
    #[error("the result could not be written: {0}")]
    Output(#[source] io::Error),
}

/// Two sockets of ours for each phone, and everything else.
const FILES_PER_PHONE: u64 = 2;
const OTHER_FILES: u64 = 500;

/// Measures and prints. True when no call went wrong. `exe` is this very binary.
pub async fn run(load: LoadCommand, exe: &Path) -> Result<bool, LoadError> {
    match load {
        LoadCommand::Signalling(args) => {
            let load = run_signalling(&args, exe).await?;
            print::result(&load, args.json)?;
            Ok(load.is_good())
        }
        LoadCommand::Media(args) => {
            let load = run_media(&args, exe).await?;
            print::result(&load, args.json)?;
            Ok(load.is_good(&args))
        }
    }
}

fn raise_open_files(phones: usize) {
    let wanted = phones as u64 * FILES_PER_PHONE + OTHER_FILES;
    match rlimit::increase_nofile_limit(wanted) {
        Ok(granted) if granted < wanted => {
            tracing::warn!(granted, wanted, "fewer open files are allowed than phones may need");
        }
        Ok(_) => (),
        Err(error) => tracing::warn!(%error, "the limit of open files could not be raised"),
    }
}

/// Two digits after the point are more than a measurement is worth.
fn round(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// What a run may take beside the time that was asked for, before somebody must look.
const SLACK: Duration = Duration::from_secs(30);
