//! Where a formula's columns come from: the figures of a period, or a table of one's own.

use std::collections::BTreeMap;

use super::dictionary::unit_of;
use crate::indicator::{Figures, Metric, Unit};

/// A table of people with its columns, all in one order. Times are in seconds; `None` is not known.
pub trait Columns {
    /// How many people there are.
    fn rows(&self) -> usize;

    /// A metric of everybody, or what was to be expected of it; as long as there are rows.
    fn metric(&self, metric: Metric, expected: bool) -> Vec<Option<f64>>;

    /// A column that [`Others`](super::Others) has announced; without values when it is not there.
    fn named(&self, name: &str, expected: bool) -> Vec<Option<f64>>;
}

const MS_PER_S: f64 = 1_000.0;

impl Columns for Figures {
    fn rows(&self) -> usize {
        self.people().len()
    }

    fn metric(&self, metric: Metric, expected: bool) -> Vec<Option<f64>> {
        let values = if expected { self.expected(metric) } else { self.column(metric) };
        match unit_of(metric) {
            Unit::Seconds => values.into_iter().map(|it| it.map(|ms| ms / MS_PER_S)).collect(),
            Unit::Count | Unit::Ratio | Unit::Money => values,
        }
    }

    fn named(&self, name: &str, expected: bool) -> Vec<Option<f64>> {
        // Nothing is expected of what others have worked out.
        let values = if expected { None } else { self.of_indicator(name) };
        values.map_or_else(|| vec![None; self.rows()], <[_]>::to_vec)
    }
}

/// A table whose columns all have names of their own, for example a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub rows: usize,
    /// Each as long as there are rows.
    pub columns: BTreeMap<String, Vec<Option<f64>>>,
    /// What was to be expected of a column, by the name of that column.
    pub expected: BTreeMap<String, Vec<Option<f64>>>,
}

impl Columns for Table {
    fn rows(&self) -> usize {
        self.rows
    }

    fn metric(&self, metric: Metric, expected: bool) -> Vec<Option<f64>> {
        self.named(super::name_of(metric), expected)
    }

    fn named(&self, name: &str, expected: bool) -> Vec<Option<f64>> {
        let columns = if expected { &self.expected } else { &self.columns };
        columns.get(name).cloned().unwrap_or_else(|| vec![None; self.rows])
    }
}
