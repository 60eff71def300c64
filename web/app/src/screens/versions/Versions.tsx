// Every version of the plan: who, when, what was different; back to any of them.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useRestore, useUndo, useVersionDiff, useVersions } from '../../api/plan';
import type { Version } from '../../api/wire';
import { serverNow } from '../../live/clock';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { useSay } from '../../ui/Notice';
import { Empty, Failed, Head, Panel, Waiting } from '../../ui/Panel';
import { useTell } from '../../ui/tell';
import { moment } from '../../words/figures';
import { useLocale } from '../../words/language';
import { Differences } from './Differences';

export function Versions() {
  const t = useTranslations('versions');
  const versions = useVersions();
  const rows = versions.data?.pages.flatMap((page) => page.versions) ?? [];
  return (
    <>
      <Head title={t('title')} lead={t('lead')}>
        {rows.length > 1 && <UndoNewest />}
      </Head>
      {versions.isPending && <Waiting />}
      {versions.isError && <Failed problem={versions.error} retry={() => versions.refetch()} />}
      {versions.isSuccess && rows.length === 0 && (
        <Panel>
          <Empty icon="versions">{t('empty')}</Empty>
        </Panel>
      )}
      {rows.length > 0 && (
        <Panel flush>
          <ol className="divide-y divide-line">
            {rows.map((version, place) => (
              <Row key={version.version} version={version} newest={place === 0} />
            ))}
          </ol>
        </Panel>
      )}
      {versions.hasNextPage && (
        <Button
          className="mt-4"
          isPending={versions.isFetchingNextPage}
          onPress={() => versions.fetchNextPage()}
        >
          {t('older')}
        </Button>
      )}
    </>
  );
}

function UndoNewest() {
  const t = useTranslations('versions');
  const say = useSay();
  const tell = useTell();
  const undo = useUndo();
  return (
    <Button
      isPending={undo.isPending}
      onPress={() => tell(undo.mutateAsync(undefined), () => say(t('undone')))}
    >
      <Icon name="versions" className="size-4" />
      {t('undo_newest')}
    </Button>
  );
}

function Row({ version, newest }: { version: Version; newest: boolean }) {
  const t = useTranslations('versions');
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  const name = t('version', { version: version.version });
  return (
    <li className="grid gap-2 px-5 py-3 sm:grid-cols-[11rem_1fr_auto] sm:gap-4">
      <div className="text-sm">
        <p className="figures font-medium">{name}</p>
        <p className="figures text-muted">
          <time dateTime={new Date(version.at_ms).toISOString()}>
            {moment(version.at_ms, serverNow(), locale)}
          </time>
        </p>
        <p className="break-words text-muted">{version.who}</p>
      </div>
      <div className="min-w-0">
        <Differences changes={version.changes} label={name} />
        {open && <Against version={version.version} />}
      </div>
      <div className="flex flex-wrap items-start gap-2">
        {newest ? (
          <span className="rounded-md bg-good-soft px-2 py-1 text-sm font-medium text-good">
            {t('in_force')}
          </span>
        ) : (
          <>
            <Button size="small" look="quiet" aria-expanded={open} onPress={() => setOpen(!open)}>
              {t('compare')}
              <span className="sr-only">{name}</span>
            </Button>
            {version.kept && <Restore version={version.version} />}
          </>
        )}
      </div>
    </li>
  );
}

/** What would be different from now. */
function Against({ version }: { version: number }) {
  const t = useTranslations('versions');
  const diff = useVersionDiff(version);
  return (
    <div className="mt-3 rounded-xl bg-sunken/60 p-3">
      <p className="mb-1 text-sm font-medium">{t('against')}</p>
      {diff.isPending && <Waiting />}
      {diff.isError && <Failed problem={diff.error} />}
      {diff.data && <Differences changes={diff.data} label={t('against')} />}
    </div>
  );
}

function Restore({ version }: { version: number }) {
  const t = useTranslations('versions');
  const say = useSay();
  const tell = useTell();
  const restore = useRestore();
  return (
    <Confirm
      trigger={
        <Button size="small" aria-label={t('restore_title', { version })}>
          {t('restore')}
        </Button>
      }
      title={t('restore_title', { version })}
      action={t('restore')}
      onConfirm={() => tell(restore.mutateAsync(version), () => say(t('restored', { version })))}
    >
      <p className="mb-3">{t('restore_text')}</p>
      <Against version={version} />
    </Confirm>
  );
}
