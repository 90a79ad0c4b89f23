import type { Category } from '../../domain/task/category.ts';
import type { Instant } from '../../domain/time/time.ts';
import type { TaskFileWriter } from '../../wire/files/fileModel.ts';
import type { FileFormat } from './taskFileReader.ts';

export type { PortableAttachment, TaskFileWriter } from '../../wire/files/fileModel.ts';

export type TaskFileWriterOptions = {
  zone: string;
  now: Instant;
  /** Converts HTML to text, for formats without HTML. */
  plainText: (html: string) => string;
  /** Name of the calendar, for an export of one folder. */
  calendar: string | undefined;
  categories: readonly Category[];
};

/** Creates the writer of a format. Each is large, and an export needs only one. */
export async function createTaskFileWriter(
  format: FileFormat,
  options: TaskFileWriterOptions,
): Promise<TaskFileWriter> {
  if (format === 'csv') return (await import('../../wire/files/csv.ts')).csvWriter(options);
  if (format === 'ical') return (await import('../../wire/files/icalWriter.ts')).icalWriter(options);
  const { zone, now, categories } = options;
  return (await import('../../wire/files/threefoldJson.ts')).jsonWriter({ at: now, zone, categories });
}
