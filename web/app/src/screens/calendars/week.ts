// A week of opening hours, as people write and read it.

import type { CalendarWish, Span } from '../../api/wire';
import { hourOf, minutesOf, weekday } from '../../words/spans';

/** `9-12, 13:00–17:30` as spans; `undefined` when a part is not one. Nothing is a shut day. */
export function spansOf(typed: string): Span[] | undefined {
  const parts = typed
    .split(/[,;]/)
    .map((each) => each.trim())
    .filter((each) => each !== '' && each !== '–' && each !== '-');
  const spans = parts.map((part) => {
    const [from, to, more] = part.split(/\s*[-–]\s*/);
    const span = { from: minutesOf(from ?? ''), to: minutesOf(to ?? '') };
    const right = more === undefined && span.from !== undefined && span.to !== undefined;
    return right && (span.from as number) < (span.to as number) ? (span as Span) : undefined;
  });
  if (spans.includes(undefined)) return undefined;
  const sorted = (spans as Span[]).sort((a, b) => a.from - b.from);
  const apart = sorted.every((each, place) => each.from >= (sorted[place - 1]?.to ?? 0));
  return apart ? sorted : undefined;
}

export function typedSpans(spans: Span[]): string {
  return spans.map((each) => `${hourOf(each.from)}–${hourOf(each.to)}`).join(', ');
}

/** Days with the same hours on one line: "Mon–Fri 09:00–17:00". */
export function weekWords(week: Span[][], shut: string, locale: string): string[] {
  const lines: { from: number; to: number; hours: string }[] = [];
  week.forEach((spans, day) => {
    const hours = spans.length === 0 ? shut : typedSpans(spans);
    const last = lines.at(-1);
    if (last?.hours === hours) last.to = day;
    else lines.push({ from: day, to: day, hours });
  });
  const name = (day: number) => weekday(day, locale, 'short');
  return lines.map(({ from, to, hours }) =>
    from === to ? `${name(from)} ${hours}` : `${name(from)}–${name(to)} ${hours}`,
  );
}

export function datesWords(dates: CalendarWish['dates'], shut: string, locale: string): string[] {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  return [...dates]
    .sort((a, b) => a.date.localeCompare(b.date))
    .map(({ date, spans }) => {
      const at = Date.parse(`${date}T00:00:00Z`);
      const name = Number.isNaN(at) ? date : day.format(at);
      return `${name}: ${spans.length === 0 ? shut : typedSpans(spans)}`;
    });
}
