// A day of a trial's hours, as bars.

import type { TrialAtWork, TrialTally } from '../../api/plugins';

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** What became of a decision, in the words of the trial's stage. */
export type Part = 'same' | 'different' | 'decided' | 'failed' | 'left';

export interface Hour {
  from_ms: number;
  /** From the bottom of the bar to its top; only those that are there. */
  parts: { part: Part; count: number }[];
  total: number;
}

/** Which parts a bar has: a shadow is compared, a share decides. */
export function partsOf(stage: TrialAtWork['stage']): Part[] {
  return stage === 'shadow' ? ['same', 'different', 'failed'] : ['left', 'decided', 'failed'];
}

export function countOf(part: Part, tally: TrialTally): number {
  return part === 'decided' ? tally.asked - tally.failed : tally[part];
}

/** The last 24 hours, oldest first, with empty ones where nothing was decided. */
export function dayOf({ stage, hours }: Pick<TrialAtWork, 'stage' | 'hours'>, now_ms: number) {
  const newest = Math.max(
    Math.floor(now_ms / HOUR_MS) * HOUR_MS,
    ...hours.map((hour) => hour.from_ms),
  );
  return Array.from({ length: HOURS }, (_, place): Hour => {
    const from_ms = newest - (HOURS - 1 - place) * HOUR_MS;
    const tally = hours.find((hour) => hour.from_ms === from_ms);
    const parts = partsOf(stage).flatMap((part) => {
      const count = tally ? countOf(part, tally) : 0;
      return count > 0 ? [{ part, count }] : [];
    });
    return { from_ms, parts, total: parts.reduce((sum, each) => sum + each.count, 0) };
  });
}
