// What happened in the call, line by line, in words.

import { useTranslations } from 'use-intl';
import type { Names } from '../../api/names';
import type { Fact } from '../../api/wire';
import { Icon, type IconName } from '../../ui/Icon';
import { clock, timeOfDay } from '../../words/figures';
import { useLocale } from '../../words/language';
import { factWords } from './sentence';

const ICONS: Record<string, IconName> = {
  call_arrived: 'arrived',
  call_diverted: 'forward',
  call_rejected: 'refused',
  callback_asked: 'phone',
  callback_tried: 'phone',
  queue_entered: 'waiting',
  queue_moved: 'up',
  queue_refused: 'refused',
  route_decided: 'compass',
  offer_sent: 'phone',
  offer_ringing: 'bell',
  offer_ended: 'phone',
  queue_left: 'forward',
  wait_announced: 'wave',
  transfer_done: 'loan',
  talk_started: 'calls',
  office_started: 'arrived',
  office_answered: 'calls',
  office_ended: 'done',
  talk_ended: 'done',
  hold_started: 'pause',
  hold_ended: 'play',
  wrapup_started: 'more',
  wrapup_ended: 'done',
  recording_started: 'wave',
  recording_stored: 'wave',
  recording_failed: 'warning',
  callback_ended: 'abandoned',
};

export function Timeline({ facts, names }: { facts: Fact[]; names: Names }) {
  const t = useTranslations('fact');
  const locale = useLocale();
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
          <p className="min-w-0 flex-1 pt-0.5 break-words">
            {factWords(fact, { t, locale, ...names })}
          </p>
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
