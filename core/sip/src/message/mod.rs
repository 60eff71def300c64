//! Messages as they are on the wire: nothing is rewritten that we did not write ourselves.
//!
//! `wire` cuts bytes into a start line, header lines and a body, keeping every byte;
//! `uri`, `name_addr`, `via`, `params` read single values; `build` writes new messages, with
//! rsip's words for methods, statuses and headers behind the one module `words`.

mod build;
mod error;
mod name_addr;
mod params;
mod scan;
mod uri;
mod via;
mod wire;
mod words;

use std::borrow::Cow;

use bytes::Bytes;

pub use self::error::{ParseError, Place};
pub use self::name_addr::NameAddr;
pub use self::params::Params;
pub(crate) use self::scan::{Cursor, quote, text, unquote};
pub use self::uri::{Host, Uri};
pub use self::via::{MAGIC_COOKIE, Via};
pub use self::wire::is_keepalive;
pub use self::words::{Method, Name, reason};

/// What a UDP datagram can hold, and our limit for streams.
pub const MESSAGE_MAX: usize = 65_535;
/// Real messages have 10 to 30; RFC 4475's worst has fewer than 60.
pub const HEADERS_MAX: usize = 128;
/// One header or the start line, folding undone. Identity headers are the longest real ones.
pub const LINE_MAX: usize = 8_192;

/// A request or a response (RFC 3261 §7).
#[derive(Clone, Debug)]
pub struct Message {
    pub start: Start,
    /// In the order they came.
    headers: Vec<Header>,
    pub body: Bytes,
    /// The request's method, for responses.
    of: Option<Method>,
}

/// The first line.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Start {
    /// The URI exactly as it was written.
    Request { method: Method, uri: String },
    /// The phrase as it came; ours is the usual one.
    Response { status: u16, reason: String },
}

/// One header line. Several values in one line stay one header.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Header {
    pub name: Name,
    /// In the sender's spelling: `v`, `Via` and `VIA` stay what they are.
    pub raw_name: Cow<'static, str>,
    /// Unfolded, without white space around it, otherwise the original bytes.
    pub value: Bytes,
}

/// What a REGISTER says about its bindings (RFC 3261 §10.2.2).
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Contacts {
    /// `Contact: *`, all of them.
    Star,
    /// None when there is no Contact: only a question.
    List(Vec<NameAddr>),
}

impl Message {
    /// The headers in their order.
    pub fn headers(&self) -> &[Header] {
        &self.headers
    }

    /// The first value of this name, if it is UTF-8; [`Message::get_bytes`] has it anyway.
    pub fn get(&self, name: Name) -> Option<&str> {
        self.get_bytes(name).and_then(|value| std::str::from_utf8(value).ok())
    }

    pub fn get_bytes(&self, name: Name) -> Option<&[u8]> {
        self.all(name).next()
    }

    /// The first value of a header that [`Name`] does not know.
    pub fn get_named(&self, raw_name: &str) -> Option<&[u8]> {
        let found = self.headers.iter().find(|h| h.raw_name.eq_ignore_ascii_case(raw_name));
        found.map(|header| &header.value[..])
    }

    /// Every line of this name, in order; a line may still hold several values.
    pub fn all(&self, name: Name) -> impl Iterator<Item = &[u8]> {
        self.headers.iter().filter(move |h| h.name == name).map(|h| &h.value[..])
    }

    pub fn is_request(&self) -> bool {
        match &self.start {
            Start::Request { .. } => true,
            Start::Response { .. } => false,
        }
    }

    /// The method; for a response that of its CSeq.
    pub fn method(&self) -> &Method {
        match (&self.start, &self.of) {
            (Start::Request { method, .. }, _) | (_, Some(method)) => method,
            // Responses are made by `parse` and `response_to` only, both of which know it.
            (Start::Response { .. }, None) => &Method::Options,
        }
    }

    /// The request URI, raw; `None` for responses.
    pub fn uri(&self) -> Option<&str> {
        match &self.start {
            Start::Request { uri, .. } => Some(uri),
            Start::Response { .. } => None,
        }
    }

    /// The status; `None` for requests.
    pub fn status(&self) -> Option<u16> {
        match &self.start {
            Start::Request { .. } => None,
            Start::Response { status, .. } => Some(*status),
        }
    }

    /// Every hop, the newest first, from all Via lines. Never empty.
    pub fn vias(&self) -> Result<Vec<Via>, ParseError> {
        let mut vias = Vec::new();
        for line in self.all(Name::Via) {
            vias.extend(Via::parse_list(line)?);
        }
        if vias.is_empty() {
            return Err(ParseError::bad("there is no Via"));
        }
        Ok(vias)
    }

    /// The newest hop.
    pub fn top_via(&self) -> Result<Via, ParseError> {
        let line = self.get_bytes(Name::Via).ok_or(ParseError::bad("there is no Via"))?;
        Via::parse_first(line).map(|(via, _)| via)
    }

    /// Who sends, as he says himself (RFC 3261 §20.20).
    pub fn from(&self) -> Result<NameAddr, ParseError> {
        NameAddr::parse(self.get_bytes(Name::From).ok_or(ParseError::bad("there is no From"))?)
    }

    pub fn to(&self) -> Result<NameAddr, ParseError> {
        NameAddr::parse(self.get_bytes(Name::To).ok_or(ParseError::bad("there is no To"))?)
    }

    pub fn contacts(&self) -> Result<Contacts, ParseError> {
        if !self.all(Name::Contact).any(|line| line == b"*") {
            return self.addresses(Name::Contact).map(Contacts::List);
        }
        match self.all(Name::Contact).count() {
            1 => Ok(Contacts::Star),
            _ => Err(ParseError::bad("a star beside other contacts")),
        }
    }

    /// Hops to be visited (RFC 3261 §20.34).
    pub fn routes(&self) -> Result<Vec<NameAddr>, ParseError> {
        self.addresses(Name::Route)
    }

    /// Hops that want to stay in the path of the dialog (RFC 3261 §20.30).
    pub fn record_routes(&self) -> Result<Vec<NameAddr>, ParseError> {
        self.addresses(Name::RecordRoute)
    }

    /// Every address of every line of this name: P-Asserted-Identity, Path, Refer-To ….
    pub fn addresses(&self, name: Name) -> Result<Vec<NameAddr>, ParseError> {
        let mut list = Vec::new();
        for line in self.all(name) {
            list.extend(NameAddr::parse_list(line)?);
        }
        Ok(list)
    }

    /// The words of a comma-separated list, from every line: Require, Supported, Allow.
    pub fn words(&self, name: Name) -> impl Iterator<Item = &str> {
        let values = self.all(name).filter_map(|line| std::str::from_utf8(line).ok());
        values.flat_map(|line| line.split(',')).map(str::trim).filter(|word| !word.is_empty())
    }

    /// Compared byte by byte (RFC 3261 §20.8).
    pub fn call_id(&self) -> Result<&str, ParseError> {
        let fault = ParseError::bad("Call-ID");
        let id = self.get(Name::CallId).filter(|id| !id.is_empty() && !id.contains([' ', '\t']));
        id.ok_or(fault)
    }

    /// Number (below 2^31, RFC 3261 §8.1.1.5) and method.
    pub fn cseq(&self) -> Result<(u32, Method), ParseError> {
        let fault = || ParseError::bad("CSeq");
        let mut cursor = Cursor::new(self.get_bytes(Name::CSeq).ok_or_else(fault)?);
        let digits = cursor.take_while(|b| b.is_ascii_digit());
        let number = scan::number(digits).filter(|number| *number < 1 << 31).ok_or_else(fault)?;
        if !cursor.peek().is_some_and(scan::is_space) {
            return Err(fault());
        }
        cursor.skip_space();
        let method = Method::parse(cursor.token("CSeq")?);
        if !cursor.is_at_end() {
            return Err(fault());
        }
        Ok((number, method))
    }

    /// Seconds. What is too large is the largest; what is no number counts as absent, as
    /// RFC 3261 §10.2.1.1 asks of a registrar.
    pub fn expires(&self) -> Option<u32> {
        self.get_bytes(Name::Expires).and_then(seconds)
    }

    /// Hops left, 0 to 255 (RFC 3261 §20.22).
    pub fn max_forwards(&self) -> Result<Option<u8>, ParseError> {
        let Some(value) = self.get_bytes(Name::MaxForwards) else { return Ok(None) };
        scan::number(value).map(Some).ok_or(ParseError::bad("Max-Forwards"))
    }
}

/// Delta-seconds: 2^32 - 1 when there are more.
pub(crate) fn seconds(digits: &[u8]) -> Option<u32> {
    match scan::number(digits) {
        Some(seconds) => Some(seconds),
        None => {
            let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
            is_number.then_some(u32::MAX)
        }
    }
}
