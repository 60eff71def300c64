//! What a phone has heard: tones of the other side, our own words, music.

use media::{Clip, Codec, FRAME, Language, decode, is_tone};
use tests::until;

use crate::phone::Phone;

/// A frame of words in which nobody is loud is no proof of anything.
const LOUD: u16 = 2_000;

/// Another law rounds otherwise: by so much, and by a part of the sample itself.
const ROUNDED: u16 = 16;
const ROUNDED_PART: u16 = 12;

/// Half a second: what somebody hears now.
const NOW: usize = 4_000;

/// Waits until the phone hears this tone now.
#[track_caller]
pub(crate) fn until_hears(phone: &Phone, hz: u32) {
    until(25, &format!("the phone hears {hz} Hz"), || {
        phone.heard().filter(|heard| is_tone(last(heard), hz))
    });
}

/// Waits until the phone has heard these words of ours.
#[track_caller]
pub(crate) fn until_told(phone: &Phone, clip: Clip, language: Language) {
    until(25, &format!("the phone is told {clip:?}"), || {
        phone.heard().filter(|heard| was_told(heard, clip, language))
    });
}

/// Whether the words were heard: most of their loud frames, sample by sample. A frame or two may be
/// lost in a jitter buffer.
pub(crate) fn was_told(heard: &[i16], clip: Clip, language: Language) -> bool {
    let frames: Vec<Vec<i16>> = clip
        .sound(language)
        .chunks_exact(FRAME)
        .map(|frame| frame.iter().map(|byte| decode(Codec::Pcma, *byte)).collect())
        .filter(|frame: &Vec<i16>| loudest(frame) > LOUD)
        .collect();
    assert!(frames.len() > 5, "{clip:?} is speech");
    let found = frames.iter().filter(|frame| heard.windows(FRAME).any(|it| same(it, frame)));
    found.count() * 10 > frames.len() * 7
}

/// What the last half second was.
pub(crate) fn last(heard: &[i16]) -> &[i16] {
    &heard[heard.len().saturating_sub(NOW)..]
}

pub(crate) fn loudest(samples: &[i16]) -> u16 {
    samples.iter().map(|sample| sample.unsigned_abs()).max().unwrap_or_default()
}

fn same(heard: &[i16], said: &[i16]) -> bool {
    let near = |(heard, said): (&i16, &i16)| {
        heard.abs_diff(*said) <= ROUNDED + said.unsigned_abs() / ROUNDED_PART
    };
    heard.iter().zip(said).all(near)
}
