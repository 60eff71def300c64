// Objections with their answers, and corrections on their way into the chain.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import {
  type PayCorrection,
  type PayDispute,
  type PaySheet,
  useAnswer,
  useCorrectionStep,
  useProposeCorrection,
} from '../../api/pay';
import { useSession } from '../../api/queries';
import { Button } from '../../ui/Button';
import { Choice, Form, FormProblem, TextField } from '../../ui/Field';
import { useSay } from '../../ui/Notice';
import { Panel } from '../../ui/Panel';
import { useTell } from '../../ui/tell';
import { wholeMoment } from '../../words/figures';
import { useLocale } from '../../words/language';
import { shifted } from './draft';
import { useAmounts, useLineWords } from './lines';

/** What a line is called on somebody's statement, and whose it is. */
function useWhere(sheet: PaySheet) {
  const t = useTranslations('pay');
  const words = useLineWords();
  return ({ person, line }: { person: number; line: string }): string => {
    const statement = sheet.statements.find((each) => each.person === person);
    const found = statement?.lines.find((each) => each.place === line);
    return t('where', {
      name: statement?.name ?? '',
      line: found ? words.name(found) : t('total'),
    });
  };
}

export function Disputes({ sheet, person }: { sheet: PaySheet; person: number | null }) {
  const t = useTranslations('pay');
  const rows = sheet.disputes.filter((row) => person === null || row.person === person);
  if (sheet.period.state !== 'closed') return null;
  return (
    <Panel title={t('disputes')} {...(rows.length === 0 ? { className: 'print:hidden' } : {})}>
      {rows.length === 0 && <p className="text-muted">{t('no_disputes')}</p>}
      <ul className="divide-y divide-line">
        {rows.map((row) => (
          <Dispute key={row.id} dispute={row} sheet={sheet} />
        ))}
      </ul>
    </Panel>
  );
}

function Dispute({ dispute, sheet }: { dispute: PayDispute; sheet: PaySheet }) {
  const t = useTranslations('pay');
  const locale = useLocale();
  const where = useWhere(sheet);
  const [answering, setAnswering] = useState(false);
  const { answer } = dispute;
  return (
    <li className="grid gap-1 py-3">
      <p className="font-medium">{where(dispute)}</p>
      <p className="break-words whitespace-pre-line">{dispute.words}</p>
      <p className="text-sm text-muted">
        {t('said_by', { name: dispute.who, at: wholeMoment(dispute.at_ms, locale) })}
      </p>
      {answer && (
        <div className="mt-1 border-l-2 border-line pl-3">
          <p className="text-sm font-medium">{t(`answered.${dispute.state}`)}</p>
          <p className="break-words whitespace-pre-line">{answer.words}</p>
          <p className="text-sm text-muted">
            {t('said_by', { name: answer.who, at: wholeMoment(answer.at_ms, locale) })}
          </p>
        </div>
      )}
      {!answer && !answering && (
        <div className="print:hidden">
          <Button
            size="small"
            aria-label={t('answer_to', { where: where(dispute) })}
            onPress={() => setAnswering(true)}
          >
            {t('answer')}
          </Button>
        </div>
      )}
      {!answer && answering && <Answer id={dispute.id} onClose={() => setAnswering(false)} />}
    </li>
  );
}

function Answer({ id, onClose }: { id: number; onClose: () => void }) {
  const t = useTranslations('pay');
  const page = useTranslations('page');
  const say = useSay();
  const answer = useAnswer();
  const [verdict, setVerdict] = useState<'accepted' | 'declined'>('accepted');
  const send = async (data: FormData) => {
    const amount = verdict === 'accepted' ? shifted(String(data.get('amount')), 0) : null;
    const words = String(data.get('words'));
    // The answer takes this form away: what follows must not depend on it. A failure is shown in it.
    const answered = await answer.mutateAsync({ id, words, amount }).catch(() => null);
    if (!answered) return;
    say(t(`answered.${verdict}`));
    onClose();
  };
  return (
    <Form problem={answer.error} onSend={send} label={t('answer')} className="mt-2">
      <Choice
        label={t('verdict')}
        className="max-w-sm"
        options={(['accepted', 'declined'] as const).map((value) => ({
          value,
          label: t(`verdicts.${value}`),
        }))}
        value={verdict}
        onChange={setVerdict}
      />
      {verdict === 'accepted' && (
        <TextField
          name="amount"
          label={t('amount')}
          hint={t('amount_hint')}
          inputMode="decimal"
          className="max-w-sm"
          isRequired
        />
      )}
      <TextField name="words" label={t('reason')} isRequired />
      <FormProblem problem={answer.error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="main" isPending={answer.isPending}>
          {t('answer_send')}
        </Button>
        <Button onPress={onClose}>{page('cancel')}</Button>
      </div>
    </Form>
  );
}

export function Corrections({ sheet, person }: { sheet: PaySheet; person: number | null }) {
  const t = useTranslations('pay');
  const rows = sheet.corrections.filter((row) => person === null || row.person === person);
  const [proposing, setProposing] = useState(false);
  const mayPropose = person !== null && sheet.period.state === 'closed';
  if (rows.length === 0 && !mayPropose) return null;
  return (
    <Panel title={t('corrections')} {...(rows.length === 0 ? { className: 'print:hidden' } : {})}>
      <p className="mb-2 text-sm text-muted print:hidden">{t('corrections_hint')}</p>
      <ul className="divide-y divide-line">
        {rows.map((row) => (
          <Correction key={row.id} correction={row} sheet={sheet} />
        ))}
      </ul>
      {mayPropose && proposing && (
        <Propose period={sheet.period.id} person={person} onClose={() => setProposing(false)} />
      )}
      {mayPropose && !proposing && (
        <Button size="small" className="mt-2 print:hidden" onPress={() => setProposing(true)}>
          {t('propose')}
        </Button>
      )}
    </Panel>
  );
}

/** A mistake that nobody had to object to. */
function Propose({
  period,
  person,
  onClose,
}: {
  period: number;
  person: number;
  onClose: () => void;
}) {
  const t = useTranslations('pay');
  const page = useTranslations('page');
  const say = useSay();
  const propose = useProposeCorrection();
  const send = (data: FormData) =>
    propose.mutate(
      {
        period,
        person,
        line: '',
        amount: shifted(String(data.get('amount')), 0),
        reason: String(data.get('reason')),
      },
      {
        onSuccess: () => {
          say(t('proposed'));
          onClose();
        },
      },
    );
  return (
    <Form problem={propose.error} onSend={send} label={t('propose')} className="mt-2">
      <TextField
        name="amount"
        label={t('amount')}
        hint={t('amount_hint')}
        inputMode="decimal"
        className="max-w-sm"
        isRequired
        autoFocus
      />
      <TextField name="reason" label={t('reason')} isRequired />
      <FormProblem problem={propose.error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="main" isPending={propose.isPending}>
          {t('propose_send')}
        </Button>
        <Button onPress={onClose}>{page('cancel')}</Button>
      </div>
    </Form>
  );
}

function Correction({ correction, sheet }: { correction: PayCorrection; sheet: PaySheet }) {
  const t = useTranslations('pay');
  const say = useSay();
  const tell = useTell();
  const amounts = useAmounts();
  const where = useWhere(sheet);
  const step = useCorrectionStep();
  const me = useSession().data?.account.id;
  const { id, amount, reason, author, state, signer, entry } = correction;
  const currency = sheet.statements.find((it) => it.person === correction.person)?.currency ?? '';
  const take = (next: 'sign' | 'withdraw') =>
    tell(step.mutateAsync({ id, step: next }), () => say(t(`done.${next}`)));
  return (
    <li className="grid gap-1 py-3">
      <p className="flex flex-wrap justify-between gap-x-4 font-medium">
        <span>{where(correction)}</span>
        <span className="figures">{amounts.signed(amount, currency)}</span>
      </p>
      <p className="break-words whitespace-pre-line">{reason}</p>
      <p className="text-sm text-muted">
        {state === 'signed'
          ? t('correction_signed', { author: author.name, signer: signer ?? '', entry: entry ?? 0 })
          : t(`correction.${state}`, { author: author.name })}
      </p>
      {state === 'proposed' && (
        <div className="flex flex-wrap items-center gap-2 print:hidden">
          {author.account === me ? (
            <p className="text-sm font-medium text-warn">{t('you_proposed')}</p>
          ) : (
            <Button size="small" look="main" onPress={() => take('sign')}>
              {t('sign_correction')}
            </Button>
          )}
          <Button size="small" onPress={() => take('withdraw')}>
            {t('withdraw')}
          </Button>
        </div>
      )}
    </li>
  );
}
