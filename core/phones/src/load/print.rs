//! Results on standard output: one line of JSON for programs, a table for people.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::LoadError;

pub(super) fn result(result: &impl Serialize, json: bool) -> Result<(), LoadError> {
    let failed = |error: serde_json::Error| LoadError::Output(error.into());
    let mut out = io::stdout().lock();
    let written = if json {
        writeln!(out, "{}", serde_json::to_string(result).map_err(failed)?)
    } else {
        table(&mut out, &serde_json::to_value(result).map_err(failed)?)
    };
    written.map_err(LoadError::Output)
}

/// One figure a line, by name.
fn table(out: &mut impl Write, value: &Value) -> io::Result<()> {
    let Value::Object(figures) = value else { return writeln!(out, "{value}") };
    let width = figures.keys().map(String::len).max().unwrap_or_default();
    for (name, figure) in figures {
        // JSON ignores the width when it prints itself.
        let figure = figure.to_string();
        writeln!(out, "{:width$}  {figure:>12}", name.replace('_', " "))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_see_one_figure_a_line() {
        let mut out = Vec::new();
        let value = serde_json::json!({ "calls": 7, "lost_packets": 0 });
        table(&mut out, &value).unwrap();
        let lines = "calls                    7\nlost packets             0\n";
        assert_eq!(String::from_utf8(out).unwrap(), lines);
    }
}
