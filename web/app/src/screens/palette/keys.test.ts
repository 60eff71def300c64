// What a key means, wherever it is pressed.

import { expect, test } from 'vitest';
import { meaning, SCREENS } from './keys';

const key = (name: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', true>> = {}) => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

test('Ctrl K and ⌘ K open the palette, also when single keys are off', () => {
  for (const held of [{ ctrlKey: true }, { metaKey: true }] as const) {
    expect(meaning(key('k', held), false, false)).toEqual({ kind: 'palette' });
  }
});

test('g and a letter lead to every screen, each letter once', () => {
  expect(meaning(key('g'), false, true)).toEqual({ kind: 'wait' });
  for (const { letter, to } of SCREENS) {
    expect(meaning(key(letter), true, true)).toEqual({ kind: 'go', to });
  }
  expect(new Set(SCREENS.map(({ letter }) => letter)).size).toBe(SCREENS.length);
  expect(meaning(key('x'), true, true)).toEqual({ kind: 'none' });
});

test('single keys can be turned off', () => {
  for (const name of ['?', '/', 'g']) {
    expect(meaning(key(name), false, false)).toEqual({ kind: 'none' });
    expect(meaning(key(name), false, true)).not.toEqual({ kind: 'none' });
  }
});

test('a letter with a modifier is the browser’s own', () => {
  expect(meaning(key('g', { ctrlKey: true }), false, true)).toEqual({ kind: 'none' });
  expect(meaning(key('p', { altKey: true }), true, true)).toEqual({ kind: 'none' });
});
