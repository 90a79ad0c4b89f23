import { maxFileSize } from '../../src/domain/task/attachment.ts';
import { attachmentBytesOf } from '../attachments/attachmentStore.ts';
import type { V1Routes } from '../http/v1Handler.ts';
import { replyJson } from '../http/http.ts';

export const storageRoutes: V1Routes = {
  storage: {
    /** What the attachments of the mailbox take, what they may take, and what one file may have; in bytes. */
    GET: async (c, { read, mailboxBytes }, { accountId }) =>
      replyJson(c, { used: await attachmentBytesOf(read, accountId), limit: mailboxBytes, fileLimit: maxFileSize }),
  },
};
