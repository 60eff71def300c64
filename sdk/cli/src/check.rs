//! `ladus plugin check`: the server's door, on one's own machine.

use std::path::PathBuf;

use anyhow::Result;
use plugin_host::{Card, Compiler, Kind, Value, World};
use serde_json::{Value as Json, json};
use stats::indicator::{Better, Indicator as _, Scale};

use crate::Said;
use crate::sandbox::{Sandbox, Taken, component};
use crate::table::unit_words;

#[derive(Clone, Debug, clap::Args)]
pub struct CheckArgs {
    /// A component, a core module, or a folder with a plugin's sources.
    #[arg(default_value = ".")]
    plugin: PathBuf,
    /// Print one JSON object and nothing else.
    #[arg(long)]
    json: bool,
}

pub(crate) fn check(args: &CheckArgs, compiler: Compiler) -> Result<Said> {
    let (file, bytes) = component(&args.plugin)?;
    let said = match Sandbox::new(compiler)?.take(&bytes) {
        Ok(plugin) if args.json => Said::well(object(&plugin, bytes.len()).to_string()),
        Ok(plugin) => Said::well(sheet(&plugin, bytes.len())),
        Err(refusal) => {
            let reason = refusal.to_string();
            let object = || json!({ "accepted": false, "reason": reason }).to_string();
            let sentence = || format!("{} is refused: {reason}.", file.display());
            Said { words: if args.json { object() } else { sentence() }, well: false }
        }
    };
    Ok(said)
}

fn object(plugin: &Taken, bytes: usize) -> Json {
    let Card { name, version, summary, fields } = plugin.card();
    let field =
        |it: &plugin_host::Field| json!({ "id": it.id, "label": it.label, "kind": kind(&it.kind) });
    let mut object = json!({
        "accepted": true,
        "kind": match plugin.world() {
            World::Routing => "routing",
            World::CallSelection => "selection",
            World::Indicator => "indicator",
        },
        "name": name,
        "version": version,
        "summary": summary,
        "bytes": bytes,
        "sha256": plugin.sha256(),
        "reads": facts(plugin.reads()),
        "fields": fields.iter().map(field).collect::<Vec<_>>(),
    });
    if let Taken::Indicator(indicator) = plugin {
        let Scale { unit, better, sample_min } = indicator.scale();
        object["unit"] = unit_words(unit).into();
        object["better"] = better_words(better).into();
        object["sample_min"] = sample_min.into();
    }
    object
}

fn better_words(better: Better) -> &'static str {
    match better {
        Better::More => "more",
        Better::Less => "less",
    }
}

/// What an administrator will see before he lets it in.
fn sheet(plugin: &Taken, bytes: usize) -> String {
    let card = plugin.card();
    let (label, world) = (plugin.label(), plugin.world());
    let mut words = format!("{label} is accepted as {world} ({bytes} bytes)\n  {}\n", card.summary);
    if let Taken::Indicator(indicator) = plugin {
        let Scale { unit, better, sample_min } = indicator.scale();
        let (unit, better) = (unit_words(unit), better_words(better));
        words.push_str(&format!(
            "  figure: {unit}, {better} is better, from {sample_min} cases on\n"
        ));
    }
    let facts = facts(plugin.reads());
    let reads = if facts.is_empty() { "nothing".to_owned() } else { facts.join(", ") };
    words.push_str(&format!("  reads: {reads}\n  cannot: network, files, clock, chance\n"));
    for field in &card.fields {
        let initial = shown(&field.initial);
        words.push_str(&format!("  setting {}: {} = {initial}\n", field.id, kind(&field.kind)));
    }
    words.push_str(&format!("  sha256: {}", plugin.sha256()));
    words
}

/// The facts it reads, without the names of their interfaces and without its log.
pub(crate) fn facts(reads: &[String]) -> Vec<String> {
    let reads = reads.iter().filter(|read| !read.starts_with("ladus:base/log"));
    reads.filter_map(|read| Some(read.split_once('#')?.1.to_owned())).collect()
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::Number { least, most, unit, .. } => {
            format!("number from {least} to {most} {unit}").trim_end().to_owned()
        }
        Kind::Duration => "duration".to_owned(),
        Kind::Toggle => "yes or no".to_owned(),
        Kind::Line => "line".to_owned(),
        Kind::Choice(items) => {
            let ids: Vec<&str> = items.iter().map(|(id, _)| id.as_str()).collect();
            format!("one of {}", ids.join(", "))
        }
        Kind::Pick(list) => format!("one {list}"),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Empty => "nothing".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Toggle(true) => "yes".to_owned(),
        Value::Toggle(false) => "no".to_owned(),
        Value::Text(text) => text.clone(),
        Value::Several(ids) => ids.join(", "),
    }
}
