//! One line of a phone: a dialog with its session and what is to happen to it next.

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use media::{Agreed, Codec, LocalMedia, SdpError};
use sip::LegId;

use super::{Output, Ring, Then};

/// Payload type of telephone-event in our offers: what most phones use.
const DTMF_PAYLOAD_TYPE: u8 = 101;

/// A live call as this phone sees it.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) stage: Stage,
    /// When the stage ends by itself; the same moment stands in the phone's list of alarms.
    pub(super) due: Option<sip::Time>,
    pub(super) session: Session,
}

/// What this phone waits for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stage {
    /// Agent: the INVITE is here, the bell is not yet on.
    Invited(Ring),
    /// Agent: 180 is sent.
    Ringing(Then),
    /// Agent: 200 is sent, its ACK is not here.
    Answering { talk: Option<Duration> },
    /// Agent: acknowledged.
    Talking,
    /// Caller: from the INVITE until an agent joins.
    Waiting { talk_max: Duration },
    /// Caller: an agent has joined.
    Joined,
}

/// Our side of a line's offers and answers.
#[derive(Debug)]
pub(super) struct Session {
    local: LocalMedia,
    /// The last SDP of ours.
    pub(super) sent: Bytes,
    /// `None` until both sides have spoken.
    agreed: Option<Agreed>,
}

impl Session {
    /// A session that begins with our own offer.
    pub(super) fn offering(id: u64, media: SocketAddr) -> Session {
        let local = LocalMedia {
            address: media.ip(),
            port: media.port(),
            // Zero is taken for "no session" by some peers.
            session_id: id + 1,
            version: 1,
        };
        let sent = media::offer(&local, &[Codec::Pcma, Codec::Pcmu], Some(DTMF_PAYLOAD_TYPE));
        Session { local, sent, agreed: None }
    }

    /// A session that begins with the other side's offer, or with ours when it has none yet.
    pub(super) fn invited(
        id: u64,
        media: SocketAddr,
        offer: Option<&Bytes>,
    ) -> Result<Session, SdpError> {
        let mut session = Session::offering(id, media);
        if let Some(offer) = offer {
            let (answer, agreed) = media::answer(offer, &session.local, None)?;
            (session.sent, session.agreed) = (answer, Some(agreed));
        }
        Ok(session)
    }

    /// Our offer was answered.
    pub(super) fn accept(&mut self, answer: &[u8]) -> Result<(), SdpError> {
        self.agreed = Some(media::accept(&self.sent, answer)?);
        Ok(())
    }

    /// The other side changes the session.
    pub(super) fn reanswer(&mut self, offer: &[u8]) -> Result<Bytes, SdpError> {
        let local = LocalMedia { version: self.local.version + 1, ..self.local };
        let prefer = self.agreed.as_ref().map(|agreed| agreed.codec);
        let (answer, agreed) = media::answer(offer, &local, prefer)?;
        (self.local, self.sent, self.agreed) = (local, answer.clone(), Some(agreed));
        Ok(answer)
    }

    /// The order that follows from what is agreed.
    pub(super) fn media(&self, line: LegId) -> Option<Output> {
        let agreed = self.agreed.as_ref()?;
        if agreed.remote.ip().is_unspecified() {
            return Some(Output::StopMedia { line });
        }
        let local = SocketAddr::new(self.local.address, self.local.port);
        Some(Output::StartMedia { line, local, remote: agreed.remote, codec: agreed.codec })
    }
}
