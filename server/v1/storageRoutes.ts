import { maxFileSize } from '../../src/domain/task/attachment.ts';
import { bytesHeld } from '../attachments/attachmentStore.ts';
import type { Extras } from '../http/v1Handler.ts';
import { replyJson } from '../http/http.ts';

export const storageRoutes: Extras = {
  storage: {
    /** What the attachments of the mailbox take, what they may take, and what one file may have; in bytes. */
    GET: async (c, { read, mailboxBytes }, { accountId }) =>
      replyJson(c, { used: await bytesHeld(read, accountId), limit: mailboxBytes, fileLimit: maxFileSize }),
  },
};
