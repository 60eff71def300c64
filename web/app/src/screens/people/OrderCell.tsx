// One cell of the table: type a number, and it is in force.

import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Group, Person } from '../../api/wire';
import { classes } from '../../ui/classes';
import { membershipOf, ORDER_MAX, orderOf } from './order';
import { usePlacing } from './usePlacing';

export function OrderCell({
  person,
  group,
  tabIndex,
  onKeyDown,
  onFocus,
}: {
  person: Person;
  group: Group;
  tabIndex: number;
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  onFocus: () => void;
}) {
  const t = useTranslations('order');
  const placing = usePlacing();
  const member = membershipOf(person, group);
  const known = member ? String(member.order) : '';
  const [typed, setTyped] = useState(known);
  // Somebody else may have changed it meanwhile.
  useEffect(() => setTyped(known), [known]);
  const order = orderOf(typed);
  // Enter sends, and leaving the cell sends: the same change only once.
  const underWay = useRef<string | null>(null);
  const save = async () => {
    if (underWay.current === typed) return;
    if (order === undefined || typed.trim() === known) {
      setTyped(known);
      return;
    }
    underWay.current = typed;
    const done = await placing(person, group, order, member?.delay_ms ?? 0);
    underWay.current = null;
    if (!done || order === null) setTyped(done ? '' : known);
  };
  return (
    <input
      aria-label={t('cell', { person: person.name, group: group.name })}
      aria-invalid={order === undefined}
      title={order === undefined ? t('invalid', { max: ORDER_MAX }) : undefined}
      value={typed}
      inputMode="numeric"
      autoComplete="off"
      maxLength={2}
      tabIndex={tabIndex}
      onFocus={(event) => {
        event.currentTarget.select();
        onFocus();
      }}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setTyped(known);
        if (event.key === 'Enter') void save();
        onKeyDown(event);
      }}
      className={classes(
        'figures size-9 rounded-lg text-center font-semibold outline-offset-0',
        'hover:ring-1 hover:ring-inset hover:ring-edge focus:outline-2 focus:outline-accent',
        order === undefined && 'bg-bad-soft text-bad',
        order === null && 'bg-sunken',
        typeof order === 'number' &&
          (order === 1 ? 'bg-accent text-on-accent' : 'bg-accent-soft text-accent'),
      )}
    />
  );
}
