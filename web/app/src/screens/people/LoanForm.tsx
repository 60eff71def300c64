// Lends people to a group for a time: they return by themselves.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLend } from '../../api/plan';
import type { Group, Person } from '../../api/wire';
import { serverNow } from '../../live/clock';
import { Button } from '../../ui/Button';
import { Choice, Form, FormProblem, NumberField } from '../../ui/Field';
import { useUndoable } from '../../ui/undo';
import { useLocale } from '../../words/language';
import { until } from '../../words/spans';
import { groupOptions } from './Bulk';
import { DELAY_MAX_S, ORDER_MAX } from './order';
import { UntilField, untilOf } from './UntilField';

export function LoanForm({
  people,
  groups,
  onDone,
}: {
  people: Person[];
  groups: Group[];
  onDone: () => void;
}) {
  const t = useTranslations('loan');
  const order = useTranslations('order');
  const locale = useLocale();
  const undoable = useUndoable();
  const lend = useLend();
  const [wholly, setWholly] = useState<'wholly' | 'beside'>('wholly');
  const send = (data: FormData) => {
    const until_ms = untilOf(data, serverNow());
    const group = groups.find((each) => each.id === Number(data.get('group')));
    if (until_ms == null || !group) return;
    const loan = {
      people: people.map((each) => each.id),
      group: group.id,
      order: Number(data.get('order')),
      delay_ms: Number(data.get('delay_ms')) * 1000,
      until_ms,
      wholly: wholly === 'wholly',
    };
    const time = until(until_ms, serverNow(), locale);
    lend.mutate(loan, {
      onSuccess: () => {
        void undoable(t('done', { count: people.length, group: group.name, time }));
        onDone();
      },
    });
  };
  return (
    <Form problem={lend.error} onSend={send}>
      <p className="text-sm text-muted">{people.map((each) => each.name).join(', ')}</p>
      <Choice name="group" label={t('group')} options={groupOptions(groups)} />
      <UntilField label={t('until')} />
      <Choice
        name="wholly"
        label={t('how')}
        hint={t(`${wholly}_hint`)}
        value={wholly}
        onChange={setWholly}
        options={[
          { value: 'wholly', label: t('wholly') },
          { value: 'beside', label: t('beside') },
        ]}
      />
      <div className="grid grid-cols-2 gap-4">
        <NumberField
          name="order"
          label={order('order')}
          defaultValue={1}
          minValue={1}
          maxValue={ORDER_MAX}
          isRequired
        />
        <NumberField
          name="delay_ms"
          label={order('delay')}
          unit={order('seconds')}
          defaultValue={0}
          minValue={0}
          maxValue={DELAY_MAX_S}
          isRequired
        />
      </div>
      <FormProblem problem={lend.error} />
      <Button type="submit" look="main" isPending={lend.isPending}>
        {t('send')}
      </Button>
    </Form>
  );
}
