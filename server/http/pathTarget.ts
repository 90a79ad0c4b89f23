import { notFound } from '../config/appError.ts';
import { folderRow, groupRow, taskRow } from '../db/mailboxTransaction.ts';
import type { Db, FolderRow } from '../db/tables.ts';
import type { RequestContext } from './requestContext.ts';

/** The folder of an address, after checking the group before it: a folder outside that group is not found. */
export async function folderOfRequest(db: Db, call: RequestContext): Promise<FolderRow> {
  const { group, folder } = call.keys;
  const row = await folderRow(db, call.mailbox, folder ?? 'Tasks');
  if (group !== undefined) {
    const heading = await groupRow(db, call.mailbox, group);
    if (heading.group_key !== row.group_key) throw notFound();
  }
  return row;
}

/** The task of an address, after checking the folder before it (docs/protocol.md#endpoints-of-beta). */
export async function taskIdOfRequest(db: Db, call: RequestContext): Promise<string> {
  const { task = '', folder } = call.keys;
  if (folder === undefined) return task;
  const { id } = await folderOfRequest(db, call);
  const row = await taskRow(db, call.mailbox, task);
  if (row.folder_id !== id) throw notFound();
  return task;
}
