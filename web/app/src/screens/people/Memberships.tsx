// The groups one person serves, with order and delay. Each line saves itself.

import { useTranslations } from 'use-intl';
import type { Group, Person } from '../../api/wire';
import { LinkButton } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { GroupOrder } from './GroupOrder';
import { MemberLine } from './MemberLine';
import { membershipOf } from './order';

export function Memberships({ person, groups }: { person: Person; groups: Group[] }) {
  const t = useTranslations('person');
  return (
    <Panel title={t('groups')}>
      <p className="mb-3 text-sm text-muted">{t('groups_hint')}</p>
      {groups.length === 0 ? (
        <LinkButton to="/groups">{t('no_groups')}</LinkButton>
      ) : (
        <ul className="divide-y divide-line">
          {groups.map((group) => (
            <MemberLine
              key={group.id}
              title={group.name}
              person={person}
              group={group}
              member={membershipOf(person, group)}
            />
          ))}
        </ul>
      )}
      {person.memberships.length > 1 && (
        <div className="mt-4 border-t border-line pt-4">
          <GroupOrder person={person} groups={groups} />
        </div>
      )}
    </Panel>
  );
}
