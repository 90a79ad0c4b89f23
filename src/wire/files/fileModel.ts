import type { NewAttachment } from '../../domain/task/attachment.ts';
import type { Category } from '../../domain/task/category.ts';
import type { Task, TaskPatch } from '../../domain/task/task.ts';

/** An attachment in a file; the bytes of a file as base64, null for the other kinds. */
export type PortableAttachment = { attachment: NewAttachment; contentBytes: string | null };

/** One task as a file holds it: what a POST can say, and where in the file it stands. */
export type PortableTask = { at: string; patch: TaskPatch; attachments: readonly PortableAttachment[] };

/** Null names are not said by the file: whoever imports chooses. */
export type PortableFolder = {
  group: string | null;
  name: string | null;
  isDefault: boolean;
  tasks: readonly PortableTask[];
};

/** What could not be taken over, in the file's own words. */
export type ImportProblem = {
  /** Where in the file: the number of a line, or a path in JSON. */
  at: string;
  kind:
    /** The task is not imported. */
    | 'task'
    /** The task is imported without this. */
    | 'value'
    /** A column or property that no task has. */
    | 'unknown';
  name: string;
  value: string;
};

export type PortableGroup = { name: string; isDefault: boolean };

export type ImportedFile = {
  folders: readonly PortableFolder[];
  problems: readonly ImportProblem[];
  /** Every group of the file, those without folders too; only JSON says them. */
  groups?: readonly PortableGroup[];
  /** Colours are the account's, not the tasks'; only JSON says them. */
  categories?: readonly Omit<Category, 'id'>[];
};

/** A file as a whole is not what it seems: not such a file, cut off, of a later version, or without any task. */
export class TaskFileError extends Error {
  readonly reason: 'json' | 'newer' | 'csv' | 'ical' | 'noTasks';

  constructor(reason: TaskFileError['reason'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ExchangeError';
    this.reason = reason;
  }
}

/** A place in an export. */
export type ExportedFolderHead = { group: string; isDefaultGroup: boolean; name: string; isDefault: boolean };
export type ExportedTask = { task: Task; attachments: readonly PortableAttachment[] };

/** What an export is made of. */
export type ExportedFolder = ExportedFolderHead & { tasks: readonly ExportedTask[] };

/**
 * Writes a file a piece at a time, so that it never has to be in memory as a whole: `head`, then each folder with its tasks,
 * folders of one group next to each other, then `end`.
 */
export type TaskFileWriter = {
  head: () => string;
  /** A group, before its folders; one without folders has nothing after it. */
  group: (group: PortableGroup) => string;
  folder: (folder: ExportedFolderHead) => string;
  /** A task of the last folder. */
  task: (task: ExportedTask) => string;
  end: () => string;
};

/** Everything at once, where it is little. */
export function writeWholeFile(writer: TaskFileWriter, folders: readonly ExportedFolder[]): string {
  const head = [writer.head()];
  const parts = [...new Set(folders.map(({ group }) => group))].flatMap((name) => {
    const inside = folders.filter(({ group }) => group === name);
    return [
      writer.group({ name, isDefault: inside.some(({ isDefaultGroup }) => isDefaultGroup) }),
      ...inside.flatMap((folder) => [writer.folder(folder), ...folder.tasks.map(writer.task)]),
    ];
  });
  return [...head, ...parts, writer.end()].join('');
}

/** A value of the file in its own words, short enough for a report. Nested deeper than can be written down, it is a shape. */
export function quoteValue(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, 200);
  try {
    return (JSON.stringify(value) ?? '').slice(0, 200);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return Array.isArray(value) ? '[…]' : '{…}';
  }
}
