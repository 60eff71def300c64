// The one-time link: its token is taken out of the address bar at once, then exchanged.

import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { sessionQuery, useOpenLink } from '../../api/queries';
import { LinkButton } from '../../ui/Button';
import { FormProblem } from '../../ui/Field';
import { Door } from './Door';

/** The token of `/start#token=…` or `/start?token=…`, if there is one. */
export function tokenOf(location: { hash: string; search: string }): string | null {
  const inHash = new URLSearchParams(location.hash.replace(/^#/, '')).get('token');
  return inHash ?? new URLSearchParams(location.search).get('token');
}

export function Start() {
  const t = useTranslations('enter');
  const navigate = useNavigate();
  const client = useQueryClient();
  const open = useOpenLink();
  const opened = useRef(false);
  useEffect(() => {
    // A token works once: React's double start in development must not spend it twice.
    if (opened.current) return;
    opened.current = true;
    const token = tokenOf(window.location) ?? '';
    window.history.replaceState(window.history.state, '', '/start');
    open.mutate(token, {
      onSuccess: async (answer) => {
        if (!answer.setup) await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
        await navigate({ to: answer.setup ? '/setup' : '/', replace: true });
      },
    });
  });
  if (!open.isError) return <Door title={t('opening')} />;
  return (
    <Door title={t('link_spent')} lead={t('link_spent_lead')}>
      <div className="grid gap-4">
        <FormProblem problem={open.error} />
        <LinkButton to="/login">{t('to_log_in')}</LinkButton>
      </div>
    </Door>
  );
}
