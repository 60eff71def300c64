// An indicator's figure as people read it.

import type { IndicatorUnit } from '../../api/indicators';
import { clock } from '../../words/figures';

/** No value is a dash, never 0. */
export function shown(value: number | null, unit: IndicatorUnit, locale: string): string {
  if (value === null) return '–';
  const written = (options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, options).format(value);
  switch (unit) {
    case 'seconds':
      return value >= 60 ? clock(Math.round(value)) : `${written({ maximumFractionDigits: 1 })} s`;
    case 'ratio':
      return written({ style: 'percent', maximumFractionDigits: 1 });
    case 'money':
      return written({ style: 'currency', currency: 'EUR' });
    case 'count':
      return written({ maximumFractionDigits: 2 });
  }
}

/** The word that is being written before the caret. */
export function wordBefore(text: string, caret: number): string {
  return /[\p{L}_][\p{L}\d_.]*$/u.exec(text.slice(0, caret))?.[0] ?? '';
}

/** Points of a line through the days, within a box; days without a value break it. */
export function sparkline(values: (number | null)[], width: number, height: number): string[] {
  const known = values.filter((value) => value !== null);
  const least = Math.min(...known);
  const range = Math.max(...known) - least;
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const lines: string[][] = [[]];
  values.forEach((value, day) => {
    if (value === null) {
      lines.push([]);
      return;
    }
    const up = range === 0 ? 0.5 : (value - least) / range;
    lines.at(-1)?.push(`${(day * step).toFixed(1)},${(height - up * height).toFixed(1)}`);
  });
  return lines.filter((line) => line.length > 0).map((line) => line.join(' '));
}
