// One tile per group: who waits, how long, and how the day goes.

import { Link } from '@tanstack/react-router';
import { memo, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { AgentCount, BoardGroup, Figures } from '../../api/wire';
import { serverNow } from '../../live/clock';
import { useLivePart } from '../../live/stream';
import { Button } from '../../ui/Button';
import { classes } from '../../ui/classes';
import { Icon } from '../../ui/Icon';
import { StateMark, StateWord } from '../../ui/State';
import { Timer } from '../../ui/Timer';
import { clockOfMs, percent } from '../../words/figures';
import { useLocale } from '../../words/language';
import { until } from '../../words/spans';
import { DoorMark } from '../groups/DoorMark';
import { useTurnDoor } from '../groups/Hours';

export function Tiles() {
  const t = useTranslations('now');
  const groups = useLivePart((live) => live.board?.groups);
  const totals = useLivePart((live) => live.board?.totals);
  if (!groups || !totals) return null;
  return (
    <section aria-label={t('groups')} className="grid gap-4">
      {groups.length > 1 && <Day totals={totals} />}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,19rem),1fr))] gap-4">
        {groups.map((group) => (
          <Tile key={group.id} group={group} />
        ))}
      </ul>
    </section>
  );
}

/** Today over all groups, on one line. */
const Day = memo(function Day({ totals }: { totals: Figures }) {
  const t = useTranslations('now');
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-3 rounded-2xl bg-accent-soft px-5 py-3.5">
      <Figure word={t('offered')}>{totals.offered}</Figure>
      <DayFigures figures={totals} />
      <Figure word={t('waiting')}>{totals.waiting}</Figure>
    </dl>
  );
});

function DayFigures({ figures }: { figures: Figures }) {
  const t = useTranslations('now');
  const locale = useLocale();
  return (
    <>
      <Figure word={t('service_level')}>{percent(figures.service_level, locale)}</Figure>
      <Figure word={t('asa')}>{clockOfMs(figures.asa_ms)}</Figure>
      <Figure word={t('answered')}>{figures.answered}</Figure>
      <Figure word={t('abandoned')}>{figures.abandoned}</Figure>
    </>
  );
}

function Figure({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted">{word}</dt>
      <dd className="figures text-lg font-semibold">{children}</dd>
    </div>
  );
}

/** The states worth a place on a tile, in the order of usefulness to a caller. */
const STATES: AgentCount[] = ['idle', 'offered', 'talking', 'wrapup', 'break', 'unreachable'];

const Tile = memo(function Tile({ group }: { group: BoardGroup }) {
  const t = useTranslations('now');
  const waits = group.waiting > 0;
  return (
    <li className="flex flex-col rounded-2xl bg-surface p-5 shadow-card ring-1 ring-line">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h2 className="font-semibold break-words">
          <Link
            to="/groups/$id"
            params={{ id: String(group.id) }}
            className="inline-block min-h-6 rounded hover:underline"
          >
            {group.name}
          </Link>
        </h2>
        <DoorMark open={group.open} byHand={group.by_hand} />
      </div>
      <dl className="mt-3 grid grid-cols-2 gap-x-4">
        <div>
          <dt className="text-sm text-muted">{t('waiting')}</dt>
          <dd
            className={classes(
              'figures text-4xl leading-tight font-semibold tracking-tight',
              !waits && 'text-muted',
            )}
          >
            {group.waiting}
          </dd>
        </div>
        <div>
          <dt className="text-sm text-muted">{t('longest')}</dt>
          <dd className="text-4xl leading-tight font-semibold tracking-tight">
            {group.longest_wait_since_ms === null ? (
              <span className="text-muted">–</span>
            ) : (
              <Timer since_ms={group.longest_wait_since_ms} />
            )}
          </dd>
        </div>
      </dl>
      <dl className="mt-4 grid grid-cols-2 gap-x-4 gap-y-2 border-t border-line pt-3">
        <DayFigures figures={group} />
      </dl>
      <ul
        aria-label={t('agents_of', { group: group.name })}
        className="mt-4 flex flex-wrap gap-x-4 gap-y-1 border-t border-line pt-3 text-sm"
      >
        {STATES.filter((state) => group.agents[state] > 0 || state === 'idle').map((state) => (
          <li key={state} className="flex items-center gap-1.5">
            <StateMark state={state} className="size-4" />
            <span className="figures">{group.agents[state]}</span>
            <span className="text-muted">
              <StateWord state={state} />
            </span>
          </li>
        ))}
      </ul>
      <Turn group={group} />
    </li>
  );
});

/** The door: one click, and callers find the group open or closed. */
function Turn({ group }: { group: BoardGroup }) {
  const t = useTranslations('door');
  const locale = useLocale();
  const turn = useTurnDoor();
  const next = group.open ? 'closed' : 'open';
  return (
    <div className="mt-4 flex flex-wrap items-center gap-2 border-t border-line pt-3">
      <Button size="small" onPress={() => turn(group, next)}>
        <Icon name={group.open ? 'shut' : 'opened'} className="size-4" />
        {t(group.open ? 'close' : 'reopen')}
        <span className="sr-only">{group.name}</span>
      </Button>
      {group.by_hand && (
        <Button size="small" look="quiet" onPress={() => turn(group, 'by_hours')}>
          {t('by_hours')}
          <span className="sr-only">{group.name}</span>
        </Button>
      )}
      {!group.by_hand && group.next_turn_ms !== null && (
        <span className="figures text-sm text-muted">
          {t(group.open ? 'closes_at' : 'opens_at', {
            time: until(group.next_turn_ms, serverNow(), locale),
          })}
        </span>
      )}
    </div>
  );
}
