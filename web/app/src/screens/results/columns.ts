// Which figures a table shows, and what is worked out of its rows.

import type { Figures, FiguresRow, Level } from '../../api/figures';

/** How a figure is written. */
export type Kind = 'count' | 'time' | 'ratio' | 'rate';

export interface Column {
  /** Its name in the answer; `service_level` is the chosen one of seven. */
  name: string;
  kind: Kind;
  /** Whether more of it is better; `null` when neither is. */
  better: 'more' | 'less' | null;
}

const column = (name: string, kind: Kind, better: Column['better'] = null): Column => ({
  name,
  kind,
  better,
});

const PEOPLE: Column[] = [
  column('offers', 'count'),
  column('answered', 'count', 'more'),
  column('no_answer', 'count', 'less'),
  column('answer_rate', 'ratio', 'more'),
  column('asa_ms', 'time', 'less'),
  column('asa_with_missed_ms', 'time', 'less'),
  column('average_duration_ms', 'time'),
  column('aht_ms', 'time'),
];
const HOURS: Column[] = [
  column('logged_on_ms', 'time'),
  column('occupancy', 'ratio'),
  column('answered_per_hour', 'rate', 'more'),
];
const LINES: Column[] = [
  column('offered', 'count'),
  column('answered', 'count'),
  column('abandoned', 'count', 'less'),
  column('service_level', 'ratio', 'more'),
  column('asa_ms', 'time', 'less'),
  column('abandonment', 'ratio', 'less'),
  column('unattended', 'ratio', 'less'),
  column('aht_ms', 'time'),
];

/** The columns of these rows: people's figures, or those of lines. */
export function columnsOf(rows: FiguresRow[]): Column[] {
  const first = rows[0];
  if (!first) return [];
  const all = first.service_level === null ? [...PEOPLE, ...HOURS] : LINES;
  return all.filter(({ name }) => name === 'service_level' || name in first.figures);
}

export function figureOf(row: FiguresRow, name: string, level: Level): number | null {
  const value = name === 'service_level' ? row.service_level?.[level] : row.figures[name];
  return value ?? null;
}

/** Whether something is known of anybody at all. */
export function isEmpty(figures: Figures): boolean {
  return figures.rows.length === 0;
}

/** The same rows, by one figure; whoever has no value comes last, whichever way. */
export function sorted(
  rows: FiguresRow[],
  name: string,
  down: boolean,
  level: Level,
): FiguresRow[] {
  const way = down ? -1 : 1;
  return [...rows].sort((one, other) => {
    const a = figureOf(one, name, level);
    const b = figureOf(other, name, level);
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return way * (a - b);
  });
}

/** Half of those who have a value have more; of an even number, the middle of the middle two. */
export function median(rows: FiguresRow[], name: string, level: Level): number | null {
  const values = rows.map((row) => figureOf(row, name, level)).filter((it) => it !== null);
  values.sort((one, other) => one - other);
  const middle = Math.floor(values.length / 2);
  const upper = values[middle];
  if (upper === undefined) return null;
  const lower = values[middle - 1];
  return values.length % 2 === 0 && lower !== undefined ? (lower + upper) / 2 : upper;
}

/**
 * The rank of each row in one figure, from 1; equal ones share theirs, no value has none. Where all
 * are equal nobody is ahead, and nobody has a rank.
 */
export function ranks(rows: FiguresRow[], column: Column, level: Level): (number | null)[] {
  const less = column.better === 'less';
  const values = rows.map((row) => figureOf(row, column.name, level));
  const known = values.filter((value) => value !== null);
  if (known.every((value) => value === known[0])) return values.map(() => null);
  return values.map((value) => {
    if (value === null) return null;
    const ahead = (other: number | null) =>
      other !== null && (less ? other < value : other > value);
    return 1 + values.filter(ahead).length;
  });
}

/** What tells a row from the others, as a key. */
export function keyOf({ day, weekday, hour, group, person }: FiguresRow): string {
  return [day, weekday, hour, group, person].join('|');
}

/** As many days, just before; `undefined` when the days cannot be read. */
export function before(from: string, to: string): { from: string; to: string } | undefined {
  const [first, last] = [Date.parse(from), Date.parse(to)];
  if (Number.isNaN(first) || Number.isNaN(last) || last < first) return undefined;
  const days = Math.round((last - first) / 86_400_000) + 1;
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return { from: day(first - days * 86_400_000), to: day(first - 86_400_000) };
}
