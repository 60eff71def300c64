// The figures of a trial in the order of the table, and whether a policy makes them better.

import type { Lived } from '../../api/replay';

/** Which way is better; how many calls are offered nobody can help. */
type Better = 'more' | 'less' | 'neither';

type Word =
  | 'offered'
  | 'answered'
  | 'abandoned'
  | 'refused'
  | 'asa'
  | 'service_level'
  | 'unattended'
  | 'calls_variation'
  | 'talk_variation'
  | 'stepped_in';

export interface Figure {
  word: Word;
  better: Better;
  /** As a person reads it. */
  shown: (lived: Lived, locale: string) => string;
  of: (lived: Lived) => number | null;
}

function figure(
  word: Word,
  better: Better,
  of: (lived: Lived) => number | null,
  options: Intl.NumberFormatOptions = {},
  unit = '',
): Figure {
  const shown = (lived: Lived, locale: string) => {
    const value = of(lived);
    return value === null ? '–' : new Intl.NumberFormat(locale, options).format(value) + unit;
  };
  return { word, better, of, shown };
}

const seconds = (ms: number | null) => (ms === null ? null : ms / 1000);
const TENTHS = { minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;
const SHARE = { style: 'percent', ...TENTHS } as const;
const VARIATION = { minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;

export const FIGURES: Figure[] = [
  figure('offered', 'neither', (it) => it.offered),
  figure('answered', 'more', (it) => it.answered),
  figure('abandoned', 'less', (it) => it.abandoned),
  figure('refused', 'less', (it) => it.refused),
  figure('asa', 'less', (it) => seconds(it.asa_ms), TENTHS, '\u00a0s'),
  figure('service_level', 'more', (it) => it.service_level, SHARE),
  figure('unattended', 'less', (it) => it.unattended, SHARE),
  figure('calls_variation', 'less', (it) => it.calls.variation, VARIATION),
  figure('talk_variation', 'less', (it) => it.talk.variation, VARIATION),
  figure('stepped_in', 'less', (it) => it.decisions.stepped_in),
];

export type Verdict = 'better' | 'worse' | 'same';

/** What looks the same is the same. */
export function verdict(figure: Figure, now: Lived, tried: Lived, locale: string): Verdict {
  const [before, after] = [figure.of(now), figure.of(tried)];
  const same = figure.shown(now, locale) === figure.shown(tried, locale);
  if (before === null || after === null || same || figure.better === 'neither') return 'same';
  return after > before === (figure.better === 'more') ? 'better' : 'worse';
}

export interface Load {
  agent: number;
  name: string;
  now: { handled: number; talked_ms: number };
  tried: { handled: number; talked_ms: number };
}

const NOTHING = { handled: 0, talked_ms: 0 };

/**
 * Everybody who was there in either life, with what he had to do in both; first those whose calls
 * change most.
 */
export function loads(now: Lived, tried: Lived): Load[] {
  const all = new Map([...now.agents, ...tried.agents].map((each) => [each.agent, each.name]));
  const of = (lived: Lived, agent: number) =>
    lived.agents.find((each) => each.agent === agent) ?? NOTHING;
  const rows = [...all].map(([agent, name]) => ({
    agent,
    name,
    now: of(now, agent),
    tried: of(tried, agent),
  }));
  const change = (row: Load) => Math.abs(row.tried.handled - row.now.handled);
  return rows.sort((a, b) => change(b) - change(a));
}
