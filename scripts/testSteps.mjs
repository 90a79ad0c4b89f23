/** The steps of `npm run check` and `npm test`, fastest first. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runBrowserTests } from './browserTests.mjs';
import { build } from './build.mjs';
import { requireChromium } from './chromium.mjs';
import { hasForeignParsers, howToGetForeign, installPrograms } from './debian.mjs';
import { install } from './install.mjs';
import { findPostgres, howToGetIt, startPostgres } from './postgres.mjs';
import { prettier, runNode, tool } from './process.mjs';
import { checkSize } from './size.mjs';
import { checkWords } from './catalogCheck.mjs';

const needsPostgres = process.env.TEST_POSTGRES === 'required';
const needsForeign = process.env.TEST_FOREIGN === 'required';

const command =
  (...args) =>
  async (write) => ({ isOk: (await runNode(args, { write })) === 0 });

/** The numbers of passed, failed and skipped tests in Vitest's report. */
export function countVitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) {
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

const vitest =
  (project, env = {}) =>
  async (write) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'threefold-test-'));
    const file = path.join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
    try {
      const args = [tool('vitest', 'vitest.mjs'), 'run', '--project', project, ...reporters];
      const isOk = (await runNode(args, { env: { ...colour, ...env }, write })) === 0;
      if (!existsSync(file)) throw new Error('Vitest ended without a report.');
      return { isOk, ...countVitest(JSON.parse(readFileSync(file, 'utf8'))) };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

/** Checks for Chromium and PostgreSQL before anything slow, and says how to install them. */
async function programs(write) {
  await installPrograms(write);
  requireChromium();
  if (needsPostgres && !process.env.TEST_DATABASE_URL && findPostgres() === undefined)
    throw new Error(`There is no PostgreSQL here.\n${howToGetIt}`);
  if (needsForeign && !hasForeignParsers()) throw new Error(`There are no parsers of others here.\n${howToGetForeign}`);
  return { isOk: true };
}

/** Runs the stack tests. Those that ask parsers of others are left out without these, except in CI. */
async function stack(write) {
  if (!hasForeignParsers())
    write(`Left out: exported calendars are not read by parsers of others, which are not here.\n${howToGetForeign}\n`);
  return await vitest('stack')(write);
}

/** Runs the service's tests again on PostgreSQL. Skipped without PostgreSQL, except in CI. */
async function postgres(write) {
  const server = await startPostgres();
  if (server === undefined) {
    write(`Left out: there is no PostgreSQL here.\n${howToGetIt}\n`);
    return { isOk: !needsPostgres };
  }
  try {
    return await vitest('postgres', { TEST_DATABASE_URL: server.url })(write);
  } finally {
    server.stop();
  }
}

const steps = {
  install: async (write) => (await install(write), { isOk: true }),
  programs,
  format: command(...prettier('--check')),
  lint: command(tool('oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings'),
  // A full build: an incremental build of TypeScript 7.0 does not see files added since.
  types: command(tool('typescript', 'bin', 'tsc'), '-b', '--force'),
  // Regular expressions whose time grows faster than their text (docs/decisions/0050-bounded-work.md).
  regexes: command(path.join(import.meta.dirname, 'regexes.mjs')),
  // Files, exports and packages that nothing uses (knip.jsonc).
  unused: command(tool('knip', 'bin', 'knip.js')),
  words: async (write) => ({ isOk: await checkWords(write) }),
  unit: vitest('unit'),
  stack,
  component: (write) => vitest('component', { CHROMIUM_PATH: requireChromium() })(write),
  postgres,
  size: async (write) => {
    await build({ force: true, write });
    return { isOk: checkSize(write) };
  },
  browser: (write) => runBrowserTests([], write),
};

const named = (...groups) => groups.map((names) => names.map((name) => ({ name, run: steps[name] })));

// Formatting and extraction use one core each, lint and types all that are free.
const quick = [['format', 'lint', 'types', 'words', 'unused', 'regexes'], ['unit'], ['size']];

/** The checks that take minutes and need nothing but Node. */
export const checkSteps = named(['install'], ...quick);

/** All checks and tests. */
export const testSteps = named(
  ['install'],
  ['programs'],
  ...quick,
  ['stack'],
  ['component'],
  ['postgres'],
  ['browser'],
);
