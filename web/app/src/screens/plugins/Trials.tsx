// Policies on trial: how they do beside what decides, and what becomes of them.

import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useNames } from '../../api/names';
import {
  type TrialAtWork,
  type TrialDifference,
  useForgive,
  usePlugins,
  usePromoteTrial,
  useStopTrial,
} from '../../api/plugins';
import { serverNow } from '../../live/clock';
import { useLivePart } from '../../live/stream';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { useSay } from '../../ui/Notice';
import { Panel } from '../../ui/Panel';
import { useTell } from '../../ui/tell';
import { useUndoable } from '../../ui/undo';
import { moment, percent } from '../../words/figures';
import { useLocale } from '../../words/language';
import { HoursChart } from './HoursChart';
import { Where } from './Where';

export function Trials() {
  const t = useTranslations('trials');
  const live = useLivePart((each) => each.board?.trials);
  const listed = usePlugins().data?.trials;
  const trials = live ?? listed ?? [];
  if (trials.length === 0) return null;
  return (
    <Panel title={t('title')}>
      <p className="text-sm text-muted">{t('hint')}</p>
      <ul className="divide-y divide-line">
        {trials.map((trial) => (
          <Trial key={trial.group} trial={trial} />
        ))}
      </ul>
    </Panel>
  );
}

function Trial({ trial }: { trial: TrialAtWork }) {
  const t = useTranslations('trials');
  const locale = useLocale();
  const group = useNames().group(trial.group);
  const { label, stage, share, total } = trial;
  const of = stage === 'shadow' ? total.same + total.different : total.asked + total.left;
  const part = stage === 'shadow' ? total.different : total.asked;
  const figures = { part: percent(of === 0 ? null : part / of, locale), of, failed: total.failed };
  return (
    <li className="grid gap-3 py-4">
      <div>
        <h3 className="font-medium break-words">
          <Link to="/groups/$id" params={{ id: String(trial.group) }} className="rounded underline">
            {group}
          </Link>
          {': '}
          {label}
        </h3>
        <p className="text-sm text-muted">
          {stage === 'shadow' ? t('is_shadow') : t('is_share', { share: share ?? 0 })}{' '}
          {t(`sum.${stage}`, figures)}
        </p>
      </div>
      <Trouble trial={trial} group={group} />
      {trial.hours.length > 0 && (
        <HoursChart trial={trial} label={t(`chart.${stage}`, { label, group })} />
      )}
      {trial.differences.length > 0 && <Differences differences={trial.differences} />}
      <Ends trial={trial} group={group} />
    </li>
  );
}

function Trouble({ trial, group }: { trial: TrialAtWork; group: string }) {
  const t = useTranslations('trials');
  const words = useTranslations('plugins');
  const locale = useLocale();
  const say = useSay();
  const tell = useTell();
  const forgive = useForgive();
  const { label, state, last_failure, why } = trial;
  if (state === 'active' && !last_failure) return null;
  return (
    <div className="grid justify-items-start gap-1 text-sm">
      {state !== 'active' && (
        <p className="flex items-start gap-2 font-medium text-warn">
          <Icon name="warning" className="mt-0.5 size-4" />
          <span>{t('alone')}</span>
        </p>
      )}
      <p className="break-words">
        {state !== 'active' && words(`trouble.${state}`)}{' '}
        {last_failure && (
          <>
            {words('last_failure', { time: moment(last_failure.at_ms, serverNow(), locale) })}{' '}
            <span lang="en">{last_failure.words}.</span>
          </>
        )}
        {why && <span lang="en">{why}.</span>}
      </p>
      <Where failure={last_failure} />
      {(state === 'failed_in_a_row' || state === 'failed_too_often') && (
        <Button
          size="small"
          isPending={forgive.isPending}
          onPress={() =>
            void tell(forgive.mutateAsync(trial.group), () =>
              say(words('forgiven', { label, group })),
            )
          }
        >
          {words('forgive')}
        </Button>
      )}
    </div>
  );
}

function Differences({ differences }: { differences: TrialDifference[] }) {
  const t = useTranslations('trials');
  const locale = useLocale();
  const names = useNames();
  const chose = (agent: number | null) => (agent === null ? t('wait') : names.person(agent));
  return (
    <details open={differences.length <= 5}>
      <summary className="inline-flex min-h-6 cursor-pointer items-center text-sm font-medium">
        {t('differences', { count: differences.length })}
      </summary>
      <ul className="mt-1 grid gap-1.5 text-sm">
        {differences.map((each) => {
          const time = moment(each.at_ms, serverNow(), locale);
          const { decided, instead } = each;
          return (
            <li key={`${each.call} ${each.at_ms}`} className="break-words">
              <Link
                to="/calls/$id"
                params={{ id: String(each.call) }}
                aria-label={t('call_at', { time })}
                className="figures inline-flex min-h-6 items-center rounded font-medium text-accent hover:underline"
              >
                {time}
              </Link>{' '}
              {t('instead', { decided: chose(decided), instead: chose(instead) })}
              {each.reason && <span className="text-muted"> “{each.reason}”</span>}
            </li>
          );
        })}
      </ul>
    </details>
  );
}

/** Both ends of a trial are one click, and one click back. */
function Ends({ trial, group }: { trial: TrialAtWork; group: string }) {
  const t = useTranslations('trials');
  const tell = useTell();
  const undoable = useUndoable();
  const promote = usePromoteTrial();
  const stop = useStopTrial();
  const { label } = trial;
  return (
    <div className="flex flex-wrap gap-2">
      {trial.state !== 'missing' && (
        <Button
          size="small"
          look="main"
          aria-label={t('promote_of', { label, group })}
          isPending={promote.isPending}
          onPress={() =>
            void tell(promote.mutateAsync(trial.group), () =>
              undoable(t('promoted', { label, group })),
            )
          }
        >
          {t('promote')}
        </Button>
      )}
      <Button
        size="small"
        aria-label={t('stop_of', { label, group })}
        isPending={stop.isPending}
        onPress={() =>
          void tell(stop.mutateAsync(trial.group), () => undoable(t('stopped', { label, group })))
        }
      >
        {t('stop')}
      </Button>
    </div>
  );
}
