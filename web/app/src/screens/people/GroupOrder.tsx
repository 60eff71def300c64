// The order of one person's groups: dragged, or moved by keyboard (Enter, arrows, Enter).

import {
  Button as AriaButton,
  GridList,
  GridListItem,
  useDragAndDrop,
} from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { usePlaces } from '../../api/plan';
import type { Group, Person } from '../../api/wire';
import { Icon } from '../../ui/Icon';
import { useTell } from '../../ui/tell';
import { useUndoable } from '../../ui/undo';
import { renumbered } from './order';

/** Where the moved groups land among the others. */
export function moved(
  sequence: number[],
  keys: ReadonlySet<number>,
  target: number,
  before: boolean,
): number[] {
  const rest = sequence.filter((each) => !keys.has(each));
  const at = rest.indexOf(target) + (before ? 0 : 1);
  return [...rest.slice(0, at), ...sequence.filter((each) => keys.has(each)), ...rest.slice(at)];
}

export function GroupOrder({ person, groups }: { person: Person; groups: Group[] }) {
  const t = useTranslations('order');
  const tell = useTell();
  const undoable = useUndoable();
  const places = usePlaces();
  const name = new Map(groups.map((group) => [group.id, group.name]));
  const rows = person.memberships
    .filter((each) => !each.loan)
    .sort((a, b) => a.order - b.order || a.group - b.group);
  const sequence = rows.map((row) => row.group);
  const place = (next: number[]) => {
    const set = renumbered(person, next);
    if (set.length === 0) return;
    void tell(
      places.mutateAsync({ set, remove: [] }),
      () => void undoable(t('reordered', { person: person.name })),
    );
  };
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': name.get(Number(key)) ?? '' })),
    onReorder: ({ keys, target }) =>
      place(
        moved(
          sequence,
          new Set([...keys].map(Number)),
          Number(target.key),
          target.dropPosition === 'before',
        ),
      ),
  });
  if (rows.length < 2) return <p className="text-sm text-muted">{t('one_group')}</p>;
  return (
    <>
      <p className="mb-2 text-sm text-muted">{t('drag')}</p>
      <GridList
        aria-label={t('groups_of', { person: person.name })}
        items={rows.map((row) => ({ ...row, id: row.group }))}
        dragAndDropHooks={dragAndDropHooks}
        className="grid gap-1.5 outline-none"
      >
        {(row) => (
          <GridListItem
            textValue={name.get(row.group) ?? ''}
            className="flex min-h-10 items-center gap-3 rounded-lg bg-sunken px-2 data-[dragging]:opacity-50"
          >
            <AriaButton
              slot="drag"
              className="grid size-8 cursor-grab place-items-center rounded-md text-muted hover:text-ink"
            >
              <Icon name="grip" />
            </AriaButton>
            <span className="figures w-6 font-semibold text-accent">{row.order}</span>
            <span className="min-w-0 flex-1 break-words">{name.get(row.group)}</span>
          </GridListItem>
        )}
      </GridList>
    </>
  );
}
