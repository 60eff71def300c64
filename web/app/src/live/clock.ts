// The server's clock as far as this page can know it, and one tick a second for every timer.

import { useSyncExternalStore } from 'react';

/** The `Date` header counts whole seconds; below this we trust our own clock. */
const TRUST_MS = 2_000;

let offset_ms = 0;

/** A `Date` header: right to the second, so it only corrects a clock that is plainly wrong. */
export function heardDate(server_ms: number, here_ms = Date.now()): void {
  const ahead = server_ms + 500 - here_ms;
  if (Math.abs(ahead - offset_ms) > TRUST_MS) offset_ms = ahead;
}

/** A board's own time. It cannot be later than the server's now, so it can only push us forward. */
export function heardBoard(at_ms: number, here_ms = Date.now()): void {
  offset_ms = Math.max(offset_ms, at_ms - here_ms);
}

export function serverNow(here_ms = Date.now()): number {
  return here_ms + offset_ms;
}

export function forgetClock(): void {
  offset_ms = 0;
}

const listeners = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | undefined;
let now_s = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  ticking ??= setInterval(() => {
    now_s = Math.floor(serverNow() / 1000);
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}

function snapshot(): number {
  if (ticking === undefined) now_s = Math.floor(serverNow() / 1000);
  return now_s;
}

/** The server's time in whole seconds; the caller is drawn again each second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, snapshot);
}
