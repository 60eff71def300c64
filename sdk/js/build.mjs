// From src/policy.ts to a component: `node ladus/js/build.mjs OUT.wasm`, in the plugin's folder.
// `node ladus/js/build.mjs --test` runs src/*.test.ts instead.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const SDK = dirname(fileURLToPath(import.meta.url));
const plugin = process.cwd();
const from = createRequire(join(plugin, 'package.json'));
const tool = async (name) => import(pathToFileURL(from.resolve(name)).href);
const alias = {
  ladus: join(SDK, 'src/index.ts'),
  'ladus/testing': join(SDK, 'src/testing.ts'),
};

/// What the compiler says of the types, with places; a plugin with a mistake is not built.
function typed() {
  const tsc = join(dirname(from.resolve('typescript/package.json')), 'bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '--noEmit'], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

async function bundled(options) {
  const esbuild = await tool('esbuild');
  const { outputFiles } = await esbuild.build({
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    absWorkingDir: plugin,
    alias,
    external: ['ladus:*', 'node:*'],
    logLevel: 'warning',
    ...options,
  });
  return outputFiles;
}

async function component(out) {
  const entry = `import own from ${JSON.stringify(join(plugin, 'src/policy.ts'))};
    import { world } from ${JSON.stringify(join(SDK, 'src/host.ts'))};
    export const policy = world(own);`;
  const [bundle] = await bundled({ stdin: { contents: entry, resolveDir: plugin, loader: 'ts' } });
  const { componentize } = await tool('componentize-qjs');
  const folder = mkdtempSync(join(tmpdir(), 'ladus-plugin-'));
  try {
    const jsPath = join(folder, 'policy.js');
    writeFileSync(jsPath, bundle.text);
    const made = await componentize({
      witPath: join(SDK, '../wit/routing'),
      jsSource: bundle.text,
      jsPath,
      world: 'routing',
      sync: true,
      stubWasi: true,
    });
    writeFileSync(out, made.component);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function tests() {
  const found = readdirSync(join(plugin, 'src')).filter((name) => name.endsWith('.test.ts'));
  const folder = mkdtempSync(join(tmpdir(), 'ladus-plugin-'));
  try {
    const entryPoints = found.map((name) => join(plugin, 'src', name));
    const files = await bundled({ entryPoints, outdir: folder, outExtension: { '.js': '.mjs' } });
    for (const { path, contents } of files) writeFileSync(path, contents);
    const paths = files.map((file) => file.path);
    return spawnSync(process.execPath, ['--test', ...paths], { stdio: 'inherit' }).status ?? 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

typed();
const [what] = process.argv.slice(2);
if (what === '--test') process.exit(await tests());
await component(resolve(what ?? 'policy.wasm'));
