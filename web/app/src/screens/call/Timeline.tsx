// What happened in the call, line by line, in words.

import { useTranslations } from 'use-intl';
import type { Names } from '../../api/names';
import type { Fact } from '../../api/wire';
import { Icon, type IconName } from '../../ui/Icon';
import { bytes, clock, clockOfMs, timeOfDay } from '../../words/figures';
import { useLocale } from '../../words/language';
import { number, text } from './facts';

const ICONS: Record<string, IconName> = {
  call_arrived: 'arrived',
  queue_entered: 'waiting',
  queue_refused: 'refused',
  route_decided: 'compass',
  offer_sent: 'phone',
  offer_ringing: 'bell',
  offer_ended: 'phone',
  queue_left: 'forward',
  talk_started: 'calls',
  office_started: 'arrived',
  office_answered: 'calls',
  office_ended: 'done',
  talk_ended: 'done',
  hold_started: 'pause',
  hold_ended: 'play',
  recording_started: 'wave',
  recording_stored: 'wave',
  recording_failed: 'warning',
  callback_asked: 'calls',
  callback_tried: 'calls',
  callback_ended: 'abandoned',
  queue_moved: 'up',
};

export function Timeline({ facts, names }: { facts: Fact[]; names: Names }) {
  const locale = useLocale();
  const word = useFactWords(names);
  const first_ms = facts[0]?.at_ms ?? 0;
  return (
    <ol className="relative">
      {facts.map((fact, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a journal only grows at its end
        <li key={place} className="relative flex gap-3 pb-4 last:pb-0">
          {place < facts.length - 1 && (
            <span
              aria-hidden="true"
              className="absolute top-7 bottom-0 left-3.5 w-px -translate-x-1/2 bg-line"
            />
          )}
          <span className="grid size-7 shrink-0 place-items-center rounded-full bg-sunken text-muted">
            <Icon name={ICONS[fact.kind] ?? 'dot'} className="size-4" />
          </span>
          <p className="min-w-0 flex-1 pt-0.5 break-words">{word(fact)}</p>
          <p className="figures shrink-0 pt-1 text-right text-sm text-muted">
            <time dateTime={new Date(fact.at_ms).toISOString()}>
              {timeOfDay(fact.at_ms, locale)}
            </time>
            <span className="block text-xs">+{clock((fact.at_ms - first_ms) / 1000)}</span>
          </p>
        </li>
      ))}
    </ol>
  );
}

/** A fact as a sentence. */
function useFactWords(names: Names): (fact: Fact) => string {
  const t = useTranslations('fact');
  const locale = useLocale();
  const or = (scope: string, key: string | null, named: Record<string, string> = {}): string => {
    const path = `${scope}.${key}` as Parameters<typeof t>[0];
    return key !== null && t.has(path) ? t(path, named as never) : (key ?? '');
  };
  return ({ kind, body }) => {
    const who = text(body, 'who') ?? '';
    const words = {
      who,
      from: number(body, 'from') ?? 0,
      to: number(body, 'to') ?? 0,
      trunk: text(body, 'trunk') ?? '',
      tried: or('tried', text(body, 'outcome')),
      ended: or('ended', text(body, 'reason'), { who }),
      agent: names.person(number(body, 'agent') ?? number(body, 'chosen')),
      group: names.group(number(body, 'group')),
      caller: text(body, 'caller') ?? '',
      number: text(body, 'number') ?? '',
      place: number(body, 'place') ?? 0,
      by: or('by', text(body, 'by')),
      to: names.person(number(body, 'to')),
      outcome: or(kind.startsWith('office_') ? 'office' : 'offer', text(body, 'outcome')),
      refusal: or('refusal', text(body, 'refusal')),
      leave: or('leave', text(body, 'leave')),
      rang: clockOfMs(number(body, 'rang_ms')),
      waited: clockOfMs(number(body, 'waited_ms')),
      talked: clockOfMs(number(body, 'talked_ms')),
      length: clockOfMs(number(body, 'duration_ms')),
      size: bytes(number(body, 'bytes') ?? 0, locale),
      cause: text(body, 'cause') ?? '',
      kind,
    };
    const moved = kind === 'queue_entered' && who !== '' ? 'queue_entered_by' : kind;
    const lost = kind === 'talk_ended' && words.cause === 'lost' ? 'talk_lost' : moved;
    const told = kind === 'office_started' ? `office_${text(body, 'with')}` : lost;
    const key = `kind.${told.replace(/^wrap_up_/, 'wrapup_')}` as Parameters<typeof t>[0];
    return t.has(key) ? t(key, words as never) : t('kind.other', words);
  };
}
