import type { NewAttachment } from '../../domain/task/attachment.ts';
import { defaultContentType } from '../../domain/task/attachment.ts';
import { applyUpdate } from '../../domain/changes/completion.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import type { Task, TaskPatch } from '../../domain/task/task.ts';
import type { Instant } from '../../domain/time/time.ts';
import { TaskFileError, quoteValue } from '../../wire/files/fileModel.ts';
import type { PortableAttachment, PortableTask, ImportedFile, ImportProblem } from '../../wire/files/fileModel.ts';

export type { ImportProblem } from '../../wire/files/fileModel.ts';

export type FileFormat = 'json' | 'csv' | 'ical';

/** A task as a file says it, its attachments' bytes apart from it, and the days that the rules make of that. */
export type ParsedTask = Pick<Task, 'start' | 'due'> & {
  patch: TaskPatch;
  attachments: readonly { attachment: NewAttachment; content: Blob | null }[];
};
export type ParsedFolder = {
  group: string | null;
  name: string | null;
  isDefault: boolean;
  tasks: readonly ParsedTask[];
};

/** What is in a file, and what of it a task cannot hold. */
export type ParsedTaskFile = Required<Pick<ImportedFile, 'groups' | 'categories'>> & {
  format: FileFormat;
  folders: readonly ParsedFolder[];
  problems: readonly ImportProblem[];
};

export type TaskFileOptions = {
  /** What the file's days are meant in. */
  zone: string;
  now: Instant;
  /** How 3/4/2026 is meant where the file does not show it. */
  dayFirst: boolean;
};

/** Why a file is not taken: too large to be held, or not what it seems. */
export type UnreadableFile = { reason: 'size' | 'empty' | TaskFileError['reason'] };
export type TaskFileResult = { ok: true; file: ParsedTaskFile } | ({ ok: false } & UnreadableFile);

/** In bytes. All of a file is in memory while it is read, several times. */
export const maxImportSize = 200 * 1024 * 1024;

/**
 * Reads a file of tasks by what is in it, whatever it is called. Takes seconds for thousands of tasks: it runs in a worker
 * (taskFileWorkerClient.ts).
 */
export async function readTaskFile(file: Blob, options: TaskFileOptions): Promise<TaskFileResult> {
  if (file.size > maxImportSize) return { ok: false, reason: 'size' };
  const text = textOf(new Uint8Array(await file.arrayBuffer()));
  if (text.trim() === '') return { ok: false, reason: 'empty' };
  const format = formatOf(text);
  try {
    const imported = await readAs(format, text, options);
    const problems = [...imported.problems];
    const folders = imported.folders.map((folder) => ({
      ...folder,
      tasks: folder.tasks.flatMap((task) => takenOf(task, options, problems)),
    }));
    return {
      ok: true,
      file: { format, folders, problems, groups: imported.groups ?? [], categories: imported.categories ?? [] },
    };
  } catch (error) {
    if (!(error instanceof TaskFileError)) throw error;
    return { ok: false, reason: error.reason };
  }
}

/** UTF-8 as files are written today, UTF-16 as Excel may write it, else the code page of an older Outlook. */
function textOf(bytes: Uint8Array): string {
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  if (marked !== null) return new TextDecoder(marked).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function formatOf(text: string): FileFormat {
  const start = text.slice(0, 1_000).trimStart();
  if (/^[{[]/.test(start)) return 'json';
  return /^BEGIN:VCALENDAR/i.test(start) ? 'ical' : 'csv';
}

/** Each reader is large, and a file needs one. */
async function readAs(format: FileFormat, text: string, { zone, dayFirst }: TaskFileOptions): Promise<ImportedFile> {
  if (format === 'json') return (await import('../../wire/files/threefoldJson.ts')).readJson(text);
  if (format === 'ical') return (await import('../../wire/files/icalReader.ts')).readIcal(text, { zone });
  return (await import('../../wire/files/csv.ts')).readCsv(text, { zone, dayFirst });
}

/** What a task can do without where the rules do not allow it, the least important first. */
const removableFields = ['recurrence', 'completed', 'start', 'reminder', 'due'] as const;
type RemovableField = (typeof removableFields)[number];

/**
 * The task as the rules allow it (docs/protocol.md#start-and-due-dates). A value that breaks a rule is left out and
 * reported; the task is still imported.
 */
function takenOf(
  { at, patch, attachments }: PortableTask,
  { zone, now }: TaskFileOptions,
  problems: ImportProblem[],
): ParsedTask[] {
  const fresh = blankTask({ id: '', folderId: '', owner: null, now });
  const triedWithout = (names: readonly RemovableField[]) => {
    const left = without(patch, names);
    return { left, names, tried: applyUpdate(fresh, left, { at: now, zone }) };
  };
  const there = removableFields.filter((name) => patch[name] !== undefined && patch[name] !== null);
  // One alone, where that is enough; else as few as it takes.
  const attempts: readonly (readonly RemovableField[])[] = [
    [],
    ...there.map((name) => [name]),
    ...there.map((_, count) => there.slice(0, count + 1)),
  ];
  for (const fields of attempts) {
    const { left, names, tried } = triedWithout(fields);
    if (!tried.ok) continue;
    problems.push(...names.map((name) => ({ at, kind: 'value' as const, name, value: quoteValue(patch[name]) })));
    const { start, due } = tried.done;
    return [{ patch: left, start, due, attachments: attachments.flatMap((one) => attachedOf(one, at, problems)) }];
  }
  problems.push({ at, kind: 'task', name: patch.subject ?? '', value: '' });
  return [];
}

function without(patch: TaskPatch, names: readonly RemovableField[]): TaskPatch {
  const left = { ...patch };
  for (const name of names) delete left[name];
  return left;
}

function attachedOf(
  { attachment, contentBytes }: PortableAttachment,
  at: string,
  problems: ImportProblem[],
): ParsedTask['attachments'] {
  if (attachment.kind !== 'file') return [{ attachment, content: null }];
  const bytes = bytesOf(contentBytes ?? '');
  if (bytes !== undefined) {
    return [{ attachment, content: new Blob([bytes], { type: attachment.contentType ?? defaultContentType }) }];
  }
  problems.push({ at, kind: 'value', name: 'ContentBytes', value: quoteValue(attachment.name) });
  return [];
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
