//! Recordings: both sides on one time line as stereo G.711, the file's header, and its picture.

mod interleaver;
mod peaks;
mod wav;

pub use interleaver::{BLOCK_BYTES, Interleaver, Rest};
pub use peaks::{PEAK_COLUMNS, PeakMeter, Peaks, peaks};
pub use wav::{
    PCM_HEADER_BYTES, WAV_HEADER_BYTES, WavError, WavHeader, pcm16, pcm16_header, wav_header,
};
