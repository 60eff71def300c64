// Keys that work on every screen: the palette, the list of keys, and `g` with a letter to go.

import { useEffect, useRef, useSyncExternalStore } from 'react';

export type Screen =
  | 'now'
  | 'calls'
  | 'people'
  | 'groups'
  | 'results'
  | 'modes'
  | 'indicators'
  | 'plugins'
  | 'pay'
  | 'versions'
  | 'settings';

/** The letters are the same in both languages: fingers do not translate. */
export const SCREENS: readonly { screen: Screen; to: string; letter: string }[] = [
  { screen: 'now', to: '/', letter: 'n' },
  { screen: 'calls', to: '/calls', letter: 'c' },
  { screen: 'people', to: '/people', letter: 'p' },
  { screen: 'groups', to: '/groups', letter: 'g' },
  { screen: 'results', to: '/results', letter: 'r' },
  { screen: 'modes', to: '/modes', letter: 'm' },
  { screen: 'indicators', to: '/indicators', letter: 'i' },
  { screen: 'plugins', to: '/plugins', letter: 'l' },
  { screen: 'pay', to: '/pay', letter: 'w' },
  { screen: 'versions', to: '/versions', letter: 'v' },
  { screen: 'settings', to: '/settings', letter: 's' },
];

export type Pressed =
  | { kind: 'palette' }
  | { kind: 'list' }
  | { kind: 'go'; to: string }
  | { kind: 'wait' }
  | { kind: 'none' };

interface Key {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** What a key means; `afterG`: a `g` has just been pressed. `singles`: single keys are wanted. */
export function meaning(key: Key, afterG: boolean, singles: boolean): Pressed {
  const letter = key.key.toLowerCase();
  if ((key.ctrlKey || key.metaKey) && !key.altKey && letter === 'k') return { kind: 'palette' };
  if (!singles || key.ctrlKey || key.metaKey || key.altKey) return { kind: 'none' };
  if (afterG) {
    const found = SCREENS.find((each) => each.letter === letter);
    return found ? { kind: 'go', to: found.to } : { kind: 'none' };
  }
  if (letter === 'g') return { kind: 'wait' };
  return letter === '?'
    ? { kind: 'list' }
    : letter === '/'
      ? { kind: 'palette' }
      : { kind: 'none' };
}

/** Where letters are typed or choose something already, they are not ours. */
const TYPED = [
  'input, textarea, select, [contenteditable]',
  '[role=menu], [role=listbox], [role=grid], [role=dialog], [role=alertdialog]',
].join(', ');

/** How long a `g` waits for its letter. */
const AFTER_G_MS = 1_500;

export function useKeys(act: (pressed: Pressed) => void): void {
  const singles = useSingleKeys();
  const acting = useRef(act);
  acting.current = act;
  useEffect(() => {
    let g_at = Number.NEGATIVE_INFINITY;
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.isComposing) return;
      const free = !(event.target instanceof Element && event.target.closest(TYPED));
      const afterG = performance.now() - g_at < AFTER_G_MS;
      const pressed = meaning(event, afterG, singles && free);
      g_at = pressed.kind === 'wait' ? performance.now() : Number.NEGATIVE_INFINITY;
      if (pressed.kind === 'none' || pressed.kind === 'wait') return;
      event.preventDefault();
      acting.current(pressed);
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, [singles]);
}

const STORED = 'ladus.single_keys';
const listeners = new Set<() => void>();

/** Whether single keys are wanted (WCAG 2.1.4): kept in this browser. */
export function useSingleKeys(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => localStorage.getItem(STORED) !== 'off',
  );
}

export function wantSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(STORED);
  else localStorage.setItem(STORED, 'off');
  for (const listener of listeners) listener();
}
