// One cell of the table: type a number, and it is in force. Its details stand in a small box.

import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Group, Person } from '../../api/wire';
import { serverNow } from '../../live/clock';
import { classes } from '../../ui/classes';
import { Details } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { useLocale } from '../../words/language';
import { span, until } from '../../words/spans';
import { CellDetails } from './CellDetails';
import { loanOf, membershipOf, ORDER_MAX, orderOf, termsOf } from './order';
import { usePlacing } from './usePlacing';

interface Cell {
  person: Person;
  group: Group;
  tabIndex: number;
}

export function OrderCell({
  person,
  group,
  tabIndex,
  onKeyDown,
  onFocus,
}: Cell & {
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
    const done = await placing(person, group, order === null ? null : termsOf(member, order));
    underWay.current = null;
    if (!done || order === null) setTyped(done ? '' : known);
  };
  return (
    <div className="flex flex-col items-center gap-0.5">
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
      <Terms person={person} group={group} tabIndex={tabIndex} />
    </div>
  );
}

/** Delay, calendar and loan as short as possible; opens the box where they are changed. */
function Terms({ person, group, tabIndex }: Cell) {
  const t = useTranslations('order');
  const locale = useLocale();
  const member = membershipOf(person, group);
  const loan = loanOf(person, group);
  if (!member && !loan) return <span className="h-6" />;
  const marks = member && (member.delay_ms > 0 || member.calendar || member.wrap_up_ms !== null);
  return (
    <Details
      label={t('details', { person: person.name, group: group.name })}
      title={`${person.name} · ${group.name}`}
      tabIndex={tabIndex}
      className="figures inline-flex min-h-6 min-w-9 items-center justify-center gap-1 rounded-md px-1 text-xs whitespace-nowrap text-muted hover:bg-sunken hover:text-ink"
      face={
        <>
          {member && member.delay_ms > 0 && (
            <span>{t('after', { span: span(member.delay_ms) })}</span>
          )}
          {member?.calendar && <Icon name="calendar" className="size-3.5" />}
          {member && member.wrap_up_ms !== null && <Icon name="settings" className="size-3.5" />}
          {loan?.loan && (
            <span className="inline-flex items-center gap-1 font-medium text-warn">
              <Icon name="loan" className="size-3.5" />
              {until(loan.loan.until_ms, serverNow(), locale)}
            </span>
          )}
          {!marks && !loan && <Icon name="more" className="size-4" />}
        </>
      }
    >
      {(close) => <CellDetails person={person} group={group} onClose={close} />}
    </Details>
  );
}
