// The frame of every screen after log-in: rail, top bar, and the place for the screen itself.

import { useQueryClient } from '@tanstack/react-query';
import { Link, Navigate, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { sessionQuery, useLogOut, useSession } from '../api/queries';
import type { Session } from '../api/wire';
import { forgetLive } from '../live/stream';
import { Button } from '../ui/Button';
import { classes } from '../ui/classes';
import { Icon, type IconName } from '../ui/Icon';
import { Languages } from '../ui/Languages';
import { Logo } from '../ui/Logo';
import { Menu, MenuItem } from '../ui/Menu';
import { Failed, Waiting } from '../ui/Panel';
import { ModeBadge } from './modes/ModeBadge';
import { KeyList } from './palette/KeyList';
import { SCREENS, useKeys } from './palette/keys';
import { Palette } from './palette/Palette';

export function Shell() {
  const session = useSession();
  const { pathname, searchStr } = useLocation();
  if (session.isPending) return <Waiting />;
  if (session.isError) {
    return <Failed problem={session.error} retry={() => session.refetch()} />;
  }
  if (session.data === null) {
    // Already on the way: the new address must not become part of itself.
    if (pathname === '/login') return null;
    const to = pathname + searchStr;
    return <Navigate to="/login" search={to === '/' ? {} : { to }} replace />;
  }
  return <Frame session={session.data} />;
}

function Frame({ session }: { session: Session }) {
  const t = useTranslations('shell');
  const go = useNavigate();
  const [open, setOpen] = useState<'palette' | 'list' | null>(null);
  useKeys((pressed) => {
    if (pressed.kind === 'go') void go({ to: pressed.to });
    else if (pressed.kind === 'palette' || pressed.kind === 'list') setOpen(pressed.kind);
  });
  const close = () => setOpen(null);
  return (
    <div className="lg:grid lg:min-h-dvh lg:grid-cols-[13.5rem_1fr] print:block">
      <a
        href="#content"
        className="sr-only rounded-lg bg-surface px-4 py-2 shadow-lift focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
      >
        {t('skip')}
      </a>
      <Rail />
      <div className="flex min-w-0 flex-col">
        <Top session={session} onFind={() => setOpen('palette')} onKeys={() => setOpen('list')} />
        <Content />
      </div>
      <Palette isOpen={open === 'palette'} onClose={close} />
      <KeyList isOpen={open === 'list'} onClose={close} />
    </div>
  );
}

/** A column at the left on wide screens, a bar at the foot on narrow ones. */
function Rail() {
  const t = useTranslations('shell');
  return (
    <nav
      aria-label={t('screens')}
      className={classes(
        'fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface',
        'lg:static lg:border-t-0 lg:border-r lg:bg-transparent print:hidden',
      )}
    >
      <div className="lg:sticky lg:top-0 lg:p-4">
        <div className="mb-6 hidden items-center gap-2.5 px-2 pt-1 lg:flex">
          <Logo />
          <span className="text-lg font-semibold tracking-tight">Ladus</span>
        </div>
        <ul className="grid grid-cols-11 lg:grid-cols-1 lg:gap-1">
          {SCREENS.map(({ to, screen }) => (
            <li key={to}>
              <RailLink to={to} icon={screen} word={t(screen)} />
            </li>
          ))}
        </ul>
      </div>
    </nav>
  );
}

function RailLink({ to, icon, word }: { to: string; icon: IconName; word: string }) {
  return (
    <Link
      to={to}
      activeOptions={{ exact: to === '/', includeSearch: false }}
      className={classes(
        'flex min-h-14 flex-col items-center justify-center gap-0.5 px-1 text-[0.6875rem] font-medium',
        'text-muted transition-colors hover:text-ink data-[status=active]:text-accent',
        'lg:min-h-10 lg:flex-row lg:justify-start lg:gap-3 lg:rounded-lg lg:px-3 lg:text-sm',
        'lg:hover:bg-sunken lg:data-[status=active]:bg-accent-soft',
        '-outline-offset-2',
      )}
    >
      <Icon name={icon} />
      {/* Eleven words do not fit beside each other on a phone; readers hear them anyway. */}
      <span className="max-sm:sr-only">{word}</span>
    </Link>
  );
}

function Top({
  session,
  onFind,
  onKeys,
}: {
  session: Session;
  onFind: () => void;
  onKeys: () => void;
}) {
  const t = useTranslations('shell');
  const client = useQueryClient();
  const logOut = useLogOut();
  const leave = () =>
    logOut.mutate(undefined, {
      onSettled: () => {
        client.clear();
        forgetLive();
        client.setQueryData(sessionQuery.queryKey, null);
      },
    });
  return (
    <header className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 px-4 lg:px-8 print:hidden">
      <span className="lg:hidden">
        <Logo />
      </span>
      <p className="min-w-0 flex-1 truncate font-medium">{session.company.name}</p>
      <ModeBadge />
      <Button size="icon" look="quiet" aria-label={t('find')} onPress={onFind}>
        <Icon name="search" />
      </Button>
      <Languages />
      <Menu
        label={t('me', { name: session.account.name })}
        face={<Initials name={session.account.name} />}
      >
        <MenuItem onAction={onKeys}>
          <Icon name="keys" className="size-4" />
          {t('keys')}
        </MenuItem>
        <MenuItem onAction={leave}>
          <Icon name="out" className="size-4" />
          {t('log_out')}
        </MenuItem>
      </Menu>
    </header>
  );
}

function Initials({ name }: { name: string }) {
  const letters = name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .slice(0, 2)
    .join('');
  return (
    <span
      aria-hidden="true"
      className="grid size-8 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent"
    >
      {letters}
    </span>
  );
}

/** Going to another screen moves the focus there, so that a reader hears where it is. */
function Content() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [pathname]);
  return (
    <main
      id="content"
      ref={main}
      tabIndex={-1}
      className="w-full max-w-[88rem] flex-1 px-4 pt-4 pb-24 outline-none lg:px-8 lg:pb-12"
    >
      <Outlet />
    </main>
  );
}
