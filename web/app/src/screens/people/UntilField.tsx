// Until when: an hour, two, the end of the day, or a time that is typed.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { serverNow } from '../../live/clock';
import { Choice, TextField } from '../../ui/Field';
import { minutesOf, nextAt } from '../../words/spans';

const HOUR_MS = 3_600_000;
type Span = 'hour' | 'two' | 'day' | 'time' | 'open';

/** What the two fields of this form part say; `undefined`: the time was not one. */
export function untilOf(data: FormData, now_ms: number): number | null | undefined {
  switch (data.get('until_span')) {
    case 'hour':
      return now_ms + HOUR_MS;
    case 'two':
      return now_ms + 2 * HOUR_MS;
    case 'day':
      return nextAt(1440, now_ms);
    case 'open':
      return null;
    default: {
      const minutes = minutesOf(String(data.get('until_ms') ?? ''));
      return minutes === undefined ? undefined : nextAt(minutes, now_ms);
    }
  }
}

export function UntilField({ label, open }: { label: string; open?: boolean }) {
  const t = useTranslations('until');
  const [span, setSpan] = useState<Span>('hour');
  const at = new Date(serverNow() + 2 * HOUR_MS);
  const spans: Span[] = ['hour', 'two', 'day', 'time', ...(open ? (['open'] as const) : [])];
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Choice
        name="until_span"
        label={label}
        value={span}
        onChange={setSpan}
        options={spans.map((value) => ({ value, label: t(value) }))}
      />
      {span === 'time' && (
        <TextField
          name="until_ms"
          label={t('clock')}
          defaultValue={`${String(at.getHours()).padStart(2, '0')}:00`}
          inputMode="numeric"
          autoComplete="off"
          validate={(typed) => (minutesOf(typed) === undefined ? t('wrong') : null)}
          isRequired
        />
      )}
    </div>
  );
}
