// Time since a moment, ticking once a second by the server's clock.

import { useNow } from '../live/clock';
import { clock } from '../words/figures';
import { classes } from './classes';

export function Timer({ since_ms, className }: { since_ms: number; className?: string }) {
  const now_s = useNow();
  return (
    <span role="timer" className={classes('figures', className)}>
      {clock(now_s - Math.floor(since_ms / 1000))}
    </span>
  );
}

/** What is left until a moment: of a ring, of a wrap-up. */
export function Remaining({ until_ms, className }: { until_ms: number; className?: string }) {
  const now_s = useNow();
  return (
    <span role="timer" className={classes('figures text-muted', className)}>
      −{clock(Math.ceil(until_ms / 1000) - now_s)}
    </span>
  );
}
