// Where in a plugin it failed, for whoever wrote it.

import { useTranslations } from 'use-intl';
import type { PluginFailure } from '../../api/plugins';

export function Where({
  failure,
  className,
}: {
  failure: PluginFailure | null;
  className?: string;
}) {
  const t = useTranslations('plugins');
  if (!failure || failure.backtrace.length === 0) return null;
  // Two frames of a recursion have one name: the place in the list tells them apart.
  const frames = failure.backtrace.map((name, depth) => ({ name, key: `${depth} ${name}` }));
  return (
    <details className={className}>
      <summary className="inline-flex min-h-6 cursor-pointer items-center text-sm font-medium underline">
        {t('where')}
      </summary>
      <ol lang="en" className="mt-1 list-decimal pl-6 font-mono text-xs break-all">
        {frames.map(({ name, key }) => (
          <li key={key}>{name}</li>
        ))}
      </ol>
    </details>
  );
}
