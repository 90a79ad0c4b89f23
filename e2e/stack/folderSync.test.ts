import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultGroupKey } from '../../src/domain/task/task.ts';
import { createTestBed } from './testBed.ts';
import type { Device, TestBed } from './testBed.ts';
import { viewOf } from './tabView.ts';

let house: TestBed;
let key: string;
let tab: Device;
let screen: ReturnType<typeof viewOf>;

beforeEach(async () => {
  house = await createTestBed();
  key = await house.account();
  tab = await house.device(key);
  tab.start();
  await tab.engine.pullAll();
  screen = viewOf(tab);
});
afterEach(() => house.close());

const actions = () => tab.engine.commands;
const groupNames = async () => (await tab.api.groups('me')).map(({ name }) => name).toSorted();
const folderNames = async () => (await tab.api.folders('me')).map(({ name }) => name).toSorted();
const keyOf = (groupId: string) => screen.groups().find(({ id }) => id === tab.outbox.resolve(groupId))?.groupKey ?? '';

async function addFolder(name: string, groupKey?: string) {
  await actions().createFolder('me', groupKey === undefined ? { name } : { name, groupKey });
  await tab.sent();
  return screen.folder(name);
}

describe('groups', () => {
  it('are listed, created, renamed and deleted', async () => {
    expect(screen.groups()).toMatchObject([{ name: 'My Tasks', isDefault: true, groupKey: defaultGroupKey }]);
    const localId = await actions().createGroup('me', { name: 'House' });
    expect(screen.groups().map(({ name }) => name)).toEqual(['My Tasks', 'House']);
    await tab.sent();
    const id = tab.outbox.resolve(localId);
    await actions().renameGroup('me', { id, name: 'Home' });
    await tab.sent();
    expect(await groupNames()).toEqual(['Home', 'My Tasks']);
    await actions().deleteGroup('me', { id });
    expect(screen.groups()).toHaveLength(1);
    await tab.sent();
    expect(await groupNames()).toEqual(['My Tasks']);
  });

  it('leave their folders to the default group', async () => {
    const group = await actions().createGroup('me', { name: 'House' });
    await tab.sent();
    const folderId = await addFolder('Garden', keyOf(group));
    await actions().deleteGroup('me', { id: tab.outbox.resolve(group) });
    const shown = () => screen.folders().find(({ id }) => id === folderId)?.groupKey;
    expect(shown()).toBe(defaultGroupKey);
    await tab.sent();
    expect(shown()).toBe(defaultGroupKey);
    expect((await tab.api.folders('me')).find(({ id }) => id === folderId)?.groupKey).toBe(defaultGroupKey);
  });

  it('that must stay say why when somebody tries', async () => {
    const [standard] = screen.groups();
    await actions().deleteGroup('me', { id: standard?.id ?? '' });
    await tab.sent();
    expect(screen.parked()).toMatchObject([{ parked: { kind: 'refused', code: 'ErrorInvalidRequest' } }]);
  });
});

describe('folders', () => {
  it('are listed, created, renamed and deleted with their tasks', async () => {
    const folderId = await addFolder('Garden');
    await actions().createTask('me', { folderId, patch: { subject: 'Rake' } });
    await actions().renameFolder('me', { id: folderId, name: 'Yard' });
    await tab.sent();
    expect(await folderNames()).toEqual(['Tasks', 'Yard']);
    expect(screen.view('all')).toEqual(['Rake']);
    await actions().deleteFolder('me', { id: folderId });
    expect(screen.view('all')).toEqual([]);
    expect(screen.counts().views.all).toBe(0);
    await tab.sent();
    expect(await folderNames()).toEqual(['Tasks']);
    expect(screen.view('all')).toEqual([]);
    expect(screen.counts().folders.has(folderId)).toBe(false);
  });

  it('with a name that is taken are parked, and hold back only what was made inside', async () => {
    await addFolder('Garden');
    const twin = await actions().createFolder('me', { name: 'garden' });
    await actions().createTask('me', { folderId: twin, patch: { subject: 'Rake' } });
    await tab.sent();
    const [op] = screen.parked();
    expect(op?.parked).toMatchObject({ kind: 'refused', code: 'ErrorFolderExists' });
    expect(tab.outbox.dependents(op?.id ?? '').map(({ change }) => change.kind)).toEqual(['createTask']);
    await addFolder('Cellar');
    expect(await folderNames()).toEqual(['Cellar', 'Garden', 'Tasks']);
    await tab.outbox.discard(op?.id ?? '');
    expect(tab.outbox.ops()).toEqual([]);
    expect(screen.view('all')).toEqual([]);
  });

  it('renamed elsewhere meanwhile are not overwritten in silence', async () => {
    const folderId = await addFolder('Garden');
    tab.setOnline(false);
    await actions().renameFolder('me', { id: folderId, name: 'Yard' });
    const other = await house.device(key);
    await other.api.renameFolder({ mailbox: 'me', id: folderId }, { name: 'Park' });
    tab.setOnline(true);
    await tab.sent();
    expect(screen.parked()).toMatchObject([{ parked: { kind: 'changed', theirName: 'Park' } }]);
    expect(await folderNames()).toEqual(['Park', 'Tasks']);
  });
});

it('a group, a folder in it and a task in that, all made offline, go in their order', async () => {
  tab.setOnline(false);
  const group = await actions().createGroup('me', { name: 'House' });
  const folder = await actions().createFolder('me', { name: 'Garden', groupKey: keyOf(group) });
  const task = await actions().createTask('me', { folderId: folder, patch: { subject: 'Rake' } });
  await actions().completeTask('me', { task: screen.task(folder, 'Rake') });
  expect(screen.folders()).toMatchObject([{ name: 'Tasks' }, { name: 'Garden', groupKey: keyOf(group) }]);
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
  expect(screen.subjects(folder)).toEqual(['Rake']);
  expect(screen.counts().views).toMatchObject({ all: 0, completed: 1 });
});

it('another device sees what this one did, after it looked', async () => {
  const other = await house.device(key);
  other.start();
  await other.engine.pullAll();
  const folderId = await addFolder('Garden');
  await actions().createTask('me', { folderId, patch: { subject: 'Rake' } });
  await tab.sent();
  await other.engine.client.invalidateQueries({ refetchType: 'none' });
  other.look();
  await other.engine.pullAll();
  expect(viewOf(other).subjects(folderId)).toEqual(['Rake']);
  await tab.api.deleteFolder({ mailbox: 'me', id: folderId });
  await other.engine.client.invalidateQueries({ refetchType: 'none' });
  await other.engine.pullAll();
  expect(viewOf(other).view('all')).toEqual([]);
});

it('what was made before a reload and is sent again does not show twice meanwhile', async () => {
  tab.network.loseAnswer(/POST.*taskfolders$/i);
  await actions().createFolder('me', { name: 'Garden' });
  await tab.sent();
  tab.close();
  const again = await house.device(key, { browser: tab.browser });
  const seen = viewOf(again);
  const most = { count: 0 };
  const gardens = () => seen.folders().filter(({ name }) => name === 'Garden').length;
  const look = () => (most.count = Math.max(most.count, gardens()));
  again.engine.client.getQueryCache().subscribe(look);
  again.outbox.subscribe(look);
  again.start();
  await again.engine.pullAll();
  await again.sent();
  expect(again.outbox.ops()).toEqual([]);
  expect([gardens(), most.count]).toEqual([1, 1]);
});
