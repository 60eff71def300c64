// Routing plugins: one is uploaded and looked at here, given to groups, and taken back.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { usePolicyName } from '../../api/names';
import {
  type PluginAtWork,
  type PluginCard,
  type PluginVersion,
  type StockPolicy,
  usePlugins,
  useRemovePlugin,
} from '../../api/plugins';
import { serverNow } from '../../live/clock';
import { useLivePart } from '../../live/stream';
import { Button } from '../../ui/Button';
import { Confirm, FormDialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { useSay } from '../../ui/Notice';
import { Empty, Failed, Head, Panel, Waiting } from '../../ui/Panel';
import { useTell } from '../../ui/tell';
import { moment } from '../../words/figures';
import { useLocale } from '../../words/language';
import { Card } from './Card';
import { Failures } from './Failures';
import { FreedRule } from './FreedRule';
import { Give } from './Give';
import { Trials } from './Trials';
import { Troubles } from './Troubles';
import { TryDay } from './TryDay';
import { TryDecisions } from './TryDecisions';
import { Upload } from './Upload';
import { UsedBy } from './UsedBy';

/** The same in every language, and ready to be copied. */
const COMMANDS = 'ladus plugin new my-policy\nladus plugin build my-policy';

/** What is about to be given to groups. */
interface Giving {
  policy: string;
  card: PluginCard;
}

export function Plugins() {
  const t = useTranslations('plugins');
  const plugins = usePlugins();
  const live = useLivePart((each) => each.board?.plugins);
  const [giving, setGiving] = useState<Giving | null>(null);
  const name = usePolicyName();
  const kept = plugins.data?.versions.filter((each) => !each.removed) ?? [];
  const names = [...new Set(kept.map((each) => each.card.name))];
  const atWork = live ?? plugins.data?.at_work ?? [];
  return (
    <>
      <Head title={t('title')} lead={t('lead')} />
      <div className="grid gap-6 empty:hidden">
        <Troubles />
        <Trials />
        <Failures />
      </div>
      {plugins.isPending && <Waiting />}
      {plugins.isError && <Failed problem={plugins.error} retry={() => plugins.refetch()} />}
      {plugins.data && (
        <div className="mt-6 grid grid-cols-1 items-start gap-6 first:mt-0 xl:grid-cols-2">
          <div className="grid grid-cols-1 gap-6">
            <Upload />
            <TryDecisions />
            <TryDay />
            <FreedRule />
          </div>
          <div className="grid grid-cols-1 gap-6">
            {names.length === 0 && (
              <Panel title={t('own')}>
                <Empty
                  icon="plugins"
                  action={
                    <code className="max-w-full rounded-lg bg-sunken px-4 py-2 text-left text-sm whitespace-pre-wrap">
                      {COMMANDS}
                    </code>
                  }
                >
                  {t('empty')}
                </Empty>
              </Panel>
            )}
            {names.map((each) => (
              <Own
                key={each}
                name={each}
                versions={kept.filter((version) => version.card.name === each)}
                atWork={atWork}
                onGive={setGiving}
              />
            ))}
            <Stock stock={plugins.data.stock} atWork={atWork} onGive={setGiving} />
          </div>
        </div>
      )}
      <FormDialog
        title={t('give_title', { label: giving ? name(giving.policy) : '' })}
        isOpen={giving !== null}
        onClose={() => setGiving(null)}
      >
        {giving && <Give {...giving} onDone={() => setGiving(null)} />}
      </FormDialog>
    </>
  );
}

interface Listed {
  atWork: PluginAtWork[];
  onGive: (giving: Giving) => void;
}

function Own({
  name,
  versions,
  atWork,
  onGive,
}: Listed & { name: string; versions: PluginVersion[] }) {
  const newest = versions[0];
  return (
    <Panel title={name}>
      {newest && <Card card={newest.card} reads={newest.reads} />}
      <ul className="mt-3 divide-y divide-line">
        {versions.map((version) => (
          <Version key={version.id} version={version} atWork={atWork} onGive={onGive} />
        ))}
      </ul>
    </Panel>
  );
}

function Version({ version, atWork, onGive }: Listed & { version: PluginVersion }) {
  const t = useTranslations('plugins');
  const locale = useLocale();
  const say = useSay();
  const tell = useTell();
  const remove = useRemovePlugin();
  const { id, policy, card, label, who, at_ms, groups, selects, trials } = version;
  return (
    <li className="grid gap-2 py-3">
      <div>
        <h3 className="font-medium break-words">{t('version', { version: card.version })}</h3>
        <p className="text-sm break-words text-muted">
          {t('uploaded', { who, time: moment(at_ms, serverNow(), locale) })}
        </p>
      </div>
      <UsedBy {...version} atWork={atWork} />
      <div className="flex flex-wrap gap-2">
        {card.kind === 'routing' && (
          <Button
            size="small"
            aria-label={t('give_to_of', { label })}
            onPress={() => onGive({ policy, card })}
          >
            {t('give_to')}
          </Button>
        )}
        <a
          href={`/api/v1/plugins/versions/${id}/file`}
          download
          aria-label={t('download_of', { label })}
          className="inline-flex min-h-8 items-center rounded-lg px-2.5 text-sm font-medium ring-1 ring-inset ring-line hover:bg-sunken"
        >
          {t('download')}
        </a>
        {groups.length + trials.length === 0 && !selects && (
          <Confirm
            trigger={
              <Button size="small" look="bad" aria-label={t('remove_of', { label })}>
                {t('remove')}
              </Button>
            }
            title={t('remove_title', { label })}
            action={t('remove')}
            onConfirm={() => tell(remove.mutateAsync(id), () => say(t('removed', { label })))}
          >
            {t('remove_text')}
          </Confirm>
        )}
      </div>
    </li>
  );
}

function Stock({ stock, atWork, onGive }: Listed & { stock: StockPolicy[] }) {
  const t = useTranslations('plugins');
  const name = usePolicyName();
  return (
    <Panel title={t('stock')}>
      <p className="text-sm text-muted">{t('stock_hint')}</p>
      <ul className="divide-y divide-line">
        {stock.map(({ policy, card, label, reads, groups, selects, trials }) => (
          <li key={policy} className="grid gap-2 py-3">
            <details className="group">
              <summary className="flex min-h-8 cursor-pointer list-none items-center gap-2 font-medium">
                <Icon
                  name="forward"
                  className="size-4 text-muted transition-transform group-open:rotate-90"
                />
                <span className="min-w-0 break-words">{name(policy)}</span>
              </summary>
              <div className="mt-2">
                <Card card={card} reads={reads} />
              </div>
            </details>
            <UsedBy
              card={card}
              selects={selects}
              groups={groups}
              trials={trials}
              label={label}
              atWork={atWork}
            />
            {card.kind === 'routing' && (
              <div>
                <Button
                  size="small"
                  aria-label={t('give_to_of', { label: name(policy) })}
                  onPress={() => onGive({ policy, card })}
                >
                  {t('give_to')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
