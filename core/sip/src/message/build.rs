//! New messages: requests of our own and answers to those of others.

use bytes::Bytes;

use super::scan::is_token;
use super::{Header, Message, Method, Name, ParseError, Start, Via, words};

impl Message {
    /// An empty request: Via, From, To and the rest are pushed by the caller.
    pub fn request(method: Method, uri: &str) -> Message {
        let start = Start::Request { method, uri: uri.to_owned() };
        Message { start, headers: Vec::with_capacity(16), body: Bytes::new(), of: None }
    }

    /// An answer to a request (RFC 3261 §8.2.6): every Via, From, To, Call-ID and CSeq are copied
    /// byte by byte. `to_tag` is added to a To that has none, and not to a 100. Record-Route goes
    /// back where a dialog may come of it (§12.1.1), Timestamp with a 100 (§8.2.6.1).
    pub fn response_to(request: &Message, status: u16, to_tag: Option<&str>) -> Message {
        let start = Start::Response { status, reason: words::reason(status) };
        let of = Some(request.method().clone());
        let mut response =
            Message { start, headers: Vec::with_capacity(16), body: Bytes::new(), of };
        response.copy_all(request, Name::Via);
        for name in [Name::From, Name::To, Name::CallId, Name::CSeq] {
            response.copy_first(request, name);
        }
        if let Some(tag) = to_tag.filter(|_| status != 100) {
            response.add_to_tag(tag);
        }
        if (101..300).contains(&status) && request.method().makes_dialog() {
            response.copy_all(request, Name::RecordRoute);
        }
        if status == 100 {
            response.copy_first(request, Name::Timestamp);
        }
        response
    }

    /// Adds a header at the end.
    pub fn push(&mut self, name: Name, value: impl Into<Bytes>) {
        self.headers.push(Header::new(name, value.into()));
    }

    /// Adds a header before all others: a Via, a Route.
    pub fn push_front(&mut self, name: Name, value: impl Into<Bytes>) {
        self.headers.insert(0, Header::new(name, value.into()));
    }

    /// Adds a header by its spelling, known or not.
    pub fn push_named(&mut self, raw_name: &str, value: impl Into<Bytes>) {
        let name = Name::parse(raw_name);
        let raw_name = raw_name.to_owned().into();
        self.headers.push(Header { name, raw_name, value: value.into() });
    }

    /// Replaces every header of this name by one, at the place of the first.
    pub fn set(&mut self, name: Name, value: impl Into<Bytes>) {
        let at = self.headers.iter().position(|h| h.name == name).unwrap_or(self.headers.len());
        self.remove(name);
        self.headers.insert(at, Header::new(name, value.into()));
    }

    /// Removes every header of this name.
    pub fn remove(&mut self, name: Name) {
        self.headers.retain(|h| h.name != name);
    }

    /// Replaces the first hop and leaves the others as they are, byte by byte: for `received` and
    /// `rport` (RFC 3261 §18.2.1, RFC 3581 §4).
    pub fn set_top_via(&mut self, via: &Via) -> Result<(), ParseError> {
        let header = self.headers.iter_mut().find(|h| h.name == Name::Via);
        let header = header.ok_or(ParseError::bad("there is no Via"))?;
        let (_, others) = Via::parse_first(&header.value)?;
        let mut value = via.to_string().into_bytes();
        value.extend_from_slice(others);
        header.value = value.into();
        Ok(())
    }

    fn copy_all(&mut self, from: &Message, name: Name) {
        self.headers.extend(from.headers.iter().filter(|h| h.name == name).cloned());
    }

    fn copy_first(&mut self, from: &Message, name: Name) {
        self.headers.extend(from.headers.iter().find(|h| h.name == name).cloned());
    }

    /// A To that cannot be read (the 400 to it is being built) gets no tag.
    fn add_to_tag(&mut self, tag: &str) {
        let lacks_tag = self.to().is_ok_and(|to| to.tag().is_none());
        let header = self.headers.iter_mut().find(|h| h.name == Name::To);
        if let Some(header) = header.filter(|_| lacks_tag) {
            let mut value = header.value.to_vec();
            value.extend_from_slice(b";tag=");
            value.extend_from_slice(tag.as_bytes());
            header.value = value.into();
        }
    }
}

impl Header {
    /// Whether name and value from outside can be written without breaking the message.
    pub fn is_writable(name: &str, value: &str) -> bool {
        let is_name = !name.is_empty() && name.bytes().all(is_token);
        is_name && value.len() <= super::LINE_MAX && !value.contains(['\r', '\n', '\0'])
    }

    fn new(name: Name, value: Bytes) -> Header {
        Header { name, raw_name: name.as_str().into(), value }
    }
}
