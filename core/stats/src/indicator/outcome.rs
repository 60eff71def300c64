//! What comes of an indicator for one person.

use std::fmt;

use super::Metric;
use crate::formula::name_of;

/// What an indicator's figures are measured in, and which way is good.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Scale {
    pub unit: Unit,
    pub better: Better,
    /// A figure that rests on fewer cases is not given out: one lucky call must not win a month.
    pub sample_min: u32,
}

/// What a figure is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Unit {
    Seconds,
    Count,
    /// 1 is the whole.
    Ratio,
    /// Whole units of the company's currency, with a fraction.
    Money,
}

/// Who comes first: whoever has more, or whoever has less.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Better {
    More,
    Less,
}

/// What came out for one person.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Value(Figure),
    /// Shown as a dash, never as 0.
    None(Reason),
}

/// A figure that may be shown and paid by: its value is finite.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub value: f64,
    /// How many cases it rests on.
    pub sample: u32,
    /// What was left out of it, or another remark in a few words.
    pub note: Option<String>,
}

/// Why somebody has no value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Reason {
    /// His figure rests on fewer cases than the indicator asks for.
    TooFew { sample: u32, least: u32 },
    /// What came out was infinite or not a number: something was divided by zero.
    NoNumber,
    /// A metric that was looked at is not known of this person, or what was to be expected of it.
    NotKnown { metric: Metric, expected: bool },
    /// In the indicator's own words.
    Said(String),
}

impl Scale {
    /// What may be given out of a figure as it was worked out.
    pub fn judge(self, figure: Figure) -> Outcome {
        if !figure.value.is_finite() {
            return Outcome::None(Reason::NoNumber);
        }
        let (sample, least) = (figure.sample, self.sample_min);
        if sample < least {
            return Outcome::None(Reason::TooFew { sample, least });
        }
        // There is one zero only, so that the same result is the same bytes.
        Outcome::Value(Figure { value: figure.value + 0.0, ..figure })
    }
}

impl Outcome {
    /// The value, if there is one.
    pub fn value(&self) -> Option<f64> {
        match self {
            Outcome::Value(figure) => Some(figure.value),
            Outcome::None(_) => None,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::TooFew { sample, least } => {
                write!(f, "it rests on {sample}, and {least} are needed")
            }
            Reason::NoNumber => write!(f, "it is not a number"),
            Reason::NotKnown { metric, expected: false } => {
                write!(f, "“{}” is not known", name_of(*metric))
            }
            Reason::NotKnown { metric, expected: true } => {
                write!(f, "it is not known what “{}” was to be expected", name_of(*metric))
            }
            Reason::Said(words) => write!(f, "{words}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: Scale = Scale { unit: Unit::Seconds, better: Better::Less, sample_min: 10 };

    fn judged(value: f64, sample: u32) -> Outcome {
        SCALE.judge(Figure { value, sample, note: None })
    }

    #[test]
    fn a_division_by_zero_is_no_value() {
        for value in [f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
            assert_eq!(judged(value, 100), Outcome::None(Reason::NoNumber));
        }
        assert_eq!(judged(-0.0, 100).value().map(f64::to_bits), Some(0));
    }

    #[test]
    fn a_figure_from_too_few_cases_is_no_value() {
        let reason = Reason::TooFew { sample: 9, least: 10 };
        assert_eq!(reason.to_string(), "it rests on 9, and 10 are needed");
        assert_eq!(judged(3.0, 9), Outcome::None(reason));
        assert_eq!(judged(3.0, 10).value(), Some(3.0));
    }
}
