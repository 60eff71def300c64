//! Via: the way a request came and the way its responses go back (RFC 3261 §18.2, RFC 3581).

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;

use super::scan::{Cursor, trim};
use super::uri::host_and_port;
use super::{Params, ParseError};

/// The start of every branch made after RFC 2543 (RFC 3261 §8.1.1.7).
pub const MAGIC_COOKIE: &str = "z9hG4bK";

/// One hop.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Via {
    /// `SIP/2.0`. Others are read too: the 505 to a request of SIP/7.0 needs the way back.
    pub protocol: Cow<'static, str>,
    /// `UDP`, `TCP`, `WSS` … in the spelling of the sender.
    pub transport: String,
    /// Name or address; IPv6 in brackets.
    pub host: String,
    pub port: Option<u16>,
    pub params: Params,
}

impl Via {
    /// Reads a whole value: several hops may stand in one line.
    pub fn parse_list(value: &[u8]) -> Result<Vec<Via>, ParseError> {
        let mut cursor = Cursor::new(value);
        let mut list = vec![Via::read(&mut cursor)?];
        while cursor.eat(b',') {
            list.push(Via::read(&mut cursor)?);
        }
        if !cursor.is_at_end() {
            return Err(ParseError::bad("something follows a Via"));
        }
        Ok(list)
    }

    /// Only the first hop of a value, with what follows it (from its comma on).
    pub(super) fn parse_first(value: &[u8]) -> Result<(Via, &[u8]), ParseError> {
        let mut cursor = Cursor::new(value);
        let via = Via::read(&mut cursor)?;
        Ok((via, cursor.rest()))
    }

    pub fn branch(&self) -> Option<&str> {
        self.params.raw("branch")
    }

    /// Whether the branch names a transaction by itself: the magic cookie and something behind
    /// it. Otherwise RFC 3261 §17.2.3 asks for the comparison of RFC 2543.
    pub fn has_unique_branch(&self) -> bool {
        let cookie = self.branch().and_then(|branch| branch.split_at_checked(MAGIC_COOKIE.len()));
        cookie.is_some_and(|(start, rest)| {
            start.eq_ignore_ascii_case(MAGIC_COOKIE) && !rest.is_empty()
        })
    }

    /// The address the request really came from, with or without IPv6 brackets.
    pub fn received(&self) -> Option<IpAddr> {
        let raw = self.params.raw("received")?;
        raw.trim_start_matches('[').trim_end_matches(']').parse().ok()
    }

    /// The port the request really came from; `None` too while the sender only asks for it.
    pub fn rport(&self) -> Option<u16> {
        self.params.raw("rport").and_then(|raw| raw.parse().ok())
    }

    /// Whether the sender asks for the response on its source port (RFC 3581 §3).
    pub fn wants_rport(&self) -> bool {
        self.params.has("rport")
    }

    /// White space may stand around every separator (RFC 4475 §3.1.1.1).
    fn read(cursor: &mut Cursor<'_>) -> Result<Via, ParseError> {
        cursor.skip_space();
        let name = cursor.token("a Via has no protocol")?;
        read_slash(cursor)?;
        let version = cursor.token("a Via has no version")?;
        let protocol = match (name, version) {
            ("SIP", "2.0") => Cow::Borrowed("SIP/2.0"),
            _ => Cow::Owned(format!("{name}/{version}")),
        };
        read_slash(cursor)?;
        let transport = cursor.token("a Via has no transport")?.to_owned();
        let sent_by = trim(cursor.take_while(|b| b != b';' && b != b','));
        let (host, port) = read_sent_by(sent_by)?;
        let params = Params::read(cursor)?;
        Ok(Via { protocol, transport, host, port, params })
    }
}

fn read_slash(cursor: &mut Cursor<'_>) -> Result<(), ParseError> {
    cursor.skip_space();
    if !cursor.eat(b'/') {
        return Err(ParseError::bad("a Via has no slash"));
    }
    cursor.skip_space();
    Ok(())
}

fn read_sent_by(raw: &[u8]) -> Result<(String, Option<u16>), ParseError> {
    let raw = std::str::from_utf8(raw).map_err(|_| ParseError::bad("the host of a Via"))?;
    let (host, port) = match raw.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host.trim_end(), Some(port.trim_start())),
        Some(_) | None => (raw, None),
    };
    let port = port.map(super::uri::read_port).transpose()?;
    // The port is off already: whatever looks like another one is an IPv6 address without its
    // brackets, which could be read in several ways (RFC 5118 §4.2).
    match host_and_port(host)? {
        (_, None) => Ok((host.to_owned(), port)),
        (_, Some(_)) => Err(ParseError::bad("the host of a Via")),
    }
}

impl fmt::Display for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{} {}", self.protocol, self.transport, self.host)?;
        if let Some(port) = self.port {
            write!(f, ":{port}")?;
        }
        write!(f, "{}", self.params)
    }
}
