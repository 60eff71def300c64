// What one may ask of an agent from here: on, break, off, and the end of a wrap-up.

import { useTranslations } from 'use-intl';
import { useEndWrapUp, useWish } from '../../api/queries';
import type { BoardAgent, Wish } from '../../api/wire';
import { Icon } from '../../ui/Icon';
import { Menu, MenuItem } from '../../ui/Menu';
import { useSay } from '../../ui/Notice';
import { StateMark } from '../../ui/State';
import { useTell } from '../../ui/tell';

export const WISHES: { wish: Wish; mark: 'idle' | 'break' | 'off' }[] = [
  { wish: 'on', mark: 'idle' },
  { wish: 'break', mark: 'break' },
  { wish: 'off', mark: 'off' },
];

/** Asks, and says in one line that it is in force or why not. */
export function useAskAgent() {
  const t = useTranslations('wish');
  const say = useSay();
  const tell = useTell();
  const wish = useWish();
  const endWrapUp = useEndWrapUp();
  return {
    wish: (agent: { id: number; name: string }, wanted: Wish) =>
      tell(wish.mutateAsync({ person: agent.id, wish: wanted }), () =>
        say(t(`done.${wanted}`, { name: agent.name })),
      ),
    endWrapUp: (agent: { id: number; name: string }) =>
      tell(endWrapUp.mutateAsync(agent.id), () => say(t('done.wrapup', { name: agent.name }))),
  };
}

export function WishMenu({ agent }: { agent: BoardAgent }) {
  const t = useTranslations('wish');
  const ask = useAskAgent();
  return (
    <Menu label={t('menu', { name: agent.name })} face={<Icon name="more" />}>
      {WISHES.map(({ wish, mark }) => (
        <MenuItem
          key={wish}
          isDisabled={agent.wish === wish}
          onAction={() => ask.wish(agent, wish)}
        >
          <StateMark state={mark} className="size-4" />
          {t(wish)}
        </MenuItem>
      ))}
      {agent.activity === 'wrapup' && (
        <MenuItem onAction={() => ask.endWrapUp(agent)}>
          <StateMark state="wrapup" className="size-4" />
          {t('end_wrap_up')}
        </MenuItem>
      )}
    </Menu>
  );
}
