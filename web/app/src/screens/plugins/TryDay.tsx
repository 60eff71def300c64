// A policy is tried on a recorded day before anybody's call depends on it.

import { useEffect, useRef, useState } from 'react';
import { CheckboxGroup, Label, ProgressBar } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { usePolicyName } from '../../api/names';
import { type PluginCard, type Plugins, usePlugins } from '../../api/plugins';
import { useGroups } from '../../api/queries';
import {
  type RecordedDays,
  type Replayed,
  replay,
  type Trial,
  useRecordedDays,
} from '../../api/replay';
import type { Group } from '../../api/wire';
import { Button } from '../../ui/Button';
import { Check, Choice, Form, FormProblem } from '../../ui/Field';
import { Empty, Failed, Panel, Waiting } from '../../ui/Panel';
import { useLocale } from '../../words/language';
import { Compared } from './Compared';
import { SettingFields, settingsOf } from './SettingFields';

export function TryDay() {
  const t = useTranslations('trial');
  const days = useRecordedDays();
  const groups = useGroups().data;
  const plugins = usePlugins().data;
  return (
    <Panel title={t('title')}>
      {days.isPending && <Waiting />}
      {days.isError && <Failed problem={days.error} retry={() => days.refetch()} />}
      {days.data && groups && plugins && days.data.days.length > 0 && groups.length > 0 && (
        <Ask days={days.data} groups={groups} plugins={plugins} />
      )}
      {days.data && (days.data.days.length === 0 || groups?.length === 0) && (
        <Empty icon="calendar">{t('empty')}</Empty>
      )}
    </Panel>
  );
}

/** What runs now, what came of the last one, or what went wrong with it. */
type Course =
  | { at: 'rest'; problem?: unknown }
  | { at: 'work'; share: number }
  | { at: 'end'; replayed: Replayed };

function useTrial() {
  const [course, setCourse] = useState<Course>({ at: 'rest' });
  const running = useRef<AbortController | null>(null);
  // Nobody waits for it on another page.
  useEffect(() => () => running.current?.abort(), []);
  const begin = async (trial: Trial) => {
    const control = new AbortController();
    running.current = control;
    const tell = (next: Course) => control.signal.aborted || setCourse(next);
    tell({ at: 'work', share: 0 });
    try {
      const share = (done: number) => tell({ at: 'work', share: done });
      tell({ at: 'end', replayed: await replay(trial, share, control.signal) });
    } catch (problem) {
      tell({ at: 'rest', problem });
    }
  };
  const stop = () => {
    running.current?.abort();
    setCourse({ at: 'rest' });
  };
  return { course, begin, stop };
}

function Ask({ days, groups, plugins }: { days: RecordedDays; groups: Group[]; plugins: Plugins }) {
  const t = useTranslations('trial');
  const locale = useLocale();
  const name = usePolicyName();
  const { course, begin, stop } = useTrial();
  const own = plugins.versions.filter((each) => !each.removed);
  const offered = [...own, ...plugins.stock].filter((each) => each.card.kind === 'routing');
  const words = [...offered.map((each) => each.policy), 'built-in'];
  const [policy, setPolicy] = useState(words[0] ?? 'built-in');
  const [chosen, setChosen] = useState(groups.map((group) => String(group.id)));
  const card = offered.find((each) => each.policy === policy)?.card;
  const problem = course.at === 'rest' ? course.problem : undefined;
  const send = (data: FormData) =>
    void begin({
      groups: chosen.map(Number),
      policy,
      settings: settingsOf(card, data),
      day: String(data.get('day')),
    });
  return (
    <>
      <Form problem={problem} onSend={send} label={t('title')}>
        <p className="text-sm text-muted">{t('lead')}</p>
        <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
          <Choice
            label={t('policy')}
            value={policy}
            onChange={setPolicy}
            options={words.map((value) => ({ value, label: name(value) }))}
          />
          <Choice
            label={t('day')}
            name="day"
            initial={days.days[0]?.day ?? ''}
            hint={t('zone', { zone: days.zone })}
            options={days.days.map(({ day, calls }) => ({
              value: day,
              label: t('day_of', { day: dayName(day, locale), calls }),
            }))}
          />
        </div>
        <Settings key={policy} policy={policy} card={card} groups={groups} />
        <CheckboxGroup value={chosen} onChange={setChosen} className="grid gap-1">
          <Label className="text-sm font-medium">{t('groups')}</Label>
          <div className="grid gap-x-5 sm:grid-cols-2">
            {groups.map((group) => (
              <Check key={group.id} value={String(group.id)} label={group.name} />
            ))}
          </div>
        </CheckboxGroup>
        <FormProblem problem={problem} />
        <div className="flex flex-wrap gap-2">
          <Button
            type="submit"
            look="main"
            isDisabled={chosen.length === 0 || course.at === 'work'}
          >
            {t('begin')}
          </Button>
          {course.at === 'work' && <Button onPress={stop}>{t('stop')}</Button>}
          <p className="self-center text-sm text-muted">{t('harmless')}</p>
        </div>
      </Form>
      {course.at === 'work' && <Going share={course.share} />}
      {course.at === 'end' && <Compared replayed={course.replayed} />}
    </>
  );
}

/** What stands in the first group that has the policy is the best guess. */
function Settings({
  policy,
  card,
  groups,
}: {
  policy: string;
  card: PluginCard | undefined;
  groups: Group[];
}) {
  if (!card || card.fields.length === 0) return null;
  const known = groups.find((group) => group.policy === policy)?.settings ?? {};
  return <SettingFields card={card} settings={known} />;
}

function Going({ share }: { share: number }) {
  const t = useTranslations('trial');
  return (
    <ProgressBar value={100 * share} aria-label={t('going')} className="mt-4 grid gap-2">
      {({ percentage }) => (
        <>
          <p className="text-sm text-muted">{t('going')}</p>
          <div className="h-1.5 overflow-hidden rounded-full bg-sunken">
            <div
              className="h-full rounded-full bg-accent transition-[width]"
              style={{ width: `${percentage ?? 0}%` }}
            />
          </div>
        </>
      )}
    </ProgressBar>
  );
}

/** A day without an hour is the same everywhere: it is written as UTC's. */
function dayName(day: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  return format.format(Date.parse(day));
}
