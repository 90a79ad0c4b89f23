/** The layers that are measured, each with the tests that are to notice a fault in it. */
import { globSync } from 'node:fs';
import { root } from '../runtime.mjs';

const clientTests = ['src/sync/**/*.test.ts', 'src/data/**/*.test.{ts,tsx}', 'e2e/stack/**/*.test.{ts,tsx}'];

/** `files` are sources, `tests` globs of test files. */
export const layers = {
  domain: {
    files: ['src/domain/**/*.ts'],
    tests: ['src/domain/**/*.test.ts', 'src/wire/**/*.test.ts', 'src/features/**/*.test.ts', ...clientTests],
  },
  wire: { files: ['src/wire/**/*.ts'], tests: ['src/{wire,api}/**/*.test.ts', 'server/**/*.test.ts', ...clientTests] },
  api: { files: ['src/api/**/*.ts'], tests: ['src/api/**/*.test.ts', ...clientTests] },
  sync: { files: ['src/sync/!(engine)/**/*.ts'], tests: clientTests },
  engine: { files: ['src/sync/engine/**/*.ts'], tests: clientTests },
  data: { files: ['src/data/**/*.{ts,tsx}'], tests: clientTests },
  server: { files: ['server/**/*.ts'], tests: ['server/**/*.test.ts'] },
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
