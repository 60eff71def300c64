//! Words that a centre says to a phone: parts in two languages, and sentences composed of them.

use crate::tune::FRAME;

/// A language in which there are prompts.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Language {
    Estonian,
    /// Also what is spoken where a group names a language that we do not have.
    #[default]
    English,
}

impl Language {
    /// By its two small letters (ISO 639-1).
    pub fn from_code(code: &str) -> Option<Language> {
        match code {
            "et" => Some(Language::Estonian),
            "en" => Some(Language::English),
            _ => None,
        }
    }
}

/// A part of a sentence that is always said in the same way.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Clip {
    Welcome,
    Closed,
    NoAgents,
    Busy,
    CallbackNoted,
    /// What was dialled is done.
    Done,
    YouAreNumber,
    InLine,
    /// More than twenty callers are in line.
    BeyondTwenty,
    WaitIs,
    UnderAMinute,
    About,
    Minute,
    Minutes,
    OverTwentyMinutes,
    /// From 1 to [`COUNTED_MAX`]; others are not said.
    Number(u8),
}

/// The highest number there is a clip of.
pub const COUNTED_MAX: u8 = 20;

/// Time of a frame.
const FRAME_MS: u64 = 20;

/// What is to be said: clips of one language, one after another.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Words {
    pub language: Language,
    pub clips: Vec<Clip>,
}

impl Words {
    pub fn new(language: Language, clips: impl Into<Vec<Clip>>) -> Words {
        Words { language, clips: clips.into() }
    }

    /// A place in line and the time until it is his turn; what is `None` is not said.
    pub fn place(language: Language, place: Option<u32>, wait_ms: Option<u64>) -> Words {
        let mut clips = Vec::new();
        if let Some(place) = place {
            clips.extend(place_clips(language, place));
        }
        if let Some(wait_ms) = wait_ms {
            clips.push(Clip::WaitIs);
            clips.extend(wait_clips(wait_ms));
        }
        Words { language, clips }
    }

    /// How long it takes to say them.
    pub fn duration_ms(&self) -> u64 {
        self.clips.iter().map(|clip| clip.frames(self.language) as u64 * FRAME_MS).sum()
    }
}

fn place_clips(language: Language, place: u32) -> Vec<Clip> {
    match u8::try_from(place) {
        Ok(place) if (1..=COUNTED_MAX).contains(&place) => match language {
            Language::Estonian => vec![Clip::YouAreNumber, Clip::Number(place)],
            Language::English => vec![Clip::YouAreNumber, Clip::Number(place), Clip::InLine],
        },
        Ok(_) | Err(_) => vec![Clip::BeyondTwenty],
    }
}

/// In full minutes, rounded up: nobody minds an agent who comes early.
fn wait_clips(wait_ms: u64) -> Vec<Clip> {
    let minutes = wait_ms.div_ceil(60_000);
    match u8::try_from(minutes) {
        _ if wait_ms < 60_000 => vec![Clip::UnderAMinute],
        Ok(1) => vec![Clip::About, Clip::Number(1), Clip::Minute],
        Ok(minutes) if minutes <= COUNTED_MAX => {
            vec![Clip::About, Clip::Number(minutes), Clip::Minutes]
        }
        Ok(_) | Err(_) => vec![Clip::OverTwentyMinutes],
    }
}

impl Clip {
    /// The sound in A-law, a whole number of frames.
    pub fn sound(self, language: Language) -> &'static [u8] {
        let sounds = match language {
            Language::Estonian => &ESTONIAN,
            Language::English => &ENGLISH,
        };
        match self {
            Clip::Welcome => sounds.words[0],
            Clip::Closed => sounds.words[1],
            Clip::NoAgents => sounds.words[2],
            Clip::Busy => sounds.words[3],
            Clip::CallbackNoted => sounds.words[4],
            Clip::Done => sounds.words[5],
            Clip::YouAreNumber => sounds.words[6],
            Clip::InLine => sounds.words[7],
            Clip::BeyondTwenty => sounds.words[8],
            Clip::WaitIs => sounds.words[9],
            Clip::UnderAMinute => sounds.words[10],
            Clip::About => sounds.words[11],
            Clip::Minute => sounds.words[12],
            Clip::Minutes => sounds.words[13],
            Clip::OverTwentyMinutes => sounds.words[14],
            Clip::Number(number) => {
                let at = usize::from(number).wrapping_sub(1);
                sounds.numbers.get(at).copied().unwrap_or_default()
            }
        }
    }

    pub(crate) fn frames(self, language: Language) -> usize {
        self.sound(language).len() / FRAME
    }
}

/// All clips of a language.
struct Sounds {
    words: [&'static [u8]; 15],
    numbers: [&'static [u8]; COUNTED_MAX as usize],
}

macro_rules! sounds {
    ($language:literal, $($name:literal)*) => {
        [$(include_bytes!(concat!("../prompts/", $language, "/", $name, ".alaw"))),*]
    };
}

macro_rules! words {
    ($language:literal) => {
        sounds!($language, "welcome" "closed" "no_agents" "busy" "callback_noted" "done"
            "you_are_number" "in_line" "beyond_twenty" "wait_is" "under_a_minute" "about"
            "minute" "minutes" "over_twenty_minutes")
    };
}

macro_rules! numbers {
    ($language:literal) => {
        sounds!($language, "n01" "n02" "n03" "n04" "n05" "n06" "n07" "n08" "n09" "n10"
            "n11" "n12" "n13" "n14" "n15" "n16" "n17" "n18" "n19" "n20")
    };
}

static ESTONIAN: Sounds = Sounds { words: words!("et"), numbers: numbers!("et") };
static ENGLISH: Sounds = Sounds { words: words!("en"), numbers: numbers!("en") };

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Codec, decode};

    #[test]
    fn every_clip_is_whole_frames_of_speech() {
        for sounds in [&ESTONIAN, &ENGLISH] {
            for sound in sounds.words.iter().chain(&sounds.numbers) {
                assert_eq!(sound.len() % FRAME, 0);
                let loudest = sound.iter().map(|byte| decode(Codec::Pcma, *byte).unsigned_abs());
                assert!(loudest.max().unwrap() > 8_000, "somebody speaks");
                let quiet = |byte: &u8| decode(Codec::Pcma, *byte).unsigned_abs() < 600;
                assert!(
                    sound[..80].iter().all(quiet) && sound[sound.len() - 80..].iter().all(quiet)
                );
            }
        }
    }

    #[test]
    fn sentences_are_composed_as_each_language_says_them() {
        use Clip::*;
        let place = |language, place, wait_ms| Words::place(language, place, wait_ms).clips;
        let (et, en) = (Language::Estonian, Language::English);
        assert_eq!(place(et, Some(3), None), [YouAreNumber, Number(3)]);
        assert_eq!(place(en, Some(3), None), [YouAreNumber, Number(3), InLine]);
        assert_eq!(place(en, Some(21), Some(59_999)), [BeyondTwenty, WaitIs, UnderAMinute]);
        assert_eq!(place(en, None, Some(60_000)), [WaitIs, About, Number(1), Minute]);
        assert_eq!(place(et, None, Some(61_000)), [WaitIs, About, Number(2), Minutes]);
        assert_eq!(place(et, None, Some(1_200_001)), [WaitIs, OverTwentyMinutes]);
        assert_eq!(place(et, None, None), []);
        let second = Words::new(en, [Welcome, Busy]);
        let frames = (Welcome.sound(en).len() + Busy.sound(en).len()) / FRAME;
        assert_eq!(second.duration_ms(), frames as u64 * 20);
    }
}
