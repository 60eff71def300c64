// Which days, whose figures, told apart by what, and which of the seven service levels.

import { useTranslations } from 'use-intl';
import {
  type Figures,
  type FiguresAsked,
  LEVELS,
  type Level,
  ROWS,
  type Rows,
} from '../../api/figures';
import { useGroups, usePeople } from '../../api/queries';
import { Choice, TextField } from '../../ui/Field';

const WITHIN = [10, 15, 20, 30, 60, 120];

export function Filter({
  asked,
  shown,
  onChange,
}: {
  asked: FiguresAsked;
  /** What the table shows: the days that were meant when none were chosen. */
  shown: Figures | undefined;
  onChange: (change: FiguresAsked) => void;
}) {
  const t = useTranslations('results');
  const groups = useGroups().data ?? [];
  const people = usePeople().data ?? [];
  const all = { value: '', label: t('all') };
  const named = (row: { id: number; name: string }) => ({ value: String(row.id), label: row.name });
  const { zone } = shown ?? {};
  const from = asked.from ?? shown?.from;
  const to = asked.to ?? shown?.to;
  const number = (value: string) => (value === '' ? undefined : Number(value));
  return (
    <search className="grid grid-cols-2 gap-3 md:grid-cols-4">
      <Day
        label={t('from')}
        value={from}
        onChange={(day) => onChange({ from: day, to: later(day, to) })}
      />
      <Day
        label={t('to')}
        value={to}
        hint={zone && zone !== 'UTC' ? t('zone', { zone }) : undefined}
        onChange={(day) => onChange({ from: earlier(from, day), to: day })}
      />
      <Choice<Rows>
        label={t('by')}
        value={asked.by ?? 'person'}
        options={ROWS.map((value) => ({ value, label: t(`rows.${rowsWord(value)}`) }))}
        onChange={(by) => onChange({ by })}
      />
      <Choice
        label={t('group')}
        value={String(asked.group ?? '')}
        options={[all, ...groups.map(named)]}
        onChange={(value) => onChange({ group: number(value) })}
      />
      <Choice
        label={t('person')}
        value={String(asked.person ?? '')}
        options={[all, ...people.map(named)]}
        onChange={(value) => onChange({ person: number(value) })}
      />
      <Choice<Level>
        label={t('level')}
        value={asked.level ?? 'b'}
        options={LEVELS.map((value) => ({ value, label: t(`levels.${value}`) }))}
        onChange={(level) => onChange({ level })}
      />
      <Choice
        label={t('within')}
        value={String(asked.within ?? 20)}
        options={WITHIN.map((s) => ({ value: String(s), label: t('seconds', { s }) }))}
        onChange={(value) => onChange({ within: Number(value) })}
      />
    </search>
  );
}

/** Days as text stand in the order of time: a span never ends before it begins. */
const later = (one: string | undefined, other: string | undefined) =>
  one && other && one > other ? one : other;
const earlier = (one: string | undefined, other: string | undefined) =>
  one && other && one > other ? other : one;

/** Words have no commas in their names. */
export function rowsWord(rows: Rows) {
  const words = {
    person: 'person',
    group: 'group',
    'person,group': 'person_group',
    day: 'day',
    'day,person': 'day_person',
    'day,group': 'day_group',
    hour: 'hour',
    '': 'company',
  } as const;
  return words[rows];
}

function Day({
  label,
  hint,
  value,
  onChange,
}: {
  label: string;
  hint?: string | undefined;
  value: string | undefined;
  onChange: (day: string | undefined) => void;
}) {
  return (
    <TextField
      label={label}
      hint={hint}
      type="date"
      value={value ?? ''}
      onChange={(day) => onChange(day || undefined)}
    />
  );
}
