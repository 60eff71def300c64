// What a person's phone and state are, as short as possible.

import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import type { Person } from '../../api/wire';
import { useLivePart } from '../../live/stream';
import { classes } from '../../ui/classes';
import { Icon } from '../../ui/Icon';
import { StateMark, StateWord, stateOf } from '../../ui/State';

export const useAgent = (id: number) =>
  useLivePart((live) => live.board?.agents.find((agent) => agent.id === id));

export function PresenceMark({ id }: { id: number }) {
  const agent = useAgent(id);
  if (!agent) return <span className="text-muted">–</span>;
  const state = stateOf(agent);
  return (
    <span className="inline-flex items-center gap-1.5 align-middle whitespace-nowrap">
      <StateMark state={state} className="size-4" />
      <StateWord state={state} />
    </span>
  );
}

export function PhoneMark({ person }: { person: Person }) {
  const t = useTranslations('people');
  const registered = person.credentials.some((each) => each.registered);
  const none = person.credentials.length === 0;
  return (
    <span
      className={classes(
        'inline-flex items-center gap-1.5 align-middle whitespace-nowrap',
        registered ? 'text-good' : 'text-muted',
      )}
    >
      <Icon name={registered ? 'done' : 'phone'} className="size-4" />
      {none ? t('no_phone') : registered ? t('registered') : t('not_registered')}
    </span>
  );
}

export function PersonLink({ person, className }: { person: Person; className?: string }) {
  return (
    <Link
      to="/people/$id"
      params={{ id: String(person.id) }}
      className={classes(
        'inline-block min-h-6 rounded font-medium text-accent hover:underline',
        className,
      )}
    >
      {person.name}
    </Link>
  );
}
