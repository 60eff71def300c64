// "What happens if someone calls now, or on Sunday at 10:00?" – answered in words.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useNames } from '../../api/names';
import { useExplain } from '../../api/plan';
import type { Group } from '../../api/wire';
import { serverNow } from '../../live/clock';
import { Button } from '../../ui/Button';
import { Choice, TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { Failed, Panel, Waiting } from '../../ui/Panel';
import { useLocale } from '../../words/language';
import { minutesOf, weekday } from '../../words/spans';
import { explainWords } from './explain';

/** The next time that it is this weekday at this minute. */
export function nextMoment(day: number, minutes: number, now_ms: number): number {
  const at = new Date(now_ms);
  const today = (at.getDay() + 6) % 7;
  at.setHours(Math.floor(minutes / 60), minutes % 60, 0, 0);
  at.setDate(at.getDate() + ((day - today + 7) % 7));
  if (at.getTime() < now_ms) at.setDate(at.getDate() + 7);
  return at.getTime();
}

export function WhatIf({ group }: { group: Group }) {
  const t = useTranslations('explain');
  const locale = useLocale();
  const [when, setWhen] = useState<'now' | 'then'>('now');
  const [day, setDay] = useState('6');
  const [time, setTime] = useState('10:00');
  const minutes = minutesOf(time);
  const at_ms =
    when === 'now' || minutes === undefined ? null : nextMoment(Number(day), minutes, serverNow());
  return (
    <Panel title={t('title')}>
      <div className="mb-4 flex flex-wrap items-end gap-3">
        <Button look={when === 'now' ? 'main' : 'plain'} onPress={() => setWhen('now')}>
          {t('now')}
        </Button>
        <Choice
          label={t('day')}
          compact
          value={day}
          options={[0, 1, 2, 3, 4, 5, 6].map((place) => ({
            value: String(place),
            label: weekday(place, locale),
          }))}
          onChange={(next) => {
            setDay(next);
            setWhen('then');
          }}
          className="min-w-36"
        />
        <TextField
          label={t('time')}
          value={time}
          onChange={(next) => {
            setTime(next);
            setWhen('then');
          }}
          inputMode="numeric"
          autoComplete="off"
          className="w-24"
        />
      </div>
      <Answer group={group} at_ms={at_ms} />
    </Panel>
  );
}

function Answer({ group, at_ms }: { group: Group; at_ms: number | null }) {
  const t = useTranslations('explain');
  const way = useTranslations('way');
  const locale = useLocale();
  const names = useNames();
  const explain = useExplain(group.id, at_ms);
  if (explain.isPending) return <Waiting />;
  if (explain.isError) return <Failed problem={explain.error} retry={() => explain.refetch()} />;
  const sentences = explainWords(explain.data, { t, way, group: names.group, locale });
  return (
    <div aria-live="polite">
      <p className="flex items-center gap-2 font-medium">
        <Icon
          name={explain.data.open ? 'opened' : 'shut'}
          className={explain.data.open ? 'text-good' : 'text-bad'}
        />
        {sentences[0]}
      </p>
      <ol className="mt-2 grid gap-1.5 pl-7">
        {sentences.slice(1).map((sentence) => (
          <li key={sentence} className="list-disc text-pretty">
            {sentence}
          </li>
        ))}
      </ol>
    </div>
  );
}
