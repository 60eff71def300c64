//! `ladus sim`: virtual time on the command line.

mod bench;
mod check;
mod replay;
mod theory;

use std::path::PathBuf;

use acd::BuiltIn;
use anyhow::{Context, anyhow};
use sim::timeline;

use crate::process::say;

#[derive(clap::Subcommand, Debug)]
pub enum SimCommand {
    /// Play a timeline and print what happens.
    Run { file: PathBuf },
    /// Live made-up days under a judge and a model that predicts every order and fact.
    Check(check::CheckArgs),
    /// Compare the engine with queueing theory (Erlang C and Erlang A).
    Theory(theory::TheoryArgs),
    /// Measure what an event costs in small and large centres.
    Bench(bench::BenchArgs),
    /// Live a recorded day again under another plan or policy.
    Replay(replay::ReplayArgs),
}

/// True when nothing was found wrong.
pub async fn sim(command: SimCommand) -> anyhow::Result<bool> {
    match command {
        SimCommand::Run { file } => run(&file),
        SimCommand::Check(args) => check::check(&args),
        SimCommand::Theory(args) => theory::theory(&args),
        SimCommand::Bench(args) => bench::bench(&args),
        SimCommand::Replay(args) => replay::replay(&args).await,
    }
}

fn run(file: &std::path::Path) -> anyhow::Result<bool> {
    let shown = file.display();
    let script = std::fs::read_to_string(file).with_context(|| format!("cannot read {shown}"))?;
    let told = timeline::play(&script, &mut BuiltIn);
    say(told.map_err(|mistake| anyhow!("{shown}: {mistake}"))?.trim_end());
    Ok(true)
}
