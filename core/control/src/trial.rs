//! Plugins on trial as web and switch speak of them.

use acd::{AgentId, CallId, GroupId, Time};

use crate::{PluginFailure, PluginState};

/// A plugin that a group tries out beside what decides for it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TrialRow {
    pub group: GroupId,
    /// How the journal names it: `fair-share@1.0.0`.
    pub label: String,
    pub stage: TrialStage,
    pub state: PluginState,
    pub last_failure: Option<PluginFailure>,
    /// Since the trial began, or since this process did.
    pub total: TrialTally,
    /// The last day, oldest first; an hour without a decision has no entry.
    pub hours: Vec<TrialHour>,
    /// The last few decisions that it would have taken otherwise, newest first.
    pub differences: Vec<TrialDifference>,
}

/// How far a trial has come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TrialStage {
    /// It is asked after each decision, and decides nothing.
    Shadow,
    /// It decides for so many calls in a hundred.
    Share(u8),
}

/// Decisions of a group, by what became of them in the trial.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct TrialTally {
    pub asked: u64,
    /// It chose what was decided.
    pub same: u64,
    /// It would have chosen otherwise.
    pub different: u64,
    /// It gave no usable answer.
    pub failed: u64,
    /// It was not asked.
    pub left: u64,
}

/// One hour of a trial.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct TrialHour {
    /// When the hour began.
    pub from: Time,
    pub tally: TrialTally,
}

/// A decision that the plugin on trial would have taken otherwise.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TrialDifference {
    pub at: Time,
    pub call: CallId,
    /// Whom the group's policy chose; `None`: it let the caller wait.
    pub decided: Option<AgentId>,
    /// The same of the plugin on trial.
    pub instead: Option<AgentId>,
    /// The plugin's own words.
    pub reason: Option<String>,
}
