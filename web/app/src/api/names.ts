// Names for the numbers that facts and calls carry.

import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useGroups, usePeople } from './queries';

export interface Names {
  person: (id: number | null | undefined) => string;
  group: (id: number | null | undefined) => string;
}

/** Somebody removed since keeps a number: the journal is never rewritten. */
export function useNames(): Names {
  const t = useTranslations('page');
  const people = usePeople().data;
  const groups = useGroups().data;
  return useMemo(() => {
    const person = new Map(people?.map((each) => [each.id, each.name]));
    const group = new Map(groups?.map((each) => [each.id, each.name]));
    return {
      person: (id) => (id == null ? '–' : (person.get(id) ?? t('person_gone', { id }))),
      group: (id) => (id == null ? '–' : (group.get(id) ?? t('group_gone', { id }))),
    };
  }, [people, groups, t]);
}
