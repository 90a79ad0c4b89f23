import { availableParallelism } from 'node:os';
import { playwright } from '@vitest/browser-playwright';
import { mergeConfig } from 'vitest/config';
import { shellFlags } from './e2e/browser/support/chromium.ts';
import viteConfig from './vite.config.ts';

/** What a run leaves in the PostgreSQL that TEST_DATABASE_URL names begins with this, and goes with it. */
process.env['TEST_SCHEMAS'] ??= `threefold_test_${process.pid}`;

/** Property tests say which seed they ran with; a browser has no environment to take one from. */
const setupFiles = ['./scripts/propertySeed.mjs'];

const postgres = {
  name: 'postgres',
  setupFiles,
  include: ['server/**/*.test.ts'],
  exclude: ['**/*.sqlite.test.ts'],
  globalSetup: ['server/testing/testSchemas.ts'],
  // The files of a worker share what they imported and the schemas they emptied: half of the time.
  isolate: false,
  env: { TEST_DATABASE: 'postgres', TEST_SCHEMAS: process.env['TEST_SCHEMAS'] },
};

const component = {
  name: 'component',
  include: ['src/**/*.component.test.tsx'],
  setupFiles: ['./src/testing/componentSetup.ts'],
  browser: {
    enabled: true,
    headless: true,
    provider: playwright({
      launchOptions: shellFlags(),
      contextOptions: { locale: 'en-GB', timezoneId: 'Europe/Paris', reducedMotion: 'reduce' },
    }),
    instances: [{ browser: 'chromium' }],
    viewport: { width: 1280, height: 800 },
    screenshotFailures: false,
  },
};

/**
 * `unit`: beside the code. `stack`: client and service in one process. `component`:
 * components in the machine's Chromium, beside the code. `postgres`: the service's tests again on the server that
 * TEST_DATABASE_URL names, where there is one; `*.sqlite.test.ts` would say nothing there, and `*.postgres.test.ts` runs only there.
 */
export default mergeConfig(viteConfig, {
  test: {
    environment: 'node',
    // Vitest's default leaves one core to its own process, which has little to do: half of a machine with two.
    maxWorkers: availableParallelism(),
    // Waits are for states. These limits only end a hang: a busy laptop is six times slower.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 300_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          setupFiles,
          include: ['src/**/*.test.{ts,tsx}', 'server/**/*.test.ts', 'scripts/**/*.test.mjs'],
          exclude: ['**/*.postgres.test.ts', '**/*.component.test.tsx'],
          // Half of the time would go into importing the same again; what a test changes globally it puts back.
          isolate: false,
        },
      },
      ...(process.env['TEST_DATABASE_URL'] === undefined ? [] : [{ extends: true, test: postgres }]),
      // A list of packages from an earlier run misses what was imported since; Vite then reloads in the middle of a test.
      // Another free port will do where one is taken: by a second run, or by any other program.
      { extends: true, optimizeDeps: { force: true }, server: { strictPort: false }, test: component },
      { extends: true, test: { name: 'stack', setupFiles, include: ['e2e/stack/**/*.test.{ts,tsx}'], isolate: false } },
    ],
  },
});
