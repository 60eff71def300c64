//! The picture of a recording: how loud each side was, column by column.

use super::wav::{WavError, WavHeader};
use crate::g711;
use crate::sdp::Codec;

/// Columns of the page's waveform: about one per pixel of its width.
pub const PEAK_COLUMNS: usize = 1_000;

/// The loudest moment of each column, 0 for quiet and 255 for full scale.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Peaks {
    /// The caller.
    pub left: Vec<u8>,
    /// The agent.
    pub right: Vec<u8>,
}

/// The peaks of a whole file in memory.
pub fn peaks(file: &[u8]) -> Result<Peaks, WavError> {
    let header = WavHeader::parse(file)?;
    let data = header.data(file);
    let mut meter = PeakMeter::new(header.codec, data.len() as u64);
    meter.push(data);
    Ok(meter.finish())
}

/// The same for a file that is read piece by piece.
#[derive(Debug)]
pub struct PeakMeter {
    codec: Codec,
    /// Bytes of data in one column, both channels; even.
    column_bytes: u64,
    /// Bytes seen.
    at: u64,
    peaks: Peaks,
}

impl PeakMeter {
    /// The number of bytes of data decides how much goes into a column. A file of fewer frames
    /// than columns has a column per frame.
    pub fn new(codec: Codec, data_bytes: u64) -> Self {
        let column_bytes = 2 * (data_bytes / 2).div_ceil(PEAK_COLUMNS as u64).max(1);
        Self { codec, column_bytes, at: 0, peaks: Peaks::default() }
    }

    /// The next piece of data, cut anywhere.
    pub fn push(&mut self, data: &[u8]) {
        for byte in data {
            let column = (self.at / self.column_bytes) as usize;
            let channel = if self.at.is_multiple_of(2) {
                &mut self.peaks.left
            } else {
                &mut self.peaks.right
            };
            self.at += 1;
            // More data than was promised: the picture is full.
            if column >= PEAK_COLUMNS {
                continue;
            }
            if channel.len() <= column {
                channel.push(0);
            }
            let loud = (g711::decode(self.codec, *byte).unsigned_abs() >> 7).min(255) as u8;
            channel[column] = channel[column].max(loud);
        }
    }

    pub fn finish(self) -> Peaks {
        self.peaks
    }
}

#[cfg(test)]
mod tests {
    use super::super::wav::wav_header;
    use super::*;

    #[test]
    fn each_side_has_its_own_columns() {
        let quiet = g711::silence(Codec::Pcmu);
        let mut data = vec![quiet; 2 * 8_000];
        data[2 * 4_000] = g711::encode(Codec::Pcmu, 32_000);
        data[2 * 7_999 + 1] = g711::encode(Codec::Pcmu, -16_000);
        let mut file = wav_header(Codec::Pcmu, data.len() as u32).to_vec();
        file.extend(&data);
        let peaks = peaks(&file).unwrap();
        assert_eq!((peaks.left.len(), peaks.right.len()), (1_000, 1_000));
        assert!(peaks.left[500] > 240 && peaks.right[500] == 0);
        assert!(peaks.right[999] > 120 && peaks.left[999] == 0);
        assert_eq!(peaks.left.iter().filter(|peak| **peak > 0).count(), 1);
    }

    #[test]
    fn pieces_make_the_same_picture_as_the_whole() {
        let data: Vec<u8> = (0..50_000_u32).map(|at| (at * 7 % 251) as u8).collect();
        let picture = |piece: usize| {
            let mut meter = PeakMeter::new(Codec::Pcma, data.len() as u64);
            data.chunks(piece).for_each(|piece| meter.push(piece));
            meter.finish()
        };
        assert_eq!(picture(data.len()), picture(333));
        assert!(picture(333).left.len() <= PEAK_COLUMNS);
    }

    #[test]
    fn a_blink_of_a_call_has_a_picture_too() {
        let file = [wav_header(Codec::Pcma, 4).as_slice(), &[0xD5; 4]].concat();
        assert_eq!(peaks(&file).unwrap().left.len(), 2);
        assert_eq!(peaks(&wav_header(Codec::Pcma, 0)).unwrap(), Peaks::default());
    }
}
