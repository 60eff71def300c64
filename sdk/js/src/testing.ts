// Questions for tests of a policy as a plain function.

import type { Agent, Caller, Question, Queue } from './index';
import { ask, type Facts } from './question';
import type { WorldValue } from './settings';

/// One free agent, written down. What is left out is 0, or never.
export type Row = Partial<Omit<Agent, 'position' | 'skillLevel' | 'lastDay'>> & {
  skills?: Record<string, number>;
  lastDay?: Record<string, number>;
};

export interface Situation {
  caller?: Partial<Caller>;
  queue?: Partial<Queue>;
  nowMs?: number;
  seed?: bigint;
  settings?: Record<string, number | boolean | string>;
}

/// A question about these candidates, in this order.
export function question(rows: readonly Row[], situation: Situation = {}): Question {
  const { caller = {}, queue = {}, nowMs = 0, seed = 0n } = situation;
  const { waitedMs = 0, priority = 0, offers = 0 } = caller;
  const { waiting = 1, longestWaitMs = waitedMs } = queue;
  const column = (fact: (row: Row) => number | undefined, none = 0) => () =>
    rows.map((row) => fact(row) ?? none);
  const facts: Facts = {
    getCaller: () => ({ waitedMs, priority, offers }),
    getQueue: () => ({ waiting, longestWaitMs }),
    nowMs: () => BigInt(nowMs),
    seed: () => seed,
    language: () => caller.language,
    attributes: () => (caller.attributes ?? []).map(([name, value]) => [name, value]),
    familiarMsAgo: () => caller.familiarMsAgo,
    count: () => rows.length,
    order: column((row) => row.order),
    idleMs: column((row) => row.idleMs),
    handledToday: column((row) => row.handledToday),
    missedToday: column((row) => row.missedToday),
    occupancy: column((row) => row.occupancy),
    delayMs: column((row) => row.delayMs),
    talkMsToday: column((row) => row.talkMsToday),
    servedMsAgo: column((row) => row.servedMsAgo, 0xffff_ffff),
    skillLevel: (name) => column((row) => row.skills?.[name])(),
    lastDay: (indicator) => rows.map((row) => row.lastDay?.[indicator]),
  };
  const pairs = Object.entries(situation.settings ?? {});
  return ask(facts, pairs.map(([id, value]) => [id, worldly(value)]));
}

function worldly(value: number | boolean | string): WorldValue {
  if (typeof value === 'number') return { tag: 'number', val: value };
  if (typeof value === 'boolean') return { tag: 'toggle', val: value };
  return { tag: 'text', val: value };
}
