//! The messages of RFC 4475, typed in again, by the names that the RFC gives them.

mod above;
mod broken;
mod valid;

/// Every message, as bytes: line ends are CRLF.
pub(crate) fn all() -> Vec<(&'static str, Vec<u8>)> {
    let texts = valid::VALID.iter().chain(above::FOR_THE_LAYERS_ABOVE).chain(broken::BROKEN);
    let texts = texts.map(|(name, text)| (*name, text.replace('\n', "\r\n").into_bytes()));
    texts.chain([("longreq", valid::longreq()), ("mpart01", valid::mpart01())]).collect()
}

/// The session description that nearly all of them carry.
macro_rules! sdp {
    ($address:literal) => {
        sdp!($address, "0 0")
    };
    ($address:literal, $time:literal) => {
        concat!(
            "v=0\no=mhandley 29739 7272939 IN IP4 ",
            $address,
            "\ns=-\nc=IN IP4 ",
            $address,
            "\nt=",
            $time,
            "\nm=audio 49217 RTP/AVP 0 12\nm=video 3227 RTP/AVP 31\na=rtpmap:31 LPC\n"
        )
    };
}
use sdp;
