// People in rows, groups in columns, order numbers in the cells: 1 comes first.

import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Group, Person } from '../../api/wire';
import { Details } from '../../ui/Dialog';
import { Tick } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { Panel, Wide } from '../../ui/Panel';
import { GroupOrder } from './GroupOrder';
import { MakeAgent } from './MakeAgent';
import { OrderCell } from './OrderCell';
import { cellAfter } from './order';
import { PersonLink, PhoneMark, PresenceMark } from './Presence';
import type { Selection } from './selection';

const CELL = 'px-3 py-1.5 first:pl-4 last:pr-5';

interface Props {
  people: Person[];
  groups: Group[];
  selection: Selection;
}

export function Matrix({ people, groups, selection }: Props) {
  const t = useTranslations('people');
  const body = useRef<HTMLTableSectionElement>(null);
  // Tab goes from row to row, arrows inside: fifty people in ten groups stay reachable.
  const [column, setColumn] = useState(0);
  const move = (event: KeyboardEvent<HTMLInputElement>, cell: [number, number]) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const next = cellAfter(event.key, cell, [people.length, groups.length]);
    if (!next) return;
    event.preventDefault();
    const inputs = body.current?.rows[next[0]]?.querySelectorAll<HTMLInputElement>(
      'input:not([type=checkbox])',
    );
    inputs?.[next[1]]?.focus();
  };
  return (
    <>
      <p id="matrix-keys" className="mb-3 text-sm text-muted">
        {groups.length > 0 ? t('matrix_keys') : t('matrix_no_groups')}
      </p>
      <Panel flush className="overflow-hidden">
        <Wide label={t('matrix')}>
          <table className="w-full text-left" aria-describedby="matrix-keys">
            <Heads people={people} groups={groups} selection={selection} />
            <tbody ref={body} className="divide-y divide-line">
              {people.map((person, row) => (
                <tr key={person.id} className={selection.has(person) ? 'bg-accent-soft' : ''}>
                  <td className="py-1.5 pl-4">
                    <Tick
                      label={t('select', { name: person.name })}
                      isSelected={selection.has(person)}
                      onChange={(on) => selection.choose(person, on)}
                    />
                  </td>
                  <th
                    scope="row"
                    className={`${CELL} sticky left-0 z-10 font-medium ${selection.has(person) ? 'bg-accent-soft' : 'bg-surface'}`}
                  >
                    <PersonLink person={person} />
                  </th>
                  <td className={`${CELL} figures`}>{person.extension ?? '–'}</td>
                  <td className={CELL}>
                    <PhoneMark person={person} />
                  </td>
                  <td className={CELL}>
                    {person.memberships.length > 0 && <PresenceMark id={person.id} />}
                    <MakeAgent person={person} groups={groups} />
                  </td>
                  {groups.map((group, place) => (
                    <td key={group.id} className={`${CELL} text-center`}>
                      <OrderCell
                        person={person}
                        group={group}
                        tabIndex={place === column ? 0 : -1}
                        onFocus={() => setColumn(place)}
                        onKeyDown={(event) => move(event, [row, place])}
                      />
                    </td>
                  ))}
                  <td className={CELL}>
                    <Reorder person={person} groups={groups} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      </Panel>
    </>
  );
}

function Heads({ people, groups, selection }: Props) {
  const t = useTranslations('people');
  const head = `${CELL} font-medium`;
  return (
    <thead className="border-b border-line align-bottom text-sm text-muted">
      <tr>
        <td className="py-1.5 pl-4">
          <Tick
            label={t('select_all')}
            isSelected={selection.people.length === people.length}
            isIndeterminate={selection.people.length > 0 && selection.people.length < people.length}
            onChange={selection.all}
          />
        </td>
        <th scope="col" className={`${head} sticky left-0 z-10 bg-surface`}>
          {t('name')}
        </th>
        <th scope="col" className={head}>
          {t('extension_short')}
        </th>
        <th scope="col" className={head}>
          {t('phone')}
        </th>
        <th scope="col" className={head}>
          {t('state')}
        </th>
        {groups.map((group) => (
          <th
            key={group.id}
            scope="col"
            className={`${head} max-w-32 text-center break-words text-ink`}
          >
            {group.name}
          </th>
        ))}
        <th scope="col" className={head}>
          <span className="sr-only">{t('reorder')}</span>
        </th>
      </tr>
    </thead>
  );
}

/** Groups dragged into another order, right in the row. */
function Reorder({ person, groups }: { person: Person; groups: Group[] }) {
  const t = useTranslations('people');
  if (person.memberships.filter((each) => !each.loan).length < 2) return null;
  return (
    <Details
      label={t('reorder_of', { name: person.name })}
      title={person.name}
      className="grid size-8 place-items-center rounded-lg text-muted hover:bg-sunken hover:text-ink"
      face={<Icon name="grip" />}
    >
      {() => <GroupOrder person={person} groups={groups} />}
    </Details>
  );
}
