// From an office user to an agent in two clicks: the button, then the group.

import { useTranslations } from 'use-intl';
import type { Group, Person } from '../../api/wire';
import { Menu, MenuItem } from '../../ui/Menu';
import { termsOf } from './order';
import { usePlacing } from './usePlacing';

export function MakeAgent({ person, groups }: { person: Person; groups: Group[] }) {
  const t = useTranslations('people');
  const placing = usePlacing();
  if (person.memberships.length > 0 || groups.length === 0) return null;
  return (
    <Menu wide label={t('make_agent_of', { name: person.name })} face={t('make_agent')}>
      {groups.map((group) => (
        <MenuItem key={group.id} onAction={() => placing(person, group, termsOf(undefined, 1))}>
          {group.name}
        </MenuItem>
      ))}
    </Menu>
  );
}
