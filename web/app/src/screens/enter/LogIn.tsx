// Log-in by e-mail and password. Plain fields: password managers and pasting just work.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { sessionQuery, setupQuery, useLogIn } from '../../api/queries';
import { Button } from '../../ui/Button';
import { Form, FormProblem, TextField } from '../../ui/Field';
import { Door } from './Door';

const route = getRouteApi('/login');

export function LogIn() {
  const t = useTranslations('enter');
  const { to } = route.useSearch();
  const navigate = useNavigate();
  const client = useQueryClient();
  const setup = useQuery(setupQuery);
  const logIn = useLogIn();
  const send = (data: FormData) =>
    logIn.mutate(
      { email: String(data.get('email')), password: String(data.get('password')) },
      {
        onSuccess: async () => {
          await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
          await navigate({ to: to ?? '/', replace: true });
        },
      },
    );
  if (setup.data?.needed) return <Door title={t('empty_title')} lead={t('empty')} />;
  return (
    <Door title={t('title')}>
      <Form problem={logIn.error} onSend={send} label={t('title')}>
        <TextField
          name="email"
          type="email"
          autoComplete="username"
          label={t('email')}
          isRequired
        />
        <TextField
          name="password"
          type="password"
          autoComplete="current-password"
          label={t('password')}
          isRequired
        />
        <FormProblem problem={logIn.error} />
        <Button type="submit" look="main" isPending={logIn.isPending}>
          {t('log_in')}
        </Button>
      </Form>
    </Door>
  );
}
