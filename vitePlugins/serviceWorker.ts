import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { rolldown } from 'rolldown';
import type { Plugin } from 'vite';

/**
 * Not part of the app shell: read by tools, by the service or by the installer before a worker runs; and the PDF
 * renderer, which is larger than all the rest and loads with the first PDF
 * (docs/decisions/0034-attachments-in-the-app.md).
 */
const left = [
  /\.(?:map|br)$/,
  /^\/auth\.html$/,
  /^\/sw\.js$/,
  /^\/screenshots\//,
  /^\/assets\/pdf(?:View|Document|Worker)-/,
  /\/\./,
];

/** In development: takes the place of a worker that was left on this port, which would go on showing what it keeps. */
const unregisterScript = `
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) await caches.delete(name);
  await self.registration.unregister();
  for (const page of await self.clients.matchAll({ type: 'window' })) await page.navigate(page.url);
})()));
`;

/**
 * Builds src/worker/sw.ts into `/sw.js`, a script of its own, with the names and hashes of the built files in front
 * (docs/decisions/0029-service-worker.md). It runs last, over the finished output folder.
 */
export function serviceWorker(): Plugin {
  let source = '';
  let output = '';
  return {
    name: 'threefold:service-worker',
    configResolved({ root, build }) {
      source = path.join(root, 'src/worker/sw.ts');
      output = path.resolve(root, build.outDir);
    },
    configureServer({ middlewares }) {
      middlewares.use('/sw.js', (_request, response) => {
        response.setHeader('Content-Type', 'text/javascript');
        response.end(unregisterScript);
      });
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const files = await hashesOf(output);
        const version = sha256(JSON.stringify(files)).slice(0, 16);
        const bundle = await rolldown({ input: source, platform: 'browser' });
        const { output: chunks } = await bundle.generate({ format: 'iife', minify: true });
        await bundle.close();
        const [{ code }] = chunks;
        await writeFile(path.join(output, 'sw.js'), `const shellBuild=${JSON.stringify({ version, files })};\n${code}`);
      },
    },
  };
}

async function hashesOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => `/${path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')}`)
    .filter((name) => !left.some((pattern) => pattern.test(name)))
    .toSorted();
  const hashes = await Promise.all(paths.map(async (name) => sha256(await readFile(path.join(folder, name)))));
  // The page goes by the address that every host answers without a detour.
  return Object.fromEntries(paths.map((name, at) => [name === '/index.html' ? '/' : name, hashes[at] ?? '']));
}

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
