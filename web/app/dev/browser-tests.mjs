// The browser journeys against two imagined servers: one that lives, one that is empty.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const here = (path) => new URL(path, import.meta.url).pathname;

/** Starts an imagined server on a free port and reads what it prints about itself. */
async function start(extra) {
  const child = spawn(process.execPath, [here('fake.mjs')], {
    env: { ...process.env, PORT: '0', FAKE_TOKEN: undefined, ...extra },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const told = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const [name, value] = line.split(/=(.*)/s);
    told[name] = value;
    if (name === 'START_LINK') break;
  }
  return { child, ...told };
}

const full = await start({});
const empty = await start({ FAKE_EMPTY: '1' });
const cli = here('../node_modules/@playwright/test/cli.js');
const config = here('../../../tests/browser/playwright.config.ts');
const tests = spawn(process.execPath, [cli, 'test', '--config', config, ...process.argv.slice(2)], {
  env: {
    ...process.env,
    BASE_URL: full.BASE_URL,
    START_LINK: full.START_LINK,
    SETUP_BASE_URL: empty.BASE_URL,
    SETUP_LINK: empty.START_LINK,
  },
  stdio: 'inherit',
});
tests.on('close', (code) => {
  full.child.kill();
  empty.child.kill();
  process.exit(code ?? 1);
});
