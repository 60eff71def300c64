import { expect, test } from 'vitest';
import { bytes, clock, clockOfMs, percent } from './figures';

test('timers are m:ss and after an hour h:mm:ss', () => {
  expect([0, 7, 65, 3599, 3600, 36_061].map(clock)).toEqual([
    '0:00',
    '0:07',
    '1:05',
    '59:59',
    '1:00:00',
    '10:01:01',
  ]);
});

test('a clock that runs ahead shows zero, not a minus', () => {
  expect(clock(-3)).toBe('0:00');
});

test('what is not known is a dash', () => {
  expect([clockOfMs(null), percent(null, 'et-EE')]).toEqual(['–', '–']);
});

test('a service level is never rounded up to perfection', () => {
  expect([0.996, 1, 0.5].map((share) => percent(share, 'en-GB'))).toEqual(['99%', '100%', '50%']);
});

test('sizes are written with the comma or point of the language', () => {
  expect(bytes(981_700, 'et-EE')).toBe('981,7 kB');
  expect(bytes(1_250_000, 'en-GB')).toBe('1.3 MB');
});
