// Whether a group is open: a shape, a colour and a word.

import { useTranslations } from 'use-intl';
import { classes } from '../../ui/classes';
import { Icon } from '../../ui/Icon';

export function DoorMark({
  open,
  byHand,
  className,
}: {
  open: boolean;
  byHand: boolean;
  className?: string;
}) {
  const t = useTranslations('door');
  return (
    <span
      className={classes(
        'inline-flex items-center gap-1.5 text-sm font-medium',
        open ? 'text-good' : 'text-bad',
        className,
      )}
    >
      <Icon name={open ? 'opened' : 'shut'} className="size-4" />
      {t(open ? 'is_open' : 'is_closed')}
      {byHand && <span className="font-normal text-muted">({t('by_hand')})</span>}
    </span>
  );
}
