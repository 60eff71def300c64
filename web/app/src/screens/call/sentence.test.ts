// Whatever the journal can say and whatever the server can refuse is told in words.

import { createTranslator } from 'use-intl';
import { describe, expect, test } from 'vitest';
import journal from '../../../../api/journal.json';
import openapi from '../../../../api/openapi.json';
import type { Fact } from '../../api/wire';
import { type Language, LOCALES, MESSAGES } from '../../words/words';
import { decisionOf } from './facts';
import { fallbackOf, policyOf } from './fallback';
import { factWords, WORDED } from './sentence';

const LANGUAGES: Language[] = ['et', 'en'];
const GROUPS: Record<number, string> = { 1: 'Müük', 2: 'Tugi' };
const PEOPLE: Record<number, string> = { 7: 'Mari', 8: 'Jaan' };

function told(language: Language, kind: string, body: Fact['body']): string {
  const t = createTranslator({ locale: language, messages: MESSAGES[language], namespace: 'fact' });
  return factWords({ at_ms: 0, kind, body } as Fact, {
    t: t as never,
    locale: LOCALES[language],
    person: (id) => PEOPLE[id ?? 0] ?? '?',
    group: (id) => GROUPS[id ?? 0] ?? '?',
  });
}

/** A body with a word in each of its fields. */
function whole(kind: string): Fact['body'] {
  const own = Object.entries(journal).filter(([field]) => field.startsWith(`${kind}.`));
  return Object.fromEntries(own.map(([field, words]) => [field.split('.')[1] ?? '', words[0]]));
}

describe.each(LANGUAGES)('in %s', (language) => {
  const { fact, why, problem } = MESSAGES[language];

  test('every kind of the journal has a sentence, and no sentence is left over', () => {
    expect(Object.keys(fact.kind).sort()).toEqual([...journal.kind].sort());
  });

  test('every word of the journal has words', () => {
    const { kind: _, 'route_decided.skipped': reasons, ...fields } = journal;
    expect(Object.keys(WORDED).sort()).toEqual(Object.keys(fields).sort());
    const headings = fact as unknown as Record<string, Record<string, string>>;
    for (const [field, words] of Object.entries(fields)) {
      const known = headings[WORDED[field] ?? ''] ?? {};
      for (const word of words) expect(known[word], `${field}: ${word}`).toBeDefined();
    }
    expect(Object.keys(why.skipped).sort()).toEqual([...reasons].sort());
  });

  test('no sentence shows a name of the journal', () => {
    const raw = new Set(Object.values(journal).flat());
    const names = [...raw].filter((word) => word.includes('_'));
    for (const [field, words] of Object.entries(journal)) {
      const [kind = '', name] = field.split('.');
      for (const word of words) {
        const given = name === undefined ? whole(word) : { ...whole(kind), [name]: word };
        const shown = told(language, name === undefined ? word : kind, given);
        for (const each of names) expect(shown).not.toContain(each);
        expect(shown).not.toMatch(/\{|undefined|NaN/);
      }
    }
  });

  test('every code of the server has words', () => {
    const codes = openapi.components.schemas.ProblemCode.enum;
    /** What the page itself finds out. */
    const own = ['other', 'unexpected', 'unreachable', 'too_short_here'];
    expect(Object.keys(problem).sort()).toEqual([...codes, ...own].sort());
  });
});

test('people, groups, places and waits are named', () => {
  expect(
    LANGUAGES.map((language) =>
      told(language, 'transfer_done', { agent: 7, from: 1, to: 2, by: 'web', who: 'Liis' }),
    ),
  ).toEqual([
    'Liis andis helistaja üle: grupist Müük gruppi Tugi, seni kõneles Mari.',
    'Liis took the caller from Mari and handed them over from Müük to Tugi.',
  ]);
  expect(told('et', 'queue_entered', { group: 2, place: 3, priority: 0, why: 'overflow' })).toBe(
    'Teise grupi reegel suunas helistaja gruppi Tugi, koht 3.',
  );
  expect(told('en', 'queue_entered', { group: 2, place: 1, priority: 5 })).toBe(
    'The caller entered Tugi, place 1 in line, priority 5.',
  );
  expect(told('en', 'queue_left', { group: 2, leave: 'timeout', waited_ms: 65_000 })).toBe(
    'Left Tugi after 1:05: the longest wait was over.',
  );
  expect(told('et', 'talk_ended', { by: 'caller', cause: 'hung_up', talked_ms: 5_000 })).toBe(
    'Helistaja lõpetas kõne, kestus 0:05.',
  );
  expect(told('en', 'queue_moved', { group: 1, from: 4, to: 1, by: 'web', who: 'Liis' })).toBe(
    'Liis moved the caller in Müük from place 4 to place 1.',
  );
  expect(told('et', 'wait_announced', { place: 2, wait_ms: 120_000 })).toBe(
    'Helistaja kuulis: koht 2, oodata umbes 2 min.',
  );
  expect(told('en', 'offer_ended', { agent: 8, outcome: 'busy', rang_ms: 0 })).toBe(
    'Offer to Jaan: busy.',
  );
});

test('a kind of a newer server is shown by its name', () => {
  expect(told('et', 'brand_new', {})).toBe('brand_new');
});

test('a decision says who decided and why its answer was not used', () => {
  const t = createTranslator({ locale: 'et', messages: MESSAGES.et, namespace: 'why' });
  expect(policyOf('longest-idle@1.0.0')).toEqual({ name: 'longest-idle', version: '1.0.0' });
  expect(policyOf('built-in')).toBeNull();
  expect(fallbackOf('it took too long', t as never)).toBe('aega läks liiga palju');
  expect(fallbackOf('suspended after 3 failures in a row', t as never)).toBe(
    'on pärast 3 järjestikust tõrget peatatud',
  );
  expect(fallbackOf('chose call 7 of 5', t as never)).toBe('valis kellegi, keda ei ole (7 of 5)');
  expect(fallbackOf('preferred others for too long', t as never)).toBe(
    'eelistas teisi ühele helistajale liiga kaua',
  );
  expect(fallbackOf('something else', t as never)).toBe('something else');
});

test('a decision may name only the first of those who were free', () => {
  const body = { candidates: [7], free: 40, skipped: [{ agent: 8, reason: 'off' }], chosen: 7 };
  const decision = decisionOf({ at_ms: 0, kind: 'route_decided', body } as unknown as Fact);
  expect([decision.candidates, decision.free]).toEqual([[7], 40]);
});
