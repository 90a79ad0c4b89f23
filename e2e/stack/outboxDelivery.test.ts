import { describe, expect } from 'vitest';
import { purgeTask } from '../../src/sync/commands/binCommands.ts';
import type { Place } from '../../src/domain/task/task.ts';
import { it } from './stackTest.ts';
import type { Device } from './testBed.ts';

/** What the outbox sends besides edits: moves, files, several changes at a time (docs/architecture.md#outbox-rules). */

const at = (id: string): Place => ({ mailbox: 'me', id });
const writes = (tab: Device) =>
  tab.network.requests.filter((line) => /^(POST|PATCH|DELETE|PUT) .*(api|v1\/tasks|uploads)/.test(line));
const leaves = (tab: Device, request: RegExp, times = 1) =>
  expect.poll(() => tab.network.requests.filter((line) => request.test(line)).length).toBeGreaterThanOrEqual(times);
const attached = async (tab: Device, taskId: string) => (await tab.deps.attachmentClient()).attachments(at(taskId));
const file = (size: number, name = 'film.mp4') =>
  ({ kind: 'file', name, content: new Blob([new Uint8Array(size).fill(7)], { type: 'video/mp4' }) }) as const;

describe('moving', () => {
  it('shows the task in the other folder at once, with earlier and later edits, under the same id', async ({
    tab,
    view,
    folderId,
    commands,
    add,
    stored,
  }) => {
    const task = await add('Milk');
    tab.setOnline(false);
    const local = await commands.createFolder('me', { name: 'Home' });
    await commands.updateTask('me', { task, patch: { importance: 'high' } });
    await commands.moveTask('me', { task: view.task(folderId, 'Milk'), toFolderId: local });
    await commands.updateTask('me', { task: view.task(local, 'Milk'), patch: { subject: 'Oat milk' } });
    expect(view.subjects(folderId)).toEqual([]);
    expect(view.tasks(local)).toMatchObject([{ subject: 'Oat milk', importance: 'high', id: task.id }]);
    tab.setOnline(true);
    await tab.sent();
    expect(tab.outbox.ops()).toEqual([]);
    const there = await tab.api.tasks(at(tab.outbox.resolve(local)));
    expect(there).toMatchObject([{ id: task.id, subject: 'Oat milk', importance: 'high' }]);
    expect(await stored()).toEqual([]);
    expect(view.tasks(local)).toEqual(there);
    expect(view.subjects(folderId)).toEqual([]);
  });

  it('to a deleted folder is parked, and nothing is lost', async ({ tab, view, folderId, commands, add, stored }) => {
    const task = await add('Milk');
    await commands.createFolder('me', { name: 'Home' });
    await tab.sent();
    const home = view.folder('Home');
    await tab.api.deleteFolder(at(home));
    await commands.moveTask('me', { task, toFolderId: home });
    await tab.sent();
    const [op] = view.parked();
    expect(op?.parked).toMatchObject({ kind: 'missing' });
    await tab.outbox.discard(op?.id ?? '');
    expect(view.subjects(folderId)).toEqual(['Milk']);
    expect(await stored()).toMatchObject([{ id: task.id }]);
  });

  it('puts a folder in another group', async ({ tab, view, commands }) => {
    await commands.createGroup('me', { name: 'House' });
    await commands.createFolder('me', { name: 'Garden' });
    await tab.sent();
    const group = view.groups().find(({ name }) => name === 'House');
    await commands.moveFolder('me', { id: view.folder('Garden'), toGroup: group?.groupKey ?? '' });
    await tab.sent();
    const folders = await tab.api.folders('me');
    expect(folders.find(({ name }) => name === 'Garden')?.groupKey).toBe(group?.groupKey);
    expect(tab.outbox.ops()).toEqual([]);
  });
});

it('a new task that is moved into a newer folder is deleted with that folder', async ({
  tab,
  view,
  folderId,
  commands,
  stored,
}) => {
  tab.setOnline(false);
  await commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
  const local = await commands.createFolder('me', { name: 'Home' });
  await commands.moveTask('me', { task: view.task(folderId, 'Milk'), toFolderId: local });
  expect(view.subjects(local)).toEqual(['Milk']);
  await commands.deleteFolder('me', { id: local });
  tab.setOnline(true);
  await tab.sent();
  expect(tab.outbox.ops()).toEqual([]);
  expect(await stored()).toEqual([]);
  expect(await tab.deps.extras?.bin.list()).toMatchObject([{ kind: 'folder', name: 'Home' }]);
});

it('a purged task is removed from the database of this device', async ({ tab, folderId, commands, add }) => {
  const task = await add('Milk');
  const onDisk = async () => (await tab.deps.replicaStore.rows(at(folderId), null, 10)).rows;
  expect(await onDisk()).toHaveLength(1);
  await purgeTask({ ...tab.deps, commands }, 'me', task);
  expect(await onDisk()).toEqual([]);
});

describe('files', () => {
  it('wait for their new task, survive a restart and are sent once', async ({
    openTab,
    tab,
    view,
    folderId,
    commands,
  }) => {
    tab.setOnline(false);
    await commands.createTask('me', { folderId, patch: { subject: 'Film' } });
    await commands.addAttachment('me', { task: view.task(folderId, 'Film'), draft: file(1_000, 'a.bin') });
    tab.close();
    const again = await openTab(tab.browser);
    await again.sent();
    const [task] = await again.api.tasks(at(folderId));
    const all = await (await again.deps.attachmentClient()).attachments(at(task?.id ?? ''));
    expect(all).toMatchObject([{ kind: 'file', name: 'a.bin', size: 1_000, contentType: 'video/mp4' }]);
    expect(task?.hasAttachments).toBe(true);
    expect(again.outbox.ops()).toEqual([]);
  });

  it('sent in pieces resume where the connection broke, also after a restart', async ({
    openTab,
    tab,
    commands,
    add,
  }) => {
    const task = await add('Film');
    // The first piece is uploaded; the network fails at the second.
    tab.network.before(/PUT/, () => Promise.resolve());
    tab.network.before(/PUT/, () => {
      tab.setOnline(false);
      return Promise.reject(new TypeError('Failed to fetch'));
    });
    const opId = await commands.addAttachment('me', { task, draft: file(7 * 1024 * 1024) });
    await leaves(tab, /PUT/, 2);
    expect(tab.outbox.ops()).toMatchObject([{ uploadUrl: expect.stringContaining('/uploads/') }]);
    expect(tab.outbox.progressOf(opId)).toBeGreaterThan(0.2);
    tab.close();
    const again = await openTab(tab.browser);
    await again.sent();
    const puts = again.network.requests.filter((line) => line.startsWith('PUT')).length;
    expect(puts).toBeLessThan(4);
    expect(again.network.requests.some((line) => line.includes('createUploadSession'))).toBe(false);
    const [made] = await (await again.deps.attachmentClient()).attachments(at(task.id));
    expect(made).toMatchObject({ size: 7 * 1024 * 1024 });
    expect(again.outbox.ops()).toEqual([]);
  });

  it('can be cancelled while they are sent', async ({ tab, commands, add }) => {
    const task = await add('Film');
    const release = tab.network.hold(/PUT/);
    const opId = await commands.addAttachment('me', { task, draft: file(7 * 1024 * 1024) });
    await leaves(tab, /PUT/);
    expect(await tab.engine.undo(opId)).toBe(true);
    expect(tab.outbox.ops()).toEqual([]);
    release();
    await tab.sent();
    expect(await attached(tab, task.id)).toEqual([]);
    expect(tab.outbox.ops()).toEqual([]);
  });

  it('block other changes no longer than the Retry-After time', async ({ testBed, tab, commands, add, stored }) => {
    const task = await add('Film');
    const release = tab.network.hold(/PUT/);
    await commands.addAttachment('me', { task, draft: file(7 * 1024 * 1024) });
    await leaves(tab, /PUT/);
    tab.network.answer(/PATCH/, () => new Response('{}', { status: 429, headers: { 'Retry-After': '30' } }));
    await commands.updateTask('me', { task, patch: { subject: 'Long film' } });
    await leaves(tab, /PATCH/);
    await expect.poll(() => tab.outbox.state.inFlight.size).toBe(1);
    testBed.time.advance(30_000);
    await expect.poll(() => tab.outbox.ops()).toMatchObject([{ change: { kind: 'addAttachment' } }]);
    release();
    await tab.sent();
    expect(await stored()).toMatchObject([{ subject: 'Long film', hasAttachments: true }]);
  });

  it('that are too large are parked and block nothing else', async ({ tab, view, commands, add, stored }) => {
    const task = await add('Film');
    tab.network.answer(/attachments/, () => new Response('{}', { status: 413 }));
    await commands.addAttachment('me', { task, draft: file(1_000) });
    await tab.sent();
    await commands.completeTask('me', { task });
    await tab.sent();
    expect(await stored()).toMatchObject([{ status: 'completed' }]);
    expect(view.parked()).toMatchObject([{ change: { kind: 'addAttachment' }, parked: { kind: 'refused' } }]);
  });

  it('neither block edits of their task nor conflict with them', async ({
    tab,
    view,
    folderId,
    commands,
    add,
    stored,
  }) => {
    const task = await add('Film');
    const release = tab.network.hold(/attachments/);
    await commands.addAttachment('me', { task, draft: file(1_000) });
    await leaves(tab, /attachments/);
    await commands.updateTask('me', { task, patch: { subject: 'Film night' } });
    await expect.poll(() => stored()).toMatchObject([{ subject: 'Film night' }]);
    release();
    await tab.sent();
    await commands.updateTask('me', { task: view.task(folderId, 'Film night'), patch: { importance: 'high' } });
    await tab.sent();
    expect(view.parked()).toEqual([]);
    expect(await stored()).toMatchObject([{ subject: 'Film night', importance: 'high', hasAttachments: true }]);
  });

  it('are removed after the undo time, and undo before that restores them', async ({
    testBed,
    tab,
    commands,
    add,
    stored,
  }) => {
    const task = await add('Film');
    await commands.addAttachment('me', { task, draft: file(10) });
    await tab.sent();
    const [one] = await attached(tab, task.id);
    const about = { task, id: one?.id ?? '', name: 'film.mp4' };
    const changeId = await commands.removeAttachment('me', about);
    expect(await tab.engine.undo(changeId)).toBe(true);
    await commands.removeAttachment('me', about);
    await tab.sent();
    expect(await attached(tab, task.id)).toHaveLength(1);
    testBed.time.advance(8_000);
    await tab.sent();
    expect(await attached(tab, task.id)).toEqual([]);
    expect(await stored()).toMatchObject([{ hasAttachments: false }]);
  });
});

describe('concurrent sending', () => {
  it('independent changes are sent together, dependent ones wait', async ({
    tab,
    view,
    folderId,
    commands,
    add,
    stored,
  }) => {
    const [one, two] = [await add('Milk'), await add('Bread')];
    const release = tab.network.hold(/\$batch/);
    tab.setOnline(false);
    await commands.updateTask('me', { task: one, patch: { subject: 'Oat milk' } });
    await commands.updateTask('me', { task: two, patch: { subject: 'Rye bread' } });
    tab.setOnline(true);
    await leaves(tab, /\$batch/);
    // Of the same task, and the first is in flight: it is sent alone, afterwards.
    await commands.updateTask('me', { task: view.task(folderId, 'Oat milk'), patch: { importance: 'high' } });
    expect(tab.outbox.ops()).toHaveLength(3);
    release();
    await tab.sent();
    expect(writes(tab).filter((line) => /\$batch|PATCH.*tasks/.test(line))).toEqual([
      'POST /api/v2.0/me/$batch',
      expect.stringMatching(/^PATCH .*tasks/),
    ]);
    expect((await stored()).map(({ subject, importance }) => `${subject} ${importance}`).toSorted()).toEqual([
      'Oat milk high',
      'Rye bread normal',
    ]);
    expect(tab.outbox.ops()).toEqual([]);
  });

  it('a tab closed with several requests in flight loses and duplicates nothing', async ({
    openTab,
    tab,
    folderId,
    commands,
  }) => {
    tab.network.loseAnswer(/\$batch/);
    tab.setOnline(false);
    for (const subject of ['a', 'b', 'c', 'd', 'e']) await commands.createTask('me', { folderId, patch: { subject } });
    tab.setOnline(true);
    await tab.sent();
    expect(tab.outbox.ops().filter(({ firstSentAt }) => firstSentAt !== null).length).toBeGreaterThan(1);
    tab.close();
    const again = await openTab(tab.browser);
    await again.sent();
    expect((await again.api.tasks(at(folderId))).map(({ subject }) => subject).toSorted()).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
    ]);
    expect(again.outbox.ops()).toEqual([]);
  });

  it('one Retry-After pauses all requests', async ({ testBed, key, tab, folderId, commands, stored }) => {
    tab.setOnline(false);
    for (const subject of ['a', 'b', 'c', 'd', 'e', 'f'])
      await commands.createTask('me', { folderId, patch: { subject } });
    tab.network.answer(/POST/, () => new Response('{}', { status: 429, headers: { 'Retry-After': '10' } }));
    tab.setOnline(true);
    await expect.poll(() => tab.outbox.state.inFlight.size).toBe(6);
    await leaves(tab, /\$batch/);
    testBed.time.advance(9_999);
    const others = testBed.device(key);
    expect(await (await others).api.tasks(at(folderId))).toEqual([]);
    expect(writes(tab).filter((line) => /tasks$|\$batch/.test(line))).toHaveLength(1);
    testBed.time.advance(1);
    await tab.sent();
    expect(await stored()).toHaveLength(6);
  });
});
