// Durations and figures, written the same way everywhere.

import type { Call } from '../api/wire';

/** A running timer: `m:ss`, after an hour `h:mm:ss`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const ss = String(whole % 60).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${ss}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${ss}`;
}

export function clockOfMs(ms: number | null): string {
  return ms === null ? '–' : clock(ms / 1000);
}

/** How long a call waited and talked, as far as that is known. */
export function lengthsOf(call: Pick<Call, 'outcome' | 'waited_ms' | 'talked_ms' | 'ended_ms'>): {
  waited: string;
  talked: string;
} {
  const answered = call.outcome === 'answered';
  return {
    waited: clockOfMs(call.outcome === 'waiting' ? null : call.waited_ms),
    talked: clockOfMs(answered && call.ended_ms !== null ? call.talked_ms : null),
  };
}

/** ISO 8601 for `<time datetime>`. */
export function isoDuration(ms: number): string {
  return `PT${Math.round(ms / 100) / 10}S`;
}

/** `08:30:05` of the day, in the reader's time zone. */
export function timeOfDay(at_ms: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hour12: false }).format(at_ms);
}

/** Today's calls need the hour; older ones the day too. */
export function moment(at_ms: number, now_ms: number, locale: string): string {
  const sameDay = new Date(at_ms).toDateString() === new Date(now_ms).toDateString();
  if (sameDay) return timeOfDay(at_ms, locale);
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(at_ms);
}

export function wholeMoment(at_ms: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'medium',
    hour12: false,
  }).format(at_ms);
}

export function percent(share: number | null, locale: string): string {
  if (share === null) return '–';
  // Rounded down: 99.6 % of calls in time is not "100 %".
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(
    Math.floor(share * 100) / 100,
  );
}

export function bytes(count: number, locale: string): string {
  const [value, unit] = count < 1_000_000 ? [count / 1_000, 'kB'] : [count / 1_000_000, 'MB'];
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value)} ${unit}`;
}
