//! Routing plugins: the stock, and what the company has uploaded.

pub(crate) mod add;
pub(crate) mod days;
pub(crate) mod decisions;
pub(crate) mod failure_case;
pub(crate) mod file;
pub(crate) mod give;
pub(crate) mod list;
mod lived;
pub(crate) mod remove;
pub(crate) mod replay;
pub(crate) mod selection;
mod trials;

use control::{FailureRow, PluginRow, PluginState};
use serde::Serialize;
use store::{PluginVersion, RoutingPolicy, Selection};
use utoipa::ToSchema;

pub(crate) use self::trials::TrialAtWork;
use crate::card::Card;

/// An uploaded version of a plugin.
#[derive(Serialize, ToSchema)]
pub(crate) struct PluginVersionOut {
    id: u64,
    /// The word for a group's `policy`.
    policy: String,
    /// How the journal names it: `fair-share@1.0.0`.
    label: String,
    sha256: String,
    bytes: u64,
    card: Card,
    /// The facts it may read; it can reach nothing else.
    reads: Vec<String>,
    who: String,
    at_ms: u64,
    /// Its file is gone; the row stays for plans that name it.
    removed: bool,
    /// Groups that have it.
    groups: Vec<u64>,
    /// Freed agents are given calls by it.
    selects: bool,
    /// Groups that try it out.
    trials: Vec<u64>,
}

/// A plugin at work for a group.
#[derive(Serialize, ToSchema)]
pub(crate) struct PluginAtWork {
    group: u64,
    label: String,
    decisions: u64,
    failures: u64,
    failures_in_a_row: u32,
    #[schema(required)]
    last_failure: Option<PluginFailure>,
    /// `active`, `failed_in_a_row`, `failed_too_often`, `missing`. In all but the first the
    /// built-in order decides.
    state: &'static str,
    /// Why it is missing.
    #[schema(required)]
    why: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct PluginFailure {
    at_ms: u64,
    words: String,
    /// Where in the plugin it was: names of functions, the innermost first. Empty when unknown.
    backtrace: Vec<String>,
}

/// A question at which a plugin of a group failed; it can be downloaded as a test case.
#[derive(Serialize, ToSchema)]
#[schema(as = FailureKept)]
pub(crate) struct FailureOut {
    id: u64,
    at_ms: u64,
    group: u64,
    call: u64,
    label: String,
    words: String,
}

impl PluginVersionOut {
    pub(super) fn of(
        row: PluginVersion,
        groups: &[store::Group],
        selection: &Selection,
    ) -> PluginVersionOut {
        let policy = RoutingPolicy::Uploaded(row.id);
        let used = groups.iter().filter(|group| group.policy == policy).map(|group| group.id.0);
        PluginVersionOut {
            id: row.id.0,
            selects: selection.policy == policy,
            trials: trying(&policy.word(), groups),
            policy: policy.word(),
            label: row.label(),
            card: Card::of_store(&row.name, &row.version, &row.card),
            sha256: row.sha256,
            bytes: row.bytes,
            reads: row.reads,
            who: row.who,
            at_ms: row.at_ms,
            removed: row.removed,
            groups: used.collect(),
        }
    }
}

impl PluginAtWork {
    pub(crate) fn of(row: &PluginRow) -> PluginAtWork {
        let (state, why) = state(&row.state);
        PluginAtWork {
            group: row.group.0,
            label: row.label.clone(),
            decisions: row.decisions,
            failures: row.failures,
            failures_in_a_row: row.failures_in_a_row,
            last_failure: row.last_failure.as_ref().map(PluginFailure::of),
            state,
            why,
        }
    }
}

impl FailureOut {
    pub(crate) fn of(row: &FailureRow) -> FailureOut {
        let FailureRow { id, at, group, call, label, words } = row.clone();
        FailureOut { id, at_ms: at.0, group: group.0, call: call.0, label, words }
    }
}

impl PluginFailure {
    fn of(failure: &control::PluginFailure) -> PluginFailure {
        let control::PluginFailure { at, words, backtrace } = failure.clone();
        PluginFailure { at_ms: at.0, words, backtrace }
    }
}

/// The word for a state, and why a plugin is missing.
fn state(state: &PluginState) -> (&'static str, Option<String>) {
    match state {
        PluginState::Active => ("active", None),
        PluginState::FailedInARow => ("failed_in_a_row", None),
        PluginState::FailedTooOften => ("failed_too_often", None),
        PluginState::Missing(why) => ("missing", Some(why.clone())),
    }
}

/// The groups that try the policy of this word out.
fn trying(policy: &str, groups: &[store::Group]) -> Vec<u64> {
    let tries = |group: &&store::Group| {
        group.trial.as_ref().is_some_and(|trial| trial.policy.word() == policy)
    };
    groups.iter().filter(tries).map(|group| group.id.0).collect()
}
