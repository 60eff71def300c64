// Figures of some days, as the page asks for them.

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ask } from './client';

/** What rows are told apart by. */
export const ROWS = [
  'person',
  'group',
  'person,group',
  'day',
  'day,person',
  'day,group',
  'hour',
  '',
] as const;
export type Rows = (typeof ROWS)[number];

/** The seven service levels; `b` is the strict one. */
export const LEVELS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const;
export type Level = (typeof LEVELS)[number];

/** What is asked for; all of it stands in the address. */
export interface FiguresAsked {
  /** `2026-03-01`; today when left out. */
  from?: string | undefined;
  to?: string | undefined;
  by?: Rows | undefined;
  group?: number | undefined;
  person?: number | undefined;
  level?: Level | undefined;
  /** Within how many seconds an answer is in time. */
  within?: number | undefined;
}

export interface FiguresRow {
  day: string | null;
  weekday: number | null;
  hour: number | null;
  group: number | null;
  person: number | null;
  /** Counts, milliseconds (`_ms`) and ratios; `null`: no value. */
  figures: Record<string, number | null>;
  service_level: Record<string, number | null> | null;
}

export interface Figures {
  zone: string;
  from: string;
  to: string;
  goes_on: boolean;
  limits: { in_time_ms: number; short_ms: number; instant_ms: number };
  rows: FiguresRow[];
}

/** What the server is asked, for rows or for a file of them. */
export function searchOf(asked: FiguresAsked, by: string): string {
  const search = new URLSearchParams();
  const { from, to, group, person, within } = asked;
  if (from) search.set('from', from);
  if (to) search.set('to', to);
  if (by) search.set('by', by);
  if (group !== undefined) search.set('group', String(group));
  if (person !== undefined) search.set('person', String(person));
  if (within !== undefined) search.set('in_time_ms', String(within * 1000));
  return search.toString();
}

/** The calls behind one figure. */
export interface FigureExplained {
  figure: string;
  formula: string;
  value: number | null;
  part: number;
  whole: number;
  counted: FigureCase[];
  left_out: FigureCase[];
  unlisted: number;
}

export interface FigureCase {
  call: number;
  at_ms: number;
  group: number;
  person: number | null;
  ms: number;
  part: number;
  whole: number;
  reason: string | null;
}

export function useExplained(asked: FiguresAsked, figure: string) {
  const search = `${searchOf(asked, '')}&figure=${figure}`;
  return useQuery({
    queryKey: ['figures', 'explain', search],
    queryFn: () => ask<FigureExplained>('GET', `/figures/explain?${search}`),
  });
}

export function useFigures(asked: FiguresAsked, by: string, wanted = true) {
  const search = searchOf(asked, by);
  return useQuery({
    queryKey: ['figures', search],
    queryFn: () => ask<Figures>('GET', `/figures?${search}`),
    placeholderData: keepPreviousData,
    enabled: wanted,
  });
}
