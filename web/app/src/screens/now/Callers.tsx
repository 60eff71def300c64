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
import { timeOfDay } from '../../words/figures';
import { useLocale } from '../../words/language';
import { roughly } from '../../words/spans';
import { CallMenu } from './CallMenu';

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
    <li className="flex items-center pr-2 hover:bg-sunken">
      <Link
        to="/calls/$id"
        params={{ id: String(call.id) }}
        className="flex min-w-0 flex-1 items-center gap-3 py-2 pl-5 -outline-offset-2"
      >
        {call.stage === 'waiting' ? (
          <Icon name={call.callback ? 'calls' : 'waiting'} className="text-wrapup" />
        ) : (
          <StateMark state={call.stage} />
        )}
        <span className="min-w-0 flex-1">
          <span className="figures block truncate font-medium">
            {call.caller}
            {call.priority > 0 && (
              <span className="ml-2 rounded bg-accent-soft px-1.5 text-xs text-accent">
                {t('priority', { priority: call.priority })}
              </span>
            )}
          </span>
          <span className="block truncate text-sm text-muted">
            {group} ·{' '}
            {call.callback ? t('callback') : t(`stage.${call.stage}`, { agent: agent ?? '' })}
          </span>
          {call.stage === 'waiting' && <Reason call={call} />}
        </span>
        <Timer
          since_ms={call.stage === 'talking' ? call.since_ms : call.entered_ms}
          className="text-base font-medium"
        />
      </Link>
      <CallMenu call={call} />
    </li>
  );
});

/** Why a caller still waits, and for how long about. */
function Reason({ call }: { call: BoardCall }) {
  const t = useTranslations('now');
  const locale = useLocale();
  const { why, estimate_ms, place } = call;
  const words = [
    ...(place === null ? [] : [t('place', { place })]),
    ...(why === null ? [] : [t(`why.${why.kind}`)]),
    ...(why?.until_ms == null ? [] : [t('why_until', { time: timeOfDay(why.until_ms, locale) })]),
    ...(estimate_ms === null ? [] : [t('estimate', { time: roughly(estimate_ms) })]),
  ];
  if (words.length === 0) return null;
  return <span className="block text-sm text-pretty">{words.join(' · ')}</span>;
}
