//! The plan changed: what is going on finishes as it began, everything else obeys at once.

use std::sync::Arc;

use crate::agent::Agent;
use crate::engine::Engine;
use crate::group::Group;
use crate::{AgentId, Fact, GroupId, Output, Plan};

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
                // Whoever waits keeps the ones he met.
                Some(group) if *group.settings == *settings => (),
                Some(group) => group.settings = Arc::new(settings.clone()),
                None => {
                    self.groups.insert(id, Box::new(Group::new(Arc::new(settings.clone()))));
                }
            }
        }
        self.plan = plan;
        self.adopt_calendars();
        let groups: Vec<GroupId> = self.groups.keys().copied().collect();
        for id in groups {
            self.turn_door(id, out);
        }
        self.adopt_agents(out);
        self.remove_groups(out);
    }

    fn adopt_agents(&mut self, out: &mut Vec<Output>) {
        let plan = Arc::clone(&self.plan);
        for &id in plan.agents.keys() {
            if !self.agents.contains_key(&id) {
                let reachable = self.present.remove(&id);
                let office = self.occupied.remove(&id);
                self.agents.insert(id, Box::new(Agent::new(self.now, reachable, office)));
            }
        }
        let everyone: Vec<AgentId> = self.agents.keys().copied().collect();
        for id in everyone {
            let leaving = !plan.agents.contains_key(&id);
            if let Some(agent) = self.agents.get_mut(&id) {
                agent.leaving = leaving;
            }
            self.reseat(id, out);
            self.update_agent(id, out);
        }
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
}
