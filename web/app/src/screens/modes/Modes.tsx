// Modes: rearrangements kept ready, pressed for a while, and taken back by themselves.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import {
  useAddMode,
  useEditMode,
  useModePreview,
  useModes,
  usePressMode,
  useRemoveMode,
} from '../../api/plan';
import type { ActiveMode, Mode, ModeWish } from '../../api/wire';
import { serverNow } from '../../live/clock';
import { Button } from '../../ui/Button';
import { Confirm, FormDialog } from '../../ui/Dialog';
import { Form, FormProblem } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { Empty, Failed, Head, Panel, Waiting } from '../../ui/Panel';
import { useTell } from '../../ui/tell';
import { useUndoable } from '../../ui/undo';
import { useLocale } from '../../words/language';
import { until } from '../../words/spans';
import { UntilField, untilOf } from '../people/UntilField';
import { Differences } from '../versions/Differences';
import { ChangeList } from './ChangeList';
import { ReturnNow, usePressed } from './ModeBadge';
import { ModeForm } from './ModeForm';

const FRESH: ModeWish = { name: '', code: null, changes: [] };

export function Modes() {
  const t = useTranslations('modes');
  const modes = useModes();
  const undoable = useUndoable();
  const added = useAddMode();
  const [adding, setAdding] = useState(false);
  const add = (
    <Button look="main" onPress={() => setAdding(true)}>
      <Icon name="plus" className="size-4" />
      {t('add')}
    </Button>
  );
  const known = modes.data?.modes;
  return (
    <>
      <Head title={t('title')} lead={t('lead')}>
        {!adding && known && known.length > 0 && add}
      </Head>
      {adding && (
        <Panel title={t('add')} className="mb-6">
          <ModeForm
            mode={FRESH}
            problem={added.error}
            pending={added.isPending}
            action={t('add_send')}
            onCancel={() => setAdding(false)}
            onSend={(wish) =>
              added.mutate(wish, {
                onSuccess: () => {
                  setAdding(false);
                  void undoable(t('added', { name: wish.name }));
                },
              })
            }
          />
        </Panel>
      )}
      {modes.isPending && <Waiting />}
      {modes.isError && <Failed problem={modes.error} retry={() => modes.refetch()} />}
      {known?.length === 0 && !adding && (
        <Panel>
          <Empty icon="modes" action={add}>
            {t('empty')}
          </Empty>
        </Panel>
      )}
      <div className="grid items-start gap-6 lg:grid-cols-2">
        {known?.map((mode) => (
          <Known key={mode.id} mode={mode} active={modes.data?.active ?? null} />
        ))}
      </div>
    </>
  );
}

function Known({ mode, active }: { mode: Mode; active: ActiveMode | null }) {
  const t = useTranslations('modes');
  const locale = useLocale();
  const undoable = useUndoable();
  const edit = useEditMode();
  const [editing, setEditing] = useState(false);
  const [pressing, setPressing] = useState(false);
  const pressed = active?.mode === mode.id ? active : null;
  if (editing) {
    return (
      <Panel title={mode.name}>
        <ModeForm
          mode={mode}
          problem={edit.error}
          pending={edit.isPending}
          action={t('save')}
          onCancel={() => setEditing(false)}
          onSend={(wish) =>
            edit.mutate(
              { id: mode.id, ...wish },
              {
                onSuccess: () => {
                  setEditing(false);
                  void undoable(t('saved', { name: wish.name }));
                },
              },
            )
          }
        />
      </Panel>
    );
  }
  return (
    <Panel
      title={mode.name}
      aside={
        mode.code && (
          <span className="text-sm text-muted">
            {t('by_phone')} <kbd className="figures font-semibold text-ink">{mode.code}</kbd>
          </span>
        )
      }
    >
      {pressed && (
        <p className="mb-3 flex flex-wrap items-center gap-2 rounded-lg bg-warn-soft px-3 py-2 text-warn">
          <Icon name="modes" className="size-4" />
          <span className="flex-1 font-medium">
            {pressed.until_ms === null
              ? t('active', { who: pressed.who })
              : t('active_until', {
                  who: pressed.who,
                  time: until(pressed.until_ms, serverNow(), locale),
                })}
          </span>
          <ReturnNow />
        </p>
      )}
      <ChangeList changes={mode.changes} />
      <div className="mt-4 flex flex-wrap gap-2">
        <Button look="main" onPress={() => setPressing(true)} isDisabled={pressed !== null}>
          <Icon name="modes" className="size-4" />
          {t('press')}
          <span className="sr-only">{mode.name}</span>
        </Button>
        <Button onPress={() => setEditing(true)}>
          {t('edit')}
          <span className="sr-only">{mode.name}</span>
        </Button>
        <span className="flex-1" />
        <Remove mode={mode} />
      </div>
      <FormDialog
        title={t('press_title', { name: mode.name })}
        isOpen={pressing}
        onClose={() => setPressing(false)}
      >
        <Press mode={mode} onDone={() => setPressing(false)} />
      </FormDialog>
    </Panel>
  );
}

/** What it would change, before it changes it, and until when. */
export function Press({ mode, onDone }: { mode: Mode; onDone: () => void }) {
  const t = useTranslations('modes');
  const pressed = usePressed();
  const preview = useModePreview(mode.id);
  const press = usePressMode();
  const send = (data: FormData) => {
    const until_ms = untilOf(data, serverNow());
    if (until_ms === undefined) return;
    press.mutate(
      { mode: mode.id, until_ms },
      {
        onSuccess: () => {
          pressed(mode.name, until_ms);
          onDone();
        },
      },
    );
  };
  return (
    <Form problem={press.error} onSend={send}>
      <div className="rounded-xl bg-sunken/60 p-3">
        <p className="mb-1 text-sm font-medium">{t('preview')}</p>
        {preview.isPending && <Waiting />}
        {preview.isError && <Failed problem={preview.error} />}
        {preview.data && <Differences changes={preview.data} label={t('preview')} />}
      </div>
      <UntilField label={t('until')} open />
      <FormProblem problem={press.error} />
      <Button type="submit" look="main" isPending={press.isPending}>
        {t('press')}
      </Button>
    </Form>
  );
}

function Remove({ mode }: { mode: Mode }) {
  const t = useTranslations('modes');
  const tell = useTell();
  const undoable = useUndoable();
  const remove = useRemoveMode();
  const { name } = mode;
  return (
    <Confirm
      trigger={
        <Button look="bad" aria-label={t('remove_title', { name })}>
          {t('remove')}
        </Button>
      }
      title={t('remove_title', { name })}
      action={t('remove')}
      onConfirm={() =>
        tell(remove.mutateAsync(mode.id), () => void undoable(t('removed', { name })))
      }
    >
      {t('remove_text')}
    </Confirm>
  );
}
