//! Builds the board from the centre and the figures of today.

use std::collections::BTreeMap;

use acd::{AgentId, GroupId, Stage, Time};
use centre::Centre;
use control::{AgentRow, Board, CallRow, DeviceRow, GroupRow, LISTED_MAX, ModeRow, StageRow};
use stats::Summary;

/// Names of agents and groups, as the plan in force has them.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) agents: BTreeMap<AgentId, String>,
    pub(crate) groups: BTreeMap<GroupId, String>,
}

pub(crate) fn board(
    now: Time,
    centre: &Centre,
    figures: &Summary,
    names: &Names,
    mode: Option<&ModeRow>,
) -> Board {
    let mut groups = groups(centre, figures, names);
    let mut calls = Vec::new();
    for call in centre.distribution().calls() {
        let row = call_row(centre, &call);
        if let Some(group) = groups.get_mut(&call.group) {
            if row.stage == StageRow::Talking {
                group.talking += 1;
            } else {
                group.waiting += 1;
                let longest = group.longest_since.map_or(call.entered, |it| it.min(call.entered));
                group.longest_since = Some(longest);
            }
        }
        if calls.len() < LISTED_MAX {
            calls.push(row);
        }
    }
    Board {
        at: now,
        plan: centre.plan().acd.version,
        totals: figures.total().clone(),
        groups: groups.into_values().collect(),
        agents: agents(centre, names),
        calls,
        devices: devices(centre),
        mode: mode.cloned(),
        plugins: Vec::new(),
        selection: None,
        trials: Vec::new(),
        failures: Vec::new(),
    }
}

fn groups(centre: &Centre, figures: &Summary, names: &Names) -> BTreeMap<GroupId, GroupRow> {
    let planned = &centre.plan().acd.groups;
    let rows = centre.distribution().groups().filter(|view| planned.contains_key(&view.group));
    let row = |view: acd::GroupView| GroupRow {
        group: view.group,
        name: names.groups.get(&view.group).cloned().unwrap_or_default(),
        // Those whose phone rings count as waiting too: they are added call by call.
        waiting: 0,
        longest_since: None,
        talking: 0,
        figures: figures.group(view.group),
        open: view.open,
        by_hand: view.by_hand,
        next_turn: view.next_turn,
    };
    rows.map(|view| (view.group, row(view))).collect()
}

fn call_row(centre: &Centre, call: &acd::CallView) -> CallRow {
    let (stage, agent, since) = match call.stage {
        Stage::Waiting => (StageRow::Waiting, None, call.entered),
        Stage::Offered { agent } => (StageRow::Offered, Some(agent), call.entered),
        Stage::Talking { agent, since } => (StageRow::Talking, Some(agent), since),
    };
    CallRow {
        call: call.call,
        caller: centre.caller_of(call.call).unwrap_or_default().to_owned(),
        group: call.group,
        entered: call.entered,
        stage,
        agent,
        since,
        priority: call.priority,
        place: call.place,
        why: call.why,
        estimate_ms: call.estimate_ms,
        callback: call.callback,
    }
}

fn agents(centre: &Centre, names: &Names) -> Vec<AgentRow> {
    let plan = &centre.plan().acd;
    let rows = centre.distribution().agents().take(LISTED_MAX).map(|agent| AgentRow {
        agent: agent.agent,
        name: names.agents.get(&agent.agent).cloned().unwrap_or_default(),
        pending: agent.pending.is_some(),
        until: agent.until,
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
