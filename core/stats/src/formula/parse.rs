//! Words to parts: which belong together, and what is told when they do not.

use super::dictionary::{Function, suggest_function};
use super::lex::{Decimal, Piece, Sign, Token, cut};
use super::tree::{NEGATIVE, NOT, Part, Suffix, Tree, What, binding};
use super::wrong::{Code, Wrong};
use super::{DEPTH_MAX, LENGTH_MAX};

/// Reads the parts of a formula; what its names are is not looked at.
pub(super) fn parse(text: &str, decimal: Decimal) -> Result<Tree, Wrong> {
    if text.len() > LENGTH_MAX {
        let from = (0..=LENGTH_MAX).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        return Err(Wrong { from, to: text.len(), code: Code::TooLong });
    }
    let pieces = cut(text, decimal)?;
    if pieces.is_empty() {
        return Err(Wrong { from: 0, to: text.len(), code: Code::Empty });
    }
    let mut parser = Parser { pieces: &pieces, at: 0, depth: 0, expected: 0, parts: Vec::new() };
    parser.expression(0)?;
    match parser.next() {
        None => kept(Tree(parser.parts), text.len()),
        Some(left_over) => Err(parser.unexpected(left_over)),
    }
}

/// What is read must also be short enough to be kept and read again: printing may add a letter here
/// and there, so that only long texts need to be looked at.
fn kept(tree: Tree, length: usize) -> Result<Tree, Wrong> {
    let long = length > LENGTH_MAX / 2;
    let prints = [Decimal::Point, Decimal::Comma];
    if long && prints.into_iter().any(|it| tree.printed(it).len() > LENGTH_MAX) {
        return Err(Wrong { from: 0, to: length, code: Code::TooLong });
    }
    Ok(tree)
}

struct Parser<'a> {
    pieces: &'a [Piece],
    at: usize,
    /// Parentheses and prefixes around this place.
    depth: usize,
    /// Calls of `expected` around it.
    expected: usize,
    parts: Vec<Part>,
}

impl<'a> Parser<'a> {
    /// Reads on while signs bind at least so tightly; the place of what was read among the parts.
    fn expression(&mut self, least: u8) -> Result<usize, Wrong> {
        let mut left = self.operand()?;
        let mut compared = false;
        while let Some((piece, sign)) = self.sign() {
            let (own, _, of_right) = binding(sign);
            if own < least {
                break;
            }
            let compares = own == binding(Sign::Equal).0;
            if compares && compared {
                return Err(wrong(piece, Code::Chained));
            }
            compared = compares;
            self.at += 1;
            // Only a power leans on a power to the right of it: the others take turns in a loop.
            let deeper = usize::from(sign == Sign::Power);
            self.enter(piece, deeper)?;
            let right = self.expression(of_right)?;
            self.depth -= deeper;
            let (from, to) = (self.parts[left].from, self.parts[right].to);
            left = self.push(What::Two(sign, left, right), from, to);
        }
        Ok(left)
    }

    fn operand(&mut self) -> Result<usize, Wrong> {
        let Some(piece) = self.next() else {
            let last = &self.pieces[self.pieces.len() - 1];
            return Err(wrong(last, Code::ValueMissing));
        };
        self.at += 1;
        match &piece.token {
            Token::Number(written) => Ok(self.number(piece, *written)),
            Token::Word(word) if word == "not" => self.prefix(piece, NOT, What::Not),
            Token::Word(word) if ["and", "or"].contains(&word.as_str()) => {
                Err(wrong(piece, Code::ValueMissing))
            }
            Token::Word(word) => self.name(piece, word),
            Token::Sign(Sign::Minus) => self.prefix(piece, NEGATIVE, What::Negative),
            Token::Open => self.parenthesis(piece),
            Token::Percent => Err(wrong(piece, Code::PercentAlone)),
            Token::Euro => Err(wrong(piece, Code::EuroFirst)),
            Token::Sign(Sign::Equal) if self.at == 1 => Err(wrong(piece, Code::EqualFirst)),
            Token::Close if self.depth > 0 => Err(wrong(piece, Code::ValueMissing)),
            Token::Close => Err(wrong(piece, Code::NothingToClose)),
            Token::Separator | Token::Sign(_) => Err(wrong(piece, Code::ValueMissing)),
        }
    }

    fn prefix(&mut self, piece: &Piece, least: u8, of: fn(usize) -> What) -> Result<usize, Wrong> {
        self.enter(piece, 1)?;
        let operand = self.expression(least)?;
        self.depth -= 1;
        let to = self.parts[operand].to;
        Ok(self.push(of(operand), piece.from, to))
    }

    fn parenthesis(&mut self, open: &Piece) -> Result<usize, Wrong> {
        self.enter(open, 1)?;
        let inside = self.expression(0)?;
        self.depth -= 1;
        let to = self.close(open)?;
        (self.parts[inside].from, self.parts[inside].to) = (open.from, to);
        Ok(inside)
    }

    fn number(&mut self, piece: &Piece, written: f64) -> usize {
        let suffix = self.suffix();
        let to = self.pieces[self.at - 1].to;
        self.push(What::Number { written, suffix }, piece.from, to)
    }

    /// Takes what is written behind a number. `5 min (…)` is left for a missing sign to be told.
    fn suffix(&mut self) -> Suffix {
        let opens = self.pieces.get(self.at + 1).is_some_and(|it| it.token == Token::Open);
        let suffix = match self.next().map(|piece| &piece.token) {
            Some(Token::Percent) => Suffix::Percent,
            Some(Token::Euro) => Suffix::Euros,
            Some(Token::Word(word)) if !opens => Suffix::named(word),
            Some(
                Token::Word(_)
                | Token::Number(_)
                | Token::Sign(_)
                | Token::Open
                | Token::Close
                | Token::Separator,
            )
            | None => Suffix::None,
        };
        if suffix != Suffix::None {
            self.at += 1;
        }
        suffix
    }

    fn name(&mut self, piece: &Piece, word: &str) -> Result<usize, Wrong> {
        let open = self.next().filter(|next| next.token == Token::Open);
        let function = Function::named(word);
        match (function, open) {
            (Some(function), Some(open)) => self.call(piece, function, open),
            (Some(function), None) => {
                Err(wrong(piece, Code::CallMissing { function: function.name() }))
            }
            (None, Some(_)) => {
                let (name, meant) = (word.to_owned(), suggest_function(word));
                Err(wrong(piece, Code::UnknownFunction { name, meant }))
            }
            (None, None) => {
                let (name, expected) = (word.to_owned(), self.expected > 0);
                Ok(self.push(What::Name { name, expected }, piece.from, piece.to))
            }
        }
    }

    fn call(&mut self, name: &Piece, function: Function, open: &Piece) -> Result<usize, Wrong> {
        self.enter(open, 1)?;
        self.at += 1;
        let expects = usize::from(function == Function::Expected);
        self.expected += expects;
        let mut values = Vec::new();
        if self.next().is_none_or(|next| next.token != Token::Close) {
            values.push(self.expression(0)?);
            while self.next().is_some_and(|next| next.token == Token::Separator) {
                self.at += 1;
                values.push(self.expression(0)?);
            }
        }
        self.expected -= expects;
        self.depth -= 1;
        let to = self.close(open)?;
        Ok(self.push(What::Call(function, values), name.from, to))
    }

    /// Takes the closing parenthesis; where it ends.
    fn close(&mut self, open: &Piece) -> Result<usize, Wrong> {
        match self.next() {
            Some(piece) if piece.token == Token::Close => {
                self.at += 1;
                Ok(piece.to)
            }
            Some(other) => Err(self.unexpected(other)),
            None => Err(wrong(open, Code::NotClosed)),
        }
    }

    /// Why the formula does not go on with this.
    fn unexpected(&self, piece: &Piece) -> Wrong {
        let code = match &piece.token {
            Token::Close => Code::NothingToClose,
            Token::Separator => Code::StraySeparator,
            Token::Percent => Code::PercentAlone,
            Token::Number(_) | Token::Word(_) | Token::Open | Token::Euro | Token::Sign(_) => {
                Code::SignMissing
            }
        };
        wrong(piece, code)
    }

    fn next(&self) -> Option<&'a Piece> {
        self.pieces.get(self.at)
    }

    fn sign(&self) -> Option<(&'a Piece, Sign)> {
        let piece = self.next()?;
        piece.token.sign().map(|sign| (piece, sign))
    }

    fn enter(&mut self, piece: &Piece, deeper: usize) -> Result<(), Wrong> {
        self.depth += deeper;
        if self.depth > DEPTH_MAX { Err(wrong(piece, Code::TooDeep)) } else { Ok(()) }
    }

    fn push(&mut self, what: What, from: usize, to: usize) -> usize {
        self.parts.push(Part { what, from, to });
        self.parts.len() - 1
    }
}

fn wrong(piece: &Piece, code: Code) -> Wrong {
    Wrong { from: piece.from, to: piece.to, code }
}
