//! A formula's text cut into words, and the one place that tells a decimal comma from a separator.

use super::wrong::{Code, Wrong};

/// What a comma between two digits is where both readings are possible: in a call, in a text
/// without `;`.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Decimal {
    /// It separates: `max(7,5)` has two values.
    #[default]
    Point,
    /// It is decimal: `max(7,5; 8)`, as it is written in Estonian.
    Comma,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(f64),
    /// In lower case; `group.average` is one word.
    Word(String),
    Sign(Sign),
    Percent,
    Euro,
    Open,
    Close,
    Separator,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Sign {
    Plus,
    Minus,
    Times,
    By,
    Power,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
    Equal,
    Unequal,
    And,
    Or,
}

impl Token {
    /// What connects the values on both sides of it.
    pub(super) fn sign(&self) -> Option<Sign> {
        match self {
            Token::Sign(sign) => Some(*sign),
            Token::Word(word) if word == "and" => Some(Sign::And),
            Token::Word(word) if word == "or" => Some(Sign::Or),
            Token::Word(_)
            | Token::Number(_)
            | Token::Percent
            | Token::Euro
            | Token::Open
            | Token::Close
            | Token::Separator => None,
        }
    }
}

/// A token and its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) token: Token,
    pub(super) from: usize,
    pub(super) to: usize,
}

pub(super) fn cut(text: &str, decimal: Decimal) -> Result<Vec<Piece>, Wrong> {
    let semicolons = text.contains(';');
    let mut cutter = Cutter { text, at: 0, semicolons, decimal, pieces: Vec::new(), calls: vec![] };
    while let Some(next) = cutter.rest().chars().next() {
        let from = cutter.at;
        if next.is_whitespace() {
            cutter.at += next.len_utf8();
            continue;
        }
        let token = cutter.token(next)?;
        cutter.pieces.push(Piece { token, from, to: cutter.at });
    }
    Ok(cutter.pieces)
}

struct Cutter<'a> {
    text: &'a str,
    at: usize,
    /// `;` stands somewhere in the text: then a comma is never a separator.
    semicolons: bool,
    decimal: Decimal,
    pieces: Vec<Piece>,
    /// For each open parenthesis, whether it opens the values of a function.
    calls: Vec<bool>,
}

impl<'a> Cutter<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn token(&mut self, next: char) -> Result<Token, Wrong> {
        if next.is_ascii_digit() || (next == '.' && digit(self.rest(), 1)) {
            return self.number();
        }
        if next.is_alphabetic() || next == '_' {
            return Ok(Token::Word(self.word()));
        }
        for &(written, meant) in FOREIGN {
            if self.rest().starts_with(written) {
                return Err(self.wrong(written.len(), Code::Foreign { written, meant }));
            }
        }
        for (written, sign) in SIGNS {
            if self.rest().starts_with(written) {
                self.at += written.len();
                return Ok(Token::Sign(*sign));
            }
        }
        let token = match next {
            '%' => Token::Percent,
            '€' => Token::Euro,
            '(' => {
                let of_call = self.pieces.last().is_some_and(|piece| is_word(&piece.token));
                self.calls.push(of_call);
                Token::Open
            }
            ')' => {
                self.calls.pop();
                Token::Close
            }
            '!' => return Err(self.wrong(1, Code::Foreign { written: "!", meant: "not" })),
            ',' if self.semicolons => return Err(self.wrong(1, Code::MixedSeparators)),
            ';' | ',' => Token::Separator,
            other => return Err(self.wrong(other.len_utf8(), Code::BadCharacter(other))),
        };
        self.at += next.len_utf8();
        Ok(token)
    }

    fn word(&mut self) -> String {
        let inside = |it: char| it.is_alphanumeric() || it == '_';
        let mut length = 0;
        loop {
            let rest = &self.rest()[length..];
            length += rest.find(|it| !inside(it)).unwrap_or(rest.len());
            // A point inside a word belongs to it: `group.average`.
            let mut after = self.rest()[length..].chars();
            if after.next() != Some('.') || !after.next().is_some_and(char::is_alphabetic) {
                break;
            }
            length += 1;
        }
        let word = self.rest()[..length].to_lowercase();
        self.at += length;
        word
    }

    fn number(&mut self) -> Result<Token, Wrong> {
        let from = self.at;
        let whole = digits(self.rest());
        self.at += whole;
        let mark = self.rest().chars().next();
        let is_decimal = match mark {
            Some('.') => true,
            Some(',') => digit(self.rest(), 1) && self.comma_is_decimal(),
            _ => false,
        };
        if is_decimal {
            let fraction = digits(&self.rest()[1..]);
            self.at += 1 + fraction;
            let again = self.rest().starts_with('.')
                || (mark == Some(',') && self.rest().starts_with(',') && digit(self.rest(), 1));
            if again {
                let length = self.rest().find(|it| !is_number(it)).unwrap_or(self.rest().len());
                let to = self.at + length;
                return Err(Wrong { from, to, code: Code::AmbiguousNumber });
            }
            if fraction == 0 {
                return Err(Wrong { from, to: self.at, code: Code::BadNumber });
            }
        }
        let written = self.text[from..self.at].replace(',', ".");
        match written.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Token::Number(number)),
            _ => Err(Wrong { from, to: self.at, code: Code::BadNumber }),
        }
    }

    fn comma_is_decimal(&self) -> bool {
        let may_separate = !self.semicolons && self.calls.last() == Some(&true);
        !may_separate || self.decimal == Decimal::Comma
    }

    fn wrong(&self, length: usize, code: Code) -> Wrong {
        Wrong { from: self.at, to: self.at + length, code }
    }
}

/// Longer ones first. What a text processor makes of a sign is that sign.
const SIGNS: &[(&str, Sign)] = &[
    ("<=", Sign::LessOrEqual),
    (">=", Sign::MoreOrEqual),
    ("<>", Sign::Unequal),
    ("!=", Sign::Unequal),
    ("==", Sign::Equal),
    ("≤", Sign::LessOrEqual),
    ("≥", Sign::MoreOrEqual),
    ("≠", Sign::Unequal),
    ("=", Sign::Equal),
    ("<", Sign::Less),
    (">", Sign::More),
    ("+", Sign::Plus),
    ("-", Sign::Minus),
    ("−", Sign::Minus),
    ("–", Sign::Minus),
    ("*", Sign::Times),
    ("×", Sign::Times),
    ("·", Sign::Times),
    ("/", Sign::By),
    ("÷", Sign::By),
    ("^", Sign::Power),
];

/// Signs of other languages, and ours.
const FOREIGN: &[(&str, &str)] =
    &[("**", "^"), ("&&", "and"), ("||", "or"), ("=>", ">="), ("=<", "<=")];

/// How a sign is printed.
pub(super) fn written(sign: Sign) -> &'static str {
    match sign {
        Sign::And => "and",
        Sign::Or => "or",
        Sign::Plus => "+",
        Sign::Minus => "-",
        Sign::Times => "*",
        Sign::By => "/",
        Sign::Power => "^",
        Sign::Less => "<",
        Sign::LessOrEqual => "<=",
        Sign::More => ">",
        Sign::MoreOrEqual => ">=",
        Sign::Equal => "=",
        Sign::Unequal => "<>",
    }
}

/// A word that stands before the parenthesis of a call: any but the three that connect.
fn is_word(token: &Token) -> bool {
    matches!(token, Token::Word(word) if !["and", "or", "not"].contains(&word.as_str()))
}

fn is_number(it: char) -> bool {
    it.is_ascii_digit() || it == '.' || it == ','
}

fn digits(text: &str) -> usize {
    text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len())
}

fn digit(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
}
