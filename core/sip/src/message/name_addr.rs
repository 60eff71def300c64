//! `"Display" <uri>;params`: From, To, Contact, Route and their relatives.

use std::fmt;

use super::scan::{Cursor, quote, text, trim, unquote};
use super::{Params, ParseError, Uri};

/// A name-addr or addr-spec with its parameters (RFC 3261 §20.10).
///
/// The quoted display name is taken off first, so that nothing in it can pass for the URI:
/// `"<sip:fake@x>" <sip:a@b.c>` is `sip:a@b.c`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct NameAddr {
    /// Without quotes and backslashes; empty when there is none.
    pub display: String,
    /// Exactly as it was written.
    pub uri: String,
    pub params: Params,
}

impl NameAddr {
    /// A value of our own: no parameters yet.
    pub fn new(display: &str, uri: &str) -> NameAddr {
        NameAddr { display: display.to_owned(), uri: uri.to_owned(), params: Params::default() }
    }

    /// Reads a value that must be a single one, such as From.
    pub fn parse(value: &[u8]) -> Result<NameAddr, ParseError> {
        let mut cursor = Cursor::new(value);
        let address = NameAddr::read(&mut cursor)?;
        if !cursor.is_at_end() {
            return Err(ParseError::bad("something follows an address"));
        }
        Ok(address)
    }

    /// Reads a comma-separated list, such as Contact and Route.
    pub fn parse_list(value: &[u8]) -> Result<Vec<NameAddr>, ParseError> {
        let mut cursor = Cursor::new(value);
        let mut list = vec![NameAddr::read(&mut cursor)?];
        while cursor.eat(b',') {
            list.push(NameAddr::read(&mut cursor)?);
        }
        if !cursor.is_at_end() {
            return Err(ParseError::bad("something follows an address"));
        }
        Ok(list)
    }

    /// The dialog's tag (RFC 3261 §19.3); an empty one is none.
    pub fn tag(&self) -> Option<&str> {
        self.params.raw("tag").filter(|tag| !tag.is_empty())
    }

    /// The `expires` of a Contact in seconds; what is too large is the largest, what is no number
    /// is none (RFC 3261 §10.2.1.1).
    pub fn expires(&self) -> Option<u32> {
        self.params.raw("expires").and_then(|raw| super::seconds(raw.as_bytes()))
    }

    /// The URI taken apart.
    pub fn parsed_uri(&self) -> Result<Uri, ParseError> {
        Uri::parse(&self.uri)
    }

    fn read(cursor: &mut Cursor<'_>) -> Result<NameAddr, ParseError> {
        cursor.skip_space();
        let (display, uri) = match cursor.peek() {
            Some(b'"') => {
                let display = unquote(&text(cursor.quoted()?)).into_owned();
                cursor.skip_space();
                (display, bracketed(cursor)?)
            }
            _ => read_unquoted(cursor)?,
        };
        let params = Params::read(cursor)?;
        Ok(NameAddr { display, uri, params })
    }
}

/// Either a display name of plain words before a bracket, or a bare URI. A bare URI ends at `;`:
/// what follows belongs to the header (RFC 3261 §20.10).
fn read_unquoted(cursor: &mut Cursor<'_>) -> Result<(String, String), ParseError> {
    let before = cursor.take_while(|b| !b"<;,\"".contains(&b));
    if cursor.peek() == Some(b'<') {
        return Ok((text(trim(before)), bracketed(cursor)?));
    }
    let uri = checked_uri(trim(before))?;
    if uri.contains('?') {
        return Err(ParseError::bad("a URI with headers stands outside of brackets"));
    }
    Ok((String::new(), uri))
}

fn bracketed(cursor: &mut Cursor<'_>) -> Result<String, ParseError> {
    if !cursor.eat(b'<') {
        return Err(ParseError::bad("a display name without an address"));
    }
    let inside = cursor.take_while(|b| b != b'>');
    if !cursor.eat(b'>') {
        return Err(ParseError::bad("an address without its closing bracket"));
    }
    checked_uri(inside)
}

/// A URI is ASCII without white space, and has a scheme; the rest is for [`Uri::parse`].
fn checked_uri(raw: &[u8]) -> Result<String, ParseError> {
    let uri = std::str::from_utf8(raw).map_err(|_| ParseError::bad("a URI is not text"))?;
    super::uri::split_scheme(uri)?;
    Ok(uri.to_owned())
}

impl fmt::Display for NameAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.display.is_empty() {
            write!(f, "{} ", quote(&self.display))?;
        }
        write!(f, "<{}>{}", self.uri, self.params)
    }
}
