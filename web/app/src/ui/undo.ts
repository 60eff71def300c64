// Says that a change of the plan is in force and offers, for ten seconds, to take it back.

import { useTranslations } from 'use-intl';
import { newestVersion, useUndo } from '../api/plan';
import { useSay } from './Notice';
import { useTell } from './tell';

export function useUndoable() {
  const t = useTranslations('versions');
  const say = useSay();
  const tell = useTell();
  const undo = useUndo();
  /** Only the change that was offered is taken back, never one that somebody made since. */
  const takeBack = async (version: number) => {
    const newest = await newestVersion().catch(() => null);
    if (newest !== version) say(t('changed_since'), 'bad');
    else await tell(undo.mutateAsync(undefined), () => say(t('undone')));
  };
  return async (text: string): Promise<void> => {
    const version = await newestVersion().catch(() => null);
    const offer = { word: t('undo'), act: () => void takeBack(version ?? 0) };
    say(text, 'good', version === null ? undefined : offer);
  };
}
