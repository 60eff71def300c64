// Which address shows which screen. The address holds all that a screen needs to be shown again.

import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router';
import { type FiguresAsked, LEVELS, ROWS } from './api/figures';
import type { CallFilter } from './api/queries';
import { Calendars } from './screens/calendars/Calendars';
import { Call } from './screens/call/Call';
import { Calls } from './screens/calls/Calls';
import { LogIn } from './screens/enter/LogIn';
import { SetUp } from './screens/enter/SetUp';
import { Start } from './screens/enter/Start';
import { Group } from './screens/groups/Group';
import { Groups } from './screens/groups/Groups';
import { Indicators } from './screens/indicators/Indicators';
import { Missing } from './screens/Missing';
import { Modes } from './screens/modes/Modes';
import { Now } from './screens/now/Now';
import { Pay } from './screens/pay/Pay';
import { Period } from './screens/pay/Period';
import { Statement } from './screens/pay/Statement';
import { People } from './screens/people/People';
import { PersonPage } from './screens/people/Person';
import { Plugins } from './screens/plugins/Plugins';
import { Results } from './screens/results/Results';
import { Shell } from './screens/Shell';
import { Settings } from './screens/settings/Settings';
import { Tv } from './screens/tv/Tv';
import { Versions } from './screens/versions/Versions';

const root = createRootRoute({ component: Outlet, notFoundComponent: Missing });

const logIn = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { to?: string } =>
    // Only a path of our own: never a way out to another site.
    typeof search.to === 'string' && /^\/(?![/\\])/.test(search.to) ? { to: search.to } : {},
  component: LogIn,
});
const start = createRoute({ getParentRoute: () => root, path: '/start', component: Start });
const setUp = createRoute({ getParentRoute: () => root, path: '/setup', component: SetUp });

const tv = createRoute({ getParentRoute: () => root, path: '/tv', component: Tv });

const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });
const now = createRoute({ getParentRoute: () => shell, path: '/', component: Now });

function whole(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

const OUTCOMES = [
  'waiting',
  'answered',
  'abandoned',
  'refused',
  'diverted',
  'called_back',
  'timeout',
];

const calls = createRoute({
  getParentRoute: () => shell,
  path: '/calls',
  validateSearch: (search: Record<string, unknown>): CallFilter => {
    const filter: CallFilter = {
      before: whole(search.before),
      group: whole(search.group),
      agent: whole(search.agent),
      outcome: OUTCOMES.find((each) => each === search.outcome),
      office: typeof search.office === 'boolean' ? search.office : undefined,
      q: typeof search.q === 'string' && search.q !== '' ? search.q : undefined,
    };
    return filter;
  },
  component: Calls,
});
const call = createRoute({ getParentRoute: () => shell, path: '/calls/$id', component: Call });
const people = createRoute({ getParentRoute: () => shell, path: '/people', component: People });
const person = createRoute({
  getParentRoute: () => shell,
  path: '/people/$id',
  component: PersonPage,
});
const groups = createRoute({ getParentRoute: () => shell, path: '/groups', component: Groups });
const group = createRoute({ getParentRoute: () => shell, path: '/groups/$id', component: Group });
const day = (value: unknown) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined;
const results = createRoute({
  getParentRoute: () => shell,
  path: '/results',
  validateSearch: (search: Record<string, unknown>): FiguresAsked => ({
    from: day(search.from),
    to: day(search.to),
    by: ROWS.find((each) => each === search.by),
    group: whole(search.group),
    person: whole(search.person),
    level: LEVELS.find((each) => each === search.level),
    within: whole(search.within),
  }),
  component: Results,
});
const calendars = createRoute({
  getParentRoute: () => shell,
  path: '/calendars',
  component: Calendars,
});
const modes = createRoute({ getParentRoute: () => shell, path: '/modes', component: Modes });
const plugins = createRoute({ getParentRoute: () => shell, path: '/plugins', component: Plugins });
const pay = createRoute({ getParentRoute: () => shell, path: '/pay', component: Pay });
const period = createRoute({ getParentRoute: () => shell, path: '/pay/$id', component: Period });
const statement = createRoute({
  getParentRoute: () => shell,
  path: '/pay/$id/$person',
  component: Statement,
});
const indicators = createRoute({
  getParentRoute: () => shell,
  path: '/indicators',
  component: Indicators,
});
const versions = createRoute({
  getParentRoute: () => shell,
  path: '/versions',
  component: Versions,
});
const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: Settings,
});

/** Plain `name=value`: the router's own way would write numbers in quotes. */
function writeSearch(search: Record<string, unknown>): string {
  const plain = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined) plain.set(name, String(value));
  }
  return plain.size === 0 ? '' : `?${plain}`;
}

export function makeRouter() {
  return createRouter({
    routeTree: root.addChildren([
      logIn,
      start,
      setUp,
      tv,
      shell.addChildren([
        now,
        calls,
        call,
        people,
        person,
        groups,
        group,
        results,
        calendars,
        modes,
        indicators,
        plugins,
        pay,
        period,
        statement,
        versions,
        settings,
      ]),
    ]),
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: writeSearch,
    defaultPreload: false,
    // Scroll positions are kept by the browser; the router's way would need session storage.
    scrollRestoration: false,
  });
}
