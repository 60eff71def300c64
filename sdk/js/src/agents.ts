// Candidates over the host's columns. There may be thousands of them and a decision has ten
// milliseconds, so nobody gets an object before somebody asks for it.

import type { Agent, Agents, Column, Fact } from './index';

/// The host's functions about candidates, or a test's.
export interface Columns {
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
  lastDay(indicator: string): ArrayLike<number | undefined>;
}

/// What a column says of somebody who has never served this caller.
const NEVER = 0xffff_ffff;

export function candidates(host: Columns): Agents {
  return new View(host, host.count());
}

class View implements Agents {
  readonly #fetched: Partial<Record<Fact | 'servedMsAgo', Column>> = {};
  readonly #skills = new Map<string, Column>();
  readonly #lastDays = new Map<string, ArrayLike<number | undefined>>();

  constructor(
    readonly host: Columns,
    readonly length: number,
  ) {}

  get first(): Agent {
    return this.at(0);
  }

  at(position: number): Agent {
    if (!(position >= 0 && position < this.length)) throw nobody(position);
    return new Row(this, position);
  }

  column(fact: Fact | 'servedMsAgo'): Column {
    const known = this.#fetched[fact];
    if (known) return known;
    const column = this.host[fact]();
    this.#fetched[fact] = column;
    return column;
  }

  skillLevels(name: string): Column {
    const known = this.#skills.get(name);
    if (known) return known;
    const column = this.host.skillLevel(name);
    this.#skills.set(name, column);
    return column;
  }

  lastDays(indicator: string): ArrayLike<number | undefined> {
    const known = this.#lastDays.get(indicator);
    if (known) return known;
    const column = this.host.lastDay(indicator);
    this.#lastDays.set(indicator, column);
    return column;
  }

  least(by: Fact | ((agent: Agent) => number)): Agent {
    const column = this.#values(by);
    let found = 0;
    let lowest = Number.POSITIVE_INFINITY;
    for (let position = 0; position < this.length; position++) {
      const value = column[position] as number;
      if (value < lowest) {
        found = position;
        lowest = value;
      }
    }
    return this.at(found);
  }

  most(by: Fact | ((agent: Agent) => number)): Agent {
    const column = this.#values(by);
    let found = 0;
    let highest = Number.NEGATIVE_INFINITY;
    for (let position = 0; position < this.length; position++) {
      const value = column[position] as number;
      if (value > highest) {
        found = position;
        highest = value;
      }
    }
    return this.at(found);
  }

  find(is: (agent: Agent) => boolean): Agent | undefined {
    const cursor = new Row(this, 0);
    for (; cursor.position < this.length; cursor.position++) if (is(cursor)) return cursor;
    return undefined;
  }

  filter(is: (agent: Agent) => boolean): Agent[] {
    const found: Agent[] = [];
    const cursor = new Row(this, 0);
    for (; cursor.position < this.length; cursor.position++) {
      if (is(cursor)) found.push(new Row(this, cursor.position));
    }
    return found;
  }

  *[Symbol.iterator](): Iterator<Agent> {
    for (let position = 0; position < this.length; position++) yield new Row(this, position);
  }

  #values(by: Fact | ((agent: Agent) => number)): Column {
    if (typeof by === 'string') return this.column(by);
    const values = new Array<number>(this.length);
    const cursor = new Row(this, 0);
    for (; cursor.position < this.length; cursor.position++) values[cursor.position] = by(cursor);
    return values;
  }
}

/// A place among the candidates: its facts are looked up when they are read.
class Row implements Agent {
  constructor(
    readonly view: View,
    public position: number,
  ) {}

  get order() {
    return cell(this.view.column('order'), this.position);
  }

  get idleMs() {
    return cell(this.view.column('idleMs'), this.position);
  }

  get handledToday() {
    return cell(this.view.column('handledToday'), this.position);
  }

  get missedToday() {
    return cell(this.view.column('missedToday'), this.position);
  }

  get occupancy() {
    return cell(this.view.column('occupancy'), this.position);
  }

  get delayMs() {
    return cell(this.view.column('delayMs'), this.position);
  }

  get talkMsToday() {
    return cell(this.view.column('talkMsToday'), this.position);
  }

  get servedMsAgo() {
    const ms = cell(this.view.column('servedMsAgo'), this.position);
    return ms === NEVER ? undefined : ms;
  }

  skillLevel(name: string) {
    return cell(this.view.skillLevels(name), this.position);
  }

  lastDay(indicator: string) {
    return this.view.lastDays(indicator)[this.position];
  }
}

function cell(column: Column, position: number): number {
  const value = column[position];
  if (value === undefined) throw nobody(position);
  return value;
}

function nobody(position: number): Error {
  return new Error(`there is no candidate ${position}`);
}
