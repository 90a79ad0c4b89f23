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

/** The stored bytes of all attachments of a mailbox, their quota, and the limit of one file. */
export type AttachmentQuota = { used: number; limit: number; fileLimit: number };

const roomSchema = v.object({ used: v.number(), limit: v.number(), fileLimit: v.number() });

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
  /** The quota of the own mailbox. For services with `/threefold/v1`. */
  room: () => Promise<AttachmentQuota>;
};

export function createAttachmentClient(dialect: Dialect, options: TransportOptions): AttachmentClient {
  const [send, transfer] = [createTransport(options), createBinaryTransfer(options)];
  return {
    ...createAttachmentApi(dialect, send, transfer),
    upload: (task, file, upload) => uploadFile({ dialect, send, transfer, sleep: options.sleep }, task, file, upload),
    async room() {
      return parseResponse(roomSchema, (await send({ method: 'GET', path: '/threefold/v1/storage' })).json);
    },
  };
}
