import { createLazyChunk } from '../../domain/async/lazyChunk.ts';
import { fileExtension } from '../../domain/task/fileName.ts';
import type { ItemFileResult, ItemReadOptions } from '../../wire/files/itemReader.ts';

export type { ItemFileResult } from '../../wire/files/itemReader.ts';

// Each reader is large, and is fetched with the first such file.
const eventChunk = createLazyChunk(() => import('../../wire/files/eventReader.ts'));
const contactChunk = createLazyChunk(() => import('../../wire/files/contactReader.ts'));
const messageChunk = createLazyChunk(() => import('../../wire/files/messageReader.ts'));

/** Reads an iCalendar, MIME or vCard file into items to attach. */
export async function readItemFile(file: File, options: ItemReadOptions): Promise<ItemFileResult> {
  try {
    switch (fileExtension(file.name)) {
      case 'ics':
        return (await eventChunk.get()).readEvents(await file.text(), options);
      case 'vcf':
        return (await contactChunk.get()).readContacts(await file.text());
      default:
        return await (await messageChunk.get()).readMessage(file);
    }
  } catch {
    // The reader did not load, or failed on the file: the file itself is attached.
    return { kind: 'unreadable' };
  }
}
