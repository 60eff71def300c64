// One call: what it was, how it sounded, what happened and why it went where it went.

import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useNames } from '../../api/names';
import { useCall } from '../../api/queries';
import type { CallPage } from '../../api/wire';
import { LinkButton } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Failed, Head, Panel, Waiting } from '../../ui/Panel';
import { lengthsOf, wholeMoment } from '../../words/figures';
import { useLocale } from '../../words/language';
import { OutcomeMark } from '../calls/OutcomeMark';
import { decisionOf } from './facts';
import { Player } from './Player';
import { Timeline } from './Timeline';
import { Why } from './Why';

const route = getRouteApi('/shell/calls/$id');

export function Call() {
  const t = useTranslations('call');
  const id = Number(route.useParams().id);
  const call = useCall(id);
  return (
    <>
      <Head title={t('title', { id })} lead={call.data && <Lead call={call.data} />}>
        <LinkButton to="/calls" size="small">
          <Icon name="back" className="size-4" />
          {t('back')}
        </LinkButton>
      </Head>
      {call.isPending && <Waiting />}
      {call.isError && <Failed problem={call.error} retry={() => call.refetch()} />}
      {call.data && <Whole call={call.data} />}
    </>
  );
}

function Lead({ call }: { call: CallPage }) {
  const locale = useLocale();
  return (
    <time dateTime={new Date(call.arrived_ms).toISOString()}>
      {wholeMoment(call.arrived_ms, locale)}
    </time>
  );
}

function Whole({ call }: { call: CallPage }) {
  const t = useTranslations('call');
  const names = useNames();
  const decisions = call.facts.filter((fact) => fact.kind === 'route_decided').map(decisionOf);
  return (
    <div className="grid gap-6">
      <Summary call={call} />
      {call.recording && (
        <Panel title={t('recording')}>
          <Player call={call.id} recording={call.recording} agent={names.person(call.agent)} />
        </Panel>
      )}
      <div className="grid items-start gap-6 lg:grid-cols-[3fr_2fr]">
        <Panel title={t('timeline')}>
          <Timeline facts={call.facts} names={names} />
        </Panel>
        {call.kind === 'group' && (
          <Panel title={t('why')} flush>
            {decisions.length === 0 && <p className="px-5 py-3 text-muted">{t('no_decision')}</p>}
            <div className="divide-y divide-line">
              {decisions.map((decision) => (
                <Why key={decision.at_ms} decision={decision} names={names} />
              ))}
            </div>
          </Panel>
        )}
      </div>
    </div>
  );
}

function Summary({ call }: { call: CallPage }) {
  const t = useTranslations('call');
  const calls = useTranslations('calls');
  const names = useNames();
  return (
    <dl className="flex flex-wrap gap-x-10 gap-y-4 rounded-2xl bg-surface p-5 shadow-card ring-1 ring-line">
      <Item word={t('outcome')}>
        <OutcomeMark call={call} />
      </Item>
      <Item word={t('caller')}>{call.caller}</Item>
      <Item word={t('number')}>{call.number}</Item>
      {call.kind === 'group' ? (
        <Item word={t('group')}>{names.group(call.group)}</Item>
      ) : (
        <Item word={calls('kind')}>{calls(`kinds.${call.kind}`)}</Item>
      )}
      <Item word={t('agent')}>{names.person(call.agent)}</Item>
      <Item word={t('waited')}>{lengthsOf(call).waited}</Item>
      <Item word={t('talked')}>{lengthsOf(call).talked}</Item>
    </dl>
  );
}

function Item({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-muted">{word}</dt>
      <dd className="figures mt-0.5 font-medium break-words">{children}</dd>
    </div>
  );
}
