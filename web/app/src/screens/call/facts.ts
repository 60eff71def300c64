// Reads the bodies of facts. The journal may know kinds that this page does not: nothing here
// fails on them.

import type { Fact } from '../../api/wire';

type Body = Record<string, unknown>;

export function number(body: Body, name: string): number | null {
  const value = body[name];
  return typeof value === 'number' ? value : null;
}

export function text(body: Body, name: string): string | null {
  const value = body[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

export interface Decision {
  at_ms: number;
  group: number | null;
  /** The first of those who were free; `free` counts them all where the journal says it. */
  candidates: number[];
  free: number | null;
  skipped: { agent: number; reason: string }[];
  chosen: number | null;
  policy: string | null;
  micros: number | null;
  fuel: number | null;
  fallback: string | null;
  reason: string | null;
  /** The agent was freed and the call chosen for him: its position, from 0, among so many. */
  picked: { position: number; calls: number } | null;
}

/** A `route_decided`, read for the table. */
export function decisionOf({ at_ms, body }: Fact): Decision {
  const candidates = Array.isArray(body.candidates) ? body.candidates : [];
  const skipped = Array.isArray(body.skipped) ? (body.skipped as Body[]) : [];
  return {
    at_ms,
    group: number(body, 'group'),
    candidates: candidates.filter((each) => typeof each === 'number'),
    free: number(body, 'free'),
    skipped: skipped.map((each) => ({
      agent: number(each, 'agent') ?? 0,
      reason: text(each, 'reason') ?? '',
    })),
    chosen: number(body, 'chosen'),
    policy: text(body, 'policy'),
    micros: number(body, 'micros'),
    fuel: number(body, 'fuel'),
    fallback: text(body, 'fallback'),
    reason: text(body, 'reason'),
    picked: pickedOf(body),
  };
}

function pickedOf(body: Body): Decision['picked'] {
  const position = number(body, 'picked');
  const calls = number(body, 'picked_of');
  return position === null || calls === null ? null : { position, calls };
}
