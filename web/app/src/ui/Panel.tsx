// The page's furniture: heading, card, empty state, waiting and failing.

import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { useProblemWords } from '../words/problem';
import { Button } from './Button';
import { classes } from './classes';
import { Icon, type IconName } from './Icon';

/** The heading of a screen, which is also the document's title. */
export function Head({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ReactNode;
  children?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} – Ladus`;
  }, [title]);
  return (
    <header className="mb-6 flex flex-wrap items-end gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-64">
        <h1 className="text-2xl font-semibold tracking-tight break-words">{title}</h1>
        {lead && <p className="mt-1 max-w-prose text-muted">{lead}</p>}
      </div>
      {children && <div className="flex flex-wrap items-center gap-2">{children}</div>}
    </header>
  );
}

export function Panel({
  title,
  aside,
  children,
  className,
  flush,
}: {
  title?: string;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
  /** The content brings its own padding (tables, lists). */
  flush?: boolean;
}) {
  return (
    <section
      {...(title ? { 'aria-label': title } : {})}
      className={classes('rounded-2xl bg-surface shadow-card ring-1 ring-line', className)}
    >
      {(title || aside) && (
        <div className="flex flex-wrap items-center justify-between gap-2 px-5 pt-4">
          {title && <h2 className="font-semibold">{title}</h2>}
          {aside}
        </div>
      )}
      <div className={flush ? 'pt-2 pb-2' : 'px-5 pt-3 pb-5'}>{children}</div>
    </section>
  );
}

/** Nothing here yet: one sentence that teaches, and one thing to do. */
export function Empty({
  icon,
  children,
  action,
}: {
  icon: IconName;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-4 px-6 py-12 text-center">
      <span className="grid size-14 place-items-center rounded-full bg-accent-soft text-accent">
        <Icon name={icon} className="size-6" />
      </span>
      <p className="max-w-md text-pretty text-muted">{children}</p>
      {action}
    </div>
  );
}

export function Waiting() {
  const t = useTranslations('page');
  return (
    <p role="status" className="px-5 py-10 text-center text-muted">
      {t('loading')}
    </p>
  );
}

export function Failed({ problem, retry }: { problem: unknown; retry?: () => void }) {
  const t = useTranslations('page');
  const words = useProblemWords();
  return (
    <div role="alert" className="flex flex-col items-center gap-4 px-6 py-10 text-center">
      <Icon name="warning" className="size-7 text-bad" />
      <p className="max-w-md">{words.of(problem)}</p>
      {retry && <Button onPress={retry}>{t('retry')}</Button>}
    </div>
  );
}

/** A table that may be wider than the screen scrolls in its own box, also by keyboard. */
export function Wide({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="overflow-x-auto rounded-b-2xl">
      {children}
    </section>
  );
}
