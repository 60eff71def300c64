//! Which plugins groups try out, and how these do.

use std::collections::BTreeMap;

use acd::{GroupId, Time};
use control::{
    PluginState, TRIALS_LISTED_MAX, TrialDifference, TrialHour, TrialRow, TrialStage, TrialTally,
};
use plugin_host::{Difference, OnTrial, Record, Stage, Tally, Trial};

use super::{Policies, last_failure, state};
use crate::plugins::{Chosen, Tried};

const HOUR_MS: u64 = 3_600_000;

/// What the plan says of trials.
#[derive(Debug, Default)]
pub(super) struct Trials {
    groups: Vec<GroupId>,
    /// Plugins that cannot be run, with a row that says so: the groups' policies decide alone.
    missing: Vec<TrialRow>,
}

impl Policies {
    /// The plan says what each group tries out. Groups that are not named try nothing out any
    /// more; a trial that stays goes on with its record.
    pub(crate) fn try_out(&mut self, tried: BTreeMap<GroupId, Tried>) {
        for group in self.trials.groups.iter().filter(|group| !tried.contains_key(group)) {
            self.seats.set_trial(*group, None);
        }
        self.trials.groups = tried.keys().copied().collect();
        self.trials.missing.clear();
        for (group, Tried { plugin, stage }) in tried {
            let plugin = match plugin {
                Chosen::BuiltIn => None,
                Chosen::Plugin(plugin) => Some(plugin),
                Chosen::Missing { label, why } => {
                    self.trials.missing.push(missing(group, label, why, stage));
                    None
                }
            };
            self.seats.set_trial(group, plugin.map(|plugin| Trial { plugin, stage }));
        }
    }

    /// How the plugins on trial do: those in trouble first, at most [`TRIALS_LISTED_MAX`].
    pub(crate) fn trial_rows(&mut self) -> Vec<TrialRow> {
        let missing = self.trials.missing.iter().cloned();
        let mut rows: Vec<TrialRow> = self.seats.trials().map(row).chain(missing).collect();
        rows.sort_by_key(|row| (row.state == PluginState::Active, row.group));
        rows.truncate(TRIALS_LISTED_MAX);
        rows
    }
}

fn row((group, trial): (GroupId, &OnTrial)) -> TrialRow {
    let Record { total, hours, differences } = trial.record();
    let hour = |it: &plugin_host::Hour| TrialHour {
        from: Time(it.hour * HOUR_MS),
        tally: tally(it.tally),
    };
    TrialRow {
        group,
        label: trial.plugin().label(),
        stage: told(trial.stage()),
        state: state(trial.health()),
        last_failure: last_failure(trial.health()),
        total: tally(*total),
        hours: hours.iter().map(hour).collect(),
        differences: differences.iter().rev().map(difference).collect(),
    }
}

fn missing(group: GroupId, label: String, why: String, stage: Stage) -> TrialRow {
    TrialRow {
        group,
        label,
        stage: told(stage),
        state: PluginState::Missing(why),
        last_failure: None,
        total: TrialTally::default(),
        hours: Vec::new(),
        differences: Vec::new(),
    }
}

fn told(stage: Stage) -> TrialStage {
    match stage {
        Stage::Shadow => TrialStage::Shadow,
        Stage::Share(percent) => TrialStage::Share(percent),
    }
}

fn tally(Tally { asked, same, different, failed, left }: Tally) -> TrialTally {
    TrialTally { asked, same, different, failed, left }
}

fn difference(it: &Difference) -> TrialDifference {
    let Difference { at, call, decided, instead, reason } = it.clone();
    TrialDifference { at, call, decided, instead, reason }
}
