// Which figures of a trial are better, and who had how much to do.

import { expect, test } from 'vitest';
import type { Lived } from '../../api/replay';
import { FIGURES, loads, verdict } from './trial';

const DAY: Lived = {
  offered: 100,
  answered: 90,
  abandoned: 10,
  refused: 0,
  asa_ms: 12_345,
  service_level: 0.8,
  unattended: 0.1,
  agents: [{ agent: 1, name: 'Mari', handled: 90, talked_ms: 60_000 }],
  calls: { least: 90, most: 90, variation: 0 },
  talk: { least: 60_000, most: 60_000, variation: 0 },
  decisions: { taken: 95, stepped_in: 0, why: null, us_p50: null, us_p99: null },
};

const judged = (tried: Partial<Lived>) =>
  FIGURES.map((figure) => [figure.word, verdict(figure, DAY, { ...DAY, ...tried }, 'en-GB')])
    .filter(([, it]) => it !== 'same')
    .map((pair) => pair.join(' '));

test('more answers are better, more waiting is worse, more callers are neither', () => {
  expect(judged({ offered: 120, answered: 95, asa_ms: 15_000 })).toEqual([
    'answered better',
    'asa worse',
  ]);
  expect(judged({ service_level: 0.9, unattended: 0.05 })).toEqual([
    'service_level better',
    'unattended better',
  ]);
});

test('what looks the same is not called better', () => {
  expect(judged({ asa_ms: 12_344, service_level: 0.80004 })).toEqual([]);
  expect(judged({ asa_ms: null, unattended: null })).toEqual([]);
});

test('uneven work and a failing plugin are worse', () => {
  const calls = { least: 1, most: 89, variation: 0.98 };
  expect(judged({ calls, decisions: { ...DAY.decisions, stepped_in: 3 } })).toEqual([
    'calls_variation worse',
    'stepped_in worse',
  ]);
});

test('figures are written as in the language', () => {
  const shown = (locale: string) => FIGURES.slice(4, 6).map((figure) => figure.shown(DAY, locale));
  expect(shown('en-GB')).toEqual(['12.3\u00a0s', '80.0%']);
  expect(shown('et-EE')).toEqual(['12,3\u00a0s', '80,0%']);
});

test('whoever is in one life only had nothing to do in the other', () => {
  const jaan = { agent: 2, name: 'Jaan', handled: 5, talked_ms: 1_000 };
  const rows = loads(DAY, { ...DAY, agents: [jaan] });
  expect(rows.map((row) => [row.name, row.now.handled, row.tried.handled])).toEqual([
    ['Mari', 90, 0],
    ['Jaan', 0, 5],
  ]);
});
