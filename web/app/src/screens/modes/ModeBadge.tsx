// The mode in force, in the top bar of every screen, with the way back.

import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useModes, useReturnMode } from '../../api/plan';
import { serverNow, useNow } from '../../live/clock';
import { useLivePart } from '../../live/stream';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { useSay } from '../../ui/Notice';
import { useTell } from '../../ui/tell';
import { useLocale } from '../../words/language';
import { until } from '../../words/spans';

export function ModeBadge() {
  const t = useTranslations('modes');
  const locale = useLocale();
  useNow();
  const known = useModes().data?.active;
  const live = useLivePart((each) => each.board?.mode);
  const mode = live === undefined ? known : live;
  if (!mode || (mode.until_ms !== null && mode.until_ms <= serverNow())) return null;
  return (
    <div className="flex items-center gap-2 rounded-lg bg-warn-soft py-1 pr-1 pl-2 text-sm text-warn sm:pl-3">
      <Icon name="modes" className="size-4" />
      <Link to="/modes" className="font-medium hover:underline">
        <span className="sr-only">{t('in_force')} </span>
        {mode.name}
        {mode.until_ms !== null && ` → ${until(mode.until_ms, serverNow(), locale)}`}
      </Link>
      <ReturnNow />
    </div>
  );
}

export function ReturnNow() {
  const t = useTranslations('modes');
  const say = useSay();
  const tell = useTell();
  const back = useReturnMode();
  return (
    <Button
      size="small"
      isPending={back.isPending}
      onPress={() => tell(back.mutateAsync(undefined), () => say(t('returned')))}
    >
      {t('return')}
    </Button>
  );
}

/** Says that a mode is in force, until when, and offers to return at once. */
export function usePressed(): (name: string, until_ms: number | null) => void {
  const t = useTranslations('modes');
  const undo = useTranslations('versions');
  const locale = useLocale();
  const say = useSay();
  const tell = useTell();
  const back = useReturnMode();
  return (name, until_ms) => {
    const text =
      until_ms === null
        ? t('pressed', { name })
        : t('pressed_until', { name, time: until(until_ms, serverNow(), locale) });
    const act = () => void tell(back.mutateAsync(undefined), () => say(t('returned')));
    say(text, 'good', { word: undo('undo'), act });
  };
}
