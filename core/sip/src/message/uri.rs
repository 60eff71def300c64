//! URIs: taken apart to look at, never put together again for the wire.

use std::borrow::Cow;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Params, ParseError};

/// A URI (RFC 3261 §19.1, RFC 3966 for `tel:`). Escapes stay as they are: `%40` in a user name is
/// not an `@` (RFC 4475 §3.1.1.3). Keep the raw text beside it when it must be written again.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Uri {
    /// In the spelling of the sender; compare with [`Uri::has_scheme`].
    pub scheme: String,
    /// Raw. For `tel:` the number.
    pub user: Option<String>,
    pub password: Option<String>,
    pub host: Host,
    pub port: Option<u16>,
    pub params: Params,
    /// What follows the `?`, raw; empty when there is none.
    pub headers: String,
}

/// The host of a URI.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Host {
    Name(String),
    V4(Ipv4Addr),
    V6(Ipv6Addr),
    /// `tel:` has none.
    Absent,
    /// Everything after the colon of a scheme we do not know, `urn:service:sos` for example.
    Opaque(String),
}

impl Uri {
    /// Reads a whole URI. Unknown schemes are no error here: that is for a 416 to say.
    pub fn parse(raw: &str) -> Result<Uri, ParseError> {
        let (scheme, rest) = split_scheme(raw)?;
        let uri = Uri::opaque(scheme, rest);
        if uri.has_scheme("tel") {
            return uri.read_tel(rest);
        }
        if uri.is_sip() { uri.read_sip(rest) } else { Ok(uri) }
    }

    /// `sip:` or `sips:`.
    pub fn is_sip(&self) -> bool {
        self.has_scheme("sip") || self.has_scheme("sips")
    }

    pub fn has_scheme(&self, scheme: &str) -> bool {
        self.scheme.eq_ignore_ascii_case(scheme)
    }

    /// The user part for comparison with names we know: escapes undone (RFC 3261 §19.1.2). Bytes
    /// that are not UTF-8 after that are read as Latin-1.
    pub fn user_unescaped(&self) -> Option<Cow<'_, str>> {
        self.user.as_deref().map(unescape)
    }

    /// The host as a socket address needs it, when it is not a name.
    pub fn ip(&self) -> Option<IpAddr> {
        match &self.host {
            Host::V4(address) => Some(IpAddr::V4(*address)),
            Host::V6(address) => Some(IpAddr::V6(*address)),
            Host::Name(_) | Host::Absent | Host::Opaque(_) => None,
        }
    }

    fn opaque(scheme: &str, rest: &str) -> Uri {
        Uri {
            scheme: scheme.to_owned(),
            user: None,
            password: None,
            host: Host::Opaque(rest.to_owned()),
            port: None,
            params: Params::default(),
            headers: String::new(),
        }
    }

    fn read_tel(mut self, rest: &str) -> Result<Uri, ParseError> {
        let (number, params) = split_at_first(rest, ';');
        if number.is_empty() {
            return Err(ParseError::bad("a tel URI has no number"));
        }
        self.user = Some(number.to_owned());
        self.host = Host::Absent;
        self.params = params.map(Params::of_uri).transpose()?.unwrap_or_default();
        Ok(self)
    }

    /// The `@` is looked for first: a user name may hold `;`, `?` and `/` (RFC 4475 §3.1.1.9).
    fn read_sip(mut self, rest: &str) -> Result<Uri, ParseError> {
        let rest = match rest.split_once('@') {
            Some((userinfo, after)) => {
                let (user, password) = split_at_first(userinfo, ':');
                if user.is_empty() || after.contains('@') {
                    return Err(ParseError::bad("the user part of a URI"));
                }
                check_escapes(userinfo)?;
                self.user = Some(user.to_owned());
                self.password = password.map(str::to_owned);
                after
            }
            None => rest,
        };
        let (rest, headers) = split_at_first(rest, '?');
        self.headers = headers.unwrap_or_default().to_owned();
        let (hostport, params) = split_at_first(rest, ';');
        self.params = params.map(Params::of_uri).transpose()?.unwrap_or_default();
        (self.host, self.port) = host_and_port(hostport)?;
        Ok(self)
    }
}

/// The scheme and what follows; neither may be empty, and nothing a URI cannot hold.
pub(super) fn split_scheme(raw: &str) -> Result<(&str, &str), ParseError> {
    let (scheme, rest) = raw.split_once(':').ok_or(ParseError::bad("a URI has no scheme"))?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    if !is_scheme || rest.is_empty() {
        return Err(ParseError::bad("a URI has no scheme"));
    }
    if rest.bytes().any(|b| b <= b' ' || b == 0x7f || b"<>\"".contains(&b)) {
        return Err(ParseError::bad("a character that no URI can hold"));
    }
    Ok((scheme, rest))
}

/// `host`, `host:port`, `[v6]` or `[v6]:port` (RFC 3261 §25.1).
pub(crate) fn host_and_port(raw: &str) -> Result<(Host, Option<u16>), ParseError> {
    let (host, port) = match raw.strip_prefix('[') {
        Some(rest) => {
            let (inside, after) = rest.split_once(']').ok_or(ParseError::bad("an IPv6 host"))?;
            let address = inside.parse().map_err(|_| ParseError::bad("an IPv6 host"))?;
            let port = match after.strip_prefix(':') {
                Some(port) => Some(port),
                None if after.is_empty() => None,
                None => return Err(ParseError::bad("an IPv6 host")),
            };
            (Host::V6(address), port)
        }
        None => {
            let (host, port) = split_at_first(raw, ':');
            (named_host(host)?, port)
        }
    };
    let port = match port {
        Some(port) => Some(read_port(port)?),
        None => None,
    };
    Ok((host, port))
}

/// Port 0 cannot be sent to, so it is no port.
pub(crate) fn read_port(raw: &str) -> Result<u16, ParseError> {
    let port = super::scan::number(raw.as_bytes()).filter(|port| *port != 0);
    port.ok_or(ParseError::bad("a port"))
}

fn named_host(raw: &str) -> Result<Host, ParseError> {
    if let Ok(address) = raw.parse() {
        return Ok(Host::V4(address));
    }
    let is_name = raw.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
    if raw.is_empty() || !is_name {
        return Err(ParseError::bad("a host"));
    }
    Ok(Host::Name(raw.to_owned()))
}

fn split_at_first(raw: &str, separator: char) -> (&str, Option<&str>) {
    match raw.split_once(separator) {
        Some((before, after)) => (before, Some(after)),
        None => (raw, None),
    }
}

fn check_escapes(raw: &str) -> Result<(), ParseError> {
    for (at, _) in raw.bytes().enumerate().filter(|(_, b)| *b == b'%') {
        if escaped_byte(raw.as_bytes(), at).is_none() {
            return Err(ParseError::bad("an escape in a URI"));
        }
    }
    Ok(())
}

fn unescape(raw: &str) -> Cow<'_, str> {
    if !raw.contains('%') {
        return Cow::Borrowed(raw);
    }
    let bytes = raw.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match escaped_byte(bytes, at) {
            Some(byte) => {
                plain.push(byte);
                at += 3;
            }
            None => {
                plain.push(bytes[at]);
                at += 1;
            }
        }
    }
    Cow::Owned(super::scan::text(&plain))
}

/// The byte written as `%HH` at this place.
fn escaped_byte(bytes: &[u8], at: usize) -> Option<u8> {
    let digits = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%')?;
    let high = char::from(digits[0]).to_digit(16)?;
    let low = char::from(digits[1]).to_digit(16)?;
    u8::try_from(high * 16 + low).ok()
}

impl fmt::Display for Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.scheme)?;
        if let Some(user) = &self.user {
            f.write_str(user)?;
            if let Some(password) = &self.password {
                write!(f, ":{password}")?;
            }
            if self.host != Host::Absent {
                f.write_str("@")?;
            }
        }
        write!(f, "{}", self.host)?;
        if let Some(port) = self.port {
            write!(f, ":{port}")?;
        }
        write!(f, "{}", self.params)?;
        if !self.headers.is_empty() {
            write!(f, "?{}", self.headers)?;
        }
        Ok(())
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Host::Name(name) => f.write_str(name),
            Host::V4(address) => write!(f, "{address}"),
            Host::V6(address) => write!(f, "[{address}]"),
            Host::Absent => Ok(()),
            Host::Opaque(rest) => f.write_str(rest),
        }
    }
}
