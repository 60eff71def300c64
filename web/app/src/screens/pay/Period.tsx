// One period: how far it is, who signs next, and everybody's statement.

import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import {
  exportHref,
  type PaySheet,
  type PayStep,
  useLogins,
  usePaySheet,
  usePayStep,
  useRemovePayPeriod,
} from '../../api/pay';
import { useSession } from '../../api/queries';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { useSay } from '../../ui/Notice';
import { Empty, Failed, Head, Panel, Waiting, Wide } from '../../ui/Panel';
import { useTell } from '../../ui/tell';
import { wholeMoment } from '../../words/figures';
import { useLocale } from '../../words/language';
import { Corrections, Disputes } from './Disputes';
import { Flags } from './Flags';
import { useAmounts } from './lines';
import { PeriodState } from './Pay';

export function Period() {
  const t = useTranslations('pay');
  const { id } = useParams({ from: '/shell/pay/$id' });
  const sheet = usePaySheet(Number(id));
  if (sheet.isPending) return <Waiting />;
  if (sheet.isError) return <Failed problem={sheet.error} retry={() => sheet.refetch()} />;
  const { from, to, state } = sheet.data.period;
  const back = (
    <Link to="/pay" className="text-accent underline">
      {t('back')}
    </Link>
  );
  return (
    <>
      <Head title={t('period', { from, to })} lead={back}>
        <PeriodState state={state} />
      </Head>
      <div className="grid gap-6">
        <Signing sheet={sheet.data} />
        <Statements sheet={sheet.data} />
        <Flags period={sheet.data.period.id} />
        <Disputes sheet={sheet.data} person={null} />
        <Corrections sheet={sheet.data} person={null} />
      </div>
    </>
  );
}

function Signing({ sheet }: { sheet: PaySheet }) {
  const t = useTranslations('pay');
  const locale = useLocale();
  const { period, signed, entry } = sheet;
  const { state, reviewed } = period;
  return (
    <Panel title={t('signing')}>
      <p className="text-muted">{t(`next.${state}`)}</p>
      <ol className="my-3 grid gap-1">
        {reviewed && (
          <li>
            {t('reviewed_by', { name: reviewed.name, at: wholeMoment(reviewed.at_ms, locale) })}
          </li>
        )}
        {signed && (
          <li>{t('closed_by', { name: signed.name, at: wholeMoment(signed.at_ms, locale) })}</li>
        )}
      </ol>
      {entry && (
        <p className="text-sm text-muted">
          {t('entry', { number: entry.number })}{' '}
          <code className="figures break-all">{entry.hash}</code>
        </p>
      )}
      {state === 'closed' ? (
        <a
          href={exportHref(period.id)}
          download
          className="mt-3 inline-block font-medium text-accent underline"
        >
          {t('export')}
        </a>
      ) : (
        <Steps sheet={sheet} />
      )}
    </Panel>
  );
}

/** What can be done next, by whoever is logged in. */
function Steps({ sheet: { period } }: { sheet: PaySheet }) {
  const t = useTranslations('pay');
  const go = useNavigate();
  const say = useSay();
  const tell = useTell();
  const step = usePayStep();
  const remove = useRemovePayPeriod();
  const me = useSession().data?.account.id;
  const logins = useLogins().data ?? [];
  const { id, state, reviewed } = period;
  const take = (next: PayStep) =>
    tell(step.mutateAsync({ id, step: next }), () => say(t(`done.${next}`)));
  if (state === 'open') {
    return (
      <div className="flex flex-wrap gap-2">
        <Button look="main" isPending={step.isPending} onPress={() => take('review')}>
          {t('step.review')}
        </Button>
        <Confirm
          trigger={<Button look="bad">{t('remove_period')}</Button>}
          title={t('remove_period')}
          action={t('remove_period')}
          onConfirm={() =>
            tell(remove.mutateAsync(id), () => {
              say(t('period_removed'));
              void go({ to: '/pay' });
            })
          }
        >
          {t('remove_period_text')}
        </Confirm>
      </div>
    );
  }
  const mine = reviewed !== null && reviewed.account === me;
  const others = logins.filter((login) => login.id !== reviewed?.account);
  return (
    <div className="grid gap-3">
      {mine && (
        <p className="rounded-lg bg-warn-soft px-3 py-2 text-sm font-medium text-warn">
          {t('you_reviewed')}{' '}
          {others.length > 0
            ? t('others_sign', { names: others.map(({ name }) => name).join(', ') })
            : t('nobody_else')}
        </p>
      )}
      {mine && others.length === 0 && (
        <Link to="/settings" className="font-medium text-accent underline">
          {t('to_settings')}
        </Link>
      )}
      <div className="flex flex-wrap gap-2">
        {!mine && (
          <Confirm
            trigger={
              <Button look="main" isPending={step.isPending}>
                {t('step.close')}
              </Button>
            }
            title={t('close_title')}
            action={t('step.close')}
            onConfirm={() => take('close')}
          >
            {t('close_text')}
          </Confirm>
        )}
        <Button onPress={() => take('reopen')}>{t('step.reopen')}</Button>
      </div>
    </div>
  );
}

function Statements({ sheet }: { sheet: PaySheet }) {
  const t = useTranslations('pay');
  const amounts = useAmounts();
  const { period, statements } = sheet;
  if (statements.length === 0) {
    return (
      <Panel title={t('statements')}>
        <Empty icon="people">{t('no_statements')}</Empty>
      </Panel>
    );
  }
  return (
    <Panel title={t('statements')}>
      {period.state !== 'closed' && <p className="mb-2 text-sm text-muted">{t('not_final')}</p>}
      <Wide label={t('statements')}>
        <table className="w-full text-sm">
          <thead className="text-left text-muted">
            <tr>
              <th className="py-2 pr-4 font-medium">{t('person')}</th>
              <th className="py-2 pr-4 text-right font-medium">{t('hours')}</th>
              <th className="py-2 pr-4 text-right font-medium">{t('calls')}</th>
              <th className="py-2 text-right font-medium">{t('total')}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {statements.map((row) => (
              <tr key={row.person}>
                <th scope="row" className="py-2 pr-4 text-left font-medium">
                  <Link
                    to="/pay/$id/$person"
                    params={{ id: String(period.id), person: String(row.person) }}
                    className="text-accent underline"
                  >
                    {row.name}
                  </Link>
                </th>
                <td className="figures py-2 pr-4 text-right">
                  {row.worked_ms === null
                    ? '—'
                    : amounts.plain((row.worked_ms / 3_600_000).toFixed(2))}
                </td>
                <td className="figures py-2 pr-4 text-right">{row.answered}</td>
                <td className="figures py-2 text-right whitespace-nowrap">
                  {amounts.paid(row.total, row.currency)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </Panel>
  );
}
