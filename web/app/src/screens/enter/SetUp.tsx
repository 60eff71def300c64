// The first-run page: four short parts, one button; then the first phone's secret, shown once.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { sessionQuery, setupQuery, useSetUp } from '../../api/queries';
import type { Secret } from '../../api/wire';
import { Button } from '../../ui/Button';
import { Choice, Form, FormProblem, TextField } from '../../ui/Field';
import { Failed, Waiting } from '../../ui/Panel';
import { SecretCard } from '../../ui/Secret';
import { useLanguage } from '../../words/language';
import { isLanguage } from '../../words/words';
import { Door } from './Door';

export function SetUp() {
  const needed = useQuery({ ...setupQuery, staleTime: Number.POSITIVE_INFINITY });
  const [secret, setSecret] = useState<Secret | null>(null);
  if (secret) return <FirstPhone secret={secret} />;
  if (needed.isPending) return <Waiting />;
  if (needed.isError) return <Failed problem={needed.error} retry={() => needed.refetch()} />;
  if (!needed.data.needed) return <Navigate to="/" replace />;
  return <Questions onDone={setSecret} />;
}

function Questions({ onDone }: { onDone: (secret: Secret) => void }) {
  const t = useTranslations('setup');
  const { language } = useLanguage();
  const setUp = useSetUp();
  const send = (data: FormData) => {
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const chosen = text('company.language');
    setUp.mutate(
      {
        company: {
          name: text('company.name'),
          language: isLanguage(chosen) ? chosen : language,
        },
        administrator: {
          name: text('administrator.name'),
          email: text('administrator.email'),
          // Never trimmed: a space may be part of it.
          password: String(data.get('administrator.password')),
        },
        group: { name: text('group.name'), number: text('group.number') },
        person: { name: text('person.name') },
      },
      { onSuccess: (answer) => onDone(answer.credential) },
    );
  };
  return (
    <Door title={t('title')} lead={t('lead')} wide>
      <Form problem={setUp.error} onSend={send} label={t('title')} className="gap-5">
        <Part number={1} title={t('company')}>
          <TextField
            name="company.name"
            autoComplete="organization"
            label={t('company_name')}
            isRequired
            autoFocus
          />
          <Choice
            name="company.language"
            label={t('company_language')}
            hint={t('company_language_hint')}
            initial={language}
            options={[
              { value: 'et', label: 'Eesti keel' },
              { value: 'en', label: 'English' },
            ]}
          />
        </Part>
        <Part number={2} title={t('administrator')}>
          <TextField
            name="administrator.name"
            autoComplete="name"
            label={t('your_name')}
            isRequired
          />
          <TextField
            name="administrator.email"
            type="email"
            autoComplete="username"
            label={t('email')}
            isRequired
          />
          <TextField
            name="administrator.password"
            type="password"
            autoComplete="new-password"
            label={t('password')}
            hint={t('password_hint')}
            minLength={8}
            isRequired
            className="sm:col-span-2"
          />
        </Part>
        <Part number={3} title={t('group')}>
          <TextField
            name="group.name"
            label={t('group_name')}
            hint={t('group_name_hint')}
            isRequired
          />
          <TextField
            name="group.number"
            type="tel"
            autoComplete="off"
            label={t('group_number')}
            hint={t('group_number_hint')}
            isRequired
          />
        </Part>
        <Part number={4} title={t('person')}>
          <TextField
            name="person.name"
            autoComplete="off"
            label={t('person_name')}
            hint={t('person_hint')}
            isRequired
            className="sm:col-span-2"
          />
        </Part>
        <FormProblem problem={setUp.error} />
        <Button type="submit" look="main" isPending={setUp.isPending}>
          {t('send')}
        </Button>
      </Form>
    </Door>
  );
}

function Part({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <fieldset className="rounded-2xl bg-surface p-5 shadow-card ring-1 ring-line">
      <legend className="sr-only">{title}</legend>
      <p aria-hidden="true" className="mb-4 flex items-center gap-3 font-semibold">
        <span className="grid size-7 place-items-center rounded-full bg-accent-soft text-sm text-accent">
          {number}
        </span>
        {title}
      </p>
      <div className="grid gap-4 sm:grid-cols-2">{children}</div>
    </fieldset>
  );
}

function FirstPhone({ secret }: { secret: Secret }) {
  const t = useTranslations('setup');
  const navigate = useNavigate();
  const client = useQueryClient();
  const go = async () => {
    await client.invalidateQueries();
    await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
    await navigate({ to: '/', replace: true });
  };
  return (
    <Door title={t('done_title')} lead={t('done_lead')} wide>
      <SecretCard secret={secret} onDone={go} />
    </Door>
  );
}
