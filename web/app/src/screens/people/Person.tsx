// One person: name, what he does now, phones, groups, skills.

import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Problem } from '../../api/client';
import { useEditPerson, useGroups, usePeople, useRemovePerson } from '../../api/queries';
import type { Person } from '../../api/wire';
import { Button, LinkButton } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { Form, FormProblem, TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { useSay } from '../../ui/Notice';
import { Failed, Head, Panel, Waiting } from '../../ui/Panel';
import { useTell } from '../../ui/tell';
import { Memberships } from './Memberships';
import { Phones } from './Phones';
import { Skills } from './Skills';
import { WishButtons } from './WishButtons';

const route = getRouteApi('/shell/people/$id');

export function PersonPage() {
  const t = useTranslations('person');
  const id = Number(route.useParams().id);
  const people = usePeople();
  const groups = useGroups();
  const person = people.data?.find((each) => each.id === id);
  const gone = people.isSuccess && !person ? new Problem(404, 'not_found') : null;
  return (
    <>
      <Head title={person?.name ?? t('title')}>
        <LinkButton to="/people" size="small">
          <Icon name="back" className="size-4" />
          {t('back')}
        </LinkButton>
      </Head>
      {people.isPending && <Waiting />}
      {(people.error ?? gone) && <Failed problem={people.error ?? gone} />}
      {person && (
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <WishButtons person={person} />
          <Phones person={person} />
          <Memberships person={person} groups={groups.data ?? []} />
          <Skills person={person} />
          <Name person={person} />
        </div>
      )}
    </>
  );
}

function Name({ person }: { person: Person }) {
  const t = useTranslations('person');
  const people = useTranslations('people');
  const say = useSay();
  const edit = useEditPerson();
  const send = (data: FormData) => {
    const extension = String(data.get('extension') ?? '').trim();
    edit.mutate(
      { id: person.id, name: String(data.get('name')).trim(), extension: extension || null },
      { onSuccess: () => say(t('saved')) },
    );
  };
  return (
    <Panel title={t('who')}>
      <Form problem={edit.error} onSend={send} label={t('who')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            name="name"
            label={people('name')}
            defaultValue={person.name}
            autoComplete="off"
            isRequired
          />
          <TextField
            name="extension"
            label={people('extension')}
            defaultValue={person.extension ?? ''}
            autoComplete="off"
            inputMode="numeric"
          />
        </div>
        <FormProblem problem={edit.error} />
        <div className="flex flex-wrap justify-between gap-2">
          <Button type="submit" look="main" isPending={edit.isPending}>
            {t('save')}
          </Button>
          <Remove person={person} />
        </div>
      </Form>
    </Panel>
  );
}

function Remove({ person }: { person: Person }) {
  const t = useTranslations('person');
  const say = useSay();
  const tell = useTell();
  const navigate = useNavigate();
  const remove = useRemovePerson();
  return (
    <Confirm
      trigger={<Button look="bad">{t('remove')}</Button>}
      title={t('remove_title', { name: person.name })}
      action={t('remove')}
      onConfirm={() =>
        tell(remove.mutateAsync(person.id), () => {
          say(t('removed', { name: person.name }));
          void navigate({ to: '/people' });
        })
      }
    >
      {t('remove_text')}
    </Confirm>
  );
}
