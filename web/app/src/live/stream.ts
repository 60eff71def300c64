// The live stream: one EventSource per visible page, honest about being broken.
//
// Browsers allow six HTTP/1.1 connections per host, and a stream holds one of them. A page that
// nobody sees therefore lets its stream go, and takes it up again when it is looked at.

import { useSyncExternalStore } from 'react';
import type { Board } from '../api/wire';
import { heardBoard } from './clock';
import { shareBoard } from './sharing';

/** A quiet centre sends nothing: after this long we ask again, which proves that it is alive. */
const QUIET_MS = 20_000;
/** A stream that opened but has not sent its first board by then is not alive. */
const FIRST_BOARD_MS = 8_000;
/** Waits between attempts: quick at first, never a flood. */
const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000];
/** Changing the screen keeps the stream; leaving the page's live part lets it go. */
const LINGER_MS = 3_000;

export type Link = 'opening' | 'live' | 'broken';

export interface Live {
  board: Board | null;
  link: Link;
  /** When something was last heard, by our own clock. */
  heard_ms: number | null;
  /** Attempts that failed since something was last heard. */
  failures: number;
  /** Calls that have arrived since the page opened: says when a list of calls has grown. */
  arrivals: number;
}

const NOTHING_YET: Live = {
  board: null,
  link: 'opening',
  heard_ms: null,
  failures: 0,
  arrivals: 0,
};

export class Stream {
  readonly #url: string;
  #live = NOTHING_YET;
  readonly #listeners = new Set<() => void>();
  #source: EventSource | undefined;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #linger: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    clearTimeout(this.#linger);
    if (this.#listeners.size === 1) {
      document.addEventListener('visibilitychange', this.#looked);
      this.#looked();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#linger = setTimeout(this.#rest, LINGER_MS);
    };
  };

  snapshot = (): Live => this.#live;

  #tell(change: Partial<Live>): void {
    this.#live = { ...this.#live, ...change };
    for (const listener of this.#listeners) listener();
  }

  #looked = (): void => {
    if (document.visibilityState === 'hidden') this.#close();
    else if (this.#source === undefined) this.#open();
  };

  #rest = (): void => {
    document.removeEventListener('visibilitychange', this.#looked);
    this.#close();
  };

  #close(): void {
    clearTimeout(this.#watchdog);
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = undefined;
  }

  #open = (): void => {
    this.#close();
    const source = new EventSource(this.#url);
    this.#source = source;
    source.addEventListener('board', (event) => this.#heardBoard(event.data));
    source.addEventListener('fact', (event) => this.#heardFact(event.data));
    source.addEventListener('error', () => this.#failed());
    this.#watch(FIRST_BOARD_MS, this.#failed);
  };

  #watch(after_ms: number, then: () => void): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(then, after_ms);
  }

  #heardBoard(data: string): void {
    const board: Board = JSON.parse(data);
    heardBoard(board.at_ms);
    this.#watch(QUIET_MS, this.#open);
    this.#tell({
      board: shareBoard(this.#live.board, board),
      link: 'live',
      heard_ms: Date.now(),
      failures: 0,
    });
  }

  #heardFact(data: string): void {
    const { kind } = JSON.parse(data) as { kind?: string };
    if (kind === 'call_arrived') this.#tell({ arrivals: this.#live.arrivals + 1 });
  }

  #failed = (): void => {
    this.#close();
    const { failures } = this.#live;
    this.#tell({ link: 'broken', failures: failures + 1 });
    const wait = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)];
    this.#retry = setTimeout(this.#open, wait);
  };

  /** After logging out: the next person must not see this one's board. */
  forget(): void {
    this.#live = NOTHING_YET;
  }
}

const stream = new Stream('/api/v1/live');

export const forgetLive = () => stream.forget();

/** The whole live state: draws again with every board. */
export const useLive = (): Live => useSyncExternalStore(stream.subscribe, stream.snapshot);

/** A part of it: draws again only when that part changed. Select existing values, build nothing. */
export function useLivePart<T>(select: (live: Live) => T): T {
  return useSyncExternalStore(stream.subscribe, () => select(stream.snapshot()));
}
