//! The language in which an administrator writes the company's own indicators.
//!
//! It is small and total: numbers, arithmetic, comparisons, `if` and a few functions over the names
//! of figures; no loops, no recursion, no text. Whatever is typed reads as a [`Formula`] or is
//! [`Wrong`] at a place in plain words; any formula ends, in time and memory that its size and the
//! number of people bound. `FORMULAS.md` beside this crate is the page for those who write them.
//!
//! **No value.** A division by zero, a figure that is not known and what is too large to be a
//! number give no value, never 0 and never infinity, and whatever is worked out of no value has
//! none. Three look closer: `if` looks only at the branch that it takes; `no and …` is no and
//! `yes or …` is yes; functions over the group leave out whoever has none.
//!
//! **Commas.** `;` always separates, and where it is used, a comma is always decimal. Without it a
//! comma between two digits separates inside the parentheses of a function and is decimal anywhere
//! else; with [`Decimal::Comma`] it is decimal there too. A comma with a space behind it separates.
//! [`Formula::canonical`] is read the same way by everybody, so that is what is kept.
//!
//! **Equal.** Comparisons and `round` take for the same what differs by less than a trillionth
//! part: 0.1 + 0.2 = 0.3 holds.
//!
//! Measures are those of [`Measure`]. In reading order: `lex` and `parse` make a tree of the text,
//! `read` makes a program of the tree and checks it, `program` runs it over columns.

mod columns;
mod dictionary;
mod indicator;
mod lex;
mod measure;
mod near;
mod number;
mod others;
mod parse;
mod program;
mod read;
mod tree;
mod words;
mod wrong;

use std::collections::BTreeSet;
use std::fmt;

pub use self::columns::{Columns, Table};
pub use self::dictionary::{Entry, Sort, dictionary, name_of, unit_of};
pub use self::lex::Decimal;
pub use self::measure::Measure;
pub use self::others::{NAME_MAX, Others, is_free_name};
pub use self::wrong::{Code, Language, Wrong};

use self::program::Program;
use self::tree::Tree;
use crate::indicator::{Better, Unit};

/// The longest text, in bytes: two screens, and an error can still be found by eye.
pub const LENGTH_MAX: usize = 4_000;

/// How deep parentheses and prefixes go: the reader is on the stack as often.
pub const DEPTH_MAX: usize = 100;

/// How long a chain of indicators may be in which each is made of the next.
pub const CHAIN_MAX: usize = 16;

/// Steps of a formula with all that it is made of: a column of 8 bytes a person each, 40 MB for a
/// thousand people if all of them were needed to the end.
pub const STEPS_MAX: usize = 5_000;

/// More mistakes than this are not read either.
pub const MISTAKES_MAX: usize = 20;

/// A formula that was read: it can be worked out over any table.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    tree: Tree,
    program: Program,
    /// The step that is the result.
    last: usize,
    measure: Measure,
    others: BTreeSet<String>,
    better: Better,
    sample_min: u32,
}

impl Formula {
    /// Reads a formula; more is better, and any sample is enough, until
    /// [`judged`](Formula::judged) says otherwise.
    ///
    /// # Errors
    ///
    /// The first mistake and its place.
    pub fn read(text: &str, others: &Others) -> Result<Formula, Wrong> {
        Formula::read_with(text, others, Decimal::Point)
    }

    /// The same where a comma between digits may be decimal.
    ///
    /// # Errors
    ///
    /// The first mistake and its place.
    pub fn read_with(text: &str, others: &Others, decimal: Decimal) -> Result<Formula, Wrong> {
        let read = read::read(text, others, decimal).map_err(read::first)?;
        let read::Read { tree, program, last, measure } = read;
        let others = tree.names().filter(|name| others.has(name)).map(str::to_owned).collect();
        let (better, sample_min) = (Better::More, 0);
        Ok(Formula { tree, program, last, measure, others, better, sample_min })
    }

    /// All mistakes of a text, in the order of their places, for an editor that shows them; at most
    /// [`MISTAKES_MAX`]. One of the form, such as a parenthesis that is not closed, hides the
    /// others.
    pub fn mistakes(text: &str, others: &Others, decimal: Decimal) -> Vec<Wrong> {
        read::read(text, others, decimal).err().unwrap_or_default()
    }

    /// The same formula with another way to be good, and the fewest cases that a figure rests on.
    #[must_use]
    pub fn judged(self, better: Better, sample_min: u32) -> Formula {
        Formula { better, sample_min, ..self }
    }

    /// The text to keep: decimal points, `, ` between values, single spaces. It is read the same
    /// way whatever a comma is taken for.
    pub fn canonical(&self) -> String {
        self.tree.printed(Decimal::Point)
    }

    /// The text as it is shown where decimals are written with a comma: `max(7,5; answered)`. To be
    /// read again with [`Decimal::Comma`].
    pub fn shown(&self, decimal: Decimal) -> String {
        self.tree.printed(decimal)
    }

    /// What its figures are measured in, by the measures of what it is made of.
    pub fn unit(&self) -> Unit {
        self.measure.unit()
    }

    /// The names of other indicators and announced columns that stand in it.
    pub fn others(&self) -> impl Iterator<Item = &str> {
        self.others.iter().map(String::as_str)
    }

    /// Everybody's value, in the order of the table; `None` is no value.
    pub fn values(&self, columns: &dyn Columns) -> Vec<Option<f64>> {
        let values = self.program.run(columns, self.last).into_iter();
        // There is one zero only, so that the same result is the same bytes.
        values.map(|value| value.is_finite().then_some(value + 0.0)).collect()
    }
}

/// A formula's canonical text without looking at what its names are.
///
/// # Errors
///
/// The first mistake of its form and the place of it.
pub fn canonical(text: &str, decimal: Decimal) -> Result<String, Wrong> {
    parse::parse(text, decimal).map(|tree| tree.printed(Decimal::Point))
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.canonical())
    }
}
