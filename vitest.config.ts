import { mergeConfig } from 'vitest/config';
import viteConfig from './vite.config.ts';

/** What a run leaves in the PostgreSQL that TEST_DATABASE_URL names begins with this, and goes with it. */
process.env['TEST_SCHEMAS'] ??= `threefold_test_${process.pid}`;

/** About SQLite, or about no database: the same again on PostgreSQL would say nothing. */
const sqliteOnly = [
  'db/*',
  'db/migrations/*',
  'about/*',
  'cli/*',
  'query/parser',
  'query/plan',
  'identity/pages',
  'identity/proxy',
  'durability',
  'main',
  'config',
  'log',
  'ids',
  'bodyText',
  'pages',
  'attachments/memory',
  'attachments/splitBody',
  'feed',
  'storeJson',
].map((name) => `server/${name}.test.ts`);

const postgres = {
  name: 'postgres',
  include: ['server/**/*.test.ts'],
  exclude: sqliteOnly,
  globalSetup: ['server/testSchemas.ts'],
  // The files of a worker share what they imported and the schemas they emptied: half of the time.
  isolate: false,
  env: { TEST_DATABASE: 'postgres', TEST_SCHEMAS: process.env['TEST_SCHEMAS'] },
};

/**
 * `unit`: beside the code. `stack`: client and service in one process. `postgres`: the service's tests again on the server that
 * TEST_DATABASE_URL names, where there is one. All run in Node; browsers belong to Playwright.
 */
export default mergeConfig(viteConfig, {
  test: {
    environment: 'node',
    testTimeout: 30_000,
    setupFiles: ['./scripts/propertySeed.mjs'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'server/**/*.test.ts', 'scripts/**/*.test.mjs'],
          exclude: ['server/postgres/**'],
          // Half of the time would go into importing the same again; what a test changes globally it puts back.
          isolate: false,
        },
      },
      ...(process.env['TEST_DATABASE_URL'] === undefined ? [] : [{ extends: true, test: postgres }]),
      { extends: true, test: { name: 'stack', include: ['e2e/stack/**/*.test.{ts,tsx}'], isolate: false } },
    ],
  },
});
