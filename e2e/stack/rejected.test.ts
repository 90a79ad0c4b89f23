import { expect } from 'vitest';
import type { Category } from '../../src/domain/task/category.ts';
import type { Change } from '../../src/domain/changes/change.ts';
import type { Task } from '../../src/domain/task/task.ts';
import { it } from './stackTest.ts';
import { parisDay } from './testSession.ts';
import type { TestSession } from './testSession.ts';
import { keysOf } from '../../src/domain/objectKeys.ts';

/**
 * Every kind of change meets every failure: it waits or is parked, and is never dropped
 * (docs/architecture.md#parked-ops).
 */

const failures: Record<string, () => Response> = {
  offline: () => {
    throw new TypeError('Failed to fetch');
  },
  signIn: () => new Response(null, { status: 401 }),
  missing: () => new Response('{}', { status: 404 }),
  refused: () => new Response('{}', { status: 400 }),
  full: () => new Response('{}', { status: 507 }),
  forbidden: () => new Response('{}', { status: 403 }),
  busy: () => new Response('{}', { status: 429, headers: { 'Retry-After': '60' } }),
  unavailable: () => new Response('{}', { status: 503, headers: { 'Retry-After': '60' } }),
  broken: () => new Response('oops', { status: 500 }),
  unreadable: () => new Response('not JSON', { status: 200, headers: { 'Content-Type': 'application/json' } }),
};

type Scene = Awaited<ReturnType<typeof setScene>>;

/** One item of each kind, all sent. */
async function setScene(session: TestSession) {
  const { commands, tab, view, folderId } = session;
  const recurrence = {
    pattern: { type: 'daily', interval: 1 },
    range: { type: 'noEnd', startDate: '2026-03-18' },
  } as const;
  await commands.createGroup('me', { name: 'House' });
  await commands.createFolder('me', { name: 'Garden' });
  await commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
  await commands.createTask('me', { folderId, patch: { subject: 'Water', due: parisDay('2026-03-18'), recurrence } });
  await tab.sent();
  const [milk, water] = [view.task(folderId, 'Milk'), view.task(folderId, 'Water')];
  const group = view.groups().find(({ name }) => name === 'House');
  if (group === undefined) throw new Error('There is no group');
  return { ...session, milk, water, group, garden: view.folder('Garden') };
}

const file = { kind: 'file', name: 'a.txt', content: new Blob(['a']) } as const;
async function settled(scene: Scene, retryCommand: Promise<string>): Promise<string> {
  const changeId = await retryCommand;
  await scene.tab.sent();
  scene.testBed.time.advance(8_000);
  await scene.tab.sent();
  return changeId;
}
async function attachmentOf({ tab }: Scene, task: Task): Promise<string> {
  const [one] = await (await tab.deps.attachmentClient()).attachments({ mailbox: 'me', id: task.id });
  return one?.id ?? '';
}

/** How each kind of change is made; everything before it has been sent. */
const commandsByKind: Record<Change['kind'], (scene: Scene) => Promise<() => Promise<unknown>>> = {
  createGroup:
    async ({ commands }) =>
    () =>
      commands.createGroup('me', { name: 'Work' }),
  renameGroup:
    async ({ commands, group }) =>
    () =>
      commands.renameGroup('me', { id: group.id, name: 'Home' }),
  deleteGroup:
    async ({ commands, group }) =>
    () =>
      commands.deleteGroup('me', { id: group.id }),
  createFolder:
    async ({ commands }) =>
    () =>
      commands.createFolder('me', { name: 'Yard' }),
  renameFolder:
    async ({ commands, garden }) =>
    () =>
      commands.renameFolder('me', { id: garden, name: 'Park' }),
  moveFolder:
    async ({ commands, garden, group }) =>
    () =>
      commands.moveFolder('me', { id: garden, toGroup: group.groupKey }),
  deleteFolder:
    async ({ commands, garden }) =>
    () =>
      commands.deleteFolder('me', { id: garden }),
  restoreFolder: async (scene) => {
    const { commands, garden } = scene;
    await settled(scene, commands.deleteFolder('me', { id: garden }));
    return () => commands.restoreFolder('me', { id: garden, name: 'Garden' });
  },
  createCategory: async ({ commands }) => {
    return () => commands.createCategory('me', { name: 'Errands', colour: 'preset1' });
  },
  updateCategory: async (scene) => {
    const category = await categoryOf(scene);
    return () => scene.commands.updateCategory('me', { category, patch: { name: 'Chores' } });
  },
  deleteCategory: async (scene) => {
    const category = await categoryOf(scene);
    return () => scene.commands.deleteCategory('me', category);
  },
  createTask:
    async ({ commands, folderId }) =>
    () =>
      commands.createTask('me', { folderId, patch: { subject: 'Bread' } }),
  updateTask:
    async ({ commands, milk }) =>
    () =>
      commands.updateTask('me', { task: milk, patch: { subject: 'Oat milk' } }),
  completeTask:
    async ({ commands, water }) =>
    () =>
      commands.completeTask('me', { task: water }),
  deleteTask:
    async ({ commands, milk }) =>
    () =>
      commands.deleteTask('me', { task: milk }),
  moveTask:
    async ({ commands, milk, garden }) =>
    () =>
      commands.moveTask('me', { task: milk, toFolderId: garden }),
  restoreTask: async (scene) => {
    const { commands, milk } = scene;
    await settled(scene, commands.deleteTask('me', { task: milk }));
    return () => commands.restoreTask('me', { task: milk });
  },
  undoComplete: async (scene) => {
    const { commands, water, tab } = scene;
    const changeId = await settled(scene, commands.completeTask('me', { task: water }));
    return () => tab.engine.undo(changeId);
  },
  addAttachment:
    async ({ commands, milk }) =>
    () =>
      commands.addAttachment('me', { task: milk, draft: file }),
  removeAttachment: async (scene) => {
    const { commands, milk } = scene;
    await settled(scene, commands.addAttachment('me', { task: milk, draft: file }));
    const id = await attachmentOf(scene, milk);
    return () => commands.removeAttachment('me', { task: milk, id, name: 'a.txt' });
  },
};

/** An existing category, with the service's id. */
async function categoryOf(scene: Scene): Promise<Category> {
  const id = await scene.commands.createCategory('me', { name: 'Errands', colour: 'preset1' });
  await scene.tab.sent();
  return { id: scene.tab.outbox.resolve(id), name: 'Errands', colour: 'preset1' };
}

/** A deleted item need not be deleted, and one that is not in the bin may be restored already. */
const isDoneWhenMissing = (kind: string) => /^(delete|remove|restore)/.test(kind);

it.for(keysOf(commandsByKind))('%s is never lost', async (kind, { session }) => {
  const scene = await setScene(session);
  const retryCommand = await commandsByKind[kind](scene);
  const { tab, testBed } = scene;
  let answer = failures['offline'] ?? (() => new Response());
  let times = 0;
  for (let n = 0; n < 1_000; n += 1)
    tab.network.answer(/^(POST|PATCH|DELETE|PUT) /, () => {
      times += 1;
      return answer();
    });
  await retryCommand();
  for (const [name, failure] of Object.entries(failures)) {
    if (name === 'missing' && isDoneWhenMissing(kind)) continue;
    answer = failure;
    times = 0;
    for (const op of tab.outbox.ops()) await tab.outbox.retry(op.id);
    for (let n = 0; n < 6; n += 1) {
      testBed.time.advance(70_000);
      await tab.sent();
    }
    expect(times, `${kind} met ${name}`).toBeGreaterThan(0);
    const left = tab.outbox.ops().map(({ change }) => change.kind);
    expect(left, `${kind} after ${name}`).toEqual([kind]);
  }
});
