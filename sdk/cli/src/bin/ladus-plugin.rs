//! `ladus-plugin …`: the commands without the server, for plugin authors and scripts.

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use ladus_cli::Compiler;

#[derive(Parser)]
#[command(version, about)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[command(flatten)]
    Plugin(ladus_cli::PluginCommand),
    /// Compiles one plugin within limits; started by the program itself.
    #[command(hide = true)]
    PluginCompile { component: OsString, output: OsString },
}

fn main() -> anyhow::Result<ExitCode> {
    let command = match Args::parse().command {
        Command::PluginCompile { component, output } => {
            return Ok(plugin_host::compile_child([component, output]));
        }
        Command::Plugin(command) => command,
    };
    let program = std::env::current_exe()?;
    let compiler = Compiler::Child { program, args: vec!["plugin-compile".into()] };
    let mut say = |words: &str| {
        let _ = writeln!(std::io::stdout(), "{words}");
    };
    let said = command.run(compiler, &mut say)?;
    say(&said.words);
    Ok(if said.well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
