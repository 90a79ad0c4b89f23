import { createLazyChunk } from '../../domain/async/lazyChunk.ts';
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

// Each writer is large, and an export needs one.
const csvChunk = createLazyChunk(() => import('../../wire/files/csv/csvWriter.ts'));
const icalChunk = createLazyChunk(() => import('../../wire/files/ical/icalWriter.ts'));
const jsonChunk = createLazyChunk(() => import('../../wire/files/threefoldJson.ts'));

/** What writes a file of tasks. */
export async function createTaskFileWriter(
  format: FileFormat,
  options: TaskFileWriterOptions,
): Promise<TaskFileWriter> {
  if (format === 'csv') return (await csvChunk.get()).csvWriter(options);
  if (format === 'ical') return (await icalChunk.get()).icalWriter(options);
  const { zone, now, categories } = options;
  return (await jsonChunk.get()).jsonWriter({ at: now, zone, categories });
}
