//! Rows of figures.

use stats::sheet::{self, Entry, Value};
use stats::{Breaks, Place, Quarter, Tally};

use super::asked::{Key, Question};
use crate::app::App;
use crate::problem::Problem;

/// Rows of one answer: 500 people on 31 days.
const ROWS_MAX: usize = 20_000;

/// One row: what it is of, and its figures in the order of reports.
pub(super) struct Row {
    pub(super) key: Key,
    pub(super) figures: Vec<Entry>,
    /// The seven service levels by their letters; of a row of somebody's there are none.
    pub(super) service_levels: Option<[(char, Option<f64>); 7]>,
}

impl Question {
    /// Folds the days and sums what was asked for.
    pub(super) async fn rows(&self, app: &App) -> Result<Vec<Row>, Problem> {
        let place = Place::new(&self.zone)?;
        let quarters = Quarter::between(self.from, self.to);
        let tables = match self.is_kept() {
            true => app.tenant.intervals(quarters.clone()).await?,
            false => app.tenant.tables(self.from, self.to, self.limits).await?,
        };
        let sums = tables.sum_by(quarters, &place, |cell| self.key(cell));
        if sums.len() > ROWS_MAX {
            return Err(Problem::unknown_value("/by"));
        }
        Ok(sums.into_iter().map(|(key, tally)| self.row(key, tally)).collect())
    }

    fn row(&self, key: Key, tally: Tally) -> Row {
        // Hours belong to no group.
        let whole = self.group.is_none() && !self.by.group;
        let hours = || sheet::of_hours(&tally.work, Breaks::Unpaid);
        if self.by.person || self.person.is_some() {
            let mut figures = sheet::of_work(&tally.work);
            figures.extend(whole.then(hours).into_iter().flatten());
            return Row { key, figures, service_levels: None };
        }
        let line = if whole { tally.line.clone().of_all_groups() } else { tally.line.clone() };
        let service_levels = Some(sheet::service_levels(&line));
        let extra = whole.then(hours);
        let mut figures = sheet::of_line(&Tally { line, ..tally.clone() });
        figures.extend(extra.into_iter().flatten());
        Row { key, figures, service_levels }
    }
}

/// A figure as JSON has it: counts and milliseconds whole, ratios from 0 to 1.
pub(super) fn number(value: Option<Value>) -> serde_json::Value {
    match value {
        None => serde_json::Value::Null,
        Some(Value::Count(whole) | Value::Ms(whole)) => whole.into(),
        Some(Value::Ratio(number) | Value::PerHour(number)) => number.into(),
    }
}
