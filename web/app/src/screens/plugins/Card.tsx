// A plugin's visiting card: what it is for, what it may read, what it cannot reach.

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { PluginCard } from '../../api/plugins';
import { Icon, type IconName } from '../../ui/Icon';
import { readsWords } from './reads';

export function Card({ card, reads }: { card: PluginCard; reads: string[] }) {
  const t = useTranslations('plugins');
  const facts = readsWords(reads, useTranslations('reads'));
  return (
    <div className="grid gap-3">
      {card.summary && <p className="break-words">{card.summary}</p>}
      <dl className="grid gap-2 rounded-xl bg-sunken px-4 py-3 text-sm">
        <Line icon="done" tone="text-good" word={t('reads')}>
          {facts.length === 0 ? t('reads_nothing') : facts.join(', ')}
        </Line>
        <Line icon="refused" tone="text-muted" word={t('cannot')}>
          {t('cannot_list')}
        </Line>
      </dl>
    </div>
  );
}

function Line({
  icon,
  tone,
  word,
  children,
}: {
  icon: IconName;
  tone: string;
  word: string;
  children: ReactNode;
}) {
  return (
    <div>
      <dt className="flex gap-2.5 font-medium">
        <Icon name={icon} className={`mt-0.5 size-4 ${tone}`} />
        {word}
      </dt>
      <dd className="ml-6.5 break-words text-muted">{children}</dd>
    </div>
  );
}
