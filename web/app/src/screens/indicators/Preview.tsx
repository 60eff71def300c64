// What a draft comes to, person by person, before anybody is led by it.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { type Outcome, type PersonPreviewed, type Previewed, useCases } from '../../api/indicators';
import { Button, LinkButton } from '../../ui/Button';
import { Failed, Waiting, Wide } from '../../ui/Panel';
import { clockOfMs, wholeMoment } from '../../words/figures';
import { useLocale } from '../../words/language';
import { shown, sparkline } from './shown';

const CELL = 'px-3 py-2 text-right';

export function Preview({ previewed }: { previewed: Previewed }) {
  const t = useTranslations('indicators');
  const locale = useLocale();
  const [open, setOpen] = useState<PersonPreviewed | null>(null);
  const { days, today, unit, mean, median, people } = previewed;
  const replaces = people.some((person) => person.before !== null);
  const from = days[0] ?? '';
  const to = days.at(-1) ?? '';
  if (people.length === 0) return <p className="text-sm text-muted">{t('nobody')}</p>;
  return (
    <div className="grid gap-3">
      <p className="text-sm text-muted">
        {today ? t('only_today') : t('over', { from, to, days: days.length })}
      </p>
      <p className="figures text-sm">
        {t('middle', { mean: shown(mean, unit, locale), median: shown(median, unit, locale) })}
      </p>
      <Wide label={t('preview')}>
        <table className="figures w-full text-sm">
          <thead className="text-muted">
            <tr>
              <th scope="col" className={`${CELL} font-medium`}>
                {t('rank')}
              </th>
              <th scope="col" className="px-3 py-2 text-left font-medium">
                {t('person')}
              </th>
              <th scope="col" className={`${CELL} font-medium`}>
                {t('value')}
              </th>
              {replaces && (
                <th scope="col" className={`${CELL} font-medium`}>
                  {t('before')}
                </th>
              )}
              <th scope="col" className="px-3 py-2 text-left font-medium">
                {t('by_day')}
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {people.map((person) => (
              <tr key={person.agent}>
                <td className={CELL}>{person.rank ?? ''}</td>
                <th scope="row" className="px-3 py-2 text-left font-normal">
                  <Button
                    size="small"
                    aria-label={t('calls_of', { name: person.name })}
                    onPress={() => setOpen(open?.agent === person.agent ? null : person)}
                  >
                    {person.name}
                  </Button>
                </th>
                <td className={CELL}>
                  {shown(person.value, unit, locale)}
                  <Why outcome={person} />
                </td>
                {replaces && (
                  <td className={`${CELL} text-muted`}>
                    {shown(person.before?.value ?? null, unit, locale)}
                  </td>
                )}
                <td className="px-3 py-2">
                  <Spark values={person.by_day} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
      {open && <Behind person={open} from={from} to={to} />}
    </div>
  );
}

/** How many cases a value rests on, or why there is none. */
function Why({ outcome }: { outcome: Outcome }) {
  const t = useTranslations('indicators');
  const { why, sample, least, words } = outcome;
  const text =
    why === 'too_few'
      ? t('too_few', { sample: sample ?? 0, least: least ?? 0 })
      : why === 'no_number'
        ? t('no_number')
        : why === 'said'
          ? (words ?? '')
          : t('sample', { sample: sample ?? 0 });
  return (
    <span className="block text-xs text-muted">
      {text}
      {why === null && words && <span lang="en"> {words}</span>}
    </span>
  );
}

/** The figures of the days stand in the table's value; the line shows only their way. */
function Spark({ values }: { values: (number | null)[] }) {
  return (
    <svg aria-hidden="true" viewBox="-2 -2 64 20" className="h-5 w-16 text-accent">
      {sparkline(values, 60, 16).map((points) =>
        points.includes(' ') ? (
          <polyline key={points} points={points} fill="none" stroke="currentColor" />
        ) : (
          <circle
            key={points}
            cx={points.split(',')[0]}
            cy={points.split(',')[1]}
            r="1.5"
            fill="currentColor"
          />
        ),
      )}
    </svg>
  );
}

/** The offers and talks behind somebody's figures. */
function Behind({ person, from, to }: { person: PersonPreviewed; from: string; to: string }) {
  const t = useTranslations('indicators');
  const locale = useLocale();
  const cases = useCases(person.agent, from, to);
  if (cases.isPending) return <Waiting />;
  if (cases.isError) return <Failed problem={cases.error} retry={() => cases.refetch()} />;
  return (
    <section aria-label={t('calls_of', { name: person.name })} className="grid gap-2">
      <h3 className="font-medium">{t('calls_of', { name: person.name })}</h3>
      <ul className="grid gap-1 text-sm">
        {cases.data.cases.map((each) => (
          <li
            key={`${each.at_ms} ${each.call} ${each.outcome}`}
            className="flex flex-wrap items-center gap-3"
          >
            <LinkButton to="/calls/$id" params={{ id: String(each.call) }}>
              {wholeMoment(each.at_ms, locale)}
            </LinkButton>
            {each.talked_ms === null
              ? t('rang', { time: clockOfMs(each.rang_ms) })
              : t('talked', { time: clockOfMs(each.talked_ms) })}
          </li>
        ))}
      </ul>
      {cases.data.cases.length === 0 && <p className="text-sm text-muted">{t('no_calls')}</p>}
      {cases.data.cut && <p className="text-sm text-muted">{t('cut')}</p>}
    </section>
  );
}
