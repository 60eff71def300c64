import { useTranslations } from 'use-intl';
import type { Outcome } from '../../api/wire';
import { classes } from '../../ui/classes';
import { Icon, type IconName } from '../../ui/Icon';

const MARKS: Record<Outcome | 'talking', { icon: IconName; tone: string }> = {
  answered: { icon: 'answered', tone: 'text-good' },
  abandoned: { icon: 'abandoned', tone: 'text-bad' },
  refused: { icon: 'refused', tone: 'text-bad' },
  diverted: { icon: 'forward', tone: 'text-muted' },
  called_back: { icon: 'calls', tone: 'text-good' },
  timeout: { icon: 'waiting', tone: 'text-bad' },
  callback: { icon: 'calls', tone: 'text-warn' },
  callback_ended: { icon: 'abandoned', tone: 'text-muted' },
  waiting: { icon: 'waiting', tone: 'text-warn' },
  talking: { icon: 'calls', tone: 'text-talking' },
};

/** How a call ended, or where it stands: a sign and a word. */
export function OutcomeMark({ call }: { call: { outcome: Outcome; ended_ms: number | null } }) {
  const t = useTranslations('calls');
  const talks = call.outcome === 'answered' && call.ended_ms === null;
  const shown = talks ? 'talking' : call.outcome;
  const { icon, tone } = MARKS[shown];
  return (
    <span className={classes('inline-flex items-center gap-1.5 align-middle font-medium', tone)}>
      <Icon name={icon} className="size-4" />
      {t(`outcomes.${shown}`)}
    </span>
  );
}
