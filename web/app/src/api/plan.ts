// What the page reads and changes of the plan: places, loans, calendars, doors, modes, versions.

import { queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ask } from './client';
import { useChange } from './queries';
import type {
  ActiveMode,
  Calendar,
  CalendarWish,
  Difference,
  Door,
  Explain,
  Mode,
  ModeWish,
  Office,
  Rules,
  TvLink,
  VersionPage,
} from './wire';

/** Everything that another version of the plan may have changed. */
const PLAN = [
  'groups',
  'people',
  'calendars',
  'modes',
  'versions',
  'explain',
  'preview',
  'plugins',
  'indicators',
];

export interface Place {
  group: number;
  person: number;
  order: number;
  delay_ms: number;
  calendar: number | null;
  wrap_up_ms: number | null;
}

export interface Places {
  set: Place[];
  remove: { person: number; group: number }[];
}

/** Many places at once are one version: they come into force together and go back together. */
export const usePlaces = () =>
  useChange((input: Places) => ask<void>('POST', '/memberships', input), ...PLAN);

/** One skill of many people; no level takes it away. */
export const useGiveSkill = () =>
  useChange(
    (input: { people: number[]; name: string; level: number | null }) =>
      ask<void>('POST', '/skills', input),
    ...PLAN,
  );

export const usePlace = () =>
  useChange(
    ({ group, person, ...place }: Place) =>
      ask<void>('PUT', `/groups/${group}/members/${person}`, place),
    ...PLAN,
  );

export const useTakeOut = () =>
  useChange(
    ({ group, person }: { group: number; person: number }) =>
      ask<void>('DELETE', `/groups/${group}/members/${person}`),
    ...PLAN,
  );

export interface LoanWish {
  people: number[];
  group: number;
  order: number;
  delay_ms: number;
  until_ms: number;
  wholly: boolean;
}

export const useLend = () =>
  useChange((input: LoanWish) => ask<void>('POST', '/loans', input), ...PLAN);
export const useEndLoan = () =>
  useChange(
    ({ group, person }: { group: number; person: number }) =>
      ask<void>('DELETE', `/loans/${group}/${person}`),
    ...PLAN,
  );

const calendarsQuery = queryOptions({
  queryKey: ['calendars'],
  queryFn: async () => (await ask<{ calendars: Calendar[] }>('GET', '/calendars')).calendars,
});
export const useCalendars = () => useQuery(calendarsQuery);
export const useAddCalendar = () =>
  useChange((input: CalendarWish) => ask<Calendar>('POST', '/calendars', input), ...PLAN);
export const useEditCalendar = () =>
  useChange(
    ({ id, ...rest }: CalendarWish & { id: number }) =>
      ask<Calendar>('PATCH', `/calendars/${id}`, rest),
    ...PLAN,
  );
export const useRemoveCalendar = () =>
  useChange((id: number) => ask<void>('DELETE', `/calendars/${id}`), ...PLAN);

export const useDoor = () =>
  useChange(
    ({ group, door }: { group: number; door: Door }) =>
      ask<void>('POST', `/groups/${group}/door`, { door }),
    ...PLAN,
  );

/** The switch turns by itself as hours pass, so an answer about now grows old. */
const EXPLAINED_MS = 30_000;

export const useExplain = (group: number, at_ms: number | null) =>
  useQuery({
    queryKey: ['explain', group, at_ms],
    queryFn: () =>
      ask<Explain>('GET', `/groups/${group}/explain${at_ms === null ? '' : `?at_ms=${at_ms}`}`),
    ...(at_ms === null ? { refetchInterval: EXPLAINED_MS } : {}),
  });

export const useModes = () =>
  useQuery({
    queryKey: ['modes'],
    queryFn: () => ask<{ modes: Mode[]; active: ActiveMode | null }>('GET', '/modes'),
  });
export const useAddMode = () =>
  useChange((input: ModeWish) => ask<Mode>('POST', '/modes', input), ...PLAN);
export const useEditMode = () =>
  useChange(
    ({ id, ...rest }: ModeWish & { id: number }) => ask<Mode>('PATCH', `/modes/${id}`, rest),
    ...PLAN,
  );
export const useRemoveMode = () =>
  useChange((id: number) => ask<void>('DELETE', `/modes/${id}`), ...PLAN);
export const useModePreview = (mode: number) =>
  useQuery({
    queryKey: ['preview', mode],
    queryFn: async () =>
      (await ask<{ changes: Difference[] }>('GET', `/modes/${mode}/preview`)).changes,
    staleTime: 0,
  });
export const usePressMode = () =>
  useChange(
    ({ mode, until_ms }: { mode: number; until_ms: number | null }) =>
      ask<void>('POST', `/modes/${mode}/press`, { until_ms }),
    ...PLAN,
  );
export const useReturnMode = () => useChange(() => ask<void>('POST', '/modes/return'), ...PLAN);

const readVersions = (before: number | null) =>
  ask<VersionPage>('GET', `/versions${before === null ? '' : `?before=${before}`}`);

export const newestVersion = async (): Promise<number | null> =>
  (await readVersions(null)).versions[0]?.version ?? null;

export const useVersions = () =>
  useInfiniteQuery({
    queryKey: ['versions'],
    queryFn: ({ pageParam }) => readVersions(pageParam),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });

export const useVersionDiff = (version: number | null) =>
  useQuery({
    queryKey: ['versions', 'diff', version],
    enabled: version !== null,
    queryFn: async () =>
      (await ask<{ changes: Difference[] }>('GET', `/versions/${version}/diff`)).changes,
  });
export const useRestore = () =>
  useChange((version: number) => ask<void>('POST', `/versions/${version}/restore`), ...PLAN);
export const useUndo = () => useChange(() => ask<void>('POST', '/versions/undo'), ...PLAN);

export const useRules = () =>
  useQuery({ queryKey: ['rules'], queryFn: () => ask<Rules>('GET', '/rules') });
export const useEditRules = () =>
  useChange((rules: Rules) => ask<void>('PATCH', '/rules', rules), 'rules', 'versions');

export const useOffice = () =>
  useQuery({ queryKey: ['office'], queryFn: () => ask<Office>('GET', '/office') });
export const useEditOffice = () =>
  useChange((office: Office) => ask<Office>('PATCH', '/office', office), 'office', 'versions');

export const useTvLinks = () =>
  useQuery({
    queryKey: ['tv'],
    queryFn: async () => (await ask<{ links: TvLink[] }>('GET', '/tv')).links,
  });
export const useAddTv = () => useChange(() => ask<{ url: string }>('POST', '/tv'), 'tv');
export const useRemoveTv = () => useChange((id: number) => ask<void>('DELETE', `/tv/${id}`), 'tv');

/** What a supervisor does with a caller. */
export const useMoveCall = () =>
  useChange(({ call, group }: { call: number; group: number }) =>
    ask<void>('POST', `/calls/${call}/move`, { group }),
  );
export const useTransferCall = () =>
  useChange(({ call, group }: { call: number; group: number }) =>
    ask<void>('POST', `/calls/${call}/transfer`, { group }),
  );
export const useEndCallback = () =>
  useChange((call: number) => ask<void>('POST', `/calls/${call}/callback/end`));
export const usePromoteCall = () =>
  useChange(({ call, priority }: { call: number; priority: number }) =>
    ask<void>('POST', `/calls/${call}/promote`, { priority }),
  );
