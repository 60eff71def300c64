// A mode while it is edited: its name, its code on the phone, and its changes line by line.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useGroups, usePeople } from '../../api/queries';
import type { Door, Group, ModeChange, ModeWish, Person } from '../../api/wire';
import { Button } from '../../ui/Button';
import { Choice, Form, FormProblem, TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { ORDER_MAX } from '../people/order';

const DOORS: Door[] = ['open', 'closed', 'by_hours'];

export function ModeForm({
  mode,
  problem,
  pending,
  action,
  onSend,
  onCancel,
}: {
  mode: ModeWish;
  problem: unknown;
  pending: boolean;
  action: string;
  onSend: (mode: ModeWish) => void;
  onCancel: () => void;
}) {
  const t = useTranslations('modes');
  const page = useTranslations('page');
  const groups = useGroups().data ?? [];
  const people = usePeople().data ?? [];
  const [changes, setChanges] = useState(mode.changes);
  const send = (data: FormData) => {
    const code = String(data.get('code') ?? '').trim();
    onSend({ name: String(data.get('name')).trim(), code: code === '' ? null : code, changes });
  };
  const put = (at: number, change: ModeChange) =>
    setChanges(changes.map((each, place) => (place === at ? change : each)));
  const group = groups[0]?.id;
  const person = people[0]?.id;
  return (
    <Form problem={problem} onSend={send} label={t('form')}>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="name"
          label={t('name')}
          hint={t('name_hint')}
          defaultValue={mode.name}
          autoComplete="off"
          isRequired
          autoFocus
        />
        <TextField
          name="code"
          label={t('code')}
          hint={t('code_hint')}
          defaultValue={mode.code ?? ''}
          inputMode="tel"
          autoComplete="off"
        />
      </div>
      <fieldset className="grid gap-3">
        <legend className="mb-2 font-medium">{t('changes')}</legend>
        {changes.map((change, at) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a change has no name but its place
            key={at}
            className="grid grid-cols-[1fr_auto] items-start gap-2 rounded-xl bg-sunken/60 p-3"
          >
            {change.kind === 'door' ? (
              <DoorLine change={change} groups={groups} onChange={(next) => put(at, next)} />
            ) : (
              <MemberLine
                change={change}
                groups={groups}
                people={people}
                onChange={(next) => put(at, next)}
              />
            )}
            <Button
              look="quiet"
              size="icon"
              aria-label={t('remove_change', { place: at + 1 })}
              onPress={() => setChanges(changes.filter((_, place) => place !== at))}
            >
              <Icon name="close" className="size-4" />
            </Button>
          </div>
        ))}
        <div className="flex flex-wrap gap-2">
          <Button
            size="small"
            isDisabled={group === undefined}
            onPress={() =>
              group !== undefined &&
              setChanges([...changes, { kind: 'door', group, door: 'closed' }])
            }
          >
            <Icon name="plus" className="size-4" />
            {t('add_door')}
          </Button>
          <Button
            size="small"
            isDisabled={group === undefined || person === undefined}
            onPress={() =>
              group !== undefined &&
              person !== undefined &&
              setChanges([...changes, { kind: 'member', person, group, order: 1, delay_ms: 0 }])
            }
          >
            <Icon name="plus" className="size-4" />
            {t('add_member')}
          </Button>
        </div>
      </fieldset>
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

const named = (rows: { id: number; name: string }[]) =>
  rows.map((each) => ({ value: String(each.id), label: each.name }));

function DoorLine({
  change,
  groups,
  onChange,
}: {
  change: Extract<ModeChange, { kind: 'door' }>;
  groups: Group[];
  onChange: (change: ModeChange) => void;
}) {
  const t = useTranslations('modes');
  const door = useTranslations('door');
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Choice
        label={t('group')}
        value={String(change.group)}
        options={named(groups)}
        onChange={(id) => onChange({ ...change, group: Number(id) })}
      />
      <Choice
        label={door('title')}
        value={change.door}
        options={DOORS.map((value) => ({ value, label: door(value) }))}
        onChange={(next) => onChange({ ...change, door: next })}
      />
    </div>
  );
}

function MemberLine({
  change,
  groups,
  people,
  onChange,
}: {
  change: Extract<ModeChange, { kind: 'member' }>;
  groups: Group[];
  people: Person[];
  onChange: (change: ModeChange) => void;
}) {
  const t = useTranslations('modes');
  const order = useTranslations('order');
  const orders = Array.from({ length: Math.min(ORDER_MAX, 20) }, (_, place) => String(place + 1));
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Choice
        label={t('person')}
        value={String(change.person)}
        options={named(people)}
        onChange={(id) => onChange({ ...change, person: Number(id) })}
      />
      <Choice
        label={t('group')}
        value={String(change.group)}
        options={named(groups)}
        onChange={(id) => onChange({ ...change, group: Number(id) })}
      />
      <Choice
        label={order('order')}
        value={String(change.order ?? '')}
        options={[
          { value: '', label: t('not_in') },
          ...orders.map((value) => ({ value, label: value })),
        ]}
        onChange={(value) => onChange({ ...change, order: value === '' ? null : Number(value) })}
      />
      <Choice
        label={order('delay')}
        value={String(change.delay_ms / 1000)}
        options={[...new Set([0, 10, 20, 30, 60, 120, change.delay_ms / 1000])]
          .sort((a, b) => a - b)
          .map((seconds) => ({ value: String(seconds), label: `${seconds} s` }))}
        onChange={(seconds) => onChange({ ...change, delay_ms: Number(seconds) * 1000 })}
      />
    </div>
  );
}
