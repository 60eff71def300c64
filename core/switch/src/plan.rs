//! Reads the plan from the store and puts it into the centre's words.

use std::collections::BTreeMap;

use acd::GroupId;
use store::{RoutingPolicy, Tenant};

use crate::board::Names;

/// Where plans come from. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct PlanSource {
    pub(crate) tenant: Tenant,
}

/// A plan, ready to be put in force.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) plan: centre::Plan,
    pub(crate) names: Names,
    pub(crate) policies: BTreeMap<GroupId, RoutingPolicy>,
}

impl PlanSource {
    pub(crate) async fn load(&self) -> Result<Loaded, store::Error> {
        let plan = self.tenant.plan().await?;
        Ok(Loaded {
            names: Names {
                agents: plan.names(),
                groups: plan.groups.iter().map(|row| (row.id, row.name.clone())).collect(),
            },
            policies: plan.groups.iter().map(|row| (row.id, row.policy)).collect(),
            plan: plan.centre(),
        })
    }
}
