// A made-up contact centre behind the real page: the API of /api/v1 with imagined calls.
//
// Only for looking at the page and for its browser tests. Plain Node, nothing to install:
//   npm run dev:fake                 builds the page and serves it with imagined data
//   FAKE_EMPTY=1 npm run dev:fake    the same before set-up
//   LADUS_API=http://127.0.0.1:8099 npm run dev   the page with hot reload against it

import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { answerApi } from './fake/api.mjs';
import { serveFile } from './fake/files.mjs';
import { liveWorld, makeWorld } from './fake/world.mjs';

const port = Number(process.env.PORT ?? 8099);
const token = process.env.FAKE_TOKEN ?? randomBytes(16).toString('hex');
const world = makeWorld({ empty: process.env.FAKE_EMPTY === '1', token });

/** What the real server says too; a page that breaks it fails the browser tests. */
const POLICY = [
  "default-src 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
].join('; ');

const server = createServer(async (request, response) => {
  response.setHeader('content-security-policy', POLICY);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  const url = new URL(request.url, 'http://fake');
  if (url.pathname.startsWith('/api/')) await answerApi(world, request, response, url);
  else serveFile(url.pathname, response);
});

liveWorld(world);
server.listen(port, '127.0.0.1', () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  console.log(`BASE_URL=${base}`);
  console.log(`START_LINK=${base}/start#token=${token}`);
  console.log('LOG_IN=mari@example.com / ladus-ladus');
});
