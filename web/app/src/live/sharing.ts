// A board is sent whole. Rows that did not change keep their identity, so they are not drawn again.

import type { Board } from '../api/wire';

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((k) => same(left[k], right[k]));
}

export function shareRows<Row extends { id: number }>(before: Row[], after: Row[]): Row[] {
  const known = new Map(before.map((row) => [row.id, row]));
  let changed = before.length !== after.length;
  const rows = after.map((row, place) => {
    const old = known.get(row.id);
    const kept = old !== undefined && same(old, row) ? old : row;
    if (kept !== before[place]) changed = true;
    return kept;
  });
  return changed ? rows : before;
}

export function shareBoard(before: Board | null, after: Board): Board {
  if (before === null) return after;
  return {
    at_ms: after.at_ms,
    totals: same(before.totals, after.totals) ? before.totals : after.totals,
    groups: shareRows(before.groups, after.groups),
    agents: shareRows(before.agents, after.agents),
    calls: shareRows(before.calls, after.calls),
    mode: same(before.mode, after.mode) ? before.mode : after.mode,
    plugins: same(before.plugins, after.plugins) ? before.plugins : after.plugins,
    trials: same(before.trials, after.trials) ? before.trials : after.trials,
    failures: shareRows(before.failures, after.failures),
  };
}
