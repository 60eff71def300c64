//! A question as a file, so that what a plugin was asked in one place can be asked in another.
//!
//! The file is one JSON object. `ladus` is `question 1`: the format and its version. `plugin`,
//! `settings` and `failure` tell who was asked, with which settings, and how it failed. The
//! question itself: `now_ms`, `group`, `call`, `waited_ms`, `priority`, `offers`, `waiting`,
//! `longest_wait_ms`, `seed` (digits in quotes: it is too large for a number in JavaScript),
//! `language`, `attributes` (pairs of name and value), `services` (who has served the caller:
//! `agent`, `ms_ago`, `there`) and `candidates` (`agent`, `order`, `delay_ms`, `idle_ms`,
//! `handled_today`, `missed_today`, `talk_ms_today`, `occupancy_permille`, `skills` with their
//! levels, `last_day` with figures of indicators). `answer` is what must come of it:
//! `{"ring": 7}`, an agent, or `{"wait_ms": 5000}`. Agents, groups and calls are numbers; nobody's
//! name and no phone number is in the file, save in what came along with the call.
//!
//! `plugin`, `failure`, `language`, `last_day` and `answer` may be missing or `null`, all else is
//! needed.

mod place;
mod read;
mod write;

use acd::{AgentId, Choice};

use crate::{Kept, Value};

/// The first words of a file: its format and version.
const FORMAT: &str = "question 1";

/// A question, who was asked, and what must come of it.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionCase {
    /// As the journal names it; empty when nobody was asked yet.
    pub plugin: String,
    /// By id.
    pub settings: Vec<(String, Value)>,
    /// How the plugin failed, in the host's words.
    pub failure: Option<String>,
    pub question: Kept,
    /// `None`: any answer will do.
    pub answer: Option<CaseAnswer>,
}

/// A policy's answer that does not depend on the order of candidates.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CaseAnswer {
    Ring(AgentId),
    Wait(u32),
}

/// Why a text is no case, and where in it.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{place}: {words}")]
pub struct BadCase {
    /// For example `candidates[3].idle_ms`; `the file` for all of it.
    pub place: String,
    pub words: String,
}

impl QuestionCase {
    /// Reads a case.
    ///
    /// # Errors
    ///
    /// At the first place that is missing, unknown, or not as it must be.
    pub fn read(text: &str) -> Result<QuestionCase, BadCase> {
        read::read(text)
    }

    /// The same as text, line by line, with keys in the order of the alphabet.
    pub fn write(&self) -> String {
        write::write(self)
    }

    /// What this choice means for the case; `None` when there is no such candidate.
    pub fn answer_of(&self, choice: Choice) -> Option<CaseAnswer> {
        match choice {
            Choice::Ring(_) => self.question.rung(choice).map(CaseAnswer::Ring),
            Choice::Wait(ms) => Some(CaseAnswer::Wait(ms)),
        }
    }
}
