// A figure opened: its formula, the calls that count in it, and those left out and why.

import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { type FigureCase, type FiguresAsked, useExplained } from '../../api/figures';
import { serverNow } from '../../live/clock';
import { Details } from '../../ui/Dialog';
import { Failed, Waiting } from '../../ui/Panel';
import { clock, moment } from '../../words/figures';
import { useLocale } from '../../words/language';

/** Calls of each kind that are listed here; the list of calls has all of them. */
const LISTED = 12;

/** Figures that calls stand behind one by one. */
const OPENED = [
  'asa_ms',
  'asa_with_missed_ms',
  'answer_rate',
  'average_duration_ms',
  'service_level',
  'abandonment',
  'unattended',
];

export function canOpen(name: string): boolean {
  return OPENED.includes(name);
}

export function Opened({
  asked,
  figure,
  title,
  face,
}: {
  asked: FiguresAsked;
  /** Its name; a service level with its letter. */
  figure: string;
  title: string;
  face: ReactNode;
}) {
  const t = useTranslations('opened');
  return (
    <Details
      label={t('open', { title })}
      title={title}
      face={face}
      className="rounded underline decoration-dotted underline-offset-4 hover:text-accent"
    >
      {(close) => <Calls asked={asked} figure={figure} close={close} />}
    </Details>
  );
}

function Calls({
  asked,
  figure,
  close,
}: {
  asked: FiguresAsked;
  figure: string;
  close: () => void;
}) {
  const t = useTranslations('opened');
  const told = useExplained(asked, figure);
  if (told.isPending) return <Waiting />;
  if (told.isError) return <Failed problem={told.error} retry={() => told.refetch()} />;
  const { formula, part, whole, counted, left_out, unlisted } = told.data;
  return (
    <div className="grid max-h-96 gap-3 overflow-y-auto text-sm">
      <p className="figures">
        {formula} ={' '}
        {figure.endsWith('_ms') ? `${clock(part / 1000)} / ${whole}` : `${part} / ${whole}`}
      </p>
      <Cases title={t('counted', { count: counted.length })} cases={counted} close={close} />
      <Cases title={t('left_out', { count: left_out.length })} cases={left_out} close={close} />
      {unlisted > 0 && <p className="text-muted">{t('unlisted', { count: unlisted })}</p>}
    </div>
  );
}

function Cases({ title, cases, close }: { title: string; cases: FigureCase[]; close: () => void }) {
  const t = useTranslations('opened');
  const locale = useLocale();
  return (
    <section aria-label={title}>
      <h3 className="font-medium">{title}</h3>
      <ul>
        {cases.slice(0, LISTED).map((each) => (
          <li key={`${each.call} ${each.at_ms}`} className="flex justify-between gap-3 py-0.5">
            <Link
              to="/calls/$id"
              params={{ id: String(each.call) }}
              onClick={close}
              className="figures rounded underline"
            >
              {moment(each.at_ms, serverNow(), locale)}
            </Link>
            <span className="text-right text-muted">
              {each.reason
                ? t(`reasons.${each.reason}` as 'reasons.abandoned')
                : clock(each.ms / 1000)}
            </span>
          </li>
        ))}
      </ul>
      {cases.length > LISTED && (
        <p className="text-muted">{t('more', { count: cases.length - LISTED })}</p>
      )}
    </section>
  );
}
