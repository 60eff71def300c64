//! Call selection: which of the waiting calls a freed agent gets.
//!
//! ```
//! use ladus_plugin::Card;
//! use ladus_plugin::selection::{Freed, Pick, Selection};
//!
//! struct LongestWait;
//!
//! impl Selection for LongestWait {
//!     fn card() -> Card {
//!         Card::new("longest-wait", "1.0.0", "Whoever has waited longest, in whatever group.")
//!     }
//!
//!     fn pick(freed: &Freed) -> Result<Pick, String> {
//!         let longest = freed.calls().iter().max_by_key(|call| call.waited_ms());
//!         Ok(longest.map_or(Pick::pass(), Pick::take))
//!     }
//! }
//!
//! ladus_plugin::export_selection!(LongestWait);
//! ```
//!
//! It is asked when an agent becomes free and may take more than one of the waiting calls: groups
//! of the whole company compete for him, so there is one such plugin for all of them. The call that
//! it takes is offered to that agent; the policy of the call's group is not asked. What it has not
//! got an opinion about goes the usual way. Limits are those of a routing policy, with calls in the
//! place of candidates; when it fails, the agent gets the first call.
//!
//! Nobody can be passed over for ever: five minutes after a caller was first overtaken the engine
//! takes him, whatever the plugin says.

#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub mod bindings;
mod calls;
mod host;

use std::cell::{OnceCell, RefCell};

pub use self::calls::{Call, Calls, Row};
use crate::{Card, Settings};

/// Chooses which of the waiting calls a freed agent gets.
pub trait Selection {
    /// Tells about the plugin: its name, version, a sentence, and the settings it has.
    fn card() -> Card;

    /// Chooses for one agent.
    ///
    /// # Errors
    ///
    /// A sentence for the journal, when it cannot choose. It counts as a failure; who merely has no
    /// opinion answers [`Pick::pass`].
    fn pick(freed: &Freed) -> Result<Pick, String>;
}

/// The answer of a [`Selection`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Pick {
    /// Which call the agent gets.
    pub choice: Choice,
    /// Why, in a few words: kept with the call, cut after 200 characters.
    pub reason: Option<String>,
}

/// Which call the agent gets.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Choice {
    /// The call at this position.
    Take(u32),
    /// No opinion: the built-in order chooses the call, and the policy of its group whose phone
    /// rings.
    Pass,
}

impl Pick {
    /// The agent gets this call.
    #[must_use]
    pub fn take(call: Call<'_>) -> Self {
        Self { choice: Choice::Take(call.position()), reason: None }
    }

    /// No opinion.
    #[must_use]
    pub fn pass() -> Self {
        Self { choice: Choice::Pass, reason: None }
    }

    /// Adds why, in a few words.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

/// An agent who has become free, and the waiting calls that he may take.
///
/// Every fact comes from the host and is fetched when it is first asked for.
#[derive(Debug, Default)]
pub struct Freed {
    now_ms: OnceCell<u64>,
    seed: OnceCell<u64>,
    idle_ms: OnceCell<u32>,
    handled_today: OnceCell<u32>,
    missed_today: OnceCell<u32>,
    talk_ms_today: OnceCell<u32>,
    occupancy: OnceCell<f32>,
    /// The skills asked for so far, and how much he has of each.
    skills: RefCell<Vec<(String, u8)>>,
    /// The indicators asked for so far, and his figure of each.
    last_day: RefCell<Vec<(String, Option<f64>)>>,
    calls: Calls,
    settings: Settings,
}

/// The agent, written down: for tests.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Agent {
    /// See [`Freed::idle_ms`].
    pub idle_ms: u32,
    /// See [`Freed::handled_today`].
    pub handled_today: u32,
    /// See [`Freed::missed_today`].
    pub missed_today: u32,
    /// See [`Freed::talk_ms_today`].
    pub talk_ms_today: u32,
    /// See [`Freed::occupancy`].
    pub occupancy: f32,
    /// Pairs of name and level; see [`Freed::skill_level`].
    pub skills: &'static [(&'static str, u8)],
    /// Pairs of indicator and figure; see [`Freed::last_day`].
    pub last_day: &'static [(&'static str, f64)],
}

impl Freed {
    /// A question made up for a test: these calls, in this order, and nothing or zero for all the
    /// rest.
    #[must_use]
    pub fn of(rows: &[Row]) -> Self {
        let question = Self {
            now_ms: OnceCell::from(0),
            seed: OnceCell::from(0),
            calls: Calls::of(rows),
            ..Self::default()
        };
        question.with_agent(Agent::default())
    }

    /// The same question about another agent.
    #[must_use]
    pub fn with_agent(self, agent: Agent) -> Self {
        let skills = agent.skills.iter().map(|&(name, level)| (name.to_owned(), level)).collect();
        let figures = agent.last_day.iter();
        let last_day = figures.map(|&(name, figure)| (name.to_owned(), Some(figure))).collect();
        Self {
            idle_ms: OnceCell::from(agent.idle_ms),
            handled_today: OnceCell::from(agent.handled_today),
            missed_today: OnceCell::from(agent.missed_today),
            talk_ms_today: OnceCell::from(agent.talk_ms_today),
            occupancy: OnceCell::from(agent.occupancy),
            skills: RefCell::new(skills),
            last_day: RefCell::new(last_day),
            ..self
        }
    }

    /// The same question at another moment, with another chance.
    #[must_use]
    pub fn with_now_and_seed(self, now_ms: u64, seed: u64) -> Self {
        Self { now_ms: OnceCell::from(now_ms), seed: OnceCell::from(seed), ..self }
    }

    /// The same question under other settings.
    #[must_use]
    pub fn with_settings(self, settings: Settings) -> Self {
        Self { settings, ..self }
    }

    /// The time of the decision: milliseconds since 1970 (UTC). It stands still.
    #[must_use]
    pub fn now_ms(&self) -> u64 {
        *self.now_ms.get_or_init(host::now_ms)
    }

    /// The only source of chance: differs from decision to decision, and is the same on replay.
    #[must_use]
    pub fn seed(&self) -> u64 {
        *self.seed.get_or_init(host::seed)
    }

    /// Milliseconds since the agent's last call, offer or log-on.
    #[must_use]
    pub fn idle_ms(&self) -> u32 {
        *self.idle_ms.get_or_init(host::idle_ms)
    }

    /// Calls the agent has talked today.
    #[must_use]
    pub fn handled_today(&self) -> u32 {
        *self.handled_today.get_or_init(host::handled_today)
    }

    /// Offers to the agent today that ended without an answer.
    #[must_use]
    pub fn missed_today(&self) -> u32 {
        *self.missed_today.get_or_init(host::missed_today)
    }

    /// Milliseconds the agent has talked today, in calls that have ended.
    #[must_use]
    pub fn talk_ms_today(&self) -> u32 {
        *self.talk_ms_today.get_or_init(host::talk_ms_today)
    }

    /// Talk, ring and wrap-up as a share of the time logged on today, 0 to 1.
    #[must_use]
    pub fn occupancy(&self) -> f32 {
        *self.occupancy.get_or_init(host::occupancy)
    }

    /// How well the agent masters this skill, from 1 to 10. 0: he has not got it, or nobody has it.
    /// Capital and small letters differ. From the plan.
    #[must_use]
    pub fn skill_level(&self, name: &str) -> u8 {
        let mut skills = self.skills.borrow_mut();
        if let Some((_, level)) = skills.iter().find(|(its, _)| its == name) {
            return *level;
        }
        let level = host::skill_level(name);
        skills.push((name.to_owned(), level));
        level
    }

    /// What the agent has achieved on the last closed day by this indicator of the company, in the
    /// indicator's unit. `None`: he has no value, or the company has no indicator of this name.
    #[must_use]
    pub fn last_day(&self, indicator: &str) -> Option<f64> {
        let mut figures = self.last_day.borrow_mut();
        if let Some((_, figure)) = figures.iter().find(|(its, _)| its == indicator) {
            return *figure;
        }
        let figure = host::last_day(indicator);
        figures.push((indicator.to_owned(), figure));
        figure
    }

    /// The calls that he may take.
    #[must_use]
    pub fn calls(&self) -> &Calls {
        &self.calls
    }

    /// What the administrator chose.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}

/// Makes a [`Selection`] the plugin's own. Write it once, with the name of a type in scope.
///
/// It generates the functions that the host calls; on any other target than `wasm32` it generates
/// nothing.
#[macro_export]
macro_rules! export_selection {
    ($selection:ident) => {
        #[cfg(target_arch = "wasm32")]
        const _: () = {
            type Exported = $crate::selection::bindings::Exported<$selection>;
            $crate::selection::bindings::export_call_selection!(
                Exported with_types_in $crate::selection::bindings
            );
        };
    };
}

#[cfg(test)]
mod tests {
    use super::{Agent, Choice, Freed, Pick, Row};

    #[test]
    fn an_agent_who_is_written_down_answers_with_what_is_written() {
        let (skills, last_day) = (&[("billing", 7)], &[("per_hour", 7.5)]);
        let agent = Agent { handled_today: 4, skills, last_day, ..Agent::default() };
        let freed = Freed::of(&[]).with_agent(agent).with_now_and_seed(5, 9);
        assert_eq!((freed.handled_today(), freed.talk_ms_today()), (4, 0));
        assert_eq!((freed.skill_level("billing"), freed.skill_level("latin")), (7, 0));
        assert_eq!((freed.last_day("per_hour"), freed.last_day("asa")), (Some(7.5), None));
        assert_eq!((freed.now_ms(), freed.seed()), (5, 9));
    }

    #[test]
    fn a_pick_says_which_call_and_why() {
        let freed = Freed::of(&[Row::default(), Row::default()]);
        let pick = freed.calls().get(1).map(|call| Pick::take(call).because("it is old"));
        let expected = Pick { choice: Choice::Take(1), reason: Some("it is old".to_owned()) };
        assert_eq!(pick, Some(expected));
        assert_eq!(Pick::pass().choice, Choice::Pass);
    }
}
