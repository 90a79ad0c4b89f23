import { describe, expect } from 'vitest';
import { createAttachmentCopies } from '../../../src/data/attachments/attachmentCopies.ts';
import { createImportRunner } from '../../../src/data/importExport/importRunner.ts';
import type { Change } from '../../../src/domain/changes/change.ts';
import type { Task } from '../../../src/domain/task/task.ts';
import { purgeTask } from '../../../src/sync/commands/binCommands.ts';
import { openImportStore } from '../../../src/sync/storage/importStore.ts';
import { it } from '../stackTest.ts';
import type { TestSession } from '../testSession.ts';

/** What is undone, deleted or moved while its files are sent leaves nothing that waits, here or on the service. */

const file = (name: string, content = name) => ({ kind: 'file', name, content: new Blob([content]) }) as const;

async function attachmentsOf({ tab }: TestSession, id: string): Promise<readonly string[]> {
  const all = await (await tab.deps.attachmentClient()).attachments({ mailbox: 'me', id });
  return all.map(({ name }) => name);
}

async function taskWithFiles(session: TestSession, ...names: readonly string[]): Promise<Task> {
  const task = await session.add('Order tiles');
  for (const name of names) await session.commands.addAttachment('me', { task, draft: file(name) });
  await session.tab.sent();
  return session.view.task(session.folderId, 'Order tiles');
}

/** Until only what cannot be sent is left. */
async function sent({ tab, testBed }: TestSession) {
  for (let n = 0; n < 4; n += 1) {
    await tab.sent();
    testBed.time.advance(10_000);
  }
  await tab.sent();
}

describe('a copy that is undone while its attachments are copied', () => {
  it.for(['waits', 'is under way', 'is parked', 'has arrived'] as const)(
    'is gone with them when the first %s',
    async (state, { session }) => {
      const { tab, testBed, folderId, stored } = session;
      const task = await taskWithFiles(session, 'a.txt', 'b.txt');
      const { client, outbox, engine } = tab;
      const copies = createAttachmentCopies({
        mailbox: 'me',
        attaching: tab.deps.attachmentClient,
        client,
        outbox,
        engine,
      });
      const posts = /POST .*attachments/;
      const before = tab.network.requests.filter((line) => posts.test(line)).length;
      const copying = (requests = tab.network.requests) => requests.filter((line) => posts.test(line)).length > before;
      let release = () => {};
      if (state === 'waits') release = tab.network.hold(/POST/);
      if (state === 'is under way') release = tab.network.hold(posts);
      if (state === 'is parked') tab.network.answer(posts, () => new Response('{}', { status: 400 }));
      const releaseDownload = tab.network.hold(/GET .*attachments.*value/);
      const { applied } = await engine.bulk.run([task], () =>
        engine.commands.changes.createTask('me', { folderId, patch: { subject: 'Copy' } }),
      );
      const [made] = applied;
      const to = { id: made?.planned.change.id ?? '', folderId, subject: 'Copy' };
      const all = copies.copy(task, to);
      releaseDownload();
      const releaseSecond = tab.network.hold(/GET .*attachments.*value/);
      await testBed.until(() => outbox.ops().some(({ change }) => change.kind === 'addAttachment') || copying());
      if (state !== 'waits') await testBed.until(copying);
      if (state === 'is parked') await testBed.until(() => outbox.ops().some(({ parked }) => parked !== null));
      if (state === 'has arrived') await tab.sent();
      await copies.takeBack();
      expect(await all).toEqual({ isKnown: true, left: [] });
      await engine.bulk.undo(applied);
      release();
      releaseSecond();
      await sent(session);
      expect(outbox.ops()).toEqual([]);
      expect((await stored()).map(({ subject }) => subject)).toEqual(['Order tiles']);
      expect(await attachmentsOf(session, task.id)).toEqual(['a.txt', 'b.txt']);
    },
  );
});

describe('an import that is undone while its files are sent', () => {
  it.for(['under way', 'parked'] as const)('is gone with those that are %s', async (state, { session }) => {
    const { tab, testBed, folderId, stored } = session;
    const account = tab.deps.session.account.key;
    const { bulk, ports, views } = tab.engine;
    const { clock, outbox } = tab.deps;
    const store = await openImportStore(account);
    const imports = createImportRunner({ account, store, outbox, bulk, views, clock, ports });
    const about = { mailbox: 'me', folderId } as const;
    const attached = (id: string): Change => ({
      kind: 'addAttachment',
      ...about,
      id,
      taskId: 'local-task',
      subject: 'Imported',
      draft: {
        ...file(id),
        contentType: null,
        isInline: false,
        contentId: null,
        contentLocation: null,
        size: 4,
        blobKey: id,
      },
    });
    const task: Change = {
      kind: 'createTask',
      ...about,
      id: 'local-task',
      patch: { subject: 'Imported' },
      at: testBed.time.now(),
      zone: 'UTC',
    };
    const names = ['local-a', 'local-b'];
    const piece = {
      tasks: 1,
      changes: [task, ...names.map(attached)],
      files: new Map(names.map((id) => [id, new Blob(['text'])])),
    };
    const posts = /POST .*attachments/;
    const releases: (() => void)[] = [];
    for (const _ of names) {
      if (state === 'under way') releases.push(tab.network.hold(posts));
      else tab.network.answer(posts, () => new Response('{}', { status: 400 }));
    }
    await imports.start('tasks.json', {
      *pieces() {
        yield piece;
      },
    });
    await imports.resume();
    await testBed.until(() => tab.network.requests.filter((line) => posts.test(line)).length === 2);
    if (state === 'parked') await testBed.until(() => outbox.ops().every(({ parked }) => parked !== null));
    const [shown] = imports.visible.current();
    expect(await imports.undo(shown?.id ?? '')).toBe(0);
    for (const release of releases) release();
    await sent(session);
    expect(outbox.ops()).toEqual([]);
    expect(await stored()).toEqual([]);
    imports.close();
  });
});

describe('a task with an upload under way', () => {
  it('is deleted with it, and restored with it', async ({ session }) => {
    const { tab, commands, stored } = session;
    const task = await session.add('Order tiles');
    const release = tab.network.hold(/POST .*attachments/);
    await commands.addAttachment('me', { task, draft: file('a.txt') });
    await tab.network.whenSent(/POST .*attachments/);
    const changeId = await commands.deleteTask('me', { task });
    release();
    await sent(session);
    expect(tab.outbox.ops()).toEqual([]);
    expect(await stored()).toEqual([]);
    expect(await tab.engine.undo(changeId)).toBe(true);
    await sent(session);
    expect(await attachmentsOf(session, task.id)).toEqual(['a.txt']);
  });

  it('is deleted permanently without it', async ({ session }) => {
    const { tab, commands, stored } = session;
    const task = await session.add('Order tiles');
    const release = tab.network.hold(/POST .*attachments/);
    await commands.addAttachment('me', { task, draft: file('a.txt') });
    await tab.network.whenSent(/POST .*attachments/);
    await purgeTask({ api: tab.api, outbox: tab.outbox, commands }, 'me', task);
    release();
    await sent(session);
    expect(tab.outbox.ops()).toEqual([]);
    expect(await stored()).toEqual([]);
  });

  it('is moved with it, and stands in one folder', async ({ session }) => {
    const { tab, commands, view, folderId } = session;
    await commands.createFolder('me', { name: 'House' });
    const task = await session.add('Order tiles');
    const house = view.folder('House');
    const release = tab.network.hold(/POST .*attachments/);
    await commands.addAttachment('me', { task, draft: file('a.txt') });
    await tab.network.whenSent(/POST .*attachments/);
    // The answer to the upload is read before the move, and arrives after it.
    let isMoved = () => {};
    const moved = new Promise<void>((resolve) => (isMoved = resolve));
    const original = tab.network.requests.length;
    tab.network.late(new RegExp(`GET .*tasks\\('${task.id}'\\)$`), moved);
    release();
    await expect.poll(() => tab.network.requests.slice(original).some((line) => line.includes(task.id))).toBe(true);
    await commands.moveTask('me', { task, toFolderId: house });
    await expect.poll(() => tab.outbox.ops().some(({ change }) => change.kind === 'moveTask')).toBe(false);
    isMoved();
    await sent(session);
    expect(tab.outbox.ops()).toEqual([]);
    expect(view.subjects(folderId)).toEqual([]);
    expect(view.subjects(house)).toEqual(['Order tiles']);
    expect(await attachmentsOf(session, task.id)).toEqual(['a.txt']);
  });
});
