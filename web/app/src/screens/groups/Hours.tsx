// When a group is open, and what happens to those who find it closed.

import { useTranslations } from 'use-intl';
import { useCalendars, useDoor } from '../../api/plan';
import type { Closing, Door, Group } from '../../api/wire';
import { Button, LinkButton } from '../../ui/Button';
import { Choice, Form, FormProblem } from '../../ui/Field';
import { Panel } from '../../ui/Panel';
import { useTell } from '../../ui/tell';
import { useUndoable } from '../../ui/undo';
import { useFlowDraft } from './useFlowDraft';
import { WayPicker } from './WayPicker';

const DOORS: Door[] = ['by_hours', 'open', 'closed'];
const CLOSINGS: Closing[] = ['serve', 'turn_away'];

/** The door turns at once, everything else is saved. */
export function useTurnDoor() {
  const t = useTranslations('door');
  const tell = useTell();
  const undoable = useUndoable();
  const turn = useDoor();
  return (group: { id: number; name: string }, door: Door) =>
    tell(
      turn.mutateAsync({ group: group.id, door }),
      () => void undoable(t(`done.${door}`, { group: group.name })),
    );
}

export function Hours({ group, others }: { group: Group; others: Group[] }) {
  const t = useTranslations('flow');
  const door = useTranslations('door');
  const calendars = useCalendars().data ?? [];
  const turn = useTurnDoor();
  const flow = useFlowDraft(group, ['hours', 'closed', 'closing']);
  return (
    <Panel title={t('hours')}>
      <Choice
        label={door('title')}
        hint={door('hint')}
        value={group.door}
        options={DOORS.map((value) => ({ value, label: door(value) }))}
        onChange={(value) => turn(group, value)}
        className="mb-4"
      />
      <Form problem={flow.problem} onSend={flow.save} label={t('hours')}>
        <div className="grid items-end gap-3 sm:grid-cols-[1fr_auto]">
          <Choice
            label={t('calendar')}
            value={String(flow.draft.hours ?? '')}
            options={[
              { value: '', label: t('always_open') },
              ...calendars.map((each) => ({ value: String(each.id), label: each.name })),
            ]}
            onChange={(id) => flow.change({ hours: id === '' ? null : Number(id) })}
          />
          <LinkButton to="/calendars" look="quiet">
            {t('calendars')}
          </LinkButton>
        </div>
        <WayPicker
          name="closed"
          label={t('closed')}
          way={flow.draft.closed}
          groups={others}
          onChange={(closed) => flow.change({ closed })}
        />
        <Choice
          label={t('closing')}
          value={flow.draft.closing}
          options={CLOSINGS.map((value) => ({ value, label: t(`closings.${value}`) }))}
          onChange={(closing) => flow.change({ closing })}
        />
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
