// A person's SIP accounts: given with a secret that is shown once, taken away at any time.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useGiveCredential, useTakeCredential } from '../../api/queries';
import type { Credential, Person, Secret } from '../../api/wire';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { useSay } from '../../ui/Notice';
import { Panel } from '../../ui/Panel';
import { SecretCard } from '../../ui/Secret';
import { useTell } from '../../ui/tell';
import { wholeMoment } from '../../words/figures';
import { useLocale } from '../../words/language';

export function Phones({ person }: { person: Person }) {
  const t = useTranslations('phones');
  const tell = useTell();
  const give = useGiveCredential();
  const [secret, setSecret] = useState<Secret | null>(null);
  const add = () => tell(give.mutateAsync({ person: person.id }).then(setSecret), () => {});
  return (
    <Panel title={t('title')}>
      {person.credentials.length === 0 && !secret && <p className="text-muted">{t('empty')}</p>}
      <ul className="divide-y divide-line">
        {person.credentials.map((credential) => (
          <Phone key={credential.id} person={person} credential={credential} />
        ))}
      </ul>
      <div className="mt-4">
        {secret ? (
          <SecretCard secret={secret} onDone={() => setSecret(null)} />
        ) : (
          <Button onPress={add} isPending={give.isPending}>
            <Icon name="plus" className="size-4" />
            {t('give')}
          </Button>
        )}
      </div>
    </Panel>
  );
}

function Phone({ person, credential }: { person: Person; credential: Credential }) {
  const t = useTranslations('phones');
  const locale = useLocale();
  const say = useSay();
  const tell = useTell();
  const take = useTakeCredential();
  const user = credential.sip_user;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5">
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium break-all">{user}</p>
        <p className="text-sm text-muted">
          {credential.device
            ? t('device', { agent: credential.device.user_agent })
            : t('created', { time: wholeMoment(credential.created_ms, locale) })}
        </p>
        {credential.device && (
          <p className="text-xs break-all text-muted">{credential.device.contact}</p>
        )}
      </div>
      <span className={credential.registered ? 'text-good' : 'text-muted'}>
        <Icon
          name={credential.registered ? 'done' : 'phone'}
          className="mr-1.5 inline size-4 align-[-3px]"
        />
        {credential.registered ? t('registered') : t('not_registered')}
      </span>
      <Confirm
        trigger={
          <Button size="small" look="bad" aria-label={t('take_named', { user })}>
            {t('take')}
          </Button>
        }
        title={t('take_title', { user })}
        action={t('take')}
        onConfirm={() =>
          tell(take.mutateAsync({ person: person.id, credential: credential.id }), () =>
            say(t('taken', { user })),
          )
        }
      >
        {t('take_text')}
      </Confirm>
    </li>
  );
}
