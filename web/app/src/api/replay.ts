// A policy tried on a recorded day: which days there are, and what such a day comes to.

import { queryOptions, useQuery } from '@tanstack/react-query';
import { ask, hear, Problem } from './client';
import type { Settings } from './plugins';

export interface RecordedDays {
  /** Where days begin and end, for example `Europe/Tallinn`. */
  zone: string;
  /** Newest first; only days on which somebody called a group. */
  days: { day: string; calls: number }[];
}

/** How evenly work was spread over the agents; `variation` 0 is even. */
export interface Spread {
  least: number;
  most: number;
  variation: number | null;
}

/** What a day came to. Shares are between 0 and 1. */
export interface Lived {
  offered: number;
  answered: number;
  abandoned: number;
  refused: number;
  asa_ms: number | null;
  service_level: number | null;
  unattended: number | null;
  agents: { agent: number; name: string; handled: number; talked_ms: number }[];
  calls: Spread;
  /** In milliseconds. */
  talk: Spread;
  decisions: {
    taken: number;
    stepped_in: number;
    why: string | null;
    us_p50: number | null;
    us_p99: number | null;
  };
}

/** As it was, lived again as the groups are now, lived again with the policy tried. */
export interface Replayed {
  was: Lived;
  now: Lived;
  tried: Lived;
}

export interface Trial {
  groups: number[];
  policy: string;
  settings: Settings;
  /** `2026-03-02` */
  day: string;
}

const daysQuery = queryOptions({
  queryKey: ['recorded-days'],
  queryFn: () => ask<RecordedDays>('GET', '/plugins/days'),
});
export const useRecordedDays = () => useQuery(daysQuery);

/** Has the day lived again; `onShare` hears how much is done, from 0 to 1. */
export async function replay(
  trial: Trial,
  onShare: (share: number) => void,
  signal: AbortSignal,
): Promise<Replayed> {
  let replayed: Replayed | undefined;
  await hear('/plugins/replay', trial, signal, (name, data) => {
    if (name === 'done') onShare((data as { share: number }).share);
    if (name === 'replayed') replayed = data as Replayed;
    if (name === 'problem') throw Problem.of(data as Problem);
  });
  if (!replayed) throw new Problem(0, 'unreachable');
  return replayed;
}
