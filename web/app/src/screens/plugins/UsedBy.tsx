// Who has a plugin, and how it does there: groups, or freed agents.

import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useNames } from '../../api/names';
import type { PluginAtWork, PluginCard } from '../../api/plugins';
import { Icon } from '../../ui/Icon';

export function UsedBy({
  card,
  selects,
  groups,
  trials,
  label,
  atWork,
}: {
  card: PluginCard;
  selects: boolean;
  groups: number[];
  /** Groups that try it out. */
  trials: number[];
  label: string;
  atWork: PluginAtWork[];
}) {
  const t = useTranslations('plugins');
  const names = useNames();
  if (card.kind === 'selection') {
    return <p className="text-sm text-muted">{t(selects ? 'selects' : 'selects_not')}</p>;
  }
  if (trials.length > 0 && groups.length === 0) return <TriedBy groups={trials} />;
  if (groups.length === 0) return <p className="text-sm text-muted">{t('unused')}</p>;
  return (
    <ul className="grid gap-1 text-sm">
      {groups.map((id) => {
        const row = atWork.find((each) => each.group === id && each.label === label);
        return (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
            <Link
              to="/groups/$id"
              params={{ id: String(id) }}
              className="inline-flex min-h-6 items-center rounded font-medium text-accent hover:underline"
            >
              {names.group(id)}
            </Link>
            {row && row.state !== 'missing' && (
              <span className="figures text-muted">
                {t('health', { decisions: row.decisions, failures: row.failures })}
              </span>
            )}
            {row && row.state !== 'active' && (
              <span className="flex items-center gap-1.5 font-medium text-warn">
                <Icon name="warning" className="size-4" />
                {t(`state.${row.state}`)}
              </span>
            )}
          </li>
        );
      })}
      {trials.length > 0 && (
        <li>
          <TriedBy groups={trials} />
        </li>
      )}
    </ul>
  );
}

function TriedBy({ groups }: { groups: number[] }) {
  const t = useTranslations('trials');
  const names = useNames();
  return (
    <p className="text-sm text-muted">
      {t('tried_by', { groups: groups.map(names.group).join(', ') })}
    </p>
  );
}
