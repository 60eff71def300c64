// Our few pictures, drawn with one stroke width. Always beside words, so always hidden from readers.

import { classes } from './classes';

const PATHS = {
  now: 'M3 12h4l3-8 4 16 3-8h4',
  results: 'M3.5 17 9 11l4 4 7.5-9M15 6h5.5v5.5',
  calls:
    'M5 4h3.5l1.7 4.3-2.2 1.6a12 12 0 0 0 6.1 6.1l1.6-2.2L20 15.5V19a1.5 1.5 0 0 1-1.6 1.5A15.4 15.4 0 0 1 3.5 5.6 1.5 1.5 0 0 1 5 4Z',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20a6.5 6.5 0 0 1 13 0M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.3a6.5 6.5 0 0 1 3.5 5.7',
  groups: 'M4 6h16M4 12h10M4 18h6M17 15v6M14 18h6',
  modes: 'M13 2.5 5 13.5h6.5L10.5 21.5 19 10h-6.5z',
  indicators: 'M4 20V11M10 20V4M16 20v-7M21 20H3',
  plugins: 'M9 3v4.5M15 3v4.5M6 7.5h12v4a6 6 0 0 1-12 0zM12 17.5V21',
  pay: 'M3 6.5h18v11H3zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM6.5 9.5h.01M17.5 14.5h.01',
  upload: 'M12 16V4M6.5 9.5 12 4l5.5 5.5M4 16v4h16v-4',
  versions: 'M3.5 12a8.5 8.5 0 1 0 2.6-6.1L3.5 8.5M3.5 4v4.5H8M12 7.5V12l3 2',
  loan: 'M4 8h13M13.5 4.5 17 8l-3.5 3.5M20 16H7M10.5 12.5 7 16l3.5 3.5',
  calendar: 'M4 6h16v14H4zM4 10.5h16M8.5 3.5v4M15.5 3.5v4',
  grip: 'M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01',
  up: 'M5 15l7-7 7 7',
  close: 'M6 6l12 12M18 6 6 18',
  opened: 'M6 3.5h9V20.5H6zM15 5.5l4-1.5v16l-4-1.5M12 12h.01',
  shut: 'M6 3.5h12v17H6zM14.5 12h.01',
  screen: 'M3 5h18v11.5H3zM9 20.5h6M12 16.5v4',
  settings: 'M4 7h9M19 7h1M4 17h1M11 17h9M16 4.5v5M8 14.5v5',
  plus: 'M12 5v14M5 12h14',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  done: 'M4.5 12.5 10 18l9.5-11',
  play: 'M7 4.5v15l12-7.5z',
  pause: 'M8 5v14M16 5v14',
  back: 'M15 5l-7 7 7 7',
  forward: 'M9 5l7 7-7 7',
  down: 'M5 9l7 7 7-7',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 21 21',
  phone: 'M7 3h10v18H7zM11 18h2',
  warning: 'M12 4 2.5 20h19zM12 10v4.5M12 17.3v.2',
  out: 'M14 4H5v16h9M10 12h11M17.5 8.5 21 12l-3.5 3.5',
  wave: 'M4 10v4M8 6v12M12 9v6M16 4v16M20 10v4',
  answered: 'M4.5 12.5 10 18l9.5-11',
  abandoned: 'M6 6l12 12M18 6 6 18',
  refused: 'M5.6 5.6l12.8 12.8M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  waiting: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5.5l3.5 2',
  arrived: 'M12 3v13M6.5 10.5 12 16l5.5-5.5M5 21h14',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21.5h4',
  compass: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM15.5 8.5l-2 5-5 2 2-5z',
  keys: 'M3 7h18v10H3zM7 10.5h.01M11 10.5h.01M15 10.5h.01M8 14h8',
  dot: 'M12 13a1 1 0 1 0 0-2 1 1 0 0 0 0 2Z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      className={classes('size-5 shrink-0', className)}
      fill={name === 'play' ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={name === 'more' || name === 'grip' ? 3 : 1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
