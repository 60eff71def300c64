// The settings of a group, in seconds and plain words.

import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { usePolicyName } from '../../api/names';
import { offeredOf, usePlugins } from '../../api/plugins';
import type { GroupWish, Language } from '../../api/wire';
import { Button } from '../../ui/Button';
import { Choice, Form, FormProblem, NumberField, Switch, TextField } from '../../ui/Field';
import { SettingFields, settingsOf } from '../plugins/SettingFields';

/** Numbers are typed with commas, spaces or line breaks between them. */
export function numbersOf(typed: string): string[] {
  return typed
    .split(/[,;\n]+/)
    .map((each) => each.replace(/[\s().-]/g, ''))
    .filter((each) => each !== '');
}

export function GroupForm({
  group,
  problem,
  pending,
  action,
  onSend,
  aside,
}: {
  group: GroupWish;
  problem: unknown;
  pending: boolean;
  action: string;
  onSend: (group: GroupWish) => void;
  aside?: ReactNode;
}) {
  const t = useTranslations('groups');
  const plugins = usePlugins().data;
  const policyName = usePolicyName();
  const [policy, setPolicy] = useState(group.policy);
  const offered = offeredOf(plugins, 'routing');
  const cardOf = (word: string) => offered.find((each) => each.policy === word)?.card;
  const card = cardOf(policy);
  // Another version of the same plugin keeps what was chosen.
  const keeps = policy === group.policy || cardOf(group.policy)?.name === card?.name;
  // What the group has stays in the list, also when it is no longer offered.
  const policies = new Set([...offered.map((each) => each.policy), 'built-in', group.policy]);
  const send = (data: FormData) => {
    const milliseconds = (name: string) => Math.round(Number(data.get(name)) * 1000);
    onSend({
      name: String(data.get('name')).trim(),
      language: String(data.get('language')) as Language,
      numbers: numbersOf(String(data.get('numbers'))),
      ring_ms: milliseconds('ring_ms'),
      wrap_up_ms: milliseconds('wrap_up_ms'),
      waiting_max: Number(data.get('waiting_max')),
      policy,
      ...(card ? { settings: settingsOf(card, data) } : {}),
      recorded: data.get('recorded') !== null,
    });
  };
  return (
    <Form problem={problem} onSend={send} label={t('settings')}>
      <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
        <TextField
          name="name"
          label={t('name')}
          defaultValue={group.name}
          autoComplete="off"
          isRequired
        />
        <TextField
          name="numbers"
          label={t('numbers')}
          hint={t('numbers_hint')}
          defaultValue={group.numbers.join(', ')}
          autoComplete="off"
        />
        <Seconds name="ring_ms" word="ring" value={group.ring_ms} min={1} max={300} />
        <Seconds name="wrap_up_ms" word="wrap_up" value={group.wrap_up_ms} min={0} max={3600} />
        <NumberField
          name="waiting_max"
          label={t('waiting_max')}
          hint={t('waiting_max_hint')}
          defaultValue={group.waiting_max}
          minValue={0}
          maxValue={10_000}
          isRequired
        />
        <Choice
          name="policy"
          label={t('policy')}
          hint={policy.startsWith('plugin-version:') ? card?.summary : t('policy_hint')}
          value={policy}
          onChange={setPolicy}
          options={[...policies].map((value) => ({ value, label: policyName(value) }))}
        />
        <Choice
          name="language"
          label={t('language')}
          initial={group.language}
          options={[
            { value: 'et', label: 'Eesti keel' },
            { value: 'en', label: 'English' },
          ]}
        />
        <div className="self-end">
          <Switch
            name="recorded"
            value="yes"
            defaultSelected={group.recorded}
            label={t('recorded')}
          />
        </div>
      </div>
      {card && card.fields.length > 0 && (
        <fieldset className="rounded-xl p-4 ring-1 ring-line">
          <legend className="px-1.5 text-sm font-medium">
            {t('policy_settings', { policy: policyName(policy) })}
          </legend>
          <SettingFields card={card} settings={keeps ? (group.settings ?? {}) : {}} />
        </fieldset>
      )}
      <FormProblem problem={problem} />
      <div className="flex flex-wrap justify-between gap-2">
        <Button type="submit" look="main" isPending={pending}>
          {action}
        </Button>
        {aside}
      </div>
    </Form>
  );
}

function Seconds({
  name,
  word,
  value,
  min,
  max,
}: {
  name: string;
  word: 'ring' | 'wrap_up';
  value: number;
  min: number;
  max: number;
}) {
  const t = useTranslations('groups');
  return (
    <NumberField
      name={name}
      label={t(word)}
      hint={t(`${word}_hint`)}
      unit={t('seconds_unit')}
      defaultValue={Math.round(value / 1000)}
      minValue={min}
      maxValue={max}
      isRequired
    />
  );
}
