//! Reads the plan from the store and puts it into the centre's words.

use std::collections::BTreeMap;

use acd::{GroupId, Time};
use control::ModeRow;
use store::{By, Tenant};

use crate::board::Names;
use crate::plugins::{Choices, Plugins, Tried};

/// Where plans come from. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct PlanSource {
    pub(crate) tenant: Tenant,
    pub(crate) plugins: Plugins,
}

/// A plan, ready to be put in force.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) plan: centre::Plan,
    pub(crate) names: Names,
    pub(crate) policies: Choices,
    pub(crate) trials: BTreeMap<GroupId, Tried>,
    /// The mode in force; when its time is over the plan is read again.
    pub(crate) mode: Option<ModeRow>,
}

impl PlanSource {
    /// An agent dialled a mode's code. A code that nobody has any more presses nothing.
    pub(crate) async fn press(&self, code: &str, who: &str, now: Time) -> Result<(), store::Error> {
        self.tenant.press_code(code, By { who, at_ms: now.0 }).await?;
        Ok(())
    }

    /// The plan as it is at a moment, with its plugins loaded. A mode whose time is over is
    /// returned from first, so that every plan in force has a version of its own.
    pub(crate) async fn load(&self, now: Time) -> Result<Loaded, store::Error> {
        let by = By { who: "Ladus", at_ms: now.0 };
        self.tenant.end_mode_due(by).await?;
        let plan = self.tenant.plan().await?;
        let mode = plan.mode_in_force(now.0).map(|(mode, pressed)| ModeRow {
            mode: mode.id,
            name: mode.name.clone(),
            since: Time(pressed.since_ms),
            until: pressed.until_ms.map(Time),
            who: pressed.who.clone(),
        });
        Ok(Loaded {
            names: Names {
                agents: plan.names(),
                groups: plan.groups.iter().map(|row| (row.id, row.name.clone())).collect(),
            },
            policies: self.plugins.chosen(&self.tenant, &plan).await,
            trials: self.plugins.tried(&self.tenant, &plan.groups).await,
            mode,
            plan: plan.centre(now.0),
        })
    }
}
