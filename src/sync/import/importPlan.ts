import { categoryKey } from '../../domain/task/category.ts';
import type { Category } from '../../domain/task/category.ts';
import { cutText, limits } from '../../domain/limits.ts';
import { plainTextOf } from '../../domain/notes/htmlTokens.ts';
import { cutFileName } from '../../domain/task/fileName.ts';
import { cutSubject, fitTask, isTooLong } from '../../domain/task/fitTask.ts';
import { localIdPrefix } from '../../domain/changes/change.ts';
import type { Change } from '../../domain/changes/change.ts';
import { defaultGroupKey } from '../../domain/task/task.ts';
import type { Task, TaskFolder, TaskGroup } from '../../domain/task/task.ts';
import type { Instant } from '../../domain/time/time.ts';
import type { ParsedTaskFile, ParsedFolder, ParsedTask } from '../../api/files/taskFileReader.ts';

/** What is there already. */
export type ExistingData = {
  groups: readonly TaskGroup[];
  folders: readonly TaskFolder[];
  categories: readonly Category[];
  /** As far as they are on this device. */
  tasksIn: (folderId: string) => Iterable<Task>;
};

export type ImportChoice = {
  /** The file's own folders, made where they are missing; or the id of one for everything. */
  into: { kind: 'keep' } | { kind: 'folder'; id: string };
  /** Tasks with the same subject and dates as one that is there are left out. */
  skipsKnown: boolean;
};

/** Where the tasks of one of the file's folders go. */
export type PlannedFolder = {
  name: string;
  /** The group it is made in; null for a folder that is there. */
  newIn: string | null;
  tasks: number;
  known: number;
};

export type ImportPlan = {
  folders: readonly PlannedFolder[];
  newGroups: readonly string[];
  newCategories: number;
  /** How many are made. */
  tasks: number;
  attachments: number;
  /** Bytes of the files among them. */
  size: number;
  /** Tasks whose words do not fit their place: they stand whole in the notes, or in a file of their own. */
  shortened: number;
  /** Tasks of the file that are there already. */
  known: number;
  /** Tasks that are made although another folder has them. */
  elsewhere: number;
  /** The changes that make it so, a piece at a time: containers before what is in them. */
  pieces: () => Generator<ImportPiece>;
};

export type ImportPiece = { tasks: number; changes: readonly Change[]; files: ReadonlyMap<string, Blob> };

type Stamp = { newId: () => string; at: Instant; zone: string };

/** So few that saving and showing them is not felt. */
const pieceSize = 50;

/** What taking a file in would do. Nothing happens yet. */
export function planImport(
  file: ParsedTaskFile,
  existing: ExistingData,
  choice: ImportChoice,
  stamp: Stamp,
): ImportPlan {
  const places = placesFor(file, existing, choice, stamp);
  const folders = places.targets.map(({ folder, id, name, newIn }) => {
    const isKnown = knownTasks(existing.tasksIn(id));
    const [newTasks, known] = [[] as ParsedTask[], [] as ParsedTask[]];
    for (const task of folder.tasks) (isKnown(task) ? known : newTasks).push(task);
    return { id, name, newIn, newTasks: choice.skipsKnown ? newTasks : folder.tasks, known: known.length };
  });
  const isElsewhere = knownTasks(
    existing.folders.flatMap(({ id }) => (folders.some((one) => one.id === id) ? [] : [...existing.tasksIn(id)])),
  );
  const have = new Set(existing.categories.map(({ name }) => categoryKey(name)));
  const categories = file.categories.filter(({ name }) => !have.has(categoryKey(name)));
  const all = folders.flatMap(({ newTasks }) => newTasks);
  const contents = all.flatMap(({ attachments }) => attachments);

  function* pieces(): Generator<ImportPiece> {
    const makers: Change[] = categories.map(({ name, colour }) => ({
      kind: 'createCategory',
      mailbox: 'me',
      id: localIdPrefix + stamp.newId(),
      name: cutText(name, limits.categoryName),
      colour,
    }));
    makers.push(...places.changes);
    if (makers.length > 0) yield { tasks: 0, changes: makers, files: new Map() };
    for (const { id, newTasks } of folders) {
      for (let at = 0; at < newTasks.length; at += pieceSize)
        yield pieceOf(newTasks.slice(at, at + pieceSize), id, stamp);
    }
  }

  return {
    folders: folders.map(({ name, newIn, newTasks, known }) => ({ name, newIn, tasks: newTasks.length, known })),
    newGroups: places.changes.flatMap((change) => (change.kind === 'createGroup' ? [change.name] : [])),
    newCategories: categories.length,
    tasks: all.length,
    attachments: contents.length,
    size: contents.reduce((sum, { content }) => sum + (content?.size ?? 0), 0),
    shortened: all.filter(({ patch }) => isTooLong(patch) || isLongBody(patch)).length,
    known: folders.reduce((sum, { known }) => sum + known, 0),
    elsewhere: all.filter(isElsewhere).length,
    pieces,
  };
}

function pieceOf(tasks: readonly ParsedTask[], folderId: string, { newId, at, zone }: Stamp): ImportPiece {
  const files = new Map<string, Blob>();
  const changes = tasks.flatMap((task): Change[] => {
    const { patch, attachments } = fittingTask(task);
    const id = localIdPrefix + newId();
    const subject = patch.subject ?? '';
    const attached = attachments.map(({ attachment, content }): Change => {
      const about = { mailbox: 'me', id: localIdPrefix + newId(), taskId: id, folderId, subject } as const;
      if (attachment.kind !== 'file') return { kind: 'addAttachment', ...about, draft: attachment };
      const blobKey = newId();
      const bytes = content ?? new Blob([]);
      files.set(blobKey, bytes);
      return { kind: 'addAttachment', ...about, draft: { ...attachment, size: bytes.size, blobKey } };
    });
    return [{ kind: 'createTask', mailbox: 'me', id, folderId, patch, at, zone }, ...attached];
  });
  return { tasks: tasks.length, changes, files };
}

function isLongBody({ body }: Pick<ParsedTask['patch'], 'body'>): boolean {
  return body !== undefined && body.content.length > limits.body;
}

/** Notes that are longer than notes may be come along as a file, whole. */
function fittingTask({ patch, attachments }: ParsedTask): Pick<ParsedTask, 'patch' | 'attachments'> {
  const fitted = fitTask(patch);
  const named = attachments.map((one) => ({
    ...one,
    attachment: { ...one.attachment, name: cutFileName(one.attachment.name) },
  }));
  const { body } = fitted;
  if (body === undefined || body.content.length <= limits.body) return { patch: fitted, attachments: named };
  const isHtml = body.contentType === 'html';
  const [name, contentType] = isHtml ? ['notes.html', 'text/html'] : ['notes.txt', 'text/plain'];
  const whole: ParsedTask['attachments'][number] = {
    attachment: { kind: 'file', name, contentType, isInline: false, contentId: null, contentLocation: null },
    content: new Blob([body.content], { type: contentType }),
  };
  // HTML that is cut anywhere is no longer the same HTML: its words are.
  const text = cutText(isHtml ? plainTextOf(body.content) : body.content, limits.body);
  return { patch: { ...fitted, body: { contentType: 'text', content: text } }, attachments: [...named, whole] };
}

// ---- Places ----------------------------------------------------------------------------------------------------------

type Target = { folder: ParsedFolder; id: string; name: string; newIn: string | null };
type Places = { targets: readonly Target[]; changes: readonly Change[] };

/**
 * Folders match by name, which is unique in a mailbox (docs/protocol.md#folders-and-groups); groups match by name too.
 */
function placesFor(file: ParsedTaskFile, existing: ExistingData, choice: ImportChoice, { newId }: Stamp): Places {
  const home = existing.folders.find(({ isDefault }) => isDefault);
  const changes: Change[] = [];
  const folderNames = new Map(
    existing.folders.map(({ id, name }) => [keyOf(name), { id, name, newIn: null as string | null }]),
  );
  const groups = new Map(existing.groups.map((group) => [keyOf(group.name), group]));
  const atHome = existing.groups.find(({ isDefault }) => isDefault);

  function groupFor(groupName: string | null): Pick<TaskGroup, 'id' | 'groupKey' | 'name' | 'isDefault'> {
    const name = groupName === null ? null : cutText(groupName, limits.placeName);
    const main = { id: '', groupKey: defaultGroupKey, name: atHome?.name ?? '', isDefault: true };
    const isMain = name === null || file.groups.some((group) => group.isDefault && group.name === groupName);
    if (isMain) return atHome ?? main;
    const known = groups.get(keyOf(name));
    if (known !== undefined) return known;
    const made = {
      id: localIdPrefix + newId(),
      groupKey: localIdPrefix + newId(),
      name,
      isDefault: false,
      changeKey: '',
    };
    groups.set(keyOf(name), made);
    changes.push({ kind: 'createGroup', mailbox: 'me', id: made.id, groupKey: made.groupKey, name });
    return made;
  }
  function folderFor({ group, name, isDefault }: ParsedFolder) {
    if (home !== undefined && (isDefault || name === null)) return { id: home.id, name: home.name, newIn: null };
    const requestedName = cutText(name ?? '', limits.placeName);
    const known = folderNames.get(keyOf(requestedName));
    if (known !== undefined) return known;
    const parent = groupFor(group);
    const made = { id: localIdPrefix + newId(), name: requestedName, newIn: parent.name };
    folderNames.set(keyOf(requestedName), made);
    const groupId = parent.isDefault ? null : parent.id;
    changes.push({
      kind: 'createFolder',
      mailbox: 'me',
      id: made.id,
      groupId,
      groupKey: parent.groupKey,
      name: requestedName,
    });
    return made;
  }

  const { into } = choice;
  if (into.kind === 'folder') {
    const chosen = existing.folders.find(({ id }) => id === into.id);
    const name = chosen?.name ?? '';
    const tasks = file.folders.flatMap((folder) => folder.tasks);
    return {
      targets: [{ folder: { group: null, name, isDefault: false, tasks }, id: into.id, name, newIn: null }],
      changes,
    };
  }
  for (const { name, isDefault } of file.groups) if (!isDefault) groupFor(name);
  return { targets: file.folders.map((folder) => ({ folder, ...folderFor(folder) })), changes };
}

const keyOf = (name: string) => name.trim().toLocaleLowerCase('en');

// ---- Tasks that are there --------------------------------------------------------------------------------------------

/** Each task that is there stands for one of the file: two alike in the file and one here is one more to make. */
function knownTasks(tasks: Iterable<Task>): (task: ParsedTask) => boolean {
  const left = new Map<string, number>();
  const sign = (subject: string, { start, due }: Pick<Task, 'start' | 'due'>) => JSON.stringify([subject, start, due]);
  for (const task of tasks) {
    const key = sign(cutSubject(task.subject), task);
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  return (task) => {
    const key = sign(cutSubject(task.patch.subject ?? ''), task);
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count > 0;
  };
}
