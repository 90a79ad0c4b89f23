import type { ReadItems } from '../api/itemFiles.ts';
import { endingOf } from '../domain/fileName.ts';

/** Larger ones are no single message or calendar, and reading them would hold up the page. In bytes. */
const largest = 5 * 1024 * 1024;

/**
 * The messages, events or contacts in a file, if it is of such a kind and an item can hold all that is in it; else why it is
 * to be attached as the file it is. `zone` is the mailbox's.
 */
export async function itemsInFile(file: File, zone: string): Promise<ReadItems | { kind: 'plain' }> {
  if (!['ics', 'eml', 'vcf'].includes(endingOf(file.name)) || file.size > largest) return { kind: 'plain' };
  return readItems(file, zone);
}

async function readItems(file: File, zone: string): Promise<ReadItems> {
  try {
    const { readItemFile } = await import('../api/itemFiles.ts');
    return await readItemFile(file, { zone });
  } catch {
    return { kind: 'unreadable' };
  }
}
