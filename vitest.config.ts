import { mergeConfig } from 'vitest/config';
import viteConfig from './vite.config.ts';

/** `unit`: beside the code. `stack`: client and service in one process. Both run in Node; browsers belong to Playwright. */
export default mergeConfig(viteConfig, {
  test: {
    environment: 'node',
    testTimeout: 30_000,
    setupFiles: ['./scripts/propertySeed.mjs'],
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['src/**/*.test.{ts,tsx}', 'server/**/*.test.ts', 'scripts/**/*.test.mjs'] },
      },
      { extends: true, test: { name: 'stack', include: ['e2e/stack/**/*.test.{ts,tsx}'] } },
    ],
  },
});
