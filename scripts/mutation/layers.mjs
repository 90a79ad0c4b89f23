/** The layers that are measured, each with the tests that are to notice a fault in it. */
import { globSync } from 'node:fs';
import { root } from '../runtime.mjs';

const stackTests = ['e2e/stack/**/*.test.{ts,tsx}'];
const syncTests = ['src/sync/**/*.test.ts'];

/** `files` are sources; `near` the tests beside them, `far` others that run them. */
export const layers = {
  domain: {
    files: ['src/domain/**/*.ts'],
    near: ['src/domain/**/*.test.ts'],
    far: ['src/{wire,sync,data,features}/**/*.test.{ts,tsx}', ...stackTests],
  },
  wire: {
    files: ['src/wire/**/*.ts'],
    near: ['src/{wire,api}/**/*.test.ts'],
    far: ['server/{outlook,http,attachments,feed,query}/**/*.test.ts', ...stackTests],
  },
  api: { files: ['src/api/**/*.ts'], near: ['src/api/**/*.test.ts'], far: [...syncTests, ...stackTests] },
  sync: { files: ['src/sync/!(engine)/**/*.ts'], near: syncTests, far: ['src/data/**/*.test.{ts,tsx}', ...stackTests] },
  engine: { files: ['src/sync/engine/**/*.ts'], near: syncTests, far: ['src/data/**/*.test.{ts,tsx}', ...stackTests] },
  server: { files: ['server/**/*.ts'], near: ['server/**/*.test.ts'], far: [] },
};

/**
 * Left out of the tests: component tests need a browser; the others repeat what smaller tests check and take minutes, or
 * start processes of their own, where nothing can be planted.
 */
export const leftOutTests = [
  '**/*.component.test.tsx',
  '**/*.postgres.test.ts',
  'e2e/stack/{chaos,crash}.test.ts',
  'server/main.sqlite.test.ts',
  'server/db/durability.sqlite.test.ts',
  'server/attachments/attachmentMemory.sqlite.test.ts',
];

/** No behaviour of a layer: tests, what tests use, command lines, tables of data, descriptions for readers. */
const noSource = /\.test\.|(?:^|\/)(?:testing|fixtures|cli|migrations|api-docs)\/|windowsZones\.ts$|\.d\.ts$/;

export function sourcesOf(layer) {
  return globSync(layers[layer].files, { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !noSource.test(file))
    .toSorted();
}
