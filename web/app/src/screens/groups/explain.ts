// What happens to a caller, in sentences. The server tells what is so; the words are ours.

import type { useTranslations } from 'use-intl';
import type { Explain, Way } from '../../api/wire';
import { span, until } from '../../words/spans';

export type ExplainWords = ReturnType<typeof useTranslations<'explain'>>;
export type WayWords = ReturnType<typeof useTranslations<'way'>>;

export interface Speech {
  t: ExplainWords;
  way: WayWords;
  group: (id: number) => string;
  locale: string;
}

/** The end of a sentence: "goes to Sales", "is called back". */
export function wayWords(way: Way, { way: t, group }: Pick<Speech, 'way' | 'group'>): string {
  switch (way.kind) {
    case 'group':
      return t('to.group', { group: group(way.group) });
    case 'number':
      return t('to.number', { number: way.number });
    case 'callback':
      return t('to.callback');
    case 'goodbye':
      return way.prompt === null
        ? t('to.silence')
        : t('to.goodbye', { words: t(`prompt.${way.prompt}`) });
  }
}

export function explainWords(explain: Explain, speech: Speech): string[] {
  const { t, locale } = speech;
  const to = (way: Way) => wayWords(way, speech);
  const turn =
    explain.next_turn_ms === null || explain.by_hand
      ? null
      : until(explain.next_turn_ms, explain.at_ms, locale);
  if (!explain.open) {
    const closed = explain.by_hand ? t('closed_by_hand') : t('closed');
    return [
      `${closed} ${t('caller', { to: to(explain.way_if_closed) })}`,
      ...(turn === null ? [] : [t('opens', { time: turn })]),
    ];
  }
  const greeting = explain.announce?.greeting ?? null;
  return [
    explain.by_hand ? t('open_by_hand') : t('open'),
    ...(greeting === null ? [] : [t('greeting', { words: speech.way(`prompt.${greeting}`) })]),
    ...peopleWords(explain, t),
    ...explain.steps.map((step) => t('step', { after: span(step.after_ms), to: to(step.to) })),
    t('full', { to: to(explain.full) }),
    ...(turn === null ? [] : [t('closes', { time: turn })]),
  ];
}

function peopleWords({ people, nobody }: Explain, t: ExplainWords): string[] {
  const counts = people.filter((each) => each.counts);
  const name = ({ name, delay_ms }: (typeof people)[number]) =>
    delay_ms > 0 ? t('person_after', { name, after: span(delay_ms) }) : name;
  const orders = [...new Set(counts.map((each) => each.order))].sort((a, b) => a - b);
  const ranks = orders.map((order, place) => {
    const names = counts.filter((each) => each.order === order).map(name);
    return t(place === 0 ? 'rings_first' : 'rings_then', { names: names.join(', ') });
  });
  const out = people.filter((each) => !each.counts);
  const gone = (['calendar', 'lent'] as const).flatMap((why) => {
    const names = out.filter((each) => each.why_not === why).map((each) => each.name);
    return names.length === 0 ? [] : [t(`not_${why}`, { names: names.join(', ') })];
  });
  const none = counts.length === 0 ? [t(`nobody.${nobody}`)] : [];
  return [...ranks, ...gone, ...none];
}
