import { expect, test } from 'vitest';
import { dayOf } from './hours';

const HOUR = 3_600_000;
const NOW = 1_000 * HOUR + 5;

const hour = (from: number, figures: object) => ({
  from_ms: from * HOUR,
  asked: 0,
  same: 0,
  different: 0,
  failed: 0,
  left: 0,
  ...figures,
});

test('a day has an hour for every bar, also for those without a decision', () => {
  const hours = [hour(998, { asked: 3, same: 2, different: 1 }), hour(1_000, { left: 4 })];
  const day = dayOf({ stage: 'shadow', hours }, NOW);
  expect(day.length).toBe(24);
  expect([day[0]?.from_ms, day[23]?.from_ms]).toEqual([977 * HOUR, 1_000 * HOUR]);
  expect(day[21]?.parts).toEqual([
    { part: 'same', count: 2 },
    { part: 'different', count: 1 },
  ]);
  expect(day[23]?.total, 'a shadow that was not asked is no bar').toBe(0);
});

test('a share shows who decided', () => {
  const hours = [hour(1_000, { asked: 3, failed: 1, left: 7 })];
  const day = dayOf({ stage: 'share', hours }, NOW);
  expect(day[23]?.parts).toEqual([
    { part: 'left', count: 7 },
    { part: 'decided', count: 2 },
    { part: 'failed', count: 1 },
  ]);
});

test('an hour that is newer than the clock of the page is shown all the same', () => {
  const day = dayOf({ stage: 'shadow', hours: [hour(1_001, { asked: 1, same: 1 })] }, NOW);
  expect(day[23]?.total).toBe(1);
});
