// What is done with several people at once: into a group, lent for a time, out of a group, given a
// skill.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { type Place, type Places, usePlaces } from '../../api/plan';
import type { Group, Person } from '../../api/wire';
import { Button } from '../../ui/Button';
import { FormDialog } from '../../ui/Dialog';
import { Choice, Form, FormProblem, NumberField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { useUndoable } from '../../ui/undo';
import { LoanForm } from './LoanForm';
import { DELAY_MAX_S, membershipOf, ORDER_MAX } from './order';
import { SkillForm } from './SkillForm';

type Act = 'put' | 'lend' | 'out' | 'skill';

export function Bulk({
  people,
  groups,
  onClear,
}: {
  people: Person[];
  groups: Group[];
  onClear: () => void;
}) {
  const t = useTranslations('bulk');
  const [act, setAct] = useState<Act | null>(null);
  const done = () => {
    setAct(null);
    onClear();
  };
  const close = () => setAct(null);
  const count = people.length;
  return (
    <div
      role="toolbar"
      aria-label={t('title')}
      className="sticky top-2 z-20 mb-3 flex flex-wrap items-center gap-2 rounded-xl bg-accent-soft px-4 py-2 shadow-card"
    >
      <p className="mr-2 font-medium">{t('selected', { count })}</p>
      <Button size="small" look="main" onPress={() => setAct('put')}>
        {t('put')}
      </Button>
      <Button size="small" onPress={() => setAct('lend')}>
        <Icon name="loan" className="size-4" />
        {t('lend')}
      </Button>
      <Button size="small" onPress={() => setAct('out')}>
        {t('out')}
      </Button>
      <Button size="small" onPress={() => setAct('skill')}>
        {t('skill')}
      </Button>
      <Button size="small" look="quiet" onPress={onClear}>
        {t('clear')}
      </Button>
      <FormDialog title={t('put_title', { count })} isOpen={act === 'put'} onClose={close}>
        <Put people={people} groups={groups} onDone={done} />
      </FormDialog>
      <FormDialog title={t('lend_title', { count })} isOpen={act === 'lend'} onClose={close}>
        <LoanForm people={people} groups={groups} onDone={done} />
      </FormDialog>
      <FormDialog title={t('out_title', { count })} isOpen={act === 'out'} onClose={close}>
        <Out people={people} groups={groups} onDone={done} />
      </FormDialog>
      <FormDialog title={t('skill_title', { count })} isOpen={act === 'skill'} onClose={close}>
        <SkillForm
          people={people}
          send={t('skill_send')}
          done={(name, level) => t('skill_done', { count, name, level })}
          onDone={done}
        />
      </FormDialog>
    </div>
  );
}

interface Props {
  people: Person[];
  groups: Group[];
  onDone: () => void;
}

export function groupOptions(groups: Group[]) {
  return groups.map((group) => ({ value: String(group.id), label: group.name }));
}

/** One request, one version, one sentence. */
function useAll(onDone: () => void) {
  const undoable = useUndoable();
  const places = usePlaces();
  const send = (input: Places, text: string) =>
    places.mutate(input, {
      onSuccess: () => {
        void undoable(text);
        onDone();
      },
    });
  return { send, error: places.error, isPending: places.isPending };
}

/** In the order of the list: 1, 2, 3 …, or all the same. */
export function placesFor(
  people: Person[],
  group: Group,
  terms: { order: number; delay_ms: number; rising: boolean },
): Place[] {
  return people.map((person, place) => {
    const known = membershipOf(person, group);
    return {
      person: person.id,
      group: group.id,
      order: Math.min(terms.order + (terms.rising ? place : 0), ORDER_MAX),
      delay_ms: terms.delay_ms,
      calendar: known?.calendar ?? null,
      wrap_up_ms: known?.wrap_up_ms ?? null,
    };
  });
}

function Put({ people, groups, onDone }: Props) {
  const t = useTranslations('bulk');
  const order = useTranslations('order');
  const all = useAll(onDone);
  const send = (data: FormData) => {
    const group = groups.find((each) => each.id === Number(data.get('group')));
    if (!group) return;
    const terms = {
      order: Number(data.get('order')),
      delay_ms: Number(data.get('delay_ms')) * 1000,
      rising: data.get('orders') === 'rising',
    };
    all.send(
      { set: placesFor(people, group, terms), remove: [] },
      t('put_done', { count: people.length, group: group.name }),
    );
  };
  return (
    <Form problem={all.error} onSend={send}>
      <Choice name="group" label={t('group')} options={groupOptions(groups)} />
      <div className="grid gap-4 sm:grid-cols-3">
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
        <Choice
          name="orders"
          label={t('orders')}
          options={[
            { value: 'same', label: t('same') },
            { value: 'rising', label: t('rising') },
          ]}
        />
      </div>
      <FormProblem problem={all.error} />
      <Button type="submit" look="main" isPending={all.isPending}>
        {t('put_send')}
      </Button>
    </Form>
  );
}

function Out({ people, groups, onDone }: Props) {
  const t = useTranslations('bulk');
  const all = useAll(onDone);
  const served = groups.filter((group) => people.some((each) => membershipOf(each, group)));
  const send = (data: FormData) => {
    const group = groups.find((each) => each.id === Number(data.get('group')));
    if (!group) return;
    const members = people.filter((each) => membershipOf(each, group));
    const remove = members.map((each) => ({ person: each.id, group: group.id }));
    all.send({ set: [], remove }, t('out_done', { count: members.length, group: group.name }));
  };
  if (served.length === 0) return <p className="text-muted">{t('out_none')}</p>;
  return (
    <Form problem={all.error} onSend={send}>
      <Choice name="group" label={t('group')} options={groupOptions(served)} />
      <FormProblem problem={all.error} />
      <Button type="submit" look="bad" isPending={all.isPending}>
        {t('out_send')}
      </Button>
    </Form>
  );
}
