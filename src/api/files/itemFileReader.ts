import { fileExtension } from '../../domain/task/fileName.ts';
import type { ItemFileResult, ItemReadOptions } from '../../wire/files/itemReader.ts';

export type { ItemFileResult } from '../../wire/files/itemReader.ts';

/**
 * Reads an iCalendar, MIME or vCard file into items to attach. Each reader is large, and loaded for the first such
 * file.
 */
export async function readItemFile(file: File, options: ItemReadOptions): Promise<ItemFileResult> {
  try {
    switch (fileExtension(file.name)) {
      case 'ics':
        return (await import('../../wire/files/eventReader.ts')).readEvents(await file.text(), options);
      case 'vcf':
        return (await import('../../wire/files/contactReader.ts')).readContacts(await file.text());
      default:
        return await (await import('../../wire/files/messageReader.ts')).readMessage(file);
    }
  } catch {
    // The reader did not load, or failed on the file: the file itself is attached.
    return { kind: 'unreadable' };
  }
}
