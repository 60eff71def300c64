// A list of differences as sentences.

import { useTranslations } from 'use-intl';
import { usePlanNames } from '../../api/names';
import type { Difference } from '../../api/wire';
import { serverNow } from '../../live/clock';
import { useLocale } from '../../words/language';
import { differenceWords } from './difference';

/** Lines of one version; a restored one may differ in everything. */
const SHOWN_MAX = 12;

export function Differences({ changes, label }: { changes: Difference[]; label: string }) {
  const t = useTranslations('diff');
  const versions = useTranslations('versions');
  const way = useTranslations('way');
  const locale = useLocale();
  const names = usePlanNames();
  const speech = { t, way, ...names, locale, now_ms: serverNow() };
  const lines = changes.flatMap((change) => differenceWords(change, speech));
  return (
    <ul aria-label={label} className="grid gap-1">
      {lines.length === 0 && <li className="text-muted">{versions('no_difference')}</li>}
      {lines.slice(0, SHOWN_MAX).map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines may read the same
        <li key={place} className="ml-5 list-disc break-words">
          {line}
        </li>
      ))}
      {lines.length > SHOWN_MAX && (
        <li className="text-sm text-muted">
          {versions('more', { count: lines.length - SHOWN_MAX })}
        </li>
      )}
    </ul>
  );
}
