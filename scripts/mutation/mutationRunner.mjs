/**
 * The process that runs the tests with one fault at a time; `scripts/mutation/mutate.mjs` tells it which. A process of its own,
 * because a planted fault may never end.
 */
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createVitest } from 'vitest/node';
import { root } from '../runtime.mjs';
import { markReached } from './findMutants.mjs';
import { leftOutTests } from './layers.mjs';

/** What the plugin does to sources: marks the given mutants, or plants one. */
let marked = new Map();
let planted;

const plugin = {
  name: 'threefold:mutation',
  enforce: 'pre',
  transform(code, id) {
    const file = path.relative(root, id.split('?')[0]).replaceAll('\\', '/');
    if (marked.has(file)) return { code: markReached(code, file, marked.get(file)), map: null };
    if (planted?.file !== file) return undefined;
    return { code: code.slice(0, planted.start) + planted.replacement + code.slice(planted.end), map: null };
  },
};

/** The order in which test files run: the quickest first, so that most faults are noticed soon. */
let order = [];
class GivenOrder {
  shard(files) {
    return files;
  }
  sort(files) {
    return files.toSorted((a, b) => order.indexOf(a.moduleId) - order.indexOf(b.moduleId));
  }
}

let vitest;
async function open(tests) {
  const inline = {
    plugins: [plugin],
    test: {
      include: tests,
      exclude: ['**/node_modules/**', ...leftOutTests],
      environment: 'node',
      setupFiles: ['./scripts/propertySeed.mjs', './scripts/mutation/recordReached.mjs'],
      isolate: false,
      // Planted sources may not be taken for the real ones, here or in a later run.
      fsModuleCache: false,
      maxWorkers: 1,
      testTimeout: 120_000,
      hookTimeout: 120_000,
      reporters: [{}],
      sequence: { sequencer: GivenOrder },
    },
  };
  vitest = await createVitest(
    'test',
    { root, config: path.join(root, 'vite.config.ts'), watch: false, run: true },
    inline,
  );
}

/** Runs test files; those that failed, and how long each took, in milliseconds. */
async function runTests(files, bail) {
  vitest.config.bail = bail;
  for (const project of vitest.projects) project.config.bail = bail;
  order = files ?? [];
  const wanted = new Set(files);
  const specifications = (await vitest.globTestSpecifications()).filter(
    ({ moduleId }) => files === undefined || wanted.has(moduleId),
  );
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  const failed = testModules.filter((module) => module.state() === 'failed');
  return {
    failed: failed.map(({ moduleId }) => moduleId),
    messages: failed.flatMap((module) => [
      ...module.errors().map(({ message }) => message),
      ...[...module.children.allTests('failed')].map(
        (test) => `${test.fullName}: ${test.result().errors?.[0]?.message}`,
      ),
    ]),
    errors: unhandledErrors.map((error) => String(error?.message ?? error)),
    durations: Object.fromEntries(
      testModules.map((module) => {
        const { duration, collectDuration, setupDuration } = module.diagnostic();
        return [module.moduleId, duration + collectDuration + setupDuration];
      }),
    ),
  };
}

const actions = {
  open,
  /** Which test files reach which mutants. */
  async measure(mutants, report) {
    rmSync(report, { force: true });
    marked = Map.groupBy(mutants, ({ file }) => file);
    for (const file of marked.keys()) vitest.invalidateFile(path.join(root, file));
    const result = await runTests(undefined, 0);
    for (const file of marked.keys()) vitest.invalidateFile(path.join(root, file));
    marked = new Map();
    const lines = readFileSync(report, 'utf8').trim().split('\n');
    return { ...result, reached: lines.map((line) => JSON.parse(line)) };
  },
  async plant(mutant, tests) {
    const source = path.join(root, mutant.file);
    planted = mutant;
    vitest.invalidateFile(source);
    const result = await runTests(tests, 1);
    planted = undefined;
    vitest.invalidateFile(source);
    return result;
  },
};

process.on('message', ({ action, args }) => {
  actions[action](...args).then(
    (result) => process.connected && process.send({ result }),
    (error) => process.send({ error: error.stack ?? String(error) }),
  );
});
