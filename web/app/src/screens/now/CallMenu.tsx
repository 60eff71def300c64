// What a supervisor does with a caller: first in line, to another group, not to be called back.

import { useTranslations } from 'use-intl';
import { useEndCallback, useMoveCall, usePromoteCall, useTransferCall } from '../../api/plan';
import type { BoardCall } from '../../api/wire';
import { useLivePart } from '../../live/stream';
import { Icon } from '../../ui/Icon';
import { Menu, MenuItem } from '../../ui/Menu';
import { useSay } from '../../ui/Notice';
import { useTell } from '../../ui/tell';

export function CallMenu({ call }: { call: BoardCall }) {
  const t = useTranslations('callmenu');
  const say = useSay();
  const tell = useTell();
  const move = useMoveCall();
  const transfer = useTransferCall();
  const promote = usePromoteCall();
  const endCallback = useEndCallback();
  const groups = useLivePart((live) => live.board?.groups) ?? [];
  const calls = useLivePart((live) => live.board?.calls) ?? [];
  const rivals = calls.filter(
    (each) => each.group === call.group && each.stage !== 'talking' && each.id !== call.id,
  );
  const above = Math.max(0, ...rivals.map((each) => each.priority)) + 1;
  const { caller } = call;
  const talking = call.stage === 'talking';
  const send = talking ? transfer : move;
  return (
    <Menu label={t('menu', { caller })} face={<Icon name="more" />}>
      {!talking && (
        <MenuItem
          isDisabled={rivals.length === 0 || call.priority >= above}
          onAction={() =>
            tell(promote.mutateAsync({ call: call.id, priority: above }), () =>
              say(t('promoted', { caller })),
            )
          }
        >
          <Icon name="up" className="size-4" />
          {t('promote')}
        </MenuItem>
      )}
      {groups
        .filter((group) => group.id !== call.group)
        .map((group) => (
          <MenuItem
            key={group.id}
            onAction={() =>
              tell(send.mutateAsync({ call: call.id, group: group.id }), () =>
                say(t('moved', { caller, group: group.name })),
              )
            }
          >
            <Icon name="forward" className="size-4" />
            {t(talking ? 'transfer' : 'move', { group: group.name })}
          </MenuItem>
        ))}
      {call.callback && (
        <MenuItem
          onAction={() =>
            tell(endCallback.mutateAsync(call.id), () => say(t('callback_ended', { caller })))
          }
        >
          <Icon name="abandoned" className="size-4" />
          {t('end_callback')}
        </MenuItem>
      )}
    </Menu>
  );
}
