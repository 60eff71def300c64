import { createTranslator } from 'use-intl';
import { describe, expect, test } from 'vitest';
import en from './en.json';
import et from './et.json';

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const here = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') found.set(here, value);
    else for (const [inner, word] of leaves(value, here)) found.set(inner, word);
  }
  return found;
}

/** The names of the values that a message takes. */
function values(message: string): string[] {
  const names = [...message.matchAll(/\{(\w+)(?=[},])/g)].map((match) => match[1] ?? '');
  return [...new Set(names)].sort();
}

const english = leaves(en);
const estonian = leaves(et);

describe('words', () => {
  test('both languages have the same keys', () => {
    expect([...estonian.keys()].sort()).toEqual([...english.keys()].sort());
  });

  test('both languages take the same values', () => {
    for (const [key, message] of english) {
      expect(values(estonian.get(key) ?? ''), key).toEqual(values(message));
    }
  });

  test('no word is empty', () => {
    for (const [key, message] of [...english, ...estonian]) {
      expect(message.trim(), key).not.toBe('');
    }
  });

  test('every message can be formatted', () => {
    const sample = new Proxy({}, { get: () => 2, has: () => true, ownKeys: () => [] });
    for (const [locale, messages, words] of [
      ['en', en, english],
      ['et', et, estonian],
    ] as const) {
      const failures: string[] = [];
      const t = createTranslator({
        locale,
        messages,
        onError: (error) => failures.push(error.message),
      });
      for (const [key, message] of words) {
        const given = Object.fromEntries(values(message).map((name) => [name, 2]));
        t(key as never, { ...sample, ...given } as never);
      }
      expect(failures).toEqual([]);
    }
  });

  test('counts are worded as each language counts', () => {
    const word = (locale: 'en' | 'et', count: number) =>
      createTranslator({ locale, messages: locale === 'en' ? en : et })('calls.fresh', { count });
    expect([1, 2].map((count) => word('en', count))).toEqual([
      '1 new call: show',
      '2 new calls: show',
    ]);
    expect([1, 2].map((count) => word('et', count))).toEqual([
      '1 uus kõne: näita',
      '2 uut kõnet: näita',
    ]);
  });
});
