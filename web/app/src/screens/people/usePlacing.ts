// Puts a person into a group, or out of it, and says that it is in force.

import { useTranslations } from 'use-intl';
import { usePlace, useTakeOut } from '../../api/plan';
import { useTell } from '../../ui/tell';
import { useUndoable } from '../../ui/undo';
import type { Terms } from './order';

interface Named {
  id: number;
  name: string;
}

export function usePlacing() {
  const t = useTranslations('order');
  const undoable = useUndoable();
  const tell = useTell();
  const place = usePlace();
  const takeOut = useTakeOut();
  return (person: Named, group: Named, terms: Terms | null): Promise<boolean> => {
    const names = { person: person.name, group: group.name };
    const ids = { person: person.id, group: group.id };
    if (terms === null) {
      return tell(takeOut.mutateAsync(ids), () => void undoable(t('out', names)));
    }
    return tell(place.mutateAsync({ ...ids, ...terms }), () =>
      undoable(t('in_force', { ...names, order: terms.order })),
    );
  };
}
