//! Policies as bad as a plugin can be without trapping.

use acd::{Choice, Freed, Pick, Policy, Question, Reply, Verdict};

/// Chooses anybody, answers nonsense, and asks for time it should not have; by the seed of the
/// question alone, so that a day can be lived twice.
#[derive(Debug, Default)]
pub struct Whim;

impl Policy for Whim {
    fn choose(&mut self, question: &Question<'_>) -> Reply {
        let count = question.candidates.len();
        let pick = usize::try_from(question.seed >> 8).unwrap_or(usize::MAX);
        let choice = match question.seed % 10 {
            0..=5 => Choice::Ring(pick % count),
            6 => Choice::Ring(count + pick % 3),
            7 => Choice::Wait(0),
            8 => Choice::Wait(u32::MAX),
            _ => Choice::Wait(2_500),
        };
        Reply { choice, verdict: Verdict { policy: "whim".to_owned(), ..Verdict::default() } }
    }

    fn picks(&self) -> bool {
        true
    }

    fn freed(&mut self, freed: &Freed<'_>) -> Option<Pick> {
        let pick = usize::try_from(freed.seed >> 8).unwrap_or(usize::MAX);
        let position = match freed.seed % 8 {
            0 => return None,
            1 => freed.calls.len() + pick % 3,
            _ => pick % freed.calls.len(),
        };
        let verdict = Verdict { policy: "whim".to_owned(), ..Verdict::default() };
        Some(Pick { position, verdict })
    }
}

/// Always asks for more time, and would let every caller wait for ever.
#[derive(Debug, Default)]
pub struct Sloth;

impl Policy for Sloth {
    fn choose(&mut self, _question: &Question<'_>) -> Reply {
        let verdict = Verdict { policy: "sloth".to_owned(), ..Verdict::default() };
        Reply { choice: Choice::Wait(u32::MAX), verdict }
    }
}
