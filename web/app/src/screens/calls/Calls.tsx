// Calls, newest first. The filter lives in the address, so a view can be kept and sent.

import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useCalls } from '../../api/queries';
import { useLivePart } from '../../live/stream';
import { Button, LinkButton } from '../../ui/Button';
import { Empty, Failed, Head, Panel, Waiting } from '../../ui/Panel';
import { CallRows } from './CallRows';
import { Filter } from './Filter';

const route = getRouteApi('/shell/calls');

export function Calls() {
  const t = useTranslations('calls');
  const filter = route.useSearch();
  const navigate = useNavigate();
  const calls = useCalls(filter);
  const filtered = Object.entries(filter).some(
    ([name, value]) => name !== 'before' && value !== undefined,
  );
  return (
    <>
      <Head title={t('title')} lead={t('lead')}>
        {filter.before === undefined && <Fresh refresh={() => calls.refetch()} />}
      </Head>
      <Filter
        filter={filter}
        onChange={(change) =>
          // Another question starts at the newest call again.
          navigate({ to: '/calls', search: { ...filter, ...change, before: undefined } })
        }
      />
      <Panel flush className="mt-4 overflow-hidden">
        {calls.isPending && <Waiting />}
        {calls.isError && <Failed problem={calls.error} retry={() => calls.refetch()} />}
        {calls.data?.calls.length === 0 &&
          (filtered ? (
            <Empty icon="search" action={<LinkButton to="/calls">{t('clear')}</LinkButton>}>
              {t('none_found')}
            </Empty>
          ) : (
            <Empty icon="calls" action={<LinkButton to="/groups">{t('empty_action')}</LinkButton>}>
              {t('empty')}
            </Empty>
          ))}
        {calls.data && calls.data.calls.length > 0 && <CallRows calls={calls.data.calls} />}
      </Panel>
      <nav aria-label={t('pages')} className="mt-4 flex justify-between gap-2">
        {filter.before === undefined ? (
          <span />
        ) : (
          <LinkButton to="/calls" search={{ ...filter, before: undefined }}>
            {t('newest')}
          </LinkButton>
        )}
        {calls.data?.next != null && (
          <LinkButton to="/calls" search={{ ...filter, before: calls.data.next }}>
            {t('older')}
          </LinkButton>
        )}
      </nav>
      <p className="sr-only" role="status">
        {calls.data && t('shown', { count: calls.data.calls.length })}
      </p>
    </>
  );
}

/** The list never moves under the pointer: new calls are offered, not pushed in. */
function Fresh({ refresh }: { refresh: () => void }) {
  const t = useTranslations('calls');
  const arrivals = useLivePart((live) => live.arrivals);
  const [seen, setSeen] = useState(arrivals);
  const count = arrivals - seen;
  if (count <= 0) return null;
  return (
    <Button
      size="small"
      onPress={() => {
        setSeen(arrivals);
        refresh();
      }}
    >
      {t('fresh', { count })}
    </Button>
  );
}
