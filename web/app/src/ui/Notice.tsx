// One line at the foot of the page that says what has just come into force, or why it has not.

import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import { classes } from './classes';
import { Icon } from './Icon';

/** Long enough to read two lines, WCAG's usual advice for messages that ask for nothing. */
const SHOWN_MS = 7_000;

type Tone = 'good' | 'bad';
type Say = (text: string, tone?: Tone) => void;

const Saying = createContext<Say>(() => {});
export const useSay = () => useContext(Saying);

export function Notices({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<{ text: string; tone: Tone; at: number } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const say = useCallback<Say>((text, tone = 'good') => {
    clearTimeout(timer.current);
    setNotice({ text, tone, at: Date.now() });
    timer.current = setTimeout(() => setNotice(null), SHOWN_MS);
  }, []);
  return (
    <Saying value={say}>
      {children}
      <div
        role="status"
        className="pointer-events-none fixed inset-x-4 bottom-20 z-40 flex justify-center lg:bottom-6"
      >
        {notice && (
          <p
            key={notice.at}
            className={classes(
              'pointer-events-auto flex max-w-xl items-center gap-2.5 rounded-xl px-4 py-2.5',
              'text-sm font-medium shadow-lift ring-1 animate-settle',
              notice.tone === 'good'
                ? 'bg-good-soft text-good ring-good/30'
                : 'bg-bad-soft text-bad ring-bad/30',
            )}
          >
            <Icon name={notice.tone === 'good' ? 'done' : 'warning'} className="size-4" />
            {notice.text}
          </p>
        )}
      </div>
    </Saying>
  );
}
