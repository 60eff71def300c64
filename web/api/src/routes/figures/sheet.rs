//! The same rows for a spreadsheet: one table, names instead of ids.

use std::collections::BTreeMap;

use acd::{AgentId, GroupId};
use stats::sheet::Value;

use super::asked::Question;
use super::rows::Row;
use crate::app::App;
use crate::problem::Problem;

/// A table: a line of headings, and lines of cells as long as it.
pub(super) struct Sheet {
    pub(super) headings: Vec<String>,
    pub(super) lines: Vec<Vec<Cell>>,
}

/// What stands in a cell.
pub(super) enum Cell {
    Empty,
    Text(String),
    Whole(u64),
    Number(f64),
}

/// What people and groups are called.
struct Names {
    people: BTreeMap<AgentId, String>,
    groups: BTreeMap<GroupId, String>,
}

impl Sheet {
    /// Rows of one question have the same figures, so the first has everybody's headings.
    pub(super) async fn of(app: &App, question: &Question) -> Result<Sheet, Problem> {
        let rows = question.rows(app).await?;
        let names = Names::all(app).await?;
        let by = question.by;
        let keys = [
            ("day", by.day),
            ("weekday", by.weekday),
            ("hour", by.hour),
            ("group", by.group),
            ("person", by.person),
        ];
        let keys: Vec<&str> =
            keys.into_iter().filter(|(_, is)| *is).map(|(name, _)| name).collect();
        let mut headings: Vec<String> = keys.iter().map(|&name| name.to_owned()).collect();
        if let Some(first) = rows.first() {
            headings.extend(first.figures.iter().map(|(name, _)| (*name).to_owned()));
            let levels = first.service_levels.iter().flatten();
            headings.extend(levels.map(|(letter, _)| format!("service_level_{letter}")));
        }
        let lines = rows.iter().map(|row| {
            let mut line: Vec<Cell> = keys.iter().map(|name| names.key(row, name)).collect();
            line.extend(row.figures.iter().map(|(_, value)| cell(*value)));
            let levels = row.service_levels.iter().flatten();
            line.extend(levels.map(|(_, level)| level.map_or(Cell::Empty, Cell::Number)));
            line
        });
        Ok(Sheet { lines: lines.collect(), headings })
    }
}

impl Names {
    async fn all(app: &App) -> Result<Names, Problem> {
        let people = app.tenant.people().await?.into_iter().map(|it| (it.id, it.name)).collect();
        let groups = app.tenant.groups().await?.into_iter().map(|it| (it.id, it.name)).collect();
        Ok(Names { people, groups })
    }

    fn key(&self, row: &Row, name: &str) -> Cell {
        let key = &row.key;
        // Whoever has been removed has only his number left.
        match name {
            "day" => key.day.clone().map_or(Cell::Empty, Cell::Text),
            "weekday" => key.weekday.map_or(Cell::Empty, |day| Cell::Whole(u64::from(day) + 1)),
            "hour" => key.hour.map_or(Cell::Empty, |hour| Cell::Whole(hour.into())),
            "group" => key.group.map_or(Cell::Empty, |id| {
                Cell::Text(self.groups.get(&id).cloned().unwrap_or_else(|| id.0.to_string()))
            }),
            _ => key.person.map_or(Cell::Empty, |id| {
                Cell::Text(self.people.get(&id).cloned().unwrap_or_else(|| id.0.to_string()))
            }),
        }
    }
}

fn cell(value: Option<Value>) -> Cell {
    match value {
        None => Cell::Empty,
        Some(Value::Count(whole) | Value::Ms(whole)) => Cell::Whole(whole),
        Some(Value::Ratio(number) | Value::PerHour(number)) => Cell::Number(number),
    }
}
