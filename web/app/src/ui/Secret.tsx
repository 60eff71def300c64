// A SIP account's secret, shown once, ready to be copied into a phone.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Secret } from '../api/wire';
import { Button } from './Button';
import { Icon } from './Icon';

/** How long the button says that it has copied. */
const COPIED_MS = 2_000;

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Plain http on another host has no clipboard: the text can still be selected by hand.
    return false;
  }
}

function CopyLine({ label, value }: { label: string; value: string }) {
  const t = useTranslations('secret');
  const [copied, setCopied] = useState<boolean | null>(null);
  const press = async () => {
    setCopied(await copy(value));
    setTimeout(() => setCopied(null), COPIED_MS);
  };
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
      <dt className="basis-32 text-sm text-muted">{label}</dt>
      <dd className="flex min-w-0 flex-1 basis-52 items-center justify-between gap-3">
        <code className="min-w-0 text-base break-all select-all">{value}</code>
        <Button size="small" onPress={press} aria-label={t('copy', { what: label })}>
          <Icon name={copied ? 'done' : 'copy'} className="size-4" />
          <span aria-live="polite">
            {copied === null ? t('copy_short') : copied ? t('copied') : t('not_copied')}
          </span>
        </Button>
      </dd>
    </div>
  );
}

export function SecretCard({ secret, onDone }: { secret: Secret; onDone?: () => void }) {
  const t = useTranslations('secret');
  return (
    <section
      aria-label={t('title')}
      className="rounded-2xl bg-accent-soft p-4 ring-1 sm:p-5 ring-accent/30"
    >
      <h2 className="font-semibold">{t('title')}</h2>
      <p className="mt-1 max-w-prose text-sm">{t('once')}</p>
      <dl className="mt-3 divide-y divide-line rounded-xl bg-surface px-4 py-1 ring-1 ring-line">
        <CopyLine label={t('user')} value={secret.sip_user} />
        <CopyLine label={t('password')} value={secret.password} />
        <CopyLine label={t('registrar')} value={secret.registrar} />
        <CopyLine label={t('realm')} value={secret.realm} />
      </dl>
      <div className="mt-4 text-sm">
        <h3 className="font-medium">{t('how')}</h3>
        <ol className="mt-1 ml-5 list-decimal space-y-1">
          <li>{t('step1')}</li>
          <li>{t('step2')}</li>
          <li>{t('step3')}</li>
        </ol>
      </div>
      {onDone && (
        <Button look="main" className="mt-5" onPress={onDone}>
          {t('done')}
        </Button>
      )}
    </section>
  );
}
