// What a routing policy is written with.
//
// A policy has a card, which the administrator sees, and a function that takes one decision. Every
// decision starts anew: nothing is remembered between them, and the clock, chance and everything
// that is known of the agents come from the question.

export interface Policy {
  readonly card: Card;
  /// Takes one decision. Whoever throws has failed: the built-in order decides this call.
  decide(question: Question): Answer;
}

/// The list of plugins and the settings form are drawn from it.
export interface Card {
  /// Lower case with hyphens, at most 40 characters. It stands in the journal beside every
  /// decision.
  name: string;
  /// The plugin's own version, for example `1.0.0`.
  version: string;
  /// One sentence for the administrator.
  summary: string;
  /// The settings, in the order of the form.
  fields?: Field[];
}

interface Named {
  /// The name under which its value is found in `question.settings`.
  id: string;
  /// What stands before the input.
  label: string;
  /// A sentence below the input.
  help?: string;
}

/// One setting, with the value it has until the administrator chooses another one.
export type Field = Named &
  (
    | { kind: 'number'; least: number; most: number; step: number; unit?: string; initial: number }
    /// In milliseconds.
    | { kind: 'duration'; initial: number }
    | { kind: 'toggle'; initial: boolean }
    | { kind: 'line'; initial: string }
    | { kind: 'choice'; items: { id: string; label: string }[]; initial: string }
    /// The id of something of the company's: `agent`, `group`; a `skill` is its name.
    | { kind: 'pick'; list: string; initial?: string }
  );

/// What the administrator chose, by the id of the field; `undefined` when there is no such field or
/// its value is of another kind.
export interface Settings {
  number(id: string): number | undefined;
  toggle(id: string): boolean | undefined;
  text(id: string): string | undefined;
}

/// The one decision being taken. Facts are fetched when they are first asked for.
export interface Question {
  readonly caller: Caller;
  readonly queue: Queue;
  /// Milliseconds since 1970 (UTC). It stands still during a decision.
  readonly nowMs: number;
  /// Differs from decision to decision, and is the same on replay.
  readonly seed: bigint;
  /// From 0 to 1, another one each time, from the seed. `Math.random` knows no chance here.
  random(): number;
  /// The free agents who may take the call, in the built-in order: the first is the one whom the
  /// engine itself would choose. Never empty.
  readonly agents: Agents;
  readonly settings: Settings;
}

export interface Caller {
  /// How long the caller has waited in this group, in milliseconds.
  readonly waitedMs: number;
  /// Higher goes first; 0 unless the plan says otherwise.
  readonly priority: number;
  /// Offers of this call that ended without an answer.
  readonly offers: number;
  /// The language of the number that was dialled, as two small letters.
  readonly language: string | undefined;
  /// What the caller's side sent along: headers that begin with `X-`, names in small letters.
  readonly attributes: readonly (readonly [name: string, value: string])[];
  /// Milliseconds since an agent who is there, free or not, last answered this caller.
  readonly familiarMsAgo: number | undefined;
}

export interface Queue {
  /// Calls waiting in the group, this one included.
  readonly waiting: number;
  /// The longest wait among them, in milliseconds.
  readonly longestWaitMs: number;
}

/// One number for each candidate, by position.
export type Column = ArrayLike<number>;

/// Facts that are one number for each candidate.
export type Fact =
  | 'order'
  | 'idleMs'
  | 'handledToday'
  | 'missedToday'
  | 'occupancy'
  | 'delayMs'
  | 'talkMsToday';

/// The candidates. What is asked for by the name of a fact is compared in its column, without an
/// object for each of them; a function is shown one agent after the other in the same object, so it
/// must not keep it: what it is given is good until it answers. Of equal ones the first is meant,
/// who is nearest in the built-in order. Whoever is iterated over or returned is an object of its own.
export interface Agents extends Iterable<Agent> {
  readonly length: number;
  /// The one whom the engine itself would choose.
  readonly first: Agent;
  /// Throws when there is no such candidate.
  at(position: number): Agent;
  /// All numbers of one fact, by position.
  column(fact: Fact): Column;
  /// Everybody's level of one skill, by position.
  skillLevels(name: string): Column;
  /// Everybody's figure of one indicator on the last closed day, by position; see `Agent.lastDay`.
  lastDays(indicator: string): ArrayLike<number | undefined>;
  /// Whoever has least of it.
  least(by: Fact | ((agent: Agent) => number)): Agent;
  /// Whoever has most of it.
  most(by: Fact | ((agent: Agent) => number)): Agent;
  /// The first of whom this is true.
  find(is: (agent: Agent) => boolean): Agent | undefined;
  /// Everybody of whom this is true.
  filter(is: (agent: Agent) => boolean): Agent[];
}

/// One free agent.
export interface Agent {
  /// The place among the candidates, from 0.
  readonly position: number;
  /// The order of this group for the agent: 1 is the agent's main group.
  readonly order: number;
  /// Milliseconds since the agent's last call, offer or log-on.
  readonly idleMs: number;
  /// Calls the agent has talked today.
  readonly handledToday: number;
  /// Offers to the agent today that ended without an answer.
  readonly missedToday: number;
  /// Talk, ring and wrap-up as a share of the time logged on today, 0 to 1.
  readonly occupancy: number;
  /// The agent serves only callers who have waited this long, in milliseconds.
  readonly delayMs: number;
  /// Milliseconds the agent has talked today, in calls that have ended.
  readonly talkMsToday: number;
  /// Milliseconds since the agent last answered this caller; `undefined` when never.
  readonly servedMsAgo: number | undefined;
  /// How well the agent masters a skill, 1 to 10; 0 when not at all.
  skillLevel(name: string): number;
  /// What the agent has achieved on the last closed day by this indicator of the company, in the
  /// indicator's unit; `undefined` when he has no value, or there is no indicator of this name.
  lastDay(indicator: string): number | undefined;
}

export interface Answer {
  decision: { ring: number } | { waitMs: number } | 'pass';
  reason?: string;
}

/// Ring this agent. The reason, in a few words, is kept with the call: at most 200 characters.
export const ring = (agent: Agent, reason?: string): Answer => ({
  decision: { ring: agent.position },
  reason,
});

/// Nobody yet: ask again after so many milliseconds. The host bounds the number.
export const wait = (ms: number, reason?: string): Answer => ({ decision: { waitMs: ms }, reason });

/// No opinion: the built-in order decides.
export const pass = (reason?: string): Answer => ({ decision: 'pass', reason });

/// Of a list of your own, such as what `agents.filter` gives: the one for whom `by` says least; of
/// equal ones the first. `undefined` of none.
export function least<T>(all: readonly T[], by: (one: T) => number): T | undefined {
  let found: T | undefined;
  let lowest = Number.POSITIVE_INFINITY;
  for (const one of all) {
    const value = by(one);
    if (found === undefined || value < lowest) {
      found = one;
      lowest = value;
    }
  }
  return found;
}
