//! What the administrator decides, as the engine sees it.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::{AgentId, GroupId};

/// Everything the administrator decides about distribution. A new one replaces the old one whole.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Plan {
    /// Grows with every change; facts carry it.
    pub version: u64,
    /// Every group there is.
    pub groups: BTreeMap<GroupId, GroupPlan>,
    /// Every agent there is, with the groups he serves.
    pub agents: BTreeMap<AgentId, AgentPlan>,
}

/// One group's settings.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct GroupPlan {
    /// How long an agent's phone rings before the call goes back in line.
    pub ring: Duration,
    /// How long an agent rests after a call of this group.
    pub wrap_up: Duration,
    /// Calls beyond this many waiting are refused as `full`; zero closes the group. Callers whose
    /// offer rings are not counted, and one whose offer failed comes back into line even if full.
    pub waiting_max: u32,
}

/// One agent's settings.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct AgentPlan {
    /// The groups this agent serves; at most one entry per group.
    pub memberships: Vec<Membership>,
}

/// One agent's place in one group.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Membership {
    /// The group served.
    pub group: GroupId,
    /// Lower comes first: calls of order 1 are taken before calls of order 2.
    pub order: u16,
    /// The membership counts only for callers who have waited this long.
    pub delay: Duration,
}
