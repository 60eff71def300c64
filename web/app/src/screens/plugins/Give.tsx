// Gives groups a policy with its settings: in force for the very next call, and taken back as one.

import { useState } from 'react';
import { CheckboxGroup, Label } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { useNames, usePolicyName } from '../../api/names';
import { type PluginCard, type PolicyStage, useGivePolicy, usePlugins } from '../../api/plugins';
import { useGroups } from '../../api/queries';
import { Button, LinkButton } from '../../ui/Button';
import { Check, Form, FormProblem } from '../../ui/Field';
import { useUndoable } from '../../ui/undo';
import { HowFar, shareOf } from './HowFar';
import { SettingFields, settingsOf } from './SettingFields';

export function Give({
  policy,
  card,
  onDone,
}: {
  policy: string;
  card: PluginCard;
  onDone: () => void;
}) {
  const t = useTranslations('plugins');
  const undoable = useUndoable();
  const groups = useGroups().data ?? [];
  const versions = usePlugins().data?.versions ?? [];
  const names = useNames();
  const label = usePolicyName()(policy);
  const give = useGivePolicy();
  // Groups that have another version of it are who a new one is for.
  const kin = versions.filter((each) => each.card.name === card.name).map((each) => each.policy);
  const having = groups.filter((group) => kin.includes(group.policy));
  const [picked, setChosen] = useState<string[] | null>(null);
  const [stage, setStage] = useState<PolicyStage>('decides');
  const chosen = picked ?? having.map((group) => String(group.id));
  const send = (data: FormData) => {
    const ids = chosen.map(Number);
    give.mutate(
      { groups: ids, policy, settings: settingsOf(card, data), stage, share: shareOf(data) },
      {
        onSuccess: () => {
          onDone();
          const words = { label, groups: ids.map(names.group).join(', ') };
          void undoable(stage === 'decides' ? t('given', words) : t('given_trial', words));
        },
      },
    );
  };
  // What stands in the first group that has it already is the best guess for the others.
  const known = having[0]?.settings ?? {};
  return (
    <Form problem={give.error} onSend={send} label={t('give_form', { label })}>
      {card.fields.length === 0 ? (
        <p className="text-sm text-muted">{t('no_settings')}</p>
      ) : (
        // The form begins anew when it becomes known whose settings it begins with.
        <SettingFields key={having[0]?.id ?? 0} card={card} settings={known} />
      )}
      {groups.length === 0 ? (
        <LinkButton to="/groups">{t('no_groups')}</LinkButton>
      ) : (
        <CheckboxGroup value={chosen} onChange={setChosen} className="grid gap-1">
          <Label className="text-sm font-medium">{t('groups')}</Label>
          <div className="grid gap-x-5 sm:grid-cols-2">
            {groups.map((group) => (
              <Check key={group.id} value={String(group.id)} label={group.name} />
            ))}
          </div>
        </CheckboxGroup>
      )}
      <HowFar stage={stage} onChange={setStage} />
      <FormProblem problem={give.error} />
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          look="main"
          isDisabled={chosen.length === 0}
          isPending={give.isPending}
        >
          {stage === 'decides' ? t('give') : t('try_out')}
        </Button>
        <p className="self-center text-sm text-muted">{t('give_hint')}</p>
      </div>
    </Form>
  );
}
