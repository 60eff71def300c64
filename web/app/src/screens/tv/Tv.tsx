// The board on a wall: read-only, large, without scrolling, honest about being stale.

import { type CSSProperties, useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import type { AgentCount, BoardGroup } from '../../api/wire';
import { useNow } from '../../live/clock';
import { type Live, Stream } from '../../live/stream';
import { classes } from '../../ui/classes';
import { Icon } from '../../ui/Icon';
import { Languages } from '../../ui/Languages';
import { StateMark, StateWord } from '../../ui/State';
import { Timer } from '../../ui/Timer';
import { clock, percent } from '../../words/figures';
import { useLocale } from '../../words/language';
import { DoorMark } from '../groups/DoorMark';

const streams = new Map<string, Stream>();

/** One stream for each token, however often the page is drawn. */
function streamOf(token: string): Stream {
  const known = streams.get(token);
  if (known) return known;
  const stream = new Stream(`/api/v1/tv/live?token=${encodeURIComponent(token)}`);
  streams.set(token, stream);
  return stream;
}

function useHash(): string {
  const subscribe = (changed: () => void) => {
    window.addEventListener('hashchange', changed);
    return () => window.removeEventListener('hashchange', changed);
  };
  return useSyncExternalStore(subscribe, () => window.location.hash);
}

/** The link carries its token behind `#`, bare or named, so that no server's log keeps it. */
export function tvToken(hash: string): string {
  return hash.replace(/^#/, '').replace(/^token=/, '');
}

export function Tv() {
  const t = useTranslations('tv');
  const token = tvToken(useHash());
  useEffect(() => {
    document.title = `${t('title')} – Ladus`;
  }, [t]);
  if (token === '') return <Message words={t('no_token')} />;
  return <Wall key={token} stream={streamOf(token)} />;
}

function Message({ words }: { words: string }) {
  const t = useTranslations('tv');
  return (
    <main className="grid min-h-dvh place-content-center gap-4 p-8 text-center">
      <h1 className="text-3xl font-semibold">{t('title')}</h1>
      <p className="max-w-prose text-lg text-muted">{words}</p>
    </main>
  );
}

function Wall({ stream }: { stream: Stream }) {
  const t = useTranslations('tv');
  const live = useSyncExternalStore(stream.subscribe, stream.snapshot);
  const shift = useShift();
  if (live.board === null) {
    return <Message words={live.failures > 1 ? t('refused') : t('opening')} />;
  }
  const { groups, totals, mode } = live.board;
  return (
    <main className="h-dvh overflow-hidden p-[1.5vmin]">
      <div className="flex h-full flex-col gap-[1.5vmin]" style={shift}>
        <header className="flex flex-wrap items-center gap-x-6 gap-y-1 px-2">
          <h1 className="text-2xl font-semibold">{t('title')}</h1>
          <p className="figures text-xl text-muted">
            {t('totals', { waiting: totals.waiting, answered: totals.answered })}
          </p>
          {mode && <p className="text-xl font-medium text-warn">{mode.name}</p>}
          <span className="ml-auto flex items-center gap-4">
            <Stale live={live} />
            <Clock />
            <Languages />
          </span>
        </header>
        <ul
          className="grid min-h-0 flex-1 auto-rows-fr gap-[1.5vmin]"
          style={{ gridTemplateColumns: `repeat(${columns(groups.length)}, minmax(0, 1fr))` }}
        >
          {groups.map((group) => (
            <Tile key={group.id} group={group} />
          ))}
        </ul>
      </div>
    </main>
  );
}

/** As square as the number of groups allows. */
export function columns(groups: number): number {
  return Math.max(1, Math.ceil(Math.sqrt(groups)));
}

/** Screens that show the same picture for months burn it in: it moves a little each minute. */
function useShift(): CSSProperties {
  const [step, setStep] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setStep((before) => (before + 1) % 8), 60_000);
    return () => clearInterval(timer);
  }, []);
  const angle = (step / 8) * 2 * Math.PI;
  const [x, y] = [Math.cos(angle), Math.sin(angle)].map((each) => (each * 6).toFixed(1));
  return { transform: `translate(${x}px, ${y}px)` };
}

function Clock() {
  const locale = useLocale();
  const now_s = useNow();
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', hour12: false });
  return <span className="figures text-2xl font-semibold">{time.format(now_s * 1000)}</span>;
}

function Stale({ live }: { live: Live }) {
  const t = useTranslations('tv');
  useNow();
  if (live.link === 'live') return null;
  const age_s = live.heard_ms === null ? 0 : (Date.now() - live.heard_ms) / 1000;
  return (
    <p
      role="alert"
      className="flex items-center gap-2 rounded-lg bg-bad-soft px-3 py-1 text-xl font-semibold text-bad"
    >
      <Icon name="warning" />
      {t('stale')} <span aria-hidden="true">{clock(age_s)}</span>
    </p>
  );
}

const STATES: AgentCount[] = ['idle', 'offered', 'talking', 'wrapup', 'break', 'unreachable'];

function Tile({ group }: { group: BoardGroup }) {
  const t = useTranslations('tv');
  const now = useTranslations('now');
  const locale = useLocale();
  return (
    <li className="flex min-h-0 flex-col justify-between overflow-hidden rounded-2xl bg-surface p-[2vmin] ring-1 ring-line">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="truncate text-[clamp(1.25rem,3.5vmin,3rem)] font-semibold">{group.name}</h2>
        <DoorMark open={group.open} byHand={group.by_hand} className="shrink-0 text-lg" />
      </div>
      <dl className="grid grid-cols-3 gap-3">
        <Big word={now('waiting')} loud={group.waiting > 0}>
          {group.waiting}
        </Big>
        <Big word={now('longest')} loud={false}>
          {group.longest_wait_since_ms === null ? (
            '–'
          ) : (
            <Timer since_ms={group.longest_wait_since_ms} />
          )}
        </Big>
        <Big word={t('in_time')} loud={false}>
          {percent(group.service_level, locale)}
        </Big>
      </dl>
      <ul className="flex flex-wrap gap-x-6 gap-y-1 text-[clamp(1rem,2.2vmin,1.75rem)]">
        {STATES.filter((state) => group.agents[state] > 0 || state === 'idle').map((state) => (
          <li key={state} className="flex items-center gap-2">
            <StateMark state={state} className="size-[1em]" />
            <span className="figures font-semibold">{group.agents[state]}</span>
            <span className="text-muted">
              <StateWord state={state} />
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}

function Big({ word, loud, children }: { word: string; loud: boolean; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="truncate text-[clamp(0.9rem,2vmin,1.5rem)] text-muted">{word}</dt>
      <dd
        className={classes(
          'figures text-[clamp(2rem,8vmin,8rem)] leading-none font-semibold tracking-tight',
          loud && 'text-accent',
        )}
      >
        {children}
      </dd>
    </div>
  );
}
