// A statement's line in words: what was counted, times what, is how much, or why it is nothing.

import { useTranslations } from 'use-intl';
import type { PayKind, PayLine } from '../../api/pay';
import { useLocale } from '../../words/language';
import { placesOf, shifted } from './draft';

/** Amounts and values as the reader's language writes them; text in, text out. */
export function useAmounts() {
  const locale = useLocale();
  const number = (text: string, least: number, most: number) =>
    new Intl.NumberFormat(locale, {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
    }).format(text as Intl.StringNumericLiteral);
  return {
    money: (text: string) => number(text, 2, 4),
    /** What is paid: exactly its cents. */
    paid: (text: string, currency: string) => `${number(text, 2, 2)} ${currency}`,
    plain: (text: string) => number(text, 0, 4),
    signed: (text: string, currency: string) =>
      `${text.startsWith('-') ? '' : '+'}${number(text, 2, 2)} ${currency}`,
  };
}

const NAMED: readonly PayKind[] = ['amount', 'of_base', 'times'];

export function useLineWords() {
  const t = useTranslations('pay');
  const amounts = useAmounts();
  const valueName = (on: string): string => {
    const key = `values.${on}` as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : on;
  };
  const value = (on: string, text: string): string => {
    const places = placesOf(on);
    const plain = amounts.plain(shifted(text, -places));
    if (places === 3) return t('seconds', { value: plain });
    return places === -2 ? t('percent', { value: plain }) : plain;
  };
  const band = ({ on, from, to }: PayLine): string => {
    if (from !== null && to !== null) {
      return t('band_between', { from: value(on, from), to: value(on, to) });
    }
    if (from !== null) return t('band_from', { from: value(on, from) });
    return to !== null ? t('band_to', { to: value(on, to) }) : t('band_any');
  };
  const why = (line: PayLine): string => {
    if (!line.why) return '';
    if (line.why.code !== 'too_few') return t(`why.${line.why.code}`);
    const { calls, least } = line.why;
    return t('why.too_few', { calls, least });
  };
  return {
    valueName,
    value,
    /** What the line is for. */
    name: (line: PayLine): string =>
      NAMED.includes(line.kind) ? line.name : t(`kind.${line.kind}`),
    /** How it comes about. */
    formula: (line: PayLine): string => {
      const rate = amounts.money(line.rate ?? '0');
      const of = amounts.money(line.of ?? '0');
      const counted = line.counted ?? '0';
      if (line.why) {
        const looked = line.on === '' ? '' : `${valueName(line.on)}: `;
        const found = line.counted === null ? '—' : value(line.on, line.counted);
        return `${looked}${found} (${why(line)})`;
      }
      const looked = `${valueName(line.on)} ${value(line.on, counted)}, ${band(line)}`;
      switch (line.kind) {
        case 'per_hour': {
          const hours = amounts.plain(String(Number(counted) / 3_600_000));
          return t('formula.per_hour', { hours, rate });
        }
        case 'per_call':
          return t('formula.per_call', { calls: amounts.plain(counted), rate });
        case 'fixed':
          return t('formula.fixed');
        case 'amount':
          return looked;
        case 'of_base': {
          const part = amounts.plain(shifted(line.rate ?? '0', 2));
          return `${looked}: ${t('formula.of_base', { part, of })}`;
        }
        case 'times':
          return `${looked}: ${t('formula.times', { factor: amounts.plain(line.rate ?? '1'), of })}`;
        case 'floor':
          return t('formula.floor', { rate, of });
        case 'cap':
          return t('formula.cap', { rate, of });
      }
    },
  };
}
