//! The engine's side: a policy for each group, and the built-in order when it fails.

use std::collections::BTreeMap;
use std::sync::Arc;

use acd::{BuiltIn, CANDIDATES_MAX, Freed, GroupId, Pick, Policy, Question, Reply};

use crate::failures::Failures;
use crate::picker::Picker;
use crate::seat::Seat;
use crate::shadows::{Answered, Shadows};
use crate::trial::{OnTrial, Stage, Trial};
use crate::{FailedQuestion, Health, Plugin};

/// Asks the plugin of the call's group. A group without a plugin has the built-in order, and so
/// has a decision in which the plugin fails: the call never waits for a repair.
#[derive(Debug, Default)]
pub struct RoutingPolicy {
    groups: BTreeMap<GroupId, Seat>,
    picker: Option<Picker>,
    trials: BTreeMap<GroupId, OnTrial>,
    /// Begins with the first shadow.
    shadows: Option<Shadows>,
    /// How many trials have begun.
    begun: u64,
    failures: Failures,
}

impl RoutingPolicy {
    /// The built-in order everywhere.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives a group a plugin, or with `None` the built-in order. Setting the same plugin with the
    /// same settings changes nothing; anything else begins with a clean record, and so does what
    /// is on trial beside it.
    pub fn set(&mut self, group: GroupId, plugin: Option<Plugin>) {
        let before = self.groups.get(&group);
        match plugin {
            Some(plugin) if before.is_some_and(|seat| seat.plugin.is_as(&plugin)) => return,
            Some(plugin) => drop(self.groups.insert(group, Seat::new(plugin))),
            None if before.is_none() => return,
            None => drop(self.groups.remove(&group)),
        }
        if let Some(trial) = self.trials.get_mut(&group) {
            self.begun += 1;
            trial.begin_anew(self.begun);
        }
    }

    /// Lets a group try a plugin out, or with `None` nothing. The same plugin with the same
    /// settings and stage goes on with its record.
    pub fn set_trial(&mut self, group: GroupId, trial: Option<Trial>) {
        let Some(trial) = trial else {
            self.trials.remove(&group);
            return;
        };
        if self.trials.get(&group).is_some_and(|it| it.is_as(&trial)) {
            return;
        }
        if trial.stage == Stage::Shadow && self.shadows.is_none() {
            match Shadows::new() {
                Ok(shadows) => self.shadows = Some(shadows),
                Err(error) => tracing::error!(%error, "shadows cannot be asked"),
            }
        }
        self.begun += 1;
        self.trials.insert(group, OnTrial::new(trial, self.begun));
    }

    /// Gives the group's plugin another chance, with a clean record, and the one on trial too.
    pub fn forgive(&mut self, group: GroupId) {
        if let Some(seat) = self.groups.get_mut(&group) {
            seat.health = Health::default();
        }
        if let Some(trial) = self.trials.get_mut(&group) {
            trial.forgive();
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

    /// The plugins on trial, with every answer that shadows have given by now.
    pub fn trials(&mut self) -> impl Iterator<Item = (GroupId, &OnTrial)> {
        self.hear();
        self.trials.iter().map(|(group, trial)| (*group, trial))
    }

    /// The last questions at which a plugin of a group failed, deciding or on trial, oldest first:
    /// at most [`crate::FAILED_QUESTIONS_MAX`].
    pub fn failed(&self) -> impl DoubleEndedIterator<Item = &Arc<FailedQuestion>> {
        self.failures.iter()
    }

    /// Waits until every shadow that was asked has answered, a hundredth of a second for each at
    /// most.
    pub fn settle(&mut self) {
        while let Some(answered) = self.shadows.as_mut().and_then(Shadows::awaited) {
            self.take(answered);
        }
    }

    /// Counts the answers of shadows that are there.
    fn hear(&mut self) {
        while let Some(answered) = self.shadows.as_mut().and_then(Shadows::answered) {
            self.take(answered);
        }
    }

    fn take(&mut self, answered: Answered) {
        if let Some(trial) = self.trials.get_mut(&answered.asked.kept.group) {
            trial.take(answered, &mut self.failures);
        }
    }
}

impl Policy for RoutingPolicy {
    fn choose(&mut self, question: &Question<'_>) -> Reply {
        self.hear();
        let (mut trial, failures) = (self.trials.get_mut(&question.group), &mut self.failures);
        if let Some(reply) = trial.as_mut().and_then(|trial| trial.decide(question, failures)) {
            return reply;
        }
        let reply = match self.groups.get_mut(&question.group) {
            Some(seat) => seat.choose(question, failures),
            None => BuiltIn.choose(question),
        };
        if let Some(trial) = trial {
            trial.compare(question, reply.choice, self.shadows.as_mut());
        }
        reply
    }

    fn looks_at(&self, group: GroupId) -> usize {
        let plugin = self.groups.contains_key(&group) || self.trials.contains_key(&group);
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
