import { expect } from 'vitest';
import { conflictOf } from '../../src/sync/commands/conflict.ts';
import type { Conflict } from '../../src/sync/commands/conflict.ts';
import { pendingItemOf } from '../../src/sync/views/pendingItem.ts';
import type { Place, TaskPatch } from '../../src/domain/task/task.ts';
import { it } from './stackTest.ts';
import type { Device } from './testBed.ts';
import { parisDay } from './testSession.ts';
import type { TestSession } from './testSession.ts';

/** Two devices change the same thing (docs/architecture.md#conflicts-are-decided-per-field). */

const at = (id: string): Place => ({ mailbox: 'me', id });

function conflict(tab: Device): Conflict {
  const items = tab.outbox.ops().map((op) => pendingItemOf(op, tab.outbox));
  const found = items.flatMap((item) => conflictOf(item, items, tab.outbox) ?? [])[0];
  if (found === undefined) throw new Error('There is no conflict');
  return found;
}

/** My change waits offline while theirs is sent. */
async function clash(
  tab: Device,
  view: TestSession['view'],
  folderId: string,
  commands: TestSession['commands'],
  add: TestSession['add'],
  theirs: TaskPatch,
  ...mine: readonly TaskPatch[]
) {
  const task = await add('Milk');
  tab.setOnline(false);
  for (const patch of mine) await commands.updateTask('me', { task: view.tasks(folderId)[0] ?? task, patch });
  tab.setOnline(true);
  await tab.api.updateTask(at(task.id), theirs);
  await tab.sent();
  return task;
}
const notes = (content: string) => ({ contentType: 'text', content }) as const;

it('edits of different fields merge without a question, and equal values are no conflict', async ({
  tab,
  view,
  folderId,
  commands,
  add,
  stored,
}) => {
  await clash(
    tab,
    view,
    folderId,
    commands,
    add,
    { subject: 'Oat milk', importance: 'high' },
    { subject: 'Oat milk', body: notes('two') },
  );
  expect(tab.outbox.ops()).toEqual([]);
  expect(await stored()).toMatchObject([{ subject: 'Oat milk', importance: 'high', body: { content: 'two' } }]);
});

it('edits of the same field are a conflict with both versions; keeping mine sends all my edits', async ({
  tab,
  view,
  folderId,
  commands,
  add,
  stored,
}) => {
  await clash(
    tab,
    view,
    folderId,
    commands,
    add,
    { subject: 'Cow milk', body: notes('theirs') },
    { subject: 'Oat milk', body: notes('mine'), due: parisDay('2026-03-20') },
  );
  const { fields, mine, theirs, resolve } = conflict(tab);
  expect(fields.toSorted()).toEqual(['body', 'subject']);
  expect([mine.body?.content, theirs.body?.content]).toEqual(['mine', 'theirs']);
  await resolve(new Set(fields));
  await tab.sent();
  expect(await stored()).toMatchObject([
    { subject: 'Oat milk', body: { content: 'mine' }, due: '2026-03-19T23:00:00.000Z' },
  ]);
  expect(tab.outbox.ops()).toEqual([]);
});

it('accepting theirs keeps the fields that only I changed', async ({ tab, view, folderId, commands, add, stored }) => {
  await clash(tab, view, folderId, commands, add, { subject: 'Cow milk' }, { subject: 'Oat milk', importance: 'high' });
  await conflict(tab).resolve(new Set());
  await tab.sent();
  expect(await stored()).toMatchObject([{ subject: 'Cow milk', importance: 'high' }]);
  expect(tab.outbox.ops()).toEqual([]);
});

it('a mixed choice takes each field from the chosen version, over several changes of mine', async ({
  tab,
  view,
  folderId,
  commands,
  add,
  stored,
}) => {
  await clash(
    tab,
    view,
    folderId,
    commands,
    add,
    { subject: 'Cow milk', due: parisDay('2026-03-25') },
    { subject: 'Oat milk', due: parisDay('2026-03-20') },
    { status: 'inProgress' },
  );
  await commands.updateTask('me', { task: view.task(folderId, 'Oat milk'), patch: { subject: 'Oat milk, two' } });
  expect(conflict(tab).mine.subject).toBe('Oat milk, two');
  await conflict(tab).resolve(new Set(['subject']));
  await tab.sent();
  expect(tab.outbox.ops()).toEqual([]);
  expect(await stored()).toMatchObject([
    { subject: 'Oat milk, two', due: '2026-03-24T23:00:00.000Z', status: 'inProgress' },
  ]);
});

it('a task that changes again before the choice is a new conflict', async ({
  tab,
  view,
  folderId,
  commands,
  add,
  stored,
}) => {
  const task = await clash(tab, view, folderId, commands, add, { subject: 'Cow milk' }, { subject: 'Oat milk' });
  await tab.api.updateTask(at(task.id), { subject: 'Goat milk' });
  await conflict(tab).resolve(new Set(['subject']));
  await tab.sent();
  expect(conflict(tab).theirs.subject).toBe('Goat milk');
  await conflict(tab).resolve(new Set(['subject']));
  await tab.sent();
  expect(await stored()).toMatchObject([{ subject: 'Oat milk' }]);
});

it('a folder name conflict is resolved in the same way', async ({ tab, view, commands }) => {
  await commands.createFolder('me', { name: 'Garden' });
  await tab.sent();
  const id = view.folder('Garden');
  tab.setOnline(false);
  await commands.renameFolder('me', { id, name: 'Yard' });
  tab.setOnline(true);
  await tab.api.renameFolder(at(id), { name: 'Park' });
  await tab.sent();
  expect(conflict(tab)).toMatchObject({ fields: ['name'], mine: { name: 'Yard' }, theirs: { name: 'Park' } });
  await conflict(tab).resolve(new Set(['name']));
  await tab.sent();
  expect((await tab.api.folders('me')).map(({ name }) => name).toSorted()).toEqual(['Tasks', 'Yard']);
  expect(tab.outbox.ops()).toEqual([]);
});
