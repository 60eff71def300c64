//! Builds the board from the centre and the figures of today.

use std::collections::BTreeMap;

use acd::{AgentId, GroupId, Stage, Time};
use centre::Centre;
use control::{AgentRow, Board, CallRow, DeviceRow, GroupRow, LISTED_MAX, StageRow};
use stats::Summary;

/// Names of agents and groups, as the plan in force has them.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) agents: BTreeMap<AgentId, String>,
    pub(crate) groups: BTreeMap<GroupId, String>,
}

pub(crate) fn board(now: Time, centre: &Centre, figures: &Summary, names: &Names) -> Board {
    let plan = centre.plan();
    let mut groups: BTreeMap<GroupId, GroupRow> = BTreeMap::new();
    for &group in plan.acd.groups.keys() {
        let name = names.groups.get(&group).cloned().unwrap_or_default();
        let figures = figures.group(group);
        let row = GroupRow { group, name, waiting: 0, longest_since: None, talking: 0, figures };
        groups.insert(group, row);
    }
    let mut calls = Vec::new();
    for call in centre.distribution().calls() {
        let (stage, agent, since) = match call.stage {
            Stage::Waiting => (StageRow::Waiting, None, call.entered),
            Stage::Offered { agent } => (StageRow::Offered, Some(agent), call.entered),
            Stage::Talking { agent, since } => (StageRow::Talking, Some(agent), since),
        };
        if let Some(group) = groups.get_mut(&call.group) {
            if stage == StageRow::Talking {
                group.talking += 1;
            } else {
                group.waiting += 1;
                let longest = group.longest_since.map_or(call.entered, |it| it.min(call.entered));
                group.longest_since = Some(longest);
            }
        }
        if calls.len() < LISTED_MAX {
            let caller = centre.caller_of(call.call).unwrap_or_default().to_owned();
            let (group, entered) = (call.group, call.entered);
            calls.push(CallRow { call: call.call, caller, group, entered, stage, agent, since });
        }
    }
    Board {
        at: now,
        plan: plan.acd.version,
        totals: figures.total().clone(),
        groups: groups.into_values().collect(),
        agents: agents(centre, names),
        calls,
        devices: devices(centre),
    }
}

fn agents(centre: &Centre, names: &Names) -> Vec<AgentRow> {
    let plan = &centre.plan().acd;
    let rows = centre.distribution().agents().take(LISTED_MAX).map(|agent| AgentRow {
        agent: agent.agent,
        name: names.agents.get(&agent.agent).cloned().unwrap_or_default(),
        wish: agent.wish,
        activity: agent.activity,
        since: agent.since,
        call: agent.call,
        handled_today: agent.handled_today,
        missed_today: agent.missed_today,
        groups: plan.agents.get(&agent.agent).map_or_else(Vec::new, |it| {
            it.memberships.iter().map(|membership| membership.group).collect()
        }),
    });
    rows.collect()
}

fn devices(centre: &Centre) -> Vec<DeviceRow> {
    let rows = centre.devices().iter().take(LISTED_MAX).map(|(sip_user, device)| DeviceRow {
        agent: device.agent,
        sip_user: sip_user.clone(),
        contact: device.contact.clone(),
        user_agent: device.user_agent.clone(),
    });
    rows.collect()
}
