//! What is worked out, a column at a time.
//!
//! The steps stand in one list, whatever a step needs before it. A step that is written twice, here
//! or in another indicator, is there once: what many indicators share costs once, and an indicator
//! of indicators of indicators stays as small as its text.

use std::collections::BTreeMap;

use super::columns::Columns;
use super::number::{NONE, average, finite, percentile, power, rounded, same, sorted};
use crate::indicator::Metric;

/// One step; numbers point at earlier ones. Yes is 1, no is 0.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Step {
    /// The bits of a number.
    Number(u64),
    Metric {
        metric: Metric,
        expected: bool,
    },
    Named {
        name: String,
        expected: bool,
    },
    Negative(usize),
    Sum(usize, usize),
    Difference(usize, usize),
    Product(usize, usize),
    Quotient(usize, usize),
    Power(usize, usize),
    Less(usize, usize),
    Equal(usize, usize),
    Not(usize),
    And(usize, usize),
    Or(usize, usize),
    If(usize, usize, usize),
    Least(usize, usize),
    Most(usize, usize),
    Round(usize, u8),
    Abs(usize),
    Average(usize),
    Median(usize),
    Percentile(usize, usize),
}

/// Steps, each of them once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Program {
    steps: Vec<Step>,
    /// Where each of them stands.
    known: BTreeMap<Step, usize>,
}

/// A column of values, or one value that everybody has.
enum Column {
    One(f64),
    Each(Vec<f64>),
}

impl Program {
    /// The place of a step, which is added unless it is there.
    pub(super) fn step(&mut self, step: Step) -> usize {
        if let Some(place) = self.known.get(&step) {
            return *place;
        }
        self.known.insert(step.clone(), self.steps.len());
        self.steps.push(step);
        self.steps.len() - 1
    }

    pub(super) fn len(&self) -> usize {
        self.steps.len()
    }

    /// The number of a step that is one.
    pub(super) fn number(&self, place: usize) -> Option<f64> {
        let Some(Step::Number(bits)) = self.steps.get(place) else { return None };
        Some(f64::from_bits(*bits))
    }

    /// The metrics that it looks at, each as it is, as it was to be expected, or both; in the order
    /// of [`Metric::ALL`].
    pub(super) fn looks_at(&self) -> Vec<(Metric, bool)> {
        let metric = |step: &Step| {
            let Step::Metric { metric, expected } = step else { return None };
            Some((*metric, *expected))
        };
        let mut metrics: Vec<_> = self.steps.iter().filter_map(metric).collect();
        metrics.sort_unstable();
        metrics
    }

    /// The column of the last step; no value is NaN.
    pub(super) fn run(&self, columns: &dyn Columns, last: usize) -> Vec<f64> {
        let rows = columns.rows();
        let mut uses = vec![0_usize; self.steps.len()];
        self.steps.iter().flat_map(Step::needs).for_each(|place| uses[place] += 1);
        uses[last] += 1;
        let mut done: Vec<Column> = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            let column = step.run(columns, &done);
            done.push(column);
            for place in step.needs() {
                uses[place] -= 1;
                // What nobody will look at again need not be kept.
                if uses[place] == 0 {
                    done[place] = Column::One(NONE);
                }
            }
        }
        match done.swap_remove(last) {
            Column::One(value) => vec![value; rows],
            Column::Each(values) => values,
        }
    }
}

impl Step {
    fn needs(&self) -> impl Iterator<Item = usize> + use<> {
        let needs = match *self {
            Step::Number(_) | Step::Metric { .. } | Step::Named { .. } => [None, None, None],
            Step::Negative(of)
            | Step::Not(of)
            | Step::Round(of, _)
            | Step::Abs(of)
            | Step::Average(of)
            | Step::Median(of) => [Some(of), None, None],
            Step::Sum(left, right)
            | Step::Difference(left, right)
            | Step::Product(left, right)
            | Step::Quotient(left, right)
            | Step::Power(left, right)
            | Step::Less(left, right)
            | Step::Equal(left, right)
            | Step::And(left, right)
            | Step::Or(left, right)
            | Step::Least(left, right)
            | Step::Most(left, right)
            | Step::Percentile(left, right) => [Some(left), Some(right), None],
            Step::If(condition, yes, no) => [Some(condition), Some(yes), Some(no)],
        };
        needs.into_iter().flatten()
    }

    fn run(&self, columns: &dyn Columns, done: &[Column]) -> Column {
        let of = |place: usize| &done[place];
        match self {
            Step::Number(bits) => Column::One(f64::from_bits(*bits)),
            Step::Metric { metric, expected } => given(columns.metric(*metric, *expected)),
            Step::Named { name, expected } => given(columns.named(name, *expected)),
            Step::Negative(it) => of(*it).each(|it| -it),
            Step::Sum(a, b) => of(*a).with(of(*b), |a, b| finite(a + b)),
            Step::Difference(a, b) => of(*a).with(of(*b), |a, b| finite(a - b)),
            Step::Product(a, b) => of(*a).with(of(*b), |a, b| finite(a * b)),
            Step::Quotient(a, b) => of(*a).with(of(*b), |a, b| finite(a / b)),
            Step::Power(a, b) => of(*a).with(of(*b), power),
            Step::Less(a, b) => of(*a).with(of(*b), |a, b| told(a, b, a < b && !same(a, b))),
            Step::Equal(a, b) => of(*a).with(of(*b), |a, b| told(a, b, same(a, b))),
            Step::Not(it) => of(*it).each(|it| 1.0 - it),
            Step::And(a, b) => of(*a).with(of(*b), and),
            Step::Or(a, b) => of(*a).with(of(*b), |a, b| 1.0 - and(1.0 - a, 1.0 - b)),
            Step::If(condition, yes, no) => choose(of(*condition), of(*yes), of(*no)),
            Step::Least(a, b) => of(*a).with(of(*b), |a, b| either(a, b, b < a)),
            Step::Most(a, b) => of(*a).with(of(*b), |a, b| either(a, b, b > a)),
            Step::Round(it, decimals) => of(*it).each(|it| rounded(it, i32::from(*decimals))),
            Step::Abs(it) => of(*it).each(f64::abs),
            Step::Average(it) => Column::One(average(&of(*it).sorted(columns.rows()))),
            Step::Median(it) => Column::One(percentile(&of(*it).sorted(columns.rows()), 0.5)),
            Step::Percentile(it, share) => {
                let sorted = of(*it).sorted(columns.rows());
                of(*share).each(|share| percentile(&sorted, share))
            }
        }
    }
}

impl Column {
    fn each(&self, of: impl Fn(f64) -> f64) -> Column {
        match self {
            Column::One(value) => Column::One(of(*value)),
            Column::Each(values) => Column::Each(values.iter().map(|it| of(*it)).collect()),
        }
    }

    fn with(&self, other: &Column, of: impl Fn(f64, f64) -> f64) -> Column {
        match (self, other) {
            (Column::One(left), Column::One(right)) => Column::One(of(*left, *right)),
            (Column::One(left), right) => right.each(|right| of(*left, right)),
            (left, Column::One(right)) => left.each(|left| of(left, *right)),
            (Column::Each(left), Column::Each(right)) => Column::Each(
                left.iter().zip(right).map(|(left, right)| of(*left, *right)).collect(),
            ),
        }
    }

    /// What so many people have, smallest first; whoever has no value is left out.
    fn sorted(&self, rows: usize) -> Vec<f64> {
        sorted((0..rows).map(|row| self.at(row)))
    }

    fn at(&self, row: usize) -> f64 {
        match self {
            Column::One(value) => *value,
            Column::Each(values) => values[row],
        }
    }
}

/// A column as it is handed over; what is no number is no value.
fn given(values: Vec<Option<f64>>) -> Column {
    Column::Each(values.into_iter().map(|value| value.map_or(NONE, finite)).collect())
}

/// Yes or no about two values; nothing when one of them is missing.
fn told(left: f64, right: f64, yes: bool) -> f64 {
    if left.is_nan() || right.is_nan() { NONE } else { f64::from(u8::from(yes)) }
}

/// The first value or the second; nothing when one of them is missing.
fn either(first: f64, second: f64, the_second: bool) -> f64 {
    match (first.is_nan() || second.is_nan(), the_second) {
        (true, _) => NONE,
        (false, true) => second,
        (false, false) => first,
    }
}

/// No and whatever is no; yes and nothing is nothing.
fn and(left: f64, right: f64) -> f64 {
    if left == 0.0 || right == 0.0 { 0.0 } else { left * right }
}

/// Only the branch that is taken is looked at: the other may have no value.
fn choose(condition: &Column, yes: &Column, no: &Column) -> Column {
    let pick = |condition: f64, yes: f64, no: f64| match condition {
        1.0 => yes,
        0.0 => no,
        _ => NONE,
    };
    let length = [condition, yes, no].into_iter().find_map(|column| match column {
        Column::Each(values) => Some(values.len()),
        Column::One(_) => None,
    });
    match length {
        None => Column::One(pick(condition.at(0), yes.at(0), no.at(0))),
        Some(rows) => {
            let row = |row| pick(condition.at(row), yes.at(row), no.at(row));
            Column::Each((0..rows).map(row).collect())
        }
    }
}
