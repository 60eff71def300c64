// People on a narrow screen: who, which phone, which groups.

import { useTranslations } from 'use-intl';
import type { Group, Person } from '../../api/wire';
import { serverNow } from '../../live/clock';
import { Tick } from '../../ui/Field';
import { Panel } from '../../ui/Panel';
import { useLocale } from '../../words/language';
import { until } from '../../words/spans';
import { MakeAgent } from './MakeAgent';
import { PersonLink, PhoneMark, PresenceMark } from './Presence';
import type { Selection } from './selection';

export function PeopleCards({
  people,
  groups,
  selection,
}: {
  people: Person[];
  groups: Group[];
  selection: Selection;
}) {
  const t = useTranslations('people');
  return (
    <Panel flush>
      <ul className="divide-y divide-line">
        {people.map((person) => (
          <li key={person.id} className="px-5 py-3">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Tick
                label={t('select', { name: person.name })}
                isSelected={selection.has(person)}
                onChange={(on) => selection.choose(person, on)}
              />
              <span className="min-w-0 flex-1">
                <PersonLink person={person} />
              </span>
              <PresenceMark id={person.id} />
            </div>
            <div className="mt-1 flex flex-wrap items-center gap-3 text-sm">
              <PhoneMark person={person} />
              <MakeAgent person={person} groups={groups} />
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
  const locale = useLocale();
  const name = new Map(groups.map((group) => [group.id, group.name]));
  const served = [...person.memberships].sort((a, b) => a.order - b.order);
  if (served.length === 0) return <p className="mt-1 text-sm text-muted">{t('no_groups')}</p>;
  return (
    <ul aria-label={t('memberships')} className="mt-2 flex flex-wrap gap-1.5 text-sm">
      {served.map(({ group, order, loan }) => (
        <li
          key={`${group} ${loan?.until_ms ?? ''}`}
          className="rounded-md bg-accent-soft px-2 py-0.5 text-accent"
        >
          <span className="figures font-semibold">{order}</span> {name.get(group)}
          {loan && ` → ${until(loan.until_ms, serverNow(), locale)}`}
        </li>
      ))}
    </ul>
  );
}
