// What the page reads and changes of plugins.

import { queryOptions, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { worded } from '../screens/plugins/stock';
import { ask, sendFile } from './client';
import { useChange } from './queries';

/** A setting's value. `null`: nothing was entered. */
export type Setting = number | boolean | string | string[] | null;
export type Settings = Record<string, Setting>;

export type FieldKind =
  | { kind: 'number'; least: number; most: number; step: number; unit: string }
  | { kind: 'duration' }
  | { kind: 'toggle' }
  | { kind: 'line' }
  | { kind: 'choice'; items: { id: string; label: string }[] }
  | { kind: 'pick'; list: string };

export type PluginField = FieldKind & {
  id: string;
  label: string;
  help: string;
  initial: Setting;
};

/** Whose phone rings for a call, or which call a freed agent gets. */
export type PluginKind = 'routing' | 'selection' | 'indicator';

/** What a plugin tells about itself. */
export interface PluginCard {
  kind: PluginKind;
  name: string;
  version: string;
  summary: string;
  fields: PluginField[];
}

interface Offered {
  /** The word for a group's `policy`. */
  policy: string;
  /** `fair-share@1.0.0`, as the journal has it. */
  label: string;
  card: PluginCard;
  reads: string[];
  groups: number[];
  /** Freed agents are given calls by it. */
  selects: boolean;
  /** Groups that try it out. */
  trials: number[];
}

export type StockPolicy = Offered;

export interface PluginVersion extends Offered {
  id: number;
  sha256: string;
  bytes: number;
  who: string;
  at_ms: number;
  removed: boolean;
}

export type PluginState = 'active' | 'failed_in_a_row' | 'failed_too_often' | 'missing';

/** A plugin at work for a group. */
export interface PluginAtWork {
  group: number;
  label: string;
  decisions: number;
  failures: number;
  failures_in_a_row: number;
  last_failure: PluginFailure | null;
  state: PluginState;
  why: string | null;
}

/** Who chooses calls for freed agents; `built-in` is the order of their groups. */
export interface Selection {
  policy: string;
  settings: Settings;
  at_work: Omit<PluginAtWork, 'group'> | null;
}

export interface PluginFailure {
  at_ms: number;
  words: string;
  /** Functions of the plugin, the innermost first. */
  backtrace: string[];
}

/** A question at which a plugin failed; it can be downloaded as a test case. */
export interface FailureKept {
  id: number;
  at_ms: number;
  group: number;
  call: number;
  label: string;
  words: string;
}

/** Decisions of a group, by what became of them in a trial. */
export interface TrialTally {
  asked: number;
  same: number;
  different: number;
  failed: number;
  left: number;
}

/** A decision that the plugin on trial would have taken otherwise; nobody: the caller waits. */
export interface TrialDifference {
  at_ms: number;
  call: number;
  decided: number | null;
  instead: number | null;
  reason: string | null;
}

/** A plugin on trial for a group. */
export interface TrialAtWork {
  group: number;
  label: string;
  stage: 'shadow' | 'share';
  share: number | null;
  last_failure: PluginFailure | null;
  state: PluginState;
  why: string | null;
  total: TrialTally;
  hours: (TrialTally & { from_ms: number })[];
  differences: TrialDifference[];
}

/** What a group tries out. */
export interface GroupTrial {
  policy: string;
  settings: Settings;
  stage: 'shadow' | 'share';
  share: number | null;
}

/** How far a policy goes. */
export type PolicyStage = 'decides' | 'share' | 'shadow';

export interface Plugins {
  stock: StockPolicy[];
  versions: PluginVersion[];
  at_work: PluginAtWork[];
  trials: TrialAtWork[];
  /** Newest first. */
  failures: FailureKept[];
}

const pluginsQuery = queryOptions({
  queryKey: ['plugins'],
  queryFn: () => ask<Plugins>('GET', '/plugins'),
});
/** The stock policies' cards are in our words, the others in their authors'. */
export function usePlugins() {
  const t = useTranslations('stock');
  const select = useCallback(
    ({ stock, ...rest }: Plugins): Plugins => ({
      ...rest,
      stock: stock.map((each) => ({ ...each, card: worded(each.card, t) })),
    }),
    [t],
  );
  return useQuery({ ...pluginsQuery, select });
}

/** What is offered: everything but what was removed. */
export const offeredOf = (plugins: Plugins | undefined, kind: PluginKind): Offered[] =>
  [...(plugins?.stock ?? []), ...(plugins?.versions.filter((each) => !each.removed) ?? [])].filter(
    (each) => each.card.kind === kind,
  );

export const useSelection = () =>
  useQuery({
    queryKey: ['plugins', 'selection'],
    queryFn: () => ask<Selection>('GET', '/plugins/selection'),
    // Its health is on no board: it is looked at now and then.
    refetchInterval: 10_000,
  });
export const useChangeSelection = () =>
  useChange(
    (input: { policy: string; settings: Settings }) =>
      ask<Selection>('PUT', '/plugins/selection', input),
    'plugins',
    'versions',
  );
export const useForgiveSelection = () =>
  useChange(() => ask<void>('POST', '/plugins/selection/chance'), 'plugins');

export const useUpload = () =>
  useChange((file: File) => sendFile<PluginVersion>('/plugins', file), 'plugins');
export const useGivePolicy = () =>
  useChange(
    (input: {
      groups: number[];
      policy: string;
      settings: Settings;
      stage: PolicyStage;
      share: number | null;
    }) => ask<void>('POST', '/plugins/give', input),
    'groups',
    'plugins',
    'versions',
  );
export const useRemovePlugin = () =>
  useChange((id: number) => ask<void>('DELETE', `/plugins/versions/${id}`), 'plugins');
export const useForgive = () =>
  useChange((group: number) => ask<void>('POST', `/groups/${group}/plugin/chance`));
export const usePromoteTrial = () =>
  useChange(
    (group: number) => ask<void>('POST', `/groups/${group}/trial/promote`),
    'groups',
    'plugins',
    'versions',
  );
export const useStopTrial = () =>
  useChange(
    (group: number) => ask<void>('DELETE', `/groups/${group}/trial`),
    'groups',
    'plugins',
    'versions',
  );
