//! Bytes to messages and back: line ends, folding, limits and the body's length.
//!
//! This is the framing of datagrams (RFC 3261 §18.3). The framer for streams (TCP, TLS), which
//! finds the end of a message by its Content-Length before it has all of it, will stand beside
//! this file and hand whole messages to [`Message::parse`].

use std::borrow::Cow;
use std::ops::Range;

use bytes::{BufMut, Bytes, BytesMut};

use super::scan::{is_space, is_token, number, text, trim};
use super::{HEADERS_MAX, Header, LINE_MAX, MESSAGE_MAX};
use super::{Message, Method, Name, ParseError, Place, Start, Uri};

impl Message {
    /// Reads one datagram (RFC 3261 §7, §18.3). What follows the body is cut off, a body that is
    /// too short is an error, and so is every value without which no answer can be sent: Via,
    /// From, To, Call-ID, CSeq and the request line are good once a message exists.
    pub fn parse(bytes: Bytes) -> Result<Message, ParseError> {
        if bytes.len() > MESSAGE_MAX {
            return Err(ParseError::with_status(413, "a message is too large"));
        }
        if is_keepalive(&bytes) {
            return Err(ParseError::bad("nothing but a keepalive"));
        }
        let mut draft = Draft::new(bytes);
        draft.read();
        draft.finish()
    }

    /// The message as it goes on the wire. Content-Length is always there and always right; line
    /// ends that somebody put into a value become spaces, so that no value can start a header.
    pub fn to_bytes(&self) -> Bytes {
        let values: usize = self.headers.iter().map(|h| h.raw_name.len() + h.value.len() + 4).sum();
        let mut out = BytesMut::with_capacity(values + self.body.len() + 128);
        match &self.start {
            Start::Request { method, uri } => {
                put_text(&mut out, method.as_str().as_bytes());
                out.put_u8(b' ');
                put_text(&mut out, uri.as_bytes());
                out.put_slice(b" SIP/2.0\r\n");
            }
            Start::Response { status, reason } => {
                out.put_slice(format!("SIP/2.0 {status} ").as_bytes());
                put_text(&mut out, reason.as_bytes());
                out.put_slice(b"\r\n");
            }
        }
        let mut has_length = false;
        for header in &self.headers {
            let is_length = header.name == Name::ContentLength;
            if is_length && has_length {
                continue;
            }
            put_text(&mut out, header.raw_name.as_bytes());
            out.put_slice(b": ");
            match is_length {
                true => out.put_slice(self.body.len().to_string().as_bytes()),
                false => put_text(&mut out, &header.value),
            }
            out.put_slice(b"\r\n");
            has_length |= is_length;
        }
        if !has_length {
            out.put_slice(format!("Content-Length: {}\r\n", self.body.len()).as_bytes());
        }
        out.put_slice(b"\r\n");
        out.put_slice(&self.body);
        out.freeze()
    }
}

/// Line ends (RFC 5626 §3.5.1) or, as some phones send them, zero bytes: they only keep a NAT
/// binding open. Not answered over UDP.
pub fn is_keepalive(bytes: &[u8]) -> bool {
    bytes.iter().all(|b| matches!(b, b'\r' | b'\n' | 0))
}

fn put_text(out: &mut BytesMut, bytes: &[u8]) {
    if bytes.iter().any(|b| matches!(b, b'\r' | b'\n')) {
        out.extend(bytes.iter().map(|b| if matches!(b, b'\r' | b'\n') { b' ' } else { *b }));
    } else {
        out.put_slice(bytes);
    }
}

/// A message while it is read. The first fault is kept and reading goes on, because the headers
/// behind it are needed to answer.
struct Draft {
    bytes: Bytes,
    at: usize,
    /// Lines read so far.
    lines: u32,
    start: Option<Start>,
    headers: Vec<Header>,
    fault: Option<ParseError>,
}

impl Draft {
    fn new(bytes: Bytes) -> Draft {
        let at = bytes.iter().position(|b| !matches!(b, b'\r' | b'\n')).unwrap_or(bytes.len());
        Draft { bytes, at, lines: 0, start: None, headers: Vec::with_capacity(24), fault: None }
    }

    fn read(&mut self) {
        match self.next_line() {
            Some(line) => self.read_start(line),
            None => return self.note(ParseError::bad("the head does not end")),
        }
        loop {
            let Some(line) = self.next_line() else {
                return self.note(ParseError::bad("the head does not end"));
            };
            if line.is_empty() {
                return;
            }
            if self.headers.len() == HEADERS_MAX {
                return self.note(ParseError::bad("too many headers"));
            }
            let line = self.unfold(line);
            if let Err(fault) = read_header(&line).map(|header| self.headers.push(header)) {
                self.note(fault);
            }
        }
    }

    fn read_start(&mut self, line: Range<usize>) {
        let line = self.bytes.slice(line);
        match read_start(&line) {
            Ok(start) => self.start = Some(start),
            Err(fault) => {
                self.start = guess_request(&line);
                self.note(fault);
            }
        }
    }

    /// The next line without its end, CRLF or LF alone. `None` when the bytes end first.
    fn next_line(&mut self) -> Option<Range<usize>> {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|b| *b == b'\n')?;
        let line = rest[..length].strip_suffix(b"\r").unwrap_or(&rest[..length]);
        let range = self.at..self.at + line.len();
        let has_stray_return = line.contains(&b'\r');
        self.at += length + 1;
        self.lines += 1;
        if has_stray_return {
            // Some readers would see a line end here: a header could hide in another's value.
            self.note(ParseError::bad("a carriage return inside a line"));
        }
        Some(range)
    }

    /// Joins a line with the lines that continue it (RFC 3261 §7.3.1): each line end with the
    /// white space behind it becomes one space.
    fn unfold(&mut self, line: Range<usize>) -> Bytes {
        let mut joined: Option<Vec<u8>> = None;
        while self.bytes.get(self.at).copied().is_some_and(is_space) {
            let Some(next) = self.next_line() else {
                self.note(ParseError::bad("the head does not end"));
                break;
            };
            let so_far = joined.get_or_insert_with(|| self.bytes[line.clone()].to_vec());
            so_far.push(b' ');
            so_far.extend_from_slice(trim(&self.bytes[next]));
        }
        joined.map_or_else(|| self.bytes.slice(line), Bytes::from)
    }

    fn note(&mut self, mut fault: ParseError) {
        fault.place.get_or_insert(Place::Line(self.lines));
        self.fault.get_or_insert(fault);
    }

    fn finish(mut self) -> Result<Message, ParseError> {
        let body = self.body().map_err(|fault| self.note(fault)).unwrap_or_default();
        let Some(start) = self.start else {
            return Err(self.fault.unwrap_or(ParseError::bad("no start line")));
        };
        let mut message = Message { start, headers: self.headers, body, of: None };
        let fault = match self.fault {
            Some(fault) => Err(fault),
            None => message.check(),
        };
        match fault {
            Ok(of) => {
                message.of = of;
                Ok(message)
            }
            Err(fault) => Err(message.explain(fault)),
        }
    }

    /// RFC 3261 §18.3 and §20.14. Two equal lengths are one; no length is "to the end".
    fn body(&self) -> Result<Bytes, ParseError> {
        let wrong = |what| ParseError::bad(what).within(Name::ContentLength);
        let mut length: Option<usize> = None;
        for header in self.headers.iter().filter(|h| h.name == Name::ContentLength) {
            let this = number(&header.value).ok_or_else(|| wrong("Content-Length"))?;
            if length.is_some_and(|other| other != this) {
                return Err(wrong("two different lengths"));
            }
            length = Some(this);
        }
        let rest = self.bytes.slice(self.at..);
        match length {
            Some(length) if length > rest.len() => Err(wrong("the body is too short")),
            Some(length) => Ok(rest.slice(..length)),
            None => Ok(rest),
        }
    }
}

impl Message {
    /// What every message must have, once and readable (RFC 3261 §8.1.1). Gives the method of
    /// CSeq for responses.
    fn check(&self) -> Result<Option<Method>, ParseError> {
        let once = [Name::From, Name::To, Name::CallId, Name::CSeq];
        if let Some(name) = once.into_iter().find(|name| self.all(*name).count() != 1) {
            let what = "From, To, Call-ID or CSeq is missing or twice there";
            return Err(ParseError::bad(what).within(name));
        }
        if self.all(Name::MaxForwards).count() > 1 {
            return Err(ParseError::bad("Max-Forwards is twice there").within(Name::MaxForwards));
        }
        self.vias().map_err(|fault| fault.within(Name::Via))?;
        for (name, address) in [(Name::From, self.from()), (Name::To, self.to())] {
            let address = address.map_err(|fault| fault.within(name))?;
            if address.params.has("tag") && address.tag().is_none() {
                return Err(ParseError::bad("an empty tag").within(name));
            }
        }
        self.call_id().map_err(|fault| fault.within(Name::CallId))?;
        let (_, method) = self.cseq().map_err(|fault| fault.within(Name::CSeq))?;
        let Start::Request { method: asked, .. } = &self.start else {
            return Ok(Some(method));
        };
        if *asked != method {
            return Err(ParseError::bad("CSeq names another method").within(Name::CSeq));
        }
        self.max_forwards().map_err(|fault| fault.within(Name::MaxForwards))?;
        Ok(None)
    }

    /// Adds the request to the fault if it can be answered.
    fn explain(self, mut fault: ParseError) -> ParseError {
        let copied = [Name::From, Name::To, Name::CallId, Name::CSeq];
        let can_be_answered = match &self.start {
            Start::Request { method, .. } => *method != Method::Ack,
            Start::Response { .. } => false,
        } && copied.iter().all(|name| self.all(*name).next().is_some())
            && self.vias().is_ok();
        fault.recoverable = can_be_answered.then(|| Box::new(self));
        fault
    }
}

fn read_start(line: &[u8]) -> Result<Start, ParseError> {
    if line.len() > LINE_MAX {
        return Err(ParseError::with_status(414, "the start line is too long"));
    }
    if line.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"SIP/")) {
        return read_status_line(line);
    }
    let line = std::str::from_utf8(line).map_err(|_| ParseError::bad("the request line"))?;
    let mut words = line.split(' ');
    let (Some(method), Some(uri), Some(version), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(ParseError::bad("the request line"));
    };
    if method.is_empty() || !method.bytes().all(is_token) {
        return Err(ParseError::bad("the method"));
    }
    if !version.eq_ignore_ascii_case("SIP/2.0") {
        return Err(other_version(version));
    }
    // A URI with headers is for web pages, not for the request line (RFC 3261 §19.1.1).
    if !Uri::parse(uri)?.headers.is_empty() {
        return Err(ParseError::bad("the request URI has headers"));
    }
    Ok(Start::Request { method: Method::parse(method), uri: uri.to_owned() })
}

fn other_version(version: &str) -> ParseError {
    let is_version = version.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("SIP/"));
    match is_version {
        true => ParseError::with_status(505, "another version of SIP"),
        false => ParseError::bad("the request line"),
    }
}

fn read_status_line(line: &[u8]) -> Result<Start, ParseError> {
    let fault = || ParseError::bad("the status line");
    let (version, rest) = line.split_at_checked(8).ok_or_else(fault)?;
    if !version.eq_ignore_ascii_case(b"SIP/2.0 ") {
        return Err(fault());
    }
    let (status, reason) = rest.split_at_checked(3).ok_or_else(fault)?;
    let status = number(status).filter(|status| (100..700).contains(status)).ok_or_else(fault)?;
    // Some leave out the space when there is no phrase.
    if !reason.is_empty() && !reason.starts_with(b" ") {
        return Err(fault());
    }
    Ok(Start::Response { status, reason: text(trim(reason)) })
}

/// Of a broken request line only the method counts: ACKs are not answered.
fn guess_request(line: &[u8]) -> Option<Start> {
    if line.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"SIP/")) {
        return None;
    }
    let word = line.split(|b| is_space(*b)).find(|word| !word.is_empty())?;
    let method = Method::parse(&text(word.get(..32).unwrap_or(word)));
    Some(Start::Request { method, uri: String::new() })
}

fn read_header(line: &Bytes) -> Result<Header, ParseError> {
    if line.len() > LINE_MAX {
        return Err(ParseError::bad("a header line is too long"));
    }
    let fault = || ParseError::bad("a header line without a name");
    let colon = line.iter().position(|b| *b == b':').ok_or_else(fault)?;
    // White space before the colon is allowed (RFC 3261 §7.3.1), before the name it is not.
    let end = line[..colon].iter().rposition(|b| !is_space(*b)).map_or(0, |at| at + 1);
    let raw_name = std::str::from_utf8(&line[..end]).map_err(|_| fault())?;
    if raw_name.is_empty() || !raw_name.bytes().all(is_token) {
        return Err(fault());
    }
    let name = Name::parse(raw_name);
    let raw_name = match name.as_str() {
        usual if usual == raw_name => Cow::Borrowed(usual),
        _ => Cow::Owned(raw_name.to_owned()),
    };
    Ok(Header { name, raw_name, value: line.slice_ref(trim(&line[colon + 1..])) })
}
