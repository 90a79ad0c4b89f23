import type { NewAttachment } from '../../domain/attachment.ts';
import type { Task, TaskPatch } from '../../domain/task.ts';

/** An attachment in a file; the bytes of a file as base64, null for the other kinds. */
export type ExchangedAttachment = { attachment: NewAttachment; contentBytes: string | null };

/** One task as a file holds it: what a POST can say. */
export type ExchangedTask = { patch: TaskPatch; attachments: readonly ExchangedAttachment[] };

/** Null names are not said by the file: whoever imports chooses. */
export type ExchangedFolder = {
  group: string | null;
  name: string | null;
  isDefault: boolean;
  tasks: readonly ExchangedTask[];
};

/** What could not be taken over, in the file's own words. */
export type ImportProblem = {
  /** Where in the file: a row, a component, a path. */
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

export type Imported = { folders: readonly ExchangedFolder[]; problems: readonly ImportProblem[] };

/** The file is not what its name says, as a whole. `line` counts from 1 where it is known. */
export class ExchangeError extends Error {
  readonly format: 'json' | 'csv' | 'ical';

  constructor(format: ExchangeError['format'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ExchangeError';
    this.format = format;
  }
}

/** What an export is made of. */
export type ExportedFolder = {
  group: string;
  isDefaultGroup: boolean;
  name: string;
  isDefault: boolean;
  tasks: readonly { task: Task; attachments: readonly ExchangedAttachment[] }[];
};
