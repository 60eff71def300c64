//! What is wrong with a formula, where, and how it is said in plain words.

use super::measure::Measure;
use super::words::{english, estonian};

/// A mistake and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Wrong {
    /// Bytes of the text from `from` up to, and without, `to`; both are borders of characters. An
    /// editor that counts otherwise (JavaScript: UTF-16) must count anew, for `€` is three bytes.
    pub from: usize,
    pub to: usize,
    pub code: Code,
}

/// The languages of the interface.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Language {
    Et,
    En,
}

/// Which mistake it is. Names and what was meant are as they are written in a formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Code {
    Empty,
    TooLong,
    TooDeep,
    /// With all that its indicators are made of it has too many parts.
    TooLarge,
    BadCharacter(char),
    BadNumber,
    /// Two points or commas in a number, or a decimal comma next to a separating one.
    AmbiguousNumber,
    /// A comma separates although `;` does.
    MixedSeparators,
    StraySeparator,
    /// A sign of another language.
    Foreign {
        written: &'static str,
        meant: &'static str,
    },
    PercentAlone,
    EuroFirst,
    /// The formula begins as in a spreadsheet.
    EqualFirst,
    ValueMissing,
    SignMissing,
    NotClosed,
    NothingToClose,
    /// `a < b < c`.
    Chained,
    UnknownName {
        name: String,
        meant: Option<String>,
    },
    UnknownFunction {
        name: String,
        meant: Option<String>,
    },
    /// The figures have no such column; `needed_by` is the figure that is made of it.
    NoColumn {
        name: String,
        needed_by: Option<String>,
    },
    CallMissing {
        function: &'static str,
    },
    WrongCount {
        function: &'static str,
        got: usize,
    },
    NumberNeeded,
    YesNoNeeded,
    /// The whole is yes or no.
    NotANumber,
    /// What is added, compared or chosen from does not go together.
    Measures {
        left: Measure,
        right: Measure,
    },
    /// An exponent, a share or a number of decimals has a unit.
    PlainNeeded {
        got: Measure,
    },
    /// Something with a unit is raised to what is not a whole number from -9 to 9.
    PowerOfUnit {
        of: Measure,
    },
    /// Decimals are a whole number from 0 to 9, written down.
    BadDecimals,
    /// A share that was written down lies outside 0 and 1.
    BadShare,
    /// The indicators that lead back to the first of them.
    Cycle(Vec<String>),
    /// Indicators made of indicators made of indicators.
    TooFarOff {
        name: String,
    },
    /// Another indicator has a mistake of its own.
    Other {
        name: String,
        wrong: Box<Wrong>,
    },
}

impl Wrong {
    /// What is wrong and what to do about it, in one or two sentences.
    pub fn text(&self, language: Language) -> String {
        match language {
            Language::En => english(&self.code),
            Language::Et => estonian(&self.code),
        }
    }
}

impl Code {
    /// For programs: a stable name, for example `unknown_name`.
    pub fn name(&self) -> &'static str {
        match self {
            Code::Empty => "empty",
            Code::TooLong => "too_long",
            Code::TooDeep => "too_deep",
            Code::TooLarge => "too_large",
            Code::BadCharacter(_) => "bad_character",
            Code::BadNumber => "bad_number",
            Code::AmbiguousNumber => "ambiguous_number",
            Code::MixedSeparators => "mixed_separators",
            Code::StraySeparator => "stray_separator",
            Code::Foreign { .. } => "foreign_sign",
            Code::PercentAlone => "percent_alone",
            Code::EuroFirst => "euro_first",
            Code::EqualFirst => "equal_first",
            Code::ValueMissing => "value_missing",
            Code::SignMissing => "sign_missing",
            Code::NotClosed => "not_closed",
            Code::NothingToClose => "nothing_to_close",
            Code::Chained => "chained",
            Code::UnknownName { .. } => "unknown_name",
            Code::UnknownFunction { .. } => "unknown_function",
            Code::NoColumn { .. } => "no_column",
            Code::CallMissing { .. } => "call_missing",
            Code::WrongCount { .. } => "wrong_count",
            Code::NumberNeeded => "number_needed",
            Code::YesNoNeeded => "yes_no_needed",
            Code::NotANumber => "not_a_number",
            Code::Measures { .. } => "units_differ",
            Code::PlainNeeded { .. } => "plain_number_needed",
            Code::PowerOfUnit { .. } => "power_of_unit",
            Code::BadDecimals => "bad_decimals",
            Code::BadShare => "bad_share",
            Code::Cycle(_) => "cycle",
            Code::TooFarOff { .. } => "too_far_off",
            Code::Other { .. } => "other_indicator",
        }
    }
}
