//! A plan from the head of a timeline, for a company whose groups and people have ids of their own.

use std::collections::BTreeMap;

use acd::{AgentId, GroupId, GroupPlan, Plan, Way};

use crate::timeline::Reader;

/// What groups and people are called.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub groups: Vec<(GroupId, String)>,
    pub people: Vec<(AgentId, String)>,
}

impl Known {
    fn group(&self, name: &str) -> Option<GroupId> {
        self.groups.iter().find(|(id, own)| is_called(name, 'g', id.0, own)).map(|(id, _)| *id)
    }

    fn person(&self, name: &str) -> Option<AgentId> {
        self.people.iter().find(|(id, own)| is_called(name, 'a', id.0, own)).map(|(id, _)| *id)
    }
}

/// `g3` is group 3, `a7` person 7; otherwise a name is meant, with `-` for each space and no
/// difference between great and small letters.
fn is_called(name: &str, letter: char, id: u64, own: &str) -> bool {
    let by_id = name.strip_prefix(letter).is_some_and(|digits| digits == id.to_string());
    by_id || name.to_lowercase() == own.to_lowercase().replace(' ', "-")
}

/// Reads the lines above the first time of a timeline as a whole plan. Groups and people are those
/// of the company; an unknown name is a mistake, except an agent's: he is somebody new.
pub fn plan_of(head: &str, known: &Known) -> Result<Plan, String> {
    let mut reader = Reader::default();
    for line in head.lines() {
        if reader.line(line).map_err(|mistake| mistake.to_string())?.is_some() {
            break;
        }
    }
    reader.finish().map_err(|mistake| mistake.to_string())?;
    let scene = reader.opening();
    let mut groups = BTreeMap::new();
    for &id in scene.plan.groups.keys() {
        let name = scene.names.group(id);
        let own = known.group(&name).ok_or(format!("there is no group `{name}`"))?;
        groups.insert(id, own);
    }
    let new_from = known.people.iter().map(|(id, _)| id.0).max().unwrap_or(0);
    let person =
        |id: AgentId| known.person(&scene.names.agent(id)).unwrap_or(AgentId(new_from + id.0));
    let group = |id: GroupId| groups.get(&id).copied().unwrap_or(id);
    let mut plan = Plan { groups: BTreeMap::new(), agents: BTreeMap::new(), ..scene.plan.clone() };
    for (&id, settings) in &scene.plan.groups {
        plan.groups.insert(group(id), renumbered(settings.clone(), &group));
    }
    for (&id, agent) in &scene.plan.agents {
        let mut agent = agent.clone();
        for membership in &mut agent.memberships {
            membership.group = group(membership.group);
        }
        plan.agents.insert(person(id), agent);
    }
    Ok(plan)
}

/// Groups are also where callers are sent on.
fn renumbered(mut plan: GroupPlan, group: &impl Fn(GroupId) -> GroupId) -> GroupPlan {
    let steps = plan.steps.iter_mut().map(|step| &mut step.to);
    let ways = [&mut plan.full, &mut plan.closed, &mut plan.deserted].into_iter();
    for way in ways.chain(steps).chain(plan.keys.values_mut()) {
        if let Way::Group(id) = way {
            *id = group(*id);
        }
    }
    plan
}

#[cfg(test)]
mod tests {
    use acd::{AgentId, GroupId};

    use super::{Known, plan_of};

    #[test]
    fn a_head_speaks_of_the_companys_own_groups_and_people() {
        let known = Known {
            groups: vec![(GroupId(7), "English line".to_owned()), (GroupId(9), "Müük".to_owned())],
            people: vec![(AgentId(40), "Mari Maasikas".to_owned())],
        };
        let head = "timeline 1\ngroup english-line ring=5s\ngroup g9\n\
                    agent mari-maasikas g9=1 english-line=2\nagent newcomer g9=1\n0s nothing happens";
        let plan = plan_of(head, &known).expect("a plan");
        assert_eq!(plan.groups.keys().copied().collect::<Vec<_>>(), [GroupId(7), GroupId(9)]);
        assert_eq!(plan.groups[&GroupId(7)].ring.as_secs(), 5);
        let mari = &plan.agents[&AgentId(40)].memberships;
        assert_eq!((mari[0].group, mari[1].group), (GroupId(9), GroupId(7)));
        assert_eq!(plan.agents.len(), 2);
        let wrong = plan_of("timeline 1\ngroup support", &known);
        assert_eq!(wrong, Err("there is no group `support`".to_owned()));
    }
}
