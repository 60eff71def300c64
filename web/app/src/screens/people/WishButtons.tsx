// What a person does now, and three buttons for what is wanted next.

import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import type { Person, Wish } from '../../api/wire';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { pendingWish, StateMark, StateWord, stateOf } from '../../ui/State';
import { Timer } from '../../ui/Timer';
import { useAgent } from './Presence';
import { useAskAgent, WISHES } from './WishMenu';

export function WishButtons({ person }: { person: Person }) {
  const t = useTranslations('person');
  const wish = useTranslations('wish');
  const now = useTranslations('now');
  const agent = useAgent(person.id);
  const ask = useAskAgent();
  if (!agent) {
    return (
      <Panel title={t('now')}>
        <p className="text-muted">{t('not_agent')}</p>
      </Panel>
    );
  }
  const state = stateOf(agent);
  const then = pendingWish(agent);
  return (
    <Panel title={t('now')}>
      <p className="flex flex-wrap items-center gap-x-2.5 text-lg font-medium">
        <StateMark state={state} />
        <StateWord state={state} />
        <Timer since_ms={agent.since_ms} />
        {then && <span className="text-sm font-normal text-muted">{now(`then.${then}`)}</span>}
      </p>
      <div className="mt-4 flex flex-wrap gap-2">
        <ToggleButtonGroup
          aria-label={t('wish')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[agent.wish]}
          onSelectionChange={(keys) => {
            const [key] = keys;
            if (key !== undefined) ask.wish(person, key as Wish);
          }}
          className="flex flex-wrap rounded-lg bg-sunken p-0.5"
        >
          {WISHES.map(({ wish: each, mark }) => (
            <ToggleButton
              key={each}
              id={each}
              className="flex min-h-9 items-center gap-2 rounded-md px-3 font-medium text-muted data-[hovered]:text-ink data-[selected]:bg-surface data-[selected]:text-ink data-[selected]:shadow-card"
            >
              <StateMark state={mark} className="size-4" />
              {wish(each)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        {agent.activity === 'wrapup' && (
          <Button onPress={() => ask.endWrapUp(person)}>{wish('end_wrap_up')}</Button>
        )}
      </div>
      <p className="mt-4 text-sm text-muted">
        {now('today', { handled: agent.handled_today, missed: agent.missed_today })}
      </p>
    </Panel>
  );
}
