// The stock policies' cards in the reader's language.

import type { useTranslations } from 'use-intl';
import type { PluginCard, PluginField } from '../../api/plugins';

export type StockWords = ReturnType<typeof useTranslations<'stock'>>;

/** Only of a card that came with the product: what was uploaded keeps its author's words. */
export function worded(card: PluginCard, t: StockWords): PluginCard {
  const word = (place: string, own: string): string => {
    const key = `${card.name}.${place}` as Parameters<StockWords>[0];
    return t.has(key) ? t(key) : own;
  };
  const field = (own: PluginField): PluginField => {
    const words = {
      label: word(`${own.id}.label`, own.label),
      help: word(`${own.id}.help`, own.help),
    };
    if (own.kind === 'number') return { ...own, ...words, unit: word(`${own.id}.unit`, own.unit) };
    if (own.kind !== 'choice') return { ...own, ...words };
    const items = own.items.map(({ id, label }) => ({
      id,
      label: word(`${own.id}.items.${id}`, label),
    }));
    return { ...own, ...words, items };
  };
  return { ...card, summary: word('summary', card.summary), fields: card.fields.map(field) };
}
