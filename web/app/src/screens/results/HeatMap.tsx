// When it is busy and when it goes badly: weekdays down, hours across.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { type FiguresAsked, type FiguresRow, type Level, useFigures } from '../../api/figures';
import { Choice } from '../../ui/Field';
import { Panel, Wide } from '../../ui/Panel';
import { useLocale } from '../../words/language';
import { figureOf, type Kind } from './columns';
import { written } from './ResultRows';

const SHOWN = [
  { name: 'offered', kind: 'count' },
  { name: 'service_level', kind: 'ratio' },
  { name: 'asa_ms', kind: 'time' },
  { name: 'abandonment', kind: 'ratio' },
] as const satisfies { name: string; kind: Kind }[];
type Name = (typeof SHOWN)[number]['name'];

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const WEEKDAYS = Array.from({ length: 7 }, (_, weekday) => weekday);

export function HeatMap({ asked, level }: { asked: FiguresAsked; level: Level }) {
  const t = useTranslations('results');
  const locale = useLocale();
  const [name, setName] = useState<Name>('offered');
  // Of lines: whose phone rang does not make an hour busy.
  const figures = useFigures({ ...asked, person: undefined }, 'weekday,hour');
  const kind = SHOWN.find((each) => each.name === name)?.kind ?? 'count';
  const rows = new Map(figures.data?.rows.map((row) => [`${row.weekday} ${row.hour}`, row]));
  const at = (weekday: number, hour: number) => cellOf(rows.get(`${weekday} ${hour}`), name, level);
  const all = [...rows.values()].map((row) => cellOf(row, name, level) ?? 0);
  const most = Math.max(...all, Number.MIN_VALUE);
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  if (rows.size === 0) return null;
  return (
    <Panel
      flush
      className="mt-4"
      title={t('heat')}
      aside={
        <Choice<Name>
          compact
          label={t('heat_shows')}
          value={name}
          options={SHOWN.map((each) => ({
            value: each.name,
            label: t(`heat_figures.${each.name}`),
          }))}
          onChange={setName}
        />
      }
    >
      <Wide label={t('heat')}>
        <table className="w-full text-center text-xs">
          <thead className="text-muted">
            <tr>
              <td className="pl-5" />
              {HOURS.map((hour) => (
                <th key={hour} scope="col" className="px-0.5 py-1 font-medium">
                  {hour}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {WEEKDAYS.map((day) => (
              <tr key={day}>
                <th scope="row" className="pr-2 pl-5 text-left font-medium text-muted">
                  {/* The fifth of January 1970 was a Monday. */}
                  {weekday.format((4 + day) * 86_400_000)}
                </th>
                {HOURS.map((hour) => {
                  const value = at(day, hour);
                  return (
                    <td key={hour} className="relative h-7 min-w-9 px-0.5 figures">
                      {value !== null && (
                        <span
                          aria-hidden
                          className="absolute inset-px rounded bg-accent"
                          style={{ opacity: 0.08 + 0.3 * (value / most) }}
                        />
                      )}
                      <span className="relative">
                        {value === null ? '' : written(kind, value, locale)}
                      </span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </Panel>
  );
}

/** An hour in which nobody called has no figure. */
function cellOf(row: FiguresRow | undefined, name: Name, level: Level): number | null {
  if (!row || row.figures.offered === 0) return null;
  return figureOf(row, name, level);
}
