// A question over the host's columns: each is fetched once, when it is first read.

import { type Columns, candidates } from './agents';
import type { Question } from './index';
import { settings, type WorldValue } from './settings';

/// The host's functions, or a test's.
export interface Facts extends Columns {
  getCaller(): { waitedMs: number; priority: number; offers: number };
  getQueue(): { waiting: number; longestWaitMs: number };
  nowMs(): bigint;
  seed(): bigint;
  language(): string | undefined;
  attributes(): [string, string][];
  familiarMsAgo(): number | undefined;
}

export function ask(facts: Facts, pairs: readonly [string, WorldValue][]): Question {
  const caller = once(() => facts.getCaller());
  const seed = once(() => facts.seed());
  const next = once(() => chance(seed()));
  const people = once(() => candidates(facts));
  const language = once(() => facts.language());
  const attributes = once(() => facts.attributes());
  const familiarMsAgo = once(() => facts.familiarMsAgo());
  const queue = once(() => facts.getQueue());
  const nowMs = once(() => Number(facts.nowMs()));
  return {
    caller: {
      get waitedMs() {
        return caller().waitedMs;
      },
      get priority() {
        return caller().priority;
      },
      get offers() {
        return caller().offers;
      },
      get language() {
        return language();
      },
      get attributes() {
        return attributes();
      },
      get familiarMsAgo() {
        return familiarMsAgo();
      },
    },
    get queue() {
      return queue();
    },
    get nowMs() {
      return nowMs();
    },
    get seed() {
      return seed();
    },
    random: () => next()(),
    get agents() {
      return people();
    },
    settings: settings(pairs),
  };
}

/// Numbers from 0 to 1 out of one seed: mulberry32, which has a period of 2^32.
function chance(seed: bigint): () => number {
  let state = Number((seed ^ (seed >> 32n)) & 0xffff_ffffn);
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
