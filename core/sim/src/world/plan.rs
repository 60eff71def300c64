//! What the administrator has written down, beyond what the timeline language says.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use acd::{AgentId, GroupId};
use centre::{Colleague, Plan};
use sip::{Access, Trunk, User};

use super::TRUNK;
use crate::timeline::{Names, Scene};

const REALM: &str = "ladus.test";
/// Everybody's.
pub(super) const PASSWORD: &str = "secret";

/// The plan on paper.
#[derive(Clone, Debug, Default)]
pub(super) struct Paper {
    /// Groups, agents, their names and what is to be told.
    pub(super) scene: Scene,
    /// Numbers that belong to another group than usual.
    pub(super) moved: BTreeMap<String, GroupId>,
    /// Agents without credentials.
    pub(super) without: BTreeSet<String>,
    /// SIP users that belong to somebody else than the agent of that name.
    pub(super) given: BTreeMap<String, AgentId>,
    pub(super) unrecorded: BTreeSet<GroupId>,
    pub(super) without_trunk: bool,
    /// Agents' phones may call the outside.
    pub(super) outside_calls: bool,
    /// Grows with every change.
    version: u64,
}

impl Paper {
    /// The plan as it stands now, newer than any before.
    pub(super) fn publish(&mut self) -> Arc<Plan> {
        self.version += 1;
        let Scene { names, plan, .. } = &self.scene;
        let acd = acd::Plan { version: self.version, ..plan.clone() };
        let mut numbers: BTreeMap<String, GroupId> =
            acd.groups.keys().map(|group| (number_of(*group), *group)).collect();
        numbers.extend(self.moved.clone());
        let agents = || acd.agents.keys().map(|agent| (*agent, names.agent(*agent)));
        let colleague = |(agent, name)| {
            let extension = Some(extension_of(agent));
            (agent, Colleague { name, extension })
        };
        let colleagues = agents().map(colleague).collect();
        let extensions = agents().map(|(agent, _)| (extension_of(agent), agent)).collect();
        let groups: Vec<GroupId> = acd.groups.keys().copied().collect();
        Arc::new(Plan {
            numbers,
            devices: self.devices(names),
            colleagues,
            extensions,
            outside_calls: self.outside_calls,
            access: self.access(names),
            group_names: groups.iter().map(|group| (*group, names.group(*group))).collect(),
            recorded: groups.into_iter().filter(|it| !self.unrecorded.contains(it)).collect(),
            mode_codes: BTreeMap::from([("*41".to_owned(), 1)]),
            acd: Arc::new(acd),
            ..Plan::default()
        })
    }

    /// The user name of an agent's phone is the agent's name.
    fn devices(&self, names: &Names) -> BTreeMap<String, AgentId> {
        let agents = self.scene.plan.agents.keys();
        let own = agents.map(|agent| (names.agent(*agent), *agent));
        let all = own.chain(self.given.clone());
        all.filter(|(user, _)| !self.without.contains(user)).collect()
    }

    fn access(&self, names: &Names) -> Access {
        let users = self.devices(names).into_keys().map(|user| {
            let (ha1_md5, ha1_sha256) = sip::auth::ha1(&user, REALM, PASSWORD);
            (user, User { ha1_md5, ha1_sha256 })
        });
        let trunk = Trunk {
            name: "trunk".to_owned(),
            address: TRUNK.into(),
            port: None,
            told_header: Some("X-Priority".to_owned()),
        };
        Access {
            realm: REALM.to_owned(),
            users: users.collect(),
            trunks: Vec::from_iter((!self.without_trunk).then_some(trunk)),
            is_phone: false,
        }
    }
}

/// The number of a group unless it has been moved.
pub(super) fn number_of(group: GroupId) -> String {
    format!("600{:04}", group.0)
}

/// What colleagues dial to reach an agent.
pub(super) fn extension_of(agent: AgentId) -> String {
    (100 + agent.0).to_string()
}
