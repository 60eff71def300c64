// What a plugin may read, in words: the facts it imports.

import type { useTranslations } from 'use-intl';

type Words = ReturnType<typeof useTranslations<'reads'>>;

/** Not facts about anybody: how many there are, the plugin's own log. */
const UNTOLD = ['count', 'write'];

/** `ladus:routing/candidates@1.0.0#idle-ms` in words; one that has none yet, by its own name. */
export function readsWords(reads: string[], t: Words): string[] {
  const words = reads.flatMap((read) => {
    const fact = read.split('#')[1] ?? read;
    if (UNTOLD.includes(fact)) return [];
    const key = fact.replaceAll('-', '_') as Parameters<Words>[0];
    return [t.has(key) ? t(key) : fact.replaceAll('-', ' ')];
  });
  return [...new Set(words)];
}
