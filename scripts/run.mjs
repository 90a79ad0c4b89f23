/**
 * `node scripts/run.mjs TASK …`: runs all other npm scripts. Each works right after a clone, because it installs first
 * if necessary.
 */
import { build } from './build.mjs';
import { install } from './install.mjs';
import { fail, prettier, runNode, tool } from './process.mjs';
import { runBrowserTests } from './browserTests.mjs';

const tasks = {
  build: async () => (await build({ force: true }), 0),
  lint: async (args) =>
    (await runNode([tool('oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings', ...args])) ||
    runNode(prettier('--check')),
  format: () => runNode(prettier('--write')),
  types: (args) => runNode([tool('typescript', 'bin', 'tsc'), '-b', '--force', ...args]),
  // By default, the projects that need neither a browser nor PostgreSQL.
  unit: (args) => {
    const projects = args.some((arg) => arg.startsWith('--project')) ? [] : ['--project', 'unit', '--project', 'stack'];
    return runNode([tool('vitest', 'vitest.mjs'), 'run', ...projects, ...args]);
  },
  e2e: async (args) => {
    await build();
    return (await runBrowserTests(args)).isOk ? 0 : 1;
  },
  chaos: (args) => {
    process.env['CHAOS_OPERATIONS'] ??= '20000';
    return runNode([tool('vitest', 'vitest.mjs'), 'run', '--project', 'stack', 'e2e/stack/chaos.test.ts', ...args]);
  },
  bench: async (args) => (await build(), runNode(['bench/runBench.ts', ...args])),
  fuzz: (args) => runNode(['bench/growth.ts', ...args]),
  mutate: (args) => runNode(['scripts/mutation/mutate.mjs', ...args]),
  seed: (args) => runNode(['server/cli/seed.ts', ...args]),
  admin: (args) => runNode(['server/cli/admin.ts', ...args]),
  account: (args) => runNode(['server/cli/account.ts', ...args]),
  token: (args) => runNode(['server/cli/token.ts', ...args]),
  i18n: () => runNode([tool('@lingui', 'cli', 'dist', 'lingui.js'), 'extract', '--clean']),
};

const [name, ...args] = process.argv.slice(2);
try {
  const task = tasks[name];
  if (task === undefined) throw new Error(`No task is called "${name}". There are: ${Object.keys(tasks).join(', ')}.`);
  await install();
  process.exitCode = await task(args);
} catch (error) {
  fail(error);
}
