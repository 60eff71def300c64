// What a draft would have paid over days that are over: old against new, person by person.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { type PayPreviewRow, usePayPreview } from '../../api/pay';
import { serverNow } from '../../live/clock';
import { Button } from '../../ui/Button';
import { Form, FormProblem, TextField } from '../../ui/Field';
import { Panel, Wide } from '../../ui/Panel';
import { monthBefore, type RuleDraft, ruleOf } from './draft';
import { useAmounts, useLineWords } from './lines';

export function Preview({ draft, id }: { draft: RuleDraft; id: number | null }) {
  const t = useTranslations('pay');
  const [days, setDays] = useState(() => monthBefore(serverNow()));
  const preview = usePayPreview();
  const ask = () => preview.mutate({ ...days, rule: ruleOf(draft), instead_of: id });
  const problem = preview.error;
  return (
    <Panel title={t('preview')}>
      <p className="mb-3 text-sm text-muted">{t('preview_hint')}</p>
      <Form problem={problem} onSend={ask} label={t('preview')}>
        <div className="flex flex-wrap items-end gap-4">
          <TextField
            name="from"
            type="date"
            label={t('from')}
            value={days.from}
            onChange={(from) => setDays({ ...days, from })}
          />
          <TextField
            name="to"
            type="date"
            label={t('to')}
            value={days.to}
            onChange={(to) => setDays({ ...days, to })}
          />
          <Button type="submit" isPending={preview.isPending}>
            {t('preview_send')}
          </Button>
        </div>
        <Wrong problem={problem} />
        <FormProblem problem={problem} />
      </Form>
      {preview.data && <Rows people={preview.data.people} />}
    </Panel>
  );
}

/** The rule's own fields stand above, in another form: here it is only said that they are wrong. */
function Wrong({ problem }: { problem: unknown }) {
  const t = useTranslations('pay');
  const errors = (problem as { errors?: { pointer: string }[] } | null)?.errors ?? [];
  if (!errors.some(({ pointer }) => pointer.startsWith('/rule'))) return null;
  return (
    <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-sm font-medium text-bad">
      {t('preview_wrong')}
    </p>
  );
}

function Rows({ people }: { people: PayPreviewRow[] }) {
  const t = useTranslations('pay');
  const amounts = useAmounts();
  const words = useLineWords();
  if (people.length === 0) return <p className="mt-4 text-muted">{t('preview_nobody')}</p>;
  return (
    <div className="mt-4">
      <Wide label={t('preview_result')}>
        <table className="w-full text-sm">
          <thead className="text-left text-muted">
            <tr>
              <th className="py-2 pr-4 font-medium">{t('person')}</th>
              <th className="py-2 pr-4 text-right font-medium">{t('old')}</th>
              <th className="py-2 pr-4 text-right font-medium">{t('new')}</th>
              <th className="py-2 font-medium">{t('how')}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {people.map((row) => (
              <tr key={row.person} className="align-top">
                <th scope="row" className="py-2 pr-4 text-left font-medium">
                  {row.name}
                </th>
                {[row.old, row.new].map((statement, place) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: old, then new
                    key={place}
                    className="figures py-2 pr-4 text-right whitespace-nowrap"
                  >
                    {statement ? amounts.paid(statement.total, statement.currency) : '—'}
                  </td>
                ))}
                <td className="py-2">
                  <ul>
                    {row.new?.lines.map((line) => (
                      <li key={line.place}>
                        {words.name(line)}: {words.formula(line)} = {amounts.money(line.amount)}
                      </li>
                    ))}
                  </ul>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </div>
  );
}
