import type { TaskFolder, TaskGroup } from '../../src/domain/task/task.ts';
import { limits } from '../../src/domain/limits.ts';
import { defaultGroupKey } from '../../src/domain/task/task.ts';
import { folderExists, defaultFolderProtected, invalidRequest } from '../config/appError.ts';
import { foldName, newGroupKey } from './createMailbox.ts';
import { requireOwner } from '../access/access.ts';
import { checkIfMatch, folderRow, groupRow, recordTombstone, type MailboxWrite } from '../db/mailboxTransaction.ts';
import { folderOf, groupOf } from './taskRows.ts';

/** @throws AppError 400 when the name is empty or too long (docs/protocol.md#folders-and-groups). */
function readName(name: string | undefined): string {
  const text = name?.trim() ?? '';
  if (text === '') throw invalidRequest('Name is required.');
  if (text.length > limits.placeName)
    throw invalidRequest(`Name is longer than its limit of ${limits.placeName} characters.`);
  return text;
}

export async function createGroup(write: MailboxWrite, id: string, name: string | undefined): Promise<TaskGroup> {
  requireOwner(write);
  const text = readName(name);
  const row = {
    id,
    account_id: write.accountId,
    group_key: newGroupKey(),
    name: text,
    name_key: foldName(text),
    is_default: 0,
    seq: write.seq,
    created_at: write.at,
  };
  await write.trx.insertInto('task_groups').values(row).execute();
  return groupOf(row);
}

/** Groups may share a name; the default group keeps its own (docs/protocol.md#folders-and-groups). */
export async function renameGroup(
  write: MailboxWrite,
  id: string,
  name?: string,
  ifMatch?: string,
): Promise<TaskGroup> {
  const row = await groupRow(write.trx, write, id);
  checkIfMatch(ifMatch, row.seq);
  if (name === undefined || name === row.name) return groupOf(row);
  const text = readName(name);
  if (row.is_default === 1) throw invalidRequest('The default task group cannot be renamed.');
  const changed = { name: text, name_key: foldName(text), seq: write.seq };
  await write.trx.updateTable('task_groups').set(changed).where('id', '=', id).execute();
  return groupOf({ ...row, ...changed });
}

/** Folders of a deleted group move to My Tasks (docs/protocol.md#folders-and-groups). */
export async function deleteGroup(write: MailboxWrite, id: string, ifMatch?: string): Promise<void> {
  const row = await groupRow(write.trx, write, id);
  checkIfMatch(ifMatch, row.seq);
  if (row.is_default === 1) throw invalidRequest('The default task group cannot be deleted.');
  await write.trx
    .updateTable('task_folders')
    .set({ group_key: defaultGroupKey, seq: write.seq })
    .where('account_id', '=', write.accountId)
    .where('group_key', '=', row.group_key)
    .execute();
  await write.trx.deleteFrom('task_groups').where('id', '=', id).execute();
}

/** @param groupKey of the new folder's group. */
export async function createFolder(
  write: MailboxWrite,
  id: string,
  groupKey: string,
  name: string | undefined,
): Promise<TaskFolder> {
  requireOwner(write);
  const text = readName(name);
  await checkNameIsFree(write, text);
  const row = {
    id,
    account_id: write.accountId,
    group_key: groupKey,
    name: text,
    name_key: foldName(text),
    is_default: 0,
    seq: write.seq,
    created_at: write.at,
    deleted_at: null,
    arrived_seq: write.seq,
  };
  await write.trx.insertInto('task_folders').values(row).execute();
  return folderOf(row);
}

export async function renameFolder(
  write: MailboxWrite,
  id: string,
  name?: string,
  ifMatch?: string,
): Promise<TaskFolder> {
  const row = await folderRow(write.trx, write, id);
  requireOwner(write);
  checkIfMatch(ifMatch, row.seq);
  if (name === undefined || name === row.name) return folderOf(row);
  const text = readName(name);
  if (row.is_default === 1) throw invalidRequest('The default task folder cannot be renamed.');
  await checkNameIsFree(write, text, row.id);
  const changed = { name: text, name_key: foldName(text), seq: write.seq };
  await write.trx.updateTable('task_folders').set(changed).where('id', '=', row.id).execute();
  return folderOf({ ...row, ...changed });
}

/** Moves the folder with its tasks to Deleted Items (docs/protocol.md#deletion). Its name can be used again at once. */
export async function deleteFolder(write: MailboxWrite, id: string, ifMatch?: string): Promise<void> {
  const row = await folderRow(write.trx, write, id);
  requireOwner(write);
  checkIfMatch(ifMatch, row.seq);
  if (row.is_default === 1) throw defaultFolderProtected();
  const deletedColumns = { deleted_at: write.at, seq: write.seq };
  await write.trx
    .insertInto('departures')
    .columns(['account_id', 'kind', 'place_id', 'id', 'seq', 'at', 'arrived_seq', 'is_hidden'])
    .expression(
      write.trx
        .selectFrom('tasks')
        .where('folder_id', '=', row.id)
        .where('deleted_at', 'is', null)
        .select((eb) => [
          'account_id',
          eb.val('task').as('kind'),
          'folder_id',
          'id',
          eb.val(write.seq).as('seq'),
          eb.val(write.at).as('at'),
          'arrived_seq',
          eb.case().when('sensitivity', '=', 'private').then(1).else(0).end().as('is_hidden'),
        ]),
    )
    .onConflict((oc) =>
      oc.columns(['account_id', 'kind', 'place_id', 'id']).doUpdateSet((eb) => ({
        seq: write.seq,
        at: write.at,
        is_hidden: eb.ref('excluded.is_hidden'),
      })),
    )
    .execute();
  await write.trx
    .updateTable('tasks')
    .set({ ...deletedColumns, deleted_with: row.id })
    .where('folder_id', '=', row.id)
    .where('deleted_at', 'is', null)
    .execute();
  await write.trx.updateTable('task_folders').set(deletedColumns).where('id', '=', row.id).execute();
  await recordTombstone(write, 'folder', write.accountId, row.id);
}

async function checkNameIsFree(write: MailboxWrite, name: string, exceptId?: string): Promise<void> {
  const taken = await write.trx
    .selectFrom('task_folders')
    .select('id')
    .where('account_id', '=', write.accountId)
    .where('name_key', '=', foldName(name))
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (taken !== undefined && taken.id !== exceptId) throw folderExists();
}
