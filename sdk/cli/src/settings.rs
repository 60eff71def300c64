//! A case under settings of its own: `cases/<name>.settings` beside the timeline.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use plugin_host::{Kind, Plugin, Value};
use sim::timeline::read_span;

/// The plugin as a case wants it: with the settings in the file beside the timeline, one a line as
/// `id = value`, or as it is when there is no such file.
///
/// Lengths of time are written as in timelines (`20s`), yes and no as words; `#` begins a remark.
///
/// # Errors
///
/// When a line cannot be read, or the plugin has no such setting.
pub fn as_the_case_wants(plugin: &Plugin, timeline: &Path) -> Result<Plugin> {
    let path = timeline.with_extension("settings");
    if !path.is_file() {
        return Ok(plugin.clone());
    }
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let chosen = read(plugin, &text).map_err(|words| anyhow!("{}: {words}", path.display()))?;
    let settled = plugin.with_settings(&chosen);
    settled.map_err(|words| anyhow!("{}: {words}", path.display()))
}

fn read(plugin: &Plugin, text: &str) -> Result<Vec<(String, Value)>, String> {
    let mut chosen = Vec::new();
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let (id, value) = line.split_once('=').ok_or(format!("`{line}` is not `id = value`"))?;
        let (id, value) = (id.trim(), value.trim());
        let field = plugin.card().fields.iter().find(|field| field.id == id);
        let field = field.ok_or(format!("there is no setting `{id}`"))?;
        let value = value_of(&field.kind, value).ok_or(format!("`{value}` does not fit `{id}`"))?;
        chosen.push((id.to_owned(), value));
    }
    Ok(chosen)
}

fn value_of(kind: &Kind, word: &str) -> Option<Value> {
    Some(match kind {
        Kind::Number { .. } => Value::Number(word.parse().ok()?),
        Kind::Duration => Value::Number(read_span(word)?.as_millis() as f64),
        Kind::Toggle => Value::Toggle(match word {
            "yes" => true,
            "no" => false,
            _ => return None,
        }),
        Kind::Line | Kind::Choice(_) | Kind::Pick(_) => Value::Text(word.to_owned()),
    })
}
