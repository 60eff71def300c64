// A plugin's settings out of its form, and the facts it reads in words.

import { createTranslator } from 'use-intl';
import { expect, test } from 'vitest';
import type { PluginCard, PluginField } from '../../api/plugins';
import { MESSAGES } from '../../words/words';
import { readsWords } from './reads';
import { settingsOf } from './SettingFields';
import { worded } from './stock';

const field = (id: string, kind: object): PluginField =>
  ({ id, label: id, help: '', initial: null, ...kind }) as PluginField;

const CARD: PluginCard = {
  kind: 'routing',
  name: 'fair-share',
  version: '1.0.0',
  summary: '',
  fields: [
    field('threshold', { kind: 'number', least: 1, most: 9, step: 1, unit: '' }),
    field('pause', { kind: 'duration' }),
    field('strict', { kind: 'toggle' }),
    field('note', { kind: 'line' }),
    field('way', { kind: 'choice', items: [{ id: 'a', label: 'A' }] }),
    field('first', { kind: 'pick', list: 'agent' }),
  ],
};

function filled(values: Record<string, string>): FormData {
  const data = new FormData();
  for (const [id, value] of Object.entries(values)) data.set(`settings.${id}`, value);
  return data;
}

test('settings are typed as the card asks for', () => {
  const all = filled({
    threshold: '2.5',
    pause: '1.5',
    strict: 'yes',
    note: 'mägi',
    way: 'a',
    first: '7',
  });
  expect(settingsOf(CARD, all)).toEqual({
    threshold: 2.5,
    pause: 1500,
    strict: true,
    note: 'mägi',
    way: 'a',
    first: '7',
  });
});

test('what was left empty is nothing, not zero', () => {
  const none = filled({ threshold: '', pause: '', note: '', way: '', first: '' });
  expect(settingsOf(CARD, none)).toEqual({
    threshold: null,
    pause: null,
    strict: false,
    note: '',
    way: null,
    first: null,
  });
  expect(settingsOf(undefined, none)).toEqual({});
});

test('facts are told in words, a new one by its own name', () => {
  const t = createTranslator({ locale: 'en', messages: MESSAGES.en, namespace: 'reads' });
  const reads = [
    'ladus:routing/candidates@1.0.0#count',
    'ladus:routing/candidates@1.0.0#idle-ms',
    'ladus:routing/candidates@1.1.0#tea-today',
    'ladus:base/log@1.0.0#write',
  ];
  expect(readsWords(reads, t)).toEqual(['how long the agent has been idle', 'tea today']);
});

test('a stock card is in words of ours, and what has none stays as it is', () => {
  const card: PluginCard = {
    ...CARD,
    name: 'skills',
    summary: 'Whoever.',
    fields: [
      field('least-level', { kind: 'number', least: 1, most: 10, step: 1, unit: '' }),
      field('prefer', { kind: 'choice', items: [{ id: 'best', label: 'The highest level' }] }),
      field('brand-new', { kind: 'toggle' }),
    ],
  };
  const t = createTranslator({ locale: 'et', messages: MESSAGES.et, namespace: 'stock' });
  const { summary, fields } = worded(card, t);
  expect(summary).toContain('oskust piisavalt');
  expect(fields.map((each) => each.label)).toEqual([
    'Väikseim tase',
    'Piisavalt osavate seast',
    'brand-new',
  ]);
  expect(fields[1]).toMatchObject({ items: [{ id: 'best', label: 'Kõrgeima tasemega' }] });
});
