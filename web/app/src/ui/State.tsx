// An agent's state: a shape, a colour and a word. The colour is never alone.

import { useTranslations } from 'use-intl';
import type { Activity, Wish } from '../api/wire';
import { classes } from './classes';

export type State = Activity | 'break' | 'off';

/** Whoever is busy is busy whatever is wanted next; then the wish counts, then the phone. */
export function stateOf(agent: { wish: Wish; activity: Activity }): State {
  if (agent.activity !== 'idle' && agent.activity !== 'unreachable') return agent.activity;
  return agent.wish === 'on' ? agent.activity : agent.wish;
}

/** Busy now, and will be off or on a break afterwards. */
export function pendingWish(agent: { wish: Wish; activity: Activity }): 'off' | 'break' | null {
  const busy = agent.activity !== 'idle' && agent.activity !== 'unreachable';
  return busy && agent.wish !== 'on' ? agent.wish : null;
}

const COLOURS: Record<State, string> = {
  idle: 'text-idle',
  offered: 'text-offered',
  talking: 'text-talking',
  internal: 'text-talking',
  outbound: 'text-talking',
  wrapup: 'text-wrapup',
  break: 'text-break',
  unreachable: 'text-unreachable',
  off: 'text-off',
};

const LINE = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 2.2,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

function Shape({ state }: { state: State }) {
  switch (state) {
    case 'idle':
      return <circle cx="10" cy="10" r="6.5" fill="currentColor" />;
    case 'offered':
      return (
        <g {...LINE}>
          <circle cx="10" cy="10" r="3" fill="currentColor" />
          <circle cx="10" cy="10" r="7.5" />
        </g>
      );
    case 'talking':
      return (
        <path
          fill="currentColor"
          d="M4.5 2.5h3l1.6 4-2 1.5a10 10 0 0 0 4.9 4.9l1.5-2 4 1.6v3c0 1-.7 1.7-1.7 1.7A13.4 13.4 0 0 1 2.8 4.2c0-1 .7-1.7 1.7-1.7Z"
        />
      );
    case 'internal':
      return (
        <g {...LINE}>
          <circle cx="7" cy="10" r="4.5" />
          <circle cx="13" cy="10" r="4.5" />
        </g>
      );
    case 'outbound':
      return <path {...LINE} d="M4 16 16 4M8 4h8v8" />;
    case 'wrapup':
      return <path {...LINE} d="m3.5 16.5.8-3.6L13.4 3.8l2.8 2.8-9.1 9.1zM11.5 6l2.6 2.6" />;
    case 'break':
      return (
        <path
          {...LINE}
          d="M3.5 6.5h10v5a4 4 0 0 1-4 4h-2a4 4 0 0 1-4-4zM13.5 8h1.3a2 2 0 0 1 0 4h-1.3M7 3.5v.5M10.5 3.5v.5"
        />
      );
    case 'unreachable':
      return <path {...LINE} d="M10 3 2 17h16zM10 8.5v3.4M10 14.2v.1" />;
    case 'off':
      return <circle cx="10" cy="10" r="6" {...LINE} />;
  }
}

export function StateMark({ state, className }: { state: State; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 20 20"
      className={classes(
        'size-5 shrink-0',
        COLOURS[state],
        state === 'offered' && 'animate-ring',
        className,
      )}
    >
      <Shape state={state} />
    </svg>
  );
}

export function StateWord({ state }: { state: State }) {
  const t = useTranslations('state');
  return <>{t(state)}</>;
}
