// All terms of one place in one group: order, delay, calendar, own wrap-up, and a loan's end.

import { useTranslations } from 'use-intl';
import { useCalendars, useEndLoan, usePlace } from '../../api/plan';
import type { Group, Person } from '../../api/wire';
import { serverNow } from '../../live/clock';
import { Button } from '../../ui/Button';
import { Choice, Form, FormProblem, NumberField } from '../../ui/Field';
import { useTell } from '../../ui/tell';
import { useUndoable } from '../../ui/undo';
import { useLocale } from '../../words/language';
import { until } from '../../words/spans';
import { DELAY_MAX_S, loanOf, membershipOf, ORDER_MAX } from './order';

interface Props {
  person: Person;
  group: Group;
  onClose: () => void;
}

export function CellDetails(props: Props) {
  const member = membershipOf(props.person, props.group);
  const loan = loanOf(props.person, props.group);
  return (
    <div className="grid gap-4">
      {loan?.loan && <LoanEnd {...props} until_ms={loan.loan.until_ms} wholly={loan.loan.wholly} />}
      {member && <TermsForm {...props} />}
    </div>
  );
}

function TermsForm({ person, group, onClose }: Props) {
  const t = useTranslations('order');
  const calendars = useCalendars().data ?? [];
  const undoable = useUndoable();
  const place = usePlace();
  const member = membershipOf(person, group);
  if (!member) return null;
  const send = (data: FormData) => {
    const own = String(data.get('wrap_up_ms') ?? '');
    const order = Number(data.get('order'));
    place.mutate(
      {
        person: person.id,
        group: group.id,
        order,
        delay_ms: Number(data.get('delay_ms')) * 1000,
        calendar: Number(data.get('calendar')) || null,
        wrap_up_ms: own === '' ? null : Number(own) * 1000,
      },
      {
        onSuccess: () => {
          void undoable(t('in_force', { person: person.name, group: group.name, order }));
          onClose();
        },
      },
    );
  };
  return (
    <Form problem={place.error} onSend={send}>
      <div className="grid grid-cols-2 gap-3">
        <NumberField
          name="order"
          label={t('order')}
          defaultValue={member.order}
          minValue={1}
          maxValue={ORDER_MAX}
          isRequired
          autoFocus
        />
        <NumberField
          name="delay_ms"
          label={t('delay')}
          unit={t('seconds')}
          defaultValue={member.delay_ms / 1000}
          minValue={0}
          maxValue={DELAY_MAX_S}
          isRequired
        />
      </div>
      <Choice
        name="calendar"
        label={t('calendar')}
        initial={String(member.calendar ?? '')}
        options={[
          { value: '', label: t('always') },
          ...calendars.map((each) => ({ value: String(each.id), label: each.name })),
        ]}
      />
      <NumberField
        name="wrap_up_ms"
        label={t('own_wrap_up')}
        hint={t('own_wrap_up_hint', { seconds: Math.round(group.wrap_up_ms / 1000) })}
        unit={t('seconds')}
        {...(member.wrap_up_ms === null ? {} : { defaultValue: member.wrap_up_ms / 1000 })}
        minValue={0}
        maxValue={3600}
      />
      <FormProblem problem={place.error} />
      <Button type="submit" look="main" isPending={place.isPending}>
        {t('save')}
      </Button>
    </Form>
  );
}

function LoanEnd({
  person,
  group,
  until_ms,
  wholly,
  onClose,
}: Props & { until_ms: number; wholly: boolean }) {
  const t = useTranslations('loan');
  const locale = useLocale();
  const tell = useTell();
  const undoable = useUndoable();
  const end = useEndLoan();
  const time = until(until_ms, serverNow(), locale);
  return (
    <div className="grid gap-2 rounded-lg bg-warn-soft p-3 text-sm">
      <p>{t(wholly ? 'lent_wholly' : 'lent_beside', { group: group.name, time })}</p>
      <Button
        size="small"
        onPress={() =>
          tell(end.mutateAsync({ person: person.id, group: group.id }), () => {
            void undoable(t('ended', { person: person.name }));
            onClose();
          })
        }
      >
        {t('end')}
      </Button>
    </div>
  );
}
