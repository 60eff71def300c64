//! `ladus-plugin build <folder>`: the command without the server, for plugin authors and scripts.

use std::io::Write;

use clap::Parser;

#[derive(Parser)]
#[command(version, about)]
struct Args {
    #[command(subcommand)]
    command: ladus_cli::PluginCommand,
}

fn main() -> anyhow::Result<()> {
    let done = Args::parse().command.run()?;
    writeln!(std::io::stdout(), "{done}")?;
    Ok(())
}
