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

/** What the attachments of a mailbox take and may take together, and what one file may have; in bytes. */
export type AttachmentQuota = { used: number; limit: number; fileLimit: number };

const roomSchema = v.object({ used: v.number(), limit: v.number(), fileLimit: v.number() });

/** All about attachments: in one request, and in pieces. Loaded when the first one is looked at, added or removed. */
export type AttachmentClient = AttachmentApi & {
  /** @throws ApiError when the service refuses, or stays away for long; the session's address still goes on later. */
  upload: (
    task: Place,
    file: { name: string; isInline?: boolean; content: Blob },
    options?: UploadOptions,
  ) => Promise<UploadOutcome>;
  /** Of one's own mailbox. For services with `/threefold/v1`. */
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
