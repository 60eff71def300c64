// A question over the host's columns: each is fetched once, when it is first read.

import type { Agent, Question } from './index';
import { settings, type WorldValue } from './settings';

type Column = ArrayLike<number>;

/// The host's functions, or a test's.
export interface Facts {
  getCaller(): { waitedMs: number; priority: number; offers: number };
  getQueue(): { waiting: number; longestWaitMs: number };
  nowMs(): bigint;
  seed(): bigint;
  language(): string | undefined;
  attributes(): [string, string][];
  familiarMsAgo(): number | undefined;
  count(): number;
  order(): Column;
  idleMs(): Column;
  handledToday(): Column;
  missedToday(): Column;
  occupancy(): Column;
  delayMs(): Column;
  talkMsToday(): Column;
  servedMsAgo(): Column;
  skillLevel(name: string): Column;
}

/// What a column says of somebody who has never served this caller.
const NEVER = 0xffff_ffff;

export function ask(facts: Facts, pairs: readonly [string, WorldValue][]): Question {
  const caller = once(() => facts.getCaller());
  const seed = once(() => facts.seed());
  const next = once(() => chance(seed()));
  const people = once(() => agents(facts));
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

function agents(facts: Facts): Agent[] {
  const order = once(() => facts.order());
  const idleMs = once(() => facts.idleMs());
  const handledToday = once(() => facts.handledToday());
  const missedToday = once(() => facts.missedToday());
  const occupancy = once(() => facts.occupancy());
  const delayMs = once(() => facts.delayMs());
  const talkMsToday = once(() => facts.talkMsToday());
  const servedMsAgo = once(() => facts.servedMsAgo());
  const skills = new Map<string, Column>();
  const skill = (name: string) => {
    const known = skills.get(name) ?? facts.skillLevel(name);
    skills.set(name, known);
    return known;
  };
  /// One object for all would be wrong and one literal each slow: a class has its getters once.
  class Row implements Agent {
    constructor(readonly position: number) {}
    get order() {
      return cell(order(), this.position);
    }
    get idleMs() {
      return cell(idleMs(), this.position);
    }
    get handledToday() {
      return cell(handledToday(), this.position);
    }
    get missedToday() {
      return cell(missedToday(), this.position);
    }
    get occupancy() {
      return cell(occupancy(), this.position);
    }
    get delayMs() {
      return cell(delayMs(), this.position);
    }
    get talkMsToday() {
      return cell(talkMsToday(), this.position);
    }
    get servedMsAgo() {
      const ms = cell(servedMsAgo(), this.position);
      return ms === NEVER ? undefined : ms;
    }
    skillLevel(name: string) {
      return cell(skill(name), this.position);
    }
  }
  return Array.from({ length: facts.count() }, (_, position) => new Row(position));
}

function cell(column: Column, position: number): number {
  const value = column[position];
  if (value === undefined) throw new Error(`there is no candidate ${position}`);
  return value;
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
