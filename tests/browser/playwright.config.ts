// Journeys through the page in a real browser, against a running Ladus.
//
//   BASE_URL, START_LINK        a server with live calls, and its one-time link
//   SETUP_BASE_URL, SETUP_LINK  an empty server and its link; without them set-up is left out
//   CALLERS_URL                 where a test asks for a real caller: POST /<number to dial>;
//                               without it nobody calls
//   CHROMIUM                    the browser; otherwise `chromium` in PATH
//
// Run by `cargo test --workspace --test browser`, which starts both servers; with
// `LADUS_JOURNEY=morning` only the files with that in their name.

import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { defineConfig } from './playwright';

function browser(): string | undefined {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'chromium')).find((path) => existsSync(path));
}

const out = process.env.BROWSER_OUT ?? join(tmpdir(), 'ladus-browser');
export const SESSION = join(out, 'session.json');

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

export default defineConfig({
  testDir: '.',
  outputDir: join(out, 'results'),
  // One person's clicks at a time: the journeys change one and the same centre.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // The centre is alive and the machine shared: once more before something is said to be broken. The
  // report calls it flaky then, which is a mistake to be mended in the journey.
  retries: 1,
  reporter: [['list']],
  use: {
    baseURL: process.env.BASE_URL,
    launchOptions: { executablePath: browser(), args: QUIET },
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'enter', testMatch: 'enter.setup.ts', use: { locale: 'et-EE' } },
    ...(['et', 'en'] as const).map((name) => ({
      name,
      testMatch: '*.spec.ts',
      dependencies: ['enter'],
      use: { locale: name === 'et' ? 'et-EE' : 'en-GB', storageState: SESSION },
    })),
  ],
});
