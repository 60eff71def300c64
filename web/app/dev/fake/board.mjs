// The board of this moment, as the stream sends it.

import { emptyDay } from './world.mjs';

function figures(days, waiting) {
  const sum = (name) => days.reduce((total, day) => total + day[name], 0);
  const answered = sum('answered');
  const left = answered + sum('abandoned');
  return {
    offered: sum('offered'),
    answered,
    abandoned: sum('abandoned'),
    waiting,
    asa_ms: answered === 0 ? null : Math.round(sum('waited_ms') / answered),
    service_level: left === 0 ? null : sum('in_time') / left,
  };
}

function stateOf(agent) {
  if (['offered', 'talking', 'wrapup'].includes(agent.activity)) return agent.activity;
  return agent.wish === 'on' ? agent.activity : agent.wish;
}

export function boardOf(world) {
  const live = world.calls.filter((call) => call.ended_ms === null);
  const waits = live.filter((call) => call.stage !== 'talking');
  return {
    at_ms: Date.now(),
    totals: figures([...world.days.values()], waits.length),
    groups: world.groups.map((group) => groupRow(world, group, live)),
    agents: world.people
      .filter((person) => world.groups.some((g) => g.members.some((m) => m.person === person.id)))
      .map((person) => ({ id: person.id, name: person.name, ...world.agents.get(person.id) })),
    calls: live
      .map(({ id, caller, group, arrived_ms, stage, agent, since_ms }) => ({
        id,
        caller,
        group,
        entered_ms: arrived_ms,
        stage,
        agent,
        since_ms,
      }))
      .reverse(),
  };
}

function groupRow(world, group, live) {
  const own = live.filter((call) => call.group === group.id);
  const waiting = own.filter((call) => call.stage !== 'talking');
  const agents = {
    idle: 0,
    offered: 0,
    talking: 0,
    wrapup: 0,
    break: 0,
    off: 0,
    unreachable: 0,
  };
  for (const member of group.members) agents[stateOf(world.agents.get(member.person))] += 1;
  return {
    id: group.id,
    name: group.name,
    ...figures([world.days.get(group.id) ?? emptyDay()], waiting.length),
    longest_wait_since_ms:
      waiting.length === 0 ? null : Math.min(...waiting.map((call) => call.arrived_ms)),
    talking: own.length - waiting.length,
    agents,
  };
}
