import * as v from 'valibot';
import type { Place } from '../../domain/task/task.ts';
import type { Dialect } from '../../wire/dialect.ts';
import { createAttachmentApi } from './attachmentApi.ts';
import type { AttachmentApi } from './attachmentApi.ts';
import { parseResponse } from '../parseResponse.ts';
import { createBinaryTransfer } from './binaryTransfer.ts';
import { createTransport } from '../transport.ts';
import type { TransportOptions } from '../transport.ts';
import { uploadFile } from './uploadFile.ts';
import type { UploadOptions, UploadOutcome } from './uploadFile.ts';

const amountSchema = v.object({ items: v.number(), bytes: v.number() });

/** What a mailbox keeps in bytes and entries, in all and by part, and how much it may keep. */
const usageSchema = v.object({
  used: v.number(),
  limit: v.number(),
  items: v.number(),
  itemLimit: v.number(),
  /** Of one file. */
  fileLimit: v.number(),
  parts: v.object({
    tasks: amountSchema,
    bin: amountSchema,
    files: amountSchema,
    places: amountSchema,
    other: amountSchema,
  }),
});

export type MailboxUsage = v.InferOutput<typeof usageSchema>;

/**
 * All requests about attachments, inline and in chunks. Loaded when an attachment is first opened, added or removed.
 */
export type AttachmentClient = AttachmentApi & {
  /** @throws ApiError when the service rejects the file or stays unreachable; the session can be resumed later. */
  upload: (
    task: Place,
    file: { name: string; isInline?: boolean; content: Blob },
    options?: UploadOptions,
  ) => Promise<UploadOutcome>;
  /** Of the own mailbox. For services with `/threefold/v1`. */
  usage: () => Promise<MailboxUsage>;
};

export function createAttachmentClient(dialect: Dialect, options: TransportOptions): AttachmentClient {
  const [send, transfer] = [createTransport(options), createBinaryTransfer(options)];
  return {
    ...createAttachmentApi(dialect, send, transfer),
    upload: (task, file, upload) => uploadFile({ dialect, send, transfer, sleep: options.sleep }, task, file, upload),
    async usage() {
      return parseResponse(usageSchema, (await send({ method: 'GET', path: '/threefold/v1/storage' })).json);
    },
  };
}
