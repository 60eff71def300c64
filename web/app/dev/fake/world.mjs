// The imagined centre: its people and groups, and calls that come, wait, ring, talk and end.

import { EventEmitter } from 'node:events';

const NAMES = [
  ['Mari Maasikas', { sales: 1, support: 2 }],
  ['Jaan Tamm', { sales: 1, support: 1 }],
  ['Kadri Õunapuu', { support: 1, english: 2 }],
  ['Oliver Smith', { english: 1, sales: 3 }],
  ['Liis Kask', { sales: 2, support: 1 }],
  ['Priit Žukov', { support: 1 }],
  ['Emma Brown', { english: 1 }],
  ['Tõnu Rebane', { sales: 1, english: 3 }],
  ['Anneli Šmidt', { support: 2, sales: 1 }],
  ['Hendrik Põld', { support: 3, english: 2 }],
  ['Kristiina-Elisabeth Vahtramäe-Kuusik', { sales: 2 }],
  ['Rein Saar', {}],
];

export function emptyDay() {
  return { offered: 0, answered: 0, in_time: 0, abandoned: 0, waited_ms: 0 };
}

export function makeWorld({ empty, token }) {
  const world = {
    token,
    setUp: !empty,
    ids: { person: 0, group: 0, call: 1000, credential: 0, trunk: 0, sip: 100 },
    sessions: new Set(),
    setupSessions: new Set(),
    accounts: [],
    company: { name: '', language: 'et' },
    people: [],
    groups: [],
    office: { outside_calls: false },
    trunks: [],
    calls: [],
    agents: new Map(),
    days: new Map(),
    bus: new EventEmitter(),
    event: 0,
  };
  world.bus.setMaxListeners(0);
  if (!empty) fill(world);
  return world;
}

function fill(world) {
  world.company = { name: 'Põhjala Kaubamaja OÜ', language: 'et' };
  world.accounts.push({
    id: 1,
    name: 'Mari Maasikas',
    email: 'mari@example.com',
    password: 'ladus-ladus',
    role: 'administrator',
  });
  const groups = {};
  for (const [key, name, number, language] of [
    ['sales', 'Müük', '6001000', 'et'],
    ['support', 'Tugi', '6002000', 'et'],
    ['english', 'English line', '6003000', 'en'],
  ]) {
    groups[key] = addGroup(world, { name, numbers: [number], language });
  }
  NAMES.forEach(([name, orders], place) => {
    const person = addPerson(world, name, String(101 + place));
    for (const [key, order] of Object.entries(orders)) {
      setMember(groups[key], person, order, order === 3 ? 20_000 : 0);
    }
    if (place < 11) addCredential(world, person).registered = place !== 9;
    const agent = world.agents.get(person.id);
    agent.activity = person.credentials[0]?.registered ? 'idle' : 'unreachable';
    agent.since_ms = Date.now() - place * 37_000;
  });
  Object.assign(world.agents.get(5), { wish: 'break', reason: 'lõuna' });
  world.agents.get(9).wish = 'off';
  world.trunks.push({
    id: ++world.ids.trunk,
    name: 'Operaator',
    address: '192.0.2.10',
    port: 5060,
    priority_header: null,
  });
  for (let past = 160; past > 0; past--) pastCall(world, Date.now() - past * 95_000 - 600_000);
}

export function addGroup(world, wish) {
  const group = {
    id: ++world.ids.group,
    name: '',
    language: world.company.language,
    numbers: [],
    ring_ms: 20_000,
    wrap_up_ms: 10_000,
    waiting_max: 50,
    policy: 'longest-idle',
    recorded: true,
    ...wish,
    members: [],
  };
  world.groups.push(group);
  world.days.set(group.id, emptyDay());
  return group;
}

export function addPerson(world, name, extension = null) {
  const person = { id: ++world.ids.person, name, extension, credentials: [] };
  world.people.push(person);
  world.agents.set(person.id, {
    wish: 'on',
    reason: null,
    activity: 'unreachable',
    since_ms: Date.now(),
    call: null,
    handled_today: 0,
    missed_today: 0,
  });
  return person;
}

export function addCredential(world, person, sip_user) {
  const user = sip_user ?? `${person.name.split(/[\s-]/)[0].toLowerCase()}${++world.ids.sip}`;
  const credential = {
    id: ++world.ids.credential,
    sip_user: user.normalize('NFD').replace(/[^\w]/g, ''),
    created_ms: Date.now() - 86_400_000,
    registered: false,
  };
  person.credentials.push(credential);
  return credential;
}

export function setMember(group, person, order, delay_ms) {
  group.members = group.members.filter((each) => each.person !== person.id);
  group.members.push({ person: person.id, order, delay_ms });
  group.members.sort((a, b) => a.order - b.order);
}

const pick = (list) => list[Math.floor(Math.random() * list.length)];
const between = (low, high) => low + Math.random() * (high - low);

function tell(world, call, kind, body, at_ms = Date.now()) {
  call.facts.push({ at_ms, kind, body });
  world.bus.emit('fact', { at_ms, call: call.id, kind, body });
}

function newCall(world, group, at_ms) {
  const call = {
    id: ++world.ids.call,
    arrived_ms: at_ms,
    caller: `+372 5${String(Math.floor(between(1_000_000, 9_999_999)))}`,
    number: group.numbers[0] ?? '',
    kind: 'group',
    group: group.id,
    agent: null,
    outcome: 'waiting',
    waited_ms: 0,
    talked_ms: 0,
    ended_ms: null,
    recording: null,
    stage: 'waiting',
    since_ms: at_ms,
    facts: [],
  };
  world.calls.unshift(call);
  const { id, caller, number } = call;
  tell(world, call, 'call_arrived', { call: id, caller, number, group: group.id }, at_ms);
  tell(world, call, 'queue_entered', { call: id, group: group.id, priority: 0, place: 1 }, at_ms);
  world.days.get(group.id).offered += 1;
  return call;
}

function decide(world, call, group, chosen, at_ms) {
  const skipped = group.members
    .filter((each) => each.person !== chosen)
    .map((each) => ({ agent: each.person, reason: skipReason(world, each, call, at_ms) }));
  const candidates = [
    chosen,
    ...skipped.filter((each) => each.reason === null).map((each) => each.agent),
  ];
  tell(
    world,
    call,
    'route_decided',
    {
      call: call.id,
      group: group.id,
      candidates,
      skipped: skipped.filter((each) => each.reason !== null),
      chosen,
      policy: 'longest-idle@1.0.0',
      micros: Math.round(between(11, 28)),
      fuel: 4711,
      fallback: null,
      reason: null,
    },
    at_ms,
  );
}

function skipReason(world, member, call, at_ms) {
  const agent = world.agents.get(member.person);
  if (agent.wish === 'off') return 'off';
  if (agent.wish === 'break') return 'on_break';
  if (agent.activity === 'unreachable') return 'unreachable';
  if (agent.activity !== 'idle') return 'occupied';
  return at_ms - call.arrived_ms < member.delay_ms ? 'delayed' : null;
}

/** A call of some time ago, whole at once. */
function pastCall(world, at_ms) {
  const group = pick(world.groups);
  const call = newCall(world, group, at_ms);
  const waited_ms = Math.round(between(1, 26) * 1000);
  if (Math.random() < 0.07) {
    leave(world, call, 'abandoned', at_ms + waited_ms);
    return;
  }
  const member = pick(group.members).person;
  const ids = { call: call.id, group: group.id, agent: member };
  decide(world, call, group, member, at_ms + 20);
  tell(world, call, 'offer_sent', ids, at_ms + 25);
  tell(world, call, 'offer_ringing', ids, at_ms + 180);
  call.agent = member;
  answer(world, call, at_ms + waited_ms);
  finish(world, call, at_ms + waited_ms + Math.round(between(15, 240) * 1000));
}

function leave(world, call, how, at_ms) {
  const day = world.days.get(call.group);
  call.waited_ms = at_ms - call.arrived_ms;
  call.outcome = how;
  if (how === 'abandoned') {
    call.ended_ms = at_ms;
    if (day) day.abandoned += 1;
  } else if (day) {
    day.answered += 1;
    day.waited_ms += call.waited_ms;
    if (call.waited_ms <= 20_000) day.in_time += 1;
  }
  const { id, group, waited_ms } = call;
  tell(world, call, 'queue_left', { call: id, group, leave: how, waited_ms }, at_ms);
}

function answer(world, call, at_ms) {
  const ids = { call: call.id, group: call.group, agent: call.agent };
  tell(world, call, 'offer_ended', { ...ids, outcome: 'answered', rang_ms: 2400 }, at_ms);
  leave(world, call, 'answered', at_ms);
  tell(world, call, 'talk_started', ids, at_ms);
  tell(world, call, 'recording_started', { call: call.id }, at_ms);
  call.stage = 'talking';
  call.since_ms = at_ms;
}

function finish(world, call, at_ms) {
  call.talked_ms = at_ms - call.since_ms;
  call.ended_ms = at_ms;
  call.stage = 'ended';
  const ids = { call: call.id, group: call.group, agent: call.agent };
  const { talked_ms } = call;
  const by = Math.random() < 0.6 ? 'caller' : 'agent';
  tell(world, call, 'talk_ended', { ...ids, by, cause: 'hung_up', talked_ms }, at_ms);
  const bytes = Math.round((talked_ms / 1000) * 16_000) + 58;
  call.recording = {
    duration_ms: talked_ms,
    bytes,
    sha256: 'f1'.repeat(32),
    codec: 'pcma',
  };
  const stored = { call: call.id, bytes, duration_ms: talked_ms, sha256: 'f1'.repeat(32) };
  tell(world, call, 'recording_stored', stored, at_ms + 90);
  const agent = world.agents.get(call.agent);
  if (agent) agent.handled_today += 1;
}

/** Lets the centre live: four times a second something may happen. */
export function liveWorld(world) {
  return setInterval(() => {
    if (world.groups.length > 0 && Math.random() < 0.11) arrive(world);
    for (const call of world.calls.filter((each) => each.ended_ms === null)) step(world, call);
    restAgents(world);
    world.bus.emit('board');
  }, 250);
}

function arrive(world) {
  const group = pick(world.groups);
  if (group.numbers.length > 0) newCall(world, group, Date.now());
}

function become(world, person, activity, call = null) {
  const agent = world.agents.get(person);
  if (!agent) return;
  Object.assign(agent, { activity, call, since_ms: Date.now() });
}

function restAgents(world) {
  for (const [person, agent] of world.agents) {
    if (agent.activity === 'wrapup' && Date.now() - agent.since_ms > 8_000) {
      become(world, person, 'idle');
    }
  }
}

function step(world, call) {
  const now = Date.now();
  const group = world.groups.find((each) => each.id === call.group);
  if (!group) {
    leave(world, call, 'abandoned', now);
    return;
  }
  const ids = { call: call.id, group: group.id, agent: call.agent };
  const age_ms = now - call.since_ms;
  if (call.stage === 'waiting') {
    const free = group.members.find((each) => skipReason(world, each, call, now) === null);
    if (age_ms > 45_000) leave(world, call, 'abandoned', now);
    else if (free && age_ms > 800) offer(world, call, group, free.person);
  } else if (call.stage === 'offered' && age_ms > 2_500 + (call.id % 5) * 1_300) {
    if (call.id % 9 === 0 && !call.missed) {
      call.missed = true;
      tell(world, call, 'offer_ended', { ...ids, outcome: 'no_answer', rang_ms: age_ms });
      world.agents.get(call.agent).missed_today += 1;
      become(world, call.agent, 'idle');
      Object.assign(call, { stage: 'waiting', agent: null, since_ms: now });
    } else {
      become(world, call.agent, 'talking', call.id);
      answer(world, call, now);
    }
  } else if (call.stage === 'talking' && age_ms > 12_000 + (call.id % 13) * 6_000) {
    become(world, call.agent, 'wrapup');
    finish(world, call, now);
  }
}

function offer(world, call, group, person) {
  decide(world, call, group, person, Date.now());
  Object.assign(call, { stage: 'offered', agent: person, since_ms: Date.now() });
  become(world, person, 'offered', call.id);
  const ids = { call: call.id, group: group.id, agent: person };
  tell(world, call, 'offer_sent', ids);
  tell(world, call, 'offer_ringing', ids, Date.now() + 150);
}
