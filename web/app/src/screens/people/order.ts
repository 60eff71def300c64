// Order numbers as they are typed into a cell, and what a cell of the table holds.

import type { Place } from '../../api/plan';
import type { Group, Membership, Person } from '../../api/wire';

/** Two digits are more orders than anyone can keep in mind. */
export const ORDER_MAX = 99;

/** Nobody should wait longer than this before a colleague may help; the server says the same. */
export const DELAY_MAX_S = 3600;

/** `null` takes the person out of the group; `undefined` is not an order number. */
export function orderOf(typed: string): number | null | undefined {
  const text = typed.trim();
  if (text === '' || text === '0') return null;
  if (!/^\d{1,2}$/.test(text)) return undefined;
  return Number(text);
}

type Memberships = Person['memberships'];

/** The place that is meant to stay; a loan stands beside it. */
export function membershipOf({ memberships }: { memberships: Memberships }, group: Group) {
  return memberships.find((each) => each.group === group.id && !each.loan);
}

export function loanOf({ memberships }: { memberships: Memberships }, group: Group) {
  return memberships.find((each) => each.group === group.id && each.loan);
}

/** All that a place is, without the two it joins. */
export type Terms = Omit<Place, 'group' | 'person'>;

/** A place with another order: the rest of it stays as it was. */
export function termsOf(member: Membership | undefined, order: number): Terms {
  return {
    order,
    delay_ms: member?.delay_ms ?? 0,
    calendar: member?.calendar ?? null,
    wrap_up_ms: member?.wrap_up_ms ?? null,
  };
}

/** The groups in a new sequence get the numbers 1, 2, 3 …; only what changes is sent. */
export function renumbered(person: Person, sequence: number[]): Place[] {
  return sequence.flatMap((group, place) => {
    const member = person.memberships.find((each) => each.group === group && !each.loan);
    if (!member || member.order === place + 1) return [];
    return [{ person: person.id, group, ...termsOf(member, place + 1) }];
  });
}

const ARROWS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Enter: [1, 0],
};

/** Where a key leads from a cell, inside the table; `null` when it leads nowhere. */
export function cellAfter(
  key: string,
  [row, column]: [number, number],
  [rows, columns]: [number, number],
): [number, number] | null {
  const step = ARROWS[key];
  if (!step) return null;
  const next: [number, number] = [row + step[0], column + step[1]];
  const inside = next[0] >= 0 && next[0] < rows && next[1] >= 0 && next[1] < columns;
  return inside ? next : null;
}
