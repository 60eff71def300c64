// Who may log in: two of them are needed to close a pay period.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useAddLogin, useLogins } from '../../api/pay';
import { Button } from '../../ui/Button';
import { Form, FormProblem, TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { useSay } from '../../ui/Notice';
import { Failed, Panel, Waiting } from '../../ui/Panel';

export function Logins() {
  const t = useTranslations('logins');
  const logins = useLogins();
  const [adding, setAdding] = useState(false);
  return (
    <Panel title={t('title')}>
      <p className="mb-3 text-sm text-muted">{t('hint')}</p>
      {logins.isPending && <Waiting />}
      {logins.isError && <Failed problem={logins.error} retry={() => logins.refetch()} />}
      <ul className="divide-y divide-line">
        {logins.data?.map((login) => (
          <li key={login.id} className="py-2.5">
            <p className="font-medium break-words">{login.name}</p>
            <p className="text-sm break-all text-muted">{login.email}</p>
          </li>
        ))}
      </ul>
      {adding ? (
        <AddLogin onClose={() => setAdding(false)} />
      ) : (
        <Button className="mt-4" onPress={() => setAdding(true)}>
          <Icon name="plus" className="size-4" />
          {t('add')}
        </Button>
      )}
    </Panel>
  );
}

function AddLogin({ onClose }: { onClose: () => void }) {
  const t = useTranslations('logins');
  const page = useTranslations('page');
  const say = useSay();
  const add = useAddLogin();
  const send = (data: FormData) => {
    const text = (name: string) => String(data.get(name));
    add.mutate(
      { name: text('name'), email: text('email'), password: text('password') },
      {
        onSuccess: ({ name }) => {
          say(t('added', { name }));
          onClose();
        },
      },
    );
  };
  return (
    <Form problem={add.error} onSend={send} label={t('add')} className="mt-4">
      <TextField name="name" label={t('name')} isRequired autoFocus />
      <TextField name="email" type="email" label={t('email')} isRequired autoComplete="off" />
      <TextField
        name="password"
        type="password"
        label={t('password')}
        hint={t('password_hint')}
        minLength={8}
        isRequired
        autoComplete="new-password"
      />
      <FormProblem problem={add.error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="main" isPending={add.isPending}>
          {t('add_send')}
        </Button>
        <Button onPress={onClose}>{page('cancel')}</Button>
      </div>
    </Form>
  );
}
