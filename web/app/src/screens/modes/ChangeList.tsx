// What a mode changes, in words.

import { useTranslations } from 'use-intl';
import { useNames } from '../../api/names';
import type { ModeChange } from '../../api/wire';
import { span } from '../../words/spans';

export function ChangeList({ changes }: { changes: ModeChange[] }) {
  const t = useTranslations('modes');
  const words = useChangeWords();
  if (changes.length === 0) return <p className="text-muted">{t('no_changes')}</p>;
  return (
    <ul className="grid gap-1">
      {changes.map((change, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is shown, not edited
        <li key={place} className="ml-5 list-disc">
          {words(change)}
        </li>
      ))}
    </ul>
  );
}

export function useChangeWords(): (change: ModeChange) => string {
  const t = useTranslations('modes');
  const names = useNames();
  return (change) => {
    const group = names.group(change.group);
    if (change.kind === 'door') return t(`door.${change.door}`, { group });
    const person = names.person(change.person);
    const { order, delay_ms } = change;
    if (order === null) return t('out', { person, group });
    return delay_ms > 0
      ? t('in_after', { person, group, order, after: span(delay_ms) })
      : t('in', { person, group, order });
  };
}
