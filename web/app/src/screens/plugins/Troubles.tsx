// Plugins that are no longer asked: which, for whom, why, and another chance.

import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useNames } from '../../api/names';
import {
  type PluginAtWork,
  type Selection,
  useForgive,
  useForgiveSelection,
  useSelection,
} from '../../api/plugins';
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
  const freed = useSelection().data?.at_work ?? null;
  const troubled = rows.filter((row) => row.state !== 'active');
  const picker = freed?.state === 'active' ? null : freed;
  if (troubled.length === 0 && picker === null) return null;
  return (
    <section
      aria-label={t('troubles')}
      className="rounded-2xl bg-warn-soft px-5 py-4 ring-1 ring-warn/30"
    >
      <ul className="grid gap-4">
        {troubled.map((row) => (
          <OfGroup key={row.group} row={row} />
        ))}
        {picker && <OfFreed row={picker} />}
      </ul>
    </section>
  );
}

function OfGroup({ row }: { row: PluginAtWork }) {
  const t = useTranslations('plugins');
  const say = useSay();
  const tell = useTell();
  const group = useNames().group(row.group);
  const forgive = useForgive();
  const { label } = row;
  return (
    <Trouble
      row={row}
      whose={
        <Link to="/groups/$id" params={{ id: String(row.group) }} className="rounded underline">
          {group}
        </Link>
      }
      asking={forgive.isPending}
      again={() =>
        void tell(forgive.mutateAsync(row.group), () => say(t('forgiven', { label, group })))
      }
    />
  );
}

/** The plugin that chooses calls for freed agents. */
function OfFreed({ row }: { row: NonNullable<Selection['at_work']> }) {
  const t = useTranslations('freed');
  const say = useSay();
  const tell = useTell();
  const forgive = useForgiveSelection();
  const { label } = row;
  return (
    <Trouble
      row={row}
      whose={
        <Link to="/plugins" className="rounded underline">
          {t('title')}
        </Link>
      }
      asking={forgive.isPending}
      again={() => void tell(forgive.mutateAsync(undefined), () => say(t('forgiven', { label })))}
    />
  );
}

function Trouble({
  row,
  whose,
  asking,
  again,
}: {
  row: Omit<PluginAtWork, 'group'>;
  whose: ReactNode;
  asking: boolean;
  again: () => void;
}) {
  const t = useTranslations('plugins');
  const locale = useLocale();
  const { label, state, last_failure } = row;
  const missing = state === 'missing';
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex items-start gap-2 font-medium">
          <Icon name="warning" className="mt-0.5 size-4 text-warn" />
          <span className="min-w-0 break-words">
            {whose}
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
        <Button size="small" isPending={asking} onPress={again}>
          {t('forgive')}
        </Button>
      )}
    </li>
  );
}
