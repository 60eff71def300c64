// Why this agent: who could have had the call, who could not and why, and who decided.

import { useTranslations } from 'use-intl';
import type { Names } from '../../api/names';
import { classes } from '../../ui/classes';
import { Icon } from '../../ui/Icon';
import { timeOfDay } from '../../words/figures';
import { useLocale } from '../../words/language';
import type { Decision } from './facts';
import { fallbackOf, policyOf } from './fallback';

/** Longer lists of those left out are opened by whoever wants them. */
const LEFT_OUT_SHOWN = 8;

export function Why({ decision, names }: { decision: Decision; names: Names }) {
  const t = useTranslations('why');
  return (
    <div className="grid gap-3 px-5 py-3">
      <Verdict decision={decision} names={names} />
      <Candidates decision={decision} names={names} />
      <LeftOut decision={decision} names={names} />
      {decision.chosen === null && <p className="font-medium">{t('nobody')}</p>}
    </div>
  );
}

/** Who decided, of which version, at what cost, and whether the answer could be used. */
function Verdict({ decision, names }: { decision: Decision; names: Names }) {
  const t = useTranslations('why');
  const locale = useLocale();
  const policy = policyOf(decision.policy);
  const name = policy
    ? t('policy', { name: policy.name, version: policy.version ?? '–' })
    : t('built_in');
  const { micros, fuel, fallback, reason, picked } = decision;
  return (
    <div className="text-sm">
      <p className="font-medium">
        {t('heading', {
          time: timeOfDay(decision.at_ms, locale),
          group: names.group(decision.group),
        })}
      </p>
      <p className="text-muted">
        {t('decided', { policy: name })}
        {micros !== null && policy && ` ${t('took', { micros })}`}
        {fuel !== null && fuel > 0 && ` ${t('fuel', { fuel })}`}
      </p>
      {picked && (
        <p className="mt-1">
          {t('picked', {
            agent: names.person(decision.chosen),
            count: picked.calls,
            place: picked.position + 1,
          })}
        </p>
      )}
      {fallback && (
        <p className="mt-1 flex items-start gap-2 text-warn">
          <Icon name="warning" className="mt-0.5 size-4" />
          {t('fallback', { policy: name, cause: fallbackOf(fallback, t) })}
        </p>
      )}
      {reason && <p className="mt-1">{t('reason', { words: reason })}</p>}
    </div>
  );
}

function Candidates({ decision, names }: { decision: Decision; names: Names }) {
  const t = useTranslations('why');
  if (decision.candidates.length === 0) return null;
  const unlisted = decision.candidates.length < (decision.free ?? 0);
  return (
    <table className="w-full text-left text-sm">
      <caption className="pb-1 text-left text-xs font-medium text-muted">{t('candidates')}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t('place')}</th>
          <th scope="col">{t('agent')}</th>
          <th scope="col">{t('result')}</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {decision.candidates.map((agent, place) => (
          <tr key={agent} className={classes(agent === decision.chosen && 'font-semibold')}>
            <td className="figures w-8 py-1.5 pr-2 text-muted">{place + 1}.</td>
            <td className="py-1.5 pr-3">{names.person(agent)}</td>
            <td className="py-1.5 text-right">
              {agent === decision.chosen ? (
                <span className="inline-flex items-center gap-1.5 text-good">
                  <Icon name="done" className="size-4" />
                  {t('chosen')}
                </span>
              ) : (
                <span className="text-muted">{t('free')}</span>
              )}
            </td>
          </tr>
        ))}
        {unlisted && (
          <tr className="text-muted">
            <td />
            <td colSpan={2} className="py-1.5">
              {t('rest', { count: (decision.free ?? 0) - decision.candidates.length })}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function LeftOut({ decision, names }: { decision: Decision; names: Names }) {
  const t = useTranslations('why');
  const count = decision.skipped.length;
  if (count === 0) return null;
  const reasonOf = (reason: string): string => {
    const key = `skipped.${reason}` as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : reason;
  };
  return (
    <details open={count <= LEFT_OUT_SHOWN} className="text-sm">
      <summary className="min-h-6 cursor-pointer text-xs font-medium text-muted">
        {t('left_out', { count })}
      </summary>
      <table className="mt-1 w-full text-left text-muted">
        <thead className="sr-only">
          <tr>
            <th scope="col">{t('agent')}</th>
            <th scope="col">{t('why_not')}</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {decision.skipped.map(({ agent, reason }) => (
            <tr key={agent}>
              <td className="py-1.5 pr-3">{names.person(agent)}</td>
              <td className="py-1.5 text-right">{reasonOf(reason)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
