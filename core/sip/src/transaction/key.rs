//! Names by which requests find their server transaction (RFC 3261 §17.2.3).

use crate::message::{Message, Method, ParseError, Via};

/// Branch, sent-by and method; an ACK has the key of its INVITE. Peers older than RFC 3261 have no
/// unique branch: for them the ids of the message and its whole Via stand in.
pub(crate) fn server_key(
    request: &Message,
    via: &Via,
    method: &Method,
) -> Result<Box<str>, ParseError> {
    let method = if *method == Method::Ack { "INVITE" } else { method.as_str() };
    let port = via.port.unwrap_or(0);
    let key = match via.branch() {
        Some(branch) if via.has_unique_branch() => {
            format!("{branch} {}:{port} {method}", via.host)
        }
        Some(_) | None => {
            let (cseq, _) = request.cseq()?;
            let (call_id, from) = (request.call_id()?, request.from()?);
            let tag = from.tag().unwrap_or_default();
            format!("{call_id} {tag} {cseq} {}:{port} {method}", via.host)
        }
    };
    Ok(key.into_boxed_str())
}

/// Call-ID, From tag and CSeq: an INVITE that comes again with these but another branch took two
/// ways through the network (RFC 3261 §8.2.2.2).
pub(crate) fn merge_key(call_id: &str, from_tag: &str, cseq: u32) -> Box<str> {
    format!("{call_id} {from_tag} {cseq}").into_boxed_str()
}
