// Which call a freed agent gets: one rule for the whole company, because groups compete for agents.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { usePolicyName } from '../../api/names';
import {
  offeredOf,
  type Selection,
  useChangeSelection,
  useForgiveSelection,
  usePlugins,
  useSelection,
} from '../../api/plugins';
import { Button } from '../../ui/Button';
import { Choice, Form, FormProblem } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { useSay } from '../../ui/Notice';
import { Failed, Panel, Waiting } from '../../ui/Panel';
import { useTell } from '../../ui/tell';
import { useUndoable } from '../../ui/undo';
import { SettingFields, settingsOf } from './SettingFields';

const BUILT_IN = 'built-in';

export function FreedRule() {
  const t = useTranslations('freed');
  const selection = useSelection();
  const undoable = useUndoable();
  // Kept here, because the form below begins anew while the answer is on its way.
  const change = useChangeSelection();
  const put = (chosen: Chosen, label: string) =>
    change.mutate(chosen, { onSuccess: () => void undoable(t('saved', { label })) });
  return (
    <Panel title={t('title')}>
      <p className="mb-3 text-sm text-muted">{t('hint')}</p>
      {selection.isPending && <Waiting />}
      {selection.isError && <Failed problem={selection.error} retry={() => selection.refetch()} />}
      {selection.data && (
        <>
          <AtWork row={selection.data.at_work} />
          {/* The form begins anew when somebody has chosen otherwise meanwhile. */}
          <Editor
            key={JSON.stringify(chosenOf(selection.data))}
            known={selection.data}
            problem={change.error}
            pending={change.isPending}
            onPut={put}
          />
        </>
      )}
    </Panel>
  );
}

type Chosen = Pick<Selection, 'policy' | 'settings'>;

const chosenOf = ({ policy, settings }: Selection): Chosen => ({ policy, settings });

function Editor({
  known,
  problem,
  pending,
  onPut,
}: {
  known: Chosen;
  problem: unknown;
  pending: boolean;
  onPut: (chosen: Chosen, label: string) => void;
}) {
  const t = useTranslations('freed');
  const policyName = usePolicyName();
  const offered = offeredOf(usePlugins().data, 'selection');
  const [policy, setPolicy] = useState(known.policy);
  const cardOf = (word: string) => offered.find((each) => each.policy === word)?.card;
  const card = cardOf(policy);
  // Another version of the same plugin keeps what was chosen.
  const keeps = policy === known.policy || cardOf(known.policy)?.name === card?.name;
  // What is chosen stays in the list, also when it is no longer offered.
  const policies = new Set([BUILT_IN, ...offered.map((each) => each.policy), known.policy]);
  const name = (word: string) => (word === BUILT_IN ? t('built_in') : policyName(word));
  const send = (data: FormData) =>
    onPut({ policy, settings: settingsOf(card, data) }, name(policy));
  return (
    <Form problem={problem} onSend={send} label={t('title')}>
      <Choice
        name="policy"
        label={t('takes')}
        hint={card?.summary}
        value={policy}
        onChange={setPolicy}
        options={[...policies].map((value) => ({ value, label: name(value) }))}
      />
      {card && card.fields.length > 0 && (
        <SettingFields card={card} settings={keeps ? known.settings : {}} />
      )}
      <FormProblem problem={problem} />
      <div>
        <Button type="submit" look="main" isPending={pending}>
          {t('save')}
        </Button>
      </div>
    </Form>
  );
}

/** How the plugin does; one that is no longer asked may get another chance. */
function AtWork({ row }: { row: Selection['at_work'] }) {
  const t = useTranslations('plugins');
  const freed = useTranslations('freed');
  const say = useSay();
  const tell = useTell();
  const forgive = useForgiveSelection();
  if (!row) return null;
  const { label, decisions, failures, state, why } = row;
  const again = () =>
    void tell(forgive.mutateAsync(undefined), () => say(freed('forgiven', { label })));
  return (
    <div className="mb-3 grid gap-1 text-sm">
      {state !== 'missing' && (
        <p className="figures text-muted">{t('health', { decisions, failures })}</p>
      )}
      {state !== 'active' && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="flex items-start gap-2 font-medium text-warn">
            <Icon name="warning" className="mt-0.5 size-4" />
            <span>
              {t(`trouble.${state}`)} {why && <span lang="en">{why}.</span>}
            </span>
          </p>
          {state !== 'missing' && (
            <Button size="small" isPending={forgive.isPending} onPress={again}>
              {t('forgive')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
