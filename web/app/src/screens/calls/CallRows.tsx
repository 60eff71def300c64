// The list itself: a table on wide screens, cards of two lines on narrow ones.

import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { type Names, useNames } from '../../api/names';
import type { Call } from '../../api/wire';
import { serverNow } from '../../live/clock';
import { Icon } from '../../ui/Icon';
import { Wide } from '../../ui/Panel';
import { lengthsOf, moment } from '../../words/figures';
import { useLocale } from '../../words/language';
import { OutcomeMark } from './OutcomeMark';

export function CallRows({ calls }: { calls: Call[] }) {
  const names = useNames();
  return (
    <>
      <div className="hidden md:block">
        <CallTable calls={calls} names={names} />
      </div>
      <ul className="divide-y divide-line md:hidden">
        {calls.map((call) => (
          <CallCard key={call.id} call={call} names={names} />
        ))}
      </ul>
    </>
  );
}

const CELL = 'px-3 py-2 first:pl-5 last:pr-5';

function CallTable({ calls, names }: { calls: Call[]; names: Names }) {
  const t = useTranslations('calls');
  return (
    <Wide label={t('title')}>
      <table className="w-full text-left">
        <thead className="border-b border-line text-sm text-muted">
          <tr>
            {(['time', 'caller', 'group', 'agent', 'outcome'] as const).map((word) => (
              <th key={word} scope="col" className={`${CELL} font-medium`}>
                {t(word)}
              </th>
            ))}
            {(['waited', 'talked'] as const).map((word) => (
              <th key={word} scope="col" className={`${CELL} text-right font-medium`}>
                {t(word)}
              </th>
            ))}
            <th scope="col" className={CELL}>
              <span className="sr-only">{t('recording')}</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {calls.map((call) => (
            <CallLine key={call.id} call={call} names={names} />
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

function CallLine({ call, names }: { call: Call; names: Names }) {
  const t = useTranslations('calls');
  const locale = useLocale();
  return (
    <tr className="relative hover:bg-sunken">
      <td className={`${CELL} figures whitespace-nowrap`}>
        <Link
          to="/calls/$id"
          params={{ id: String(call.id) }}
          className="inline-block min-h-6 rounded font-medium text-accent after:absolute after:inset-0 hover:underline"
        >
          {moment(call.arrived_ms, serverNow(), locale)}
        </Link>
      </td>
      <td className={`${CELL} figures whitespace-nowrap`}>{call.caller}</td>
      <td className={CELL}>
        {call.kind === 'group' ? names.group(call.group) : t(`kinds.${call.kind}`)}
      </td>
      <td className={CELL}>{names.person(call.agent)}</td>
      <td className={`${CELL} whitespace-nowrap`}>
        <OutcomeMark call={call} />
      </td>
      <td className={`${CELL} figures text-right`}>{lengthsOf(call).waited}</td>
      <td className={`${CELL} figures text-right`}>{lengthsOf(call).talked}</td>
      <td className={`${CELL} w-8`}>
        {call.recording && (
          <>
            <Icon name="wave" className="size-4 text-muted" />
            <span className="sr-only">{t('recorded')}</span>
          </>
        )}
      </td>
    </tr>
  );
}

function CallCard({ call, names }: { call: Call; names: Names }) {
  const t = useTranslations('calls');
  const locale = useLocale();
  return (
    <li>
      <Link
        to="/calls/$id"
        params={{ id: String(call.id) }}
        className="grid grid-cols-[1fr_auto] gap-x-3 px-5 py-2.5 -outline-offset-2"
      >
        <span className="figures truncate font-medium">{call.caller}</span>
        <span className="figures text-sm text-muted">
          {moment(call.arrived_ms, serverNow(), locale)}
        </span>
        <span className="min-w-0 truncate text-sm text-muted">
          {call.kind === 'group' ? names.group(call.group) : t(`kinds.${call.kind}`)}
          {call.agent !== null && ` · ${names.person(call.agent)}`}
        </span>
        <span className="figures text-right text-sm">
          <span className="sr-only">{t('waited')} </span>
          {lengthsOf(call).waited}
        </span>
        <span className="text-sm">
          <OutcomeMark call={call} />
        </span>
      </Link>
    </li>
  );
}
