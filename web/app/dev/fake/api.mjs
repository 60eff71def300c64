// The imagined API: one row per request of the contract.

import { randomBytes } from 'node:crypto';
import { boardOf } from './board.mjs';
import { peaksOf, wavOf } from './sound.mjs';
import { addCredential, addGroup, addPerson, setMember } from './world.mjs';

class Refusal {
  constructor(status, code, errors = []) {
    Object.assign(this, { status, code, errors });
  }
}

const bad = (...errors) => new Refusal(422, 'invalid', errors);
const missing = () => new Refusal(404, 'not_found');
const fault = (pointer, code, params = {}) => ({ pointer, code, params });

const cookieOf = (request) => /ladus_session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];

export async function answerApi(world, request, response, url) {
  const path = url.pathname.replace('/api/v1', '');
  const key = cookieOf(request);
  const asked = { world, path, url, request, response, key, body: await readJson(request) };
  try {
    for (const [method, pattern, act, open] of ROUTES) {
      const match = method === request.method && pattern.exec(path);
      if (!match) continue;
      if (!open && !world.sessions.has(key)) throw new Refusal(401, 'not_logged_in');
      const answer = act(asked, ...match.slice(1).map(Number));
      if (answer !== HANDLED) send(response, answer?.status ?? 200, answer?.body);
      return;
    }
    throw missing();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const { status, code, errors } = refusal;
    const problem = { type: 'about:blank', title: code, status, code, errors };
    send(response, status, problem, 'application/problem+json');
  }
}

const HANDLED = Symbol('handled');

function send(response, status, body, kind = 'application/json') {
  response.writeHead(status, { 'content-type': kind, 'cache-control': 'no-store' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

async function readJson(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? {} : JSON.parse(text);
}

function enter({ world, response }, sessions = world.sessions) {
  const key = randomBytes(8).toString('hex');
  sessions.add(key);
  response.setHeader('set-cookie', `ladus_session=${key}; Path=/; HttpOnly; SameSite=Lax`);
}

const sessionBody = (world) => {
  const { password: _, ...account } = world.accounts[0];
  const sip = { address: '127.0.0.1:5060', realm: 'ladus.local' };
  return { account, company: world.company, sip };
};

const personOf = (world, id) => world.people.find((each) => each.id === id) ?? refuse(missing());
const groupOf = (world, id) => world.groups.find((each) => each.id === id) ?? refuse(missing());
const callOf = (world, id) => world.calls.find((each) => each.id === id) ?? refuse(missing());
function refuse(refusal) {
  throw refusal;
}

function personBody(world, person) {
  return {
    ...person,
    credentials: person.credentials.map((each) => ({
      ...each,
      device: each.registered
        ? { contact: `sip:${each.sip_user}@192.0.2.77:5062`, user_agent: 'Ladus phones 0.1' }
        : null,
    })),
    memberships: world.groups.flatMap((group) =>
      group.members
        .filter((each) => each.person === person.id)
        .map(({ order, delay_ms }) => ({ group: group.id, order, delay_ms })),
    ),
  };
}

function callBody({ facts: _, stage: _s, since_ms: _m, missed: _d, ...call }) {
  return { ...call, recording: call.recording !== null };
}

function secretOf(credential) {
  return {
    id: credential.id,
    sip_user: credential.sip_user,
    password: randomBytes(12).toString('base64url'),
    registrar: '127.0.0.1:5060',
    realm: 'ladus.local',
  };
}

function checkGroup(world, body, id) {
  const errors = [];
  if (body.name === '') errors.push(fault('/name', 'required'));
  const others = world.groups.filter((each) => each.id !== id);
  if (body.numbers?.some((number) => others.some((each) => each.numbers.includes(number)))) {
    errors.push(fault('/numbers', 'taken'));
  }
  if (errors.length > 0) throw bad(...errors);
}

function setUp({ world, body, ...asked }) {
  if (world.setUp) throw new Refusal(409, 'already_set_up');
  if (!world.setupSessions.has(asked.key)) throw new Refusal(401, 'not_logged_in');
  const errors = [];
  if (body.administrator.password.length < 8) {
    errors.push(fault('/administrator/password', 'too_short', { min: 8 }));
  }
  if (!/^\+?\d{3,15}$/.test(body.group.number)) errors.push(fault('/group/number', 'malformed'));
  if (errors.length > 0) throw bad(...errors);
  world.setUp = true;
  world.company = body.company;
  world.accounts.push({ id: 1, role: 'administrator', ...body.administrator });
  const { name, number } = body.group;
  const group = addGroup(world, { name, numbers: [number], language: body.company.language });
  const person = addPerson(world, body.person.name);
  setMember(group, person, 1, 0);
  enter({ world, ...asked });
  const credential = secretOf(addCredential(world, person));
  return { status: 201, body: { credential, session: sessionBody(world) } };
}

function openToken(asked) {
  const { world, body } = asked;
  if (body.token !== world.token || world.tokenSpent) throw new Refusal(401, 'wrong_token');
  world.tokenSpent = process.env.FAKE_TOKEN === undefined;
  enter(asked, world.setUp ? world.sessions : world.setupSessions);
  return { body: world.setUp ? { setup: false, ...sessionBody(world) } : { setup: true } };
}

function listCalls({ world, url }) {
  const filter = url.searchParams;
  const equal = (name, value) => !filter.has(name) || filter.get(name) === String(value);
  const found = world.calls.filter(
    (call) =>
      (!filter.has('before') || call.id < Number(filter.get('before'))) &&
      equal('group', call.group) &&
      equal('agent', call.agent) &&
      equal('outcome', call.outcome) &&
      (!filter.has('q') || call.caller.replaceAll(' ', '').includes(filter.get('q'))),
  );
  const limit = Number(filter.get('limit') ?? 50);
  const calls = found.slice(0, limit).map(callBody);
  return { body: { calls, next: found.length > limit ? calls.at(-1).id : null } };
}

function sendRecording({ world, request, response }, id) {
  const call = callOf(world, id);
  if (!call.recording) throw missing();
  const wav = wavOf(call);
  const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
  const from = range ? Number(range[1]) : 0;
  const to = range?.[2] ? Math.min(Number(range[2]), wav.length - 1) : wav.length - 1;
  response.writeHead(range ? 206 : 200, {
    'content-type': 'audio/wav',
    'accept-ranges': 'bytes',
    'content-length': to - from + 1,
    ...(range ? { 'content-range': `bytes ${from}-${to}/${wav.length}` } : {}),
  });
  response.end(wav.subarray(from, to + 1));
  return HANDLED;
}

function live({ world, request, response }) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const write = (event, data) =>
    response.write(`id: ${++world.event}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  const board = () => write('board', boardOf(world));
  const fact = (line) => write('fact', line);
  board();
  world.bus.on('board', board);
  world.bus.on('fact', fact);
  request.on('close', () => {
    world.bus.off('board', board);
    world.bus.off('fact', fact);
  });
  return HANDLED;
}

function logIn(asked) {
  const { world, body } = asked;
  const known = world.accounts.find(
    (each) => each.email === body.email && each.password === body.password,
  );
  if (!known) throw new Refusal(401, 'wrong_credentials');
  enter(asked);
  return { body: sessionBody(world) };
}

function newPerson({ world, body }) {
  if (!body.name) throw bad(fault('/name', 'required'));
  if (body.extension && !/^\d{2,6}$/.test(body.extension)) {
    throw bad(fault('/extension', 'not_a_number'));
  }
  if (body.extension && world.people.some((each) => each.extension === body.extension)) {
    throw bad(fault('/extension', 'taken'));
  }
  const person = addPerson(world, body.name, body.extension ?? null);
  return { status: 201, body: personBody(world, person) };
}

function removePerson({ world }, id) {
  personOf(world, id);
  world.people = world.people.filter((each) => each.id !== id);
  for (const group of world.groups) {
    group.members = group.members.filter((each) => each.person !== id);
  }
  return { status: 204 };
}

function newTrunk({ world, body }) {
  if (!/^\d+\.\d+\.\d+\.\d+$/.test(body.address)) throw bad(fault('/address', 'malformed'));
  const trunk = { id: ++world.ids.trunk, port: null, priority_header: null, ...body };
  world.trunks.push(trunk);
  return { status: 201, body: trunk };
}

const ROUTES = [
  ['GET', /^\/session$/, ({ world }) => ({ body: sessionBody(world) })],
  ['POST', /^\/session$/, logIn, true],
  ['POST', /^\/session\/token$/, openToken, true],
  [
    'DELETE',
    /^\/session$/,
    ({ world, key }) => {
      world.sessions.delete(key);
      return { status: 204 };
    },
  ],
  ['GET', /^\/setup$/, ({ world }) => ({ body: { needed: !world.setUp } }), true],
  ['POST', /^\/setup$/, setUp, true],
  [
    'GET',
    /^\/people$/,
    ({ world }) => ({ body: { people: world.people.map((each) => personBody(world, each)) } }),
  ],
  ['POST', /^\/people$/, newPerson],
  [
    'PATCH',
    /^\/people\/(\d+)$/,
    ({ world, body }, id) => ({
      body: personBody(world, Object.assign(personOf(world, id), body)),
    }),
  ],
  ['DELETE', /^\/people\/(\d+)$/, removePerson],
  [
    'POST',
    /^\/people\/(\d+)\/credentials$/,
    ({ world, body }, id) => ({
      status: 201,
      body: secretOf(addCredential(world, personOf(world, id), body.sip_user)),
    }),
  ],
  [
    'DELETE',
    /^\/people\/(\d+)\/credentials\/(\d+)$/,
    ({ world }, id, credential) => {
      const person = personOf(world, id);
      person.credentials = person.credentials.filter((each) => each.id !== credential);
      return { status: 204 };
    },
  ],
  [
    'POST',
    /^\/people\/(\d+)\/wish$/,
    ({ world, body }, id) => {
      personOf(world, id);
      const { wish, reason } = body;
      Object.assign(world.agents.get(id), { wish, reason: reason ?? null });
      return { status: 204 };
    },
  ],
  [
    'POST',
    /^\/people\/(\d+)\/wrapup\/end$/,
    ({ world }, id) => {
      const agent = world.agents.get(personOf(world, id).id);
      if (agent.activity === 'wrapup') Object.assign(agent, { activity: 'idle' });
      return { status: 204 };
    },
  ],
  ['GET', /^\/groups$/, ({ world }) => ({ body: { groups: world.groups } })],
  [
    'POST',
    /^\/groups$/,
    ({ world, body }) => {
      checkGroup(world, body);
      return { status: 201, body: addGroup(world, body) };
    },
  ],
  [
    'PATCH',
    /^\/groups\/(\d+)$/,
    ({ world, body }, id) => {
      checkGroup(world, body, id);
      return { body: Object.assign(groupOf(world, id), body) };
    },
  ],
  [
    'DELETE',
    /^\/groups\/(\d+)$/,
    ({ world }, id) => {
      groupOf(world, id);
      world.groups = world.groups.filter((each) => each.id !== id);
      world.days.delete(id);
      return { status: 204 };
    },
  ],
  [
    'PUT',
    /^\/groups\/(\d+)\/members\/(\d+)$/,
    ({ world, body }, id, person) => {
      setMember(groupOf(world, id), personOf(world, person), body.order, body.delay_ms);
      return { status: 204 };
    },
  ],
  [
    'DELETE',
    /^\/groups\/(\d+)\/members\/(\d+)$/,
    ({ world }, id, person) => {
      const group = groupOf(world, id);
      group.members = group.members.filter((each) => each.person !== person);
      return { status: 204 };
    },
  ],
  ['GET', /^\/office$/, ({ world }) => ({ body: world.office })],
  [
    'PATCH',
    /^\/office$/,
    ({ world, body }) => {
      world.office = { outside_calls: body.outside_calls === true };
      return { body: world.office };
    },
  ],
  ['GET', /^\/trunks$/, ({ world }) => ({ body: { trunks: world.trunks } })],
  ['POST', /^\/trunks$/, newTrunk],
  [
    'PATCH',
    /^\/trunks\/(\d+)$/,
    ({ world, body }, id) => {
      const trunk = world.trunks.find((each) => each.id === id);
      if (/\s/.test(body.priority_header ?? '')) {
        throw bad(fault('/priority_header', 'malformed'));
      }
      return { body: Object.assign(trunk, { priority_header: body.priority_header || null }) };
    },
  ],
  [
    'DELETE',
    /^\/trunks\/(\d+)$/,
    ({ world }, id) => {
      world.trunks = world.trunks.filter((each) => each.id !== id);
      return { status: 204 };
    },
  ],
  ['GET', /^\/calls$/, listCalls],
  [
    'GET',
    /^\/calls\/(\d+)$/,
    ({ world }, id) => {
      const call = callOf(world, id);
      return { body: { ...callBody(call), facts: call.facts, recording: call.recording } };
    },
  ],
  ['GET', /^\/calls\/(\d+)\/recording$/, sendRecording],
  [
    'GET',
    /^\/calls\/(\d+)\/peaks$/,
    ({ world }, id) => {
      const call = callOf(world, id);
      if (!call.recording) throw missing();
      return { body: peaksOf(call) };
    },
  ],
  ['GET', /^\/live$/, live],
];
