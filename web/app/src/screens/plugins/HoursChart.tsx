// How a trial has done hour by hour: bars for the eye, the same as a table for everybody.

import { useTranslations } from 'use-intl';
import type { TrialAtWork } from '../../api/plugins';
import { serverNow } from '../../live/clock';
import { Wide } from '../../ui/Panel';
import { useLocale } from '../../words/language';
import { dayOf, type Hour, type Part, partsOf } from './hours';

const FILL: Record<Part, string> = {
  same: 'fill-off',
  left: 'fill-off',
  different: 'fill-offered',
  decided: 'fill-offered',
  failed: 'fill-unreachable',
};
const DOT: Record<Part, string> = {
  same: 'bg-off',
  left: 'bg-off',
  different: 'bg-offered',
  decided: 'bg-offered',
  failed: 'bg-unreachable',
};

const STEP = 12;
const WIDTH = 9;
const HEIGHT = 72;

export function HoursChart({ trial, label }: { trial: TrialAtWork; label: string }) {
  const t = useTranslations('trials');
  const locale = useLocale();
  const parts = partsOf(trial.stage);
  const day = dayOf(trial, serverNow());
  const most = Math.max(1, ...day.map((hour) => hour.total));
  const time = (at_ms: number) =>
    new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false }).format(
      at_ms,
    );
  const first = day[0];
  return (
    <div className="grid gap-2">
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
        {parts.map((part) => (
          <li key={part} className="flex items-center gap-1.5">
            <span aria-hidden className={`size-2.5 rounded-sm ${DOT[part]}`} />
            {t(`part.${part}`)}
          </li>
        ))}
      </ul>
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${STEP * day.length} ${HEIGHT + 1}`}
        preserveAspectRatio="none"
        className="h-24 w-full"
      >
        <title>{label}</title>
        <rect y={HEIGHT} width={STEP * day.length} height={1} className="fill-line" />
        {day.map((hour, place) => (
          <Bar key={hour.from_ms} hour={hour} x={place * STEP} most={most} />
        ))}
      </svg>
      <p className="figures flex justify-between text-xs text-muted">
        <span>{first && time(first.from_ms)}</span>
        <span>{t('now')}</span>
      </p>
      <details>
        <summary className="inline-flex min-h-6 cursor-pointer items-center text-sm font-medium underline">
          {t('as_table')}
        </summary>
        <Wide label={label}>
          <table className="mt-1 w-full text-sm">
            <thead>
              <tr className="text-left text-muted">
                <th scope="col" className="py-1 pr-4 font-medium">
                  {t('hour')}
                </th>
                {parts.map((part) => (
                  <th key={part} scope="col" className="py-1 pr-4 text-right font-medium">
                    {t(`part.${part}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="figures">
              {day
                .filter((hour) => hour.total > 0)
                .map((hour) => (
                  <tr key={hour.from_ms} className="border-t border-line">
                    <th scope="row" className="py-1 pr-4 text-left font-normal">
                      {time(hour.from_ms)}
                    </th>
                    {parts.map((part) => (
                      <td key={part} className="py-1 pr-4 text-right">
                        {hour.parts.find((each) => each.part === part)?.count ?? 0}
                      </td>
                    ))}
                  </tr>
                ))}
            </tbody>
          </table>
        </Wide>
      </details>
    </div>
  );
}

function Bar({ hour, x, most }: { hour: Hour; x: number; most: number }) {
  let top = HEIGHT;
  return (
    <g>
      {hour.parts.map(({ part, count }) => {
        const height = (count / most) * HEIGHT;
        top -= height;
        return (
          <rect key={part} x={x} y={top} width={WIDTH} height={height} className={FILL[part]} />
        );
      })}
    </g>
  );
}
