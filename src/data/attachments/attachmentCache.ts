import type { QueryClient } from '@tanstack/react-query';
import type { Attachment } from '../../domain/task/attachment.ts';
import type { Instant } from '../../domain/time/time.ts';
import { updateAttachmentList } from '../../sync/storage/attachmentListUpdate.ts';
import type { ServerResult } from '../../sync/storage/serverResult.ts';
import { attachmentQueries } from '../queries.ts';

/**
 * Caches an answer until the list is read again, so that a row never disappears in between. On disk it is written with
 * the outbox.
 */
export function updateAttachmentCache(client: QueryClient, effect: ServerResult, now: Instant): void {
  const { change } = effect;
  if (!('taskId' in change)) return;
  client.setQueryData<readonly Attachment[]>(
    [...attachmentQueries.all, change.mailbox, change.taskId],
    (rows) => rows && updateAttachmentList(rows, effect, now),
  );
}
