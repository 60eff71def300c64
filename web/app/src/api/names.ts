// Names for the numbers that facts and calls carry.

import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useCalendars, useModes } from './plan';
import { usePlugins } from './plugins';
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

export interface PlanNames extends Names {
  calendar: (id: number) => string;
  mode: (id: number) => string;
  policy: (word: string) => string;
}

/** Names of everything that a plan holds. */
export function usePlanNames(): PlanNames {
  const names = useNames();
  const calendars = useCalendars().data;
  const modes = useModes().data?.modes;
  const policy = usePolicyName();
  return useMemo(() => {
    const calendar = new Map(calendars?.map((each) => [each.id, each.name]));
    const mode = new Map(modes?.map((each) => [each.id, each.name]));
    return {
      ...names,
      calendar: (id) => calendar.get(id) ?? `#${id}`,
      mode: (id) => mode.get(id) ?? `#${id}`,
      policy,
    };
  }, [names, calendars, modes, policy]);
}

/** A policy as people call it: in our words when it is ours, else as its card has it. */
export function usePolicyName(): (word: string) => string {
  const t = useTranslations('groups');
  const plugins = usePlugins().data;
  return useMemo(() => {
    const versions = new Map(plugins?.versions.map((each) => [each.policy, each]));
    return (word) => {
      const version = versions.get(word);
      if (version) {
        const label = `${version.card.name} ${version.card.version}`;
        return version.removed ? t('policy_removed', { label }) : label;
      }
      const key = `policies.${word}` as Parameters<typeof t>[0];
      return t.has(key) ? t(key) : word;
    };
  }, [plugins, t]);
}
