import { createLazyChunk } from '../../domain/async/lazyChunk.ts';
import type { NewAttachment } from '../../domain/task/attachment.ts';
import { defaultContentType, maxFileSize } from '../../domain/task/attachment.ts';
import { applyUpdate } from '../../domain/changes/completion.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import type { Task, TaskPatch } from '../../domain/task/task.ts';
import { parseDateTime } from '../../domain/time/time.ts';
import type { Instant } from '../../domain/time/time.ts';
import { TaskFileError, quoteValue } from '../../wire/files/fileModel.ts';
import type { PortableAttachment, PortableTask, ImportedFile, ImportProblem } from '../../wire/files/fileModel.ts';

import { decodeFile } from '../../wire/files/textEncoding.ts';
import type { TextEncoding } from '../../wire/files/textEncoding.ts';

export type { ImportProblem } from '../../wire/files/fileModel.ts';
export { textEncodings } from '../../wire/files/textEncoding.ts';
export type { TextEncoding } from '../../wire/files/textEncoding.ts';

export type FileFormat = 'json' | 'csv' | 'ical';

/** A task of a file, with the bytes of its attachments separate, and the days that the rules derive. */
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

/** The content of a file, and problems with it. */
export type ParsedTaskFile = Required<Pick<ImportedFile, 'groups' | 'categories'>> & {
  format: FileFormat;
  folders: readonly ParsedFolder[];
  problems: readonly ImportProblem[];
  /** Uncertain where it was guessed or chosen: then the person sees the text and can choose another. */
  encoding: { name: TextEncoding; isCertain: boolean };
};

export type TaskFileOptions = {
  /** The zone in which the days of the file are meant. */
  zone: string;
  now: Instant;
  /** Whether 3/4/2026 is 3 April, where the file does not show it. */
  dayFirst: boolean;
  /** Of the person, as a language tag: for a guess of the encoding. */
  language: string;
  /** Chosen by the person instead of the guess. */
  encoding?: TextEncoding;
};

/** Why a file is rejected: too large, empty or invalid. */
export type UnreadableFile = { reason: 'size' | 'empty' | TaskFileError['reason'] };
export type TaskFileResult = { ok: true; file: ParsedTaskFile } | ({ ok: false } & UnreadableFile);

/** In bytes. The whole file is in memory while it is read, several times. */
export const maxImportSize = 200 * 1024 * 1024;

/**
 * Reads a file of tasks by its content, whatever its name. Takes seconds for thousands of tasks, so it runs in a worker
 * (taskFileWorkerClient.ts).
 */
export async function readTaskFile(file: Blob, options: TaskFileOptions): Promise<TaskFileResult> {
  if (file.size > maxImportSize) return { ok: false, reason: 'size' };
  const decoded = decodeFile(new Uint8Array(await file.arrayBuffer()), options.language, options.encoding);
  const { text } = decoded;
  if (text.trim() === '') return { ok: false, reason: 'empty' };
  const format = formatOf(text);
  try {
    const imported = await readAs(format, text, options);
    const problems = [...imported.problems];
    const folders = imported.folders.map((folder) => ({
      ...folder,
      tasks: folder.tasks.flatMap((task) => validTaskOf(task, options, problems)),
    }));
    return {
      ok: true,
      file: {
        format,
        folders,
        problems,
        groups: imported.groups ?? [],
        categories: imported.categories ?? [],
        encoding: { name: decoded.encoding, isCertain: decoded.isCertain },
      },
    };
  } catch (error) {
    if (!(error instanceof TaskFileError)) throw error;
    return { ok: false, reason: error.reason };
  }
}

function formatOf(text: string): FileFormat {
  const start = text.slice(0, 1_000).trimStart();
  if (/^[{[]/.test(start)) return 'json';
  return /^BEGIN:VCALENDAR/i.test(start) ? 'ical' : 'csv';
}

// Each reader is large, and a file needs one.
const csvChunk = createLazyChunk(() => import('../../wire/files/csv/csv.ts'));
const icalChunk = createLazyChunk(() => import('../../wire/files/ical/icalReader.ts'));
const jsonChunk = createLazyChunk(() => import('../../wire/files/threefoldJson.ts'));

async function readAs(format: FileFormat, text: string, { zone, dayFirst }: TaskFileOptions): Promise<ImportedFile> {
  if (format === 'json') return (await jsonChunk.get()).readJson(text);
  if (format === 'ical') return (await icalChunk.get()).readIcal(text, { zone });
  return (await csvChunk.get()).readCsv(text, { zone, dayFirst });
}

/** Fields that can be removed where they violate a rule, the least important first. */
const removableFields = ['recurrence', 'completed', 'start', 'reminder', 'due'] as const;
type RemovableField = (typeof removableFields)[number];

/**
 * The task without the values that violate a rule (docs/protocol.md#start-and-due-dates), which are reported; it is
 * still imported.
 */
export function validTaskOf(
  { at, patch, attachments }: PortableTask,
  { zone, now }: Pick<TaskFileOptions, 'zone' | 'now'>,
  problems: ImportProblem[],
): ParsedTask[] {
  const blank = blankTask({ id: '', folderId: '', owner: null, now });
  // Removed first: rules for days outside of the calendar of the store are meaningless.
  const unstorable = (['start', 'due', 'completed', 'reminder'] as const).filter((name) => {
    const time = patch[name];
    return time !== undefined && time !== null && parseDateTime(time.local) === undefined;
  });
  const patchedWithout = (fields: readonly RemovableField[]) => {
    const names = [...new Set([...unstorable, ...fields])];
    const left = without(patch, names);
    return { left, names, tried: applyUpdate(blank, left, { at: now, zone }) };
  };
  const present = removableFields.filter((name) => patch[name] !== undefined && patch[name] !== null);
  // One field alone where that suffices; else as few as possible.
  const attempts: readonly (readonly RemovableField[])[] = [
    [],
    ...present.map((name) => [name]),
    ...present.map((_, count) => present.slice(0, count + 1)),
  ];
  for (const fields of attempts) {
    const { left, names, tried } = patchedWithout(fields);
    if (!tried.ok) continue;
    problems.push(...names.map((name) => ({ at, kind: 'value' as const, name, value: quoteValue(patch[name]) })));
    const { start, due } = tried.done;
    return [
      {
        patch: left,
        start,
        due,
        attachments: attachments.flatMap((attachment) => attachedOf(attachment, at, problems)),
      },
    ];
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
  // The service refuses a larger one.
  if (bytes !== undefined && bytes.length <= maxFileSize) {
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
