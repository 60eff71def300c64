// People in rows, groups in columns, order numbers in the cells: 1 comes first.

import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Group, Person } from '../../api/wire';
import { Panel, Wide } from '../../ui/Panel';
import { OrderCell } from './OrderCell';
import { cellAfter } from './order';
import { PersonLink, PhoneMark, PresenceMark } from './Presence';

const CELL = 'px-3 py-1.5 first:pl-5 last:pr-5';

export function Matrix({ people, groups }: { people: Person[]; groups: Group[] }) {
  const t = useTranslations('people');
  const body = useRef<HTMLTableSectionElement>(null);
  // Tab goes from row to row, arrows inside: fifty people in ten groups stay reachable.
  const [column, setColumn] = useState(0);
  const move = (event: KeyboardEvent<HTMLInputElement>, cell: [number, number]) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const next = cellAfter(event.key, cell, [people.length, groups.length]);
    if (!next) return;
    event.preventDefault();
    body.current?.rows[next[0]]?.querySelectorAll('input')[next[1]]?.focus();
  };
  return (
    <>
      <p id="matrix-keys" className="mb-3 text-sm text-muted">
        {groups.length > 0 ? t('matrix_keys') : t('matrix_no_groups')}
      </p>
      <Panel flush className="overflow-hidden">
        <Wide label={t('matrix')}>
          <table className="w-full text-left" aria-describedby="matrix-keys">
            <thead className="border-b border-line align-bottom text-sm text-muted">
              <tr>
                <th scope="col" className={`${CELL} sticky left-0 z-10 bg-surface font-medium`}>
                  {t('name')}
                </th>
                <th scope="col" className={`${CELL} font-medium`}>
                  {t('extension_short')}
                </th>
                <th scope="col" className={`${CELL} font-medium`}>
                  {t('phone')}
                </th>
                <th scope="col" className={`${CELL} font-medium`}>
                  {t('state')}
                </th>
                {groups.map((group) => (
                  <th
                    key={group.id}
                    scope="col"
                    className={`${CELL} max-w-32 text-center font-medium break-words text-ink`}
                  >
                    {group.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody ref={body} className="divide-y divide-line">
              {people.map((person, row) => (
                <tr key={person.id}>
                  <th scope="row" className={`${CELL} sticky left-0 z-10 bg-surface font-medium`}>
                    <PersonLink person={person} />
                  </th>
                  <td className={`${CELL} figures`}>{person.extension ?? '–'}</td>
                  <td className={CELL}>
                    <PhoneMark person={person} />
                  </td>
                  <td className={CELL}>
                    <PresenceMark id={person.id} />
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
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      </Panel>
    </>
  );
}
