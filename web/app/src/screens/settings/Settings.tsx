// Where calls come from and where phones register.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useAddTrunk, useRemoveTrunk, useSession, useTrunks } from '../../api/queries';
import type { Trunk } from '../../api/wire';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { Form, FormProblem, NumberField, TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { useSay } from '../../ui/Notice';
import { Empty, Failed, Head, Panel, Waiting } from '../../ui/Panel';
import { useTell } from '../../ui/tell';
import { MissRules } from './MissRules';
import { OutsideCalls } from './OutsideCalls';
import { TvLinks } from './TvLinks';

export function Settings() {
  const t = useTranslations('settings');
  return (
    <>
      <Head title={t('title')} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="grid gap-6">
          <Trunks />
          <OutsideCalls />
          <Address />
        </div>
        <div className="grid gap-6">
          <MissRules />
          <TvLinks />
        </div>
      </div>
    </>
  );
}

function Address() {
  const t = useTranslations('settings');
  const session = useSession().data;
  if (!session) return null;
  const lines = [
    [t('sip_address'), session.sip.address],
    [t('realm'), session.sip.realm],
    [t('company'), session.company.name],
    [t('language'), session.company.language === 'et' ? 'Eesti keel' : 'English'],
  ];
  return (
    <Panel title={t('address')}>
      <p className="mb-3 text-sm text-muted">{t('address_hint')}</p>
      <dl className="divide-y divide-line">
        {lines.map(([word, value]) => (
          <div key={word} className="flex flex-wrap gap-x-4 py-2">
            <dt className="basis-40 text-sm text-muted">{word}</dt>
            <dd className="min-w-0 flex-1 basis-48 break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function Trunks() {
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
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
      <div className="min-w-0 flex-1 basis-40">
        <p className="font-medium break-words">{trunk.name}</p>
        <p className="figures text-sm break-all text-muted">
          {trunk.address}
          {trunk.port !== null && `:${trunk.port}`}
        </p>
      </div>
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
    </li>
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
    add.mutate(
      { name, address: String(data.get('address')).trim(), ...(port > 0 ? { port } : {}) },
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
