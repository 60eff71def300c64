// What the host offers, as `sdk/wit` says it. Meaning and units of each: sdk/wit/routing.

declare module 'ladus:routing/situation@1.3.0' {
  export function getCaller(): { waitedMs: number; priority: number; offers: number };
  export function getQueue(): { waiting: number; longestWaitMs: number };
  export function nowMs(): bigint;
  export function seed(): bigint;
  export function language(): string | undefined;
  export function attributes(): [string, string][];
  export function familiarMsAgo(): number | undefined;
}

declare module 'ladus:routing/candidates@1.3.0' {
  export function count(): number;
  export function order(): ArrayLike<number>;
  export function idleMs(): ArrayLike<number>;
  export function handledToday(): ArrayLike<number>;
  export function missedToday(): ArrayLike<number>;
  export function occupancy(): ArrayLike<number>;
  export function delayMs(): ArrayLike<number>;
  export function talkMsToday(): ArrayLike<number>;
  export function servedMsAgo(): ArrayLike<number>;
  export function skillLevel(name: string): ArrayLike<number>;
  export function lastDay(indicator: string): ArrayLike<number | undefined>;
}

declare module 'ladus:base/log@1.0.0' {
  export function write(level: 'debug' | 'info' | 'warn', text: string): void;
}
