// Indicators: what they are worked out by, what a draft comes to, the calls behind a figure.

import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { ask } from './client';
import type { PluginCard, Settings } from './plugins';
import { useChange } from './queries';

export type IndicatorUnit = 'seconds' | 'count' | 'ratio' | 'money';
export type Better = 'more' | 'less';

export interface IndicatorVersion {
  id: number;
  /** `2026-03-02` */
  from_day: string;
  title: string;
  formula: string | null;
  plugin: string | null;
  settings: Settings;
  unit: IndicatorUnit;
  better: Better;
  sample_min: number;
  who: string;
  at_ms: number;
}

export interface Indicator {
  id: number;
  name: string;
  until_day: string | null;
  /** In the order of their days. */
  versions: IndicatorVersion[];
  in_force: number | null;
}

export interface FormulaWord {
  name: string;
  sort: 'metric' | 'derived' | 'function';
  unit: IndicatorUnit | null;
  help_et: string;
  help_en: string;
  example: string;
}

export interface Indicators {
  today: string;
  indicators: Indicator[];
  stock: { card: PluginCard; unit: IndicatorUnit; better: Better; sample_min: number }[];
  words: FormulaWord[];
}

/** A formula or a plugin, and how its figures are judged. */
export interface Rule {
  title: string;
  formula?: string;
  plugin?: string;
  settings?: Settings;
  better: Better;
  sample_min: number;
  language: string;
}

export interface FormulaChecked {
  unit: IndicatorUnit | null;
  needs: string[];
  mistake: { from: number; to: number; code: string; text: string } | null;
}

/** A value, or why there is none. */
export interface Outcome {
  value: number | null;
  sample: number | null;
  why: 'too_few' | 'no_number' | 'said' | null;
  least: number | null;
  words: string | null;
}

export interface PersonPreviewed extends Outcome {
  agent: number;
  name: string;
  rank: number | null;
  by_day: (number | null)[];
  before: Outcome | null;
}

export interface Previewed {
  days: string[];
  today: boolean;
  unit: IndicatorUnit;
  better: Better;
  mean: number | null;
  median: number | null;
  people: PersonPreviewed[];
}

export interface Draft extends Rule {
  name: string;
  replaces: number | null;
}

export interface Case {
  at_ms: number;
  call: number;
  outcome: string | null;
  rang_ms: number | null;
  talked_ms: number | null;
  by: string | null;
}

const listQuery = queryOptions({
  queryKey: ['indicators'],
  queryFn: () => ask<Indicators>('GET', '/indicators'),
});
export const useIndicators = () => useQuery(listQuery);

/** Reads a formula; nothing is kept. */
export const useFormulaCheck = (formula: string, name: string, language: string) =>
  useQuery({
    queryKey: ['formula', formula, name, language],
    queryFn: () => ask<FormulaChecked>('POST', '/indicators/check', { formula, name, language }),
    enabled: formula.trim() !== '',
    placeholderData: keepPreviousData,
  });

/** Works a draft out over the last days. What was worked out is shown until the next one is. */
export const usePreview = (draft: Draft | null) =>
  useQuery({
    queryKey: ['indicator-preview', draft],
    queryFn: () => ask<Previewed>('POST', '/indicators/preview', draft),
    enabled: draft !== null,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });

export const useCases = (agent: number, from: string, to: string) =>
  useQuery({
    queryKey: ['cases', agent, from, to],
    queryFn: () =>
      ask<{ cases: Case[]; cut: boolean }>(
        'GET',
        `/indicators/cases?agent=${agent}&from=${from}&to=${to}`,
      ),
  });

export const useAddIndicator = () =>
  useChange(
    (input: Rule & { name: string; from_day: string }) =>
      ask<Indicator>('POST', '/indicators', input),
    'indicators',
    'versions',
  );
export const useChangeIndicator = (id: number) =>
  useChange(
    (input: Rule & { from_day: string }) => ask<Indicator>('PUT', `/indicators/${id}`, input),
    'indicators',
    'versions',
  );
export const useEndIndicator = () =>
  useChange(
    ({ id, until_day }: { id: number; until_day: string | null }) =>
      ask<Indicator>('POST', `/indicators/${id}/end`, { until_day }),
    'indicators',
    'versions',
  );
