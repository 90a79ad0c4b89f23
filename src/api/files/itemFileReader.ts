import { fileExtension } from '../../domain/task/fileName.ts';
import type { ItemFileResult, ItemReadOptions } from '../../wire/files/itemReader.ts';

export type { ItemFileResult } from '../../wire/files/itemReader.ts';

/**
 * Reads an iCalendar, MIME or vCard file into items to attach. The readers are large, and each is fetched when the first
 * such file is given.
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
    // The reader could not be fetched, or stumbled over the file: as a file it is attached whole.
    return { kind: 'unreadable' };
  }
}
