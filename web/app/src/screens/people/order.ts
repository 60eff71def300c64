// Order numbers as they are typed into a cell.

import type { Group, Person } from '../../api/wire';

/** Two digits are more orders than anyone can keep in mind. */
export const ORDER_MAX = 99;

/** `null` takes the person out of the group; `undefined` is not an order number. */
export function orderOf(typed: string): number | null | undefined {
  const text = typed.trim();
  if (text === '' || text === '0') return null;
  if (!/^\d{1,2}$/.test(text)) return undefined;
  return Number(text);
}

export function membershipOf(person: Person, group: Group) {
  return person.memberships.find((each) => each.group === group.id);
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
