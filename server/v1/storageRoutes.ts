import { maxFileSize } from '../../src/domain/task/attachment.ts';
import { attachmentBytesOf } from '../attachments/attachmentStore.ts';
import type { V1Routes } from '../http/v1Handler.ts';
import { replyJson } from '../http/http.ts';

export const storageRoutes: V1Routes = {
  storage: {
    /** The stored bytes of all attachments, their quota, and the limit of one file. */
    GET: async (c, { read, mailboxBytes }, { accountId }) =>
      replyJson(c, { used: await attachmentBytesOf(read, accountId), limit: mailboxBytes, fileLimit: maxFileSize }),
  },
};
