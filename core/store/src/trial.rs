//! A policy that a group tries out beside its own, before it decides for everybody.

use acd::GroupId;
use serde_json::{Value, json};

use crate::group::{change, one};
use crate::write::Write;
use crate::{By, Error, Fault, GroupPatch, RoutingPolicy, Settings, Tenant, policy};

/// Hundredths of the calls: none is no trial, and all of them are no trial either.
const SHARE: (u8, u8) = (1, 99);

/// Another policy beside a group's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// Never the built-in order: every other policy is compared with it anyway.
    pub policy: RoutingPolicy,
    /// Of that policy.
    pub settings: Settings,
    pub stage: Stage,
}

/// How far a trial has come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stage {
    /// It is asked and decides nothing: its answers are compared.
    Shadow,
    /// It decides for so many calls in a hundred, from 1 to 99.
    Share(u8),
}

impl Tenant {
    /// Lets several groups try a policy out, in place of what they have tried: one version of the
    /// plan, which is taken back as one.
    pub async fn give_trial(
        &self,
        groups: &[GroupId],
        trial: &Trial,
        by: By<'_>,
    ) -> Result<(), Error> {
        let mut write = Write::begin(self, by).await?;
        for group in groups {
            let trial = Some(Some(trial.clone()));
            change(&mut write, *group, GroupPatch { trial, ..GroupPatch::default() }).await?;
        }
        write.commit_plan().await?;
        Ok(())
    }

    /// What a group has tried out decides from now on.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when it tries nothing out.
    pub async fn promote_trial(&self, group: GroupId, by: By<'_>) -> Result<(), Error> {
        let mut write = Write::begin(self, by).await?;
        let Trial { policy, settings, .. } = under_way(&mut write, group).await?;
        let (policy, settings, trial) = (Some(policy), Some(settings), Some(None));
        let patch = GroupPatch { policy, settings, trial, ..GroupPatch::default() };
        change(&mut write, group, patch).await?;
        write.commit_plan().await?;
        Ok(())
    }

    /// A group tries nothing out any more: its own policy decides alone.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when it tries nothing out.
    pub async fn stop_trial(&self, group: GroupId, by: By<'_>) -> Result<(), Error> {
        let mut write = Write::begin(self, by).await?;
        under_way(&mut write, group).await?;
        let patch = GroupPatch { trial: Some(None), ..GroupPatch::default() };
        change(&mut write, group, patch).await?;
        write.commit_plan().await?;
        Ok(())
    }
}

async fn under_way(write: &mut Write<'_>, group: GroupId) -> Result<Trial, Error> {
    one(write, group).await?.trial.ok_or(Error::NotFound { what: "trial" })
}

impl Trial {
    pub(crate) fn trace(&self) -> Value {
        let mut trace = json!({ "policy": self.policy.word() });
        match self.stage {
            Stage::Shadow => trace["stage"] = "shadow".into(),
            Stage::Share(percent) => {
                trace["stage"] = "share".into();
                trace["share"] = percent.into();
            }
        }
        if !self.settings.is_empty() {
            trace["settings"] = policy::written(&self.settings).into();
        }
        trace
    }

    /// From a trace; `None` when it cannot be.
    pub(crate) fn of_trace(trace: &Value) -> Option<Trial> {
        let stage = match trace["stage"].as_str()? {
            "shadow" => Stage::Shadow,
            "share" => Stage::Share(u8::try_from(trace["share"].as_u64()?).ok()?),
            _ => return None,
        };
        Some(Trial {
            policy: RoutingPolicy::of_word(trace["policy"].as_str()?)?,
            settings: match trace.get("settings") {
                Some(settings) => policy::parsed(settings)?,
                None => Settings::new(),
            },
            stage,
        })
    }
}

/// A trial within bounds. One of what decides anyway is over.
pub(crate) fn checked(
    trial: Option<Trial>,
    policy: &RoutingPolicy,
    settings: &Settings,
) -> Result<Option<Trial>, Error> {
    let Some(trial) = trial else { return Ok(None) };
    if trial.policy == RoutingPolicy::BuiltIn {
        return Err(Error::invalid("policy", Fault::Unknown));
    }
    match trial.stage {
        Stage::Share(percent) if percent < SHARE.0 => {
            return Err(Error::invalid("share", Fault::TooSmall { min: SHARE.0.into() }));
        }
        Stage::Share(percent) if percent > SHARE.1 => {
            return Err(Error::invalid("share", Fault::TooLarge { max: SHARE.1.into() }));
        }
        Stage::Shadow | Stage::Share(_) => {}
    }
    let tried = policy::checked(trial.settings)?;
    let decides_anyway = trial.policy == *policy && tried == *settings;
    Ok((!decides_anyway).then_some(Trial { settings: tried, ..trial }))
}
