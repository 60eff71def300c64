//! Write a success indicator that reads facts in order: for what sums and counts cannot say.
//!
//! What is known of a person is a value of your own type. It is made for each person, reads his
//! facts stretch by stretch, and at last everybody's values are there to be compared. Between two
//! stretches the value travels as bytes, for every function starts from a fresh instance.
//!
//! However a story is cut, the same must come out: [`Fold::merge`] of two values that have read two
//! parts is the value that has read both. [`folded`] tries it in your own tests, and `ladus plugin
//! test` tries it on every case.
//!
//! **What it may use.** 32 MiB of memory; 20 million instructions and 50,000 more for each fact or
//! person; the state of a person has at most 4096 bytes. There are at most 2,000 people.

#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub mod bindings;

use crate::Settings;
use crate::indicator::{Outcome, Profile};

/// What an indicator knows of one person.
pub trait Fold: Sized {
    /// Tells about the plugin: its card, what its figures are, and which way is good.
    fn profile() -> Profile;

    /// Of somebody of whom nothing has been read.
    fn init(settings: &Settings) -> Self;

    /// Reads the next fact.
    fn read(&mut self, fact: &Fact, settings: &Settings);

    /// Joins what was read of a stretch with what was read, apart, of the one that followed it.
    #[must_use]
    fn merge(self, later: Self) -> Self;

    /// Everybody's outcome, in the order of the people. They are all there, so that each can be
    /// compared with the others.
    ///
    /// # Errors
    ///
    /// A sentence for the administrator, when it cannot be worked out for anybody.
    fn finish(people: &[Self], settings: &Settings) -> Result<Vec<Outcome>, String>;

    /// At most 4096 bytes.
    fn to_bytes(&self) -> Vec<u8>;

    /// Of bytes that [`Fold::to_bytes`] made; `None` when it did not make them.
    fn from_bytes(bytes: &[u8]) -> Option<Self>;
}

/// Something that befell a person, told when it ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Fact {
    /// The phone was asked to ring.
    Offer(Offer),
    /// Somebody talked with a caller.
    Talk(Talk),
}

/// An offer that has ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Offer {
    /// When it ended: milliseconds since 1970 (UTC).
    pub at_ms: u64,
    /// How it ended.
    pub ending: Ending,
    /// How long the phone rang.
    pub ring_ms: u64,
}

/// How an offer ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ending {
    /// The agent picked up.
    Answered,
    /// It rang until its time was over.
    Missed,
    /// The agent rejected it by a key.
    Rejected,
    /// The phone was busy.
    Busy,
    /// There was no phone: not registered, or no network.
    Unreachable,
    /// The caller gave up meanwhile. Nobody's fault.
    CallerLeft,
    /// The server took it back itself. Nobody's fault.
    Withdrawn,
}

/// A talk with a caller that has ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Talk {
    /// When it ended: milliseconds since 1970 (UTC).
    pub at_ms: u64,
    /// How long it was, without the time on hold.
    pub talk_ms: u64,
    /// How long one side had the other on hold.
    pub hold_ms: u64,
    /// Whether the agent ended it, by hanging up or by handing the caller on.
    pub by_agent: bool,
    /// Whether he handed the caller on.
    pub handed_on: bool,
}

/// What comes of people's stories, for your own tests: each is read once in one piece and once in
/// two that are merged, cut at every place, and always through bytes.
///
/// # Errors
///
/// The plugin's own, or the place at which a cut makes a difference.
pub fn folded<F: Fold>(stories: &[&[Fact]], settings: &Settings) -> Result<Vec<Outcome>, String> {
    let whole = stories.iter().map(|story| read::<F>(story, settings));
    let whole = F::finish(&whole.collect::<Result<Vec<F>, _>>()?, settings)?;
    let longest = stories.iter().map(|story| story.len()).max().unwrap_or(0);
    for cut in 0..=longest {
        let mut people = Vec::new();
        for story in stories {
            let (earlier, later) = story.split_at(cut.min(story.len()));
            people.push(read::<F>(earlier, settings)?.merge(read(later, settings)?));
        }
        let cut_in_two = F::finish(&people, settings)?;
        if cut_in_two != whole {
            return Err(format!("cut after {cut} it gives {cut_in_two:?} and whole {whole:?}"));
        }
    }
    Ok(whole)
}

fn read<F: Fold>(story: &[Fact], settings: &Settings) -> Result<F, String> {
    let mut state = F::init(settings);
    for fact in story {
        state = through_bytes(&state)?;
        state.read(fact, settings);
    }
    through_bytes(&state)
}

fn through_bytes<F: Fold>(state: &F) -> Result<F, String> {
    F::from_bytes(&state.to_bytes()).ok_or_else(|| UNREADABLE.to_owned())
}

/// What is told when a plugin does not know its own state again.
pub(crate) const UNREADABLE: &str = "the state cannot be read";

/// Makes a [`Fold`] the plugin's own. Write it once, with the name of a type in scope.
///
/// It generates the functions that the host calls; on any other target than `wasm32` it generates
/// nothing.
#[macro_export]
macro_rules! export_fold {
    ($fold:ident) => {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            type Exported = $crate::fold::bindings::Exported<$fold>;
            $crate::fold::bindings::export_folds!(
                Exported with_types_in $crate::fold::bindings
            );
        };
    };
}
