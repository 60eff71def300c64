// One line at the foot of the page that says what has just come into force, or why it has not.

import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import { Button } from './Button';
import { classes } from './classes';
import { Icon } from './Icon';

/** Long enough to read two lines, WCAG's usual advice for messages that ask for nothing. */
const SHOWN_MS = 7_000;
/** What can be taken back stays longer, for a second thought. */
const OFFERED_MS = 10_000;

type Tone = 'good' | 'bad';

/** Something to do about what was said: take it back. */
export interface Offer {
  word: string;
  act: () => void;
}

type Say = (text: string, tone?: Tone, offer?: Offer) => void;

const Saying = createContext<Say>(() => {});
export const useSay = () => useContext(Saying);

interface Said {
  text: string;
  tone: Tone;
  offer: Offer | undefined;
  at: number;
}

export function Notices({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<Said | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const held = useRef(false);
  const leaveAfter = useCallback((ms: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => !held.current && setNotice(null), ms);
  }, []);
  const say = useCallback<Say>(
    (text, tone = 'good', offer) => {
      held.current = false;
      setNotice({ text, tone, offer, at: Date.now() });
      leaveAfter(offer ? OFFERED_MS : SHOWN_MS);
    },
    [leaveAfter],
  );
  // Whoever is on the way to the button with pointer or keyboard is not robbed of it.
  const hold = (on: boolean) => {
    held.current = on;
    if (!on) leaveAfter(OFFERED_MS);
  };
  const take = (offer: Offer) => {
    setNotice(null);
    offer.act();
  };
  return (
    <Saying value={say}>
      {children}
      <div
        role="status"
        className="pointer-events-none fixed inset-x-4 bottom-20 z-[60] flex justify-center lg:bottom-6"
      >
        {notice && (
          // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the line from leaving
          <div
            key={notice.at}
            data-react-aria-top-layer="true"
            onMouseEnter={() => notice.offer && hold(true)}
            onMouseLeave={() => notice.offer && hold(false)}
            onFocus={() => notice.offer && hold(true)}
            onBlur={() => notice.offer && hold(false)}
            className={classes(
              'pointer-events-auto flex max-w-xl items-center gap-2.5 rounded-xl px-4 py-2.5',
              'text-sm font-medium shadow-lift ring-1 animate-settle',
              notice.tone === 'good'
                ? 'bg-good-soft text-good ring-good/30'
                : 'bg-bad-soft text-bad ring-bad/30',
            )}
          >
            <Icon name={notice.tone === 'good' ? 'done' : 'warning'} className="size-4" />
            <span>{notice.text}</span>
            {notice.offer && (
              <Button
                size="small"
                onPress={() => notice.offer && take(notice.offer)}
                className="-my-1 -mr-1.5"
              >
                {notice.offer.word}
              </Button>
            )}
          </div>
        )}
      </div>
    </Saying>
  );
}
