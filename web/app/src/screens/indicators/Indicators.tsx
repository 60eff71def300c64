// The company's own success indicators: what each is worked out by, and from which day on.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import {
  type Indicator,
  type Indicators as Listed,
  useEndIndicator,
  useIndicators,
} from '../../api/indicators';
import { Button } from '../../ui/Button';
import { Empty, Failed, Head, Panel, Waiting } from '../../ui/Panel';
import { useTell } from '../../ui/tell';
import { useUndoable } from '../../ui/undo';
import { Editor } from './Editor';

type Open = { known: Indicator | null } | null;

export function Indicators() {
  const t = useTranslations('indicators');
  const listed = useIndicators();
  const [open, setOpen] = useState<Open>(null);
  if (listed.isPending) return <Waiting />;
  if (listed.isError) return <Failed problem={listed.error} retry={() => listed.refetch()} />;
  const begin = () => setOpen({ known: null });
  return (
    <>
      <Head title={t('title')} lead={t('lead')}>
        {!open && listed.data.indicators.length > 0 && (
          <Button look="main" onPress={begin}>
            {t('new')}
          </Button>
        )}
      </Head>
      {open ? (
        <Editor
          key={open.known?.id ?? 0}
          known={open.known}
          listed={listed.data}
          onDone={() => setOpen(null)}
        />
      ) : listed.data.indicators.length === 0 ? (
        <Panel>
          <Empty
            icon="indicators"
            action={
              <Button look="main" onPress={begin}>
                {t('new')}
              </Button>
            }
          >
            {t('empty')}
          </Empty>
        </Panel>
      ) : (
        <List listed={listed.data} onOpen={(known) => setOpen({ known })} />
      )}
    </>
  );
}

function List({ listed, onOpen }: { listed: Listed; onOpen: (known: Indicator) => void }) {
  const t = useTranslations('indicators');
  return (
    <Panel title={t('list')}>
      <ul className="divide-y divide-line">
        {listed.indicators.map((indicator) => (
          <Row key={indicator.id} indicator={indicator} today={listed.today} onOpen={onOpen} />
        ))}
      </ul>
    </Panel>
  );
}

function Row({
  indicator,
  today,
  onOpen,
}: {
  indicator: Indicator;
  today: string;
  onOpen: (known: Indicator) => void;
}) {
  const t = useTranslations('indicators');
  const tell = useTell();
  const undoable = useUndoable();
  const end = useEndIndicator();
  const newest = indicator.versions.at(-1);
  const current = indicator.versions.find((each) => each.id === indicator.in_force);
  const version = current ?? newest;
  if (!version || !newest) return null;
  const until = (until_day: string | null) =>
    void tell(end.mutateAsync({ id: indicator.id, until_day }), () =>
      undoable(t('saved', { title: version.title })),
    );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium break-words">{version.title}</p>
        <p className="text-sm break-words text-muted">
          <code>{indicator.name}</code> = <code>{version.formula ?? version.plugin}</code>
        </p>
        <p className="text-sm text-muted">
          {t('terms', {
            unit: t(`unit.${version.unit}`),
            better: t(version.better),
            least: version.sample_min,
            day: version.from_day,
          })}
          {newest.id !== version.id && ` ${t('next', { day: newest.from_day })}`}
          {indicator.until_day && ` ${t('until', { day: indicator.until_day })}`}
        </p>
      </div>
      <Button
        size="small"
        aria-label={t('change', { title: version.title })}
        onPress={() => onOpen(indicator)}
      >
        {t('edit')}
      </Button>
      {indicator.until_day === null ? (
        <Button
          size="small"
          aria-label={t('end_of', { title: version.title })}
          isPending={end.isPending}
          onPress={() => until(today)}
        >
          {t('end')}
        </Button>
      ) : (
        <Button size="small" isPending={end.isPending} onPress={() => until(null)}>
          {t('go_on')}
        </Button>
      )}
    </li>
  );
}
