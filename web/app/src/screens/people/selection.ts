// Which people are ticked. Somebody removed meanwhile is no longer among them.

import { useState } from 'react';
import type { Person } from '../../api/wire';

export interface Selection {
  /** In the order of the list. */
  people: Person[];
  has: (person: Person) => boolean;
  choose: (person: Person, on: boolean) => void;
  all: (on: boolean) => void;
  clear: () => void;
}

export function useSelection(people: Person[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  return {
    people: people.filter((each) => chosen.has(each.id)),
    has: (person) => chosen.has(person.id),
    choose: (person, on) =>
      setChosen((before) => {
        const after = new Set(before);
        if (on) after.add(person.id);
        else after.delete(person.id);
        return after;
      }),
    all: (on) => setChosen(new Set(on ? people.map((each) => each.id) : [])),
    clear: () => setChosen(new Set()),
  };
}
