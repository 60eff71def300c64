// One item of a rule: a value, and what each band of it gives.

import { useTranslations } from 'use-intl';
import { Button } from '../../ui/Button';
import { Choice, NumberField, TextField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import {
  type BandDraft,
  type Gives,
  type ItemDraft,
  placeOf,
  placesOf,
  type RuleDraft,
} from './draft';
import { useLineWords } from './lines';

export function ItemFields({
  draft,
  item,
  values,
  onChange,
  onRemove,
}: {
  draft: RuleDraft;
  item: ItemDraft;
  values: string[];
  onChange: (item: ItemDraft) => void;
  onRemove: () => void;
}) {
  const t = useTranslations('pay');
  const words = useLineWords();
  const path = `rule.${placeOf(draft, item).replace('/', '.')}`;
  const change = (part: Partial<ItemDraft>) => onChange({ ...item, ...part });
  const gives = (['amount', 'of_base'] as const).map((value) => ({
    value: value as Gives,
    label: t(`gives.${value}`),
  }));
  const band = (nth: number, part: Partial<BandDraft>) =>
    change({ bands: item.bands.map((each, at) => (at === nth ? { ...each, ...part } : each)) });
  const addBand = () => {
    const from = item.bands.at(-1)?.to ?? '';
    change({ bands: [...item.bands, { from, to: '', gives: '' }] });
  };
  const title = item.name.trim() || t(item.gives === 'times' ? 'new_times' : 'new_item');
  return (
    <fieldset className="grid gap-4 rounded-xl p-4 ring-1 ring-line">
      <legend className="px-1 text-sm font-medium">{title}</legend>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <TextField
          name={`${path}.name`}
          label={t('item_name')}
          value={item.name}
          onChange={(name) => change({ name })}
        />
        <Choice
          label={t('item_on')}
          options={[...new Set([...values, item.on])].map((value) => ({
            value,
            label: words.valueName(value),
          }))}
          value={item.on}
          onChange={(on) => change({ on })}
        />
        {item.gives !== 'times' && (
          <Choice
            label={t('item_gives')}
            options={gives}
            value={item.gives}
            onChange={(next) => change({ gives: next })}
          />
        )}
        <NumberField
          label={t('calls_min')}
          hint={t('calls_min_hint')}
          minValue={0}
          maxValue={100_000}
          value={item.calls_min}
          onChange={(calls_min) => change({ calls_min: Number.isNaN(calls_min) ? 0 : calls_min })}
        />
      </div>
      <ul className="grid gap-3">
        {item.bands.map((each, nth) => (
          <BandFields
            // biome-ignore lint/suspicious/noArrayIndexKey: a band is its place
            key={nth}
            nth={nth}
            path={`${path}.bands.${nth}`}
            item={item}
            band={each}
            onChange={(part) => band(nth, part)}
            onRemove={() => change({ bands: item.bands.filter((_, at) => at !== nth) })}
          />
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button size="small" onPress={addBand}>
          <Icon name="plus" className="size-4" />
          {t('add_band')}
        </Button>
        <Button size="small" look="quiet" onPress={onRemove}>
          {t('remove_item', { name: title })}
        </Button>
      </div>
    </fieldset>
  );
}

function BandFields({
  nth,
  path,
  item,
  band,
  onChange,
  onRemove,
}: {
  nth: number;
  path: string;
  item: ItemDraft;
  band: BandDraft;
  onChange: (part: Partial<BandDraft>) => void;
  onRemove: () => void;
}) {
  const t = useTranslations('pay');
  const places = placesOf(item.on);
  const unit = places === 3 ? ' (s)' : places === -2 ? ' (%)' : '';
  const fields = [
    ['from', t('band_field_from') + unit, t('band_field_from_hint')],
    ['to', t('band_field_to') + unit, t('band_field_to_hint')],
    ['gives', t(`band_field.${item.gives}`), ''],
  ] as const;
  return (
    <li className="flex flex-wrap items-start gap-3">
      {fields.map(([name, label, placeholder]) => (
        <TextField
          key={name}
          name={`${path}.${name === 'gives' ? item.gives : name}`}
          aria-label={t('band_of', { nth: nth + 1, field: label })}
          label={label}
          placeholder={placeholder}
          inputMode="decimal"
          className="w-36"
          value={band[name]}
          onChange={(typed) => onChange({ [name]: typed })}
        />
      ))}
      <Button
        size="icon"
        look="quiet"
        className="mt-7"
        aria-label={t('remove_band', { nth: nth + 1 })}
        onPress={onRemove}
      >
        <Icon name="close" className="size-4" />
      </Button>
    </li>
  );
}
