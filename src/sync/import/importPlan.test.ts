import { expect, test } from 'vitest';
import type { Change } from '../../domain/changes/change.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import { limits } from '../../domain/limits.ts';
import type { Task } from '../../domain/task/task.ts';
import type { ParsedTask, ParsedTaskFile } from '../../api/files/taskFileReader.ts';
import { planImport } from './importPlan.ts';
import type { ExistingData, ImportChoice } from './importPlan.ts';

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
    encoding: { name: 'utf-8', isCertain: true },
  };
}

let made = 0;
const stamp = { newId: () => `id${(made += 1)}`, at: '2026-03-25T12:00:00.0000000Z', zone: 'UTC' };
const taskWith = (patch: ParsedTask['patch']): ParsedTask => ({ patch, start: null, due: null, attachments: [] });

function planOf(file: ParsedTaskFile, existing = nothing, choice: Partial<ImportChoice> = {}) {
  const plan = planImport(file, existing, { into: { kind: 'keep' }, skipsKnown: true, ...choice }, stamp);
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

// ---- Tasks that are there --------------------------------------------------------------------------------------------

const due = '2026-03-25T00:00:00.000Z';
const stored = (members: Partial<Task>): Task => ({
  ...blankTask({ id: 't', folderId: 'f', owner: null, now: stamp.at }),
  ...members,
});
const named = (subject: string, dates: Partial<Pick<ParsedTask, 'start' | 'due'>> = {}): ParsedTask => ({
  ...taskWith({ subject }),
  ...dates,
});
const place = (id: string, name: string, isDefault = false) => ({ id, name, isDefault, changeKey: '', groupKey: 'k' });
/** A mailbox with the folder "Home", another one, and these tasks in them. */
const mailboxWith = (home: readonly Task[], elsewhere: readonly Task[] = []): ExistingData => ({
  ...nothing,
  folders: [place('f', 'Home'), place('g', 'Garden')],
  tasksIn: (id) => (id === 'f' ? home : elsewhere),
});
const createdTasks = (changes: readonly Change[]) =>
  changes.flatMap((change) => (change.kind === 'createTask' ? [`${change.folderId} ${change.patch.subject}`] : []));

test('of two alike in the file and one here, one is made', () => {
  const { plan, changes } = planOf(fileOf([named('Milk'), named('Milk')]), mailboxWith([stored({ subject: 'Milk' })]));
  expect(plan).toMatchObject({ tasks: 1, known: 1, folders: [{ name: 'Home', newIn: null, tasks: 1, known: 1 }] });
  expect(createdTasks(changes)).toEqual(['f Milk']);
});

test('of one in the file and two alike here, none is made', () => {
  const two = [stored({ subject: 'Milk' }), stored({ id: 'u', subject: 'Milk' })];
  expect(planOf(fileOf([named('Milk')]), mailboxWith(two)).plan).toMatchObject({ tasks: 0, known: 1 });
});

test('a task is known by its subject, start and due date together', () => {
  const here = [stored({ subject: 'Milk', start: due, due })];
  const known = (task: ParsedTask) => planOf(fileOf([task]), mailboxWith(here)).plan.known;
  expect(known(named('Milk', { start: due, due }))).toBe(1);
  expect(known(named('Milk', { due }))).toBe(0);
  expect(known(named('Milk', { start: due }))).toBe(0);
  expect(known(named('milk', { start: due, due }))).toBe(0);
});

test('a subject that is cut on its way in is known afterwards', () => {
  const subject = 'word '.repeat(100).trim();
  const [first] = planOf(fileOf([named(subject)])).changes.flatMap((change) =>
    change.kind === 'createTask' ? [change.patch.subject ?? ''] : [],
  );
  const again = planOf(fileOf([named(subject)]), mailboxWith([stored({ subject: first ?? '' })]));
  expect(again.plan).toMatchObject({ tasks: 0, known: 1 });
});

test('known tasks are made where the person asks for all, and counted all the same', () => {
  const here = mailboxWith([stored({ subject: 'Milk' })]);
  const { plan, changes } = planOf(fileOf([named('Milk')]), here, { skipsKnown: false });
  expect(plan).toMatchObject({ tasks: 1, known: 1 });
  expect(createdTasks(changes)).toEqual(['f Milk']);
});

test('tasks of another folder are made, and said to be elsewhere', () => {
  const { plan } = planOf(fileOf([named('Milk'), named('Bread')]), mailboxWith([], [stored({ subject: 'Milk' })]));
  expect(plan).toMatchObject({ tasks: 2, known: 0, elsewhere: 1 });
});

test('folders are found by name in any case; one folder can take everything', () => {
  const file = { ...fileOf([named('Milk')], { folder: ' GARDEN ' }), categories: [] };
  expect(createdTasks(planOf(file, mailboxWith([])).changes)).toEqual(['g Milk']);
  const into = { into: { kind: 'folder', id: 'f' } } as const;
  expect(planOf(file, mailboxWith([]), into).plan.folders).toEqual([{ name: 'Home', newIn: null, tasks: 1, known: 0 }]);
});

test('a folder of the file that is missing is made once, with its group, before what is in it', () => {
  const folder = (name: string, subject: string) => ({
    group: 'Work',
    name,
    isDefault: false,
    tasks: [named(subject)],
  });
  const file: ParsedTaskFile = {
    ...fileOf([]),
    groups: [{ name: 'Work', isDefault: false }],
    folders: [folder('Office', 'A'), folder('office', 'B')],
  };
  const { plan, changes } = planOf(file, mailboxWith([]));
  expect(changes.map(({ kind }) => kind)).toEqual(['createGroup', 'createFolder', 'createTask', 'createTask']);
  expect(plan).toMatchObject({ newGroups: ['Work'], folders: [{ newIn: 'Work' }, { newIn: 'Work' }] });
  const [group, made] = changes;
  expect(made).toMatchObject({ groupId: group?.id });
});

test('categories that are there in another case are not made again', () => {
  const existing: ExistingData = { ...nothing, categories: [{ id: 'c', name: 'HOUSE', colour: 'preset0' }] };
  const file = (name: string) => fileOf([named('Milk')], { category: name });
  expect(planOf(file('house'), existing).plan.newCategories).toBe(0);
  expect(planOf(file('garden'), existing).plan.newCategories).toBe(1);
});

test('pieces have fifty tasks, and every task is in one', () => {
  const tasks = Array.from({ length: 101 }, (_, n) => named(`Task ${n}`));
  const plan = planImport(fileOf(tasks), mailboxWith([]), { into: { kind: 'keep' }, skipsKnown: true }, stamp);
  const pieces = [...plan.pieces()];
  expect(pieces.map((piece) => piece.tasks)).toEqual([50, 50, 1]);
  expect(createdTasks(pieces.flatMap(({ changes }) => changes))).toEqual(
    tasks.map(({ patch }) => `f ${patch.subject}`),
  );
});
