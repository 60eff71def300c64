// Trunks: where calls come from, and what they may say of a call's priority.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useAddTrunk, useChangeTrunk, useRemoveTrunk, useTrunks } from '../../api/queries';
import type { Trunk } from '../../api/wire';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { Form, FormProblem, NumberField, TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { useSay } from '../../ui/Notice';
import { Empty, Failed, Panel, Waiting } from '../../ui/Panel';
import { useTell } from '../../ui/tell';

export function Trunks() {
  const t = useTranslations('settings');
  const trunks = useTrunks();
  const [adding, setAdding] = useState(false);
  const add = (
    <Button onPress={() => setAdding(true)}>
      <Icon name="plus" className="size-4" />
      {t('add_trunk')}
    </Button>
  );
  return (
    <Panel title={t('trunks')}>
      <p className="mb-3 text-sm text-muted">{t('trunks_hint')}</p>
      {trunks.isPending && <Waiting />}
      {trunks.isError && <Failed problem={trunks.error} retry={() => trunks.refetch()} />}
      {trunks.data?.length === 0 && !adding && (
        <Empty icon="calls" action={add}>
          {t('no_trunks')}
        </Empty>
      )}
      <ul className="divide-y divide-line">
        {trunks.data?.map((trunk) => (
          <TrunkLine key={trunk.id} trunk={trunk} />
        ))}
      </ul>
      {adding && <AddTrunk onClose={() => setAdding(false)} />}
      {!adding && trunks.data && trunks.data.length > 0 && <div className="mt-4">{add}</div>}
    </Panel>
  );
}

function TrunkLine({ trunk }: { trunk: Trunk }) {
  const t = useTranslations('settings');
  const say = useSay();
  const tell = useTell();
  const remove = useRemoveTrunk();
  const [changing, setChanging] = useState(false);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
      <div className="min-w-0 flex-1 basis-40">
        <p className="font-medium break-words">{trunk.name}</p>
        <p className="figures text-sm break-all text-muted">
          {trunk.address}
          {trunk.port !== null && `:${trunk.port}`}
        </p>
        {trunk.priority_header !== null && (
          <p className="text-sm break-all text-muted">
            {t('priority_by', { header: trunk.priority_header })}
          </p>
        )}
      </div>
      <Button
        size="small"
        aria-label={t('priority_header_of', { name: trunk.name })}
        aria-expanded={changing}
        onPress={() => setChanging(!changing)}
      >
        {t('priority_header')}
      </Button>
      <Confirm
        trigger={
          <Button size="small" look="bad" aria-label={t('remove_trunk', { name: trunk.name })}>
            {t('remove')}
          </Button>
        }
        title={t('remove_trunk', { name: trunk.name })}
        action={t('remove')}
        onConfirm={() =>
          tell(remove.mutateAsync(trunk.id), () => say(t('removed', { name: trunk.name })))
        }
      >
        {t('remove_trunk_text')}
      </Confirm>
      {changing && <PriorityHeader trunk={trunk} onClose={() => setChanging(false)} />}
    </li>
  );
}

function PriorityHeader({ trunk, onClose }: { trunk: Trunk; onClose: () => void }) {
  const t = useTranslations('settings');
  const page = useTranslations('page');
  const say = useSay();
  const change = useChangeTrunk();
  const { id, name } = trunk;
  const send = (data: FormData) => {
    const header = String(data.get('priority_header')).trim();
    change.mutate(
      { id, priority_header: header || null },
      {
        onSuccess: () => {
          say(header ? t('priority_set', { name, header }) : t('priority_none', { name }));
          onClose();
        },
      },
    );
  };
  return (
    <Form
      problem={change.error}
      onSend={send}
      label={t('priority_header_of', { name })}
      className="mt-2 basis-full"
    >
      <PriorityField value={trunk.priority_header ?? ''} autoFocus />
      <FormProblem problem={change.error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="main" isPending={change.isPending}>
          {t('save')}
        </Button>
        <Button onPress={onClose}>{page('cancel')}</Button>
      </div>
    </Form>
  );
}

function PriorityField({ value, autoFocus }: { value?: string; autoFocus?: boolean }) {
  const t = useTranslations('settings');
  return (
    <TextField
      name="priority_header"
      label={t('priority_header')}
      hint={t('priority_header_hint')}
      placeholder="X-Priority"
      autoComplete="off"
      {...(value === undefined ? {} : { defaultValue: value })}
      {...(autoFocus ? { autoFocus } : {})}
    />
  );
}

function AddTrunk({ onClose }: { onClose: () => void }) {
  const t = useTranslations('settings');
  const page = useTranslations('page');
  const say = useSay();
  const add = useAddTrunk();
  const send = (data: FormData) => {
    const port = Number(data.get('port'));
    const name = String(data.get('name')).trim();
    const priority_header = String(data.get('priority_header')).trim();
    add.mutate(
      {
        name,
        address: String(data.get('address')).trim(),
        ...(port > 0 ? { port } : {}),
        ...(priority_header === '' ? {} : { priority_header }),
      },
      {
        onSuccess: () => {
          say(t('added', { name }));
          onClose();
        },
      },
    );
  };
  return (
    <Form problem={add.error} onSend={send} label={t('add_trunk')} className="mt-4">
      <TextField name="name" label={t('trunk_name')} autoComplete="off" isRequired autoFocus />
      <div className="grid gap-4 sm:grid-cols-[2fr_1fr]">
        <TextField
          name="address"
          label={t('trunk_address')}
          hint={t('trunk_address_hint')}
          autoComplete="off"
          isRequired
        />
        <NumberField
          name="port"
          label={t('port')}
          hint={t('port_hint')}
          minValue={1}
          maxValue={65_535}
          formatOptions={{ useGrouping: false }}
        />
      </div>
      <PriorityField />
      <FormProblem problem={add.error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="main" isPending={add.isPending}>
          {t('add')}
        </Button>
        <Button onPress={onClose}>{page('cancel')}</Button>
      </div>
    </Form>
  );
}
