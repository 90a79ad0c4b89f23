import { describe, expect } from 'vitest';
import { defaultGroupKey } from '../../src/domain/task/task.ts';
import { it } from './stackTest.ts';
import { viewOf } from './tabView.ts';
import type { Device } from './testBed.ts';
import type { TestSession } from './testSession.ts';

const commands = (tab: Device) => tab.engine.commands;
const groupNames = async (tab: Device) => (await tab.api.groups('me')).map(({ name }) => name).toSorted();
const folderNames = async (tab: Device) => (await tab.api.folders('me')).map(({ name }) => name).toSorted();
const keyOf = (tab: Device, view: TestSession['view'], groupId: string) =>
  view.groups().find(({ id }) => id === tab.outbox.resolve(groupId))?.groupKey ?? '';

async function addFolder(tab: Device, view: TestSession['view'], name: string, groupKey?: string) {
  await commands(tab).createFolder('me', groupKey === undefined ? { name } : { name, groupKey });
  await tab.sent();
  return view.folder(name);
}

describe('groups', () => {
  it('are listed, created, renamed and deleted', async ({ tab, view }) => {
    expect(view.groups()).toMatchObject([{ name: 'My Tasks', isDefault: true, groupKey: defaultGroupKey }]);
    const localId = await commands(tab).createGroup('me', { name: 'House' });
    expect(view.groups().map(({ name }) => name)).toEqual(['My Tasks', 'House']);
    await tab.sent();
    const id = tab.outbox.resolve(localId);
    await commands(tab).renameGroup('me', { id, name: 'Home' });
    await tab.sent();
    expect(await groupNames(tab)).toEqual(['Home', 'My Tasks']);
    await commands(tab).deleteGroup('me', { id });
    expect(view.groups()).toHaveLength(1);
    await tab.sent();
    expect(await groupNames(tab)).toEqual(['My Tasks']);
  });

  it('leave their folders in the default group when deleted', async ({ tab, view }) => {
    const group = await commands(tab).createGroup('me', { name: 'House' });
    await tab.sent();
    const folderId = await addFolder(tab, view, 'Garden', keyOf(tab, view, group));
    await commands(tab).deleteGroup('me', { id: tab.outbox.resolve(group) });
    const shown = () => view.folders().find(({ id }) => id === folderId)?.groupKey;
    expect(shown()).toBe(defaultGroupKey);
    await tab.sent();
    expect(shown()).toBe(defaultGroupKey);
    expect((await tab.api.folders('me')).find(({ id }) => id === folderId)?.groupKey).toBe(defaultGroupKey);
  });

  it('that cannot be deleted give the reason', async ({ tab, view }) => {
    const [standard] = view.groups();
    await commands(tab).deleteGroup('me', { id: standard?.id ?? '' });
    await tab.sent();
    expect(view.parked()).toMatchObject([{ parked: { kind: 'refused', code: 'ErrorInvalidRequest' } }]);
  });
});

describe('folders', () => {
  it('are listed, created, renamed and deleted with their tasks', async ({ tab, view }) => {
    const folderId = await addFolder(tab, view, 'Garden');
    await commands(tab).createTask('me', { folderId, patch: { subject: 'Rake' } });
    await commands(tab).renameFolder('me', { id: folderId, name: 'Yard' });
    await tab.sent();
    expect(await folderNames(tab)).toEqual(['Tasks', 'Yard']);
    expect(view.view('all')).toEqual(['Rake']);
    await commands(tab).deleteFolder('me', { id: folderId });
    expect(view.view('all')).toEqual([]);
    expect(view.counts().views.all).toBe(0);
    await tab.sent();
    expect(await folderNames(tab)).toEqual(['Tasks']);
    expect(view.view('all')).toEqual([]);
    expect(view.counts().folders.has(folderId)).toBe(false);
  });

  it('with a name in use are parked, and block only what was created inside them', async ({ tab, view }) => {
    await addFolder(tab, view, 'Garden');
    const twin = await commands(tab).createFolder('me', { name: 'garden' });
    await commands(tab).createTask('me', { folderId: twin, patch: { subject: 'Rake' } });
    await tab.sent();
    const [op] = view.parked();
    expect(op?.parked).toMatchObject({ kind: 'refused', code: 'ErrorFolderExists' });
    expect(tab.outbox.dependents(op?.id ?? '').map(({ change }) => change.kind)).toEqual(['createTask']);
    await addFolder(tab, view, 'Cellar');
    expect(await folderNames(tab)).toEqual(['Cellar', 'Garden', 'Tasks']);
    await tab.outbox.discard(op?.id ?? '');
    expect(tab.outbox.ops()).toEqual([]);
    expect(view.view('all')).toEqual([]);
  });

  it('renamed on another device are not overwritten without a conflict', async ({ testBed, key, tab, view }) => {
    const folderId = await addFolder(tab, view, 'Garden');
    tab.setOnline(false);
    await commands(tab).renameFolder('me', { id: folderId, name: 'Yard' });
    const other = await testBed.device(key);
    await other.api.renameFolder({ mailbox: 'me', id: folderId }, { name: 'Park' });
    tab.setOnline(true);
    await tab.sent();
    expect(view.parked()).toMatchObject([{ parked: { kind: 'changed', theirName: 'Park' } }]);
    expect(await folderNames(tab)).toEqual(['Park', 'Tasks']);
  });
});

it('a group, its folder and its task created offline are sent in that order', async ({ tab, view }) => {
  tab.setOnline(false);
  const group = await commands(tab).createGroup('me', { name: 'House' });
  const folder = await commands(tab).createFolder('me', { name: 'Garden', groupKey: keyOf(tab, view, group) });
  const task = await commands(tab).createTask('me', { folderId: folder, patch: { subject: 'Rake' } });
  await commands(tab).completeTask('me', { task: view.task(folder, 'Rake') });
  expect(view.folders()).toMatchObject([{ name: 'Tasks' }, { name: 'Garden', groupKey: keyOf(tab, view, group) }]);
  await tab.sent();
  expect(tab.engine.status.current()).toMatchObject({ isOnline: false, waiting: 4 });
  tab.setOnline(true);
  await tab.sent();
  expect(tab.outbox.ops()).toEqual([]);
  const made = (await tab.api.folders('me')).find(({ name }) => name === 'Garden');
  expect(made?.groupKey).toBe((await tab.api.groups('me')).find(({ name }) => name === 'House')?.groupKey);
  expect(tab.outbox.resolve(folder)).toBe(made?.id);
  expect(await tab.api.tasks({ mailbox: 'me', id: made?.id ?? '' })).toMatchObject([
    { id: tab.outbox.resolve(task), subject: 'Rake', status: 'completed' },
  ]);
  expect(view.subjects(folder)).toEqual(['Rake']);
  expect(view.counts().views).toMatchObject({ all: 0, completed: 1 });
});

it('another device shows the changes of this one after a pull', async ({ testBed, key, tab, view }) => {
  const other = await testBed.device(key);
  other.start();
  await other.engine.pullAll();
  const folderId = await addFolder(tab, view, 'Garden');
  await commands(tab).createTask('me', { folderId, patch: { subject: 'Rake' } });
  await tab.sent();
  await other.engine.pullAnew();
  expect(viewOf(other).subjects(folderId)).toEqual(['Rake']);
  await tab.api.deleteFolder({ mailbox: 'me', id: folderId });
  await other.engine.pullAnew();
  expect(viewOf(other).view('all')).toEqual([]);
});

it('a folder whose create is repeated after a reload is shown once', async ({ testBed, key, tab }) => {
  tab.network.loseAnswer(/POST.*taskfolders$/i);
  await commands(tab).createFolder('me', { name: 'Garden' });
  await tab.sent();
  tab.close();
  const again = await testBed.device(key, { browser: tab.browser });
  const seen = viewOf(again);
  const most = { count: 0 };
  const gardenCount = () => seen.folders().filter(({ name }) => name === 'Garden').length;
  const recordCount = () => (most.count = Math.max(most.count, gardenCount()));
  again.engine.views.folders('me').subscribe(recordCount);
  again.outbox.subscribe(recordCount);
  again.start();
  await again.engine.pullAll();
  await again.sent();
  expect(again.outbox.ops()).toEqual([]);
  expect([gardenCount(), most.count]).toEqual([1, 1]);
});
