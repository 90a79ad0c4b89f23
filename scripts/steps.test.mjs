import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { countPlaywright } from './browserTests.mjs';
import { runNode } from './process.mjs';
import { root } from './runtime.mjs';
import { runSteps } from './steps.mjs';
import { countVitest } from './testSteps.mjs';

const good = (name, count = {}) => ({ name, run: () => ({ isOk: true, ...count }) });

async function outputOf(...groups) {
  let output = '';
  const code = await runSteps(groups, (text) => void (output += text));
  const lines = output.trimEnd().split('\n');
  return { code, output, lines, last: lines.at(-1) };
}

test('ends with the total of passed, failed and skipped tests', async () => {
  const { code, output, last } = await outputOf(
    [good('unit', { passed: 3, failed: 0, skipped: 1 })],
    [good('size')],
    [good('stack', { passed: 2, failed: 0, skipped: 0 })],
  );
  expect(code).toBe(0);
  expect(last).toBe('5 passed, 0 failed, 1 skipped');
  expect(output).not.toContain('Failed');
});

test('a failed step ends the run, and is repeated at its end with its last 40 lines, without colours', async () => {
  const unit = {
    name: 'unit',
    run(write) {
      for (let n = 1; n <= 100; n += 1) write(`\u001B[31mline ${n}\u001B[39m\n\n`);
      return { isOk: false, passed: 7, failed: 2, skipped: 0 };
    },
  };
  const later = { name: 'stack', run: () => expect.unreachable() };
  const { code, lines, output } = await outputOf([good('types')], [unit], [later]);
  expect(code).toBe(1);
  const from = lines.indexOf('Failed: the step "unit". The last lines of what it said:');
  expect(lines.slice(from + 1)).toEqual([
    ...Array.from({ length: 40 }, (_, index) => `  line ${index + 61}`),
    '',
    '7 passed, 2 failed, 0 skipped',
  ]);
  expect(output).not.toContain('stack');
});

test('a step that throws has failed, prints its message, and counts as one failure', async () => {
  const { code, lines } = await outputOf([
    {
      name: 'size',
      run: () => {
        throw new Error('The build failed.');
      },
    },
  ]);
  expect(code).toBe(1);
  expect(lines.slice(-4)).toEqual([
    'Failed: the step "size". The last lines of what it said:',
    '  The build failed.',
    '',
    '0 passed, 1 failed, 0 skipped',
  ]);
});

test('steps of a group run in parallel, are printed one after the other, and all failed ones are named', async () => {
  let begin = () => {};
  const bothRun = new Promise((resolve) => (begin = resolve));
  const format = {
    name: 'format',
    async run(write) {
      write('format 1\n');
      await bothRun;
      write('format 2\n');
      return { isOk: false };
    },
  };
  const types = {
    name: 'types',
    run(write) {
      write('types 1\n');
      begin();
      return { isOk: false };
    },
  };
  const { lines, last } = await outputOf([format, types]);
  expect(lines.indexOf('format 2')).toBe(lines.indexOf('format 1') + 1);
  expect(lines.filter((line) => line.startsWith('Failed'))).toHaveLength(2);
  expect(last).toBe('0 passed, 1 failed, 0 skipped');
});

test('the output of a command is passed on, and one that a signal ended failed', async () => {
  let output = '';
  const write = (text) => void (output += text);
  expect(await runNode(['-e', 'console.log("out"); console.error("err"); process.exit(3)'], { write })).toBe(3);
  expect(output.split('\n').toSorted()).toEqual(['', 'err', 'out']);
  expect(await runNode(['-e', 'process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000)'], { write })).toBe(1);
});

test('a browser test that only passed on a retry failed', () => {
  expect(countPlaywright({ expected: 5, unexpected: 1, flaky: 2, skipped: 3 })).toEqual({
    passed: 5,
    failed: 3,
    skipped: 3,
  });
});

test('`todo` tests count as skipped', () => {
  const report = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
  expect(countVitest(report)).toEqual({ passed: 5, failed: 1, skipped: 3 });
});

test('when npm cannot install, .ci/run reports it at its end', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'threefold-ci-'));
  try {
    for (const part of ['.ci', 'scripts', 'package.json'])
      cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
    writeFileSync(path.join(folder, 'package-lock.json'), 'no lock');
    const { status, stdout } = spawnSync('bash', [path.join(folder, '.ci', 'run')], {
      encoding: 'utf8',
      env: { ...process.env, npm_config_offline: 'true', npm_config_cache: path.join(folder, 'cache') },
    });
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /\nFailed: the step "install"\. The last lines of what it said:\n(?: {2}.+\n)+\n0 passed, 1 failed, 0 skipped\n$/,
    );
    expect(stdout).toContain('npm ci failed.');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
