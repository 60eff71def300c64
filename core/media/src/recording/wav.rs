//! The header of our recordings: stereo G.711 as the WAV format has it since 1991.

use std::fmt;

use crate::g711;
use crate::sdp::Codec;

/// RIFF, an 18-byte format chunk, the fact chunk that compressed formats must have, data.
pub const WAV_HEADER_BYTES: usize = 58;
/// RIFF, a 16-byte format chunk, data.
pub const PCM_HEADER_BYTES: usize = 44;

const CHANNELS: u16 = 2;
const SAMPLES_PER_SECOND: u32 = 8_000;
const TAG_PCM: u16 = 1;
const TAG_PCMA: u16 = 6;
const TAG_PCMU: u16 = 7;
/// What a file says that was cut off before its length was known.
const LENGTH_UNKNOWN: u32 = u32::MAX;

/// What the header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WavHeader {
    pub codec: Codec,
    /// Bytes after the header; `None` when the file was never finished.
    pub data_bytes: Option<u32>,
}

/// Why a file is not one of our recordings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WavError {
    TooShort,
    NotWav,
    OtherFormat { tag: u16 },
    OtherLayout,
}

/// The header of a recording. A file that has just begun passes `u32::MAX`, which stands for a
/// length that is not known yet; so does a length beyond what WAV can say, 74 hours.
pub fn wav_header(codec: Codec, data_bytes: u32) -> [u8; WAV_HEADER_BYTES] {
    let tag = match codec {
        Codec::Pcma => TAG_PCMA,
        Codec::Pcmu => TAG_PCMU,
    };
    let (riff, data) = lengths(data_bytes, WAV_HEADER_BYTES);
    let frames = if data == LENGTH_UNKNOWN { data } else { data / u32::from(CHANNELS) };
    let mut header = [0; WAV_HEADER_BYTES];
    header[..12].copy_from_slice(&riff);
    header[12..36].copy_from_slice(&format(tag, 8, 18));
    // Bytes 36 and 37 say that no more parameters follow.
    header[38..42].copy_from_slice(b"fact");
    header[42..46].copy_from_slice(&4_u32.to_le_bytes());
    header[46..50].copy_from_slice(&frames.to_le_bytes());
    header[50..54].copy_from_slice(b"data");
    header[54..].copy_from_slice(&data.to_le_bytes());
    header
}

/// The header of the same audio as 16-bit linear samples, for players that know nothing else.
pub fn pcm16_header(data_bytes: u32) -> [u8; PCM_HEADER_BYTES] {
    let (riff, data) = lengths(data_bytes, PCM_HEADER_BYTES);
    let mut header = [0; PCM_HEADER_BYTES];
    header[..12].copy_from_slice(&riff);
    header[12..36].copy_from_slice(&format(TAG_PCM, 16, 16));
    header[36..40].copy_from_slice(b"data");
    header[40..].copy_from_slice(&data.to_le_bytes());
    header
}

/// A stretch of a recording as linear samples, still left, right, left, right.
pub fn pcm16(codec: Codec, data: &[u8]) -> Vec<i16> {
    data.iter().map(|byte| g711::decode(codec, *byte)).collect()
}

impl WavHeader {
    /// Reads the header that `wav_header` wrote; other layouts are refused, with words.
    pub fn parse(file: &[u8]) -> Result<Self, WavError> {
        let header = file.first_chunk::<WAV_HEADER_BYTES>().ok_or(WavError::TooShort)?;
        if &header[..4] != b"RIFF" || &header[8..16] != b"WAVEfmt " {
            return Err(WavError::NotWav);
        }
        let codec = match u16::from_le_bytes([header[20], header[21]]) {
            TAG_PCMA => Codec::Pcma,
            TAG_PCMU => Codec::Pcmu,
            tag => return Err(WavError::OtherFormat { tag }),
        };
        let length = u32::from_le_bytes([header[54], header[55], header[56], header[57]]);
        let data_bytes = Some(length).filter(|length| *length != LENGTH_UNKNOWN);
        let expected = wav_header(codec, data_bytes.unwrap_or(LENGTH_UNKNOWN));
        if header != &expected {
            return Err(WavError::OtherLayout);
        }
        Ok(Self { codec, data_bytes })
    }

    /// The audio in a whole file: as long as the header says, or as long as it is.
    pub fn data<'a>(&self, file: &'a [u8]) -> &'a [u8] {
        let data = file.get(WAV_HEADER_BYTES..).unwrap_or_default();
        let length = self.data_bytes.map_or(data.len(), |length| length as usize);
        &data[..length.min(data.len())]
    }
}

/// The first twelve bytes, and the length of the data as it is written.
fn lengths(data_bytes: u32, header: usize) -> ([u8; 12], u32) {
    // The length in the first chunk counts all that follows it.
    let (riff, data) = match data_bytes.checked_add(header as u32 - 8) {
        Some(riff) => (riff, data_bytes),
        None => (LENGTH_UNKNOWN, LENGTH_UNKNOWN),
    };
    let mut chunk = *b"RIFF....WAVE";
    chunk[4..8].copy_from_slice(&riff.to_le_bytes());
    (chunk, data)
}

/// The format chunk up to the bits per sample.
fn format(tag: u16, bits: u16, length: u32) -> [u8; 24] {
    let frame = CHANNELS * bits / 8;
    let mut chunk = *b"fmt ....................";
    chunk[4..8].copy_from_slice(&length.to_le_bytes());
    chunk[8..10].copy_from_slice(&tag.to_le_bytes());
    chunk[10..12].copy_from_slice(&CHANNELS.to_le_bytes());
    chunk[12..16].copy_from_slice(&SAMPLES_PER_SECOND.to_le_bytes());
    chunk[16..20].copy_from_slice(&(SAMPLES_PER_SECOND * u32::from(frame)).to_le_bytes());
    chunk[20..22].copy_from_slice(&frame.to_le_bytes());
    chunk[22..24].copy_from_slice(&bits.to_le_bytes());
    chunk
}

impl fmt::Display for WavError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort => to.write_str("the file is shorter than a header"),
            Self::NotWav => to.write_str("the file is no WAV"),
            Self::OtherFormat { tag } => write!(to, "format {tag} is not G.711"),
            Self::OtherLayout => to.write_str("the header is not laid out as ours"),
        }
    }
}

impl std::error::Error for WavError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_58_bytes_as_the_standard_wants_them() {
        let header = wav_header(Codec::Pcma, 16_000);
        assert_eq!(&header[..4], b"RIFF");
        assert_eq!(u32::from_le_bytes(header[4..8].try_into().unwrap()), 16_050);
        assert_eq!(&header[8..20], b"WAVEfmt \x12\0\0\0");
        assert_eq!(&header[20..24], [6, 0, 2, 0], "a-law, two channels");
        assert_eq!(u32::from_le_bytes(header[24..28].try_into().unwrap()), 8_000);
        assert_eq!(u32::from_le_bytes(header[28..32].try_into().unwrap()), 16_000);
        assert_eq!(&header[32..38], [2, 0, 8, 0, 0, 0]);
        assert_eq!(&header[38..50], b"fact\x04\0\0\0\x40\x1f\0\0", "8,000 samples each");
        assert_eq!(&header[50..], b"data\x80\x3e\0\0");
    }

    #[test]
    fn what_was_written_is_read_back() {
        for (codec, bytes) in [(Codec::Pcmu, 0), (Codec::Pcma, 8_000), (Codec::Pcmu, 1 << 31)] {
            let read = WavHeader::parse(&wav_header(codec, bytes)).unwrap();
            assert_eq!(read, WavHeader { codec, data_bytes: Some(bytes) });
        }
    }

    #[test]
    fn a_file_cut_off_by_a_crash_is_as_long_as_it_is() {
        let mut file = wav_header(Codec::Pcmu, u32::MAX).to_vec();
        file.extend([1, 2, 3, 4]);
        let header = WavHeader::parse(&file).unwrap();
        assert_eq!(header.data_bytes, None);
        assert_eq!(header.data(&file), [1, 2, 3, 4]);
    }

    #[test]
    fn strange_files_are_refused_with_words() {
        assert_eq!(WavHeader::parse(b"RIFF"), Err(WavError::TooShort));
        assert_eq!(WavHeader::parse(&[0; 58]), Err(WavError::NotWav));
        let mut pcm = pcm16_header(100).to_vec();
        pcm.resize(100, 0);
        assert_eq!(WavHeader::parse(&pcm), Err(WavError::OtherFormat { tag: 1 }));
        let mut mono = wav_header(Codec::Pcmu, 100);
        mono[22] = 1;
        assert_eq!(WavHeader::parse(&mono), Err(WavError::OtherLayout));
    }
}
