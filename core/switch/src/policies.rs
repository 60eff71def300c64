//! Which policy decides for which group, and how the plugins among them do.

mod trials;

use std::collections::BTreeMap;
use std::sync::Arc;

use acd::{Freed, GroupId, Pick, Policy, Question, Reply};
use control::{
    FailureRow, LISTED_MAX, LastDay, PluginFailure, PluginRow, PluginState, Refused, SelectionRow,
};
use plugin_host::{FailedQuestion, Health, Plugin, RoutingPolicy as Seats, Suspension};

use self::trials::Trials;
use crate::plugins::{Choices, Chosen};
use crate::tape::{Taken, Tapes};

/// The policies of one centre.
#[derive(Debug, Default)]
pub(crate) struct Policies {
    seats: Seats,
    groups: Vec<GroupId>,
    /// Plugins that cannot be run: what they are called, and why not.
    missing: BTreeMap<GroupId, (String, String)>,
    /// The same of the plugin that chooses calls for freed agents.
    missing_selection: Option<(String, String)>,
    trials: Trials,
    /// What was decided last, whoever decided it.
    tapes: Tapes,
    /// What indicators came to on the last day that is closed.
    last_day: Option<Arc<LastDay>>,
}

impl Policies {
    /// The plan says which policy each group has; the next decision is its. Groups that are not
    /// named lose theirs; a group whose plugin and settings stay keeps the record of failures.
    pub(crate) fn choose(&mut self, choices: Choices) {
        let Choices { groups: chosen, selection } = choices;
        self.choose_selection(selection);
        for group in self.groups.iter().filter(|group| !chosen.contains_key(group)) {
            self.seats.set(*group, None);
        }
        self.groups = chosen.keys().copied().collect();
        self.tapes.keep(|group| chosen.contains_key(&group));
        self.missing.clear();
        for (group, chosen) in chosen {
            let plugin = match chosen {
                Chosen::BuiltIn => None,
                Chosen::Plugin(plugin) => Some(plugin),
                Chosen::Missing { label, why } => {
                    self.missing.insert(group, (label, why));
                    None
                }
            };
            self.seats.set(group, plugin);
        }
    }

    /// What indicators came to on the last day that is closed: for policies that go by it. A day
    /// that is older than the one known is not news.
    pub(crate) fn set_last_day(&mut self, day: Arc<LastDay>) {
        if self.last_day.as_ref().is_none_or(|known| known.day <= day.day) {
            self.last_day = Some(day);
        }
    }

    /// The group's last decisions, oldest first.
    pub(crate) fn taken(&self, group: GroupId) -> Vec<Arc<Taken>> {
        self.tapes.of(group)
    }

    fn choose_selection(&mut self, chosen: Chosen) {
        self.missing_selection = None;
        let plugin = match chosen {
            Chosen::BuiltIn => None,
            Chosen::Plugin(plugin) => Some(plugin),
            Chosen::Missing { label, why } => {
                self.missing_selection = Some((label, why));
                None
            }
        };
        self.seats.set_picker(plugin);
    }

    /// Gives the plugin another chance that chooses calls for freed agents.
    pub(crate) fn forgive_selection(&mut self) -> Result<(), Refused> {
        self.seats.picker().ok_or(Refused::NoPlugin)?;
        self.seats.forgive_picker();
        Ok(())
    }

    /// How the plugin does that chooses calls for freed agents.
    pub(crate) fn selection_row(&self) -> Option<SelectionRow> {
        if let Some((label, why)) = &self.missing_selection {
            return Some(SelectionRow {
                label: label.clone(),
                decisions: 0,
                failures: 0,
                failures_in_a_row: 0,
                last_failure: None,
                state: PluginState::Missing(why.clone()),
            });
        }
        let (plugin, health) = self.seats.picker()?;
        Some(SelectionRow {
            label: plugin.label(),
            decisions: health.decisions,
            failures: health.failures,
            failures_in_a_row: health.failures_in_a_row,
            last_failure: last_failure(health),
            state: state(health),
        })
    }

    /// Gives a group's plugin another chance, and the one on trial too.
    pub(crate) fn forgive(&mut self, group: GroupId) -> Result<(), Refused> {
        let tries = self.seats.trials().any(|(it, _)| it == group);
        if self.seats.health(group).is_none() && !tries {
            return Err(Refused::NoPlugin);
        }
        self.seats.forgive(group);
        Ok(())
    }

    /// Questions at which plugins failed, newest first.
    pub(crate) fn failure_rows(&self) -> Vec<FailureRow> {
        self.seats.failed().rev().map(|failed| failure_row(failed)).collect()
    }

    /// A question at which a plugin failed.
    pub(crate) fn failed(&self, id: u64) -> Result<Arc<FailedQuestion>, Refused> {
        self.seats.failed().find(|it| it.id == id).cloned().ok_or(Refused::NoSuchFailure)
    }

    /// How the plugins do: those in trouble first, at most [`LISTED_MAX`].
    pub(crate) fn rows(&self) -> Vec<PluginRow> {
        let missing = self.missing.iter().map(|(group, (label, why))| PluginRow {
            group: *group,
            label: label.clone(),
            decisions: 0,
            failures: 0,
            failures_in_a_row: 0,
            last_failure: None,
            state: PluginState::Missing(why.clone()),
        });
        let mut rows: Vec<PluginRow> = self.seats.seats().map(row).chain(missing).collect();
        rows.sort_by_key(|row| (row.state == PluginState::Active, row.group));
        rows.truncate(LISTED_MAX);
        rows
    }
}

fn row((group, plugin, health): (GroupId, &Plugin, &Health)) -> PluginRow {
    PluginRow {
        group,
        label: plugin.label(),
        decisions: health.decisions,
        failures: health.failures,
        failures_in_a_row: health.failures_in_a_row,
        last_failure: last_failure(health),
        state: state(health),
    }
}

fn failure_row(failed: &FailedQuestion) -> FailureRow {
    FailureRow {
        id: failed.id,
        at: failed.question.now,
        group: failed.question.group,
        call: failed.question.call,
        label: failed.label.clone(),
        words: failed.failure.to_string(),
    }
}

fn last_failure(health: &Health) -> Option<PluginFailure> {
    let words = health.last_failure.as_ref()?.to_string();
    Some(PluginFailure { at: health.last_failed?, words, backtrace: health.last_backtrace.clone() })
}

fn state(health: &Health) -> PluginState {
    match health.suspension {
        None => PluginState::Active,
        Some(Suspension::InARow) => PluginState::FailedInARow,
        Some(Suspension::TooMany) => PluginState::FailedTooOften,
    }
}

impl Policy for Policies {
    fn choose(&mut self, question: &Question<'_>) -> Reply {
        let reply = self.seats.choose(question);
        self.tapes.note(question, &reply);
        reply
    }

    fn looks_at(&self, group: GroupId) -> usize {
        self.seats.looks_at(group)
    }

    fn picks(&self) -> bool {
        self.seats.picks()
    }

    fn freed(&mut self, freed: &Freed<'_>) -> Option<Pick> {
        self.seats.freed(freed)
    }
}
