import { mergeConfig } from 'vitest/config';
import viteConfig from './vite.config.ts';

/** What a run leaves in the PostgreSQL that TEST_DATABASE_URL names begins with this, and goes with it. */
process.env['TEST_SCHEMAS'] ??= `threefold_test_${process.pid}`;

const postgres = {
  name: 'postgres',
  include: ['server/**/*.test.ts'],
  exclude: ['**/*.sqlite.test.ts'],
  globalSetup: ['server/testing/testSchemas.ts'],
  // The files of a worker share what they imported and the schemas they emptied: half of the time.
  isolate: false,
  env: { TEST_DATABASE: 'postgres', TEST_SCHEMAS: process.env['TEST_SCHEMAS'] },
};

/**
 * `unit`: beside the code. `stack`: client and service in one process. `postgres`: the service's tests again on the server that
 * TEST_DATABASE_URL names, where there is one; `*.sqlite.test.ts` would say nothing there, and `*.postgres.test.ts` runs only there.
 */
export default mergeConfig(viteConfig, {
  test: {
    environment: 'node',
    // Waits are for states. These limits only end a hang: a busy laptop is six times slower.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 300_000 } },
    setupFiles: ['./scripts/propertySeed.mjs'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'server/**/*.test.ts', 'scripts/**/*.test.mjs'],
          exclude: ['**/*.postgres.test.ts'],
          // Half of the time would go into importing the same again; what a test changes globally it puts back.
          isolate: false,
        },
      },
      ...(process.env['TEST_DATABASE_URL'] === undefined ? [] : [{ extends: true, test: postgres }]),
      { extends: true, test: { name: 'stack', include: ['e2e/stack/**/*.test.{ts,tsx}'], isolate: false } },
    ],
  },
});
