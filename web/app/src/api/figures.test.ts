import { expect, test } from 'vitest';
import { described, keys, promised } from './described';
import type { FigureCase, FigureExplained, Figures, FiguresRow } from './figures';

const READ: Record<string, string[]> = {
  FiguresOut: keys<Figures>({
    zone: true,
    from: true,
    to: true,
    goes_on: true,
    limits: true,
    rows: true,
  }),
  FigureExplained: keys<FigureExplained>({
    figure: true,
    formula: true,
    value: true,
    part: true,
    whole: true,
    counted: true,
    left_out: true,
    unlisted: true,
  }),
  FigureCase: keys<FigureCase>({
    call: true,
    at_ms: true,
    group: true,
    person: true,
    ms: true,
    part: true,
    whole: true,
    reason: true,
  }),
  FiguresRow: keys<FiguresRow>({
    day: true,
    weekday: true,
    hour: true,
    group: true,
    person: true,
    figures: true,
    service_level: true,
  }),
};

test.each(Object.entries(READ))('%s is sent with everything that the page reads', (name, read) => {
  const sent = promised(described[name]);
  expect(read.filter((key) => !sent.includes(key))).toEqual([]);
});
