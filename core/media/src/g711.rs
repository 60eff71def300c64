//! G.711: µ-law and a-law as tables made at compile time; encode, decode and the way across.

use crate::sdp::Codec;

/// A byte of quiet in µ-law.
pub const SILENCE_PCMU: u8 = 0xFF;
/// A byte of quiet in a-law: the smallest step, for a-law has no zero.
pub const SILENCE_PCMA: u8 = 0xD5;

/// The byte that sounds like nothing.
pub const fn silence(codec: Codec) -> u8 {
    match codec {
        Codec::Pcmu => SILENCE_PCMU,
        Codec::Pcma => SILENCE_PCMA,
    }
}

/// One byte of the wire as a linear sample.
pub const fn decode(codec: Codec, byte: u8) -> i16 {
    match codec {
        Codec::Pcmu => FROM_PCMU[byte as usize],
        Codec::Pcma => FROM_PCMA[byte as usize],
    }
}

/// One linear sample as a byte of the wire.
pub const fn encode(codec: Codec, sample: i16) -> u8 {
    match codec {
        Codec::Pcmu => to_pcmu(sample),
        Codec::Pcma => to_pcma(sample),
    }
}

/// Turns a payload of one law into the other where it lies; nothing to do when they are the same.
pub fn transcode(from: Codec, to: Codec, payload: &mut [u8]) {
    if let Some(table) = across(from, to) {
        payload.iter_mut().for_each(|byte| *byte = table[usize::from(*byte)]);
    }
}

/// The table that leads from one law to the other, `None` when no change is needed.
pub(crate) const fn across(from: Codec, to: Codec) -> Option<&'static [u8; 256]> {
    match (from, to) {
        (Codec::Pcmu, Codec::Pcma) => Some(&PCMU_TO_PCMA),
        (Codec::Pcma, Codec::Pcmu) => Some(&PCMA_TO_PCMU),
        (Codec::Pcmu, Codec::Pcmu) | (Codec::Pcma, Codec::Pcma) => None,
    }
}

static FROM_PCMU: [i16; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = from_pcmu(byte as u8);
        byte += 1;
    }
    table
};

static FROM_PCMA: [i16; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = from_pcma(byte as u8);
        byte += 1;
    }
    table
};

static PCMU_TO_PCMA: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = to_pcma(from_pcmu(byte as u8));
        byte += 1;
    }
    table
};

static PCMA_TO_PCMU: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = to_pcmu(from_pcma(byte as u8));
        byte += 1;
    }
    table
};

/// Added before the logarithm so that the first µ-law segment is as regular as the others.
const BIAS: i32 = 132;
/// The loudest magnitude µ-law can say once the bias is added.
const CLIP: i32 = 32_635;

const fn to_pcmu(sample: i16) -> u8 {
    let (sign, magnitude) =
        if sample < 0 { (0x80, -(sample as i32)) } else { (0x00, sample as i32) };
    let biased = if magnitude > CLIP { CLIP } else { magnitude } + BIAS;
    // The bias puts the highest bit at 7 or above: its place is the segment.
    let segment = 24 - biased.leading_zeros() as i32;
    let step = (biased >> (segment + 3)) & 0x0F;
    !(sign | (segment << 4) as u8 | step as u8)
}

const fn from_pcmu(byte: u8) -> i16 {
    let bits = !byte as i32;
    let segment = (bits >> 4) & 0x07;
    let magnitude = ((((bits & 0x0F) << 3) + BIAS) << segment) - BIAS;
    (if bits & 0x80 == 0 { magnitude } else { -magnitude }) as i16
}

/// Every second bit is inverted on the wire, which keeps a quiet line full of edges.
const A_LAW_TOGGLE: u8 = 0x55;

const fn to_pcma(sample: i16) -> u8 {
    // Thirteen bits count; a negative sample maps onto its mirror below zero.
    let (sign, magnitude) =
        if sample < 0 { (0x00, (-(sample as i32) - 1) >> 3) } else { (0x80, sample as i32 >> 3) };
    let magnitude = if magnitude > 4095 { 4095 } else { magnitude };
    let code = if magnitude < 32 {
        magnitude >> 1
    } else {
        let segment = 27 - magnitude.leading_zeros() as i32;
        (segment << 4) | ((magnitude >> segment) & 0x0F)
    };
    (sign | code as u8) ^ A_LAW_TOGGLE
}

const fn from_pcma(byte: u8) -> i16 {
    let bits = (byte ^ A_LAW_TOGGLE) as i32;
    let segment = (bits >> 4) & 0x07;
    let step = (bits & 0x0F) << 4;
    let magnitude = if segment == 0 { step + 8 } else { (step + 264) << (segment - 1) };
    (if bits & 0x80 == 0 { -magnitude } else { magnitude }) as i16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sdp::Codec::{Pcma, Pcmu};
    use proptest::prelude::*;

    #[test]
    fn the_corner_values_of_the_standard_hold() {
        assert_eq!(decode(Pcmu, 0x80), 32_124);
        assert_eq!(decode(Pcmu, 0x00), -32_124);
        assert_eq!(decode(Pcmu, SILENCE_PCMU), 0);
        assert_eq!(decode(Pcma, 0xAA), 32_256);
        assert_eq!(decode(Pcma, 0x2A), -32_256);
        assert_eq!(decode(Pcma, SILENCE_PCMA), 8);
        assert_eq!(encode(Pcmu, 0), SILENCE_PCMU);
        assert_eq!(encode(Pcma, 0), SILENCE_PCMA);
        assert_eq!(encode(Pcmu, i16::MIN), 0x00);
        assert_eq!(encode(Pcma, i16::MAX), 0xAA);
    }

    #[test]
    fn every_byte_survives_a_trip_through_linear() {
        for codec in [Pcmu, Pcma] {
            for byte in 0..=255 {
                let sample = decode(codec, byte);
                // µ-law has two zeros; both mean the same.
                assert_eq!(decode(codec, encode(codec, sample)), sample, "{codec:?} {byte:#x}");
            }
        }
    }

    #[test]
    fn crossing_over_keeps_silence_silent_and_loudness_close() {
        let mut bytes: Vec<u8> = (0..=255).collect();
        transcode(Pcmu, Pcma, &mut bytes);
        for (byte, crossed) in (0..=255).zip(&bytes) {
            let (before, after) = (decode(Pcmu, byte), decode(Pcma, *crossed));
            let error = i32::from(before).abs_diff(i32::from(after));
            assert!(error <= 8 + u32::from(before.unsigned_abs()) / 16, "{before} {after}");
        }
        let mut quiet = [SILENCE_PCMA; 4];
        transcode(Pcma, Pcmu, &mut quiet);
        assert!(quiet.iter().all(|byte| decode(Pcmu, *byte).abs() <= 8));
    }

    proptest! {
        #[test]
        fn encoding_is_within_one_step(sample: i16) {
            for codec in [Pcmu, Pcma] {
                let back = decode(codec, encode(codec, sample));
                let error = i32::from(sample).abs_diff(i32::from(back));
                let step = 16 + u32::from(sample.unsigned_abs()) / 30;
                prop_assert!(error <= step, "{} {}", sample, back);
            }
        }
    }
}
