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
    /// People as their colleagues' phones show them.
    pub colleagues: BTreeMap<AgentId, Colleague>,
    /// What colleagues dial → whose phone rings. A group's number of the same digits comes first.
    pub extensions: BTreeMap<String, AgentId>,
    /// Our own phones may call the outside, by the first trunk.
    pub outside_calls: bool,
    /// Credentials, trunks and realm. What a trunk tells in its header is a call's priority, from
    /// -100 to 100.
    pub access: sip::Access,
    /// What the called phone shows beside the caller's number.
    pub group_names: BTreeMap<GroupId, String>,
    /// In which language callers of a group are spoken to: two small letters, for example `et`.
    pub group_languages: BTreeMap<GroupId, String>,
    /// What is dialled on an agent's phone to press a mode, for example `*41`, and the mode's id.
    pub mode_codes: BTreeMap<String, u64>,
    /// Groups whose calls are recorded.
    pub recorded: BTreeSet<GroupId>,
}

/// A person of the company.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Colleague {
    pub name: String,
    pub extension: Option<String>,
}
