// A calendar while it is edited: seven days, typed as people write hours, and days that differ.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { CalendarWish } from '../../api/wire';
import { Button } from '../../ui/Button';
import { Choice, Form, FormProblem, TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { useLocale } from '../../words/language';
import { weekday } from '../../words/spans';
import { spansOf, typedSpans } from './week';

/** The zones of most who use it first; every other known one after them. */
const NEAR = ['Europe/Tallinn', 'Europe/Helsinki', 'Europe/Riga', 'Europe/Stockholm', 'UTC'];
const ZONES = [...new Set([...NEAR, ...Intl.supportedValuesOf('timeZone')])];

interface Draft {
  name: string;
  zone: string;
  week: string[];
  dates: { date: string; spans: string }[];
}

export function CalendarForm({
  calendar,
  problem,
  pending,
  action,
  onSend,
  onCancel,
}: {
  calendar: CalendarWish;
  problem: unknown;
  pending: boolean;
  action: string;
  onSend: (calendar: CalendarWish) => void;
  onCancel: () => void;
}) {
  const t = useTranslations('calendars');
  const page = useTranslations('page');
  const [draft, setDraft] = useState<Draft>({
    name: calendar.name,
    zone: calendar.zone,
    week: calendar.week.map(typedSpans),
    dates: calendar.dates.map(({ date, spans }) => ({ date, spans: typedSpans(spans) })),
  });
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const send = () =>
    onSend({
      name: draft.name.trim(),
      zone: draft.zone,
      week: draft.week.map((typed) => spansOf(typed) ?? []),
      dates: draft.dates.map(({ date, spans }) => ({ date, spans: spansOf(spans) ?? [] })),
    });
  return (
    <Form problem={problem} onSend={send} label={t('form')}>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="name"
          label={t('name')}
          value={draft.name}
          onChange={(name) => change({ name })}
          autoComplete="off"
          isRequired
          autoFocus
        />
        <Choice
          label={t('zone')}
          value={draft.zone}
          options={ZONES.map((value) => ({ value, label: value.replace('_', ' ') }))}
          onChange={(zone) => change({ zone })}
        />
      </div>
      <Week draft={draft} change={change} />
      <Dates draft={draft} change={change} />
      <FormProblem problem={problem} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="main" isPending={pending}>
          {action}
        </Button>
        <Button onPress={onCancel}>{page('cancel')}</Button>
      </div>
    </Form>
  );
}

interface Part {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}

function Week({ draft, change }: Part) {
  const t = useTranslations('calendars');
  const locale = useLocale();
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 font-medium">{t('week')}</legend>
      <p className="text-sm text-muted">{t('week_hint')}</p>
      <div className="grid gap-3 sm:grid-cols-2">
        {draft.week.map((typed, day) => (
          <TextField
            key={weekday(day, locale)}
            name={`week.${day}`}
            label={weekday(day, locale)}
            placeholder={t('shut')}
            value={typed}
            onChange={(next) =>
              change({ week: draft.week.map((each, place) => (place === day ? next : each)) })
            }
            validate={(value) => (spansOf(value) === undefined ? t('wrong') : null)}
            autoComplete="off"
          />
        ))}
      </div>
    </fieldset>
  );
}

function Dates({ draft, change }: Part) {
  const t = useTranslations('calendars');
  const put = (at: number, part: Partial<Draft['dates'][number]>) =>
    change({
      dates: draft.dates.map((each, place) => (place === at ? { ...each, ...part } : each)),
    });
  return (
    <fieldset className="grid gap-3 border-t border-line pt-4">
      <legend className="float-left font-medium">{t('dates')}</legend>
      <p className="clear-both text-sm text-muted">{t('dates_hint')}</p>
      {draft.dates.map((row, at) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the date is being typed
          key={at}
          className="grid grid-cols-[1fr_auto] items-start gap-2 rounded-xl bg-sunken/60 p-3"
        >
          <div className="grid gap-3 sm:grid-cols-2">
            <TextField
              name={`dates.${at}.date`}
              type="date"
              label={t('date')}
              value={row.date}
              onChange={(date) => put(at, { date })}
              isRequired
            />
            <TextField
              name={`dates.${at}.spans`}
              label={t('hours')}
              placeholder={t('shut')}
              value={row.spans}
              onChange={(spans) => put(at, { spans })}
              validate={(value) => (spansOf(value) === undefined ? t('wrong') : null)}
              autoComplete="off"
            />
          </div>
          <Button
            look="quiet"
            size="icon"
            aria-label={t('remove_date', { date: row.date })}
            onPress={() => change({ dates: draft.dates.filter((_, place) => place !== at) })}
          >
            <Icon name="close" className="size-4" />
          </Button>
        </div>
      ))}
      <div>
        <Button
          size="small"
          onPress={() => change({ dates: [...draft.dates, { date: '', spans: '' }] })}
        >
          <Icon name="plus" className="size-4" />
          {t('add_date')}
        </Button>
      </div>
    </fieldset>
  );
}
