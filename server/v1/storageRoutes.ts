import { maxFileSize } from '../../src/domain/task/attachment.ts';
import { mailboxLimitsOf, readUsage } from '../usage/mailboxUsage.ts';
import type { V1Routes } from '../http/v1Handler.ts';
import { replyJson } from '../http/http.ts';

export const storageRoutes: V1Routes = {
  storage: {
    /** What counts to the limit, what the mailbox keeps by part, how much it may keep, and the limit of one file. */
    GET: async (c, { db, read }, { accountId }) => {
      const { content, parts } = await readUsage(read, accountId);
      const limits = mailboxLimitsOf(db);
      return replyJson(c, {
        used: content.bytes,
        limit: limits?.bytes ?? null,
        items: content.items,
        itemLimit: limits?.items ?? null,
        fileLimit: maxFileSize,
        parts,
      });
    },
  },
};
