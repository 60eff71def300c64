// What happens to an agent who misses calls, cause by cause.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useEditRules, useRules } from '../../api/plan';
import type { AfterMisses, MissCause, MissRule, Rules } from '../../api/wire';
import { Button } from '../../ui/Button';
import { Choice, Form, FormProblem, NumberField, TextField } from '../../ui/Field';
import { Failed, Panel, Waiting } from '../../ui/Panel';
import { useUndoable } from '../../ui/undo';

const CAUSES: MissCause[] = ['no_answer', 'rejected', 'busy', 'unreachable'];
const AFTER: AfterMisses[] = ['nothing', 'rest', 'break', 'off'];
/** Long enough to fetch a coffee, short enough not to be missed. */
const REST_MS = 60_000;

export function MissRules() {
  const t = useTranslations('rules');
  const rules = useRules();
  return (
    <Panel title={t('title')}>
      <p className="mb-3 text-sm text-muted">{t('hint')}</p>
      {rules.isPending && <Waiting />}
      {rules.isError && <Failed problem={rules.error} retry={() => rules.refetch()} />}
      {rules.data && <Editor known={rules.data.misses} />}
    </Panel>
  );
}

function Editor({ known }: { known: Rules['misses'] }) {
  const t = useTranslations('rules');
  const undoable = useUndoable();
  const edit = useEditRules();
  const [changed, setChanged] = useState<Partial<Rules['misses']>>({});
  const misses = { ...known, ...changed };
  const send = () =>
    edit.mutate(
      { misses },
      {
        onSuccess: () => {
          setChanged({});
          void undoable(t('saved'));
        },
      },
    );
  return (
    <Form problem={edit.error} onSend={send} label={t('title')}>
      <div className="divide-y divide-line">
        {CAUSES.map((cause) => (
          <Line
            key={cause}
            cause={cause}
            rule={misses[cause]}
            onChange={(rule) => setChanged((before) => ({ ...before, [cause]: rule }))}
          />
        ))}
      </div>
      <FormProblem problem={edit.error} />
      <div>
        <Button type="submit" look="main" isPending={edit.isPending}>
          {t('save')}
        </Button>
      </div>
    </Form>
  );
}

function ruled(limit: number, then: MissRule['then']): MissRule {
  return { limit, then };
}

function Line({
  cause,
  rule,
  onChange,
}: {
  cause: MissCause;
  rule: MissRule;
  onChange: (rule: MissRule) => void;
}) {
  const t = useTranslations('rules');
  const { kind } = rule.then;
  const become = (next: AfterMisses) => {
    const limit = next === 'nothing' ? rule.limit : Math.max(1, rule.limit);
    if (next === 'rest') onChange(ruled(limit, { kind: next, ms: rule.then.ms ?? REST_MS }));
    else if (next === 'break') {
      const reason = rule.then.reason || t('reason_first');
      onChange(ruled(limit, { kind: next, reason }));
    } else onChange(ruled(limit, { kind: next }));
  };
  return (
    <fieldset className="grid gap-3 py-4 first:pt-0 sm:grid-cols-3">
      <legend className="float-left font-medium sm:col-span-3">{t(`cause.${cause}`)}</legend>
      <NumberField
        name={`misses.${cause}.limit`}
        label={t('limit')}
        unit={t('in_a_row')}
        value={rule.limit}
        minValue={0}
        maxValue={100}
        onChange={(limit) => onChange({ ...rule, limit: Number.isNaN(limit) ? 0 : limit })}
      />
      <Choice
        label={t('then')}
        value={kind}
        options={AFTER.map((value) => ({ value, label: t(`after.${value}`) }))}
        onChange={become}
      />
      {kind === 'rest' && (
        <NumberField
          name={`misses.${cause}.then.ms`}
          label={t('rest')}
          unit={t('seconds')}
          value={(rule.then.ms ?? REST_MS) / 1000}
          minValue={1}
          maxValue={86_400}
          onChange={(seconds) =>
            onChange(ruled(rule.limit, { kind, ms: (Number.isNaN(seconds) ? 1 : seconds) * 1000 }))
          }
        />
      )}
      {kind === 'break' && (
        <TextField
          name={`misses.${cause}.then.reason`}
          label={t('reason')}
          value={rule.then.reason ?? ''}
          onChange={(reason) => onChange(ruled(rule.limit, { kind, reason }))}
          autoComplete="off"
          isRequired
        />
      )}
    </fieldset>
  );
}
