import { expect } from 'vitest';
import { it } from './stackTest.ts';
import type { Device, TestBed } from './testBed.ts';

const bookOf = (device: Device) => device.engine.categories.own.current();
const namesIn = (device: Device) => bookOf(device).all.map(({ name, colour }) => [name, colour]);
const named = (device: Device, name: string) => {
  const category = bookOf(device).all.find((one) => one.name === name);
  if (category === undefined) throw new Error(`No category ${name}`);
  return category;
};

async function started(testBed: TestBed, key: string) {
  const device = await testBed.device(key);
  device.start();
  await device.engine.pullAll();
  const [folder] = await device.api.folders('me');
  if (folder === undefined) throw new Error('No folder');
  return { device, folderId: folder.id };
}

it('a category created, coloured and renamed offline together with its tasks syncs without losses or conflicts', async ({
  testBed,
  key,
}) => {
  const { device, folderId } = await started(testBed, key);
  const { commands } = device.engine;
  device.setOnline(false);
  await commands.createTask('me', { folderId, patch: { subject: 'Tiles', categories: ['Kitchen'] } });
  await commands.createCategory('me', { name: 'Kitchen', colour: 'preset7' });
  await commands.updateCategory('me', { category: named(device, 'Kitchen'), patch: { name: 'Küche' } });
  await commands.updateCategory('me', { category: named(device, 'Küche'), patch: { colour: 'preset4' } });
  expect(namesIn(device)).toEqual([['Küche', 'preset4']]);
  device.close();

  // A restart of the same browser: the changes are still there, and are sent.
  const again = await testBed.device(key, { browser: device.browser });
  expect(namesIn(again)).toEqual([['Küche', 'preset4']]);
  again.start();
  await testBed.until(() => again.outbox.ops().length === 0);
  expect((await again.deps.extras?.categories.list())?.map(({ name, colour }) => [name, colour])).toContainEqual([
    'Küche',
    'preset4',
  ]);
});

it('a category rename shows at once and is sent after the tasks that use the old name', async ({ testBed, key }) => {
  const { device, folderId } = await started(testBed, key);
  const { commands } = device.engine;
  const folder = { mailbox: 'me', id: folderId };
  const task = await device.api.createTask(folder, { subject: 'Tiles', categories: ['Kitchen'] });
  await device.engine.categories.load();
  device.setOnline(false);
  await commands.updateCategory('me', { category: named(device, 'Kitchen'), patch: { name: 'House' } });
  expect(bookOf(device).display(['Kitchen', 'Other'])).toMatchObject([
    { storedName: 'Kitchen', name: 'House' },
    { storedName: 'Other', name: 'Other', colour: 'preset12' },
  ]);
  // The reader's own colours for shared tasks, whose category names stay.
  expect(device.engine.categories.others.current().display(['Kitchen'])).toMatchObject([{ name: 'Kitchen' }]);
  await commands.updateTask('me', { task, patch: { categories: ['Kitchen', 'Urgent'] } });
  device.setOnline(true);
  await testBed.until(() => device.outbox.ops().length === 0);
  expect(await device.api.task({ mailbox: 'me', id: task.id })).toMatchObject({ categories: ['House', 'Urgent'] });
});

it('a second rename of the same category is a conflict', async ({ testBed, key }) => {
  const { device, folderId } = await started(testBed, key);
  await device.api.createTask({ mailbox: 'me', id: folderId }, { subject: 'Tiles', categories: ['Kitchen'] });
  await device.engine.categories.load();
  const category = named(device, 'Kitchen');
  device.setOnline(false);
  await device.engine.commands.updateCategory('me', { category, patch: { name: 'House' } });
  const { device: other } = await started(testBed, key);
  await other.deps.extras?.categories.update(category.id, { name: 'Rooms' });
  device.setOnline(true);
  await testBed.until(() => device.outbox.ops().some(({ parked }) => parked !== null));
  expect(device.outbox.ops()[0]?.parked).toMatchObject({ kind: 'changed', theirName: 'Rooms' });
});

it('a category created on two devices is one category with the latest colour', async ({ testBed, key }) => {
  const { device } = await started(testBed, key);
  const { device: other } = await started(testBed, key);
  await other.engine.commands.createCategory('me', { name: 'Work', colour: 'preset1' });
  await testBed.until(() => other.outbox.ops().length === 0);
  await device.engine.commands.createCategory('me', { name: 'work', colour: 'preset2' });
  await testBed.until(() => device.outbox.ops().length === 0);
  await device.engine.categories.load();
  expect(namesIn(device)).toEqual([['Work', 'preset2']]);
});

it('deleting a category hides it on tasks at once and removes it from all when sent; undo before that changes nothing', async ({
  testBed,
  key,
}) => {
  const { device, folderId } = await started(testBed, key);
  const task = await device.api.createTask({ mailbox: 'me', id: folderId }, { subject: 'a', categories: ['Gone'] });
  await device.engine.categories.load();
  device.setOnline(false);
  const category = named(device, 'Gone');
  const change = await device.engine.commands.deleteCategory('me', category);
  expect(
    bookOf(device)
      .display(['Gone', 'Kept'])
      .map(({ name }) => name),
  ).toEqual(['Kept']);
  await device.outbox.undo(change);
  expect(bookOf(device).display(['Gone'])).toHaveLength(1);
  await device.engine.commands.deleteCategory('me', category);
  device.setOnline(true);
  await testBed.until(() => device.outbox.ops().length === 0);
  expect(await device.api.task({ mailbox: 'me', id: task.id })).toMatchObject({ categories: [] });
});
