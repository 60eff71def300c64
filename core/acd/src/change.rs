//! The plan changed: what is going on finishes as it began, everything else obeys at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::agent::{Agent, Listed};
use crate::engine::Engine;
use crate::group::{Group, Member};
use crate::{AgentId, CallId, Fact, GroupId, Membership, Output, Plan};

impl Engine {
    /// A new plan is in force. A plan older than the present one is a no-op.
    ///
    /// Offers that ring and talks go on: their ring and wrap-up times are those they began with.
    /// Callers waiting in a group that is gone are turned away. An agent who is gone finishes his
    /// offer, talk or wrap-up first. New memberships count in this very event.
    pub(crate) fn plan_changed(&mut self, plan: Arc<Plan>, out: &mut Vec<Output>) {
        if plan.version < self.plan.version {
            return;
        }
        out.push(Output::Tell(self.now, Fact::PlanChanged { version: plan.version }));
        self.adopt(plan, out);
    }

    /// Makes groups and agents those of `plan`.
    pub(crate) fn adopt(&mut self, plan: Arc<Plan>, out: &mut Vec<Output>) {
        for (&id, settings) in &plan.groups {
            match self.groups.get_mut(&id) {
                Some(group) => group.settings = settings.clone(),
                None => {
                    self.groups.insert(id, Group::new(settings.clone()));
                }
            }
        }
        self.plan = plan;
        self.adopt_agents(out);
        self.remove_groups(out);
        self.recount_delays();
    }

    fn adopt_agents(&mut self, out: &mut Vec<Output>) {
        let plan = Arc::clone(&self.plan);
        for &id in plan.agents.keys() {
            if !self.agents.contains_key(&id) {
                let reachable = self.present.remove(&id);
                self.agents.insert(id, Agent::new(self.now, reachable));
            }
        }
        let everyone: Vec<AgentId> = self.agents.keys().copied().collect();
        for id in everyone {
            let memberships = memberships(&plan, id);
            let leaving = !plan.agents.contains_key(&id);
            let Some(agent) = self.agents.get(&id) else { continue };
            let unchanged = agent.memberships == memberships && agent.leaving == leaving;
            if !unchanged || agent.listed == Listed::Nowhere {
                self.reassign(id, memberships, leaving);
                self.update_agent(id, out);
            }
        }
    }

    /// Writes the agent out of his old groups and into the new ones.
    fn reassign(&mut self, id: AgentId, memberships: Vec<Membership>, leaving: bool) {
        self.list(id, Listed::Nowhere);
        let Some(agent) = self.agents.get_mut(&id) else { return };
        for old in &agent.memberships {
            if let Some(group) = self.groups.get_mut(&old.group) {
                group.remove_member(id);
            }
        }
        for new in &memberships {
            if let Some(group) = self.groups.get_mut(&new.group) {
                group.add_member(id, Member { order: new.order, delay: new.delay });
            }
        }
        agent.memberships = memberships;
        agent.leaving = leaving;
    }

    fn remove_groups(&mut self, out: &mut Vec<Output>) {
        let plan = Arc::clone(&self.plan);
        let gone = self.groups.keys().filter(|&id| !plan.groups.contains_key(id));
        let gone: Vec<GroupId> = gone.copied().collect();
        for id in gone {
            let Some(group) = self.groups.remove(&id) else { continue };
            for place in group.everyone_waiting() {
                self.turn_away(place.call, out);
            }
        }
    }

    fn recount_delays(&mut self) {
        let mut waiting: Vec<CallId> = Vec::new();
        for group in self.groups.values_mut() {
            if group.recount_delays() {
                waiting.extend(group.everyone_waiting().map(|place| place.call));
            }
        }
        for call in waiting {
            self.set_look_again(call);
        }
    }
}

/// The agent's memberships of groups that exist. Of two for one group the first counts.
fn memberships(plan: &Plan, id: AgentId) -> Vec<Membership> {
    let mut seen = BTreeSet::new();
    let all = plan.agents.get(&id).map_or(&[][..], |agent| &agent.memberships);
    let known = all.iter().filter(|membership| plan.groups.contains_key(&membership.group));
    known.filter(|membership| seen.insert(membership.group)).cloned().collect()
}
