//! A cursor over the bytes of one header value, with the character classes of RFC 3261 §25.1.

use std::borrow::Cow;

use super::ParseError;

/// Reads a value from left to right. Folding is gone already, so white space is SP and HTAB.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(value: &'a [u8]) -> Cursor<'a> {
        Cursor { rest: value }
    }

    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(crate) fn skip_space(&mut self) {
        self.take_while(is_space);
    }

    /// Moves over `byte` if it is next.
    pub(crate) fn eat(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        if is_next {
            self.advance(1);
        }
        is_next
    }

    pub(crate) fn take_while(&mut self, accept: impl Fn(u8) -> bool) -> &'a [u8] {
        let length = self.rest.iter().position(|b| !accept(*b)).unwrap_or(self.rest.len());
        self.advance(length)
    }

    /// `token` of RFC 3261 §25.1, at least one character.
    pub(crate) fn token(&mut self, what: &'static str) -> Result<&'a str, ParseError> {
        let bytes = self.take_while(is_token);
        match std::str::from_utf8(bytes) {
            Ok(text) if !text.is_empty() => Ok(text),
            Ok(_) | Err(_) => Err(ParseError::bad(what)),
        }
    }

    /// A `quoted-string`, both quotes included. The cursor stands on the opening quote.
    pub(crate) fn quoted(&mut self) -> Result<&'a [u8], ParseError> {
        let mut escaped = false;
        for (at, byte) in self.rest.iter().enumerate().skip(1) {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => return Ok(self.advance(at + 1)),
                _ => {}
            }
        }
        Err(ParseError::bad("a quoted string does not end"))
    }

    fn advance(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }
}

pub(crate) fn is_space(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

pub(crate) fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&byte)
}

pub(crate) fn trim(bytes: &[u8]) -> &[u8] {
    let Some(start) = bytes.iter().position(|b| !is_space(*b)) else { return &[] };
    let end = bytes.iter().rposition(|b| !is_space(*b)).map_or(start, |at| at + 1);
    &bytes[start..end]
}

/// Text for people and for comparison: UTF-8, or Latin-1 when it is not UTF-8 (old desk phones
/// send display names so; RFC 2543 phones knew nothing else).
pub(crate) fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|b| char::from(*b)).collect(),
    }
}

/// The content of a `quoted-string` without its quotes and backslashes; other text as it is.
pub(crate) fn unquote(raw: &str) -> Cow<'_, str> {
    let Some(inner) = raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return Cow::Borrowed(raw);
    };
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let mut plain = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            plain.extend(chars.next());
        } else {
            plain.push(c);
        }
    }
    Cow::Owned(plain)
}

/// The opposite of [`unquote`]. Control characters become spaces: they could end the line.
pub(crate) fn quote(plain: &str) -> String {
    let mut raw = String::with_capacity(plain.len() + 2);
    raw.push('"');
    for c in plain.chars() {
        match c {
            '"' | '\\' => raw.extend(['\\', c]),
            _ if c.is_control() => raw.push(' '),
            _ => raw.push(c),
        }
    }
    raw.push('"');
    raw
}

/// Digits only, and not more than fit.
pub(crate) fn number<T: std::str::FromStr>(bytes: &[u8]) -> Option<T> {
    if bytes.is_empty() || !bytes.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(bytes).ok()?.parse().ok()
}
