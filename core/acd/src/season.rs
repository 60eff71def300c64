//! Which memberships count now: calendars turn, loans end, doors open and close.

use std::collections::{BTreeMap, BTreeSet};

use crate::agent::Listed;
use crate::alarm::Alarm;
use crate::engine::Engine;
use crate::{
    AgentId, CalendarId, Door, Fact, GroupId, GroupPlan, Loan, Membership, Output, Plan, Time,
};

/// Calendars and who follows them.
#[derive(Debug, Default)]
pub(crate) struct Seasons {
    halls: BTreeMap<CalendarId, Hall>,
}

/// One calendar at work.
#[derive(Debug, Default)]
struct Hall {
    open: bool,
    /// Groups that open and close by it.
    groups: BTreeSet<GroupId>,
    /// Agents with a membership that follows it.
    agents: BTreeSet<AgentId>,
}

impl Seasons {
    /// A calendar that nobody knows never shuts.
    pub(crate) fn is_open(&self, calendar: Option<CalendarId>) -> bool {
        calendar.and_then(|id| self.halls.get(&id)).is_none_or(|hall| hall.open)
    }

    fn opens(&self, settings: &GroupPlan) -> bool {
        match settings.door {
            Door::Open => true,
            Door::Closed => false,
            Door::ByHours => self.is_open(settings.hours),
        }
    }
}

impl Engine {
    /// Takes over the calendars of the plan and sets their alarms.
    pub(crate) fn adopt_calendars(&mut self) {
        for id in std::mem::take(&mut self.seasons.halls).into_keys() {
            self.alarms.clear(Alarm::Turned(id));
        }
        let halls = &mut self.seasons.halls;
        for (&id, calendar) in &self.plan.calendars {
            let hall = Hall { open: calendar.is_open(self.now), ..Hall::default() };
            halls.insert(id, hall);
            if let Some(turn) = calendar.next_turn(self.now) {
                self.alarms.set(Alarm::Turned(id), turn);
            }
        }
        for (&id, settings) in &self.plan.groups {
            if let Some(hall) = settings.hours.and_then(|hours| halls.get_mut(&hours)) {
                hall.groups.insert(id);
            }
        }
        for (&id, agent) in &self.plan.agents {
            for calendar in agent.memberships.iter().filter_map(|it| it.calendar) {
                if let Some(hall) = halls.get_mut(&calendar) {
                    hall.agents.insert(id);
                }
            }
        }
    }

    /// A calendar opens or shuts: its groups' doors and its agents' memberships follow.
    pub(crate) fn calendar_turned(&mut self, id: CalendarId, out: &mut Vec<Output>) {
        let Some(calendar) = self.plan.calendars.get(&id) else { return };
        let Some(hall) = self.seasons.halls.get_mut(&id) else { return };
        hall.open = calendar.is_open(self.now);
        if let Some(turn) = calendar.next_turn(self.now) {
            self.alarms.set(Alarm::Turned(id), turn);
        }
        let (groups, agents) = (hall.groups.clone(), hall.agents.clone());
        for group in groups {
            self.turn_door(group, out);
        }
        for agent in agents {
            self.reseat(agent, out);
            self.update_agent(agent, out);
        }
    }

    /// Opens or closes a group if its hours or somebody's hand say so.
    pub(crate) fn turn_door(&mut self, id: GroupId, out: &mut Vec<Output>) {
        let Some(group) = self.groups.get_mut(&id) else { return };
        let open = self.seasons.opens(&group.settings);
        if group.open != open {
            group.open = open;
            self.touched.groups.insert(id);
            out.push(Output::Tell(self.now, Fact::GroupTurned { group: id, open }));
        }
    }

    pub(crate) fn loan_ends(&mut self, id: AgentId, out: &mut Vec<Output>) {
        self.reseat(id, out);
        self.update_agent(id, out);
    }

    /// Writes the agent out of his old groups and into those that his memberships name now. Whoever
    /// calls this lists him anew with `update_agent`.
    pub(crate) fn reseat(&mut self, id: AgentId, out: &mut Vec<Output>) {
        self.list(id, Listed::Nowhere);
        let now = self.now;
        let planned = planned(&self.plan, id, now);
        let Some(agent) = self.agents.get_mut(&id) else { return };
        let served = in_season(&planned, |calendar| self.seasons.is_open(calendar));
        for old in &agent.memberships {
            if let Some(group) = self.groups.get_mut(&old.group) {
                group.remove_member(id);
            }
            self.touched.rosters.insert(old.group);
        }
        for old in agent.out_of_season.drain(..) {
            if let Some(group) = self.groups.get_mut(&old) {
                group.out_of_season.remove(&id);
            }
            // Callbacks may have waited for nobody else.
            if planned.iter().all(|it| it.group != old) {
                self.touched.rosters.insert(old);
            }
        }
        for new in &served {
            if let Some(group) = self.groups.get_mut(&new.group) {
                group.add_member(id, new.delay);
            }
            self.touched.rosters.insert(new.group);
        }
        let rests = |group: &GroupId| served.iter().all(|it| it.group != *group);
        let out_of_season: BTreeSet<GroupId> = planned.iter().map(|it| it.group).collect();
        agent.out_of_season = out_of_season.into_iter().filter(rests).collect();
        for &group in &agent.out_of_season {
            if let Some(group) = self.groups.get_mut(&group) {
                group.out_of_season.insert(id);
            }
        }
        agent.memberships = served;
        let loans: BTreeMap<GroupId, Time> =
            planned.iter().filter_map(|it| Some((it.group, it.loan?.until))).collect();
        match loans.values().min() {
            Some(&until) => self.alarms.set(Alarm::LoanEnds(id), until),
            None => self.alarms.clear(Alarm::LoanEnds(id)),
        }
        let loans: BTreeSet<GroupId> = loans.into_keys().collect();
        for group in std::mem::replace(&mut agent.loans, loans.clone()).difference(&loans) {
            let back = Fact::LoanEnded { agent: id, group: *group };
            out.push(Output::Tell(now, back));
        }
    }
}

/// The agent's memberships of groups that exist, without loans that are over. Of two for one group
/// the first counts, and a loan beside it.
fn planned(plan: &Plan, id: AgentId, now: Time) -> Vec<Membership> {
    let mut seen = BTreeSet::new();
    let all = plan.agents.get(&id).map_or(&[][..], |agent| &agent.memberships);
    let known = all.iter().filter(|it| plan.groups.contains_key(&it.group));
    let lasting = known.filter(|it| it.loan.is_none_or(|loan| loan.until > now));
    lasting.filter(|it| seen.insert((it.group, it.loan.is_some()))).cloned().collect()
}

/// Those of them that count: whoever is lent wholly serves nobody else, a loan comes before the
/// membership beside it, and a calendar that is shut takes its membership out.
fn in_season(planned: &[Membership], open: impl Fn(Option<CalendarId>) -> bool) -> Vec<Membership> {
    let wholly = |it: &Membership| matches!(it.loan, Some(Loan { wholly: true, .. }));
    let lent_wholly = planned.iter().any(wholly);
    let mut served: BTreeMap<GroupId, &Membership> = BTreeMap::new();
    for membership in planned {
        let counts = open(membership.calendar) && (!lent_wholly || wholly(membership));
        let weaker = membership.loan.is_none() && served.contains_key(&membership.group);
        if counts && !weaker {
            served.insert(membership.group, membership);
        }
    }
    served.into_values().cloned().collect()
}
