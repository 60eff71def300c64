//! What the administrator decides, as the whole centre sees it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use acd::{AgentId, GroupId};

/// The whole plan. A new one replaces the old one; live calls keep what they started with.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Groups, agents and memberships; carries the version.
    pub acd: Arc<acd::Plan>,
    /// Which group a dialled number belongs to.
    pub numbers: BTreeMap<String, GroupId>,
    /// SIP user name → whose phone it is.
    pub devices: BTreeMap<String, AgentId>,
    /// Credentials, trunks and realm.
    pub access: sip::Access,
    /// What the called phone shows beside the caller's number.
    pub group_names: BTreeMap<GroupId, String>,
    /// Groups whose calls are recorded.
    pub recorded: BTreeSet<GroupId>,
}
