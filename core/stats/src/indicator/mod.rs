//! Success indicators: what somebody has achieved in a period, whoever works it out.
//!
//! An [`Indicator`] sees [`Figures`], a table of people and [`Metric`]s, and answers an [`Outcome`]
//! for each of them: a figure, or no value and why. A division by zero and what is not known give
//! no value, never 0 or infinity.

mod figures;
mod metric;
mod outcome;
mod story;

pub use self::figures::{Figures, Period};
pub use self::metric::Metric;
pub use self::outcome::{Better, Figure, Outcome, Reason, Scale, Unit};
pub use self::story::{Line, Stories};

/// Works out one figure for each person.
///
/// The same figures give the same outcomes, bit for bit: an indicator has no clock, no chance and
/// no memory. A plugin is one, a formula is another.
pub trait Indicator {
    /// What its figures are measured in, and which way is good.
    fn scale(&self) -> Scale;

    /// The metrics that it may look at: shown to the administrator, and reason enough to work a
    /// period out again when one of them changes.
    fn needs(&self) -> Vec<Metric>;

    /// Whether it looks at people's stories too: figures without them look as if nothing had
    /// befallen anybody.
    fn needs_stories(&self) -> bool;

    /// One outcome for each person, in the order of the figures.
    ///
    /// # Errors
    ///
    /// When it could not be worked out for anybody. That is not the same as nobody having a value:
    /// a failure must not be taken for a result.
    fn evaluate(&self, figures: &Figures) -> Result<Vec<Outcome>, Failed>;
}

/// An indicator could not be worked out, and why, for whoever looks after it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Failed(pub String);
