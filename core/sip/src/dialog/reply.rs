//! Our responses to one request, of which the first may come long before the last.

use bytes::Bytes;

use crate::message::{Message, Name, Start, reason};

/// What every response to one request has in common (RFC 3261 §8.2.6).
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    /// Via, From, To with our tag, Call-ID, CSeq and Record-Route.
    echo: Message,
}

impl Reply {
    pub(crate) fn to(request: &Message, to_tag: &str) -> Reply {
        // 200, because a refusal does not need Record-Route but must be allowed to have it.
        Reply { echo: Message::response_to(request, 200, Some(to_tag)) }
    }

    /// A response without a body.
    pub(crate) fn with(&self, status: u16) -> Message {
        let mut response = self.echo.clone();
        response.start = Start::Response { status, reason: reason(status) };
        response
    }

    /// A 200 with an SDP.
    pub(crate) fn with_sdp(&self, sdp: Bytes) -> Message {
        let mut response = self.with(200);
        response.push(Name::ContentType, "application/sdp");
        response.body = sdp;
        response
    }
}
