import type { TaskPatch } from '../../domain/task/task.ts';
import { createLazyChunk } from '../../domain/async/lazyChunk.ts';
import { TaskFileError } from '../../wire/files/fileModel.ts';
import { decodeFile } from '../../wire/files/textEncoding.ts';
import { validTaskOf } from './taskFileReader.ts';
import type { ParsedTask, TaskFileOptions } from './taskFileReader.ts';

const icalChunk = createLazyChunk(() => import('../../wire/files/ical/icalReader.ts'));
const eventChunk = createLazyChunk(() => import('../../wire/files/ical/eventTasks.ts'));

/** `isWhole`: the tasks hold everything that the file says about them. */
export type CalendarTasks = { tasks: readonly Pick<ParsedTask, 'patch' | 'attachments'>[]; isWhole: boolean };

/**
 * The tasks of a calendar that was shared or opened; without any, a task for each event, due on its first day. Empty for
 * other files.
 */
export async function readCalendarFile(
  file: Blob,
  options: Pick<TaskFileOptions, 'zone' | 'now' | 'language'>,
): Promise<CalendarTasks> {
  const { text } = decodeFile(new Uint8Array(await file.arrayBuffer()), options.language);
  const { readIcal } = await icalChunk.get();
  try {
    const { folders, problems: found } = readIcal(text, { zone: options.zone, arePlacesNoted: true });
    const problems = [...found];
    const tasks = folders.flatMap((folder) => folder.tasks.flatMap((task) => validTaskOf(task, options, problems)));
    // Links have no place where only files are attached.
    const areFiles = tasks.every(({ attachments }) => attachments.every(({ content }) => content !== null));
    return { tasks, isWhole: problems.length === 0 && areFiles };
  } catch (error) {
    if (!(error instanceof TaskFileError)) throw error;
    const { tasksOfEvents } = await eventChunk.get();
    const patches: readonly TaskPatch[] = tasksOfEvents(text, options.zone);
    return { tasks: patches.map((patch) => ({ patch, attachments: [] })), isWhole: false };
  }
}
