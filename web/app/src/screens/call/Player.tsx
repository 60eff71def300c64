// The recording: caller in the left ear, agent in the right, and the same two on the picture.
//
// The picture is a slider. Space plays and pauses, arrows move five seconds, brackets change speed.

import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { usePeaks } from '../../api/queries';
import type { CallPage } from '../../api/wire';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { bytes, clock } from '../../words/figures';
import { useLocale } from '../../words/language';
import { drawWave } from './wave';

const STEP_S = 5;
const SPEEDS = [0.75, 1, 1.25, 1.5, 2];

interface Sound {
  playing: boolean;
  at_s: number;
  speed: number;
  failed: boolean;
}

export function Player({
  call,
  recording,
  agent,
}: {
  call: number;
  recording: NonNullable<CallPage['recording']>;
  agent: string;
}) {
  const t = useTranslations('player');
  const locale = useLocale();
  const audio = useRef<HTMLAudioElement>(null);
  const [sound, setSound] = useState<Sound>({ playing: false, at_s: 0, speed: 1, failed: false });
  const length_s = recording.duration_ms / 1000;
  const note = (change: Partial<Sound>) => setSound((now) => ({ ...now, ...change }));
  const toggle = () => {
    const element = audio.current;
    if (!element) return;
    if (element.paused) element.play().catch(() => note({ failed: true }));
    else element.pause();
  };
  const seek = (to_s: number) => {
    const bounded = Math.min(Math.max(to_s, 0), length_s);
    if (audio.current) audio.current.currentTime = bounded;
    note({ at_s: bounded });
  };
  const faster = (by: number) => {
    const place = Math.min(Math.max(SPEEDS.indexOf(sound.speed) + by, 0), SPEEDS.length - 1);
    const speed = SPEEDS[place] ?? 1;
    if (audio.current) audio.current.playbackRate = speed;
    note({ speed });
  };
  return (
    <div>
      {/* biome-ignore lint/a11y/useMediaCaption: telephone calls have no captions yet */}
      <audio
        ref={audio}
        src={`/api/v1/calls/${call}/recording`}
        preload="metadata"
        onPlay={() => note({ playing: true, failed: false })}
        onPause={() => note({ playing: false })}
        onEnded={() => note({ playing: false })}
        onTimeUpdate={(event) => note({ at_s: event.currentTarget.currentTime })}
        onError={() => note({ failed: true, playing: false })}
      />
      <div className="flex items-stretch gap-4">
        <Button
          look="main"
          onPress={toggle}
          aria-label={sound.playing ? t('pause') : t('play')}
          size="round"
          className="self-center"
        >
          <Icon name={sound.playing ? 'pause' : 'play'} />
        </Button>
        <div className="min-w-0 flex-1">
          <Wave
            call={call}
            at_s={sound.at_s}
            length_s={length_s}
            agent={agent}
            onSeek={seek}
            onToggle={toggle}
            onFaster={faster}
          />
        </div>
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-x-5 gap-y-2 text-sm text-muted">
        <span className="figures font-medium text-ink">
          {clock(sound.at_s)} / {clock(length_s)}
        </span>
        <Button
          size="small"
          look="quiet"
          aria-label={t('speed', { speed: sound.speed })}
          onPress={() => faster(sound.speed === SPEEDS.at(-1) ? -SPEEDS.length : 1)}
        >
          <span className="figures">{sound.speed}×</span>
        </Button>
        <a
          href={`/api/v1/calls/${call}/recording`}
          download={`ladus-${call}.wav`}
          className="inline-flex min-h-6 items-center rounded text-accent underline"
        >
          {t('download', { size: bytes(recording.bytes, locale) })}
        </a>
        <span>{t('keys')}</span>
      </div>
      {sound.failed && (
        <p role="alert" className="mt-2 text-sm font-medium text-bad">
          {t('failed')}
        </p>
      )}
    </div>
  );
}

function Wave({
  call,
  at_s,
  length_s,
  agent,
  onSeek,
  onToggle,
  onFaster,
}: {
  call: number;
  at_s: number;
  length_s: number;
  agent: string;
  onSeek: (to_s: number) => void;
  onToggle: () => void;
  onFaster: (by: number) => void;
}) {
  const t = useTranslations('player');
  const peaks = usePeaks(call).data;
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(canvas);
  const dark = useDark();
  const share = length_s > 0 ? at_s / length_s : 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours drawn depend on `dark`
  useEffect(() => {
    if (canvas.current && width > 0) drawWave(canvas.current, peaks, share);
  }, [peaks, share, width, dark]);

  const keys: Record<string, () => void> = {
    ' ': onToggle,
    ArrowRight: () => onSeek(at_s + STEP_S),
    ArrowUp: () => onSeek(at_s + STEP_S),
    ArrowLeft: () => onSeek(at_s - STEP_S),
    ArrowDown: () => onSeek(at_s - STEP_S),
    Home: () => onSeek(0),
    End: () => onSeek(length_s),
    ']': () => onFaster(1),
    '[': () => onFaster(-1),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
  const onPointer = (event: PointerEvent<HTMLElement>) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    onSeek(((event.clientX - box.left) / box.width) * length_s);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={t('place')}
      aria-valuemin={0}
      aria-valuemax={Math.round(length_s)}
      aria-valuenow={Math.round(at_s)}
      aria-valuetext={t('place_of', { at: clock(at_s), length: clock(length_s) })}
      onKeyDown={onKeyDown}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
      className="relative h-32 cursor-pointer touch-pan-y overflow-hidden rounded-xl bg-sunken select-none"
    >
      <canvas ref={canvas} className="absolute inset-0 size-full" />
      <span className="absolute top-1.5 left-2 rounded bg-surface/85 px-1.5 text-xs font-medium">
        {t('caller')}
      </span>
      <span className="absolute bottom-1.5 left-2 max-w-[60%] truncate rounded bg-surface/85 px-1.5 text-xs font-medium">
        {t('agent', { name: agent })}
      </span>
    </div>
  );
}

function useWidth(element: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

function useDark(): boolean {
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const changed = () => setDark(query.matches);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, []);
  return dark;
}
