// Spans and moments of the plan: "20 s", "1 min 30 s", "14:00", "Monday 08:00".

/** A span as short as it is exact. The units are the same in both languages. */
export function span(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** A moment to come: the hour when it is today, the day too when it is not. */
export function until(at_ms: number, now_ms: number, locale: string): string {
  const sameDay = new Date(at_ms).toDateString() === new Date(now_ms).toDateString();
  const within = Math.abs(at_ms - now_ms) < 6 * 86_400_000;
  return new Intl.DateTimeFormat(locale, {
    ...(sameDay ? {} : within ? { weekday: 'long' } : { day: 'numeric', month: 'long' }),
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(at_ms);
}

/** Minutes after midnight as `08:30`; the end of a day is `24:00`. */
export function hourOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** `8:30`, `08.30` or `8` as minutes after midnight. */
export function minutesOf(typed: string): number | undefined {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(typed.trim());
  if (!match) return undefined;
  const minutes = Number(match[1]) * 60 + Number(match[2] ?? 0);
  return Number(match[2] ?? 0) < 60 && minutes <= 1440 ? minutes : undefined;
}

/** `14:00` of today, or of tomorrow when that has passed. */
export function nextAt(minutes: number, now_ms: number): number {
  const at = new Date(now_ms);
  at.setHours(Math.floor(minutes / 60), minutes % 60, 0, 0);
  if (at.getTime() <= now_ms) at.setDate(at.getDate() + 1);
  return at.getTime();
}

/** Monday first, as the week is written here. */
export function weekday(place: number, locale: string, style: 'long' | 'short' = 'long'): string {
  // The first of January 2024 was a Monday.
  const day = Date.UTC(2024, 0, 1 + place);
  return new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(day);
}

/** An estimate is not exact to the second: half minutes, then minutes. */
export function roughly(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 90) return span(Math.max(10, Math.round(seconds / 10) * 10) * 1000);
  return span(Math.round(seconds / 60) * 60_000);
}
