// What the page reads and changes, each request once, with what it makes stale.

import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { serverNow } from '../live/clock';
import { ask, Problem } from './client';
import type {
  Call,
  CallPage,
  Credential,
  Flow,
  Group,
  GroupWish,
  Opened,
  Peaks,
  Person,
  Secret,
  Session,
  Setup,
  Trunk,
  Wish,
} from './wire';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => {
    try {
      return await ask<Session>('GET', '/session');
    } catch (problem) {
      // Not logged in is an answer, not a failure.
      if (problem instanceof Problem && problem.status === 401) return null;
      throw problem;
    }
  },
  staleTime: 60_000,
});

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: () => ask<{ needed: boolean }>('GET', '/setup'),
});

const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: async () => (await ask<{ people: Person[] }>('GET', '/people')).people,
});

const groupsQuery = queryOptions({
  queryKey: ['groups'],
  queryFn: async () => (await ask<{ groups: Group[] }>('GET', '/groups')).groups,
});

const trunksQuery = queryOptions({
  queryKey: ['trunks'],
  queryFn: async () => (await ask<{ trunks: Trunk[] }>('GET', '/trunks')).trunks,
});

export const useSession = () => useQuery(sessionQuery);
export const usePeople = () => useQuery(peopleQuery);
export const useGroups = () => useQuery(groupsQuery);
export const useTrunks = () => useQuery(trunksQuery);

export interface CallFilter {
  before?: number;
  group?: number;
  agent?: number;
  outcome?: string;
  /** Only office calls, or only groups' calls. */
  office?: boolean;
  q?: string;
}

/** Rows of one page of calls: a screen and a half. */
const CALLS_LIMIT = 50;

export function useCalls(filter: CallFilter) {
  return useQuery({
    queryKey: ['calls', filter],
    queryFn: () => {
      const search = new URLSearchParams({ limit: String(CALLS_LIMIT) });
      for (const [name, value] of Object.entries(filter)) {
        if (value !== undefined) search.set(name, String(value));
      }
      return ask<{ calls: Call[]; next: number | null }>('GET', `/calls?${search}`);
    },
    placeholderData: keepPreviousData,
  });
}

export function useCall(id: number) {
  return useQuery({
    queryKey: ['call', id],
    queryFn: () => ask<CallPage>('GET', `/calls/${id}`),
    refetchInterval: (query) => (query.state.data && mayGrow(query.state.data) ? 2_000 : false),
  });
}

/** How long after a talk its recording may still be on its way to the disk. */
const STORING_MS = 15_000;

/** A live call grows, and one that has just ended gets its recording; others never change. */
function mayGrow(call: CallPage): boolean {
  if (call.ended_ms === null) return true;
  const recorded = call.kind === 'group' && call.outcome === 'answered';
  const recordingDue = recorded && call.recording === null;
  return recordingDue && serverNow() - call.ended_ms < STORING_MS;
}

export function usePeaks(id: number) {
  return useQuery({
    queryKey: ['peaks', id],
    queryFn: () => ask<Peaks>('GET', `/calls/${id}/peaks`),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** A change that makes the named lists stale. */
export function useChange<In, Out>(change: (input: In) => Promise<Out>, ...stale: string[]) {
  const client = useQueryClient();
  return useMutation<Out, Problem, In>({
    mutationFn: change,
    onSettled: () => Promise.all(stale.map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}

export const useLogIn = () =>
  useChange((input: { email: string; password: string }) =>
    ask<unknown>('POST', '/session', input),
  );
export const useOpenLink = () =>
  useChange((token: string) => ask<Opened>('POST', '/session/token', { token }));
export const useLogOut = () => useChange(() => ask<void>('DELETE', '/session'));
export const useSetUp = () =>
  useChange((input: Setup) => ask<{ credential: Secret }>('POST', '/setup', input));

export const useAddPerson = () =>
  useChange(
    (input: { name: string; extension?: string }) => ask<Person>('POST', '/people', input),
    'people',
  );
export const useEditPerson = () =>
  useChange(
    ({ id, ...rest }: { id: number; name: string; extension: string | null }) =>
      ask<Person>('PATCH', `/people/${id}`, rest),
    'people',
  );
export const useRemovePerson = () =>
  useChange((id: number) => ask<void>('DELETE', `/people/${id}`), 'people', 'groups');

export const useGiveCredential = () =>
  useChange(
    ({ person, sip_user }: { person: number; sip_user?: string }) =>
      ask<Secret>('POST', `/people/${person}/credentials`, sip_user ? { sip_user } : {}),
    'people',
  );
export const useTakeCredential = () =>
  useChange(
    ({ person, credential }: { person: number; credential: Credential['id'] }) =>
      ask<void>('DELETE', `/people/${person}/credentials/${credential}`),
    'people',
  );

export const useWish = () =>
  useChange(({ person, wish, reason }: { person: number; wish: Wish; reason?: string }) =>
    ask<void>('POST', `/people/${person}/wish`, { wish, ...(reason ? { reason } : {}) }),
  );
export const useEndWrapUp = () =>
  useChange((person: number) => ask<void>('POST', `/people/${person}/wrapup/end`));

/** What a group that comes or goes makes stale. */
const GROUP_PLAN = ['groups', 'versions', 'plugins'];

export const useAddGroup = () =>
  useChange((input: GroupWish) => ask<Group>('POST', '/groups', input), ...GROUP_PLAN);
export const useEditGroup = () =>
  useChange(
    ({ id, ...rest }: Partial<GroupWish & Flow> & { id: number }) =>
      ask<Group>('PATCH', `/groups/${id}`, rest),
    'groups',
    'explain',
    'versions',
    'plugins',
  );
export const useRemoveGroup = () =>
  useChange((id: number) => ask<void>('DELETE', `/groups/${id}`), 'people', ...GROUP_PLAN);

export const useAddTrunk = () =>
  useChange(
    (input: { name: string; address: string; port?: number; priority_header?: string }) =>
      ask<Trunk>('POST', '/trunks', input),
    'trunks',
  );
export const useChangeTrunk = () =>
  useChange(
    ({ id, ...change }: { id: number; priority_header: string | null }) =>
      ask<Trunk>('PATCH', `/trunks/${id}`, change),
    'trunks',
  );
export const useRemoveTrunk = () =>
  useChange((id: number) => ask<void>('DELETE', `/trunks/${id}`), 'trunks');
