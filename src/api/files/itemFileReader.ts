import { createLazyChunk } from '../../domain/async/lazyChunk.ts';
import { fileExtension } from '../../domain/task/fileName.ts';
import { decodeFile } from '../../wire/files/textEncoding.ts';
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
        return (await eventChunk.get()).readEvents(await textOf(file), options);
      case 'vcf':
        return (await contactChunk.get()).readContacts(await textOf(file));
      default:
        return await (await messageChunk.get()).readMessage(file);
    }
  } catch {
    // The reader did not load, or failed on the file: the file itself is attached.
    return { kind: 'unreadable' };
  }
}

/** Older programs write calendars and contacts in the code page of the machine. */
async function textOf(file: File): Promise<string> {
  return decodeFile(new Uint8Array(await file.arrayBuffer()), '').text;
}
