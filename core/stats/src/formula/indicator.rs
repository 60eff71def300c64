//! A formula as an indicator: its scale, what it rests on, and why somebody has no value.

use super::{Formula, unit_of};
use crate::indicator::{Failed, Figure, Figures, Indicator, Metric, Outcome, Reason, Scale, Unit};

impl Indicator for Formula {
    fn scale(&self) -> Scale {
        Scale { unit: self.unit(), better: self.better, sample_min: self.sample_min }
    }

    fn needs(&self) -> Vec<Metric> {
        let mut metrics: Vec<_> = self.program.looks_at().into_iter().map(|(it, _)| it).collect();
        metrics.dedup();
        metrics
    }

    fn needs_stories(&self) -> bool {
        false
    }

    fn evaluate(&self, figures: &Figures) -> Result<Vec<Outcome>, Failed> {
        let values = self.program.run(figures, self.last);
        let samples = self.samples(figures);
        let unknown = Unknown::of(self, figures, &values);
        let judged = |(row, value): (usize, f64)| match unknown.first(row) {
            Some(reason) if value.is_nan() => Outcome::None(reason),
            _ => self.scale().judge(Figure { value, sample: samples[row], note: None }),
        };
        Ok(values.into_iter().enumerate().map(judged).collect())
    }
}

impl Formula {
    /// How many cases everybody's figure rests on: the largest of the counts that it looks at, so
    /// that whoever lets the phone ring does not fall below the fewest; without any, the answered
    /// calls.
    fn samples(&self, figures: &Figures) -> Vec<u32> {
        let counts = self.needs().into_iter().filter(|it| unit_of(*it) == Unit::Count);
        let mut columns: Vec<_> = counts.map(|metric| figures.column(metric)).collect();
        if columns.is_empty() {
            columns.push(figures.column(Metric::Answered));
        }
        let largest = |row: usize| {
            let counts = columns.iter().filter_map(|column| column[row]);
            // A count of a person's calls is far below what a u32 holds.
            counts.fold(0.0, f64::max).min(f64::from(u32::MAX)) as u32
        };
        (0..figures.people().len()).map(largest).collect()
    }
}

/// The columns in which somebody without a value may have a gap, so that nobody has to search.
struct Unknown(Vec<(Reason, Vec<Option<f64>>)>);

impl Unknown {
    fn of(formula: &Formula, figures: &Figures, values: &[f64]) -> Unknown {
        let nobody = !values.iter().any(|value| value.is_nan());
        let looks_at = if nobody { Vec::new() } else { formula.program.looks_at() };
        let column = |(metric, expected)| {
            let column = if expected { figures.expected(metric) } else { figures.column(metric) };
            (Reason::NotKnown { metric, expected }, column)
        };
        Unknown(looks_at.into_iter().map(column).collect())
    }

    /// The first gap of somebody.
    fn first(&self, row: usize) -> Option<Reason> {
        let gap = self.0.iter().find(|(_, column)| column[row].is_none());
        gap.map(|(reason, _)| reason.clone())
    }
}
