//! A formula as it is understood: its parts in one list, and how they are printed again.

use super::LENGTH_MAX;
use super::dictionary::Function;
use super::lex::{Decimal, Sign, written};

/// The parts in the order in which they are worked out: whatever a part is made of stands before
/// it, the whole is the last. No walk over it needs recursion.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tree(pub(super) Vec<Part>);

/// A part and its place in the text.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) what: What,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// What a part is; numbers point at other parts.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    Number {
        written: f64,
        suffix: Suffix,
    },
    /// `expected`: it stands inside `expected(…)`.
    Name {
        name: String,
        expected: bool,
    },
    Negative(usize),
    Not(usize),
    Two(Sign, usize, usize),
    Call(Function, Vec<usize>),
}

/// What is written behind a number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Suffix {
    None,
    Percent,
    Milliseconds,
    Seconds,
    Minutes,
    Hours,
    Euros,
}

/// Where it stands does not make another part of it.
impl PartialEq for Part {
    fn eq(&self, other: &Part) -> bool {
        self.what == other.what
    }
}

impl Suffix {
    pub(super) fn named(word: &str) -> Suffix {
        match word {
            "ms" => Suffix::Milliseconds,
            "s" => Suffix::Seconds,
            "min" => Suffix::Minutes,
            "h" => Suffix::Hours,
            "eur" => Suffix::Euros,
            _ => Suffix::None,
        }
    }

    fn printed(self, air: &str) -> String {
        let word = match self {
            Suffix::None => return String::new(),
            Suffix::Percent => return "%".to_owned(),
            Suffix::Milliseconds => "ms",
            Suffix::Seconds => "s",
            Suffix::Minutes => "min",
            Suffix::Hours => "h",
            Suffix::Euros => "€",
        };
        format!("{air}{word}")
    }
}

/// How tightly a part holds together; the tighter, the higher.
const ALONE: u8 = 9;
const POWER: u8 = 8;
pub(super) const NEGATIVE: u8 = 7;
pub(super) const NOT: u8 = 3;

/// How tightly a sign binds, and how tightly what stands left and right of it must.
pub(super) fn binding(sign: Sign) -> (u8, u8, u8) {
    match sign {
        Sign::Or => (1, 1, 2),
        Sign::And => (2, 2, 3),
        Sign::Less
        | Sign::LessOrEqual
        | Sign::More
        | Sign::MoreOrEqual
        | Sign::Equal
        | Sign::Unequal => (4, 5, 5),
        Sign::Plus | Sign::Minus => (5, 5, 6),
        Sign::Times | Sign::By => (6, 6, 7),
        Sign::Power => (POWER, ALONE, POWER),
    }
}

impl Tree {
    /// The formula with single spaces and no needless parentheses; without spaces when it would be
    /// too long to be read again. It reads as the same whatever a comma is taken for, unless it is
    /// printed with [`Decimal::Comma`] and has no `;`.
    pub(super) fn printed(&self, decimal: Decimal) -> String {
        let airy = self.written(decimal, " ");
        if airy.len() <= LENGTH_MAX { airy } else { self.written(decimal, "") }
    }

    /// The names in it, as often as they stand there.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| {
            let What::Name { name, .. } = &part.what else { return None };
            Some(name.as_str())
        })
    }

    fn written(&self, decimal: Decimal, air: &str) -> String {
        let separator = match (decimal, air) {
            (Decimal::Point, " ") => ", ",
            (Decimal::Comma, " ") => "; ",
            (Decimal::Point | Decimal::Comma, _) => ";",
        };
        let mut printed: Vec<(u8, String)> = Vec::with_capacity(self.0.len());
        for part in &self.0 {
            let held = |at: usize, least: u8| {
                let (tightness, text) = &printed[at];
                if *tightness < least { format!("({text})") } else { text.clone() }
            };
            printed.push(match &part.what {
                What::Number { written, suffix } => {
                    let digits = match decimal {
                        Decimal::Point => written.to_string(),
                        Decimal::Comma => written.to_string().replace('.', ","),
                    };
                    (ALONE, digits + suffix.printed(air).as_str())
                }
                What::Name { name, .. } => (ALONE, name.clone()),
                What::Negative(of) => (NEGATIVE, format!("-{}", held(*of, NEGATIVE))),
                What::Not(of) => (NOT, format!("not {}", held(*of, NOT))),
                What::Two(sign, left, right) => {
                    let (own, of_left, of_right) = binding(*sign);
                    // A minus may stand before what something is raised to.
                    let of_right = if *sign == Sign::Power { NEGATIVE } else { of_right };
                    let (left, right) = (held(*left, of_left), held(*right, of_right));
                    let air = if matches!(sign, Sign::And | Sign::Or) { " " } else { air };
                    (own, format!("{left}{air}{}{air}{right}", written(*sign)))
                }
                What::Call(function, values) => {
                    let values = values.iter().map(|at| held(*at, 0)).collect::<Vec<_>>();
                    (ALONE, format!("{}({})", function.name(), values.join(separator)))
                }
            });
        }
        printed.pop().map_or_else(String::new, |(_, text)| text)
    }
}
