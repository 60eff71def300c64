// A line of the journal as a sentence. Every kind and every word of the journal has its own.

import type { useTranslations } from 'use-intl';
import type { Names } from '../../api/names';
import type { Fact } from '../../api/wire';
import { bytes, clockOfMs } from '../../words/figures';
import { roughly } from '../../words/spans';
import { number, text } from './facts';

type Translate = ReturnType<typeof useTranslations<'fact'>>;
type Body = Fact['body'];

interface Speech extends Names {
  t: Translate;
  locale: string;
}

/** Which words of a line's body are told, and under which heading their sentences stand. */
export const WORDED: Record<string, string> = {
  'agent_activity.activity': 'activity',
  'agent_wish.by': 'asked',
  'agent_wish.wish': 'wish',
  'callback_ended.by': 'actor',
  'callback_ended.reason': 'callback_end',
  'callback_tried.outcome': 'tried',
  'group_turned.state': 'turned',
  'hold_ended.by': 'by',
  'hold_started.by': 'by',
  'office_ended.outcome': 'office',
  'office_started.with': 'office_with',
  'offer_ended.outcome': 'offer',
  'queue_entered.by': 'mover',
  'queue_entered.why': 'entry',
  'queue_left.leave': 'leave',
  'queue_moved.by': 'actor',
  'queue_refused.refusal': 'refusal',
  'talk_ended.by': 'by',
  'talk_ended.cause': 'ended',
  'transfer_done.by': 'handed',
  'wrapup_ended.by': 'rested',
};

/** What a body's numbers and names are in words, whatever the line. */
function values(body: Body, speech: Speech) {
  const { t, locale, person, group } = speech;
  const agent = number(body, 'agent') ?? number(body, 'chosen');
  return {
    agent: person(agent),
    group: group(number(body, 'group')),
    caller: text(body, 'caller') ?? t('hidden'),
    number: text(body, 'number') ?? t('hidden'),
    place: number(body, 'place') ?? 0,
    priority: number(body, 'priority') ?? 0,
    who: text(body, 'who') ?? '',
    reason: text(body, 'reason') ?? '',
    rang_ms: number(body, 'rang_ms') ?? 0,
    rang: clockOfMs(number(body, 'rang_ms')),
    waited: clockOfMs(number(body, 'waited_ms')),
    wait: roughly(number(body, 'wait_ms') ?? 0),
    talked: clockOfMs(number(body, 'talked_ms')),
    length: clockOfMs(number(body, 'duration_ms')),
    size: bytes(number(body, 'bytes') ?? 0, locale),
    cause: text(body, 'cause') ?? '',
    device: text(body, 'user_agent') ?? text(body, 'sip_user') ?? '',
    status: number(body, 'status') ?? 0,
    version: number(body, 'version') ?? 0,
    from: number(body, 'from') ?? 0,
    to: number(body, 'to') ?? 0,
    colleague: person(number(body, 'to')),
    trunk: text(body, 'trunk') ?? '—',
    mover: t('entry.somebody'),
  };
}

/** A fact as a sentence. A kind that this page is too old to know is told by its name. */
export function factWords({ kind, body }: Fact, speech: Speech): string {
  const { t, group } = speech;
  const all = values(body, speech);
  const shown =
    kind === 'transfer_done' ? { ...all, from: group(all.from), to: group(all.to) } : all;
  const told: Record<string, unknown> = { ...shown, kind };
  // What stands inside another sentence first, then the sentences that hold it.
  for (const [field, heading] of Object.entries(WORDED)) {
    const [of, name = ''] = field.split('.');
    const word = of === kind ? text(body, name) : null;
    if (of === kind && word === null && heading === 'mover') continue;
    if (of === kind) told[heading] = word === null ? '' : say(t, `${heading}.${word}`, told, word);
  }
  if (kind === 'queue_entered' && told.entry === '') {
    told.entry = say(t, 'entry.arrival', told, kind);
  }
  if (kind === 'wait_announced') told.announced = say(t, `announced.${heard(body)}`, told, kind);
  return say(t, `kind.${kind}`, told, kind);
}

function heard(body: Body): string {
  const place = number(body, 'place') !== null;
  const wait = number(body, 'wait_ms') !== null;
  if (place && wait) return 'both';
  return place ? 'place' : wait ? 'wait' : 'words';
}

function say(t: Translate, path: string, told: Record<string, unknown>, otherwise: string) {
  const key = path as Parameters<Translate>[0];
  return t.has(key) ? t(key, told as never) : otherwise;
}
