// A policy is tried on decisions that were really taken, one question after the other.

import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { type DecisionsTried, type DecisionTried, useTryDecisions } from '../../api/decisions';
import { useNames, usePolicyName } from '../../api/names';
import { type Plugins, usePlugins } from '../../api/plugins';
import { useGroups } from '../../api/queries';
import type { Group } from '../../api/wire';
import { serverNow } from '../../live/clock';
import { Button } from '../../ui/Button';
import { Choice, Form, FormProblem } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { Empty, Panel, Wide } from '../../ui/Panel';
import { clockOfMs, moment, percent } from '../../words/figures';
import { useLocale } from '../../words/language';
import { SettingFields, settingsOf } from './SettingFields';

export function TryDecisions() {
  const t = useTranslations('decisions');
  const groups = useGroups().data;
  const plugins = usePlugins().data;
  if (!groups || !plugins) return null;
  return (
    <Panel title={t('title')}>
      {groups.length === 0 ? (
        <Empty icon="plugins">{t('no_groups')}</Empty>
      ) : (
        <Ask groups={groups} plugins={plugins} />
      )}
    </Panel>
  );
}

function Ask({ groups, plugins }: { groups: Group[]; plugins: Plugins }) {
  const t = useTranslations('decisions');
  const name = usePolicyName();
  const tried = useTryDecisions();
  const own = plugins.versions.filter((each) => !each.removed);
  const offered = [...own, ...plugins.stock].filter((each) => each.card.kind === 'routing');
  const words = [...offered.map((each) => each.policy), 'built-in'];
  const [policy, setPolicy] = useState(words[0] ?? 'built-in');
  const card = offered.find((each) => each.policy === policy)?.card;
  // What stands in the first group that has the policy is the best guess.
  const known = groups.find((group) => group.policy === policy)?.settings ?? {};
  const send = (data: FormData) =>
    tried.mutate({ group: Number(data.get('group')), policy, settings: settingsOf(card, data) });
  return (
    <>
      <Form problem={tried.error} onSend={send} label={t('title')}>
        <p className="text-sm text-muted">{t('lead')}</p>
        <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
          <Choice
            label={t('policy')}
            value={policy}
            onChange={setPolicy}
            options={words.map((value) => ({ value, label: name(value) }))}
          />
          <Choice
            label={t('group')}
            name="group"
            initial={String(groups[0]?.id ?? '')}
            options={groups.map((group) => ({ value: String(group.id), label: group.name }))}
          />
        </div>
        {card && card.fields.length > 0 && (
          <SettingFields key={policy} card={card} settings={known} />
        )}
        <FormProblem problem={tried.error} />
        <Button
          type="submit"
          look="main"
          className="justify-self-start"
          isPending={tried.isPending}
        >
          {t('begin')}
        </Button>
      </Form>
      {tried.data && !tried.isPending && <Outcome tried={tried.data} />}
    </>
  );
}

function Outcome({ tried }: { tried: DecisionsTried }) {
  const t = useTranslations('decisions');
  const locale = useLocale();
  const { asked, same, different, failed, failure, since_ms, differing } = tried;
  return (
    <section aria-label={t('result')} className="mt-6 grid gap-3">
      {asked === 0 || since_ms === null ? (
        <div role="status">
          <Empty icon="plugins">{t('empty')}</Empty>
        </div>
      ) : (
        <>
          <p role="status" className="font-medium">
            {t('sum', {
              asked,
              same,
              different,
              since: moment(since_ms, serverNow(), locale),
            })}
          </p>
          {failed > 0 && (
            <p className="flex items-start gap-2 text-sm text-warn">
              <Icon name="warning" className="mt-0.5 size-4" />
              <span>
                {t('failed', { count: failed })} <span lang="en">{failure}</span>
              </span>
            </p>
          )}
          {differing.length > 0 && (
            <ul className="divide-y divide-line">
              {differing.map((each) => (
                <Differing key={`${each.call} ${each.at_ms}`} decision={each} />
              ))}
            </ul>
          )}
          {differing.length < different && (
            <p className="text-sm text-muted">{t('newest', { count: differing.length })}</p>
          )}
        </>
      )}
    </section>
  );
}

/** One line, which opens both choices side by side among everybody who was free. */
function Differing({ decision }: { decision: DecisionTried }) {
  const t = useTranslations('decisions');
  const locale = useLocale();
  const names = useNames();
  const { at_ms, call, decided, instead, reason, waited_ms, policy } = decision;
  const time = moment(at_ms, serverNow(), locale);
  const chose = (agent: number | null) => (agent === null ? t('wait') : names.person(agent));
  return (
    <li className="py-2">
      <details>
        <summary className="min-h-6 cursor-pointer text-sm break-words">
          {t('differs', { time, decided: chose(decided), instead: chose(instead) })}
        </summary>
        <div className="mt-2 grid gap-2 text-sm">
          <p>
            {t('then', { policy, waited: clockOfMs(waited_ms) })}{' '}
            <Link
              to="/calls/$id"
              params={{ id: String(call) }}
              className="inline-flex min-h-6 items-center rounded font-medium text-accent hover:underline"
            >
              {t('call', { time })}
            </Link>
          </p>
          {reason && <p className="text-muted">“{reason}”</p>}
          <Candidates decision={decision} />
        </div>
      </details>
    </li>
  );
}

const COLUMNS = ['order', 'idle', 'handled', 'missed', 'talk', 'occupancy'] as const;

function Candidates({ decision }: { decision: DecisionTried }) {
  const t = useTranslations('decisions');
  const locale = useLocale();
  const names = useNames();
  const { candidates, decided, instead, at_ms } = decision;
  const label = t('candidates', { time: moment(at_ms, serverNow(), locale) });
  return (
    <Wide label={label}>
      <table className="figures w-full text-sm">
        <caption className="sr-only">{label}</caption>
        <thead className="text-muted">
          <tr>
            <th scope="col" className="py-1.5 pr-3 text-left font-medium">
              {t('agent')}
            </th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className="px-3 py-1.5 text-right font-medium">
                {t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {candidates.map((each) => (
            <tr key={each.agent} className={each.agent === instead ? 'bg-sunken' : ''}>
              <th scope="row" className="py-1.5 pr-3 text-left font-normal break-words">
                {names.person(each.agent)}
                {each.agent === decided && <Mark>{t('was_chosen')}</Mark>}
                {each.agent === instead && <Mark>{t('would_be_chosen')}</Mark>}
              </th>
              <td className="px-3 text-right">{each.order}</td>
              <td className="px-3 text-right">{clockOfMs(each.idle_ms)}</td>
              <td className="px-3 text-right">{each.handled_today}</td>
              <td className="px-3 text-right">{each.missed_today}</td>
              <td className="px-3 text-right">{clockOfMs(each.talk_ms_today)}</td>
              <td className="px-3 text-right">{percent(each.occupancy, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

function Mark({ children }: { children: string }) {
  return <span className="block text-xs font-medium text-accent">{children}</span>;
}
