// What happens to those who wait: steps by time, keys, and what to do when nobody is on.

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Flow, Group, Nobody, Way } from '../../api/wire';
import { Button } from '../../ui/Button';
import { Choice, Form, FormProblem, Switch, TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { Panel } from '../../ui/Panel';
import { SpanField } from './SpanField';
import { useFlowDraft } from './useFlowDraft';
import { WayPicker } from './WayPicker';

const PARTS = [
  'nobody',
  'deserted',
  'full',
  'steps',
  'keys',
  'sticky_ms',
  'callers',
  'keeps_wait',
] as const;
type Draft = Pick<Flow, (typeof PARTS)[number]>;
type Change = (part: Partial<Draft>) => void;

const NOBODIES: Nobody[] = ['join', 'refuse', 'leave'];
const KEYS = [...'1234567890*#'];
const BUSY: Way = { kind: 'goodbye', prompt: 'busy' };

export function WaitRules({ group, others }: { group: Group; others: Group[] }) {
  const t = useTranslations('flow');
  const flow = useFlowDraft(group, PARTS);
  const part = { draft: flow.draft, others, change: flow.change };
  return (
    <Panel title={t('waiting')}>
      <Form problem={flow.problem} onSend={flow.save} label={t('waiting')}>
        <Steps {...part} />
        <Keys {...part} />
        <Edges {...part} />
        <Callers {...part} />
        <div className="grid items-end gap-4 sm:grid-cols-2">
          <SpanField
            name="sticky_ms"
            label={t('sticky')}
            hint={t('sticky_hint')}
            ms={flow.draft.sticky_ms}
            min={0}
            max={3600}
            onChange={(sticky_ms) => flow.change({ sticky_ms })}
          />
          <Switch
            label={t('keeps_wait')}
            isSelected={flow.draft.keeps_wait}
            onChange={(keeps_wait) => flow.change({ keeps_wait })}
          />
        </div>
        <FormProblem problem={flow.problem} />
        <div>
          <Button type="submit" look="main" isPending={flow.isPending}>
            {t('save')}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}

interface PartProps {
  draft: Draft;
  others: Group[];
  change: Change;
}

/** A list in which lines are added and taken away. */
function Lines({
  title,
  hint,
  add,
  onAdd,
  children,
}: {
  title: string;
  hint: string;
  add: string;
  onAdd?: (() => void) | undefined;
  children: ReactNode;
}) {
  return (
    <fieldset className="grid gap-3 border-t border-line pt-4 first:border-t-0 first:pt-0">
      <legend className="float-left font-medium">{title}</legend>
      <p className="clear-both text-sm text-muted">{hint}</p>
      {children}
      {onAdd && (
        <div>
          <Button size="small" onPress={onAdd}>
            <Icon name="plus" className="size-4" />
            {add}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

function Line({
  label,
  onRemove,
  children,
}: {
  label: string;
  onRemove: () => void;
  children: ReactNode;
}) {
  return (
    <div className="grid grid-cols-[1fr_auto] items-start gap-2 rounded-xl bg-sunken/60 p-3">
      <div className="grid min-w-0 gap-3">{children}</div>
      <Button look="quiet" size="icon" aria-label={label} onPress={onRemove}>
        <Icon name="close" className="size-4" />
      </Button>
    </div>
  );
}

/** Another list with one line replaced, or without it. */
function put<Row>(rows: readonly Row[], at: number, row?: Row): Row[] {
  return rows.flatMap((each, place) => (place !== at ? [each] : row === undefined ? [] : [row]));
}

function Steps({ draft, others, change }: PartProps) {
  const t = useTranslations('flow');
  const { steps } = draft;
  const last_ms = steps.at(-1)?.after_ms ?? 0;
  const fresh = { after_ms: last_ms + 60_000, to: { kind: 'callback' } as Way };
  return (
    <Lines
      title={t('steps')}
      hint={t('steps_hint')}
      add={t('add_step')}
      onAdd={() => change({ steps: [...steps, fresh] })}
    >
      {steps.map((step, at) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: a step has no name but its place
          key={at}
          label={t('remove_step', { place: at + 1 })}
          onRemove={() => change({ steps: put(steps, at) })}
        >
          <SpanField
            name={`steps.${at}.after_ms`}
            label={t('after')}
            ms={step.after_ms}
            min={1}
            max={86_400}
            onChange={(after_ms) => change({ steps: put(steps, at, { ...step, after_ms }) })}
          />
          <WayPicker
            name={`steps.${at}.to`}
            label={t('goes')}
            way={step.to}
            groups={others}
            onChange={(to) => change({ steps: put(steps, at, { ...step, to }) })}
          />
        </Line>
      ))}
    </Lines>
  );
}

function Keys({ draft, others, change }: PartProps) {
  const t = useTranslations('flow');
  const { keys } = draft;
  const free = KEYS.filter((key) => !keys.some((each) => each.key === key));
  const first = free[0];
  return (
    <Lines
      title={t('keys')}
      hint={t('keys_hint')}
      add={t('add_key')}
      onAdd={
        first === undefined
          ? undefined
          : () => change({ keys: [...keys, { key: first, to: { kind: 'callback' } }] })
      }
    >
      {keys.map((row, at) => (
        <Line
          key={row.key}
          label={t('remove_key', { key: row.key })}
          onRemove={() => change({ keys: put(keys, at) })}
        >
          <Choice
            label={t('key')}
            value={row.key}
            options={KEYS.filter((key) => key === row.key || free.includes(key)).map((key) => ({
              value: key,
              label: key,
            }))}
            onChange={(key) => change({ keys: put(keys, at, { ...row, key }) })}
            className="max-w-28"
          />
          <WayPicker
            name={`keys.${at}.to`}
            label={t('goes')}
            way={row.to}
            groups={others}
            onChange={(to) => change({ keys: put(keys, at, { ...row, to }) })}
          />
        </Line>
      ))}
    </Lines>
  );
}

/** When nobody is logged on, and when the line is full. */
function Edges({ draft, others, change }: PartProps) {
  const t = useTranslations('flow');
  return (
    <fieldset className="grid gap-4 border-t border-line pt-4">
      <legend className="sr-only">{t('edges')}</legend>
      <Choice
        label={t('nobody')}
        value={draft.nobody}
        options={NOBODIES.map((value) => ({ value, label: t(`nobodies.${value}`) }))}
        onChange={(nobody) => change({ nobody })}
      />
      {draft.nobody !== 'join' && (
        <WayPicker
          name="deserted"
          label={t('deserted')}
          way={draft.deserted}
          groups={others}
          onChange={(deserted) => change({ deserted })}
        />
      )}
      <WayPicker
        name="full"
        label={t('full')}
        way={draft.full ?? BUSY}
        groups={others}
        onChange={(full) => change({ full })}
      />
    </fieldset>
  );
}

/** Callers known by number, taken before or after the others. */
function Callers({ draft, change }: PartProps) {
  const t = useTranslations('flow');
  const { callers } = draft;
  return (
    <Lines
      title={t('callers')}
      hint={t('callers_hint')}
      add={t('add_caller')}
      onAdd={() => change({ callers: [...callers, { number: '', priority: 1 }] })}
    >
      {callers.map((row, at) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: the number is being typed
          key={at}
          label={t('remove_caller', { number: row.number })}
          onRemove={() => change({ callers: put(callers, at) })}
        >
          <div className="grid gap-3 sm:grid-cols-2">
            <TextField
              name={`callers.${at}.number`}
              label={t('caller_number')}
              value={row.number}
              onChange={(typed) =>
                change({ callers: put(callers, at, { ...row, number: typed.replace(/\s/g, '') }) })
              }
              inputMode="tel"
              autoComplete="off"
              isRequired
            />
            <Choice
              label={t('priority')}
              value={String(row.priority)}
              options={[3, 2, 1, 0, -1].map((value) => ({
                value: String(value),
                label: t('priority_of', { priority: value }),
              }))}
              onChange={(priority) =>
                change({ callers: put(callers, at, { ...row, priority: Number(priority) }) })
              }
            />
          </div>
        </Line>
      ))}
    </Lines>
  );
}
