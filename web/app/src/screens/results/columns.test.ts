import { expect, test } from 'vitest';
import type { FiguresRow } from '../../api/figures';
import { before, columnsOf, median, ranks, sorted } from './columns';

function row(person: number, answered: number | null, own: Partial<FiguresRow> = {}): FiguresRow {
  const figures = { answered, asa_ms: answered };
  const none = { day: null, weekday: null, hour: null, group: null };
  return { ...none, person, figures, service_level: null, ...own };
}

const ROWS = [row(1, 5), row(2, null), row(3, 9), row(4, 5)];

test('rows without a value come last whichever way they are sorted', () => {
  const people = (down: boolean) => sorted(ROWS, 'answered', down, 'b').map(({ person }) => person);
  expect(people(true)).toEqual([3, 1, 4, 2]);
  expect(people(false)).toEqual([1, 4, 3, 2]);
});

test('equal figures share a rank, and which end is the first depends on the figure', () => {
  const column = (better: 'more' | 'less') => ({ name: 'asa_ms', kind: 'time', better }) as const;
  expect(ranks(ROWS, column('more'), 'b')).toEqual([2, null, 1, 2]);
  expect(ranks(ROWS, column('less'), 'b')).toEqual([1, null, 3, 1]);
  expect(ranks([row(1, 5), row(2, 5)], column('more'), 'b')).toEqual([null, null]);
});

test('the median leaves out whoever has no value', () => {
  expect(median(ROWS, 'answered', 'b')).toBe(5);
  expect(median([row(1, 5), row(2, 9)], 'answered', 'b')).toBe(7);
  expect(median([row(1, null)], 'answered', 'b')).toBeNull();
});

test('columns are those of people or of lines, as far as they are there', () => {
  expect(columnsOf(ROWS).map(({ name }) => name)).toEqual(['answered', 'asa_ms']);
  const line = row(1, 2, { service_level: { b: 0.5 } });
  const names = columnsOf([line]).map(({ name }) => name);
  expect(names).toEqual(['answered', 'service_level', 'asa_ms']);
  expect(columnsOf([])).toEqual([]);
});

test('as many days just before, over the end of a month too', () => {
  expect(before('2026-03-01', '2026-03-07')).toEqual({ from: '2026-02-22', to: '2026-02-28' });
  expect(before('2026-03-02', '2026-03-02')).toEqual({ from: '2026-03-01', to: '2026-03-01' });
  expect(before('x', '2026-03-02')).toBeUndefined();
});
