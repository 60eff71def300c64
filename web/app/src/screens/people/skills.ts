// What people can, as lists for people: names that the company knows.

import type { Person } from '../../api/wire';

export const LEVEL_MAX = 10;
export const SKILL_NAME_MAX = 40;
/** Where a level begins: skilled, with room both ways. */
export const LEVEL_INITIAL = 5;

/** Every skill that anybody has, by name. */
export function skillsOf(people: Person[]): string[] {
  const names = new Set(people.flatMap((person) => Object.keys(person.skills)));
  return [...names].sort((a, b) => a.localeCompare(b));
}

/** As the company spells it already: policies tell `English` and `english` apart. */
export function spelled(typed: string, known: string[]): string {
  const name = typed.trim();
  const alike = (each: string) => each.toLowerCase() === name.toLowerCase();
  return known.includes(name) ? name : (known.find(alike) ?? name);
}

/** A level as it was typed; nothing when it is none. */
export function levelOf(typed: string): number | undefined {
  const level = /^\d{1,2}$/.test(typed.trim()) ? Number(typed) : 0;
  return level >= 1 && level <= LEVEL_MAX ? level : undefined;
}
