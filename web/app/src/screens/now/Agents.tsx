// Everyone who may answer: always in the order of their names, whatever they do.

import { Link } from '@tanstack/react-router';
import { memo, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { BoardAgent } from '../../api/wire';
import { useLivePart } from '../../live/stream';
import { LinkButton } from '../../ui/Button';
import { Empty, Panel } from '../../ui/Panel';
import { pendingWish, StateMark, StateWord, stateOf } from '../../ui/State';
import { Remaining, Timer } from '../../ui/Timer';
import { useLocale } from '../../words/language';
import { WishMenu } from '../people/WishMenu';

export function Agents() {
  const t = useTranslations('now');
  const locale = useLocale();
  const agents = useLivePart((live) => live.board?.agents);
  const sorted = useMemo(() => {
    const collator = new Intl.Collator(locale);
    return [...(agents ?? [])].sort((a, b) => collator.compare(a.name, b.name) || a.id - b.id);
  }, [agents, locale]);
  if (!agents) return null;
  return (
    <Panel
      title={t('agents')}
      aside={<span className="figures text-sm text-muted">{agents.length}</span>}
    >
      {sorted.length === 0 ? (
        <Empty icon="people" action={<LinkButton to="/people">{t('no_agents_action')}</LinkButton>}>
          {t('no_agents')}
        </Empty>
      ) : (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,15rem),1fr))] gap-2.5">
          {sorted.map((agent) => (
            <Agent key={agent.id} agent={agent} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

const Agent = memo(function Agent({ agent }: { agent: BoardAgent }) {
  const t = useTranslations('now');
  const state = stateOf(agent);
  const then = pendingWish(agent);
  return (
    <li
      data-state={state}
      className="flex items-start gap-2.5 rounded-xl bg-sunken/60 py-2 pr-1 pl-3"
    >
      <span className="relative mt-1.5">
        <StateMark state={state} />
        {then && (
          <span className="absolute -right-1.5 -bottom-1.5 rounded-full bg-surface p-px">
            <StateMark state={then} className="size-3.5" />
          </span>
        )}
      </span>
      <div className="min-w-0 flex-1">
        <Link
          to="/people/$id"
          params={{ id: String(agent.id) }}
          className="block min-h-6 truncate rounded font-medium hover:underline"
        >
          {agent.name}
        </Link>
        <p className="text-sm">
          <StateWord state={state} />
          {state === 'break' && agent.reason && ` (${agent.reason})`}{' '}
          <Timer since_ms={agent.since_ms} className="font-medium" />
          {agent.until_ms != null && (
            <>
              {' / '}
              <Remaining until_ms={agent.until_ms} />
            </>
          )}
        </p>
        <p className="text-xs text-muted">
          {then
            ? t(`then.${then}`)
            : t('today', { handled: agent.handled_today, missed: agent.missed_today })}
        </p>
      </div>
      <WishMenu agent={agent} />
    </li>
  );
});
