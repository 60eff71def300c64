// Questions at which plugins failed: each is a test case for whoever wrote the plugin.

import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useNames } from '../../api/names';
import { type FailureKept, usePlugins } from '../../api/plugins';
import { serverNow } from '../../live/clock';
import { useLivePart } from '../../live/stream';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { moment } from '../../words/figures';
import { useLocale } from '../../words/language';

/** Failures at first: whoever repairs begins with the newest. */
const LISTED = 5;

export function Failures() {
  const t = useTranslations('failures');
  const live = useLivePart((each) => each.board?.failures);
  const listed = usePlugins().data?.failures;
  const failures = live ?? listed ?? [];
  const [all, setAll] = useState(false);
  const shown = all ? failures : failures.slice(0, LISTED);
  if (failures.length === 0) return null;
  return (
    <Panel title={t('title')}>
      <p className="text-sm text-muted">{t('hint')}</p>
      <ul className="divide-y divide-line">
        {shown.map((failure) => (
          <Failure key={failure.id} failure={failure} />
        ))}
      </ul>
      {shown.length < failures.length && (
        <Button size="small" className="mt-2" onPress={() => setAll(true)}>
          {t('all', { count: failures.length })}
        </Button>
      )}
    </Panel>
  );
}

function Failure({ failure }: { failure: FailureKept }) {
  const t = useTranslations('failures');
  const locale = useLocale();
  const { id, at_ms, group, call, label, words } = failure;
  const time = moment(at_ms, serverNow(), locale);
  const name = useNames().group(group);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2 text-sm">
      <p className="min-w-0 flex-1 basis-64 break-words">
        <Link
          to="/calls/$id"
          params={{ id: String(call) }}
          className="inline-flex min-h-6 items-center rounded underline"
        >
          {t('call', { time })}
        </Link>
        {`, ${name}: ${label}. `}
        <span lang="en">{words}.</span>
      </p>
      <a
        href={`/api/v1/plugins/failures/${id}/case`}
        download
        aria-label={t('download_of', { label, time })}
        className="inline-flex min-h-8 items-center rounded-lg px-2.5 font-medium ring-1 ring-inset ring-line hover:bg-sunken"
      >
        {t('download')}
      </a>
    </li>
  );
}
