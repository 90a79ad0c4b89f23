import { createLazyChunk } from '../../domain/async/lazyChunk.ts';
import { limits } from '../../domain/limits.ts';
import type { ItemFileResult } from '../../api/files/itemFileReader.ts';
import { fileExtension, displayFileName } from '../../domain/task/fileName.ts';
import type { OutlookItem } from '../../domain/task/outlookItem.ts';
import type { AttachmentInput } from '../../sync/commands/commands.ts';

/** Larger files are no single message or calendar, and parsing them would block the page. Bytes. */
const largest = 5 * 1024 * 1024;

export type FileAttachmentInputs = {
  drafts: readonly AttachmentInput[];
  /** Why a file is attached as a plain file: it holds more than an item can, or could not be parsed. */
  keptAsFile: 'holdsMore' | 'unreadable' | null;
};

/**
 * What to attach for a file: the messages, events or contacts in it, if it is of such a kind and items can hold all of it;
 * else the file itself. `zone` is the mailbox's.
 */
export async function attachmentInputsOfFile(file: File, zone: string): Promise<FileAttachmentInputs> {
  const name = displayFileName(file.name, 'attachment');
  const contentType = file.type === '' ? null : file.type;
  const plain = { drafts: [{ kind: 'file', name, content: file, contentType } as const] };
  if (!['ics', 'eml', 'vcf'].includes(fileExtension(file.name)) || file.size > largest)
    return { ...plain, keptAsFile: null };
  const read = await readItems(file, zone);
  if (read.kind !== 'items') return { ...plain, keptAsFile: read.kind };
  if (!read.items.every((item) => fits(item))) return { ...plain, keptAsFile: 'holdsMore' };
  const drafts = read.items.map(
    (item) => ({ kind: 'item', name: titleOf(item) || name, isInline: false, item }) as const,
  );
  return { drafts, keptAsFile: null };
}

/** Whether the service takes all that an item holds (docs/protocol.md#limits); `name` is that of the member. */
function fits(value: unknown, name = ''): boolean {
  if (typeof value === 'string') {
    const limit = { subject: limits.subject, displayName: limits.subject, content: limits.body }[name] ?? limits.text;
    return value.length <= limit;
  }
  if (Array.isArray(value)) return value.length <= limits.list && value.every((one) => fits(one));
  return typeof value !== 'object' || value === null || Object.entries(value).every(([key, one]) => fits(one, key));
}

function titleOf(item: OutlookItem): string {
  return displayFileName(item.kind === 'contact' ? item.displayName : item.subject, '');
}

const readerChunk = createLazyChunk(() => import('../../api/files/itemFileReader.ts'));

async function readItems(file: File, zone: string): Promise<ItemFileResult> {
  try {
    const { readItemFile } = await readerChunk.get();
    return await readItemFile(file, { zone });
  } catch {
    // The parser's chunk is not on this device, and there is no network.
    return { kind: 'unreadable' };
  }
}
