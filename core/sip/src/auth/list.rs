//! The `name=value` lists of challenges and credentials (RFC 3261 §25.1 `auth-param`).

use std::borrow::Cow;

use crate::message::{Cursor, ParseError, text, unquote};

/// A challenge has eight of them, credentials have twelve.
const PARAMS_MAX: usize = 32;

/// What follows the word `Digest`. No name stands twice: two readers could take different ones.
#[derive(Debug)]
pub(super) struct DigestParams(Vec<(String, String)>);

impl DigestParams {
    /// `None` for another scheme: that header is not for us.
    pub(super) fn parse(value: &[u8]) -> Option<Result<DigestParams, ParseError>> {
        let mut cursor = Cursor::new(value);
        cursor.skip_space();
        let is_digest = cursor.token("scheme").is_ok_and(|s| s.eq_ignore_ascii_case("Digest"));
        is_digest.then(|| read(cursor).map(DigestParams))
    }

    /// Without quotes and backslashes.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        self.raw(name).map(unquote)
    }

    fn raw(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

fn read(mut cursor: Cursor<'_>) -> Result<Vec<(String, String)>, ParseError> {
    let mut params: Vec<(String, String)> = Vec::with_capacity(12);
    loop {
        cursor.skip_space();
        let name = cursor.token("a digest parameter has no name")?;
        cursor.skip_space();
        if !cursor.eat(b'=') {
            return Err(ParseError::bad("a digest parameter has no value"));
        }
        cursor.skip_space();
        let value = match cursor.peek() {
            Some(b'"') => cursor.quoted()?,
            _ => cursor.take_while(|b| b > b' ' && b != b',' && b != b'"'),
        };
        if params.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) {
            return Err(ParseError::bad("a digest parameter is twice there"));
        }
        if params.len() == PARAMS_MAX {
            return Err(ParseError::bad("too many digest parameters"));
        }
        params.push((name.to_owned(), text(value)));
        cursor.skip_space();
        if cursor.is_at_end() {
            return Ok(params);
        }
        if !cursor.eat(b',') {
            return Err(ParseError::bad("something between digest parameters"));
        }
    }
}
