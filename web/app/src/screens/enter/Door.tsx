// The frame of the pages before log-in.

import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { classes } from '../../ui/classes';
import { Languages } from '../../ui/Languages';
import { Logo } from '../../ui/Logo';

export function Door({
  title,
  lead,
  children,
  wide,
}: {
  title: string;
  lead?: ReactNode;
  children?: ReactNode;
  wide?: boolean;
}) {
  useEffect(() => {
    document.title = `${title} – Ladus`;
  }, [title]);
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-5xl flex-col px-4 py-5">
      <header className="flex items-center gap-3">
        <Logo />
        <span className="flex-1 text-lg font-semibold tracking-tight">Ladus</span>
        <Languages />
      </header>
      <main
        className={classes(
          'mx-auto w-full flex-1 py-10',
          wide ? 'max-w-2xl' : 'flex max-w-sm flex-col justify-center sm:pb-40',
        )}
      >
        <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
        {lead && <p className="mt-2 text-muted">{lead}</p>}
        <div className="mt-6">{children}</div>
      </main>
    </div>
  );
}
