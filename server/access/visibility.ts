import type { EditableTask } from '../../src/domain/changes/taskPatch.ts';
import type { MailboxWrite } from '../db/mailboxTransaction.ts';

/** How a folder's feed tells guests that a task became private or visible again (docs/decisions/0024-sharing.md). */

/** The feed id of tombstones for guests only; the owner's feed does not read it. */
export function hiddenFeedId(folderId: string): string {
  return `private:${folderId}`;
}

/**
 * Records for the feed that a task became private, which deletes it for everyone but its owner, or visible again, which
 * is a change. Call it when the task is saved.
 */
export async function recordVisibilityChange(
  write: MailboxWrite,
  before: EditableTask,
  after: EditableTask,
): Promise<void> {
  const [was, is] = [before.sensitivity === 'private', after.sensitivity === 'private'];
  if (was && !is) await clearHiddenTombstone(write, after.folderId, after.id);
  if (was || !is) return;
  const { seq, at, accountId } = write;
  const { id, folderId } = after;
  await write.trx
    .insertInto('departures')
    .values((eb) => ({
      account_id: accountId,
      kind: 'task',
      place_id: hiddenFeedId(folderId),
      id,
      seq,
      at,
      arrived_seq: eb.selectFrom('tasks').select('arrived_seq').where('id', '=', id).$asScalar().$notNull(),
    }))
    .onConflict((oc) => oc.columns(['account_id', 'kind', 'place_id', 'id']).doUpdateSet({ seq, at }))
    .execute();
}

/** Clears the tombstone that guests got when the task turned private, unless the task is still private. */
export async function clearHiddenTombstone(
  { trx, accountId }: MailboxWrite,
  folderId: string,
  id: string,
): Promise<void> {
  await trx
    .deleteFrom('departures')
    .where('account_id', '=', accountId)
    .where('kind', '=', 'task')
    .where('place_id', '=', hiddenFeedId(folderId))
    .where('id', '=', id)
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('tasks').select('id').where('id', '=', id).where('sensitivity', '=', 'private'))),
    )
    .execute();
}
