// What callers hear while they wait: the greeting, their place and the estimated wait.

import { useTranslations } from 'use-intl';
import type { Announce, Group, Prompt } from '../../api/wire';
import { Button } from '../../ui/Button';
import { Choice, Form, FormProblem, Switch } from '../../ui/Field';
import { Panel } from '../../ui/Panel';
import { SpanField } from './SpanField';
import { useFlowDraft } from './useFlowDraft';
import { PROMPTS } from './WayPicker';

/** A greeting and nothing more; place and wait after half a minute when they are wanted. */
const FRESH: Announce = {
  greeting: 'welcome',
  first_ms: 30_000,
  every_ms: 60_000,
  place: false,
  wait: false,
};

export function Greeting({ group }: { group: Group }) {
  const t = useTranslations('flow');
  const way = useTranslations('way');
  const flow = useFlowDraft(group, ['announce']);
  const announce = flow.draft.announce;
  const change = (part: Partial<Announce>) =>
    flow.change({ announce: { ...(announce ?? FRESH), ...part } });
  const tells = announce !== null && (announce.place || announce.wait);
  return (
    <Panel title={t('greeting')}>
      <Form problem={flow.problem} onSend={flow.save} label={t('greeting')}>
        <Switch
          label={t('announces')}
          isSelected={announce !== null}
          onChange={(on) => flow.change({ announce: on ? FRESH : null })}
        />
        {announce && (
          <>
            <Choice
              label={t('first_words')}
              value={announce.greeting ?? ''}
              options={[
                { value: '', label: way('silent') },
                ...PROMPTS.map((value) => ({ value, label: way(`prompt.${value}`) })),
              ]}
              onChange={(words) => change({ greeting: words === '' ? null : (words as Prompt) })}
            />
            <div className="flex flex-wrap gap-x-8">
              <Switch
                label={t('tell_place')}
                isSelected={announce.place}
                onChange={(place) => change({ place })}
              />
              <Switch
                label={t('tell_wait')}
                isSelected={announce.wait}
                onChange={(wait) => change({ wait })}
              />
            </div>
            {tells && (
              <div className="grid gap-4 sm:grid-cols-2">
                <SpanField
                  name="announce.first_ms"
                  label={t('first_after')}
                  ms={announce.first_ms}
                  min={0}
                  max={3600}
                  onChange={(first_ms) => change({ first_ms })}
                />
                <SpanField
                  name="announce.every_ms"
                  label={t('then_every')}
                  ms={announce.every_ms}
                  min={10}
                  max={3600}
                  onChange={(every_ms) => change({ every_ms })}
                />
              </div>
            )}
          </>
        )}
        <FormProblem problem={flow.problem} />
        <div>
          <Button type="submit" look="main" isPending={flow.isPending}>
            {t('save')}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
