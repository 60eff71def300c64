// The rows as a table that can be sorted, with rank, median and, if wanted, the days before.

import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Figures, FiguresAsked, FiguresRow, Level } from '../../api/figures';
import { useNames } from '../../api/names';
import { Icon } from '../../ui/Icon';
import { Wide } from '../../ui/Panel';
import { clock } from '../../words/figures';
import { useLocale } from '../../words/language';
import {
  type Column,
  columnsOf,
  figureOf,
  type Kind,
  keyOf,
  median,
  ranks,
  sorted,
} from './columns';
import { canOpen, Opened } from './Opened';

const CELL = 'px-3 py-2.5 first:pl-5 last:pr-5';

export function ResultRows({
  asked,
  figures,
  past,
  level,
}: {
  asked: FiguresAsked;
  figures: Figures;
  past: Figures | undefined;
  level: Level;
}) {
  const t = useTranslations('results');
  const columns = columnsOf(figures.rows);
  const [order, setOrder] = useState<{ name: string; down: boolean } | null>(null);
  const rows = order ? sorted(figures.rows, order.name, order.down, level) : figures.rows;
  const earlier = new Map(past?.rows.map((row) => [keyOf(row), row]));
  const one = figures.rows[0];
  const people = one?.service_level === null && figures.rows.length > 1;
  const places = new Map(
    columns
      .filter(({ better }) => people && better)
      .map((column) => [
        column.name,
        new Map(
          ranks(rows, column, level).map((rank, at) => [keyOf(rows[at] as FiguresRow), rank]),
        ),
      ]),
  );
  const turn = (name: string) =>
    setOrder((now) => ({ name, down: now?.name === name ? !now.down : true }));
  return (
    <Wide label={t('title')}>
      <table className="w-full text-left">
        <thead className="border-b border-line text-sm text-muted">
          <tr>
            <th scope="col" className={`${CELL} font-medium`}>
              {t('row')}
            </th>
            {columns.map((column) => (
              <Heading
                key={column.name}
                column={column}
                level={level}
                within={figures.limits.in_time_ms / 1000}
                down={order?.name === column.name ? order.down : undefined}
                onPress={() => turn(column.name)}
              />
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <tr key={keyOf(row)} className="hover:bg-sunken">
              <th scope="row" className={`${CELL} font-normal whitespace-nowrap`}>
                <RowName row={row} />
              </th>
              {columns.map((column) => (
                <Figure
                  key={column.name}
                  column={column}
                  value={figureOf(row, column.name, level)}
                  asked={askedOf(asked, figures, row)}
                  figure={column.name === 'service_level' ? `service_level.${level}` : column.name}
                  rank={places.get(column.name)?.get(keyOf(row)) ?? null}
                  before={past && figureOrNone(earlier.get(keyOf(row)), column.name, level)}
                />
              ))}
            </tr>
          ))}
        </tbody>
        {rows.length > 1 && (
          <tfoot className="border-t border-line text-sm text-muted">
            <tr>
              <th scope="row" className={`${CELL} font-medium`}>
                {t('median')}
              </th>
              {columns.map((column) => (
                <td key={column.name} className={`${CELL} figures text-right`}>
                  <Written kind={column.kind} value={median(rows, column.name, level)} />
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </Wide>
  );
}

function figureOrNone(row: FiguresRow | undefined, name: string, level: Level): number | null {
  return row ? figureOf(row, name, level) : null;
}

function Heading({
  column,
  level,
  within,
  down,
  onPress,
}: {
  column: Column;
  level: Level;
  within: number;
  down: boolean | undefined;
  onPress: () => void;
}) {
  const t = useTranslations('results');
  const is_level = column.name === 'service_level';
  const sort = down === undefined ? 'none' : down ? 'descending' : 'ascending';
  return (
    <th scope="col" aria-sort={sort} className={`${CELL} text-right align-bottom font-medium`}>
      <button
        type="button"
        onClick={onPress}
        title={t(`help.${column.name}` as 'help.answered')}
        className="inline-flex items-center gap-1 rounded text-right hover:text-ink"
      >
        {is_level
          ? t('service_level', { within, formula: t(`formulas.${level}`) })
          : t(`figures.${column.name}` as 'figures.answered')}
        {down !== undefined && <Icon name={down ? 'down' : 'up'} className="size-3.5 shrink-0" />}
      </button>
    </th>
  );
}

function RowName({ row }: { row: FiguresRow }) {
  const t = useTranslations('results');
  const names = useNames();
  const locale = useLocale();
  const parts = [];
  if (row.day !== null) {
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
    parts.push(<span key="day">{day.format(Date.parse(row.day))}</span>);
  }
  if (row.hour !== null) {
    parts.push(<span key="hour">{t('hour', { from: row.hour, to: row.hour + 1 })}</span>);
  }
  if (row.person !== null) {
    // The calls behind the figures are one press away.
    parts.push(
      <Link key="person" to="/calls" search={{ agent: row.person }} className="hover:underline">
        {names.person(row.person)}
      </Link>,
    );
  }
  if (row.group !== null) {
    parts.push(
      <Link key="group" to="/calls" search={{ group: row.group }} className="hover:underline">
        {names.group(row.group)}
      </Link>,
    );
  }
  if (parts.length === 0) return t('rows.company');
  return <span className="inline-flex flex-wrap gap-x-2">{parts}</span>;
}

/** What a row is of; `undefined` when hours tell it from others, for calls are not asked for by hour. */
function askedOf(asked: FiguresAsked, figures: Figures, row: FiguresRow): FiguresAsked | undefined {
  if (row.hour !== null || row.weekday !== null) return undefined;
  return {
    ...asked,
    from: row.day ?? figures.from,
    to: row.day ?? figures.to,
    group: row.group ?? asked.group,
    person: row.person ?? asked.person,
  };
}

function Figure({
  column,
  asked,
  figure,
  value,
  rank,
  before,
}: {
  column: Column;
  asked: FiguresAsked | undefined;
  /** Its name where it is opened. */
  figure: string;
  value: number | null;
  rank: number | null;
  /** `undefined`: the days before are not shown. */
  before: number | null | undefined;
}) {
  const t = useTranslations('results');
  const locale = useLocale();
  return (
    <td className={`${CELL} figures text-right whitespace-nowrap`}>
      {asked && value !== null && canOpen(column.name) ? (
        <Opened
          asked={asked}
          figure={figure}
          title={
            column.name === 'service_level'
              ? t('level')
              : t(`figures.${column.name}` as 'figures.answered')
          }
          face={written(column.kind, value, locale)}
        />
      ) : (
        <Written kind={column.kind} value={value} />
      )}
      {rank !== null && <span className="ml-1.5 text-xs text-muted">{t('rank', { rank })}</span>}
      {before !== undefined && (
        <span className="block text-xs text-muted">
          <span className="sr-only">{t('earlier')} </span>
          <Written kind={column.kind} value={before} />
        </span>
      )}
    </td>
  );
}

export function Written({ kind, value }: { kind: Kind; value: number | null }) {
  const locale = useLocale();
  return <>{written(kind, value, locale)}</>;
}

/** A figure in its unit; no value is a dash and never 0. */
export function written(kind: Kind, value: number | null, locale: string): string {
  if (value === null) return '—';
  const digits = (maximumFractionDigits: number, style?: 'percent') =>
    new Intl.NumberFormat(locale, { maximumFractionDigits, ...(style && { style }) }).format(value);
  if (kind === 'time') return clock(value / 1000);
  if (kind === 'ratio') return digits(1, 'percent');
  return digits(kind === 'rate' ? 1 : 0);
}
