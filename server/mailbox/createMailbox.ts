import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import { defaultFolderName, defaultGroupKey, defaultGroupName } from '../../src/domain/task/task.ts';
import type { Clock } from '../../src/domain/time/time.ts';
import type { Tables } from '../db/tables.ts';
import type { NewId } from '../config/ids.ts';
import { foldText } from '../../src/domain/text/foldText.ts';

/**
 * Creates the mailbox of a new account: counter row, default group "My Tasks" and default folder "Tasks"
 * (docs/protocol.md#folders-and-groups). Call it in the transaction that created the account's row.
 */
export async function createMailbox(
  trx: Transaction<Tables>,
  accountId: string,
  clock: Clock,
  newId: NewId,
): Promise<void> {
  const createdAt = clock.now();
  await trx.insertInto('counters').values({ account_id: accountId, seq: 2 }).execute();
  await trx
    .insertInto('task_groups')
    .values({
      id: newId(),
      account_id: accountId,
      group_key: defaultGroupKey,
      name: defaultGroupName,
      name_key: foldName(defaultGroupName),
      is_default: 1,
      seq: 1,
      created_at: createdAt,
    })
    .execute();
  await trx
    .insertInto('task_folders')
    .values({
      id: newId(),
      account_id: accountId,
      group_key: defaultGroupKey,
      name: defaultFolderName,
      name_key: foldName(defaultFolderName),
      is_default: 1,
      seq: 2,
      created_at: createdAt,
      deleted_at: null,
    })
    .execute();
}

/** The form in which folder names are compared: case-insensitive (docs/protocol.md#folders-and-groups). */
export function foldName(name: string): string {
  return foldText(name.trim());
}

/** A key for a group other than the default one. */
export function newGroupKey(): string {
  return randomUUID();
}
