//! A formula as an indicator: its scale, what it rests on, and why somebody has no value.

use super::{Columns, Formula, unit_of};
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
        let sight = Sight::of(self, figures);
        let values = self.program.run(&sight, self.last);
        let samples = sight.samples();
        let judged = |(row, value): (usize, f64)| match sight.unknown(row) {
            Some(reason) if value.is_nan() => Outcome::None(reason),
            _ => self.scale().judge(Figure { value, sample: samples[row], note: None }),
        };
        Ok(values.into_iter().enumerate().map(judged).collect())
    }
}

/// What a formula looks at, taken out of the figures once.
struct Sight<'a> {
    figures: &'a Figures,
    columns: Vec<Seen>,
}

struct Seen {
    metric: Metric,
    expected: bool,
    values: Vec<Option<f64>>,
}

impl Sight<'_> {
    fn of<'a>(formula: &Formula, figures: &'a Figures) -> Sight<'a> {
        let seen = |(metric, expected)| {
            let values = Columns::metric(figures, metric, expected);
            Seen { metric, expected, values }
        };
        let columns = formula.program.looks_at().into_iter().map(seen).collect();
        Sight { figures, columns }
    }

    /// How many cases everybody's figure rests on: the largest of the counts that it looks at, so
    /// that whoever lets the phone ring does not fall below the fewest; without any, the answered
    /// calls.
    fn samples(&self) -> Vec<u32> {
        let of_counts = |seen: &&Seen| !seen.expected && unit_of(seen.metric) == Unit::Count;
        let mut counts: Vec<_> =
            self.columns.iter().filter(of_counts).map(|it| &it.values).collect();
        let answered = self.figures.column(Metric::Answered);
        if counts.is_empty() {
            counts.push(&answered);
        }
        // A count of a person's calls is far below what a u32 holds.
        let largest =
            |row: usize| counts.iter().filter_map(|it| it[row]).fold(0.0, f64::max) as u32;
        (0..self.figures.rows()).map(largest).collect()
    }

    /// The first figure that is not known of somebody, so that nobody has to search for it.
    fn unknown(&self, row: usize) -> Option<Reason> {
        let gap = self.columns.iter().find(|seen| seen.values[row].is_none());
        gap.map(|seen| Reason::NotKnown { metric: seen.metric, expected: seen.expected })
    }
}

impl Columns for Sight<'_> {
    fn rows(&self) -> usize {
        self.figures.rows()
    }

    fn metric(&self, metric: Metric, expected: bool) -> Vec<Option<f64>> {
        let seen = self.columns.iter().find(|it| (it.metric, it.expected) == (metric, expected));
        seen.map_or_else(|| self.figures.metric(metric, expected), |seen| seen.values.clone())
    }

    fn named(&self, name: &str, expected: bool) -> Vec<Option<f64>> {
        self.figures.named(name, expected)
    }
}
