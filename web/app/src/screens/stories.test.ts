// What the plan is in words: what happens to a caller, and what differs between two versions.

import { createTranslator } from 'use-intl';
import { describe, expect, test } from 'vitest';
import type { Difference, Explain, Person } from '../api/wire';
import { hourOf, minutesOf, nextAt, roughly, span, until } from '../words/spans';
import { type Language, LOCALES, MESSAGES } from '../words/words';
import { spansOf, typedSpans, weekWords } from './calendars/week';
import { explainWords } from './groups/explain';
import { nextMoment } from './groups/WhatIf';
import { moved } from './people/GroupOrder';
import { renumbered } from './people/order';
import { levelOf, skillsOf, spelled } from './people/skills';
import { columns, tvToken } from './tv/Tv';
import { differenceWords } from './versions/difference';

const GROUPS: Record<number, string> = { 1: 'Müük', 2: 'Tugi' };
const PEOPLE: Record<number, string> = { 7: 'Mari', 8: 'Jaan' };

/** A Wednesday at noon, wherever the test runs. */
const NOON = new Date(2026, 10, 25, 12, 0).getTime();

function speech(language: Language) {
  const messages = MESSAGES[language];
  return {
    t: createTranslator({ locale: language, messages, namespace: 'explain' }),
    way: createTranslator({ locale: language, messages, namespace: 'way' }),
    diff: createTranslator({ locale: language, messages, namespace: 'diff' }),
    group: (id: number) => GROUPS[id] ?? '?',
    person: (id: number | null | undefined) => PEOPLE[id ?? 0] ?? '?',
    calendar: () => 'Tööpäevad',
    mode: () => 'Torm',
    policy: (word: string) => (word === 'plugin-version:3' ? 'fair-share 1.0.0' : word),
    locale: LOCALES[language],
    now_ms: NOON,
  };
}

const OPEN: Explain = {
  at_ms: NOON,
  open: true,
  by_hand: false,
  next_turn_ms: NOON + 5 * 3_600_000,
  people: [
    { person: 7, name: 'Mari', order: 1, delay_ms: 0, counts: true, why_not: null },
    { person: 8, name: 'Jaan', order: 2, delay_ms: 20_000, counts: true, why_not: null },
    { person: 9, name: 'Liis', order: 1, delay_ms: 0, counts: false, why_not: 'lent' },
  ],
  way_if_closed: { kind: 'goodbye', prompt: 'closed' },
  steps: [{ after_ms: 60_000, to: { kind: 'group', group: 1 } }],
  nobody: 'join',
  deserted: { kind: 'goodbye', prompt: null },
  announce: { greeting: 'welcome', first_ms: 0, every_ms: 60_000, place: false, wait: false },
  full: { kind: 'callback' },
};

describe('what happens to a caller', () => {
  const told = (language: Language, explain: Explain) => explainWords(explain, speech(language));

  test('of an open group is told in Estonian', () => {
    expect(told('et', OPEN)).toEqual([
      'Grupp on avatud.',
      'Helistaja kuuleb „Tere tulemast, teie kõnele vastatakse peagi“.',
      'Esimesena heliseb telefon: Mari.',
      'Kui nemad on hõivatud: Jaan (pärast 20 s).',
      'Teise gruppi laenatud: Liis.',
      'Pärast 1 min ootamist helistaja läheb gruppi Müük.',
      'Kui järjekord on täis, siis helistaja võib toru ära panna ja talle helistatakse tagasi.',
      'Sulgub 17:00.',
    ]);
  });

  test('of an open group is told in English', () => {
    expect(told('en', OPEN)).toEqual([
      'The group is open.',
      'The caller hears “Welcome, your call will be answered shortly”.',
      'First rings the phone of: Mari.',
      'When they are busy: Jaan (after 20 s).',
      'Lent to another group: Liis.',
      'After 1 min of waiting the caller goes to Müük.',
      'If the line is full, the caller may hang up and is called back.',
      'It closes 17:00.',
    ]);
  });

  test('of a closed group is where the caller goes, and when it opens', () => {
    const closed = { ...OPEN, open: false, next_turn_ms: NOON + 21 * 3_600_000 };
    expect(told('en', closed)).toEqual([
      'The group is closed. The caller hears “We are closed now” and is let go.',
      'It opens Thursday 09:00.',
    ]);
    expect(told('et', { ...closed, by_hand: true })).toEqual([
      'Grupp on käsitsi suletud, mida lahtiolekuaeg ka ei ütleks. ' +
        'Helistaja kuuleb „Oleme praegu suletud“ ja lastakse minema.',
    ]);
  });

  test('whom nobody serves is said, not left out', () => {
    const none = { ...OPEN, people: [], steps: [], announce: null, next_turn_ms: null };
    expect(told('en', none)[1]).toBe('Nobody serves the group then: the caller waits.');
  });
});

describe('a difference', () => {
  const told = (language: Language, difference: Difference) => {
    const { diff, ...rest } = speech(language);
    return differenceWords(difference, { ...rest, t: diff });
  };
  const place = { person: 7, group: 2, order: 1, delay_ms: 0, calendar: null, wrap_up_ms: null };

  test('of skills is told skill by skill', () => {
    const skills = (skills: Record<string, number>) => ({ person: 7, skills });
    const before = skills({ english: 4, arved: 2, it: 1 });
    const after = skills({ english: 9, it: 1, soome: 3 });
    expect(told('et', { what: 'skills_changed', before, after })).toEqual([
      'Mari: oskust arved enam ei ole',
      'Mari, oskus english: tase 4 → 9',
      'Mari: oskus soome, tase 3',
    ]);
    expect(told('en', { what: 'skills_changed', before: null, after: skills({ it: 5 }) })).toEqual([
      'Mari has the skill it at level 5',
    ]);
    expect(told('en', { what: 'skills_changed', before: skills({ it: 5 }), after: null })).toEqual([
      'Mari no longer has the skill it',
    ]);
  });

  test('of a policy names what decides now, and its settings', () => {
    const group = { id: 2, name: 'Tugi', policy: 'longest-idle' };
    const changed = {
      what: 'group_changed',
      before: group,
      after: { ...group, policy: 'plugin-version:3', settings: { threshold: 2, strict: true } },
    };
    expect(told('en', changed)).toEqual([
      'Tugi, whose phone rings: longest-idle → fair-share 1.0.0',
      'Tugi, settings of the policy: none → threshold: 2; strict: yes',
    ]);
    expect(told('en', { ...changed, before: changed.after, after: group })[1]).toBe(
      'Tugi, settings of the policy: threshold: 2; strict: yes → none',
    );
  });

  test('of a trial says what is tried out, how far it goes, and its settings', () => {
    const group = { id: 2, name: 'Tugi', policy: 'longest-idle' };
    const trial = { policy: 'plugin-version:3', stage: 'shadow', settings: { threshold: 2 } };
    const shadow = { ...group, trial };
    expect(told('en', { what: 'group_changed', before: group, after: shadow })).toEqual([
      'Tugi, policy on trial: none → fair-share 1.0.0, only compared (threshold: 2)',
    ]);
    const share = { ...group, trial: { policy: 'plugin-version:3', stage: 'share', share: 10 } };
    expect(told('et', { what: 'group_changed', before: share, after: group })).toEqual([
      'Tugi, katsetatav reegel: fair-share 1.0.0, 10 % kõnedest → puudub',
    ]);
  });

  test('of a place names the person, the group and the terms', () => {
    const added = { what: 'membership_set', before: null, after: place };
    expect(told('en', added)).toEqual(['Mari serves Tugi: order 1']);
    const after = { ...place, order: 2, delay_ms: 20_000, calendar: 4 };
    expect(told('et', { what: 'membership_set', before: place, after })).toEqual([
      'Mari grupis Tugi: järjekord 1 → järjekord 2, pärast 20 s, kalendri Tööpäevad järgi',
    ]);
    expect(told('en', { what: 'membership_removed', before: place, after: null })).toEqual([
      'Mari no longer serves Tugi',
    ]);
  });

  test('of a loan says until when', () => {
    const after = { ...place, loan: { until_ms: NOON + 7_200_000, wholly: true } };
    expect(told('et', { what: 'loan_made', before: null, after })).toEqual([
      'Mari on täielikult laenatud gruppi Tugi kuni 14:00',
    ]);
  });

  test('of a group is told field by field, and only what differs', () => {
    const before = { id: 2, name: 'Tugi', ring_ms: 20_000, door: 'by_hours', steps: [] };
    const steps = [{ after_ms: 90_000, to: { kind: 'number', number: '6001000' } }];
    const after = { ...before, ring_ms: 15_000, door: 'closed', steps };
    expect(told('en', { what: 'group_changed', before, after })).toEqual([
      'Tugi, ringing: 20 s → 15 s',
      'Tugi, door: by hours → closed by hand',
      'Tugi, steps: none → after 1 min 30 s the caller goes to the number 6001000',
    ]);
  });

  test('of a mode, of the rules and of the whole plan has words too', () => {
    const after = { mode: 3, since_ms: NOON, until_ms: null, who: 'Mari' };
    expect(told('et', { what: 'mode_pressed', before: null, after })).toEqual([
      'Vajutati režiim Torm',
    ]);
    const rule = JSON.parse('{"limit":3,"then":{"kind":"break","reason":"lunch"}}');
    const rules = { what: 'rules_changed', before: {}, after: { no_answer: rule } };
    expect(told('en', rules)).toEqual([
      'Missed calls, no answer: no rule → after 3 a break (lunch)',
    ]);
    const usual = { policy: 'built-in', settings: {} };
    const chosen = { policy: 'plugin-version:3', settings: {} };
    const selection = { what: 'selection_changed', before: usual, after: chosen };
    expect(told('en', selection)).toEqual([
      'When an agent becomes free, whose phone rings: built-in → fair-share 1.0.0',
    ]);
    const restored = { what: 'plan_restored', before: null, after: { version: 12 } };
    expect(told('en', restored)).toEqual(['Version 12 was brought back']);
  });

  test('that a mode would make is told like one that was made', () => {
    const door = { what: 'door', group: 1, before: 'by_hours', after: 'closed' };
    expect(told('en', door)).toEqual(['Müük, door: by hours → closed by hand']);
    const after = { order: 1, delay_ms: 20_000 };
    const member = { what: 'member', person: 7, group: 2, before: null, after };
    expect(told('et', member)).toEqual(['Mari teenindab gruppi Tugi: järjekord 1, pärast 20 s']);
  });

  test('of a trunk says which header counts', () => {
    const before = { id: 1, name: 'Telia', address: '192.0.2.7', priority_header: null };
    const after = { ...before, priority_header: 'X-Priority' };
    expect(told('et', { what: 'trunk_changed', before, after })).toEqual([
      'Magistraal Telia, prioriteedi päis: puudub → X-Priority',
    ]);
    expect(told('en', { what: 'trunk_changed', before: after, after: before })).toEqual([
      'The trunk Telia, priority header: X-Priority → none',
    ]);
  });

  test('of an unknown kind is shown as it is', () => {
    expect(told('en', { what: 'tariff_changed', before: 1, after: 2 })).toEqual(['tariff changed']);
  });
});

describe('times', () => {
  test('are as short as they are exact', () => {
    expect([0, 20_000, 90_000, 3_600_000].map(span)).toEqual(['0 s', '20 s', '1 min 30 s', '1 h']);
    expect([4_000, 47_000, 200_000].map(roughly)).toEqual(['10 s', '50 s', '3 min']);
    expect(until(NOON + 3_600_000, NOON, 'en-GB')).toBe('13:00');
  });

  test('are typed as people type them', () => {
    expect(['9', '9.30', '08:05', '24:00', '25', '9:75', ''].map(minutesOf)).toEqual([
      540,
      570,
      485,
      1440,
      undefined,
      undefined,
      undefined,
    ]);
    expect(hourOf(1440)).toBe('24:00');
    expect(new Date(nextAt(14 * 60, NOON)).getHours()).toBe(14);
    expect(nextAt(11 * 60, NOON)).toBeGreaterThan(NOON);
    expect(new Date(nextMoment(6, 600, NOON)).getDay()).toBe(0);
  });

  test('of a week are read and written', () => {
    expect(spansOf('13:00–17:30, 9-12')).toEqual([
      { from: 540, to: 720 },
      { from: 780, to: 1050 },
    ]);
    expect(['12-9', '9-12, 11-13', 'noon'].map(spansOf)).toEqual([undefined, undefined, undefined]);
    expect(spansOf('')).toEqual([]);
    expect(typedSpans([{ from: 540, to: 720 }])).toBe('09:00–12:00');
    const day = [{ from: 540, to: 1020 }];
    expect(weekWords([day, day, day, day, day, [], []], 'closed', 'en-GB')).toEqual([
      'Mon–Fri 09:00–17:00',
      'Sat–Sun closed',
    ]);
  });
});

describe('the order of groups', () => {
  test('is moved as it is dropped', () => {
    expect(moved([1, 2, 3], new Set([3]), 1, true)).toEqual([3, 1, 2]);
    expect(moved([1, 2, 3], new Set([1]), 2, false)).toEqual([2, 1, 3]);
  });

  test('sends only the places that changed, and leaves loans alone', () => {
    const terms = { delay_ms: 0, calendar: null, wrap_up_ms: null, loan: null };
    const person: Person = {
      id: 7,
      name: 'Mari',
      extension: null,
      credentials: [],
      memberships: [
        { group: 1, order: 1, ...terms },
        { group: 2, order: 2, ...terms },
        { group: 3, order: 1, ...terms, loan: { until_ms: 9, wholly: false } },
      ],
      skills: {},
    };
    expect(renumbered(person, [1, 2])).toEqual([]);
    expect(renumbered(person, [2, 1]).map(({ group, order }) => [group, order])).toEqual([
      [2, 1],
      [1, 2],
    ]);
  });
});

test('a skill is spelled as the company spells it, and its level is one of ten', () => {
  const person = (id: number, skills: Record<string, number>): Person => ({
    id,
    name: '',
    extension: null,
    credentials: [],
    memberships: [],
    skills,
  });
  const known = skillsOf([person(1, { it: 1, English: 9 }), person(2, { arved: 2, it: 3 })]);
  expect(known).toEqual(['arved', 'English', 'it']);
  expect([' english ', 'Arved', 'soome '].map((typed) => spelled(typed, known))).toEqual([
    'English',
    'arved',
    'soome',
  ]);
  expect(spelled('it', ['IT', 'it'])).toBe('it');
  expect(['1', ' 10', '0', '11', '', '4.5', '-3'].map(levelOf)).toEqual([
    1,
    10,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('a wall finds its token and divides its screen', () => {
  expect(['#abc', '#token=abc', ''].map(tvToken)).toEqual(['abc', 'abc', '']);
  expect([0, 1, 3, 5].map(columns)).toEqual([1, 1, 2, 3]);
});
