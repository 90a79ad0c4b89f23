import { expect, test } from 'vitest';
import { limits } from '../../domain/limits.ts';
import type { ParsedTask, ParsedTaskFile } from '../../api/files/taskFileReader.ts';
import { planImport } from './importPlan.ts';
import type { ExistingData } from './importPlan.ts';

const nothing: ExistingData = {
  groups: [],
  folders: [],
  categories: [],
  tasksIn: () => [],
};

function fileOf(tasks: readonly ParsedTask[], names: { folder?: string; category?: string } = {}): ParsedTaskFile {
  return {
    format: 'json',
    groups: [],
    categories: names.category === undefined ? [] : [{ name: names.category, colour: 'preset0' }],
    folders: [{ group: null, name: names.folder ?? 'Home', isDefault: false, tasks }],
    problems: [],
  };
}

let made = 0;
const stamp = { newId: () => `id${(made += 1)}`, at: '2026-03-25T12:00:00.0000000Z', zone: 'UTC' };
const taskWith = (patch: ParsedTask['patch']): ParsedTask => ({ patch, start: null, due: null, attachments: [] });

function planOf(file: ParsedTaskFile) {
  const plan = planImport(file, nothing, { into: { kind: 'keep' }, skipsKnown: true }, stamp);
  const pieces = [...plan.pieces()];
  return {
    plan,
    changes: pieces.flatMap(({ changes }) => changes),
    files: pieces.flatMap((one) => [...one.files.values()]),
  };
}

test('a subject that is too long loses neither the task nor its words, and is reported', () => {
  const subject = 'word '.repeat(100).trim();
  const { plan, changes } = planOf(fileOf([taskWith({ subject }), taskWith({ subject: 'Short' })]));
  expect(plan.shortened).toBe(1);
  const [long, short] = changes.flatMap((change) => (change.kind === 'createTask' ? [change.patch] : []));
  expect(long?.subject?.length).toBeLessThanOrEqual(limits.subject);
  expect(long?.body).toEqual({ contentType: 'text', content: subject });
  expect(short).toEqual({ subject: 'Short' });
});

test('notes that are too long come along whole, as a file', async () => {
  const content = `<p>${'x'.repeat(limits.body)}</p>`;
  const { plan, changes, files } = planOf(fileOf([taskWith({ subject: 'A', body: { contentType: 'html', content } })]));
  expect(plan.shortened).toBe(1);
  const [task] = changes.flatMap((change) => (change.kind === 'createTask' ? [change.patch] : []));
  expect(task?.body).toEqual({ contentType: 'text', content: 'x'.repeat(limits.body) });
  const [draft] = changes.flatMap((change) => (change.kind === 'addAttachment' ? [change.draft] : []));
  expect(draft).toMatchObject({ kind: 'file', name: 'notes.html', contentType: 'text/html' });
  expect(await files[0]?.text()).toBe(content);
});

test('names of folders and categories are cut to what the server takes', () => {
  const { changes } = planOf(
    fileOf([taskWith({ subject: 'A' })], { folder: 'f'.repeat(300), category: 'c'.repeat(300) }),
  );
  const names = changes.flatMap((change) => ('name' in change && 'id' in change ? [change.name] : []));
  expect(names.map(({ length }) => length)).toEqual([limits.categoryName, limits.placeName]);
});
