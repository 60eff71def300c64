//! Write a success indicator for Ladus: what somebody has achieved in a period.
//!
//! ```ignore
//! use ladus_plugin::Card;
//! use ladus_plugin::indicator::{
//!     Better, Figures, Indicator, Outcome, Person, Profile, Unit, share,
//! };
//!
//! pub struct TalkLength;
//!
//! impl Indicator for TalkLength {
//!     fn profile() -> Profile {
//!         let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
//!         let card = Card::new(name, version, "The shortest average talk.");
//!         Profile::new(card, Unit::Seconds, Better::Less).sample_min(10)
//!     }
//!
//!     fn compute(figures: &Figures) -> Result<Vec<Outcome>, String> {
//!         let one = |person: Person<'_>| {
//!             let average = share(person.talk_ms(), person.talks()).map(|ms| ms / 1000.0);
//!             Outcome::of(average, person.talks(), "no talks")
//!         };
//!         Ok(figures.people().map(one).collect())
//!     }
//! }
//!
//! ladus_plugin::export_indicator!(TalkLength);
//! ```
//!
//! The crate, its build and its tests are those of a policy. On your own machine the indicator is a
//! plain function: make [`Figures`] with [`Figures::of`] and test the outcomes with `cargo test`.
//!
//! **What an indicator can see** is [`Figures`] and nothing else: sums and counts over a period, a
//! row for each person, without names. There is no clock and no chance, so a closed period that is
//! worked out again comes out the same, bit for bit. A figure that is not known is `None` and never
//! 0; [`share`] divides and answers `None` when there is nothing to divide by.
//!
//! **What it may use.** Every computation starts from a fresh instance, so nothing is remembered
//! from one to the next. It has 32 MiB of memory, and an amount of work that grows with the number
//! of people: 20 million instructions and 50,000 more for each. A clock stops what is slow for its
//! price, after 200 ms and 5 ms more for every 50 people. There are at most 10,000 people.
//!
//! **When it fails** (an error, a panic, too much of the above, more or fewer outcomes than
//! people), nobody has a value and the failure is told. A value that is infinite or not a number is
//! no value for that person alone.

#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub mod bindings;
mod figures;

pub use self::figures::{Figures, Person, Row};
use crate::Card;

/// A success indicator: works out one figure for each person.
pub trait Indicator {
    /// Tells about the plugin: its card, what its figures are, and which way is good.
    fn profile() -> Profile;

    /// Works the indicator out: one outcome for each person, in the order of
    /// [`Figures::people`].
    ///
    /// # Errors
    ///
    /// A sentence for the administrator, when it cannot be worked out for anybody, for example
    /// because two settings contradict each other. For one person only there is [`Outcome::None`].
    fn compute(figures: &Figures) -> Result<Vec<Outcome>, String>;
}

/// What an indicator tells about itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The visiting card, with the settings.
    pub card: Card,
    /// What the figures are.
    pub unit: Unit,
    /// Which way is good.
    pub better: Better,
    /// A figure that rests on fewer cases is not given out, whatever the plugin answers.
    pub sample_min: u32,
}

/// What a figure is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Unit {
    /// Seconds; shown as a length of time.
    Seconds,
    /// A number of something.
    Count,
    /// A share: 1 is the whole. Shown in per cent.
    Ratio,
    /// Whole units of the company's currency with a fraction. Rounded once, at the very end.
    Money,
}

/// Which way is good.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Better {
    /// Whoever has more comes first.
    More,
    /// Whoever has less comes first.
    Less,
}

/// What came out for one person.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A figure.
    Value {
        /// In the unit of the profile.
        value: f64,
        /// How many cases it rests on.
        sample: u32,
        /// What was left out of it, or another remark: cut after 200 characters.
        note: Option<String>,
    },
    /// No value, shown as a dash and never as 0, and why: cut after 200 characters.
    None(String),
}

impl Profile {
    /// A profile that asks for no smallest number of cases.
    #[must_use]
    pub fn new(card: Card, unit: Unit, better: Better) -> Self {
        Self { card, unit, better, sample_min: 0 }
    }

    /// Asks for so many cases at least.
    #[must_use]
    pub fn sample_min(self, sample_min: u32) -> Self {
        Self { sample_min, ..self }
    }
}

impl Outcome {
    /// The value and the number of cases behind it, or no value for this reason when either is not
    /// known.
    #[must_use]
    pub fn of(value: Option<f64>, sample: Option<f64>, otherwise: &str) -> Self {
        match (value, sample) {
            // Numbers of cases that do not fit become the nearest that does.
            (Some(value), Some(sample)) => Self::Value { value, sample: sample as u32, note: None },
            (None, _) | (_, None) => Self::None(otherwise.to_owned()),
        }
    }

    /// Adds a remark to a value; where there is none, its reason says enough.
    #[must_use]
    pub fn noting(self, words: impl Into<String>) -> Self {
        match self {
            Self::Value { value, sample, .. } => {
                Self::Value { value, sample, note: Some(words.into()) }
            }
            Self::None(why) => Self::None(why),
        }
    }
}

/// A part of a whole, or an average: `None` when either is not known or the whole is 0.
#[must_use]
pub fn share(part: Option<f64>, whole: Option<f64>) -> Option<f64> {
    let (part, whole) = (part?, whole?);
    (whole != 0.0).then(|| part / whole)
}

/// Makes an [`Indicator`] the plugin's own. Write it once, with the name of a type in scope.
///
/// It generates the functions that the host calls; on any other target than `wasm32` it generates
/// nothing.
#[macro_export]
macro_rules! export_indicator {
    ($indicator:ident) => {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            type Exported = $crate::indicator::bindings::Exported<$indicator>;
            $crate::indicator::bindings::export_indicators!(
                Exported with_types_in $crate::indicator::bindings
            );
        };
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_divided_by_nothing() {
        assert_eq!(share(Some(6.0), Some(4.0)), Some(1.5));
        for (part, whole) in [(Some(6.0), Some(0.0)), (None, Some(1.0)), (Some(1.0), None)] {
            assert_eq!(share(part, whole), None);
        }
    }

    #[test]
    fn an_outcome_has_a_value_or_a_reason() {
        let value = Outcome::Value { value: 2.0, sample: 3, note: Some("less one".to_owned()) };
        assert_eq!(Outcome::of(Some(2.0), Some(3.0), "no talks").noting("less one"), value);
        let none = Outcome::None("no talks".to_owned());
        assert_eq!(Outcome::of(None, Some(0.0), "no talks").noting("less one"), none);
    }
}
