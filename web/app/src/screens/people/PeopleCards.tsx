// People on a narrow screen: who, which phone, which groups.

import { useTranslations } from 'use-intl';
import type { Group, Person } from '../../api/wire';
import { Panel } from '../../ui/Panel';
import { membershipOf } from './order';
import { PersonLink, PhoneMark, PresenceMark } from './Presence';

export function PeopleCards({ people, groups }: { people: Person[]; groups: Group[] }) {
  return (
    <Panel flush>
      <ul className="divide-y divide-line">
        {people.map((person) => (
          <li key={person.id} className="px-5 py-3">
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <PersonLink person={person} />
              <PresenceMark id={person.id} />
            </div>
            <div className="mt-1 text-sm">
              <PhoneMark person={person} />
            </div>
            <Orders person={person} groups={groups} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Orders({ person, groups }: { person: Person; groups: Group[] }) {
  const t = useTranslations('people');
  const served = groups
    .map((group) => ({ group, member: membershipOf(person, group) }))
    .filter(({ member }) => member !== undefined)
    .sort((a, b) => (a.member?.order ?? 0) - (b.member?.order ?? 0));
  if (served.length === 0) return <p className="mt-1 text-sm text-muted">{t('no_groups')}</p>;
  return (
    <ul aria-label={t('memberships')} className="mt-2 flex flex-wrap gap-1.5 text-sm">
      {served.map(({ group, member }) => (
        <li key={group.id} className="rounded-md bg-accent-soft px-2 py-0.5 text-accent">
          <span className="figures font-semibold">{member?.order}</span> {group.name}
        </li>
      ))}
    </ul>
  );
}
