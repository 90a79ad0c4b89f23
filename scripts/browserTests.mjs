/** Runs the browser tests: first those that can run in parallel, one per core, then each long one alone. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { requireChromium } from './chromium.mjs';
import { runNode, tool } from './process.mjs';

const phases = [['--project=app', '--project=motion', '--project=system'], ['--project=long']];

/**
 * The numbers of passed, failed and skipped tests in Playwright's report. A test that only passed on a retry failed.
 */
export function countPlaywright({ expected, unexpected, flaky, skipped }) {
  return { passed: expected, failed: unexpected + flaky, skipped };
}

const none = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };

/**
 * Runs the tests with arguments of Playwright; naming a project runs that one only.
 * @param write receives the output; it goes to the terminal by default.
 * @returns {Promise<import('./steps.mjs').Outcome>}
 */
export async function runBrowserTests(args = [], write) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'threefold-browser-'));
  const cli = [tool('@playwright', 'test', 'cli.js'), 'test', '-c', 'e2e/browser/playwright.config.ts'];
  const terminal = process.stdout.isTTY ? { PLAYWRIGHT_FORCE_TTY: '1', FORCE_COLOR: '1' } : {};
  const asked = args.some((arg) => arg.startsWith('--project')) ? [[]] : phases;
  const total = { isOk: true, passed: 0, failed: 0, skipped: 0 };
  const reports = [];
  try {
    for (const [index, projects] of asked.entries()) {
      const file = path.join(folder, `${index}.json`);
      const env = { CHROMIUM_PATH: requireChromium(), PLAYWRIGHT_JSON_OUTPUT_NAME: file, ...terminal };
      const options = ['--reporter=line,json', '--pass-with-no-tests', ...projects, ...args];
      const code = await runNode([...cli, ...options], { env, write });
      const report = readReport(file);
      if (report !== undefined) reports.push(report);
      const count = countPlaywright(report?.stats ?? none);
      for (const key of ['passed', 'failed', 'skipped']) total[key] += count[key];
      total.isOk &&= code === 0 && count.failed === 0;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  // With another reporter there is no count.
  if (reports.length === asked.length && total.passed + total.failed + total.skipped === 0)
    throw new Error('No browser test is called so.');
  return total;
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
