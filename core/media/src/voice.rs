//! What we say ourselves: music that goes on and on, and words over it without a click.

use crate::g711;
use crate::prompt::{Clip, Language, Words};
use crate::relay::Side;
use crate::sdp::Codec;
use crate::tune::{FRAME, Tune};

/// One voice of a relay.
#[derive(Debug, Default)]
pub(crate) struct Voice {
    /// The next frame of the tune; music goes on where it was when the wait goes on.
    tune_frame: usize,
    /// Frames sent, music or words: the stream's numbers follow from it.
    sent: usize,
    saying: Option<Saying>,
    fade: Fade,
}

/// Words that are being said.
#[derive(Debug)]
struct Saying {
    to: Side,
    language: Language,
    /// What is still to be said, the last clip first.
    clips: Vec<Clip>,
    /// The next frame of the clip that is being said.
    frame: usize,
}

/// A frame of music next to words swells or dies away: a cut in the middle of a wave is a click.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Fade {
    #[default]
    None,
    Out,
    In,
}

impl Voice {
    pub(crate) fn say(&mut self, to: Side, words: &Words, over_music: bool) {
        let mut clips: Vec<Clip> = words.clips.clone();
        clips.retain(|clip| clip.frames(words.language) > 0);
        clips.reverse();
        if clips.is_empty() {
            return;
        }
        let was_saying = self.saying.is_some();
        self.saying = Some(Saying { to, language: words.language, clips, frame: 0 });
        if over_music && !was_saying {
            self.fade = Fade::Out;
        }
    }

    /// Nobody listens any more; music begins later without a fade.
    pub(crate) fn hush(&mut self) {
        (self.saying, self.fade) = (None, Fade::None);
    }

    /// Who is spoken to.
    pub(crate) fn says(&self) -> Option<Side> {
        self.saying.as_ref().map(|saying| saying.to)
    }

    pub(crate) fn sent(&self) -> usize {
        self.sent
    }

    /// The next 20 ms.
    pub(crate) fn speak(&mut self, tune: &Tune, codec: Codec, payload: &mut [u8]) {
        self.sent += 1;
        match (self.fade, &mut self.saying) {
            (Fade::None, Some(saying)) => {
                payload.copy_from_slice(saying.sound());
                g711::transcode(Codec::Pcma, codec, payload);
                if !saying.go_on() {
                    self.saying = None;
                    self.fade = Fade::In;
                }
            }
            (fade, _) => {
                payload.copy_from_slice(tune.frame(codec, self.tune_frame));
                self.tune_frame += 1;
                self.fade = Fade::None;
                fade.shape(codec, payload);
            }
        }
    }
}

impl Saying {
    fn sound(&self) -> &'static [u8] {
        let sound = self.clips.last().map(|clip| clip.sound(self.language)).unwrap_or_default();
        &sound[self.frame * FRAME..][..FRAME]
    }

    /// False when all is said.
    fn go_on(&mut self) -> bool {
        self.frame += 1;
        let frames = self.clips.last().map_or(0, |clip| clip.frames(self.language));
        if self.frame == frames {
            self.clips.pop();
            self.frame = 0;
        }
        !self.clips.is_empty()
    }
}

impl Fade {
    fn shape(self, codec: Codec, payload: &mut [u8]) {
        let length = payload.len() as i32;
        for (at, byte) in payload.iter_mut().enumerate() {
            let part = match self {
                Fade::None => return,
                Fade::Out => length - at as i32,
                Fade::In => at as i32,
            };
            let sample = i32::from(g711::decode(codec, *byte)) * part / length;
            *byte = g711::encode(codec, sample as i16);
        }
    }
}
