// One person's statement: every line with what it rests on; printed it is one page.

import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import {
  type PayLine,
  type PaySheet,
  type StatementPage,
  useObject,
  usePaySheet,
  usePayStatement,
} from '../../api/pay';
import { useSession } from '../../api/queries';
import { Button } from '../../ui/Button';
import { FormDialog } from '../../ui/Dialog';
import { Form, FormProblem, TextField } from '../../ui/Field';
import { useSay } from '../../ui/Notice';
import { Failed, Head, Panel, Waiting, Wide } from '../../ui/Panel';
import { wholeMoment } from '../../words/figures';
import { useLocale } from '../../words/language';
import { Corrections, Disputes } from './Disputes';
import { sumOf } from './draft';
import { useAmounts, useLineWords } from './lines';

/** Calls that are listed before somebody asks for all of them. */
const CALLS_SHOWN = 60;

export function Statement() {
  const { id, person } = useParams({ from: '/shell/pay/$id/$person' });
  const page = usePayStatement(Number(id), Number(person));
  const sheet = usePaySheet(Number(id));
  if (page.isPending || sheet.isPending) return <Waiting />;
  if (page.isError) return <Failed problem={page.error} retry={() => page.refetch()} />;
  if (sheet.isError) return <Failed problem={sheet.error} retry={() => sheet.refetch()} />;
  return <Sheet page={page.data} sheet={sheet.data} />;
}

function Sheet({ page, sheet }: { page: StatementPage; sheet: PaySheet }) {
  const t = useTranslations('pay');
  const company = useSession().data?.company.name ?? '';
  const { statement, period, rule } = page;
  const { from, to } = period;
  const back = (
    <Link
      to="/pay/$id"
      params={{ id: String(period.id) }}
      className="text-accent underline print:hidden"
    >
      {t('period', { from, to })}
    </Link>
  );
  return (
    <article>
      <p className="mb-2 hidden text-sm print:block">{company}</p>
      <Head title={t('statement_of', { name: statement.name })} lead={back}>
        <Button className="print:hidden" onPress={() => window.print()}>
          {t('print')}
        </Button>
      </Head>
      <div className="grid gap-6">
        <Panel title={t('period', { from, to })}>
          {rule && (
            <p className="mb-3 text-sm text-muted">
              {t('by_rule', { name: rule.name, version: rule.version, day: rule.valid_from })}
            </p>
          )}
          <Lines page={page} sheet={sheet} />
          <Signatures sheet={sheet} />
        </Panel>
        <Disputes sheet={sheet} person={statement.person} />
        <Corrections sheet={sheet} person={statement.person} />
        <Calls calls={page.calls} />
      </div>
    </article>
  );
}

function Lines({ page, sheet }: { page: StatementPage; sheet: PaySheet }) {
  const t = useTranslations('pay');
  const amounts = useAmounts();
  const words = useLineWords();
  const [wrong, setWrong] = useState<PayLine | 'all' | null>(null);
  const { statement, period } = page;
  const closed = period.state === 'closed';
  const corrected = sheet.corrections
    .filter((each) => each.person === statement.person && each.state === 'signed')
    .map((each) => each.amount);
  return (
    <>
      <Wide label={t('lines')}>
        <table className="w-full text-sm">
          <thead className="text-left text-muted">
            <tr>
              <th className="py-2 pr-4 font-medium">{t('line')}</th>
              <th className="py-2 pr-4 font-medium">{t('how')}</th>
              <th className="py-2 text-right font-medium">{statement.currency}</th>
              {closed && (
                <th className="print:hidden">
                  <span className="sr-only">{t('wrong')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {statement.lines.map((line) => (
              <tr key={line.place} className="align-top">
                <th scope="row" className="py-2 pr-4 text-left font-medium">
                  {words.name(line)}
                </th>
                <td className="py-2 pr-4 text-muted">{words.formula(line)}</td>
                <td className="figures py-2 text-right">{amounts.money(line.amount)}</td>
                {closed && (
                  <td className="py-1 pl-4 text-right print:hidden">
                    <Button
                      size="small"
                      aria-label={t('wrong_line', { line: words.name(line) })}
                      onPress={() => setWrong(line)}
                    >
                      {t('wrong')}
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className="border-t-2 border-line font-semibold">
              <th scope="row" className="py-2 pr-4 text-left">
                {t('total')}
              </th>
              <td className="py-2 pr-4 text-sm font-normal text-muted">{t('rounded_once')}</td>
              <td className="figures py-2 text-right whitespace-nowrap">
                {amounts.paid(statement.total, statement.currency)}
              </td>
              {closed && (
                <td className="py-1 pl-4 text-right print:hidden">
                  <Button
                    size="small"
                    aria-label={t('wrong_line', { line: t('total') })}
                    onPress={() => setWrong('all')}
                  >
                    {t('wrong')}
                  </Button>
                </td>
              )}
            </tr>
            {corrected.length > 0 && (
              <tr className="border-t border-line font-semibold">
                <th scope="row" className="py-2 pr-4 text-left">
                  {t('with_corrections')}
                </th>
                <td className="py-2 pr-4 text-sm font-normal text-muted">
                  {corrected.map((each) => amounts.signed(each, statement.currency)).join(', ')}
                </td>
                <td className="figures py-2 text-right whitespace-nowrap">
                  {amounts.paid(sumOf([statement.total, ...corrected]), statement.currency)}
                </td>
                {closed && <td className="print:hidden" />}
              </tr>
            )}
          </tfoot>
        </table>
      </Wide>
      <FormDialog
        title={t('wrong_line', {
          line: wrong === null || wrong === 'all' ? t('total') : words.name(wrong),
        })}
        isOpen={wrong !== null}
        onClose={() => setWrong(null)}
      >
        {wrong !== null && (
          <Wrong
            period={period.id}
            person={statement.person}
            line={wrong === 'all' ? '' : wrong.place}
            onClose={() => setWrong(null)}
          />
        )}
      </FormDialog>
    </>
  );
}

/** The objection, in words. People do not log in yet: whoever does writes it down for them. */
function Wrong({
  period,
  person,
  line,
  onClose,
}: {
  period: number;
  person: number;
  line: string;
  onClose: () => void;
}) {
  const t = useTranslations('pay');
  const page = useTranslations('page');
  const say = useSay();
  const object = useObject();
  const send = (data: FormData) =>
    object.mutate(
      { period, person, line, words: String(data.get('words')) },
      {
        onSuccess: () => {
          say(t('objected'));
          onClose();
        },
      },
    );
  return (
    <Form problem={object.error} onSend={send}>
      <TextField name="words" label={t('words')} hint={t('words_hint')} isRequired autoFocus />
      <FormProblem problem={object.error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="main" isPending={object.isPending}>
          {t('object')}
        </Button>
        <Button onPress={onClose}>{page('cancel')}</Button>
      </div>
    </Form>
  );
}

/** Who answers for it, and by which hash it can be found again. */
function Signatures({ sheet: { period, signed, entry } }: { sheet: PaySheet }) {
  const t = useTranslations('pay');
  const locale = useLocale();
  const { reviewed } = period;
  if (!reviewed || !signed || !entry) {
    return <p className="mt-3 text-sm text-muted">{t('not_final')}</p>;
  }
  return (
    <div className="mt-4 grid gap-1 text-sm text-muted">
      <p>{t('reviewed_by', { name: reviewed.name, at: wholeMoment(reviewed.at_ms, locale) })}</p>
      <p>{t('closed_by', { name: signed.name, at: wholeMoment(signed.at_ms, locale) })}</p>
      <p>
        {t('entry', { number: entry.number })}{' '}
        <code className="figures text-xs break-all">{entry.hash}</code>
      </p>
    </div>
  );
}

function Calls({ calls }: { calls: number[] }) {
  const t = useTranslations('pay');
  const [all, setAll] = useState(false);
  const shown = all ? calls : calls.slice(0, CALLS_SHOWN);
  return (
    <Panel title={t('answered_calls', { count: calls.length })} className="print:hidden">
      {calls.length === 0 && <p className="text-muted">{t('no_calls')}</p>}
      <ul className="figures flex flex-wrap gap-x-3 gap-y-1 text-sm">
        {shown.map((call) => (
          <li key={call}>
            <Link
              to="/calls/$id"
              params={{ id: String(call) }}
              className="inline-block min-h-6 text-accent underline"
            >
              {call}
            </Link>
          </li>
        ))}
      </ul>
      {shown.length < calls.length && (
        <Button size="small" className="mt-3" onPress={() => setAll(true)}>
          {t('all_calls')}
        </Button>
      )}
    </Panel>
  );
}
