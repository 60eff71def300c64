// Which calls: by kind, number, group, person and outcome.

import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { type CallFilter, useGroups, usePeople } from '../../api/queries';
import { Choice, TextField } from '../../ui/Field';

/** After the last key, so that each letter is not a question. */
const TYPED_MS = 300;

const OUTCOMES = [
  'answered',
  'abandoned',
  'refused',
  'diverted',
  'called_back',
  'timeout',
  'callback',
  'callback_ended',
  'waiting',
] as const;

export function Filter({
  filter,
  onChange,
}: {
  filter: CallFilter;
  onChange: (change: CallFilter) => void;
}) {
  const t = useTranslations('calls');
  const groups = useGroups().data ?? [];
  const people = usePeople().data ?? [];
  const any = { value: '', label: t('any') };
  const named = (row: { id: number; name: string }) => ({ value: String(row.id), label: row.name });
  const number = (value: string) => (value === '' ? undefined : Number(value));
  return (
    <search className="grid grid-cols-2 gap-3 md:grid-cols-5">
      <NumberPart value={filter.q ?? ''} onChange={(q) => onChange({ q: q || undefined })} />
      <Choice
        label={t('kind')}
        value={filter.office === undefined ? '' : filter.office ? 'office' : 'groups'}
        options={[
          any,
          { value: 'groups', label: t('kinds.groups') },
          { value: 'office', label: t('kinds.office') },
        ]}
        onChange={(value) => onChange({ office: value === '' ? undefined : value === 'office' })}
      />
      <Choice
        label={t('group')}
        value={String(filter.group ?? '')}
        options={[any, ...groups.map(named)]}
        onChange={(value) => onChange({ group: number(value) })}
      />
      <Choice
        label={t('agent')}
        value={String(filter.agent ?? '')}
        options={[any, ...people.map(named)]}
        onChange={(value) => onChange({ agent: number(value) })}
      />
      <Choice
        label={t('outcome')}
        value={filter.outcome ?? ''}
        options={[any, ...OUTCOMES.map((value) => ({ value, label: t(`outcomes.${value}`) }))]}
        onChange={(value) => onChange({ outcome: value || undefined })}
      />
    </search>
  );
}

function NumberPart({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTranslations('calls');
  const [typed, setTyped] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // The address may change without typing: going back, or clearing the filter.
  useEffect(() => setTyped(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <TextField
      label={t('number_part')}
      type="search"
      inputMode="tel"
      autoComplete="off"
      value={typed}
      onChange={(next) => {
        setTyped(next);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => onChange(next.trim()), TYPED_MS);
      }}
    />
  );
}
