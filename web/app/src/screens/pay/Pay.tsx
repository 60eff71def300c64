// Pay: the rules, and the periods with how far each is.

import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import {
  type PayPeriod,
  type PayRule,
  useEndPayRule,
  useOpenPayPeriod,
  usePayPeriods,
  usePayRules,
} from '../../api/pay';
import { serverNow } from '../../live/clock';
import { Button } from '../../ui/Button';
import { classes } from '../../ui/classes';
import { Confirm } from '../../ui/Dialog';
import { Form, FormProblem, TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { useSay } from '../../ui/Notice';
import { Empty, Failed, Head, Panel, Waiting } from '../../ui/Panel';
import { useTell } from '../../ui/tell';
import { draftOf, emptyDraft, monthBefore, type RuleDraft } from './draft';
import { RuleForm } from './RuleForm';

/** Which rule is being written: a new one, or another version of one. */
interface Writing {
  id: number | null;
  draft: RuleDraft;
}

export function Pay() {
  const t = useTranslations('pay');
  const [writing, setWriting] = useState<Writing | null>(null);
  const close = () => setWriting(null);
  return (
    <>
      <Head title={t('title')} lead={t('lead')} />
      {writing ? (
        <RuleForm key={writing.id} id={writing.id} initial={writing.draft} onClose={close} />
      ) : (
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Rules onWrite={setWriting} />
          <Periods />
        </div>
      )}
    </>
  );
}

function Rules({ onWrite }: { onWrite: (writing: Writing) => void }) {
  const t = useTranslations('pay');
  const rules = usePayRules();
  const { from } = monthBefore(serverNow());
  const add = (
    <Button onPress={() => onWrite({ id: null, draft: emptyDraft(from) })}>
      <Icon name="plus" className="size-4" />
      {t('add_rule')}
    </Button>
  );
  return (
    <Panel title={t('rules')}>
      <p className="mb-3 text-sm text-muted">{t('rules_hint')}</p>
      {rules.isPending && <Waiting />}
      {rules.isError && <Failed problem={rules.error} retry={() => rules.refetch()} />}
      {rules.data?.rules.length === 0 && (
        <Empty icon="pay" action={add}>
          {t('no_rules')}
        </Empty>
      )}
      <ul className="divide-y divide-line">
        {rules.data?.rules.map((rule) => (
          <RuleLine key={rule.id} rule={rule} onWrite={onWrite} />
        ))}
      </ul>
      {rules.data && rules.data.rules.length > 0 && <div className="mt-4">{add}</div>}
    </Panel>
  );
}

function RuleLine({ rule, onWrite }: { rule: PayRule; onWrite: (writing: Writing) => void }) {
  const t = useTranslations('pay');
  const say = useSay();
  const tell = useTell();
  const end = useEndPayRule();
  const { name, id, ended_from } = rule;
  const newest = rule.versions[0];
  if (!newest) return null;
  const { from } = monthBefore(serverNow());
  const today = new Date(serverNow()).toISOString().slice(0, 10);
  const write = () => onWrite({ id, draft: draftOf(name, from, newest.rule) });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium break-words">{name}</p>
        <p className="figures text-sm text-muted">
          {ended_from === null
            ? t('version_from', { version: newest.version, day: newest.valid_from })
            : t('ended_from', { day: ended_from })}
        </p>
        <p className="text-sm break-words text-muted">{t('written_by', { who: newest.who })}</p>
      </div>
      <Button size="small" aria-label={t('edit_rule', { name })} onPress={write}>
        {t('edit')}
      </Button>
      {ended_from === null && (
        <Confirm
          trigger={
            <Button size="small" look="bad" aria-label={t('end_rule', { name })}>
              {t('end')}
            </Button>
          }
          title={t('end_rule', { name })}
          action={t('end')}
          onConfirm={() =>
            tell(end.mutateAsync({ id, ended_from: today }), () => say(t('ended', { name })))
          }
        >
          {t('end_text', { day: today })}
        </Confirm>
      )}
    </li>
  );
}

function Periods() {
  const t = useTranslations('pay');
  const periods = usePayPeriods();
  const [adding, setAdding] = useState(false);
  const add = (
    <Button onPress={() => setAdding(true)}>
      <Icon name="plus" className="size-4" />
      {t('open_period')}
    </Button>
  );
  return (
    <Panel title={t('periods')}>
      <p className="mb-3 text-sm text-muted">{t('periods_hint')}</p>
      {periods.isPending && <Waiting />}
      {periods.isError && <Failed problem={periods.error} retry={() => periods.refetch()} />}
      {periods.data?.length === 0 && !adding && (
        <Empty icon="calendar" action={add}>
          {t('no_periods')}
        </Empty>
      )}
      <ul className="divide-y divide-line">
        {periods.data?.map((period) => (
          <li key={period.id} className="flex flex-wrap items-center gap-3 py-2.5">
            <Link
              to="/pay/$id"
              params={{ id: String(period.id) }}
              className="figures min-w-0 flex-1 font-medium text-accent underline"
            >
              {t('period', { from: period.from, to: period.to })}
            </Link>
            <PeriodState state={period.state} />
          </li>
        ))}
      </ul>
      {adding && <OpenPeriod onClose={() => setAdding(false)} />}
      {!adding && periods.data && periods.data.length > 0 && <div className="mt-4">{add}</div>}
    </Panel>
  );
}

const STATES: Record<PayPeriod['state'], string> = {
  open: 'bg-sunken text-ink',
  reviewed: 'bg-warn-soft text-warn',
  closed: 'bg-good-soft text-good',
};

export function PeriodState({ state }: { state: PayPeriod['state'] }) {
  const t = useTranslations('pay.state');
  return (
    <span className={classes('rounded-md px-2 py-1 text-sm font-medium', STATES[state])}>
      {t(state)}
    </span>
  );
}

function OpenPeriod({ onClose }: { onClose: () => void }) {
  const t = useTranslations('pay');
  const page = useTranslations('page');
  const go = useNavigate();
  const open = useOpenPayPeriod();
  const month = monthBefore(serverNow());
  const send = (data: FormData) => {
    const day = (name: string) => String(data.get(name));
    open.mutate(
      { from: day('from'), to: day('to') },
      { onSuccess: ({ id }) => go({ to: '/pay/$id', params: { id: String(id) } }) },
    );
  };
  return (
    <Form problem={open.error} onSend={send} label={t('open_period')} className="mt-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="from"
          type="date"
          label={t('from')}
          defaultValue={month.from}
          isRequired
          autoFocus
        />
        <TextField name="to" type="date" label={t('to')} defaultValue={month.to} isRequired />
      </div>
      <FormProblem problem={open.error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="main" isPending={open.isPending}>
          {t('open_send')}
        </Button>
        <Button onPress={onClose}>{page('cancel')}</Button>
      </div>
    </Form>
  );
}
