// What the fairness guards have noticed: who, what, how often, and the calls. It changes nothing.

import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { type PayFlag, usePayFlags } from '../../api/pay';
import { Failed, Panel, Waiting } from '../../ui/Panel';

/** Calls of one flag that are shown; the others are found in the list of calls. */
const CALLS_SHOWN = 20;

export function Flags({ period }: { period: number }) {
  const t = useTranslations('pay');
  const flags = usePayFlags(period);
  return (
    <Panel title={t('flags')}>
      <p className="mb-2 text-sm text-muted">{t('flags_hint')}</p>
      {flags.isPending && <Waiting />}
      {flags.isError && <Failed problem={flags.error} retry={() => flags.refetch()} />}
      {flags.data?.length === 0 && <p className="text-muted">{t('no_flags')}</p>}
      <ul className="divide-y divide-line">
        {flags.data?.map((flag) => (
          <Line key={`${flag.person} ${flag.pattern} ${flag.since_ms}`} flag={flag} />
        ))}
      </ul>
    </Panel>
  );
}

function Line({ flag: { name, person, pattern, count, of, calls } }: { flag: PayFlag }) {
  const t = useTranslations('pay');
  return (
    <li className="grid gap-1 py-2.5">
      <p className="font-medium">{name || `#${person}`}</p>
      <p>{t(`pattern.${pattern}`, { count, of })}</p>
      <ul className="figures flex flex-wrap gap-x-3 text-sm">
        {calls.slice(0, CALLS_SHOWN).map((call) => (
          <li key={call}>
            <Link
              to="/calls/$id"
              params={{ id: String(call) }}
              className="inline-block min-h-6 text-accent underline"
            >
              {call}
            </Link>
          </li>
        ))}
      </ul>
    </li>
  );
}
