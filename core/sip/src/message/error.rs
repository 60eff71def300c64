//! What is wrong with a message, and whether the sender can be told so.

use std::fmt;

use super::{Message, Name};

/// A message, or a value in it, that breaks the grammar of RFC 3261 §25 or one of our limits.
#[derive(Clone, Debug)]
pub struct ParseError {
    /// What is wrong, for logs: never a part of the message itself.
    pub what: &'static str,
    /// The status a server answers with: 400, 413, 414, 505 (RFC 3261 §21.4, §21.5).
    pub status: u16,
    /// Enough of a request to answer it statelessly: Via, From, To, Call-ID and CSeq were read.
    /// `None` for responses and ACKs (they are never answered) and when nothing else helps.
    pub recoverable: Option<Box<Message>>,
    /// Where it is, as far as that is known.
    pub place: Option<Place>,
}

/// A place in a message.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Place {
    /// A line of it, counted from 1; of folded lines the last.
    Line(u32),
    /// The headers of this name.
    Header(Name),
}

impl ParseError {
    /// A plain 400.
    pub(crate) fn bad(what: &'static str) -> ParseError {
        ParseError::with_status(400, what)
    }

    pub(crate) fn with_status(status: u16, what: &'static str) -> ParseError {
        ParseError { what, status, recoverable: None, place: None }
    }

    /// The fault is in the headers of this name.
    pub(crate) fn within(self, name: Name) -> ParseError {
        ParseError { place: self.place.or(Some(Place::Header(name))), ..self }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.what, self.status)
    }
}

impl std::error::Error for ParseError {}
