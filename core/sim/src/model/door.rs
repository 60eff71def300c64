//! Where newcomers go: doors, ways from group to group, and whoever is there.

use acd::{
    Action, Activity, Actor, CallId, Door, Entry, Event, Fact, GroupId, Nobody, Office, Outcome,
    Prompt, Refusal, Way, Wish,
};

use crate::model::Model;
use crate::model::call::Call;

/// "A chain of groups that all send on ends after eight."
const CHAIN_MAX: usize = 8;

impl Model {
    /// Doors by hand; a group without hours is open otherwise.
    pub(super) fn turn_doors(&mut self) {
        let doors: Vec<(GroupId, bool)> =
            self.plan.groups.iter().map(|(&id, it)| (id, it.door != Door::Closed)).collect();
        self.shut.retain(|group| self.plan.groups.contains_key(group));
        for (group, open) in doors {
            let was_open = !self.shut.contains(&group);
            if open != was_open {
                let _ = if open { self.shut.remove(&group) } else { self.shut.insert(group) };
                self.tell(Fact::GroupTurned { group, open });
            }
        }
    }

    pub(super) fn arrives(&mut self, event: &Event) {
        let Event::CallArrived { call: id, group, priority, number, caller, sent: _ } =
            event.clone()
        else {
            return;
        };
        if self.calls.iter().any(|call| call.id == id) {
            return;
        }
        let from = caller.clone();
        self.tell(Fact::CallArrived { call: id, group, number, caller, priority });
        let mut at = group;
        for asked in 0.. {
            let Some((refusal, way)) = self.turned_from(at) else { break };
            match way {
                Way::Group(next) if asked < CHAIN_MAX => at = next,
                Way::Number(number) => {
                    self.order(Action::Divert { call: id, number: number.clone() });
                    return self.tell(Fact::CallDiverted { call: id, group: at, number });
                }
                Way::Goodbye(say) => return self.refuse(id, at, refusal, say),
                Way::Group(_) | Way::Callback => return self.refuse(id, at, refusal, None),
            }
        }
        let above = self.plan.groups[&at].callers.get(&from).copied().unwrap_or(0);
        let priority = priority.saturating_add(above);
        self.calls.push(Call::new(id, at, priority, self.now));
        let why = if at == group { Entry::Arrival } else { Entry::Overflow };
        self.tell_entry(id, why);
    }

    pub(super) fn tell_entry(&mut self, id: CallId, why: Entry) {
        let (group, priority) = (self.call(id).group, self.call(id).priority);
        let place = self.place(id);
        let (since, by) = (self.call(id).entered, None);
        self.tell(Fact::QueueEntered { call: id, group, priority, place, why, since, by });
    }

    fn place(&mut self, id: CallId) -> u32 {
        let group = self.call(id).group;
        let before = self.line(group).iter().take_while(|&&other| other != id).count();
        u32::try_from(before + 1).unwrap_or(u32::MAX)
    }

    fn refuse(&mut self, call: CallId, group: GroupId, refusal: Refusal, say: Option<Prompt>) {
        self.order(Action::Refuse { call, refusal, say });
        self.tell(Fact::QueueRefused { call, group, refusal });
    }

    /// Why a group does not take a newcomer, and where it sends him.
    fn turned_from(&self, id: GroupId) -> Option<(Refusal, Way)> {
        let Some(group) = self.plan.groups.get(&id) else {
            return Some((Refusal::NoGroup, Way::Goodbye(None)));
        };
        if self.shut.contains(&id) {
            Some((Refusal::Closed, group.closed.clone()))
        } else if group.nobody != Nobody::Join && !self.anybody_there(id) {
            Some((Refusal::NoAgents, group.deserted.clone()))
        } else if self.line(id).len() >= group.waiting_max as usize {
            Some((Refusal::Full, group.full.clone()))
        } else {
            None
        }
    }

    /// Logged on or on a break, and with a phone.
    fn anybody_there(&self, group: GroupId) -> bool {
        self.agents.iter().any(|agent| {
            let with_phone = agent.activity() != Activity::Unreachable;
            let member = self.membership(agent, group).is_some();
            agent.wish != Wish::Off && !agent.leaving && with_phone && member
        })
    }

    /// A supervisor gives a caller in line, or one for whom a phone rings, another priority.
    pub(super) fn promoted(&mut self, id: CallId, priority: i32, by: &Actor) {
        let Some(call) = self.calls.iter().find(|call| call.id == id) else { return };
        if call.priority == priority {
            return;
        }
        let rings = self.agents.iter().find(|it| it.offer.as_ref().is_some_and(|it| it.call == id));
        if let Some(agent) = rings.map(|agent| agent.id) {
            self.stop_ringing(agent, Outcome::Withdrawn);
        }
        if !self.calls.iter().any(|call| call.id == id && call.waits) {
            return;
        }
        let from = self.place(id);
        self.call(id).priority = priority;
        let (group, to) = (self.call(id).group, self.place(id));
        let by = by.clone();
        self.tell(Fact::QueueMoved { call: id, group, by, from, to, priority });
    }

    /// A call of the agent's own: nothing rings while it lasts.
    pub(super) fn occupied(&mut self, id: acd::AgentId, with: Option<Office>) {
        let now = self.now;
        let Some(agent) = self.agents.iter_mut().find(|agent| agent.id == id) else {
            self.offices.remove(&id);
            if let Some(office) = with {
                self.offices.insert(id, office);
            }
            return;
        };
        if agent.office == with {
            return;
        }
        agent.office = with;
        if with.is_none() {
            agent.idle_since = now;
        } else {
            self.stop_ringing(id, Outcome::Withdrawn);
        }
        self.say_activity(id);
    }
}
