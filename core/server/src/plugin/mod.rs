//! `ladus plugin`: what authors do on their own machine, and what needs a company's database.

mod day;
mod sheet;

use ladus_cli::{Compiler, PluginCommand};

use crate::process::say;

#[derive(clap::Subcommand, Debug)]
pub enum PluginPart {
    #[command(flatten)]
    Author(PluginCommand),
    /// Live a recorded day again with a plugin, and compare.
    Day(day::DayArgs),
}

/// True when all went well.
pub async fn plugin(part: PluginPart) -> anyhow::Result<bool> {
    let compiler =
        Compiler::Child { program: std::env::current_exe()?, args: vec!["plugin-compile".into()] };
    match part {
        PluginPart::Author(command) => {
            let said = command.run(compiler, &mut |words| say(words))?;
            say(&said.words);
            Ok(said.well)
        }
        PluginPart::Day(args) => day::day(&args, compiler).await,
    }
}
