// A pay rule while somebody writes it: people's units (seconds, percent) in place of the rule's.

import { Problem } from '../../api/client';
import type { PayBand, PayItem, PayRuleDoc, PayScope } from '../../api/pay';

export type Gives = 'amount' | 'of_base' | 'times';

export interface BandDraft {
  from: string;
  to: string;
  gives: string;
}

export interface ItemDraft {
  /** Tells the lines of the form apart. */
  key: number;
  name: string;
  on: string;
  calls_min: number;
  gives: Gives;
  bands: BandDraft[];
  floor: string;
  cap: string;
}

export interface RuleDraft {
  name: string;
  valid_from: string;
  currency: string;
  scope: PayScope;
  per_hour: string;
  per_call: string;
  fixed: string;
  items: ItemDraft[];
  floor: string;
  cap: string;
}

/** Moves the decimal point so many places to the right; what is no number stays as it was typed. */
export function shifted(typed: string, places: number): string {
  const text = typed.trim().replace(',', '.');
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!found) return text;
  const [, sign = '', whole = '', rest = ''] = found;
  const digits = `${'0'.repeat(Math.max(0, -places))}${whole}${rest}${'0'.repeat(Math.max(0, places))}`;
  const point = Math.max(0, -places) + whole.length + places;
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, '') || '0';
  const right = digits.slice(point).replace(/0+$/, '');
  const moved = right === '' ? left : `${left}.${right}`;
  return Number(moved) === 0 ? '0' : sign + moved;
}

/** How many places people's unit of a value is away from the rule's: seconds, percent. */
export function placesOf(on: string): number {
  if (on.endsWith('-ms')) return 3;
  return on.endsWith('-rate') ? -2 : 0;
}

const GIVES_PLACES: Record<Gives, number> = { amount: 0, of_base: -2, times: 0 };

const given = (text: string) => (text.trim() === '' ? null : shifted(text, 0));

function bandOf(item: ItemDraft, band: BandDraft): PayBand {
  const places = placesOf(item.on);
  const border = (text: string) => (text.trim() === '' ? null : shifted(text, places));
  return {
    from: border(band.from),
    to: border(band.to),
    [item.gives]: shifted(band.gives, GIVES_PLACES[item.gives]),
  };
}

/** The rule as the server takes it. */
export function ruleOf(draft: RuleDraft): PayRuleDoc {
  const item = (each: ItemDraft): PayItem => ({
    name: each.name,
    on: each.on,
    calls_min: each.calls_min,
    bands: each.bands.map((band) => bandOf(each, band)),
    ...(each.gives === 'times' ? {} : { floor: given(each.floor), cap: given(each.cap) }),
  });
  return {
    currency: draft.currency.trim().toUpperCase(),
    scope: draft.scope,
    base: {
      per_hour: given(draft.per_hour),
      per_call: given(draft.per_call),
      fixed: given(draft.fixed),
    },
    items: draft.items.filter(({ gives }) => gives !== 'times').map(item),
    multipliers: draft.items.filter(({ gives }) => gives === 'times').map(item),
    floor: given(draft.floor),
    cap: given(draft.cap),
  };
}

/** Where the server finds an item of the draft: `items/1`. */
export function placeOf(draft: RuleDraft, item: ItemDraft): string {
  const times = item.gives === 'times';
  const alike = draft.items.filter(({ gives }) => (gives === 'times') === times);
  return `${times ? 'multipliers' : 'items'}/${alike.indexOf(item)}`;
}

/** What the server says about bands, in the units in which they were typed. */
export function inTypedUnits(problem: unknown, draft: RuleDraft): unknown {
  if (!(problem instanceof Problem)) return problem;
  const errors = problem.errors.map((error) => {
    const item = draft.items.find((each) =>
      error.pointer.startsWith(`/rule/${placeOf(draft, each)}/bands/`),
    );
    if (!item || !error.params) return error;
    const params = { ...error.params };
    for (const name of ['from', 'to', 'until']) {
      const value = params[name];
      if (value !== undefined) params[name] = shifted(String(value), -placesOf(item.on));
    }
    return { ...error, params };
  });
  return new Problem(problem.status, problem.code, problem.params, errors, problem.detail);
}

export function newItem(key: number, gives: Gives): ItemDraft {
  const band = (from: string, to: string) => ({ from, to, gives: gives === 'times' ? '1' : '' });
  const bands = [band('', ''), band('', '')];
  const on = 'answer-time-ms';
  return { key, name: '', on, calls_min: 20, gives, bands, floor: '', cap: '' };
}

export function emptyDraft(valid_from: string): RuleDraft {
  return {
    name: '',
    valid_from,
    currency: 'EUR',
    scope: 'everybody',
    per_hour: '',
    per_call: '',
    fixed: '',
    items: [],
    floor: '',
    cap: '',
  };
}

/** A version of a rule to be written anew. */
export function draftOf(name: string, valid_from: string, rule: PayRuleDoc): RuleDraft {
  const item =
    (gives: Gives) =>
    (each: PayItem, key: number): ItemDraft => {
      const places = -placesOf(each.on);
      const border = (text?: string | null) => (text ? shifted(text, places) : '');
      const kind = gives === 'times' || each.bands[0]?.of_base == null ? gives : 'of_base';
      return {
        key: gives === 'times' ? 1_000 + key : key,
        name: each.name,
        on: each.on,
        calls_min: each.calls_min,
        gives: kind,
        bands: each.bands.map((band) => ({
          from: border(band.from),
          to: border(band.to),
          gives: shifted(band[kind] ?? '0', -GIVES_PLACES[kind]),
        })),
        floor: each.floor ?? '',
        cap: each.cap ?? '',
      };
    };
  return {
    name,
    valid_from,
    currency: rule.currency,
    scope: rule.scope,
    per_hour: rule.base.per_hour ?? '',
    per_call: rule.base.per_call ?? '',
    fixed: rule.base.fixed ?? '',
    items: [...rule.items.map(item('amount')), ...rule.multipliers.map(item('times'))],
    floor: rule.floor ?? '',
    cap: rule.cap ?? '',
  };
}

/** The whole month before a moment, as days: `2026-02-01` and `2026-02-28`. */
export function monthBefore(now_ms: number): { from: string; to: string } {
  const now = new Date(now_ms);
  const day = (date: Date) =>
    [date.getFullYear(), date.getMonth() + 1, date.getDate()]
      .map((part) => String(part).padStart(2, '0'))
      .join('-');
  return {
    from: day(new Date(now.getFullYear(), now.getMonth() - 1, 1)),
    to: day(new Date(now.getFullYear(), now.getMonth(), 0)),
  };
}

/** The sum of amounts in cents, as text with two places. */
export function sumOf(amounts: string[]): string {
  const cents = amounts.reduce((sum, each) => sum + Math.round(Number(each) * 100), 0);
  return (cents / 100).toFixed(2);
}
