//! SDP offer and answer (RFC 3264) for one anchored audio stream of G.711 and telephone events.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use bytes::Bytes;
use sdp_types::{Attribute, Connection, Media, MediaType, Origin, Session, Time, TransportProto};

/// A body larger than this is no phone's: browsers with every codec send 6 KiB.
pub const SDP_BYTES_MAX: usize = 16 * 1024;
/// Conferences with many videos stay below this; each line costs one line of answer.
pub const MEDIA_LINES_MAX: usize = 32;

/// What every phone and trunk speaks; both run at 8,000 samples a second, one byte each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Codec {
    /// G.711 µ-law, payload type 0.
    Pcmu,
    /// G.711 a-law, payload type 8.
    Pcma,
}

/// Who may send, as seen from us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    SendRecv,
    SendOnly,
    RecvOnly,
    Inactive,
}

/// What one side of a leg agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreed {
    pub codec: Codec,
    /// The payload type of telephone-event at 8000 Hz, if the other side takes it.
    pub dtmf: Option<u8>,
    /// Where it wants to hear us; an unspecified address means that it is on hold.
    pub remote: SocketAddr,
    pub direction: Direction,
    /// The packet length that it asked for, 20 ms when it did not say.
    pub ptime_ms: u16,
}

/// Our end of a leg: the socket that the other side shall send to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalMedia {
    pub address: IpAddr,
    pub port: u16,
    /// Stays the same as long as the leg lives.
    pub session_id: u64,
    /// Grows with every body that differs from the one before.
    pub version: u64,
}

/// Why there is no agreement, in words for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SdpError {
    TooLong { bytes: usize },
    TooManyMedia { lines: usize },
    Unreadable { why: String },
    NoAddress { why: String },
    OtherFamily { remote: IpAddr },
    NoAudio,
    EncryptedOnly,
    NoSharedCodec { offered: String },
    AudioRefused,
}

/// Answers an offer: the first audio line that we can serve is taken, all others get port 0.
///
/// The answer names a single codec, so the other side never changes its mind in mid-call:
/// `prefer` when it was offered, otherwise the first of ours in the order of the offer.
pub fn answer(
    offer: &[u8],
    local: &LocalMedia,
    prefer: Option<Codec>,
) -> Result<(Bytes, Agreed), SdpError> {
    let session = parse(offer)?;
    let (taken, agreed) = choose(&session, local, prefer)?;
    let mut answer = session_of(local);
    answer.medias = session
        .medias
        .iter()
        .enumerate()
        .map(
            |(line, media)| {
                if line == taken { serve(media, local, &agreed) } else { refuse(media) }
            },
        )
        .collect();
    Ok((written(&answer), agreed))
}

/// Offers audio in the given order of preference, with telephone events under `dtmf`.
pub fn offer(local: &LocalMedia, codecs: &[Codec], dtmf: Option<u8>) -> Bytes {
    assert!(!codecs.is_empty(), "an offer names at least one codec");
    let mut session = session_of(local);
    session.medias =
        vec![audio("RTP/AVP".to_owned(), local.port, codecs, dtmf, Direction::SendRecv)];
    written(&session)
}

/// Reads the answer to an offer of ours.
pub fn accept(our_offer: &[u8], answer: &[u8]) -> Result<Agreed, SdpError> {
    let (ours, theirs) = (parse(our_offer)?, parse(answer)?);
    let offered = ours.medias.first().ok_or(SdpError::NoAudio)?;
    let media = theirs.medias.first().ok_or(SdpError::NoAudio)?;
    if media.media != offered.media {
        return Err(SdpError::NoAudio);
    }
    if media.port == 0 {
        return Err(SdpError::AudioRefused);
    }
    let codec = codecs(media)
        .find(|codec| codecs(offered).any(|ours| ours == *codec))
        .ok_or_else(|| SdpError::NoSharedCodec { offered: media.fmt.clone() })?;
    let mut agreed = agreement(&theirs, media, codec)?;
    reachable(agreed.remote.ip(), address(&ours, offered)?)?;
    agreed.direction = agreed.direction.within(direction(&ours, offered));
    agreed.dtmf = agreed.dtmf.filter(|_| telephone_event(offered).is_some());
    Ok(agreed)
}

/// The line that we take and what it means, or the reason why none will do.
fn choose(
    session: &Session,
    local: &LocalMedia,
    prefer: Option<Codec>,
) -> Result<(usize, Agreed), SdpError> {
    let mut reason = SdpError::NoAudio;
    for (line, media) in session.medias.iter().enumerate() {
        if media.media != "audio" || media.port == 0 {
            continue;
        }
        if !is_plain_rtp(media) {
            reason = SdpError::EncryptedOnly;
            continue;
        }
        let wanted = codecs(media).find(|codec| prefer == Some(*codec));
        let Some(codec) = wanted.or_else(|| codecs(media).next()) else {
            reason = SdpError::NoSharedCodec { offered: media.fmt.clone() };
            continue;
        };
        let agreed = agreement(session, media, codec)?;
        reachable(agreed.remote.ip(), local.address)?;
        return Ok((line, agreed));
    }
    Err(reason)
}

/// What a usable audio line says about its sender.
fn agreement(session: &Session, media: &Media, codec: Codec) -> Result<Agreed, SdpError> {
    let remote = SocketAddr::new(address(session, media)?, media.port);
    let mut ours = direction(session, media).mirrored();
    if remote.ip().is_unspecified() {
        // The old way to hold (RFC 3264, 8.4): nothing may be sent there.
        ours = ours.within(Direction::RecvOnly);
    }
    let ptime_ms = value(media, "ptime")
        .and_then(|text| text.trim().parse::<u16>().ok())
        .map_or(20, |ms| ms.clamp(10, 120));
    Ok(Agreed { codec, dtmf: telephone_event(media), remote, direction: ours, ptime_ms })
}

fn parse(body: &[u8]) -> Result<Session, SdpError> {
    if body.len() > SDP_BYTES_MAX {
        return Err(SdpError::TooLong { bytes: body.len() });
    }
    // A Latin-1 session name must not cost the call; names are never sent back.
    let text = String::from_utf8_lossy(body);
    let session = Session::parse(text.as_bytes())
        .map_err(|error| SdpError::Unreadable { why: error.to_string() })?;
    if session.medias.len() > MEDIA_LINES_MAX {
        return Err(SdpError::TooManyMedia { lines: session.medias.len() });
    }
    Ok(session)
}

/// The line's own `c=` wins over the session's.
fn address(session: &Session, media: &Media) -> Result<IpAddr, SdpError> {
    let no_address = |why: String| SdpError::NoAddress { why };
    let connection =
        media.connections.first().or(session.connection.as_ref()).ok_or_else(|| {
            no_address("neither the session nor the audio has a c= line".to_owned())
        })?;
    let address = connection.try_address().map_err(|error| no_address(error.to_string()))?.ip;
    let broadcast = matches!(address, IpAddr::V4(four) if four.is_broadcast());
    // Sending a call's audio to a group of hosts would make us an amplifier.
    if address.is_multicast() || broadcast {
        return Err(no_address(format!("{address} is not the address of one host")));
    }
    Ok(address)
}

fn reachable(remote: IpAddr, local: IpAddr) -> Result<(), SdpError> {
    // A hold by address is written as IPv4 zeros even by phones that speak IPv6.
    if remote.is_ipv4() == local.is_ipv4() || remote.is_unspecified() {
        return Ok(());
    }
    Err(SdpError::OtherFamily { remote })
}

fn is_plain_rtp(media: &Media) -> bool {
    ["RTP/AVP", "RTP/AVPF"].iter().any(|proto| media.proto.eq_ignore_ascii_case(proto))
}

/// Our codecs among the line's formats, in its order.
fn codecs(media: &Media) -> impl Iterator<Item = Codec> {
    formats(media).filter_map(|format| {
        let codec = Codec::from_payload_type(format)?;
        // Static types need no rtpmap, but one that says otherwise is believed.
        match encoding(media, format) {
            None => Some(codec),
            Some(encoding) => is_encoding(encoding, codec.name()).then_some(codec),
        }
    })
}

/// Chrome offers telephone-event at 48000 Hz too; only the 8000 Hz one shares G.711's clock.
fn telephone_event(media: &Media) -> Option<u8> {
    formats(media).find(|format| {
        Codec::from_payload_type(*format).is_none()
            && encoding(media, *format).is_some_and(|text| is_encoding(text, "telephone-event"))
    })
}

fn formats(media: &Media) -> impl Iterator<Item = u8> {
    let numbers = media.fmt.split_ascii_whitespace().filter_map(|word| word.parse::<u8>().ok());
    numbers.filter(|format| *format < 128)
}

/// The right half of the `a=rtpmap` line of a format.
fn encoding(media: &Media, format: u8) -> Option<&str> {
    let maps = media.attributes.iter().filter(|attribute| attribute.attribute == "rtpmap");
    maps.filter_map(|map| map.value.as_deref()?.trim().split_once(' '))
        .find(|(number, _)| number.parse() == Ok(format))
        .map(|(_, encoding)| encoding.trim())
}

/// Compares `name/8000` or `name/8000/1` without regard to case.
fn is_encoding(text: &str, name: &str) -> bool {
    let mut parts = text.split('/');
    parts.next().is_some_and(|found| found.eq_ignore_ascii_case(name))
        && parts.next() == Some("8000")
        && matches!(parts.next(), None | Some("1"))
}

/// The line's own direction wins over the session's; silence means both ways.
fn direction(session: &Session, media: &Media) -> Direction {
    let first = |attributes: &[Attribute]| {
        attributes.iter().find_map(|attribute| Direction::from_name(&attribute.attribute))
    };
    first(&media.attributes).or_else(|| first(&session.attributes)).unwrap_or(Direction::SendRecv)
}

fn value<'a>(media: &'a Media, name: &str) -> Option<&'a str> {
    media.attributes.iter().find(|attribute| attribute.attribute == name)?.value.as_deref()
}

fn session_of(local: &LocalMedia) -> Session {
    let origin = Origin::with_ip_addr(local.session_id, local.version, local.address);
    let mut session = Session::new(origin, "ladus");
    session.set_connection(Connection::from_ip_addr(local.address));
    session.add_time(Time::new(0, 0));
    session
}

fn serve(offered: &Media, local: &LocalMedia, agreed: &Agreed) -> Media {
    let codec = [agreed.codec];
    audio(offered.proto.clone(), local.port, &codec, agreed.dtmf, agreed.direction)
}

/// A line that we do not take keeps its place with port 0 (RFC 3264, 6).
fn refuse(offered: &Media) -> Media {
    let mut media = Media::new(MediaType::Audio, 0, TransportProto::RtpAvp, &offered.fmt);
    media.media.clone_from(&offered.media);
    media.proto.clone_from(&offered.proto);
    media
}

fn audio(
    proto: String,
    port: u16,
    codecs: &[Codec],
    dtmf: Option<u8>,
    direction: Direction,
) -> Media {
    let numbers = codecs.iter().map(|codec| codec.payload_type()).chain(dtmf);
    let fmt = numbers.map(|number| number.to_string()).collect::<Vec<_>>().join(" ");
    let mut media = Media::new(MediaType::Audio, port, TransportProto::RtpAvp, fmt);
    media.proto = proto;
    for codec in codecs {
        let map = format!("{} {}/8000", codec.payload_type(), codec.name());
        media.add_attribute_with_value("rtpmap", map);
    }
    if let Some(dtmf) = dtmf {
        media.add_attribute_with_value("rtpmap", format!("{dtmf} telephone-event/8000"));
        media.add_attribute_with_value("fmtp", format!("{dtmf} 0-15"));
    }
    media.add_attribute_with_value("ptime", 20);
    media.add_attribute_from_str(direction.name());
    media
}

fn written(session: &Session) -> Bytes {
    let mut body = Vec::with_capacity(512);
    session.write(&mut body).expect("a vector takes all that is written");
    body.into()
}

impl Codec {
    pub const fn payload_type(self) -> u8 {
        match self {
            Self::Pcmu => 0,
            Self::Pcma => 8,
        }
    }

    pub const fn from_payload_type(number: u8) -> Option<Self> {
        match number {
            0 => Some(Self::Pcmu),
            8 => Some(Self::Pcma),
            _ => None,
        }
    }

    /// The name in `a=rtpmap`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pcmu => "PCMU",
            Self::Pcma => "PCMA",
        }
    }
}

impl Direction {
    pub const fn may_send(self) -> bool {
        matches!(self, Self::SendRecv | Self::SendOnly)
    }

    pub const fn may_receive(self) -> bool {
        matches!(self, Self::SendRecv | Self::RecvOnly)
    }

    /// The same arrangement seen from the other end.
    pub const fn mirrored(self) -> Self {
        Self::of(self.may_receive(), self.may_send())
    }

    /// What both arrangements allow.
    pub const fn within(self, other: Self) -> Self {
        Self::of(self.may_send() && other.may_send(), self.may_receive() && other.may_receive())
    }

    /// The attribute's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SendRecv => "sendrecv",
            Self::SendOnly => "sendonly",
            Self::RecvOnly => "recvonly",
            Self::Inactive => "inactive",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        [Self::SendRecv, Self::SendOnly, Self::RecvOnly, Self::Inactive]
            .into_iter()
            .find(|direction| direction.name() == name)
    }

    const fn of(send: bool, receive: bool) -> Self {
        match (send, receive) {
            (true, true) => Self::SendRecv,
            (true, false) => Self::SendOnly,
            (false, true) => Self::RecvOnly,
            (false, false) => Self::Inactive,
        }
    }
}

impl SdpError {
    /// The SIP status that tells the other side: 400 unreadable, 488 nothing in common.
    pub const fn status(&self) -> u16 {
        match self {
            Self::TooLong { .. } | Self::TooManyMedia { .. } | Self::Unreadable { .. } => 400,
            Self::NoAddress { .. }
            | Self::OtherFamily { .. }
            | Self::NoAudio
            | Self::EncryptedOnly
            | Self::NoSharedCodec { .. }
            | Self::AudioRefused => 488,
        }
    }
}

impl fmt::Display for SdpError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { bytes } => {
                write!(to, "the SDP has {bytes} bytes, more than {SDP_BYTES_MAX}")
            }
            Self::TooManyMedia { lines } => {
                write!(to, "the SDP has {lines} m= lines, more than {MEDIA_LINES_MAX}")
            }
            Self::Unreadable { why } => write!(to, "the SDP cannot be read: {why}"),
            Self::NoAddress { why } => write!(to, "the SDP has no usable address: {why}"),
            Self::OtherFamily { remote } => {
                write!(to, "{remote} cannot be reached from our address family")
            }
            Self::NoAudio => to.write_str("the SDP has no active audio line"),
            Self::EncryptedOnly => to.write_str("the audio is offered encrypted only"),
            Self::NoSharedCodec { offered } => {
                write!(to, "no G.711 among the audio formats ({offered})")
            }
            Self::AudioRefused => to.write_str("the answer refuses our audio with port 0"),
        }
    }
}

impl std::error::Error for SdpError {}
