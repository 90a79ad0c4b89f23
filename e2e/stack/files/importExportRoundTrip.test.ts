import { expect } from 'vitest';
import { exportTasks } from '../../../src/sync/export/exportTasks.ts';
import type { ExportFormat } from '../../../src/sync/export/exportTasks.ts';
import { readTaskFile } from '../../../src/api/files/taskFileReader.ts';
import { planImport } from '../../../src/sync/import/importPlan.ts';
import type { ImportChoice, ImportPlan } from '../../../src/sync/import/importPlan.ts';
import { createImportRunner } from '../../../src/data/importExport/importRunner.ts';
import { openImportStore } from '../../../src/sync/storage/importStore.ts';
import type { Task } from '../../../src/domain/task/task.ts';
import { it } from '../stackTest.ts';
import { viewOf } from '../tabView.ts';
import { createTestBrowser } from '../testBed.ts';
import type { Device, TestBed } from '../testBed.ts';
import { parisDay } from '../testSession.ts';

/** An export imports again without loss (docs/decisions/0036-import-and-export.md), against the real service. */

const zone = 'Europe/Paris';
const now = '2026-03-18T09:00:00.000Z';
const words = (html: string) => html.replaceAll(/<[^>]*>/g, '');
const keep: ImportChoice = { into: { kind: 'keep' }, skipsKnown: true };

async function open(testBed: TestBed, key: string, browser = createTestBrowser()): Promise<Device> {
  const tab = await testBed.device(key, { browser });
  tab.start();
  await tab.engine.pullAll();
  await tab.sent();
  return tab;
}

async function exported(tab: Device, format: ExportFormat): Promise<Blob> {
  const outcome = await exportTasks(tab.engine, tab.deps, {
    scope: { kind: 'all' },
    format,
    plainText: words,
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  if (!outcome.ok) throw new Error(outcome.failure);
  return outcome.file;
}

async function importsOn(tab: Device) {
  const account = tab.deps.session.account.key;
  const { bulk, ports, views } = tab.engine;
  const { clock, outbox } = tab.deps;
  return createImportRunner({ account, store: await openImportStore(account), outbox, bulk, views, clock, ports });
}

async function planOn(tab: Device, file: Blob, choice = keep): Promise<ImportPlan> {
  const reading = await readTaskFile(file, { zone, now, dayFirst: false, language: 'en' });
  if (!reading.ok) throw new Error(reading.reason);
  expect(reading.file.problems).toEqual([]);
  const { engine } = tab;
  const view = viewOf(tab);
  const existing = {
    groups: view.groups(),
    folders: view.folders(),
    categories: engine.categories.own.current().all,
    tasksIn: view.tasks,
  };
  return planImport(reading.file, existing, choice, { newId: tab.ports.newId, at: now, zone });
}

async function runImport(tab: Device, plan: ImportPlan) {
  const imports = await importsOn(tab);
  await imports.start('tasks.json', plan);
  await imports.resume();
  expect(imports.visible.current()).toMatchObject([{ state: 'done', done: plan.tasks, total: plan.tasks }]);
  await tab.sent();
  expect(viewOf(tab).parked()).toEqual([]);
  return imports;
}

/** Everything of an account that a file can hold, read from the service. */
async function accountOf(tab: Device) {
  const { api, deps } = tab;
  const [groups, folders] = [await api.groups('me'), await api.folders('me')];
  const server = await deps.attachmentClient();
  const groupName = (key: string) => groups.find(({ groupKey }) => groupKey === key)?.name;
  const places = await Promise.all(
    folders.map(async ({ id, name, isDefault, groupKey }) => ({
      name,
      isDefault,
      group: groupName(groupKey),
      tasks: await Promise.all(
        (await api.tasks({ mailbox: 'me', id })).map(async (task) => {
          const place = { mailbox: 'me', id: task.id };
          const attachments = (await server.attachments(place)).map(async ({ id: one, modifiedAt: _at, ...rest }) => ({
            ...rest,
            content: rest.kind === 'reference' ? null : await (await server.downloadAttachment(place, one)).text(),
          }));
          return { ...fieldsOf(task), attachments: (await Promise.all(attachments)).toSorted(by('name')) };
        }),
      ),
    })),
  );
  return {
    groups: groups.map(({ name, isDefault }) => ({ name, isDefault })).toSorted(by('name')),
    folders: places.map((place) => ({ ...place, tasks: place.tasks.toSorted(by('subject')) })).toSorted(by('name')),
    categories: (await deps.extras?.categories.list())?.map(({ name, colour }) => ({ name, colour })),
  };
}

function fieldsOf({
  id: _id,
  folderId: _folder,
  changeKey: _key,
  etag: _etag,
  createdAt: _c,
  modifiedAt: _m,
  ...fields
}: Task) {
  const { owner: _owner, ...rest } = fields;
  return rest;
}
const by =
  <K extends string>(member: K) =>
  (a: Record<K, string>, b: Record<K, string>) =>
    a[member] < b[member] ? -1 : 1;

/** An account with one of everything. */
async function full(testBed: TestBed): Promise<Device> {
  const tab = await open(testBed, await testBed.account());
  const view = viewOf(tab);
  const { commands } = tab.engine;
  const home = view.folder('Tasks');
  const garden = await commands.createGroup('me', { name: 'Garden' });
  await commands.createGroup('me', { name: 'Empty' });
  await tab.sent();
  const groupKey = view.groups().find(({ name }) => name === 'Garden')?.groupKey ?? garden;
  const beds = await commands.createFolder('me', { name: 'Beds & paths', groupKey });
  await commands.createCategory('me', { name: 'Home', colour: 'preset7' });
  const add = (folderId: string, patch: Parameters<typeof commands.createTask>[1]['patch']) =>
    commands.createTask('me', { folderId, patch });
  await add(home, { subject: 'Plain' });
  await add(home, {
    subject: 'Series, with “words” & =formula',
    body: { contentType: 'html', content: '<p>☐ one</p><p><b>☑ two</b></p>' },
    categories: ['Home', 'Not coloured'],
    importance: 'high',
    sensitivity: 'private',
    start: parisDay('2026-03-27'),
    due: parisDay('2026-03-30'),
    reminder: { local: '2026-03-26T09:30:00.000', zone: 'America/New_York' },
    isReminderOn: true,
    recurrence: {
      pattern: { type: 'weekly', interval: 2, daysOfWeek: ['monday', 'thursday'], firstDayOfWeek: 'monday' },
      range: { type: 'numbered', numberOfOccurrences: 12 },
    },
  });
  await add(home, {
    subject: 'Reminder that is off',
    reminder: { local: '2026-04-01T08:00:00.000', zone },
    isReminderOn: false,
    status: 'waitingOnOthers',
    due: { local: '2026-04-02T00:00:00.000', zone: 'Asia/Tokyo' },
  });
  await add(home, {
    subject: 'Done',
    status: 'completed',
    completed: parisDay('2026-03-02'),
    due: parisDay('2026-03-05'),
  });
  const files = await add(beds, { subject: 'Files', body: { contentType: 'text', content: 'a\nb\n' } });
  const task = { id: files, folderId: beds, subject: 'Files' };
  await commands.addAttachment('me', {
    task,
    draft: {
      kind: 'file',
      name: 'plan.bin',
      content: new Blob([Uint8Array.from({ length: 70_000 }, (_, n) => n % 256)]),
    },
  });
  await commands.addAttachment('me', {
    task,
    draft: {
      kind: 'reference',
      name: 'Catalogue',
      isInline: false,
      sourceUrl: 'https://seeds.example/catalogue',
      providerType: 'dropbox',
      thumbnailUrl: null,
      previewUrl: null,
      permission: 'view',
      isFolder: true,
    },
  });
  await tab.sent();
  return tab;
}

it('JSON: a second account that imports the file is equal in every field, attachments included', async ({
  testBed,
}) => {
  const first = await full(testBed);
  const file = await exported(first, 'json');
  const second = await open(testBed, await testBed.account('Grace'));
  const plan = await planOn(second, file);
  expect(plan).toMatchObject({ tasks: 5, attachments: 2, known: 0, newGroups: ['Garden', 'Empty'], newCategories: 1 });
  await runImport(second, plan);
  expect(await accountOf(second)).toEqual(await accountOf(first));
  // A second import creates nothing.
  expect(await planOn(second, file)).toMatchObject({ tasks: 0, known: 5, newGroups: [], newCategories: 0 });
});

it.for(['csv', 'ical'] as const)(
  '%s: subjects, days, statuses and folders are imported',
  async (format, { testBed }) => {
    const first = await full(testBed);
    const second = await open(testBed, await testBed.account('Grace'));
    await runImport(second, await planOn(second, await exported(first, format)));
    const simple = async (tab: Device) =>
      (await accountOf(tab)).folders.map(({ name, group, tasks }) => ({
        name,
        group,
        tasks: tasks.map(({ subject, status, importance, sensitivity, categories }) => ({
          subject,
          status,
          importance,
          sensitivity,
          categories,
        })),
      }));
    expect(await simple(second)).toEqual(await simple(first));
  },
);

it('changes that are not sent yet are exported, too', async ({ testBed }) => {
  const first = await open(testBed, await testBed.account());
  first.setOnline(false);
  const folderId = viewOf(first).folder('Tasks');
  const id = await first.engine.commands.createTask('me', { folderId, patch: { subject: 'Waits' } });
  await first.engine.commands.addAttachment('me', {
    task: { id, folderId, subject: 'Waits' },
    draft: { kind: 'file', name: 'note.txt', content: new Blob(['words']) },
  });
  const reading = await readTaskFile(await exported(first, 'json'), { zone, now, dayFirst: false, language: 'en' });
  if (!reading.ok) throw new Error(reading.reason);
  const [task] = reading.file.folders.flatMap(({ tasks }) => tasks);
  expect(task?.patch.subject).toBe('Waits');
  expect(await task?.attachments[0]?.content?.text()).toBe('words');
});

const csvOf = (count: number) =>
  new Blob([['Subject,Folder', ...Array.from({ length: count }, (_, n) => `Task ${n},Imported`)].join('\r\n')]);

it('an import resumes offline after a reload and creates nothing twice', async ({ testBed }) => {
  const key = await testBed.account();
  const browser = createTestBrowser();
  const first = await open(testBed, key, browser);
  first.setOnline(false);
  const imports = await importsOn(first);
  const plan = await planOn(first, csvOf(160));
  // The tab closes after a few pieces.
  await new Promise<void>((die) => {
    const stop = first.outbox.subscribe(() => {
      if (first.outbox.ops().length < 60) return;
      stop();
      die();
    });
    void imports.start('tasks.csv', plan);
  });
  imports.close();
  first.close();
  const second = await open(testBed, key, browser);
  const again = await importsOn(second);
  await again.resume();
  expect(again.visible.current()).toMatchObject([{ state: 'done', done: 160, total: 160 }]);
  await second.sent();
  const { api } = second;
  const folder = (await api.folders('me')).find(({ name }) => name === 'Imported');
  const subjects = (await api.tasks({ mailbox: 'me', id: folder?.id ?? '' })).map(({ subject }) => subject);
  expect(subjects).toHaveLength(160);
  expect(new Set(subjects).size).toBe(160);
});

it('two tabs import one file once', async ({ testBed }) => {
  const key = await testBed.account();
  const browser = createTestBrowser();
  const [first, second] = [await open(testBed, key, browser), await open(testBed, key, browser)];
  const [one, other] = [await importsOn(first), await importsOn(second)];
  await one.start('tasks.csv', await planOn(first, csvOf(110)));
  await Promise.all([other.resume(), one.resume()]);
  await Promise.all([first.sent(), second.sent()]);
  const folder = (await first.api.folders('me')).find(({ name }) => name === 'Imported');
  expect(await first.api.tasks({ mailbox: 'me', id: folder?.id ?? '' })).toHaveLength(110);
});

it('an import can be stopped, keeping what was created, and undone', async ({ testBed }) => {
  const key = await testBed.account();
  const tab = await open(testBed, key);
  const before = await accountOf(tab);
  const imports = await runImport(tab, await planOn(tab, csvOf(60)));
  const [done] = imports.visible.current();
  expect(await imports.undo(done?.id ?? '')).toBe(0);
  expect(imports.visible.current()).toEqual([]);
  testBed.time.advance(10_000);
  await tab.sent();
  expect(await accountOf(tab)).toEqual(before);
});

it('an import is undone after a reload, both sent and unsent parts', async ({ testBed }) => {
  const key = await testBed.account();
  const browser = createTestBrowser();
  const first = await open(testBed, key, browser);
  const before = await accountOf(first);
  const sent = await runImport(first, await planOn(first, csvOf(60)));
  first.setOnline(false);
  const names = new Blob(['Subject,Folder\r\nWaits,Late']);
  await sent.start('late.csv', await planOn(first, names));
  await sent.resume();
  sent.close();
  first.close();

  const second = await open(testBed, key, browser);
  second.setOnline(false);
  const imports = await importsOn(second);
  await imports.resume();
  // Both started at the same time: their order is undefined.
  expect(imports.visible.current().toSorted((one, other) => one.name.localeCompare(other.name))).toMatchObject([
    { name: 'late.csv', state: 'done', done: 1 },
    { name: 'tasks.json', state: 'done', done: 60 },
  ]);
  for (const { id } of imports.visible.current()) expect(await imports.undo(id)).toBe(0);
  expect(imports.visible.current()).toEqual([]);
  second.setOnline(true);
  testBed.time.advance(10_000);
  await second.sent();
  expect(await accountOf(second)).toEqual(before);
  // Nothing of either import is left.
  await imports.resume();
  expect(imports.visible.current()).toEqual([]);
});
