// Where a formula is written: its words are offered with their help, its mistake is marked.

import { useRef, useState } from 'react';
import { FieldError, Label, Text, TextArea, TextField } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import type { FormulaChecked, FormulaWord } from '../../api/indicators';
import { useLanguage } from '../../words/language';
import { wordBefore } from './shown';

/** Words offered at once: more are not read. */
const OFFERED = 6;

export function FormulaField({
  value,
  onChange,
  words,
  checked,
}: {
  value: string;
  onChange: (text: string) => void;
  words: FormulaWord[];
  checked: FormulaChecked | undefined;
}) {
  const t = useTranslations('indicators');
  const { language } = useLanguage();
  const area = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const begun = wordBefore(value, caret);
  const offered = words
    .filter((word) => begun !== '' && word.name.startsWith(begun) && word.name !== begun)
    .slice(0, OFFERED);
  const note = () => setCaret(area.current?.selectionStart ?? 0);
  const take = (word: FormulaWord) => {
    const before = value.slice(0, caret - begun.length) + word.name;
    onChange(before + value.slice(caret));
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(before.length, before.length);
      setCaret(before.length);
    });
  };
  return (
    <div className="grid gap-2">
      <TextField
        name="formula"
        value={value}
        onChange={onChange}
        isRequired
        className="grid content-start gap-1.5"
      >
        <Label className="text-sm font-medium">{t('formula')}</Label>
        <TextArea
          ref={area}
          rows={3}
          spellCheck={false}
          onSelect={note}
          className="w-full rounded-lg bg-surface px-3 py-2 font-mono text-ink ring-1 ring-inset ring-edge outline-offset-0 focus:outline-2 focus:outline-accent"
        />
        <Text slot="description" className="text-sm text-muted">
          {t('formula_hint')}
        </Text>
        <FieldError className="text-sm text-bad" />
      </TextField>
      {offered.length > 0 && (
        <ul aria-label={t('offered')} className="grid gap-1 rounded-lg bg-sunken p-2 text-sm">
          {offered.map((word) => (
            <li key={word.name}>
              <button
                type="button"
                onClick={() => take(word)}
                className="w-full rounded px-2 py-1 text-left hover:bg-surface"
              >
                <code className="font-medium">{word.name}</code>{' '}
                <span className="text-muted">
                  {language === 'et' ? word.help_et : word.help_en}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <Mistake text={value} checked={checked} />
    </div>
  );
}

/** The formula once more with the place of its mistake marked, and what to do about it. */
function Mistake({ text, checked }: { text: string; checked: FormulaChecked | undefined }) {
  const t = useTranslations('indicators');
  if (text.trim() === '' || !checked) return null;
  const { mistake, unit } = checked;
  if (!mistake) {
    return (
      <p role="status" className="text-sm text-good">
        {t('reads_well', { unit: t(`unit.${unit ?? 'count'}`) })}
      </p>
    );
  }
  return (
    <div role="status" className="grid gap-1 text-sm">
      <p className="font-mono break-words" aria-hidden="true">
        {text.slice(0, mistake.from)}
        <mark className="bg-transparent text-bad underline decoration-wavy">
          {text.slice(mistake.from, mistake.to) || '…'}
        </mark>
        {text.slice(mistake.to)}
      </p>
      <p className="font-medium text-bad">{mistake.text}</p>
    </div>
  );
}
