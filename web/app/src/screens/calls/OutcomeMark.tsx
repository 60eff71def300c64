import { useTranslations } from 'use-intl';
import type { Outcome } from '../../api/wire';
import { classes } from '../../ui/classes';
import { Icon } from '../../ui/Icon';

const TONES: Record<Outcome, string> = {
  answered: 'text-good',
  abandoned: 'text-bad',
  refused: 'text-bad',
  waiting: 'text-warn',
};

/** How a call ended: a sign and a word. */
export function OutcomeMark({ outcome }: { outcome: Outcome }) {
  const t = useTranslations('calls');
  return (
    <span className={classes('inline-flex items-center gap-1.5 font-medium', TONES[outcome])}>
      <Icon name={outcome} className="size-4" />
      {t(`outcomes.${outcome}`)}
    </span>
  );
}
