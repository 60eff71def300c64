//! Write a routing policy for Ladus: one trait, one macro, plain types. For a success indicator see
//! [`indicator`], and [`fold`] for one that reads facts in order.
//!
//! ```ignore
//! use ladus_plugin::{Answer, Card, Policy, Question};
//!
//! pub struct FewestCalls;
//!
//! impl Policy for FewestCalls {
//!     fn card() -> Card {
//!         let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
//!         Card::new(name, version, "Whoever has had the fewest calls today.")
//!     }
//!
//!     fn decide(question: &Question) -> Result<Answer, String> {
//!         let chosen = question.candidates().iter().min_by_key(|agent| agent.handled_today());
//!         Ok(chosen.map_or(Answer::pass(), Answer::ring))
//!     }
//! }
//!
//! ladus_plugin::export!(FewestCalls);
//! ```
//!
//! A plugin is a crate of type `cdylib` (and `rlib`, so that its tests can see it), built with
//! `ladus plugin build`. On your own machine the policy is a plain function: make a [`Question`]
//! with [`Question::of`] and test the answer with `cargo test`.
//!
//! **What a policy can see** is [`Question`] and nothing else: there is no clock, network, file or
//! chance but [`Question::now_ms`] and [`Question::seed`], so that every decision can be taken
//! again later and comes out the same. Facts are fetched when they are first asked for, and a built
//! plugin imports only those it can ask for: the administrator sees that list.
//!
//! **What it may use.** Every decision starts from a fresh instance, so nothing is remembered from
//! one to the next. It has 32 MiB of memory, 10 ms, and an amount of work that grows with the
//! number of candidates: 20 million instructions and 50,000 more for each.
//!
//! **When it fails** (an error, a panic, too much of the above, a position that is not there), the
//! built-in order takes the decision at once: the call is never lost. Five failures in a row
//! suspend the policy for that group.
//!
//! That is agent selection: a call looks for an agent. The other way round, when an agent becomes
//! free and callers wait, is [`selection`].

#![warn(missing_docs)]

#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub mod bindings;
mod candidates;
mod card;
pub mod fold;
mod host;
pub mod indicator;
pub mod log;
mod question;
pub mod selection;
mod settings;

pub use crate::candidates::{Candidate, Candidates, Row};
pub use crate::card::{Card, Field, Kind};
pub use crate::question::{Caller, Question, Queue};
pub use crate::settings::{Settings, Value};

/// A routing policy: chooses whose phone rings for a call.
pub trait Policy {
    /// Tells about the plugin: its name, version, a sentence, and the settings it has.
    fn card() -> Card;

    /// Takes one decision.
    ///
    /// # Errors
    ///
    /// A sentence for the journal, when the policy cannot decide. It counts as a failure; a policy
    /// that merely has no opinion answers [`Answer::pass`].
    fn decide(question: &Question) -> Result<Answer, String>;
}

/// A policy's answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Answer {
    /// What to do with the call.
    pub decision: Decision,
    /// Why, in a few words: kept with the call, cut after 200 characters.
    pub reason: Option<String>,
}

/// What to do with the call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Decision {
    /// Ring the candidate at this position.
    Ring(u32),
    /// Nobody yet: ask again after so many milliseconds. The engine bounds the number.
    Wait(u32),
    /// No opinion: the built-in order decides.
    Pass,
}

impl Answer {
    /// Ring this agent.
    #[must_use]
    pub fn ring(candidate: Candidate<'_>) -> Self {
        Self { decision: Decision::Ring(candidate.position()), reason: None }
    }

    /// Nobody yet: ask again after so many milliseconds.
    #[must_use]
    pub fn wait(milliseconds: u32) -> Self {
        Self { decision: Decision::Wait(milliseconds), reason: None }
    }

    /// No opinion: the built-in order decides.
    #[must_use]
    pub fn pass() -> Self {
        Self { decision: Decision::Pass, reason: None }
    }

    /// Adds why, in a few words.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

/// Makes a [`Policy`] the plugin's own. Write it once, with the name of a type in scope.
///
/// It generates the functions that the host calls; on any other target than `wasm32` it generates
/// nothing.
#[macro_export]
macro_rules! export {
    ($policy:ident) => {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            type Exported = $crate::bindings::Exported<$policy>;
    $crate::bindings::export_routing!(Exported with_types_in $crate::bindings);
        };
    };
}
