// People, and which groups each one serves in which order: one table, edited in its cells.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useAddPerson, useGroups, usePeople } from '../../api/queries';
import { Button } from '../../ui/Button';
import { Form, FormProblem, TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { useSay } from '../../ui/Notice';
import { Empty, Failed, Head, Panel, Waiting } from '../../ui/Panel';
import { Bulk } from './Bulk';
import { Matrix } from './Matrix';
import { PeopleCards } from './PeopleCards';
import { useSelection } from './selection';

export function People() {
  const t = useTranslations('people');
  const people = usePeople();
  const groups = useGroups();
  const [adding, setAdding] = useState(false);
  const selection = useSelection(people.data ?? []);
  const failed = people.error ?? groups.error;
  const add = (
    <Button look="main" onPress={() => setAdding(true)}>
      <Icon name="plus" className="size-4" />
      {t('add')}
    </Button>
  );
  return (
    <>
      <Head title={t('title')} lead={t('lead')}>
        {!adding && people.data && people.data.length > 0 && add}
      </Head>
      {adding && <Add onClose={() => setAdding(false)} />}
      {(people.isPending || groups.isPending) && <Waiting />}
      {failed && (
        <Failed
          problem={failed}
          retry={() => {
            people.refetch();
            groups.refetch();
          }}
        />
      )}
      {people.data?.length === 0 && !adding && (
        <Panel>
          <Empty icon="people" action={add}>
            {t('empty')}
          </Empty>
        </Panel>
      )}
      {people.data && groups.data && people.data.length > 0 && (
        <>
          {selection.people.length > 0 && (
            <Bulk people={selection.people} groups={groups.data} onClear={selection.clear} />
          )}
          <div className="hidden md:block">
            <Matrix people={people.data} groups={groups.data} selection={selection} />
          </div>
          <div className="md:hidden">
            <PeopleCards people={people.data} groups={groups.data} selection={selection} />
          </div>
        </>
      )}
    </>
  );
}

function Add({ onClose }: { onClose: () => void }) {
  const t = useTranslations('people');
  const page = useTranslations('page');
  const say = useSay();
  const add = useAddPerson();
  const send = (data: FormData) => {
    const extension = String(data.get('extension') ?? '').trim();
    add.mutate(
      { name: String(data.get('name')).trim(), ...(extension ? { extension } : {}) },
      {
        onSuccess: (person) => {
          say(t('added', { name: person.name }));
          onClose();
        },
      },
    );
  };
  return (
    <Panel title={t('add')} className="mb-6">
      <Form problem={add.error} onSend={send} label={t('add')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField name="name" label={t('name')} autoComplete="off" isRequired autoFocus />
          <TextField
            name="extension"
            label={t('extension')}
            hint={t('extension_hint')}
            autoComplete="off"
            inputMode="numeric"
          />
        </div>
        <FormProblem problem={add.error} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="main" isPending={add.isPending}>
            {t('add_send')}
          </Button>
          <Button onPress={onClose}>{page('cancel')}</Button>
        </div>
      </Form>
    </Panel>
  );
}
