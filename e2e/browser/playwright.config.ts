import { defineConfig } from '@playwright/test';
import { chromiumFlags, shellFlags } from './chromium.ts';

/** What needs a whole browser: installing, notifications of the system. */
const ofTheSystem = /pwa\.spec\.ts$/;

/** Uses the machine's Chromium; every test has its own account on a real service (fixtures.ts). */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  fullyParallel: true,
  // One more than there are cores at least: much of a test is waiting for what the app waits for on purpose.
  workers: 3,
  // On landing, a test that a busy machine tripped gets another try; `npm test` names it.
  retries: process.env['CI'] ? 2 : 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'line',
  use: {
    actionTimeout: 15_000,
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    viewport: { width: 1440, height: 900 },
    // Recording every test takes a third of the time of all of them; `npm run e2e -- --trace on` records one.
    trace: 'on-first-retry',
    contextOptions: { reducedMotion: 'reduce' },
  },
  projects: [
    { name: 'app', testIgnore: ofTheSystem, use: { launchOptions: shellFlags() } },
    { name: 'system', testMatch: ofTheSystem, use: { launchOptions: chromiumFlags() } },
  ],
});
