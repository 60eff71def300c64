//! What a leg carries: SDP, RTP, G.711, music and recordings; no socket and no clock.
//!
//! A leg begins with words: `sdp` answers an offer, makes one, and reads an answer; what it yields
//! is `Agreed`. The packets that follow belong to a `Relay`, one for each call, which rewrites them
//! where they lie and says where they go; the sockets are its owner's. Every phone hears one
//! unbroken stream from the first note of music to the last word of the last agent, because each
//! leg has its own SSRC and numbers in `leg`, and believes one source only, by its `latch`.
//!
//! While two people talk, an `Interleaver` puts both on one time line and gives blocks for a file,
//! whose header and picture are in `recording`. `Tune` is what waits with the caller, and `prompt`
//! has the words that are said over it. `Talker` and `Listener` are a phone's two ends of a stream,
//! for those who play phone.
//!
//! ```text
//!  offer ─► sdp::answer ─► Agreed ─► Relay::set_leg          Relay::music ─► caller
//!                                        │                       ▲
//!  datagram ───────────────► Relay::receive ─► Forward::To      Tune
//!                                        └────► Interleaver ─► blocks ─► file
//! ```
//!
//! Times are milliseconds handed in, chance is a seed handed in. Nothing here fails on a strange
//! packet: it is dropped with a reason and counted. `Result` is for parsing only.

mod dtmf;
mod g711;
mod latch;
mod leg;
mod prompt;
mod recording;
mod relay;
mod rtp;
mod sdp;
mod stream;
mod tune;
mod voice;

pub use crate::dtmf::{DtmfEvent, DtmfReader};
pub use crate::g711::{SILENCE_PCMA, SILENCE_PCMU, decode, encode, silence, transcode};
pub use crate::latch::Latch;
pub use crate::leg::{Counters, LegMedia};
pub use crate::prompt::{COUNTED_MAX, Clip, Language, Words};
pub use crate::recording::{
    BLOCK_BYTES, Interleaver, PCM_HEADER_BYTES, PEAK_COLUMNS, PeakMeter, Peaks, Rest,
    WAV_HEADER_BYTES, WavError, WavHeader, pcm16, pcm16_header, peaks, wav_header,
};
pub use crate::relay::{DropReason, Forward, MUSIC_PACKET, Mode, Relay, Side};
pub use crate::rtp::{RtpView, RtpViewMut};
pub use crate::sdp::{
    Agreed, Codec, Direction, LocalMedia, MEDIA_LINES_MAX, SDP_BYTES_MAX, SdpError, accept, answer,
    offer,
};
pub use crate::stream::{Heard, Listener, Talker};
pub use crate::tune::{FRAME, Tune, is_tone, tone, tone_level};
