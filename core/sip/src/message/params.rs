//! `;name=value` lists, kept as they were written.

use std::borrow::Cow;
use std::fmt;

use super::ParseError;
use super::scan::{Cursor, text, unquote};

/// The parameters of a URI, a name-addr or a Via (RFC 3261 §7.3.1, §19.1.1), in order, values raw:
/// quotes and escapes stay until somebody asks.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Params(Vec<(String, Option<String>)>);

impl Params {
    /// Whether the parameter is there, with or without a value (`;lr`, `;rport`).
    pub fn has(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    /// The value of the first parameter of this name, without quotes and backslashes. `None` for
    /// an absent parameter and for one without a value; [`Params::has`] tells them apart.
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        self.raw(name).map(unquote)
    }

    /// The value exactly as it was written.
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.position(name).and_then(|at| self.0[at].1.as_deref())
    }

    /// Replaces the parameter or adds it at the end. The value is written as it is given.
    pub fn set(&mut self, name: &str, value: Option<&str>) {
        let value = value.map(str::to_owned);
        match self.position(name) {
            Some(at) => self.0[at].1 = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// Removes every parameter of this name.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    }

    /// Names and raw values in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_deref()))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Header parameters: white space around `;` and `=` is allowed, values may be quoted. Stops
    /// before a comma or at the end.
    pub(crate) fn read(cursor: &mut Cursor<'_>) -> Result<Params, ParseError> {
        let mut params = Vec::new();
        cursor.skip_space();
        while cursor.eat(b';') {
            cursor.skip_space();
            let name = cursor.token("a parameter has no name")?.to_owned();
            cursor.skip_space();
            let value = match cursor.eat(b'=') {
                true => Some(read_value(cursor)?),
                false => None,
            };
            cursor.skip_space();
            params.push((name, value));
        }
        Ok(Params(params))
    }

    /// URI parameters: what stands between semicolons, nothing quoted, nothing unescaped.
    pub(crate) fn of_uri(raw: &str) -> Result<Params, ParseError> {
        let mut params = Vec::new();
        for part in raw.split(';') {
            let (name, value) = match part.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (part, None),
            };
            if name.is_empty() {
                return Err(ParseError::bad("a URI parameter has no name"));
            }
            params.push((name.to_owned(), value));
        }
        Ok(Params(params))
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|(known, _)| known.eq_ignore_ascii_case(name))
    }
}

/// More liberal than the grammar: whatever cannot end the parameter belongs to the value, because
/// phones write IPv6 addresses, ports and slashes there without quotes.
fn read_value(cursor: &mut Cursor<'_>) -> Result<String, ParseError> {
    cursor.skip_space();
    if cursor.peek() == Some(b'"') {
        return cursor.quoted().map(text);
    }
    let raw = cursor.take_while(|b| b > b' ' && b != 0x7f && !b";,\"<>".contains(&b));
    Ok(text(raw))
}

impl fmt::Display for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(name, value)| match value {
            Some(value) => write!(f, ";{name}={value}"),
            None => write!(f, ";{name}"),
        })
    }
}
