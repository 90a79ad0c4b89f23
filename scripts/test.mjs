/**
 * `npm test`: everything that landing runs, in the order in which a mistake is cheapest to find. Stops at the first
 * step that fails and closes with one line that says how many tests passed.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { install } from './install.mjs';
import { howToGetIt, startPostgres } from './postgres.mjs';
import { fail, runNode, tool } from './process.mjs';
import { checkSize } from './size.mjs';
import { checkWords } from './words.mjs';

const reports = mkdtempSync(path.join(os.tmpdir(), 'threefold-test-'));
const count = { passed: 0, failed: 0, skipped: 0 };

function addVitest(file) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(file, 'utf8'));
  count.passed += numPassedTests;
  count.failed += numFailedTests;
  count.skipped += numPendingTests + numTodoTests;
}

function addPlaywright(file) {
  const { expected, unexpected, flaky, skipped } = JSON.parse(readFileSync(file, 'utf8')).stats;
  count.passed += expected + flaky;
  count.failed += unexpected;
  count.skipped += skipped;
  // Playwright names them above; the closing lines must not hide that there were any.
  if (flaky > 0) process.stdout.write(`\n${flaky} of the browser tests passed on a later try only: look into them.\n`);
}

const vitest = (project, env) => async () => {
  const file = path.join(reports, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await runNode([tool('vitest', 'vitest.mjs'), 'run', '--project', project, ...reporters], { env });
  addVitest(file);
  return code;
};

/** The service's tests once more, on PostgreSQL. Where there is none this is left out, but not on the machine that decides. */
async function postgres() {
  const server = await startPostgres();
  if (server === undefined) {
    const isNeeded = process.env.TEST_POSTGRES === 'required';
    process.stdout.write(`${isNeeded ? 'Failed' : 'Skipped'}: there is no PostgreSQL here.\n${howToGetIt}\n`);
    return isNeeded ? 1 : 0;
  }
  try {
    return await vitest('postgres', { TEST_DATABASE_URL: server.url })();
  } finally {
    server.stop();
  }
}

async function browser() {
  const file = path.join(reports, 'browser.json');
  const args = ['test', '-c', 'e2e/browser/playwright.config.ts', '--reporter=line,json'];
  const env = { CHROMIUM_PATH: ensureChromium(), PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  const code = await runNode([tool('@playwright', 'test', 'cli.js'), ...args], { env });
  addPlaywright(file);
  return code;
}

const steps = [
  {
    name: 'format',
    run: () => runNode([tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']),
  },
  { name: 'lint', run: () => runNode([tool('oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings']) },
  // All of it: an incremental build of TypeScript 7.0 does not see files that were added since.
  { name: 'types', run: () => runNode([tool('typescript', 'bin', 'tsc'), '-b', '--force']) },
  { name: 'words', run: checkWords },
  { name: 'unit', run: vitest('unit') },
  { name: 'stack', run: vitest('stack') },
  { name: 'postgres', run: postgres },
  { name: 'build', run: () => (build({ force: true }), 0) },
  { name: 'size', run: () => checkSize() },
  { name: 'browser', run: browser },
];

/** @type {string | undefined} */
let failedStep;
try {
  install();
  ensureChromium();
  for (const { name, run } of steps) {
    process.stdout.write(`\n== ${name}\n`);
    if ((await run()) !== 0) {
      failedStep = name;
      break;
    }
  }
} catch (error) {
  fail(error);
} finally {
  rmSync(reports, { recursive: true, force: true });
}
if (failedStep !== undefined) {
  count.failed = Math.max(count.failed, 1);
  process.stdout.write(`\nStopped: the step "${failedStep}" failed.\n`);
}
process.stdout.write(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`);
process.exitCode = failedStep === undefined ? 0 : 1;
