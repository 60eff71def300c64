//! The engine's side: a policy for each group, and the built-in order when it fails.

use std::collections::BTreeMap;

use acd::{BuiltIn, CANDIDATES_MAX, Choice, GroupId, Policy, Question, Reply, Verdict};

use crate::Plugin;
use crate::limits::FAILURES_MAX;
use crate::routing::v1::Answer;
use crate::run::{Failure, Level, Line, Run};

/// Asks the plugin of the call's group. A group without a plugin has the built-in order, and so
/// has a decision in which the plugin fails: the call never waits for a repair.
#[derive(Debug, Default)]
pub struct RoutingPolicy {
    groups: BTreeMap<GroupId, Seat>,
}

/// A plugin at work for one group.
#[derive(Debug)]
struct Seat {
    plugin: Plugin,
    label: String,
    health: Health,
}

/// How a plugin does in one group.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Health {
    /// Decisions the plugin was asked for.
    pub decisions: u64,
    /// How many of them failed.
    pub failures: u64,
    /// How many of the last ones failed without a success between.
    pub failures_in_a_row: u32,
    /// The last failure.
    pub last_failure: Option<Failure>,
}

impl Health {
    /// Whether the plugin is no longer asked, until it is set anew.
    pub fn suspended(&self) -> bool {
        self.failures_in_a_row >= FAILURES_MAX
    }
}

impl RoutingPolicy {
    /// The built-in order everywhere.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives a group a plugin, or with `None` the built-in order. Setting the plugin that is there
    /// already, with the settings that it has, changes nothing, unless it is suspended: then it
    /// gets another chance.
    pub fn set(&mut self, group: GroupId, plugin: Option<Plugin>) {
        let Some(plugin) = plugin else {
            self.groups.remove(&group);
            return;
        };
        let stays = self.groups.get(&group).is_some_and(|seat| {
            let same = seat.plugin.sha256() == plugin.sha256()
                && seat.plugin.settings() == plugin.settings();
            same && !seat.health.suspended()
        });
        if !stays {
            let label = plugin.label();
            self.groups.insert(group, Seat { plugin, label, health: Health::default() });
        }
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
}

impl Seat {
    fn choose(&mut self, question: &Question<'_>) -> Reply {
        let policy = self.label.clone();
        if self.health.suspended() {
            let why = format!("suspended after {FAILURES_MAX} failures in a row");
            let verdict = Verdict { policy, fallback: Some(why), ..Verdict::default() };
            return Reply { choice: Choice::Ring(0), verdict };
        }
        let Run { outcome, micros, fuel, log } = self.plugin.decide(question);
        tell(&self.label, question, &log);
        self.health.decisions += 1;
        let verdict = Verdict { policy, micros, fuel, ..Verdict::default() };
        match outcome {
            Ok(Answer { choice, reason }) => {
                self.health.failures_in_a_row = 0;
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
        self.health.failures += 1;
        self.health.failures_in_a_row += 1;
        self.health.last_failure = Some(failure);
        if self.health.suspended() {
            tracing::error!(%plugin, group, "a routing plugin is suspended for a group");
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
