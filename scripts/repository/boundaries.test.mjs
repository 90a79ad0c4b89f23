/**
 * A boundary check that has never failed proves nothing. Each case plants one violation of docs/architecture.md#layers
 * in a copy of the tree's outline and expects the tool to report it; the first case plants none and expects no report.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../runtime.mjs';

let copy;

/** One valid module per layer, so that every import below resolves: an unresolved import would be another error. */
const outline = {
  'src/domain/task/task.ts': 'export const task = 1;\n',
  'src/wire/odata/odata.ts': 'export const odata = 1;\n',
  'src/api/taskApi.ts': 'export const taskApi = 1;\n',
  'src/sync/outbox/outbox.ts': 'export const outbox = 1;\n',
  'src/data/tasks/useTasks.ts': 'export const tasks = 1;\n',
  'src/ui/controls/button.tsx': 'export const button = 1;\n',
  'src/features/sidebar/sidebar.tsx': 'export const sidebar = 1;\n',
  'src/features/account/page.tsx':
    "import { tasks } from '../../data/tasks/useTasks.ts';\nexport const page = tasks;\n",
  'src/app/main.tsx': "import { page } from '../features/account/page.tsx';\nexport const main = page;\n",
  'src/testing/offlineAccount.tsx': 'export const account = 1;\n',
  'server/mailbox/tasks.ts':
    "import { odata } from '../../src/wire/odata/odata.ts';\nexport const serverTasks = odata;\n",
  'e2e/stack/testBed.ts':
    "import { serverTasks } from '../../server/mailbox/tasks.ts';\nexport const pair = serverTasks;\n",
};

function write(file, text) {
  const full = path.join(copy, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
}

function run(command, ...args) {
  const { stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'node_modules', ...command), ...args], {
    cwd: copy,
    encoding: 'utf8',
  });
  return stdout + stderr;
}
// A full build: an incremental build of TypeScript 7.0 does not see files added since.
const types = () => run(['typescript', 'bin', 'tsc'], '-b', '--force', 'src', 'server');

/** Errors by file, as 'plugin(rule): message' lines. */
function lint() {
  const { diagnostics } = JSON.parse(run(['oxlint', 'bin', 'oxlint'], '--deny-warnings', '--format=json'));
  const byFile = Map.groupBy(diagnostics, ({ filename }) => filename);
  return new Map(
    [...byFile].map(([file, list]) => [
      file,
      list.map(({ code, message, help }) => `${code}: ${message} ${help}`).join('\n'),
    ]),
  );
}

beforeAll(() => {
  copy = mkdtempSync(path.join(os.tmpdir(), 'threefold-boundaries-'));
  for (const file of ['.oxlintrc.json', 'package.json', 'tsconfig.json'])
    cpSync(path.join(root, file), path.join(copy, file));
  for (const project of ['src', 'src/domain', 'src/wire', 'server']) {
    mkdirSync(path.join(copy, project), { recursive: true });
    cpSync(path.join(root, project, 'tsconfig.json'), path.join(copy, project, 'tsconfig.json'));
  }
  // Links the packages without the compiler's cache of the original.
  mkdirSync(path.join(copy, 'node_modules'));
  for (const name of readdirSync(path.join(root, 'node_modules')).filter((one) => one !== '.cache'))
    symlinkSync(path.join(root, 'node_modules', name), path.join(copy, 'node_modules', name));
  for (const [file, text] of Object.entries(outline)) write(file, text);
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test('the outline itself is valid, so an error below comes from the planted violation', () => {
  expect(lint()).toEqual(new Map());
});

const wall = /boundaries\(dependencies\)|no policy allowing/;
const imports = (target) => `import * as other from '${target}';\nexport const planted = other;\n`;

/** The planted violations with their files and expected errors. Each has a file of its own, so one run checks all. */
const planted = [
  ['domain reaches wire', 'src/domain/bad.ts', imports('../wire/odata/odata.ts'), wall],
  ['wire reaches api', 'src/wire/bad.ts', imports('../api/taskApi.ts'), wall],
  ['api reaches sync', 'src/api/bad.ts', imports('../sync/outbox/outbox.ts'), wall],
  ['sync reaches wire', 'src/sync/bad.ts', imports('../wire/odata/odata.ts'), wall],
  ['sync reaches data', 'src/sync/bad.ts', imports('../data/tasks/useTasks.ts'), wall],
  ['data reaches wire', 'src/data/bad.ts', imports('../wire/odata/odata.ts'), wall],
  ['ui reaches data', 'src/ui/bad.tsx', imports('../data/tasks/useTasks.ts'), wall],
  ['a feature reaches api', 'src/features/account/bad.tsx', imports('../../api/taskApi.ts'), wall],
  ['a feature reaches sync', 'src/features/account/bad.tsx', imports('../../sync/outbox/outbox.ts'), wall],
  ['a feature reaches wire', 'src/features/account/bad.tsx', imports('../../wire/odata/odata.ts'), wall],
  ['a feature reaches another feature', 'src/features/account/bad.tsx', imports('../sidebar/sidebar.tsx'), wall],
  ['a feature reaches test support', 'src/features/account/bad.tsx', imports('../../testing/offlineAccount.tsx'), wall],
  ['a feature reaches app', 'src/features/account/bad.tsx', imports('../../app/main.tsx'), wall],
  ['the service reaches the client', 'server/bad.ts', imports('../src/api/taskApi.ts'), wall],
  ['the client reaches the service', 'src/api/bad.ts', imports('../../server/mailbox/tasks.ts'), wall],
  [
    'a dynamic import crosses a wall',
    'src/features/account/bad.tsx',
    "export const load = () => import('../../api/taskApi.ts');\n",
    wall,
  ],
  [
    'an import does not resolve',
    'src/data/bad.ts',
    imports('#api/taskApi'),
    /no-unknown-dependencies|import\(extensions\)/,
  ],
  ['an import has no extension', 'src/data/bad.ts', imports('../api/taskApi'), /import\(extensions\)/],
  ['a file belongs nowhere', 'src/elsewhere/bad.ts', 'export const planted = 1;\n', /no-unknown-files/],
  ['React below data', 'src/sync/bad.ts', imports('react'), /React lives in data and above/],
  ['React Query below data', 'src/api/bad.ts', imports('@tanstack/react-query'), /React Query lives in data/],
  ['React in the engine', 'src/sync/engine/bad.ts', imports('react'), /React lives in data and above/],
  [
    'React Query in the engine',
    'src/sync/engine/bad.ts',
    imports('@tanstack/react-query'),
    /React Query lives in data/,
  ],
  ['the engine reaches the bridge', 'src/sync/engine/bad.ts', imports('../../data/tasks/useTasks.ts'), wall],
  ['MSAL outside its file', 'src/features/account/bad.tsx', imports('@azure/msal-browser'), /MSAL belongs to/],
  ['MSAL below the app', 'src/api/bad.ts', imports('@azure/msal-browser'), /MSAL belongs to/],
  ['date-fns-tz outside time.ts', 'src/domain/bad.ts', imports('date-fns-tz'), /Time zones belong to/],
  [
    'a hook writes to the query cache',
    'src/data/bad.ts',
    'export const planted = (client: { setQueryData: () => void }) => client.setQueryData();\n',
    /queryBridge\.ts alone/,
  ],
  ['the clock is read', 'src/domain/bad.ts', 'export const planted = () => Date.now();\n', /Take a Clock/],
  ['any', 'src/domain/bad.ts', 'export const planted = (x: any) => String(x);\n', /no-explicit-any/],
  [
    'a cycle',
    'src/domain/bad.ts',
    "import { back } from './ring.ts';\nexport const planted: number = back;\n",
    /no-cycle/,
  ],
  [
    'a cycle of types',
    'src/domain/bad.ts',
    "import type { Back } from './typeRing.ts';\nexport type Planted = { back: Back };\n",
    /no-cycle/,
  ],
].map(([what, file, text, complaint], index) => ({ what, file: file.replace('bad', `bad${index}`), text, complaint }));

test('lint reports every planted violation', () => {
  for (const { file, text } of planted) write(file, text);
  const nameOf = (cycle) => path.basename(planted.find(({ what }) => what === cycle).file);
  write(
    'src/domain/ring.ts',
    `import { planted } from './${nameOf('a cycle')}';\nexport const back: number = planted;\n`,
  );
  write(
    'src/domain/typeRing.ts',
    `import type { Planted } from './${nameOf('a cycle of types')}';\nexport type Back = Planted | null;\n`,
  );
  const complaints = lint();
  for (const file of [...planted.map(({ file }) => file), 'src/domain/ring.ts', 'src/domain/typeRing.ts'])
    rmSync(path.join(copy, file));
  const missed = planted.filter(({ file, complaint }) => !complaint.test(complaints.get(file) ?? ''));
  expect(missed.map(({ what, file }) => `${what}: ${complaints.get(file) ?? 'no complaint'}`)).toEqual([]);
});

test.each([
  ['window in domain', 'src/domain/bad.ts', 'export const planted = window.name;\n', /Cannot find name 'window'/],
  ['process in wire', 'src/wire/bad.ts', 'export const planted = process.pid;\n', /Cannot find name 'process'/],
  [
    'the document in the service',
    'server/bad.ts',
    'export const planted = document.title;\n',
    /Cannot find name 'document'/,
  ],
  [
    'the service imports a hook',
    'server/bad.ts',
    imports('../src/data/tasks/useTasks.ts'),
    /is not under 'rootDir'|not listed within the file list/,
  ],
  [
    'the client imports the service',
    'src/sync/bad.ts',
    imports('../../server/mailbox/tasks.ts'),
    /is not under 'rootDir'|not listed within the file list/,
  ],
])('the compiler reports: %s', (_, file, text, complaint) => {
  write(file, text);
  const output = types();
  rmSync(path.join(copy, file));
  expect(output).toMatch(complaint);
});
