//! The music that a waiting caller hears, made by us from sines; tones, and how to find one.

use std::f64::consts::TAU;

use crate::g711;
use crate::sdp::Codec;

/// Samples, and G.711 bytes, of 20 ms.
pub const FRAME: usize = 160;

const SAMPLES_PER_SECOND: usize = 8_000;
/// Ten seconds: long enough not to nag, and a whole number of frames.
const LOOP: usize = 10 * SAMPLES_PER_SECOND;
/// The level of speech on a telephone line: -20 dBFS.
const LOUDNESS: f64 = 0.1 * 32_768.0;

/// The chords of the loop, 2.5 s each; every note lies within a telephone's band.
const CHORDS: [[f64; 3]; 4] = [
    [293.66, 369.99, 440.00], // D F# A
    [246.94, 293.66, 369.99], // B D F#
    [246.94, 293.66, 392.00], // B D G
    [277.18, 329.63, 440.00], // C# E A
];
/// The bell above them: two notes a chord.
const BELLS: [f64; 8] = [880.00, 739.99, 587.33, 739.99, 783.99, 587.33, 659.26, 554.37];

/// A gentle endless loop, ready in both laws; made once and shared by all calls.
#[derive(Debug)]
pub struct Tune {
    pcmu: Vec<u8>,
    pcma: Vec<u8>,
}

impl Default for Tune {
    fn default() -> Self {
        Self::new()
    }
}

impl Tune {
    /// Composes the loop; takes some milliseconds.
    pub fn new() -> Self {
        let samples = compose();
        let encoded = |codec| samples.iter().map(|sample| g711::encode(codec, *sample)).collect();
        Self { pcmu: encoded(Codec::Pcmu), pcma: encoded(Codec::Pcma) }
    }

    /// The 20 ms with this number, counted on and on.
    pub fn frame(&self, codec: Codec, number: usize) -> &[u8] {
        let start = number % (LOOP / FRAME) * FRAME;
        let bytes = match codec {
            Codec::Pcmu => &self.pcmu,
            Codec::Pcma => &self.pcma,
        };
        &bytes[start..start + FRAME]
    }
}

/// A pure tone; `level` is its amplitude, 1.0 being full scale.
pub fn tone(hz: u32, level: f64, samples: usize) -> Vec<i16> {
    let step = TAU * f64::from(hz) / SAMPLES_PER_SECOND as f64;
    (0..samples).map(|at| (32_767.0 * level * (step * at as f64).sin()) as i16).collect()
}

/// The amplitude of one frequency within the samples, 1.0 being full scale (Goertzel).
pub fn tone_level(samples: &[i16], hz: u32) -> f64 {
    if samples.is_empty() {
        return 0.0;
    }
    let turn = TAU * f64::from(hz) / SAMPLES_PER_SECOND as f64;
    let factor = 2.0 * turn.cos();
    let (last, before) = samples.iter().fold((0.0, 0.0), |(last, before), sample| {
        (f64::from(*sample) + factor * last - before, last)
    });
    let power: f64 = last * last + before * before - factor * last * before;
    2.0 * power.max(0.0).sqrt() / samples.len() as f64 / 32_768.0
}

/// Whether one frequency makes up at least half of what is heard, and anything is heard at all.
pub fn is_tone(samples: &[i16], hz: u32) -> bool {
    let squares: f64 = samples.iter().map(|sample| f64::from(*sample).powi(2)).sum();
    let power = squares / samples.len().max(1) as f64 / 32_768_f64.powi(2);
    // -50 dBFS: what lies below is the hiss of the law.
    let audible = power > 1e-5;
    audible && tone_level(samples, hz).powi(2) / 2.0 >= power / 2.0
}

fn compose() -> Vec<i16> {
    let mut mix = vec![0.0; LOOP];
    let chord = LOOP / CHORDS.len();
    for (number, notes) in CHORDS.iter().enumerate() {
        for hz in notes {
            // Each chord swells into the next one.
            let swell = |part: f64| (part * TAU / 2.0).sin().powi(2);
            add(&mut mix, number * chord, chord * 3 / 2, *hz, 1.0, swell);
        }
    }
    let bell = LOOP / BELLS.len();
    for (number, hz) in BELLS.iter().enumerate() {
        let strike = |part: f64| (part * 40.0).min(1.0) * (1.0 - part).powi(3);
        add(&mut mix, number * bell, bell * 3 / 2, *hz, 1.4, strike);
    }
    let squares: f64 = mix.iter().map(|sample| sample * sample).sum();
    let gain = LOUDNESS / (squares / LOOP as f64).sqrt();
    mix.iter().map(|sample| (sample * gain) as i16).collect()
}

/// Adds a note; what reaches over the end sounds on at the beginning, so the loop has no seam.
fn add(
    mix: &mut [f64],
    start: usize,
    length: usize,
    hz: f64,
    level: f64,
    shape: impl Fn(f64) -> f64,
) {
    let step = TAU * hz / SAMPLES_PER_SECOND as f64;
    for at in 0..length {
        let loudness = level * shape(at as f64 / length as f64);
        mix[(start + at) % LOOP] += loudness * (step * at as f64).sin();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(codec: Codec) -> Vec<i16> {
        let tune = Tune::new();
        (0..LOOP / FRAME)
            .flat_map(|frame| tune.frame(codec, frame).to_vec())
            .map(|byte| g711::decode(codec, byte))
            .collect()
    }

    #[test]
    fn the_music_is_as_loud_as_speech_and_never_clips() {
        for codec in [Codec::Pcmu, Codec::Pcma] {
            let samples = whole(codec);
            let squares: f64 = samples.iter().map(|sample| f64::from(*sample).powi(2)).sum();
            let rms = (squares / samples.len() as f64).sqrt();
            assert!((3_000.0..3_600.0).contains(&rms), "{rms}");
            assert!(samples.iter().all(|sample| sample.unsigned_abs() < 20_000));
        }
    }

    #[test]
    fn the_music_is_never_silent_for_long_and_has_no_seam() {
        let samples = whole(Codec::Pcma);
        for half in samples.chunks(4_000) {
            assert!(half.iter().any(|sample| sample.unsigned_abs() > 1_500));
        }
        let seam = i32::from(samples[0]).abs_diff(i32::from(samples[LOOP - 1]));
        assert!(seam < 4_000, "{seam}");
        assert_eq!(Tune::new().frame(Codec::Pcmu, 3), Tune::new().frame(Codec::Pcmu, 503));
    }

    #[test]
    fn a_tone_is_found_at_its_own_frequency_only() {
        let samples = tone(440, 0.25, 4_000);
        assert!((tone_level(&samples, 440) - 0.25).abs() < 0.01);
        assert!(tone_level(&samples, 697) < 0.01);
        assert!(is_tone(&samples, 440) && !is_tone(&samples, 450));
        assert!(!is_tone(&[0; 4_000], 440) && !is_tone(&[], 440));
    }
}
