// Why this agent: who could have had the call, who could not and why, and who decided.

import { useTranslations } from 'use-intl';
import type { Names } from '../../api/names';
import { Icon } from '../../ui/Icon';
import { timeOfDay } from '../../words/figures';
import { useLocale } from '../../words/language';
import type { Decision } from './facts';

export function Why({ decision, names }: { decision: Decision; names: Names }) {
  const t = useTranslations('why');
  const locale = useLocale();
  const reasonOf = (reason: string): string => {
    const key = `skipped.${reason}` as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : reason;
  };
  return (
    <div className="px-5 py-3">
      <p className="text-sm text-muted">
        {t('decided', {
          time: timeOfDay(decision.at_ms, locale),
          policy: decision.policy ?? t('unknown_policy'),
        })}
        {decision.group !== null && ` ${t('group', { group: names.group(decision.group) })}`}
        {decision.micros !== null && ` ${t('took', { micros: decision.micros })}`}
        {decision.fuel !== null && decision.fuel > 0 && ` ${t('fuel', { fuel: decision.fuel })}`}
      </p>
      {decision.fallback && (
        <p className="mt-1 flex items-start gap-2 text-sm text-warn">
          <Icon name="warning" className="mt-0.5 size-4" />
          {t('fallback', { cause: decision.fallback })}
        </p>
      )}
      {decision.reason && <p className="mt-1 text-sm">{t('reason', { words: decision.reason })}</p>}
      {decision.chosen === null && <p className="mt-1 font-medium">{t('nobody')}</p>}
      <table className="mt-2 w-full text-left text-sm">
        <thead className="text-muted">
          <tr>
            <th scope="col" className="py-1 pr-3 font-medium">
              {t('agent')}
            </th>
            <th scope="col" className="py-1 font-medium">
              {t('result')}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          <Part word={t('candidates')} shown={decision.candidates.length > 0} />
          {decision.candidates.map((agent, place) => (
            <tr key={agent} className={agent === decision.chosen ? 'font-semibold' : undefined}>
              <td className="py-1.5 pr-3">{names.person(agent)}</td>
              <td className="py-1.5">
                {agent === decision.chosen ? (
                  <span className="inline-flex items-center gap-1.5 text-good">
                    <Icon name="done" className="size-4" />
                    {t('chosen')}
                  </span>
                ) : (
                  t('candidate', { place: place + 1 })
                )}
              </td>
            </tr>
          ))}
          <Part word={t('left_out')} shown={decision.skipped.length > 0} />
          {decision.skipped.map(({ agent, reason }) => (
            <tr key={agent} className="text-muted">
              <td className="py-1.5 pr-3">{names.person(agent)}</td>
              <td className="py-1.5">{reasonOf(reason)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Part({ word, shown }: { word: string; shown: boolean }) {
  if (!shown) return null;
  return (
    <tr>
      <th scope="colgroup" colSpan={2} className="pt-3 pb-1 text-xs font-medium text-muted">
        {word}
      </th>
    </tr>
  );
}
