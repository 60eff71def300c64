//! What a group tries out.

use std::collections::BTreeMap;

use serde::Serialize;
use store::{Stage, Trial};
use utoipa::ToSchema;

use crate::card::Given;

/// A policy that is tried out beside the group's own.
#[derive(Serialize, ToSchema)]
#[schema(as = GroupTrial)]
pub(crate) struct TrialOut {
    /// The name of a stock policy, or the word of an uploaded version.
    policy: String,
    /// What was chosen in the policy's form; what is not named is as on its card.
    settings: BTreeMap<String, Given>,
    /// `shadow`: it decides nothing; `share`: it decides for a share of the calls.
    stage: &'static str,
    /// Hundredths of the calls.
    #[schema(required)]
    share: Option<u8>,
}

impl TrialOut {
    pub(super) fn of(trial: Trial) -> TrialOut {
        let (stage, share) = match trial.stage {
            Stage::Shadow => ("shadow", None),
            Stage::Share(percent) => ("share", Some(percent)),
        };
        let settings = trial.settings.into_iter();
        TrialOut {
            policy: trial.policy.word(),
            settings: settings.map(|(id, setting)| (id, Given::of_store(setting))).collect(),
            stage,
            share,
        }
    }
}
