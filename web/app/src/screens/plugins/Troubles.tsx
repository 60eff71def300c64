// Plugins that are no longer asked: which, for whom, why, and another chance.

import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useNames } from '../../api/names';
import { type PluginAtWork, useForgive } from '../../api/plugins';
import { serverNow } from '../../live/clock';
import { useLivePart } from '../../live/stream';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { useSay } from '../../ui/Notice';
import { useTell } from '../../ui/tell';
import { moment } from '../../words/figures';
import { useLocale } from '../../words/language';
import { Where } from './Where';

export function Troubles() {
  const t = useTranslations('plugins');
  const rows = useLivePart((live) => live.board?.plugins) ?? [];
  const troubled = rows.filter((row) => row.state !== 'active');
  if (troubled.length === 0) return null;
  return (
    <section
      aria-label={t('troubles')}
      className="rounded-2xl bg-warn-soft px-5 py-4 ring-1 ring-warn/30"
    >
      <ul className="grid gap-4">
        {troubled.map((row) => (
          <Trouble key={row.group} row={row} />
        ))}
      </ul>
    </section>
  );
}

function Trouble({ row }: { row: PluginAtWork }) {
  const t = useTranslations('plugins');
  const locale = useLocale();
  const say = useSay();
  const tell = useTell();
  const group = useNames().group(row.group);
  const forgive = useForgive();
  const { label, state, last_failure } = row;
  const missing = state === 'missing';
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex items-start gap-2 font-medium">
          <Icon name="warning" className="mt-0.5 size-4 text-warn" />
          <span className="min-w-0 break-words">
            <Link to="/groups/$id" params={{ id: String(row.group) }} className="rounded underline">
              {group}
            </Link>
            {': '}
            {t('suspended', { label })}
          </span>
        </p>
        <p className="mt-0.5 ml-6 text-sm break-words">
          {state !== 'active' && t(`trouble.${state}`)}{' '}
          {last_failure && (
            <>
              {t('last_failure', { time: moment(last_failure.at_ms, serverNow(), locale) })}{' '}
              <span lang="en">{last_failure.words}.</span>
            </>
          )}
          {row.why && <span lang="en">{row.why}.</span>}
        </p>
        <Where failure={last_failure} className="mt-1 ml-6" />
      </div>
      {!missing && (
        <Button
          size="small"
          isPending={forgive.isPending}
          onPress={() =>
            void tell(forgive.mutateAsync(row.group), () => say(t('forgiven', { label, group })))
          }
        >
          {t('forgive')}
        </Button>
      )}
    </li>
  );
}
