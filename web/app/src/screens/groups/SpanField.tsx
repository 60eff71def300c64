// A span of time in seconds, kept by whoever shows it in milliseconds.

import { useTranslations } from 'use-intl';
import { NumberField } from '../../ui/Field';

export function SpanField({
  label,
  hint,
  name,
  ms,
  min,
  max,
  onChange,
}: {
  label: string;
  hint?: string;
  name: string;
  ms: number;
  min: number;
  max: number;
  onChange: (ms: number) => void;
}) {
  const t = useTranslations('groups');
  return (
    <NumberField
      name={name}
      label={label}
      hint={hint}
      unit={t('seconds_unit')}
      value={ms / 1000}
      onChange={(seconds) => onChange(Number.isNaN(seconds) ? min * 1000 : seconds * 1000)}
      minValue={min}
      maxValue={max}
      isRequired
    />
  );
}
