// The side of a policy that the host sees: the exports of the world.

import { write } from 'ladus:base/log@1.0.0';
import * as candidates from 'ladus:routing/candidates@1.3.0';
import * as situation from 'ladus:routing/situation@1.3.0';
import type { Answer, Card, Field, Policy } from './index';
import { ask, type Facts } from './question';
import { initial, kind, type WorldValue } from './settings';

const facts: Facts = { ...situation, ...candidates };

/// Makes the world's exports of a policy.
export function world(own: Policy) {
  return {
    describe: () => card(own.card),
    decide(settings: [string, WorldValue][]) {
      return answer(own.decide(ask(facts, settings)));
    },
  };
}

const card = (own: Card) => ({ ...own, fields: (own.fields ?? []).map(field) });

const field = (own: Field) => ({
  id: own.id,
  label: own.label,
  help: own.help ?? '',
  kind: kind(own),
  initial: initial(own),
});

function answer({ decision, reason }: Answer) {
  if (decision === 'pass') return { decision: { tag: 'pass' }, reason };
  if ('ring' in decision) return { decision: { tag: 'ring', val: decision.ring }, reason };
  const ms = Math.min(Math.max(0, Math.round(decision.waitMs)), 0xffff_ffff);
  return { decision: { tag: 'wait', val: ms }, reason };
}

const line = (level: 'debug' | 'info' | 'warn') => (...words: unknown[]) =>
  write(level, words.map((it) => (typeof it === 'string' ? it : JSON.stringify(it))).join(' '));

// What a policy prints is kept with the decision.
globalThis.console = {
  ...globalThis.console,
  debug: line('debug'),
  log: line('info'),
  info: line('info'),
  warn: line('warn'),
  error: line('warn'),
};
