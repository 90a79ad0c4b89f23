/** Tests wait for states: one that waits so many seconds fails on a machine that needs more. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from './runtime.mjs';

/** An hour is for what runs as long as it is told to. */
const bySeconds = [
  ['waits for nothing but time', /\bwaitForTimeout\(/],
  [
    'sets a limit of its own; those of the configurations only end a hang',
    /\bsetTimeout\([\d_]+\)|\btimeout: (?!3_600_000\b)[\d_]+|testTimeout/,
  ],
  ['gives up after a second: expect.poll takes its limit from the configuration', /\bvi\.waitFor\(|\bvi\.waitUntil\(/],
];

/** Lines of a test that wait by seconds, as 'line: what is wrong'. */
function faultsOf(text) {
  return text
    .split('\n')
    .flatMap((line, index) =>
      bySeconds.filter(([, pattern]) => pattern.test(line)).map(([what]) => `${index + 1}: ${what}`),
    );
}

test('a wait by seconds is seen', () => {
  expect(faultsOf('await page.waitForTimeout(5_000);')).toHaveLength(1);
  expect(faultsOf('test.setTimeout(120_000);')).toHaveLength(1);
  expect(faultsOf('await expect(row).toBeVisible({ timeout: 30_000 });')).toHaveLength(1);
  expect(faultsOf('await vi.waitFor(() => expect(looks).toBe(1));')).toHaveLength(1);
  expect(faultsOf('await expect.poll(() => looks).toBe(1);')).toEqual([]);
});

test('no test waits by seconds', () => {
  const files = ['src/**/*.test.{ts,tsx}', 'server/**/*.test.ts', 'e2e/stack/**/*.ts', 'e2e/browser/**/*.ts']
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((file) => !file.endsWith('.config.ts'));
  expect(files.length).toBeGreaterThan(200);
  const faults = files.flatMap((file) =>
    faultsOf(readFileSync(path.join(root, file), 'utf8')).map((fault) => `${file}:${fault}`),
  );
  expect(faults).toEqual([]);
});
