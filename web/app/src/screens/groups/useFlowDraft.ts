// A part of a group's flow while it is edited: nothing is in force before it is saved.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useEditGroup } from '../../api/queries';
import type { Flow, Group } from '../../api/wire';
import { useUndoable } from '../../ui/undo';

export function useFlowDraft<Part extends keyof Flow>(group: Group, parts: readonly Part[]) {
  const t = useTranslations('groups');
  const undoable = useUndoable();
  const edit = useEditGroup();
  const [changed, setChanged] = useState<Partial<Pick<Flow, Part>>>({});
  const known = Object.fromEntries(parts.map((part) => [part, group[part]]));
  const draft = { ...known, ...changed } as Pick<Flow, Part>;
  return {
    draft,
    problem: edit.error,
    isPending: edit.isPending,
    change: (part: Partial<Pick<Flow, Part>>) => setChanged((before) => ({ ...before, ...part })),
    save: () =>
      edit.mutate(
        { id: group.id, ...(draft as Partial<Flow>) },
        {
          onSuccess: () => {
            setChanged({});
            void undoable(t('saved'));
          },
        },
      ),
  };
}
