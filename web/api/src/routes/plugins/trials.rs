//! Plugins that groups try out, and how they do.

use control::{TrialDifference, TrialHour, TrialRow, TrialStage, TrialTally};
use serde::Serialize;
use utoipa::ToSchema;

use super::{PluginFailure, state};

/// A plugin on trial for a group.
#[derive(Serialize, ToSchema)]
pub(crate) struct TrialAtWork {
    group: u64,
    label: String,
    /// `shadow`: it decides nothing; `share`: it decides for a share of the calls.
    stage: &'static str,
    /// Hundredths of the calls.
    #[schema(required)]
    share: Option<u8>,
    #[schema(required)]
    last_failure: Option<PluginFailure>,
    /// `active`, `failed_in_a_row`, `failed_too_often`, `missing`. In all but the first the group's
    /// own policy decides alone.
    state: &'static str,
    /// Why it is missing.
    #[schema(required)]
    why: Option<String>,
    /// Since the trial began, or since the server did.
    total: Tally,
    /// The last day, oldest first; an hour without a decision has no entry.
    hours: Vec<Hour>,
    /// The last decisions that it would have taken otherwise, newest first.
    differences: Vec<Difference>,
}

/// Decisions of the group, by what became of them in the trial.
#[derive(Serialize, ToSchema)]
#[schema(as = TrialTally)]
struct Tally {
    asked: u64,
    /// It chose what was decided.
    same: u64,
    /// It would have chosen otherwise.
    different: u64,
    /// It gave no usable answer.
    failed: u64,
    /// It was not asked: the call was not of its share, it is suspended, or the server was busy.
    left: u64,
}

#[derive(Serialize, ToSchema)]
#[schema(as = TrialHour)]
struct Hour {
    from_ms: u64,
    #[serde(flatten)]
    tally: Tally,
}

#[derive(Serialize, ToSchema)]
#[schema(as = TrialDifference)]
struct Difference {
    at_ms: u64,
    call: u64,
    /// Whom the group's policy chose; null: it let the caller wait.
    #[schema(required)]
    decided: Option<u64>,
    /// The same of the plugin on trial.
    #[schema(required)]
    instead: Option<u64>,
    /// The plugin's own words.
    #[schema(required)]
    reason: Option<String>,
}

impl TrialAtWork {
    pub(crate) fn of(row: &TrialRow) -> TrialAtWork {
        let (state, why) = state(&row.state);
        let (stage, share) = match row.stage {
            TrialStage::Shadow => ("shadow", None),
            TrialStage::Share(percent) => ("share", Some(percent)),
        };
        let hour = |it: &TrialHour| Hour { from_ms: it.from.0, tally: Tally::of(it.tally) };
        TrialAtWork {
            group: row.group.0,
            label: row.label.clone(),
            stage,
            share,
            last_failure: row.last_failure.as_ref().map(PluginFailure::of),
            state,
            why,
            total: Tally::of(row.total),
            hours: row.hours.iter().map(hour).collect(),
            differences: row.differences.iter().map(Difference::of).collect(),
        }
    }
}

impl Tally {
    fn of(TrialTally { asked, same, different, failed, left }: TrialTally) -> Tally {
        Tally { asked, same, different, failed, left }
    }
}

impl Difference {
    fn of(it: &TrialDifference) -> Difference {
        Difference {
            at_ms: it.at.0,
            call: it.call.0,
            decided: it.decided.map(|agent| agent.0),
            instead: it.instead.map(|agent| agent.0),
            reason: it.reason.clone(),
        }
    }
}
