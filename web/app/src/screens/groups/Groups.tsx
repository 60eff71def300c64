// Groups: a queue each, with its numbers and its people.

import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useGroups } from '../../api/queries';
import type { Group } from '../../api/wire';
import { LinkButton } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Empty, Failed, Head, Panel, Waiting } from '../../ui/Panel';

export function Groups() {
  const t = useTranslations('groups');
  const groups = useGroups();
  const add = (
    <LinkButton to="/groups/$id" params={{ id: 'new' }} look="main">
      <Icon name="plus" className="size-4" />
      {t('add')}
    </LinkButton>
  );
  return (
    <>
      <Head title={t('title')} lead={t('lead')}>
        {groups.data && groups.data.length > 0 && add}
      </Head>
      {groups.isPending && <Waiting />}
      {groups.isError && <Failed problem={groups.error} retry={() => groups.refetch()} />}
      {groups.data?.length === 0 && (
        <Panel>
          <Empty icon="groups" action={add}>
            {t('empty')}
          </Empty>
        </Panel>
      )}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,22rem),1fr))] gap-4">
        {groups.data?.map((group) => (
          <Card key={group.id} group={group} />
        ))}
      </ul>
    </>
  );
}

function Card({ group }: { group: Group }) {
  const t = useTranslations('groups');
  return (
    <li className="relative rounded-2xl bg-surface p-5 shadow-card ring-1 ring-line transition-shadow hover:shadow-lift">
      <h2 className="text-lg font-semibold break-words">
        <Link
          to="/groups/$id"
          params={{ id: String(group.id) }}
          className="rounded after:absolute after:inset-0 after:rounded-2xl"
        >
          {group.name}
        </Link>
      </h2>
      <p className="figures mt-1 flex flex-wrap gap-x-3 text-accent">
        {group.numbers.length === 0 && <span className="text-warn">{t('no_numbers')}</span>}
        {group.numbers.map((number) => (
          <span key={number}>{number}</span>
        ))}
      </p>
      <dl className="mt-4 grid grid-cols-3 gap-3 text-sm">
        <div>
          <dt className="text-muted">{t('members')}</dt>
          <dd className="figures text-lg font-semibold">{group.members.length}</dd>
        </div>
        <div>
          <dt className="text-muted">{t('ring')}</dt>
          <dd className="figures text-lg font-semibold">
            {t('seconds', { count: Math.round(group.ring_ms / 1000) })}
          </dd>
        </div>
        <div>
          <dt className="text-muted">{t('wrap_up')}</dt>
          <dd className="figures text-lg font-semibold">
            {t('seconds', { count: Math.round(group.wrap_up_ms / 1000) })}
          </dd>
        </div>
      </dl>
      <p className="mt-3 text-sm text-muted">
        {t(`policies.${group.policy}`)} · {group.language === 'et' ? 'Eesti keel' : 'English'}
        {group.recorded && ` · ${t('recorded_short')}`}
      </p>
    </li>
  );
}
