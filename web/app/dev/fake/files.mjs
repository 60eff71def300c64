// The built page, as the real server serves it: hashed assets for ever, the rest revalidated.

import { readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';

const DIST = join(import.meta.dirname, '../../dist');

const KINDS = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

function read(path) {
  try {
    return readFileSync(join(DIST, normalize(path)));
  } catch {
    return null;
  }
}

export function serveFile(path, response) {
  const found = path === '/' ? null : read(path);
  if (found === null && path.startsWith('/assets/')) {
    response.writeHead(404).end();
    return;
  }
  const kind = found === null ? '.html' : extname(path);
  response.setHeader('content-type', KINDS[kind] ?? 'application/octet-stream');
  response.setHeader(
    'cache-control',
    path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  );
  response.end(found ?? read('index.html') ?? 'Build the page first: npm run build');
}
