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

function part(body: Body, name: string): Body {
  const value = body[name];
  return typeof value === 'object' && value !== null ? (value as Body) : {};
}

export interface Decision {
  at_ms: number;
  candidates: number[];
  skipped: { agent: number; reason: string }[];
  chosen: number | null;
  policy: string | null;
  micros: number | null;
  fuel: number | null;
  fallback: string | null;
  reason: string | null;
}

/** A `route_decided`, whether its parts lie flat or under `decision` and `verdict`. */
export function decisionOf(fact: Fact): Decision {
  const body = { ...fact.body, ...part(fact.body, 'decision') };
  const flat = { ...body, ...part(body, 'verdict') };
  const candidates = Array.isArray(flat.candidates) ? flat.candidates : [];
  const skipped = Array.isArray(flat.skipped) ? (flat.skipped as Body[]) : [];
  return {
    at_ms: fact.at_ms,
    candidates: candidates.filter((each) => typeof each === 'number'),
    skipped: skipped.map((each) => ({
      agent: number(each, 'agent') ?? 0,
      reason: text(each, 'reason') ?? '',
    })),
    chosen: number(flat, 'chosen'),
    policy: text(flat, 'policy'),
    micros: number(flat, 'micros'),
    fuel: number(flat, 'fuel'),
    fallback: text(flat, 'fallback'),
    reason: text(flat, 'reason'),
  };
}
