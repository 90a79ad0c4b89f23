import type { Category } from '../../domain/task/category.ts';
import type { Instant } from '../../domain/time/time.ts';
import type { TaskFileWriter } from '../../wire/files/fileModel.ts';
import type { FileFormat } from './taskFileReader.ts';

export type { PortableAttachment, TaskFileWriter } from '../../wire/files/fileModel.ts';

export type TaskFileWriterOptions = {
  zone: string;
  now: Instant;
  /** The words of an HTML body, for formats that know no HTML. */
  plainText: (html: string) => string;
  /** The name of the calendar, where it is one folder's. */
  calendar: string | undefined;
  categories: readonly Category[];
};

/** What writes a file of tasks. Each writer is large, and an export needs one. */
export async function createTaskFileWriter(
  format: FileFormat,
  options: TaskFileWriterOptions,
): Promise<TaskFileWriter> {
  if (format === 'csv') return (await import('../../wire/files/csv.ts')).csvWriter(options);
  if (format === 'ical') return (await import('../../wire/files/icalWriter.ts')).icalWriter(options);
  const { zone, now, categories } = options;
  return (await import('../../wire/files/threefoldJson.ts')).jsonWriter({ at: now, zone, categories });
}
