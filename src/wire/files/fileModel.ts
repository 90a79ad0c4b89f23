import type { NewAttachment } from '../../domain/task/attachment.ts';
import type { Category } from '../../domain/task/category.ts';
import type { Task, TaskPatch } from '../../domain/task/task.ts';

/** An attachment in a file: `contentBytes` is the base64 of a file, null for other kinds. */
export type PortableAttachment = { attachment: NewAttachment; contentBytes: string | null };

/** One task of a file, as the patch that creates it; `at` is its position in the file. */
export type PortableTask = { at: string; patch: TaskPatch; attachments: readonly PortableAttachment[] };

/** A null name is not given by the file: the user chooses on import. */
export type PortableFolder = {
  group: string | null;
  name: string | null;
  isDefault: boolean;
  tasks: readonly PortableTask[];
};

/** A value that could not be imported, as the file spells it. */
export type ImportProblem = {
  /** The position in the file: a line number, or a path in JSON. */
  at: string;
  kind:
    /** The task was not imported. */
    | 'task'
    /** The task was imported without this value. */
    | 'value'
    /** The task was imported, but this value means something slightly different there. */
    | 'changed'
    /** A column or property that tasks do not have. */
    | 'unknown';
  name: string;
  value: string;
};

export type PortableGroup = { name: string; isDefault: boolean };

export type ImportedFile = {
  folders: readonly PortableFolder[];
  problems: readonly ImportProblem[];
  /** All groups of the file, including those without folders; only in JSON. */
  groups?: readonly PortableGroup[];
  /** Colours belong to the account's categories; only in JSON. */
  categories?: readonly Omit<Category, 'id'>[];
};

/** The file as a whole cannot be imported: another format, truncated, of a later version, or without tasks. */
export class TaskFileError extends Error {
  readonly reason: 'json' | 'newer' | 'csv' | 'ical' | 'noTasks';

  constructor(reason: TaskFileError['reason'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ExchangeError';
    this.reason = reason;
  }
}

/** A folder in an export, without its tasks. */
export type ExportedFolderHead = { group: string; isDefaultGroup: boolean; name: string; isDefault: boolean };
export type ExportedTask = { task: Task; attachments: readonly PortableAttachment[] };

/** A folder of an export with its tasks. */
export type ExportedFolder = ExportedFolderHead & { tasks: readonly ExportedTask[] };

/**
 * Writes a file in pieces, so that it is never in memory as a whole: `head`, each folder with its tasks, then `end`.
 * The folders of one group must follow each other.
 */
export type TaskFileWriter = {
  head: () => string;
  /** Begins a group, before its folders; a group may have none. */
  group: (group: PortableGroup) => string;
  folder: (folder: ExportedFolderHead) => string;
  /** Adds a task to the last folder. */
  task: (task: ExportedTask) => string;
  end: () => string;
};

/** Writes a whole file at once, for small exports. */
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

/** A value of the file as text, short enough for a report. A value nested too deeply for JSON becomes its type. */
export function quoteValue(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, 200);
  try {
    return (JSON.stringify(value) ?? '').slice(0, 200);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return Array.isArray(value) ? '[…]' : '{…}';
  }
}
