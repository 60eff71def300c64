// A pay rule in plain forms: base, bands, the least and the most, and what it would have paid.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { type PayScope, usePayRules, useWritePayRule } from '../../api/pay';
import { useGroups, usePeople } from '../../api/queries';
import { Button } from '../../ui/Button';
import { Check, Choice, Form, FormProblem, TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { useSay } from '../../ui/Notice';
import { Panel } from '../../ui/Panel';
import { useProblemWords } from '../../words/problem';
import { type Gives, inTypedUnits, newItem, type RuleDraft, ruleOf } from './draft';
import { ItemFields } from './ItemFields';
import { Preview } from './Preview';

export function RuleForm({
  id,
  initial,
  onClose,
}: {
  id: number | null;
  initial: RuleDraft;
  onClose: () => void;
}) {
  const t = useTranslations('pay');
  const page = useTranslations('page');
  const say = useSay();
  const write = useWritePayRule();
  const [draft, setDraft] = useState(initial);
  const change = (part: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...part }));
  // Once for each answer: React Aria shows errors anew whenever they are another object.
  const [problem, setProblem] = useState<unknown>(null);
  const send = () => {
    const { name, valid_from } = draft;
    write.mutate(
      { id, name, valid_from, rule: ruleOf(draft) },
      {
        onError: (error) => setProblem(inTypedUnits(error, draft)),
        onSuccess: () => {
          say(t('written', { name }));
          onClose();
        },
      },
    );
  };
  return (
    <div className="grid gap-6">
      <Form problem={problem} onSend={send} label={t('rule')}>
        <Panel title={t('rule')}>
          <div className="grid gap-4 sm:grid-cols-3">
            <TextField
              name="name"
              label={t('rule_name')}
              value={draft.name}
              onChange={(name) => change({ name })}
              isRequired
              autoFocus
            />
            <TextField
              name="valid_from"
              type="date"
              label={t('valid_from')}
              hint={t('valid_from_hint')}
              value={draft.valid_from}
              onChange={(valid_from) => change({ valid_from })}
              isRequired
            />
            <TextField
              name="rule.currency"
              label={t('currency')}
              value={draft.currency}
              onChange={(currency) => change({ currency })}
              isRequired
            />
          </div>
          <Scope scope={draft.scope} onChange={(scope) => change({ scope })} />
        </Panel>
        <Base draft={draft} onChange={change} />
        <Items draft={draft} onChange={change} />
        <Panel title={t('all')}>
          <p className="mb-3 text-sm text-muted">{t('all_hint')}</p>
          <div className="grid gap-4 sm:grid-cols-3">
            <Amount name="floor" label={t('floor')} draft={draft} onChange={change} />
            <Amount name="cap" label={t('cap')} draft={draft} onChange={change} />
          </div>
        </Panel>
        <Unplaced problem={problem} />
        <FormProblem problem={problem} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="main" isPending={write.isPending}>
            {t('write')}
          </Button>
          <Button onPress={onClose}>{page('cancel')}</Button>
        </div>
      </Form>
      <Preview draft={draft} id={id} />
    </div>
  );
}

type AmountName = 'per_hour' | 'per_call' | 'fixed' | 'floor' | 'cap';

function Amount({
  name,
  path = name,
  label,
  draft,
  onChange,
}: {
  name: AmountName;
  path?: string;
  label: string;
  draft: RuleDraft;
  onChange: (part: Partial<RuleDraft>) => void;
}) {
  return (
    <TextField
      name={`rule.${path}`}
      label={label}
      inputMode="decimal"
      value={draft[name]}
      onChange={(typed) => onChange({ [name]: typed })}
    />
  );
}

interface Part {
  draft: RuleDraft;
  onChange: (part: Partial<RuleDraft>) => void;
}

function Base({ draft, onChange }: Part) {
  const t = useTranslations('pay');
  return (
    <Panel title={t('base')}>
      <p className="mb-3 text-sm text-muted">{t('base_hint')}</p>
      <div className="grid gap-4 sm:grid-cols-3">
        {(['per_hour', 'per_call', 'fixed'] as const).map((name) => (
          <Amount
            key={name}
            name={name}
            path={`base.${name}`}
            label={t(`kind.${name}`)}
            draft={draft}
            onChange={onChange}
          />
        ))}
      </div>
    </Panel>
  );
}

function Items({ draft, onChange }: Part) {
  const t = useTranslations('pay');
  const values = usePayRules().data?.values ?? [];
  const add = (gives: Gives) => {
    const key = 1 + Math.max(0, ...draft.items.map((item) => item.key));
    onChange({ items: [...draft.items, newItem(key, gives)] });
  };
  return (
    <Panel title={t('items')}>
      <p className="mb-3 text-sm text-muted">{t('items_hint')}</p>
      <div className="grid gap-4">
        {draft.items.map((item, place) => (
          <ItemFields
            key={item.key}
            draft={draft}
            item={item}
            values={values}
            onChange={(next) =>
              onChange({ items: draft.items.map((each) => (each === item ? next : each)) })
            }
            onRemove={() => onChange({ items: draft.items.filter((_, nth) => nth !== place) })}
          />
        ))}
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button size="small" onPress={() => add('amount')}>
          <Icon name="plus" className="size-4" />
          {t('add_item')}
        </Button>
        <Button size="small" onPress={() => add('times')}>
          <Icon name="plus" className="size-4" />
          {t('add_times')}
        </Button>
      </div>
    </Panel>
  );
}

function Scope({ scope, onChange }: { scope: PayScope; onChange: (scope: PayScope) => void }) {
  const t = useTranslations('pay');
  const people = usePeople().data ?? [];
  const groups = useGroups().data ?? [];
  const kind = typeof scope === 'string' ? scope : 'people' in scope ? 'people' : 'groups';
  const named = typeof scope === 'string' ? [] : 'people' in scope ? scope.people : scope.groups;
  const rows = kind === 'people' ? people : groups;
  const become = (ids: number[]) => onChange(kind === 'people' ? { people: ids } : { groups: ids });
  const options = (['everybody', 'groups', 'people'] as const).map((value) => ({
    value,
    label: t(`scope.${value}`),
  }));
  return (
    <div className="mt-4 grid gap-3">
      <Choice
        label={t('whom')}
        hint={t('whom_hint')}
        className="max-w-sm"
        options={options}
        value={kind}
        onChange={(next) => onChange(next === 'everybody' ? next : ({ [next]: [] } as never))}
      />
      {kind !== 'everybody' && (
        <fieldset className="grid gap-x-6 sm:grid-cols-3">
          <legend className="sr-only">{t('whom')}</legend>
          {rows.map(({ id, name }) => (
            <Check
              key={id}
              label={name}
              isSelected={named.includes(id)}
              onChange={(on) => become(on ? [...named, id] : named.filter((each) => each !== id))}
            />
          ))}
        </fieldset>
      )}
    </div>
  );
}

/** What is wrong in a place that has no field of its own. */
function Unplaced({ problem }: { problem: unknown }) {
  const words = useProblemWords();
  const told = Object.entries(words.fields(problem)).filter(
    ([name]) => name === 'rule' || /\.bands(\.\d+)?$|^rule\.scope/.test(name),
  );
  if (told.length === 0) return null;
  return (
    <ul role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-sm font-medium text-bad">
      {told.map(([name, text]) => (
        <li key={name}>{text}</li>
      ))}
    </ul>
  );
}
