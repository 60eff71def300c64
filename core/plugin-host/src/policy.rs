//! The engine's side: a policy for each group, and the built-in order when it fails.

use std::collections::BTreeMap;

use acd::{
    BuiltIn, CANDIDATES_MAX, Choice, Freed, GroupId, Pick, Policy, Question, Reply, Verdict,
};

use crate::picker::Picker;
use crate::routing::v1::Answer;
use crate::run::{Failure, Level, Line, Run};
use crate::{Health, Plugin};

/// Asks the plugin of the call's group. A group without a plugin has the built-in order, and so
/// has a decision in which the plugin fails: the call never waits for a repair.
#[derive(Debug, Default)]
pub struct RoutingPolicy {
    groups: BTreeMap<GroupId, Seat>,
    picker: Option<Picker>,
}

/// A plugin at work for one group.
#[derive(Debug)]
struct Seat {
    plugin: Plugin,
    label: String,
    health: Health,
}

impl RoutingPolicy {
    /// The built-in order everywhere.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives a group a plugin, or with `None` the built-in order. Setting the same plugin with the
    /// same settings changes nothing; anything else begins with a clean record.
    pub fn set(&mut self, group: GroupId, plugin: Option<Plugin>) {
        let Some(plugin) = plugin else {
            self.groups.remove(&group);
            return;
        };
        if self.groups.get(&group).is_none_or(|seat| !seat.plugin.is_as(&plugin)) {
            let label = plugin.label();
            self.groups.insert(group, Seat { plugin, label, health: Health::default() });
        }
    }

    /// Gives the group's plugin another chance, with a clean record.
    pub fn forgive(&mut self, group: GroupId) {
        if let Some(seat) = self.groups.get_mut(&group) {
            seat.health = Health::default();
        }
    }

    /// Gives the whole company a plugin that chooses calls for freed agents, or with `None` the
    /// order of their groups. The same plugin with the same settings keeps its record.
    pub fn set_picker(&mut self, plugin: Option<Plugin>) {
        let Some(plugin) = plugin else {
            self.picker = None;
            return;
        };
        if self.picker.as_ref().is_none_or(|picker| !picker.plugin.is_as(&plugin)) {
            self.picker = Some(Picker::new(plugin));
        }
    }

    /// Gives the plugin that chooses calls another chance, with a clean record.
    pub fn forgive_picker(&mut self) {
        if let Some(picker) = &mut self.picker {
            picker.health = Health::default();
        }
    }

    /// The plugin that chooses calls for freed agents, and how it does.
    pub fn picker(&self) -> Option<(&Plugin, &Health)> {
        self.picker.as_ref().map(|picker| (&picker.plugin, &picker.health))
    }

    /// The plugins at work.
    pub fn seats(&self) -> impl Iterator<Item = (GroupId, &Plugin, &Health)> {
        self.groups.iter().map(|(group, seat)| (*group, &seat.plugin, &seat.health))
    }

    /// How the group's plugin does, if it has one.
    pub fn health(&self, group: GroupId) -> Option<&Health> {
        self.groups.get(&group).map(|seat| &seat.health)
    }
}

impl Policy for RoutingPolicy {
    fn choose(&mut self, question: &Question<'_>) -> Reply {
        match self.groups.get_mut(&question.group) {
            Some(seat) => seat.choose(question),
            None => BuiltIn.choose(question),
        }
    }

    fn looks_at(&self, group: GroupId) -> usize {
        let plugin = self.groups.contains_key(&group);
        if plugin { CANDIDATES_MAX } else { BuiltIn.looks_at(group) }
    }

    fn picks(&self) -> bool {
        self.picker.as_ref().is_some_and(|picker| !picker.health.suspended())
    }

    fn freed(&mut self, freed: &Freed<'_>) -> Option<Pick> {
        // It may have been suspended within this very event.
        self.picker.as_mut().filter(|picker| !picker.health.suspended())?.pick(freed)
    }
}

impl Seat {
    fn choose(&mut self, question: &Question<'_>) -> Reply {
        let policy = self.label.clone();
        if let Some(why) = self.health.suspension {
            let fallback = Some(why.to_string());
            let verdict = Verdict { policy, fallback, ..Verdict::default() };
            return Reply { choice: Choice::Ring(0), verdict };
        }
        let Run { outcome, micros, fuel, log } = self.plugin.decide(question);
        tell(&self.label, question, &log);
        let verdict = Verdict { policy, micros, fuel, ..Verdict::default() };
        match outcome {
            Ok(Answer { choice, reason }) => {
                self.health.count(question.now, None);
                Reply { choice, verdict: Verdict { reason, ..verdict } }
            }
            Err(failure) => {
                let fallback = Some(failure.to_string());
                self.failed(question, failure);
                Reply { choice: Choice::Ring(0), verdict: Verdict { fallback, ..verdict } }
            }
        }
    }

    fn failed(&mut self, question: &Question<'_>, failure: Failure) {
        let (plugin, group) = (&self.label, question.group.0);
        tracing::warn!(%plugin, group, call = question.call.0, %failure, "a routing plugin failed");
        if failure == Failure::Busy {
            return;
        }
        self.health.count(question.now, Some(failure));
        if let Some(why) = self.health.suspension {
            tracing::error!(%plugin, group, %why, "a routing plugin is no longer asked for a group");
        }
    }
}

/// The plugin's own words, at levels where they cannot drown ours.
fn tell(plugin: &str, question: &Question<'_>, log: &[Line]) {
    let call = question.call.0;
    for Line { level, text } in log {
        match level {
            Level::Debug => tracing::trace!(%plugin, call, "{text}"),
            Level::Info | Level::Warn => tracing::debug!(%plugin, call, ?level, "{text}"),
        }
    }
}
