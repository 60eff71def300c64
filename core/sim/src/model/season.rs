//! Which memberships count, and which doors are open.

use acd::{AgentId, CalendarId, Door, Fact, GroupId, Membership, Time};

use crate::model::agent::Agent;
use crate::model::{Model, clock};

impl Model {
    /// What the calendars say now, whatever they said before.
    pub(super) fn look_at_calendars(&mut self) {
        let open = self.plan.calendars.iter().filter(|(_, it)| clock::is_open(it, self.now));
        self.open = open.map(|(&id, _)| id).collect();
    }

    /// Whether a calendar says something else than when it was last looked at.
    pub(super) fn has_turned(&self, id: CalendarId) -> bool {
        let calendar = self.plan.calendars.get(&id);
        calendar.is_some_and(|it| clock::is_open(it, self.now) != self.open.contains(&id))
    }

    /// A calendar opens or shuts: doors of groups follow, then memberships of agents.
    pub(super) fn calendar_turns(&mut self, id: CalendarId) {
        let was_open = self.open.contains(&id);
        let _ = if was_open { self.open.remove(&id) } else { self.open.insert(id) };
        // "At the very moment": a moment ago it said what it said before.
        let moment_ago = Time(self.now.0.saturating_sub(1));
        if clock::is_open(&self.plan.calendars[&id], moment_ago) != was_open {
            self.overslept = Some(moment_ago);
        }
        let groups = self.plan.groups.iter().filter(|(_, it)| it.hours == Some(id));
        for group in groups.map(|(&group, _)| group).collect::<Vec<_>>() {
            self.turn_door(group);
        }
        let follows = |it: &&Membership| it.calendar == Some(id);
        let agents = self.plan.agents.iter();
        let agents = agents.filter(|(_, it)| it.memberships.iter().find(follows).is_some());
        for agent in agents.map(|(&agent, _)| agent).collect::<Vec<_>>() {
            self.look_at_memberships(agent);
        }
    }

    /// "One that is not here never shuts."
    fn is_open(&self, calendar: Option<CalendarId>) -> bool {
        calendar.is_none_or(|id| !self.plan.calendars.contains_key(&id) || self.open.contains(&id))
    }

    /// By hand or by hours.
    pub(super) fn turn_door(&mut self, group: GroupId) {
        let settings = &self.plan.groups[&group];
        let open = match settings.door {
            Door::Open => true,
            Door::Closed => false,
            Door::ByHours => self.is_open(settings.hours),
        };
        if open == self.shut.contains(&group) {
            let _ = if open { self.shut.remove(&group) } else { self.shut.insert(group) };
            self.tell(Fact::GroupTurned { group, open });
        }
    }

    /// His loans may be over, and other things about him may be new.
    pub(super) fn look_at_memberships(&mut self, id: AgentId) {
        let loans = self.lasting(id).filter_map(|it| Some((it.group, it.loan?.until)));
        let loans: Vec<(GroupId, Time)> = loans.collect();
        let before = std::mem::replace(&mut self.agent(id).lent, loans.clone());
        let mut back: Vec<GroupId> = before.into_iter().map(|(group, _)| group).collect();
        back.sort_unstable();
        back.retain(|group| loans.iter().all(|(lent_to, _)| lent_to != group));
        for group in back {
            self.tell(Fact::LoanEnded { agent: id, group });
        }
        self.say_activity(id);
    }

    /// What the plan says of him, without loans that are over and groups that are not there.
    pub(super) fn lasting(&self, id: AgentId) -> impl Iterator<Item = &Membership> {
        let all = self.plan.agents.get(&id).into_iter().flat_map(|agent| &agent.memberships);
        all.filter(|it| {
            self.plan.groups.contains_key(&it.group)
                && it.loan.is_none_or(|loan| loan.until > self.now)
        })
    }

    /// His membership of a group, if it counts now: while its calendar is open, and while he is
    /// not lent wholly to others. A loan comes before the membership beside it.
    pub(super) fn membership(&self, agent: &Agent, group: GroupId) -> Option<&Membership> {
        let wholly = |it: &&Membership| it.loan.is_some_and(|loan| loan.wholly);
        let lent_wholly = self.lasting(agent.id).find(wholly).is_some();
        let counts = |it: &&Membership| {
            it.group == group && self.is_open(it.calendar) && (!lent_wholly || wholly(it))
        };
        let all = || self.lasting(agent.id).filter(counts);
        all().find(|it| it.loan.is_some()).or_else(|| all().next())
    }
}
