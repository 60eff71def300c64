// One group: its settings, its people and how callers are led. `/groups/new` is the same, empty.

import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { Problem } from '../../api/client';
import {
  useAddGroup,
  useEditGroup,
  useGroups,
  usePeople,
  useRemoveGroup,
  useSession,
} from '../../api/queries';
import type { Group as GroupRow, GroupWish } from '../../api/wire';
import { Button, LinkButton } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { useSay } from '../../ui/Notice';
import { Failed, Head, Panel, Waiting } from '../../ui/Panel';
import { useTell } from '../../ui/tell';
import { useUndoable } from '../../ui/undo';
import { MemberLine } from '../people/MemberLine';
import { Greeting } from './Greeting';
import { GroupForm } from './GroupForm';
import { Hours } from './Hours';
import { WaitRules } from './WaitRules';
import { WhatIf } from './WhatIf';

const route = getRouteApi('/shell/groups/$id');

/** What a new group begins with: a phone rings four times, a breath between calls. */
const FRESH: Omit<GroupWish, 'language'> = {
  name: '',
  numbers: [],
  ring_ms: 20_000,
  wrap_up_ms: 10_000,
  waiting_max: 50,
  policy: 'longest-idle',
  settings: {},
  recorded: true,
};

export function Group() {
  const { id } = route.useParams();
  return id === 'new' ? <NewGroup /> : <KnownGroup key={id} id={Number(id)} />;
}

function Back() {
  const t = useTranslations('groups');
  return (
    <LinkButton to="/groups" size="small">
      <Icon name="back" className="size-4" />
      {t('back')}
    </LinkButton>
  );
}

function NewGroup() {
  const t = useTranslations('groups');
  const say = useSay();
  const navigate = useNavigate();
  const session = useSession().data;
  const add = useAddGroup();
  return (
    <>
      <Head title={t('add')}>
        <Back />
      </Head>
      <Panel className="max-w-3xl">
        <GroupForm
          group={{ ...FRESH, language: session?.company.language ?? 'et' }}
          problem={add.error}
          pending={add.isPending}
          action={t('add_send')}
          onSend={(group) =>
            add.mutate(group, {
              onSuccess: (made) => {
                say(t('added', { name: group.name }));
                void navigate({ to: '/groups/$id', params: { id: String(made.id) } });
              },
            })
          }
        />
      </Panel>
    </>
  );
}

function KnownGroup({ id }: { id: number }) {
  const t = useTranslations('groups');
  const undoable = useUndoable();
  const groups = useGroups();
  const edit = useEditGroup();
  const others = groups.data?.filter((each) => each.id !== id) ?? [];
  const group = groups.data?.find((each) => each.id === id);
  const gone = groups.isSuccess && !group ? new Problem(404, 'not_found') : null;
  return (
    <>
      <Head title={group?.name ?? t('title')}>
        <Back />
      </Head>
      {groups.isPending && <Waiting />}
      {(groups.error ?? gone) && <Failed problem={groups.error ?? gone} />}
      {group && (
        <div className="grid items-start gap-6 xl:grid-cols-2">
          <div className="grid gap-6">
            <WhatIf group={group} />
            <Hours group={group} others={others} />
            <Greeting group={group} />
            <WaitRules group={group} others={others} />
          </div>
          <div className="grid gap-6">
            <Members group={group} />
            <Panel title={t('settings')}>
              <GroupForm
                group={group}
                problem={edit.error}
                pending={edit.isPending}
                action={t('save')}
                onSend={({ policy, ...change }) =>
                  edit.mutate(
                    { id, ...change, ...(policy === group.policy ? {} : { policy }) },
                    { onSuccess: () => void undoable(t('saved')) },
                  )
                }
                aside={<Remove group={group} />}
              />
            </Panel>
          </div>
        </div>
      )}
    </>
  );
}

function Members({ group }: { group: GroupRow }) {
  const t = useTranslations('groups');
  const people = usePeople().data;
  return (
    <Panel title={t('members')}>
      <p className="mb-3 text-sm text-muted">{t('members_hint')}</p>
      {people?.length === 0 && <LinkButton to="/people">{t('no_people')}</LinkButton>}
      <ul className="divide-y divide-line">
        {people?.map((person) => (
          <MemberLine
            key={person.id}
            title={person.name}
            person={person}
            group={group}
            member={group.members.find((each) => each.person === person.id && !each.loan)}
          />
        ))}
      </ul>
    </Panel>
  );
}

function Remove({ group }: { group: GroupRow }) {
  const t = useTranslations('groups');
  const say = useSay();
  const tell = useTell();
  const navigate = useNavigate();
  const remove = useRemoveGroup();
  return (
    <Confirm
      trigger={<Button look="bad">{t('remove')}</Button>}
      title={t('remove_title', { name: group.name })}
      action={t('remove')}
      onConfirm={() =>
        tell(remove.mutateAsync(group.id), () => {
          say(t('removed', { name: group.name }));
          void navigate({ to: '/groups' });
        })
      }
    >
      {t('remove_text')}
    </Confirm>
  );
}
