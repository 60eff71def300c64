//! Values of the headers that we write ourselves.

use std::fmt::Write;
use std::net::SocketAddr;

use bytes::Bytes;

use crate::message::{Message, Name, ParseError, Uri, Via};
use crate::{Flow, Transport};

/// What we serve (a registrar adds REGISTER).
pub(super) const ALLOW: &str = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE";
pub(super) const ALLOW_REGISTRAR: &str =
    "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, REGISTER";
/// Hops that our requests may take (RFC 3261 §8.1.1.6).
pub(super) const MAX_FORWARDS: &str = "70";
/// Seconds to wait when we are full: enough for half a minute's transactions to thin out.
pub(super) const RETRY_AFTER_FULL: &str = "5";

/// The top Via of a request of ours; `rport` asks for answers by the same way (RFC 3581).
pub(super) fn via(flow: Flow, branch: &str) -> String {
    let transport = match flow.transport {
        Transport::Udp => "UDP",
        Transport::Tcp => "TCP",
        Transport::Tls => "TLS",
        Transport::Ws => "WS",
    };
    format!("SIP/2.0/{transport} {};rport;branch={branch}", flow.local)
}

/// Our Contact on a flow, in brackets; a call without a number is for us as a whole.
pub(super) fn contact(user: &str, flow: Flow) -> String {
    let transport = match flow.transport {
        Transport::Udp => "",
        Transport::Tcp => ";transport=tcp",
        Transport::Tls => ";transport=tls",
        Transport::Ws => ";transport=ws",
    };
    let user = if user.is_empty() { "ladus".to_owned() } else { escaped(user) };
    format!("<sip:{user}@{}{transport}>", flow.local)
}

/// A user part for a URI (RFC 3261 §25.1: unreserved and user-unreserved stay).
pub(super) fn escaped(user: &str) -> String {
    let mut safe = String::with_capacity(user.len());
    for byte in user.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()&=+$,;?/".contains(&byte) {
            safe.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(safe, "%{byte:02X}");
        }
    }
    safe
}

/// Where the responses to a request go (RFC 3261 §18.2.2, RFC 3581 §4): the way it came; without
/// `rport` over UDP to the port that the sender names, for some listen elsewhere than they send.
pub(super) fn way_back(flow: Flow, via: &Via) -> Flow {
    if flow.transport != Transport::Udp || via.wants_rport() {
        return flow;
    }
    Flow { remote: SocketAddr::new(flow.remote.ip(), via.port.unwrap_or(5060)), ..flow }
}

/// Writes into the request's Via where it really came from (RFC 3261 §18.2.1, RFC 3581 §4).
pub(super) fn stamp(request: &mut Message, mut via: Via, flow: Flow) -> Result<(), ParseError> {
    let from = flow.remote.ip();
    let said = via.host.trim_start_matches('[').trim_end_matches(']').parse();
    let wants_rport = via.wants_rport();
    if !wants_rport && said == Ok(from) {
        return Ok(());
    }
    via.params.set("received", Some(&from.to_string()));
    if wants_rport {
        via.params.set("rport", Some(&flow.remote.port().to_string()));
    }
    request.set_top_via(&via)
}

/// The SDP of a message. An error: there is a body, and it is something else.
pub(super) fn sdp_of(message: &Message) -> Result<Option<Bytes>, NotSdp> {
    if message.body.is_empty() {
        return Ok(None);
    }
    let kind = message.get(Name::ContentType).unwrap_or("application/sdp");
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let is_plain = message
        .get(Name::ContentEncoding)
        .is_none_or(|encoding| encoding.eq_ignore_ascii_case("identity"));
    if is_plain && kind.eq_ignore_ascii_case("application/sdp") {
        return Ok(Some(message.body.clone()));
    }
    Err(NotSdp)
}

/// A body that we cannot read: 415.
#[derive(Debug)]
pub(super) struct NotSdp;

/// User part and display name of a From-like value, unescaped.
pub(super) fn caller_of(uri: &str, display: String) -> (String, String) {
    let uri = Uri::parse(uri);
    let user = uri.as_ref().ok().and_then(Uri::user_unescaped).unwrap_or_default();
    (user.into_owned(), display)
}
