// Everyone on the line, oldest first: new callers join at the end, so nothing jumps.

import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import type { BoardCall } from '../../api/wire';
import { useLivePart } from '../../live/stream';
import { Icon } from '../../ui/Icon';
import { Panel } from '../../ui/Panel';
import { StateMark } from '../../ui/State';
import { Timer } from '../../ui/Timer';

/** Rows drawn; the board itself may carry more than a screen can show. */
const SHOWN_MAX = 100;

export function Callers() {
  const t = useTranslations('now');
  const calls = useLivePart((live) => live.board?.calls);
  if (!calls) return null;
  return (
    <div className="grid grid-cols-1 gap-6">
      <Part
        title={t('waiting_callers')}
        none={t('no_waiting')}
        calls={calls.filter((call) => call.stage !== 'talking')}
      />
      <Part
        title={t('talking_callers')}
        none={t('no_talking')}
        calls={calls.filter((call) => call.stage === 'talking')}
      />
    </div>
  );
}

function Part({ title, none, calls }: { title: string; none: string; calls: BoardCall[] }) {
  const t = useTranslations('now');
  const groups = useLivePart((live) => live.board?.groups);
  const agents = useLivePart((live) => live.board?.agents);
  const groupName = new Map(groups?.map((group) => [group.id, group.name]));
  const agentName = new Map(agents?.map((agent) => [agent.id, agent.name]));
  return (
    <Panel
      title={title}
      flush
      aside={<span className="figures text-sm text-muted">{calls.length}</span>}
    >
      {calls.length === 0 && <p className="px-5 py-3 text-muted">{none}</p>}
      <ul className="divide-y divide-line">
        {calls.slice(0, SHOWN_MAX).map((call) => (
          <Caller
            key={call.id}
            call={call}
            group={groupName.get(call.group) ?? ''}
            agent={call.agent === null ? null : (agentName.get(call.agent) ?? '')}
          />
        ))}
        {calls.length > SHOWN_MAX && (
          <li className="px-5 py-3 text-sm text-muted">
            {t('more_callers', { count: calls.length - SHOWN_MAX })}
          </li>
        )}
      </ul>
    </Panel>
  );
}

const Caller = memo(function Caller({
  call,
  group,
  agent,
}: {
  call: BoardCall;
  group: string;
  agent: string | null;
}) {
  const t = useTranslations('now');
  return (
    <li>
      <Link
        to="/calls/$id"
        params={{ id: String(call.id) }}
        className="flex items-center gap-3 px-5 py-2 -outline-offset-2 hover:bg-sunken"
      >
        {call.stage === 'waiting' ? (
          <Icon name="waiting" className="text-wrapup" />
        ) : (
          <StateMark state={call.stage} />
        )}
        <span className="min-w-0 flex-1">
          <span className="figures block truncate font-medium">{call.caller}</span>
          <span className="block truncate text-sm text-muted">
            {group} · {t(`stage.${call.stage}`, { agent: agent ?? '' })}
          </span>
        </span>
        <Timer
          since_ms={call.stage === 'talking' ? call.since_ms : call.entered_ms}
          className="text-base font-medium"
        />
      </Link>
    </li>
  );
});
