// The present: groups, callers and agents, as the stream tells them.

import { useTranslations } from 'use-intl';
import { useLivePart } from '../../live/stream';
import { LinkButton } from '../../ui/Button';
import { Empty, Head, Panel, Waiting } from '../../ui/Panel';
import { Troubles } from '../plugins/Troubles';
import { Agents } from './Agents';
import { Callers } from './Callers';
import { LinkState } from './LinkState';
import { Tiles } from './Tiles';

export function Now() {
  const t = useTranslations('now');
  const known = useLivePart((live) => live.board !== null);
  const empty = useLivePart((live) => live.board?.groups.length === 0);
  return (
    <>
      <Head title={t('title')}>
        <LinkState />
      </Head>
      {!known && <Waiting />}
      {known && empty && (
        <Panel>
          <Empty icon="groups" action={<LinkButton to="/groups">{t('empty_action')}</LinkButton>}>
            {t('empty')}
          </Empty>
        </Panel>
      )}
      {known && !empty && (
        <div className="grid grid-cols-1 gap-6">
          <Troubles />
          <Tiles />
          <div className="grid items-start gap-6 grid-cols-1 xl:grid-cols-[minmax(20rem,2fr)_minmax(0,3fr)]">
            <Callers />
            <Agents />
          </div>
        </div>
      )}
    </>
  );
}
