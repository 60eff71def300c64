import { describe, expect, test } from 'vitest';
import { shown, sparkline, wordBefore } from './shown';

describe('an indicator’s figure', () => {
  test('is written in its unit, and no value is a dash', () => {
    expect(shown(null, 'count', 'en-GB')).toBe('–');
    expect(shown(7.25, 'seconds', 'en-GB')).toBe('7.3 s');
    expect(shown(90, 'seconds', 'en-GB')).toBe('1:30');
    expect(shown(0.876, 'ratio', 'en-GB')).toBe('87.6%');
    expect(shown(0, 'count', 'en-GB')).toBe('0');
  });

  test('is drawn day by day, with a gap where there is none', () => {
    expect(sparkline([1, 3, null, 2], 30, 10)).toEqual(['0.0,10.0 10.0,0.0', '30.0,5.0']);
    expect(sparkline([null], 30, 10)).toEqual([]);
  });
});

test('the word before the caret is completed', () => {
  expect(wordBefore('talks / ans', 11)).toBe('ans');
  expect(wordBefore('group.av', 8)).toBe('group.av');
  expect(wordBefore('talks + ', 8)).toBe('');
});
