// Who decided, and why an answer of a policy could not be used: the journal keeps both as text.

import type { useTranslations } from 'use-intl';

type Translate = ReturnType<typeof useTranslations<'why'>>;
type Cause =
  | 'fuel'
  | 'time'
  | 'memory'
  | 'stack'
  | 'host_calls'
  | 'data'
  | 'panic'
  | 'trap'
  | 'refused'
  | 'no_such_candidate'
  | 'busy'
  | 'suspended'
  | 'other_world'
  | 'overtaken'
  | 'kept';

/** `longest-idle@1.0.0` is a policy and its version; `built-in` is none. */
export function policyOf(text: string | null): { name: string; version: string | null } | null {
  if (text === null || text === 'built-in') return null;
  const [name = '', version] = text.split('@');
  return { name, version: version ?? null };
}

/** What the engine and the plugins' host write, each with its word. */
const CAUSES: [RegExp, Cause][] = [
  [/^it used up its work allowance$/, 'fuel'],
  [/^it took too long$/, 'time'],
  [/^it wanted more memory than allowed$/, 'memory'],
  [/^it called itself too deeply$/, 'stack'],
  [/^it called the host too often$/, 'host_calls'],
  [/^it handed over too much data$/, 'data'],
  [/^it gave up \(panic\)$/, 'panic'],
  [/^it broke off: (?<detail>.*)$/s, 'trap'],
  [/^it answered with an error: (?<detail>.*)$/s, 'refused'],
  [/^(?:it )?chose (?:candidate|position|call) (?<detail>\d+ of \d+)$/, 'no_such_candidate'],
  [/^too many plugins were at work at once$/, 'busy'],
  [/^suspended after (?<detail>\d+) failures in a row$/, 'suspended'],
  [/^it is made for another decision$/, 'other_world'],
  [/^preferred others for too long$/, 'overtaken'],
  [/^kept the caller from free agents for too long$/, 'kept'],
];

/** A cause that nobody has worded yet is told as it was written. */
export function fallbackOf(written: string, t: Translate): string {
  for (const [pattern, cause] of CAUSES) {
    const match = pattern.exec(written);
    if (match) return t(`causes.${cause}`, { detail: match.groups?.detail ?? '' });
  }
  return written;
}
