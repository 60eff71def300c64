// Where a caller goes next: another group, a number, a good-bye, or a callback.

import { useTranslations } from 'use-intl';
import type { Group, Prompt, Way } from '../../api/wire';
import { Choice, TextField } from '../../ui/Field';

export const PROMPTS: Prompt[] = ['welcome', 'closed', 'no_agents', 'busy', 'callback_noted'];

function wayOf(kind: Way['kind'], groups: Group[]): Way {
  switch (kind) {
    case 'group':
      return { kind, group: groups[0]?.id ?? 0 };
    case 'number':
      return { kind, number: '' };
    case 'goodbye':
      return { kind, prompt: 'busy' };
    case 'callback':
      return { kind };
  }
}

export function WayPicker({
  name,
  label,
  way,
  groups,
  onChange,
}: {
  /** As the server's pointer names it, for errors. */
  name: string;
  label: string;
  way: Way;
  /** Those a caller may be sent to: not the group itself. */
  groups: Group[];
  onChange: (way: Way) => void;
}) {
  const t = useTranslations('way');
  const kinds: Way['kind'][] = [
    ...(groups.length > 0 || way.kind === 'group' ? (['group'] as const) : []),
    'number',
    'goodbye',
    'callback',
  ];
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Choice
        label={label}
        value={way.kind}
        options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        onChange={(kind) => onChange(wayOf(kind, groups))}
      />
      {way.kind === 'group' && (
        <Choice
          label={t('group')}
          value={String(way.group)}
          options={groups.map((each) => ({ value: String(each.id), label: each.name }))}
          onChange={(group) => onChange({ kind: 'group', group: Number(group) })}
        />
      )}
      {way.kind === 'number' && (
        <TextField
          name={`${name}.number`}
          label={t('number')}
          value={way.number}
          onChange={(number) =>
            onChange({ kind: 'number', number: number.replace(/[\s()-]/g, '') })
          }
          inputMode="tel"
          autoComplete="off"
          isRequired
        />
      )}
      {way.kind === 'goodbye' && (
        <Choice
          label={t('words')}
          value={way.prompt ?? ''}
          options={[
            { value: '', label: t('silent') },
            ...PROMPTS.map((value) => ({ value, label: t(`prompt.${value}`) })),
          ]}
          onChange={(prompt) =>
            onChange({ kind: 'goodbye', prompt: prompt === '' ? null : prompt })
          }
        />
      )}
    </div>
  );
}
