// The form of a plugin's settings, drawn from the typed fields of its card.

import { useTranslations } from 'use-intl';
import type { PluginCard, PluginField, Setting, Settings } from '../../api/plugins';
import { useGroups, usePeople } from '../../api/queries';
import { Choice, NumberField, Switch, TextField } from '../../ui/Field';
import { skillsOf } from '../people/skills';

const MS = 1000;

/** As the server's pointers name it: `/settings/threshold`. */
const nameOf = (field: PluginField) => `settings.${field.id}`;

/** What stands in the form, field by field; nothing entered is nothing. */
export function settingsOf(card: PluginCard | undefined, data: FormData): Settings {
  const entries = (card?.fields ?? []).map((field): [string, Setting] => {
    const value = data.get(nameOf(field));
    const text = typeof value === 'string' ? value : '';
    return [field.id, settingOf(field, text, value !== null)];
  });
  return Object.fromEntries(entries);
}

function settingOf(field: PluginField, text: string, there: boolean): Setting {
  switch (field.kind) {
    case 'toggle':
      return there;
    case 'number':
      return text === '' ? null : Number(text);
    case 'duration':
      return text === '' ? null : Math.round(Number(text) * MS);
    case 'line':
      return text;
    case 'choice':
    case 'pick':
      return text === '' ? null : text;
  }
}

export function SettingFields({ card, settings }: { card: PluginCard; settings: Settings }) {
  return (
    <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
      {card.fields.map((field) => (
        <Field
          key={`${card.name} ${card.version} ${field.id}`}
          field={field}
          value={field.id in settings ? (settings[field.id] ?? null) : field.initial}
        />
      ))}
    </div>
  );
}

function Field({ field, value }: { field: PluginField; value: Setting }) {
  const t = useTranslations('groups');
  const words = { name: nameOf(field), label: field.label, hint: field.help };
  switch (field.kind) {
    case 'number':
      return (
        <NumberField
          {...words}
          unit={field.unit}
          minValue={field.least}
          maxValue={field.most}
          step={field.step}
          {...(typeof value === 'number' ? { defaultValue: value } : {})}
        />
      );
    case 'duration':
      return (
        <NumberField
          {...words}
          unit={t('seconds_unit')}
          minValue={0}
          {...(typeof value === 'number' ? { defaultValue: value / MS } : {})}
        />
      );
    case 'toggle':
      return (
        <div className="grid content-start">
          <Switch
            name={words.name}
            value="yes"
            label={field.label}
            defaultSelected={value === true}
          />
          {field.help && <p className="text-sm text-muted">{field.help}</p>}
        </div>
      );
    case 'choice':
      return <Options {...words} value={value} options={field.items} />;
    case 'pick':
      return <Pick {...words} list={field.list} value={value} />;
    case 'line':
      return <TextField {...words} autoComplete="off" defaultValue={textOf(value)} />;
  }
}

const textOf = (value: Setting) => (typeof value === 'string' ? value : '');

interface Words {
  name: string;
  label: string;
  hint: string;
}

function Options({
  value,
  options,
  none = false,
  ...words
}: Words & { value: Setting; options: { id: string; label: string }[]; none?: boolean }) {
  const chosen = !none && options.some((each) => each.id === value);
  return (
    <Choice
      {...words}
      initial={textOf(value)}
      options={[
        ...(chosen ? [] : [{ value: '', label: '–' }]),
        ...options.map(({ id, label }) => ({ value: id, label })),
      ]}
    />
  );
}

/** Something that we have a list of; a word that we do not know is a line. */
function Pick({ list, value, ...words }: Words & { list: string; value: Setting }) {
  const people = usePeople().data;
  const groups = useGroups().data;
  const skills = useTranslations('skills');
  if (list === 'skill') {
    if (people === undefined) return null;
    const known = skillsOf(people);
    const chosen = textOf(value).trim();
    // What nobody can any more stays chosen until somebody chooses something else.
    const names = chosen === '' || known.includes(chosen) ? known : [chosen, ...known];
    const hint = words.hint || (known.length === 0 ? skills('nobody') : '');
    const options = names.map((name) => ({ id: name, label: name }));
    return <Options {...words} hint={hint} value={chosen} options={options} none />;
  }
  const rows = list === 'agent' ? people : list === 'group' ? groups : null;
  if (rows === null) {
    return <TextField {...words} autoComplete="off" defaultValue={textOf(value)} />;
  }
  // The list must be there before the browser can choose from it.
  if (rows === undefined) return null;
  return (
    <Choice
      {...words}
      initial={textOf(value)}
      options={[
        { value: '', label: '–' },
        ...rows.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
    />
  );
}
