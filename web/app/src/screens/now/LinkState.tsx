// Whether what one sees is the present. When it is not, it says so and since when.

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { sessionQuery } from '../../api/queries';
import { useNow } from '../../live/clock';
import { useLivePart } from '../../live/stream';
import { Icon } from '../../ui/Icon';
import { clock } from '../../words/figures';

export function LinkState() {
  const t = useTranslations('now');
  const link = useLivePart((live) => live.link);
  const failures = useLivePart((live) => live.failures);
  const client = useQueryClient();
  useEffect(() => {
    // A stream does not say why it was refused; perhaps we are logged out.
    if (failures > 0) client.invalidateQueries({ queryKey: sessionQuery.queryKey });
  }, [failures, client]);
  return (
    <div role="status" className="text-sm font-medium">
      {link === 'live' && (
        <span className="inline-flex items-center gap-2 text-muted">
          <span aria-hidden="true" className="size-2 rounded-full bg-idle" />
          {t('live')}
        </span>
      )}
      {link === 'opening' && <span className="text-muted">{t('opening')}</span>}
      {link === 'broken' && (
        <span className="inline-flex items-center gap-2 rounded-lg bg-warn-soft px-3 py-1.5 text-warn">
          <Icon name="warning" className="size-4" />
          {t('stale')}
          <Age />
        </span>
      )}
    </div>
  );
}

/** Not announced every second: the sentence before it was announced once. */
function Age() {
  const t = useTranslations('now');
  useNow();
  const heard_ms = useLivePart((live) => live.heard_ms);
  if (heard_ms === null) return null;
  return (
    <span aria-hidden="true" className="figures">
      {t('stale_since', { time: clock((Date.now() - heard_ms) / 1000) })}
    </span>
  );
}
