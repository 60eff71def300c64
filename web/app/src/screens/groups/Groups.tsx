// The line sheet: a row per group, read as a caller goes through it.

import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useNames } from '../../api/names';
import { useCalendars } from '../../api/plan';
import { useGroups } from '../../api/queries';
import type { Group } from '../../api/wire';
import { useLivePart } from '../../live/stream';
import { LinkButton } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Empty, Failed, Head, Panel, Waiting } from '../../ui/Panel';
import { span } from '../../words/spans';
import { DoorMark } from './DoorMark';
import { wayWords } from './explain';

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
        {groups.data && groups.data.length > 0 && (
          <>
            <LinkButton to="/calendars">
              <Icon name="calendar" className="size-4" />
              {t('calendars')}
            </LinkButton>
            {add}
          </>
        )}
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
      <ul className="grid gap-4">
        {groups.data?.map((group) => (
          <Line key={group.id} group={group} />
        ))}
      </ul>
    </>
  );
}

/** One group as a row of stations; on narrow screens they stand below each other. */
function Line({ group }: { group: Group }) {
  const t = useTranslations('sheet');
  const groups = useTranslations('groups');
  const live = useLivePart((each) => each.board?.groups.find((row) => row.id === group.id));
  return (
    <li className="rounded-2xl bg-surface p-5 shadow-card ring-1 ring-line">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h2 className="text-lg font-semibold break-words">
          <Link
            to="/groups/$id"
            params={{ id: String(group.id) }}
            className="inline-block min-h-6 rounded hover:underline"
          >
            {group.name}
          </Link>
        </h2>
        <p className="figures flex flex-wrap gap-x-3 text-accent">
          {group.numbers.length === 0 && <span className="text-warn">{groups('no_numbers')}</span>}
          {group.numbers.map((number) => (
            <span key={number}>{number}</span>
          ))}
        </p>
        {live && <DoorMark open={live.open} byHand={live.by_hand} className="ml-auto" />}
      </div>
      <ol
        aria-label={t('way', { group: group.name })}
        className="mt-3 grid gap-x-5 gap-y-3 text-sm sm:grid-cols-2 xl:grid-cols-5"
      >
        <Station word={t('hours')}>
          <Hours group={group} />
        </Station>
        <Station word={t('greeting')}>
          <Greeting group={group} />
        </Station>
        <Station word={t('people')}>
          <People group={group} />
        </Station>
        <Station word={t('overflow')}>
          <Overflow group={group} />
        </Station>
        <Station word={t('closing')}>
          <Closing group={group} />
        </Station>
      </ol>
    </li>
  );
}

function Station({ word, children }: { word: string; children: ReactNode }) {
  return (
    <li className="min-w-0 border-l-2 border-accent/40 pl-3">
      <p className="text-xs font-medium text-muted">{word}</p>
      <div className="mt-0.5 break-words">{children}</div>
    </li>
  );
}

function Hours({ group }: { group: Group }) {
  const t = useTranslations('sheet');
  const calendar = useCalendars().data?.find((each) => each.id === group.hours);
  if (group.door !== 'by_hours') return <p>{t(`door.${group.door}`)}</p>;
  return <p>{group.hours === null ? t('always') : (calendar?.name ?? '…')}</p>;
}

function Greeting({ group }: { group: Group }) {
  const t = useTranslations('sheet');
  const way = useTranslations('way');
  const { announce } = group;
  if (!announce) return <p className="text-muted">{t('no_greeting')}</p>;
  return (
    <>
      <p>
        {announce.greeting === null ? way('silent') : `„${way(`prompt.${announce.greeting}`)}“`}
      </p>
      {(announce.place || announce.wait) && (
        <p className="text-muted">
          {[announce.place && t('place'), announce.wait && t('wait')].filter(Boolean).join(', ')}
        </p>
      )}
    </>
  );
}

/** Names per rank that fit; the rest is a number. */
const SHOWN_MAX = 6;

function People({ group }: { group: Group }) {
  const t = useTranslations('sheet');
  const order = useTranslations('order');
  const names = useNames();
  const members = [...group.members].sort(
    (a, b) => a.order - b.order || a.delay_ms - b.delay_ms || a.person - b.person,
  );
  if (members.length === 0) return <p className="text-warn">{t('no_people')}</p>;
  return (
    <ul>
      {members.slice(0, SHOWN_MAX).map((member) => (
        <li key={`${member.person} ${member.loan?.until_ms ?? ''}`}>
          <span className="figures font-semibold text-accent">{member.order}</span>{' '}
          {names.person(member.person)}
          {member.delay_ms > 0 && (
            <span className="text-muted"> {order('after', { span: span(member.delay_ms) })}</span>
          )}
          {member.loan && <Icon name="loan" className="ml-1 inline size-3.5 text-warn" />}
        </li>
      ))}
      {members.length > SHOWN_MAX && (
        <li className="text-muted">{t('more', { count: members.length - SHOWN_MAX })}</li>
      )}
    </ul>
  );
}

function Overflow({ group }: { group: Group }) {
  const t = useTranslations('sheet');
  const way = useTranslations('way');
  const names = useNames();
  const to = { way, group: names.group };
  const none = group.steps.length === 0 && group.keys.length === 0;
  return (
    <ul>
      {none && <li className="text-muted">{t('no_overflow')}</li>}
      {group.steps.map((step) => (
        <li key={step.after_ms}>
          {t('after', { span: span(step.after_ms), to: wayWords(step.to, to) })}
        </li>
      ))}
      {group.keys.map((row) => (
        <li key={row.key}>{t('key', { key: row.key, to: wayWords(row.to, to) })}</li>
      ))}
      {group.nobody !== 'join' && <li>{t('nobody', { to: wayWords(group.deserted, to) })}</li>}
    </ul>
  );
}

function Closing({ group }: { group: Group }) {
  const t = useTranslations('sheet');
  const way = useTranslations('way');
  const names = useNames();
  return (
    <>
      <p>{t('closed', { to: wayWords(group.closed, { way, group: names.group }) })}</p>
      <p className="text-muted">{t(`closings.${group.closing}`)}</p>
    </>
  );
}
