// Links for screens on a wall: read-only, each taken away alone.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useAddTv, useRemoveTv, useTvLinks } from '../../api/plan';
import type { TvLink } from '../../api/wire';
import { serverNow } from '../../live/clock';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { useSay } from '../../ui/Notice';
import { Empty, Failed, Panel, Waiting } from '../../ui/Panel';
import { useTell } from '../../ui/tell';
import { moment } from '../../words/figures';
import { useLocale } from '../../words/language';

export function TvLinks() {
  const t = useTranslations('tv');
  const say = useSay();
  const tell = useTell();
  const links = useTvLinks();
  const add = useAddTv();
  const [url, setUrl] = useState<string | null>(null);
  const make = async () => {
    await tell(
      add.mutateAsync(undefined).then((made) => setUrl(new URL(made.url, location.href).href)),
      () => say(t('made')),
    );
  };
  const button = (
    <Button onPress={make} isPending={add.isPending}>
      <Icon name="screen" className="size-4" />
      {t('make')}
    </Button>
  );
  return (
    <Panel title={t('links')}>
      <p className="mb-3 text-sm text-muted">{t('links_hint')}</p>
      {url && (
        <div className="mb-4 grid gap-2 rounded-xl bg-good-soft p-3">
          <p className="text-sm font-medium text-good">{t('once')}</p>
          <a
            href={url}
            className="break-all text-accent underline"
            target="_blank"
            rel="noreferrer"
          >
            {url}
          </a>
        </div>
      )}
      {links.isPending && <Waiting />}
      {links.isError && <Failed problem={links.error} retry={() => links.refetch()} />}
      {links.data?.length === 0 && (
        <Empty icon="screen" action={button}>
          {t('empty')}
        </Empty>
      )}
      <ul className="divide-y divide-line">
        {links.data?.map((link) => (
          <Line key={link.id} link={link} />
        ))}
      </ul>
      {links.data && links.data.length > 0 && <div className="mt-4">{button}</div>}
    </Panel>
  );
}

function Line({ link }: { link: TvLink }) {
  const t = useTranslations('tv');
  const locale = useLocale();
  const say = useSay();
  const tell = useTell();
  const remove = useRemoveTv();
  const time = moment(link.created_ms, serverNow(), locale);
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-2.5">
      <p className="figures">{t('link', { time })}</p>
      <Confirm
        trigger={
          <Button size="small" look="bad" aria-label={t('remove_of', { time })}>
            {t('remove')}
          </Button>
        }
        title={t('remove_of', { time })}
        action={t('remove')}
        onConfirm={() => tell(remove.mutateAsync(link.id), () => say(t('removed')))}
      >
        {t('remove_text')}
      </Confirm>
    </li>
  );
}
