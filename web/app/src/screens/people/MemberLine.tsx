// One membership: order number and delay. Empty order: not a member.

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Membership } from '../../api/wire';
import { classes } from '../../ui/classes';
import { DELAY_MAX_S, ORDER_MAX, orderOf, termsOf } from './order';
import { usePlacing } from './usePlacing';

interface Named {
  id: number;
  name: string;
}

const BOX = classes(
  'figures min-h-9 rounded-lg bg-surface px-2 text-center ring-1 ring-inset ring-edge',
  'outline-offset-0 focus:outline-2 focus:outline-accent disabled:opacity-50',
  'aria-invalid:ring-bad aria-invalid:text-bad',
);

export function MemberLine({
  title,
  person,
  group,
  member,
}: {
  title: string;
  person: Named;
  group: Named;
  member: Membership | undefined;
}) {
  const t = useTranslations('order');
  const placing = usePlacing();
  const known = {
    order: member ? String(member.order) : '',
    delay: member ? String(Math.round(member.delay_ms / 1000)) : '0',
  };
  const [order, setOrder] = useState(known.order);
  const [delay, setDelay] = useState(known.delay);
  useEffect(() => setOrder(known.order), [known.order]);
  useEffect(() => setDelay(known.delay), [known.delay]);
  const wanted = orderOf(order);
  const delay_s = /^\d{1,4}$/.test(delay.trim()) ? Number(delay) : undefined;
  const delayWrong = delay_s === undefined || delay_s > DELAY_MAX_S;
  const save = async () => {
    if (wanted === undefined || delayWrong) return;
    if (order.trim() === known.order && String(delay_s) === known.delay) return;
    if (wanted === null && !member) return;
    const terms = wanted === null ? null : termsOf(member, wanted);
    const done = await placing(person, group, terms && { ...terms, delay_ms: delay_s * 1000 });
    if (!done) {
      setOrder(known.order);
      setDelay(known.delay);
    }
  };
  const names = { person: person.name, group: group.name };
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2">
      <span
        className={classes('min-w-0 flex-1 basis-32 break-words', wanted !== null && 'font-medium')}
      >
        {title}
      </span>
      <span className="ml-auto flex gap-x-4">
        <label className="flex items-center gap-2 text-sm text-muted">
          {t('order')}
          <input
            aria-label={t('cell', names)}
            aria-invalid={wanted === undefined}
            title={wanted === undefined ? t('invalid', { max: ORDER_MAX }) : undefined}
            value={order}
            inputMode="numeric"
            autoComplete="off"
            maxLength={2}
            onChange={(event) => setOrder(event.target.value)}
            onBlur={save}
            onKeyDown={(event) => event.key === 'Enter' && save()}
            className={`${BOX} w-12 font-semibold text-ink`}
          />
        </label>
        <label className="flex items-center gap-2 text-sm text-muted">
          {t('delay')}
          <input
            aria-label={t('delay_cell', names)}
            aria-invalid={delayWrong}
            value={delay}
            inputMode="numeric"
            autoComplete="off"
            maxLength={4}
            disabled={wanted === null}
            onChange={(event) => setDelay(event.target.value)}
            onBlur={save}
            onKeyDown={(event) => event.key === 'Enter' && save()}
            className={`${BOX} w-16 text-ink`}
          />
          {t('seconds')}
        </label>
      </span>
    </li>
  );
}
