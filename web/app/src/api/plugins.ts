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

/** What a plugin tells about itself. */
export interface PluginCard {
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
  last_failure: { at_ms: number; words: string } | null;
  state: PluginState;
  why: string | null;
}

export interface Plugins {
  stock: StockPolicy[];
  versions: PluginVersion[];
  at_work: PluginAtWork[];
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

export const useUpload = () =>
  useChange((file: File) => sendFile<PluginVersion>('/plugins', file), 'plugins');
export const useGivePolicy = () =>
  useChange(
    (input: { groups: number[]; policy: string; settings: Settings }) =>
      ask<void>('POST', '/plugins/give', input),
    'groups',
    'plugins',
    'versions',
  );
export const useRemovePlugin = () =>
  useChange((id: number) => ask<void>('DELETE', `/plugins/versions/${id}`), 'plugins');
export const useForgive = () =>
  useChange((group: number) => ask<void>('POST', `/groups/${group}/plugin/chance`));
