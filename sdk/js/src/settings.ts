// Settings as the world has them, and as a policy reads them.

import type { Field, Settings } from './index';

export type WorldValue =
  | { tag: 'empty' }
  | { tag: 'number'; val: number }
  | { tag: 'toggle'; val: boolean }
  | { tag: 'text'; val: string }
  | { tag: 'several'; val: string[] };

export function kind(field: Field) {
  switch (field.kind) {
    case 'number': {
      const { least, most, step, unit } = field;
      return { tag: 'number', val: { least, most, step, unit: unit ?? '' } };
    }
    case 'choice':
      return { tag: 'choice', val: field.items };
    case 'pick':
      return { tag: 'pick', val: field.list };
    case 'duration':
    case 'toggle':
    case 'line':
      return { tag: field.kind };
  }
}

export function initial(field: Field): WorldValue {
  switch (field.kind) {
    case 'number':
    case 'duration':
      return { tag: 'number', val: field.initial };
    case 'toggle':
      return { tag: 'toggle', val: field.initial };
    case 'line':
    case 'choice':
      return { tag: 'text', val: field.initial };
    case 'pick':
      return field.initial === undefined ? { tag: 'empty' } : { tag: 'text', val: field.initial };
  }
}

export function settings(pairs: readonly [string, WorldValue][]): Settings {
  const value = (id: string) => pairs.find(([name]) => name === id)?.[1];
  return {
    number(id) {
      const it = value(id);
      return it?.tag === 'number' ? it.val : undefined;
    },
    toggle(id) {
      const it = value(id);
      return it?.tag === 'toggle' ? it.val : undefined;
    },
    text(id) {
      const it = value(id);
      return it?.tag === 'text' ? it.val : undefined;
    },
  };
}
