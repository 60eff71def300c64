// What came of some days: by person, group, day or hour, beside the days before, as a file.

import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { type FiguresAsked, searchOf, useFigures } from '../../api/figures';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Field';
import { Empty, Failed, Head, Panel, Waiting } from '../../ui/Panel';
import { before, isEmpty } from './columns';
import { Filter } from './Filter';
import { HeatMap } from './HeatMap';
import { ResultRows } from './ResultRows';

const route = getRouteApi('/shell/results');

export function Results() {
  const t = useTranslations('results');
  const asked = route.useSearch();
  const navigate = useNavigate();
  const by = asked.by ?? 'person';
  const figures = useFigures(asked, by);
  const [beside, setBeside] = useState(false);
  const shown = figures.data;
  const earlier = shown && before(shown.from, shown.to);
  const past = useFigures({ ...asked, ...earlier }, by, beside && earlier !== undefined);
  const change = (changed: FiguresAsked) =>
    navigate({ to: '/results', search: { ...asked, ...changed }, replace: true });
  return (
    <>
      <Head title={t('title')} lead={t('lead')}>
        <Files asked={asked} by={by} />
      </Head>
      <Filter asked={asked} shown={shown} onChange={change} />
      <Panel flush className="mt-4 overflow-hidden">
        {figures.isPending && <Waiting />}
        {figures.isError && <Failed problem={figures.error} retry={() => figures.refetch()} />}
        {shown && isEmpty(shown) && (
          <Empty icon="results" action={<Week onPress={change} />}>
            {t('empty')}
          </Empty>
        )}
        {shown && !isEmpty(shown) && (
          <>
            <div className="flex flex-wrap items-center justify-between gap-3 px-5 py-2">
              <p className="text-sm text-muted">
                {t('from_to', { from: shown.from, to: shown.to })} {shown.goes_on && t('goes_on')}
              </p>
              <Check label={t('beside')} isSelected={beside} onChange={setBeside} />
            </div>
            <ResultRows
              asked={asked}
              figures={shown}
              past={beside && past.data ? past.data : undefined}
              level={asked.level ?? 'b'}
            />
          </>
        )}
      </Panel>
      {shown && !isEmpty(shown) && <HeatMap asked={asked} level={asked.level ?? 'b'} />}
    </>
  );
}

function Files({ asked, by }: { asked: FiguresAsked; by: string }) {
  const t = useTranslations('results');
  const link =
    'inline-flex min-h-10 items-center rounded-lg px-4 font-medium ring-1 ring-line hover:bg-sunken';
  return (
    <>
      {(['csv', 'xlsx'] as const).map((kind) => (
        <a key={kind} className={link} href={`/api/v1/figures.${kind}?${searchOf(asked, by)}`}>
          {t(kind)}
        </a>
      ))}
    </>
  );
}

/** The last seven days, today among them. */
function Week({ onPress }: { onPress: (asked: FiguresAsked) => void }) {
  const t = useTranslations('results');
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  return <Button onPress={() => onPress({ from: day(6), to: day(0) })}>{t('week')}</Button>;
}
