// The view over candidates. Our own tests run this in a new plugin's `src`, beside its `ladus`.

import assert from 'node:assert/strict';
import test from 'node:test';
import { type Agent, least } from 'ladus';
import { question } from 'ladus/testing';
import { candidates } from '../ladus/js/src/agents';

const { agents } = question([
  { order: 2, idleMs: 40, skills: { english: 3 } },
  { order: 1, idleMs: 90, servedMsAgo: 5 },
  { order: 1, idleMs: 90, skills: { english: 8 } },
]);
const places = (some: Iterable<Agent>) => [...some].map((agent) => agent.position);

test('least and most are the first of equal ones, by a column or by a function', () => {
  assert.equal(agents.least('order').position, 1);
  assert.equal(agents.least((agent) => agent.order).position, 1);
  assert.equal(agents.most('idleMs').position, 1);
  assert.equal(agents.most((agent) => agent.skillLevel('english')).position, 2);
  assert.equal(agents.least((agent) => -agent.idleMs).position, 1);
  assert.equal(least(agents.filter((agent) => agent.order === 2), () => 0)?.position, 0);
});

test('who is found, filtered or iterated over is an object of its own', () => {
  assert.deepEqual(places(agents), [0, 1, 2]);
  assert.deepEqual(places(agents.filter((agent) => agent.order === 1)), [1, 2]);
  assert.equal(agents.find((agent) => agent.skillLevel('english') > 5)?.position, 2);
  assert.equal(agents.find((agent) => agent.order === 9), undefined);
  const [first] = agents;
  assert.equal(first?.position, agents.first.position);
  assert.deepEqual([agents.at(1).servedMsAgo, agents.at(2).servedMsAgo], [5, undefined]);
  assert.throws(() => agents.at(3), /no candidate 3/);
});

test('a column is fetched once, and only when it is read', () => {
  const fetched: string[] = [];
  const column = (name: string) => () => {
    fetched.push(name);
    return [1, 0];
  };
  const view = candidates({
    count: () => 2,
    order: column('order'),
    idleMs: column('idleMs'),
    handledToday: column('handledToday'),
    missedToday: column('missedToday'),
    occupancy: column('occupancy'),
    delayMs: column('delayMs'),
    talkMsToday: column('talkMsToday'),
    servedMsAgo: column('servedMsAgo'),
    skillLevel: (name) => column(`skill ${name}`)(),
    lastDay: (indicator) => column(`day ${indicator}`)(),
  });
  assert.deepEqual(fetched, []);
  assert.equal(view.least('talkMsToday').talkMsToday, 0);
  assert.equal(view.most((agent) => agent.skillLevel('it')).skillLevel('it'), 1);
  assert.deepEqual([view.column('talkMsToday'), view.skillLevels('it')], [[1, 0], [1, 0]]);
  assert.deepEqual([view.at(0).lastDay('asa'), view.at(1).lastDay('asa')], [1, 0]);
  assert.deepEqual(fetched, ['talkMsToday', 'skill it', 'day asa']);
});
