// A day three times side by side: as it was, as it is now, with the policy tried.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Replayed } from '../../api/replay';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Wide } from '../../ui/Panel';
import { clockOfMs } from '../../words/figures';
import { useLocale } from '../../words/language';
import { FIGURES, type Load, loads, type Verdict, verdict } from './trial';

const CELL = 'px-3 py-2 text-right';

/** Agents at first: more than these nobody compares by eye. */
const LISTED = 12;

export function Compared({ replayed }: { replayed: Replayed }) {
  const t = useTranslations('trial');
  const { tried } = replayed;
  return (
    <section aria-label={t('result')} className="mt-6 grid gap-6">
      <p role="status" className="flex items-center gap-2 font-medium text-good">
        <Icon name="done" className="size-4" />
        {t('done')}
      </p>
      <Figures replayed={replayed} />
      {tried.decisions.why && (
        <p className="text-sm break-words text-muted">
          {t('why')} <span lang="en">{tried.decisions.why}</span>
        </p>
      )}
      <Loads rows={loads(replayed.now, tried)} />
      <details className="text-sm text-muted">
        <summary className="cursor-pointer font-medium">{t('assumed')}</summary>
        <ul className="mt-2 grid list-disc gap-1 pl-5">
          {(['patience', 'talk', 'answer', 'there', 'plain', 'even'] as const).map((word) => (
            <li key={word}>{t(`assumptions.${word}`)}</li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function Figures({ replayed: { was, now, tried } }: { replayed: Replayed }) {
  const t = useTranslations('trial');
  const locale = useLocale();
  return (
    <Wide label={t('figures')}>
      <table className="figures w-full text-sm">
        <thead className="text-muted">
          <tr>
            <th scope="col" className="py-2 pr-3 text-left font-medium">
              {t('figure')}
            </th>
            {(['was', 'now', 'tried'] as const).map((column) => (
              <th key={column} scope="col" className={`${CELL} font-medium`}>
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {FIGURES.map((figure) => (
            <tr key={figure.word}>
              <th scope="row" className="py-2 pr-3 text-left font-normal">
                {t(`of.${figure.word}`)}
              </th>
              <td className={`${CELL} text-muted`}>{figure.shown(was, locale)}</td>
              <td className={CELL}>{figure.shown(now, locale)}</td>
              <td className={`${CELL} font-medium`}>
                {figure.shown(tried, locale)}
                <Mark verdict={verdict(figure, now, tried, locale)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

/** A word and an arrow: nobody has to see colours. */
function Mark({ verdict }: { verdict: Verdict }) {
  const t = useTranslations('trial');
  if (verdict === 'same') return null;
  const better = verdict === 'better';
  return (
    <span
      className={`flex items-center justify-end gap-1 text-xs ${better ? 'text-good' : 'text-bad'}`}
    >
      <Icon name={better ? 'up' : 'down'} className="size-3" />
      {t(verdict)}
    </span>
  );
}

function Loads({ rows }: { rows: Load[] }) {
  const t = useTranslations('trial');
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, LISTED);
  const most = Math.max(1, ...rows.flatMap((row) => [row.now.handled, row.tried.handled]));
  if (rows.length === 0) return null;
  return (
    <div className="grid grid-cols-1 gap-2">
      <LoadTable rows={shown} most={most} />
      {shown.length < rows.length && (
        <Button size="small" className="justify-self-start" onPress={() => setAll(true)}>
          {t('all_agents', { count: rows.length })}
        </Button>
      )}
    </div>
  );
}

function LoadTable({ rows, most }: { rows: Load[]; most: number }) {
  const t = useTranslations('trial');
  return (
    <Wide label={t('loads')}>
      <table className="figures w-full text-sm">
        <caption className="pb-1 text-left font-medium">{t('loads')}</caption>
        <thead className="text-muted">
          <tr>
            <th scope="col" className="py-2 pr-3 text-left font-medium">
              {t('agent')}
            </th>
            {(['now', 'tried'] as const).map((column) => (
              <th key={column} scope="col" className="px-3 py-2 text-left font-medium">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <tr key={row.agent}>
              <th scope="row" className="py-2 pr-3 text-left font-normal break-words">
                {row.name}
              </th>
              {(['now', 'tried'] as const).map((column) => (
                <td key={column} className="w-2/5 min-w-32 px-3 py-2">
                  <Bar share={row[column].handled / most} />
                  {t('load', {
                    calls: row[column].handled,
                    talk: clockOfMs(row[column].talked_ms),
                  })}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

/** The figure stands below it in words. */
function Bar({ share }: { share: number }) {
  return (
    <div aria-hidden="true" className="mb-1 h-1.5 rounded-full bg-sunken">
      <div
        className="h-full rounded-full bg-accent"
        style={{ width: `${Math.round(100 * share)}%` }}
      />
    </div>
  );
}
