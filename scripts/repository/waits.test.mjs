/** Tests must wait for states: one that waits for a number of seconds fails on a slower machine. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../runtime.mjs';

/** An hour is allowed, for what runs until it is stopped. */
const bySeconds = [
  ['waits for nothing but time', /\bwaitForTimeout\(/],
  [
    'sets a limit of its own; those of the configurations only end a hang',
    /\bsetTimeout\([\d_]+\)|\btimeout: (?!3_600_000\b)[\d_]+|testTimeout/,
  ],
  ['gives up after a second: expect.poll takes its limit from the configuration', /\bvi\.waitFor\(|\bvi\.waitUntil\(/],
];

/** The lines of a test that wait by time, as 'line: reason'. */
function faultsOf(text) {
  return text
    .split('\n')
    .flatMap((line, index) =>
      bySeconds.filter(([, pattern]) => pattern.test(line)).map(([what]) => `${index + 1}: ${what}`),
    );
}

test('a wait by time is found', () => {
  expect(faultsOf('await page.waitForTimeout(5_000);')).toHaveLength(1);
  expect(faultsOf('test.setTimeout(120_000);')).toHaveLength(1);
  expect(faultsOf('await expect(row).toBeVisible({ timeout: 30_000 });')).toHaveLength(1);
  expect(faultsOf('await vi.waitFor(() => expect(looks).toBe(1));')).toHaveLength(1);
  expect(faultsOf('await expect.poll(() => looks).toBe(1);')).toEqual([]);
});

test('no test waits by time', () => {
  const files = ['src/**/*.test.{ts,tsx}', 'server/**/*.test.ts', 'e2e/stack/**/*.ts', 'e2e/browser/**/*.ts']
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((file) => !file.endsWith('.config.ts'));
  expect(files.length).toBeGreaterThan(200);
  const faults = files.flatMap((file) =>
    faultsOf(readFileSync(path.join(root, file), 'utf8')).map((fault) => `${file}:${fault}`),
  );
  expect(faults).toEqual([]);
});
