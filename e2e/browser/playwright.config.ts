import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { chromiumFlags, shellFlags } from './support/chromium.ts';

/** What needs a whole browser: installing, notifications of the system. */
const ofTheSystem = /pwa\.spec\.ts$/;
/** Tests of more than twenty seconds on an idle machine: hundreds of tasks, tens of megabytes. */
const long = /@long/;
/** These run a second time as people see them who have not asked for less motion: lists, dialogs, toasts, sheets, drags. */
const withMotion = /(?:quickAdd|foldersAndGroups|bin|reminders|conflict|phone)\.spec\.ts$/;

/** What motion does not change: colours in both themes, ids after a restore. */
const alikeWithMotion = /accessibility violation|restored from the bin/;

/** Uses the machine's Chromium; every test has its own account on a real service (fixtures.ts). */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  fullyParallel: true,
  // With one more browser than there are cores, all of them time out.
  workers: availableParallelism(),
  // A retry would hide failures that a slow machine has for a person, too.
  retries: 0,
  forbidOnly: true,
  // Waits are for states. These limits only end a hang: a busy laptop is six times slower.
  timeout: 600_000,
  expect: { timeout: 60_000 },
  reporter: 'line',
  use: {
    actionTimeout: 60_000,
    navigationTimeout: 120_000,
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    viewport: { width: 1440, height: 900 },
    // Recording every test takes a third of the time of all of them; `npm run e2e -- --trace on` records one.
    trace: 'off',
    contextOptions: { reducedMotion: 'reduce' },
  },
  projects: [
    { name: 'app', testIgnore: ofTheSystem, grepInvert: long, use: { launchOptions: shellFlags() } },
    {
      name: 'motion',
      testMatch: withMotion,
      grepInvert: [long, alikeWithMotion],
      use: { launchOptions: shellFlags(), contextOptions: { reducedMotion: 'no-preference' } },
    },
    { name: 'system', testMatch: ofTheSystem, grepInvert: long, use: { launchOptions: chromiumFlags() } },
    // Alone on the machine: scripts/browserTests.mjs runs it after the others.
    { name: 'long', grep: long, workers: 1, timeout: 3_600_000, use: { launchOptions: shellFlags() } },
  ],
});
