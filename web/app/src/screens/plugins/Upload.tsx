// A file is dropped or chosen, looked at by the server, and shown: its card, or why it is refused.

import { useState } from 'react';
import { type DropItem, DropZone, FileTrigger, ProgressBar } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { Problem } from '../../api/client';
import { type PluginVersion, usePlugins, useUpload } from '../../api/plugins';
import { Button } from '../../ui/Button';
import { classes } from '../../ui/classes';
import { Icon } from '../../ui/Icon';
import { Panel } from '../../ui/Panel';
import { useProblemWords } from '../../words/problem';
import { Card } from './Card';
import { Give } from './Give';

export function Upload() {
  const t = useTranslations('plugins');
  const upload = useUpload();
  const [name, setName] = useState('');
  const send = (file: File) => {
    setName(file.name);
    upload.mutate(file);
  };
  const take = async (items: DropItem[]) => {
    const item = items.find((each) => each.kind === 'file');
    if (item?.kind === 'file') send(await item.getFile());
  };
  return (
    <Panel title={t('upload')}>
      <DropZone
        aria-label={t('drop')}
        isDisabled={upload.isPending}
        onDrop={({ items }) => void take(items)}
        className={classes(
          'flex flex-col items-center gap-3 rounded-xl border-2 border-dashed border-line px-4 py-8',
          'text-center transition-colors data-[drop-target]:border-accent',
          'data-[drop-target]:bg-accent-soft data-[focus-visible]:outline-2',
          'data-[focus-visible]:outline-accent',
        )}
      >
        <Icon name="upload" className="size-7 text-accent" />
        <p className="text-muted">{t('drop')}</p>
        <FileTrigger
          acceptedFileTypes={['.wasm', 'application/wasm']}
          onSelect={(files) => {
            const file = files?.[0];
            if (file) send(file);
          }}
        >
          <Button look="main" isPending={upload.isPending}>
            {t('choose')}
          </Button>
        </FileTrigger>
      </DropZone>
      {upload.isPending && <Looking name={name} />}
      {upload.isError && <Refused name={name} problem={upload.error} />}
      {upload.isSuccess && (
        <Accepted key={upload.data.id} version={upload.data} onDone={() => upload.reset()} />
      )}
      {upload.isIdle && <p className="mt-4 text-sm text-muted">{t('upload_hint')}</p>}
    </Panel>
  );
}

function Looking({ name }: { name: string }) {
  const t = useTranslations('plugins');
  return (
    <ProgressBar isIndeterminate aria-label={t('looking', { name })} className="mt-4 grid gap-2">
      <p role="status" className="text-sm text-muted">
        {t('looking', { name })}
      </p>
      <div className="h-1.5 overflow-hidden rounded-full bg-sunken">
        <div className="h-full w-1/3 rounded-full bg-accent animate-pass" />
      </div>
    </ProgressBar>
  );
}

/** Our words for the kind of the refusal, and the host's own sentence for whoever wrote the file. */
function Refused({ name, problem }: { name: string; problem: Problem }) {
  const t = useTranslations('plugins');
  const problems = useProblemWords();
  const key = `refused.${problem.params.kind}` as Parameters<typeof t>[0];
  const known = problem instanceof Problem && problem.code === 'plugin_refused' && t.has(key);
  return (
    <div role="alert" className="mt-4 grid gap-1 rounded-xl bg-bad-soft px-4 py-3">
      <p className="flex items-center gap-2 font-medium text-bad">
        <Icon name="warning" className="size-4" />
        <span className="min-w-0 break-words">{t('refused_title', { name })}</span>
      </p>
      <p>{known ? t(key) : problems.of(problem)}</p>
      {known && (
        <p className="text-sm break-words text-muted">
          {t('host_says')} <span lang="en">{problem.params.words}</span>
        </p>
      )}
    </div>
  );
}

function Accepted({ version, onDone }: { version: PluginVersion; onDone: () => void }) {
  const t = useTranslations('plugins');
  const { card, policy, reads } = version;
  const row = usePlugins().data?.versions.find((each) => each.id === version.id);
  // Somebody has thrown it away since.
  if (row?.removed) return null;
  return (
    <section aria-label={t('accepted', { label: version.label })} className="mt-5 grid gap-4">
      <p role="status" className="flex items-center gap-2 font-medium text-good">
        <Icon name="done" className="size-4" />
        <span className="min-w-0 break-words">{t('accepted', { label: version.label })}</span>
      </p>
      <Card card={card} reads={reads} />
      {card.kind === 'routing' ? (
        <Give policy={policy} card={card} onDone={onDone} />
      ) : (
        <p>{t('selection_hint')}</p>
      )}
    </section>
  );
}
