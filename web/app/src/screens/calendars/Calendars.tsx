// Calendars: the weeks and the holidays by which groups open and memberships count.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useAddCalendar, useCalendars, useEditCalendar, useRemoveCalendar } from '../../api/plan';
import type { Calendar, CalendarWish } from '../../api/wire';
import { serverNow } from '../../live/clock';
import { Button, LinkButton } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { Empty, Failed, Head, Panel, Waiting } from '../../ui/Panel';
import { useTell } from '../../ui/tell';
import { useUndoable } from '../../ui/undo';
import { useLocale } from '../../words/language';
import { until } from '../../words/spans';
import { DoorMark } from '../groups/DoorMark';
import { CalendarForm } from './CalendarForm';
import { datesWords, weekWords } from './week';

/** Working days from nine to five: the most usual beginning. */
function fresh(name: string): CalendarWish {
  const day = [{ from: 540, to: 1020 }];
  return {
    name,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    week: [day, day, day, day, day, [], []],
    dates: [],
  };
}

export function Calendars() {
  const t = useTranslations('calendars');
  const calendars = useCalendars();
  const undoable = useUndoable();
  const added = useAddCalendar();
  const [adding, setAdding] = useState(false);
  const add = (
    <Button look="main" onPress={() => setAdding(true)}>
      <Icon name="plus" className="size-4" />
      {t('add')}
    </Button>
  );
  return (
    <>
      <Head title={t('title')} lead={t('lead')}>
        <LinkButton to="/groups" size="small">
          <Icon name="back" className="size-4" />
          {t('back')}
        </LinkButton>
        {!adding && calendars.data && calendars.data.length > 0 && add}
      </Head>
      {adding && (
        <Panel title={t('add')} className="mb-6">
          <CalendarForm
            calendar={fresh('')}
            problem={added.error}
            pending={added.isPending}
            action={t('add_send')}
            onCancel={() => setAdding(false)}
            onSend={(wish) =>
              added.mutate(wish, {
                onSuccess: () => {
                  setAdding(false);
                  void undoable(t('added', { name: wish.name }));
                },
              })
            }
          />
        </Panel>
      )}
      {calendars.isPending && <Waiting />}
      {calendars.isError && <Failed problem={calendars.error} retry={() => calendars.refetch()} />}
      {calendars.data?.length === 0 && !adding && (
        <Panel>
          <Empty icon="calendar" action={add}>
            {t('empty')}
          </Empty>
        </Panel>
      )}
      <div className="grid items-start gap-6 xl:grid-cols-2">
        {calendars.data?.map((calendar) => (
          <Known key={calendar.id} calendar={calendar} />
        ))}
      </div>
    </>
  );
}

function Known({ calendar }: { calendar: Calendar }) {
  const t = useTranslations('calendars');
  const locale = useLocale();
  const tell = useTell();
  const undoable = useUndoable();
  const [editing, setEditing] = useState(false);
  const edit = useEditCalendar();
  const remove = useRemoveCalendar();
  const { name } = calendar;
  const turn = calendar.next_turn_ms !== null && until(calendar.next_turn_ms, serverNow(), locale);
  if (editing) {
    return (
      <Panel title={name}>
        <CalendarForm
          calendar={calendar}
          problem={edit.error}
          pending={edit.isPending}
          action={t('save')}
          onCancel={() => setEditing(false)}
          onSend={(wish) =>
            edit.mutate(
              { id: calendar.id, ...wish },
              {
                onSuccess: () => {
                  setEditing(false);
                  void undoable(t('saved', { name: wish.name }));
                },
              },
            )
          }
        />
      </Panel>
    );
  }
  return (
    <Panel title={name} aside={<DoorMark open={calendar.open_now} byHand={false} />}>
      <ul className="grid gap-0.5">
        {weekWords(calendar.week, t('shut'), locale).map((line) => (
          <li key={line} className="figures">
            {line}
          </li>
        ))}
      </ul>
      {calendar.dates.length > 0 && (
        <ul aria-label={t('dates')} className="mt-2 grid gap-0.5 border-t border-line pt-2 text-sm">
          {datesWords(calendar.dates, t('shut'), locale).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <p className="mt-2 text-sm text-muted">
        {calendar.zone}
        {turn && ` · ${t(calendar.open_now ? 'closes' : 'opens', { time: turn })}`}
      </p>
      <div className="mt-4 flex flex-wrap justify-between gap-2">
        <Button onPress={() => setEditing(true)} aria-label={t('edit_of', { name })}>
          {t('edit')}
        </Button>
        <Confirm
          trigger={
            <Button look="bad" aria-label={t('remove_title', { name })}>
              {t('remove')}
            </Button>
          }
          title={t('remove_title', { name })}
          action={t('remove')}
          onConfirm={() =>
            tell(remove.mutateAsync(calendar.id), () => void undoable(t('removed', { name })))
          }
        >
          {t('remove_text')}
        </Confirm>
      </div>
    </Panel>
  );
}
