import { isCategoryColour } from '../../domain/task/category.ts';
import type { Category } from '../../domain/task/category.ts';
import type { TaskPatch } from '../../domain/task/task.ts';
import { patchFromTask } from '../../domain/changes/patchFromTask.ts';
import type { Instant } from '../../domain/time/time.ts';
import { attachmentCodec } from '../outlook/attachmentCodec.ts';
import type { Json, JsonObject } from '../dialect.ts';
import { outlookRest } from '../outlook/outlookDialects.ts';
import { isObject, WireError } from '../jsonReader.ts';
import { TaskFileError, quoteValue, writeWholeFile } from './fileModel.ts';
import type { PortableAttachment, PortableFolder, PortableTask, TaskFileWriter, ExportedFolder } from './fileModel.ts';
import type { ExportedTask, ImportedFile, ImportProblem } from './fileModel.ts';

const format = 'threefold.tasks';
const version = 1;

const attachments = attachmentCodec(outlookRest.spelling);

type ExportHeader = { at: Instant; zone: string; categories?: readonly Pick<Category, 'name' | 'colour'>[] };

/**
 * Writes everything in the API's spelling: groups with folders with tasks as a POST would send them, attachments
 * inline. Read back, it gives equal tasks except for ids, keys and timestamps, which it contains for people and
 * scripts.
 */
export function jsonWriter({ at, zone, categories = [] }: ExportHeader): TaskFileWriter {
  let inGroups = 0;
  let inFolders = 0;
  let inTasks = 0;
  const endFolder = () => (inFolders === 0 ? '' : inTasks === 0 ? ']}' : '\n]}');
  const endGroup = () => (inGroups === 0 ? '' : `${endFolder()}]}`);
  const named = (name: string, flag: JsonObject, list: string) =>
    `${JSON.stringify({ Name: name, ...flag }).slice(0, -1)},${JSON.stringify(list)}:[`;
  return {
    head() {
      const Categories = categories.map(({ name, colour }) => ({ DisplayName: name, Color: colour }));
      const head = { Format: format, Version: version, ExportedDateTime: at, TimeZone: zone, Categories };
      return `${JSON.stringify(head).slice(0, -1)},"TaskGroups":[`;
    },
    group({ name, isDefault }) {
      const before = inGroups === 0 ? '\n' : `${endGroup()},\n`;
      inGroups += 1;
      inFolders = 0;
      return before + named(name, { IsDefaultGroup: isDefault }, 'TaskFolders');
    },
    folder({ name, isDefault }) {
      const before = inFolders === 0 ? '\n' : `${endFolder()},\n`;
      inFolders += 1;
      inTasks = 0;
      return before + named(name, { IsDefaultFolder: isDefault }, 'Tasks');
    },
    task(exported) {
      inTasks += 1;
      return `${inTasks === 1 ? '' : ','}\n${JSON.stringify(taskJson(exported, zone))}`;
    },
    end: () => `${endGroup()}]}\n`,
  };
}

export function writeJson(folders: readonly ExportedFolder[], made: ExportHeader): string {
  return writeWholeFile(jsonWriter(made), folders);
}

function taskJson({ task, attachments: attached }: ExportedTask, zone: string): JsonObject {
  return {
    Id: task.id,
    CreatedDateTime: task.createdAt,
    LastModifiedDateTime: task.modifiedAt,
    ...outlookRest.task.encodePatch(patchFromTask(task, zone)),
    ...(attached.length > 0 && {
      Attachments: attached.map(({ attachment, contentBytes }): Json =>
        attachments.encodeNew(attachment, contentBytes ?? undefined),
      ),
    }),
  };
}

/**
 * Reads an export of this app; single unreadable tasks are reported.
 * @throws TaskFileError for any other file.
 */
export function readJson(text: string): ImportedFile {
  const file = parsed(text);
  if (!isObject(file) || file['Format'] !== format) {
    throw new TaskFileError('json', 'This JSON file is not an export of Threefold.');
  }
  if (typeof file['Version'] !== 'number' || file['Version'] > version) {
    throw new TaskFileError('newer', 'This file was written by a newer version of Threefold. Update first.');
  }
  const problems: ImportProblem[] = [];
  const fileGroups = listIn(file, 'TaskGroups', '', problems);
  const groups = fileGroups.flatMap((group) => {
    const name = nameIn(group);
    return name === null ? [] : [{ name, isDefault: isTrue(group, 'IsDefaultGroup') }];
  });
  const categories = listIn(file, 'Categories', '', problems).flatMap((category) => {
    const [name, colour] = isObject(category) ? [category['DisplayName'], category['Color']] : [];
    if (typeof name === 'string' && name.trim() !== '' && isCategoryColour(colour)) return [{ name, colour }];
    problems.push({ at: 'Categories', kind: 'value', name: 'Categories', value: quoteValue(category) });
    return [];
  });
  const folders = fileGroups.flatMap((group, g) =>
    listIn(group, 'TaskFolders', `TaskGroups[${g}]`, problems).map((folder, f): PortableFolder => {
      const at = `TaskGroups[${g}].TaskFolders[${f}]`;
      const tasks = listIn(folder, 'Tasks', at, problems).flatMap((task, t) =>
        taskIn(task, `${at}.Tasks[${t}]`, problems),
      );
      return { group: nameIn(group), name: nameIn(folder), isDefault: isTrue(folder, 'IsDefaultFolder'), tasks };
    }),
  );
  return { folders, problems, groups, categories };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TaskFileError('json', 'This file is not JSON, or it is cut off.', cause);
  }
}

function taskIn(json: unknown, at: string, problems: ImportProblem[]): PortableTask[] {
  if (!isObject(json)) return refuse(problems, at, '', 'not an object');
  const { Attachments, ...rest } = json;
  const patch = patchIn(rest, at, problems);
  return patch === undefined ? [] : [{ at, patch, attachments: attachmentsIn(Attachments, at, problems) }];
}

/** Unreadable members are skipped and reported; undefined without any readable member. */
function patchIn(json: Record<string, unknown>, at: string, problems: ImportProblem[]): TaskPatch | undefined {
  const patch: TaskPatch = {};
  for (const [name, value] of Object.entries(json)) {
    try {
      Object.assign(patch, outlookRest.task.decodePatch({ [name]: value }));
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      problems.push({ at, kind: 'value', name, value: quoteValue(value) });
    }
  }
  if (Object.keys(patch).length > 0) return patch;
  refuse(problems, at, '', quoteValue(json));
  return undefined;
}

function attachmentsIn(json: unknown, at: string, problems: ImportProblem[]): PortableAttachment[] {
  if (json === undefined || json === null) return [];
  return (Array.isArray(json) ? json : [json]).flatMap((member: unknown, index): PortableAttachment[] => {
    try {
      const attachment = attachments.decodeNew(member);
      const bytes = isObject(member) ? member['ContentBytes'] : undefined;
      return [{ attachment, contentBytes: attachment.kind === 'file' && typeof bytes === 'string' ? bytes : null }];
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      problems.push({ at, kind: 'value', name: `Attachments[${index}]`, value: error.message });
      return [];
    }
  });
}

function refuse(problems: ImportProblem[], at: string, name: string, value: string): never[] {
  problems.push({ at, kind: 'task', name, value });
  return [];
}

/** A member that should be a list and is none is reported; a missing one is empty. */
function listIn(json: unknown, name: string, at: string, problems: ImportProblem[]): readonly unknown[] {
  const list = isObject(json) ? json[name] : undefined;
  if (Array.isArray(list)) return list;
  if (list !== undefined && list !== null) problems.push({ at, kind: 'value', name, value: quoteValue(list) });
  return [];
}

function nameIn(json: unknown): string | null {
  const name = isObject(json) ? json['Name'] : null;
  return typeof name === 'string' && name.trim() !== '' ? name : null;
}

const isTrue = (json: unknown, name: string) => isObject(json) && json[name] === true;
