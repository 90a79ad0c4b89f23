import { expect } from 'vitest';
import type { DeltaBatch, DeltaEntry } from '../../src/api/deltaReader.ts';
import type { Place, Task, TaskFolder } from '../../src/domain/task/task.ts';
import { it as stackTest } from './stackTest.ts';
import type { Device } from './testBed.ts';

/** `tab` sends only what a test requests; `main` is its default folder. */
const it = stackTest
  .extend('tab', ({ testBed, key }) => testBed.device(key))
  .extend('main', async ({ tab }): Promise<Place> => {
    const [folder] = await tab.api.folders('me');
    return { mailbox: 'me', id: folder?.id ?? '' };
  });

const at = (id: string) => ({ mailbox: 'me', id }) as const;
const day = 24 * 60 * 60_000;

/** A client's replica of a place, updated as `changes` requires. */
function createCopy<T extends { id: string }>(
  pull: (options: { cursor?: string | undefined; onPage: (page: DeltaBatch<T>) => void }) => Promise<string>,
) {
  const rows = new Map<string, T>();
  let cursor: string | undefined;
  return {
    rows,
    /** The result of one pull. */
    async pull(): Promise<readonly DeltaEntry<T>[]> {
      const entries: DeltaEntry<T>[] = [];
      cursor = await pull({
        cursor,
        onPage: (page) => {
          entries.push(...page.entries);
          for (const entry of page.entries) {
            if (entry.kind === 'gone') rows.delete(entry.id);
            else rows.set(entry.value.id, entry.value);
          }
        },
      });
      return entries;
    },
    forget() {
      rows.clear();
      cursor = undefined;
    },
  };
}

const copyOfTasks = (tab: Device, main: Place, device: Device = tab) =>
  createCopy<Task>((options) => device.api.changes(main, options));

it('the replica follows another device and receives only what changed', async ({ testBed, key, tab, main }) => {
  const other = await testBed.device(key);
  const [kept, changed, gone] = [
    await other.api.createTask(main, { subject: 'kept' }),
    await other.api.createTask(main, { subject: 'changed' }),
    await other.api.createTask(main, { subject: 'gone' }),
  ];
  const copy = copyOfTasks(tab, main);
  await copy.pull();
  expect([...copy.rows.values()]).toEqual([kept, changed, gone]);
  expect(await copy.pull()).toEqual([]);
  const renamed = await other.api.updateTask(at(changed.id), { subject: 'new' });
  await other.api.deleteTask(at(gone.id));
  expect(await copy.pull()).toEqual([
    { kind: 'changed', value: renamed },
    { kind: 'gone', id: gone.id },
  ]);
  expect([...copy.rows.values()]).toEqual([kept, renamed]);
});

it('the folder list follows another device in the same way', async ({ tab }) => {
  const copy = createCopy<TaskFolder>((options) => tab.api.folderChanges('me', options));
  await copy.pull();
  const home = await tab.api.createFolder('me', null, { name: 'Home' });
  expect(await copy.pull()).toEqual([{ kind: 'changed', value: home }]);
  await tab.api.deleteFolder(at(home.id));
  expect(await copy.pull()).toEqual([{ kind: 'gone', id: home.id }]);
});

it('an interrupted pull resumes from the last stored page', async ({ tab, main }) => {
  for (let n = 0; n < 1_200; n += 1) await tab.api.createTask(main, { subject: `Task ${n}` });
  const kept: DeltaBatch<Task>[] = [];
  const breaking = tab.api.changes(main, {
    onPage: (page) => {
      kept.push(page);
      throw new Error('The disk is full');
    },
  });
  await expect(breaking).rejects.toThrow('The disk is full');
  expect(kept[0]?.entries).toHaveLength(1_000);
  const rest: DeltaEntry<Task>[] = [];
  await tab.api.changes(main, { cursor: kept[0]?.cursor, onPage: ({ entries }) => void rest.push(...entries) });
  expect(rest).toHaveLength(200);
});

it('an expired or foreign cursor is stale, and the pull starts over', async ({ testBed, tab, main }) => {
  const task = await tab.api.createTask(main, { subject: 'gone' });
  const copy = copyOfTasks(tab, main);
  await copy.pull();
  await tab.api.deleteTask(at(task.id));
  testBed.time.advance(91 * day);
  await testBed.runMaintenance();
  await expect(copy.pull()).rejects.toMatchObject({ kind: 'stale' });
  copy.forget();
  await copy.pull();
  expect(copy.rows.size).toBe(0);

  const foreign = await testBed.device(await testBed.account('Bob'));
  const cursor = await foreign.api.folderChanges('me', { onPage: () => {} });
  await expect(tab.api.folderChanges('me', { cursor, onPage: () => {} })).rejects.toMatchObject({ kind: 'stale' });
});
