//! A case under settings of its own: `cases/<name>.settings` beside the timeline.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use plugin_host::{Card, IndicatorPlugin, Kind, Plugin, Value};
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
    settled(timeline, plugin.card(), |chosen| plugin.with_settings(chosen))
}

/// The same for an indicator.
///
/// # Errors
///
/// As [`as_the_case_wants`].
pub fn indicator_as_the_case_wants(
    indicator: &IndicatorPlugin,
    timeline: &Path,
) -> Result<IndicatorPlugin> {
    settled(timeline, indicator.card(), |chosen| indicator.with_settings(chosen))
}

fn settled<P>(
    timeline: &Path,
    card: &Card,
    with: impl FnOnce(&[(String, Value)]) -> Result<P, String>,
) -> Result<P> {
    let path = timeline.with_extension("settings");
    let wrong = |words| anyhow!("{}: {words}", path.display());
    let text = if path.is_file() {
        fs::read_to_string(&path).with_context(|| path.display().to_string())?
    } else {
        String::new()
    };
    with(&read(card, &text).map_err(wrong)?).map_err(wrong)
}

fn read(card: &Card, text: &str) -> Result<Vec<(String, Value)>, String> {
    let mut chosen = Vec::new();
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let (id, value) = line.split_once('=').ok_or(format!("`{line}` is not `id = value`"))?;
        let (id, value) = (id.trim(), value.trim());
        let field = card.fields.iter().find(|field| field.id == id);
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
