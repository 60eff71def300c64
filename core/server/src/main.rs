//! The binary: reads the command line, wires, runs, stops.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use server::bench_target::{TargetArgs, bench_target};
use server::demo::{DemoArgs, demo};
use server::indicator::{IndicatorCommand, indicator};
use server::pay::{PayCommand, pay};
use server::plugin::{PluginPart, plugin};
use server::run::{self, RunArgs};
use server::sim::{SimCommand, sim};
use server::sip::{SipCommand, sip};
use server::stats::{StatsArgs, stats};
use tracing_subscriber::EnvFilter;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A hosted contact centre: one phone rings at a time, plugins decide whose.
#[derive(Parser)]
#[command(name = "ladus", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Log as JSON, one object a line.
    #[arg(long, global = true)]
    log_json: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Run the system; an empty one is set up on the page.
    Run(RunArgs),
    /// Run the system with simulated agents and callers.
    Demo(DemoArgs),
    /// Success indicators: work a formula out over a table of figures.
    #[command(subcommand)]
    Indicator(IndicatorCommand),
    /// Measure the system under load.
    #[command(subcommand)]
    Load(phones::load::LoadCommand),
    /// Begin, build, check, test, measure and try plugins.
    #[command(subcommand)]
    Plugin(PluginPart),
    /// Virtual time: timelines, made-up days, queueing theory, recorded days lived again.
    #[command(subcommand)]
    Sim(SimCommand),
    /// What we understand of a SIP message.
    #[command(subcommand)]
    Sip(SipCommand),
    /// Every metric of the day that a timeline tells; `bench` measures folding and reports.
    Stats(StatsArgs),
    /// Check closed pay periods against the journal.
    #[command(subcommand)]
    Pay(PayCommand),
    /// Print the description of the HTTP API.
    Openapi,
    #[command(hide = true)]
    BenchTarget(TargetArgs),
    /// Compiles one plugin within limits; started by the server itself.
    #[command(hide = true)]
    PluginCompile { component: std::ffi::OsString, output: std::ffi::OsString },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    log(arguments.log_json);
    // A child that is limited to little memory must not start threads first.
    if let Command::PluginCompile { component, output } = arguments.command {
        return plugin_host::compile_child([component, output]);
    }
    match run_to_end(arguments.command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// True when what was asked for went well.
fn run_to_end(command: Command) -> anyhow::Result<bool> {
    // The centre has a core of its own; workers beyond the others only wake each other.
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(cores.saturating_sub(1).max(1)).enable_all().build()?;
    runtime.block_on(execute(command))
}

async fn execute(command: Command) -> anyhow::Result<bool> {
    match command {
        Command::Run(args) => run::run(args).await.map(|()| true),
        Command::Demo(args) => demo(args).await,
        Command::Indicator(command) => indicator(&command),
        Command::Load(load) => Ok(phones::load::run(load, &std::env::current_exe()?).await?),
        Command::Plugin(part) => plugin(part).await,
        Command::Sim(command) => sim(command).await,
        Command::Sip(command) => sip(&command),
        Command::Stats(args) => stats(&args).await,
        Command::Pay(command) => pay(command).await,
        Command::Openapi => {
            run::say(&web_api::openapi());
            Ok(true)
        }
        Command::BenchTarget(args) => bench_target(args).await.map(|()| true),
        Command::PluginCompile { .. } => Ok(false),
    }
}

fn log(json: bool) {
    let filter = EnvFilter::try_from_env("LADUS_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if json {
        logs.json().init();
    } else {
        logs.init();
    }
}
